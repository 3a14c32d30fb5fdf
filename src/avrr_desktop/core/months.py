"""The names of the months, as CLDR has them: whole, and short for a chart."""

from __future__ import annotations

from typing import Final

from avrr_desktop.core.labels import Label

MONTH_NAMES: Final = (
    Label("janvier", "يناير", "January"),
    Label("février", "فبراير", "February"),
    Label("mars", "مارس", "March"),
    Label("avril", "أبريل", "April"),
    Label("mai", "ماي", "May"),
    Label("juin", "يونيو", "June"),
    Label("juillet", "يوليوز", "July"),
    Label("août", "غشت", "August"),
    Label("septembre", "شتنبر", "September"),
    Label("octobre", "أكتوبر", "October"),
    Label("novembre", "نونبر", "November"),
    Label("décembre", "دجنبر", "December"),
)
SHORT_MONTH_NAMES: Final = (
    Label("janv.", "يناير", "Jan"),
    Label("févr.", "فبراير", "Feb"),
    Label("mars", "مارس", "Mar"),
    Label("avr.", "أبريل", "Apr"),
    Label("mai", "ماي", "May"),
    Label("juin", "يونيو", "Jun"),
    Label("juil.", "يوليوز", "Jul"),
    Label("août", "غشت", "Aug"),
    Label("sept.", "شتنبر", "Sept"),
    Label("oct.", "أكتوبر", "Oct"),
    Label("nov.", "نونبر", "Nov"),
    Label("déc.", "دجنبر", "Dec"),
)
