"""Which page answers which route; a page's module is imported when first asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from avrr_desktop.ui.page import Context, Page
from avrr_desktop.ui.routes import (
    About,
    Bin,
    BulletinTexts,
    CasePage,
    ChecksOf,
    ClosingOf,
    DuplicatesOf,
    Exchange,
    FigureOf,
    FormOf,
    Help,
    JournalOf,
    Licences,
    MergeOf,
    MoveRegister,
    NewRegistration,
    PersonPage,
    RecordsOf,
    Route,
    Settings,
    SummaryOf,
    Today,
    WhatChanged,
)
from avrr_desktop.ui.shell.gates import RefusedPage, missing_for

PageFactory = Callable[[Context, Route], Page]


def _today(context: Context, route: Route) -> Page:
    from avrr_desktop.ui.today.page import TodayPage

    return TodayPage(context, route)


def _summary(context: Context, route: Route) -> Page:
    from avrr_desktop.ui.summary.page import SummaryPage

    assert isinstance(route, SummaryOf)
    return SummaryPage(context, route)


def _figure(context: Context, route: Route) -> Page:
    from avrr_desktop.ui.figure.page import FigurePage

    assert isinstance(route, FigureOf)
    return FigurePage(context, route)


def _checks(context: Context, route: Route) -> Page:
    from avrr_desktop.ui.identities.page import ChecksPage

    assert isinstance(route, ChecksOf)
    return ChecksPage(context, route)


def _closing(context: Context, route: Route) -> Page:
    from avrr_desktop.ui.closing.page import ClosingPage

    assert isinstance(route, ClosingOf)
    return ClosingPage(context, route)


def _records(context: Context, route: Route) -> Page:
    from avrr_desktop.ui.records.page import RecordsPage

    assert isinstance(route, RecordsOf)
    return RecordsPage(context, route)


def _person(context: Context, route: Route) -> Page:
    from avrr_desktop.ui.person.page import PersonPageView

    assert isinstance(route, PersonPage)
    return PersonPageView(context, route)


def _duplicates(context: Context, route: Route) -> Page:
    from avrr_desktop.ui.duplicates.page import DuplicatesPage

    assert isinstance(route, DuplicatesOf)
    return DuplicatesPage(context, route)


def _merge(context: Context, route: Route) -> Page:
    from avrr_desktop.ui.duplicates.merge_page import MergePage

    assert isinstance(route, MergeOf)
    return MergePage(context, route)


def _case(context: Context, route: Route) -> Page:
    from avrr_desktop.ui.cases.page import CasePageView

    assert isinstance(route, CasePage)
    return CasePageView(context, route)


def _form(context: Context, route: Route) -> Page:
    from avrr_desktop.ui.forms.page import FormPage

    assert isinstance(route, FormOf)
    return FormPage(context, route)


def _registration(context: Context, route: Route) -> Page:
    from avrr_desktop.ui.forms.registration import RegistrationPage

    assert isinstance(route, NewRegistration)
    return RegistrationPage(context, route)


def _bin(context: Context, route: Route) -> Page:
    from avrr_desktop.ui.bin.page import BinPage

    assert isinstance(route, Bin)
    return BinPage(context, route)


def _exchange(context: Context, route: Route) -> Page:
    from avrr_desktop.ui.exchange.page import ExchangePage

    assert isinstance(route, Exchange)
    return ExchangePage(context, route)


def _bulletin_texts(context: Context, route: Route) -> Page:
    from avrr_desktop.ui.bulletin.page import BulletinTextsPage

    assert isinstance(route, BulletinTexts)
    return BulletinTextsPage(context, route)


def _settings(context: Context, route: Route) -> Page:
    from avrr_desktop.ui.settings.page import SettingsPage

    assert isinstance(route, Settings)
    return SettingsPage(context, route)


def _move(context: Context, route: Route) -> Page:
    from avrr_desktop.ui.moving.page import MovePage

    assert isinstance(route, MoveRegister)
    return MovePage(context, route)


def _journal(context: Context, route: Route) -> Page:
    from avrr_desktop.ui.journal.page import JournalPage

    assert isinstance(route, JournalOf)
    return JournalPage(context, route)


def _about(context: Context, route: Route) -> Page:
    from avrr_desktop.ui.about import AboutPage

    return AboutPage(context, route)


def _licences(context: Context, route: Route) -> Page:
    from avrr_desktop.ui.licences import LicencesPage

    assert isinstance(route, Licences)
    return LicencesPage(context, route)


def _what_changed(context: Context, route: Route) -> Page:
    from avrr_desktop.ui.what_changed import WhatChangedPage

    assert isinstance(route, WhatChanged)
    return WhatChangedPage(context, route)


def _help(context: Context, route: Route) -> Page:
    from avrr_desktop.ui.help import HelpPage

    assert isinstance(route, Help)
    return HelpPage(context, route)


FACTORIES: Final[dict[type, PageFactory]] = {
    Today: _today,
    SummaryOf: _summary,
    FigureOf: _figure,
    ChecksOf: _checks,
    ClosingOf: _closing,
    RecordsOf: _records,
    PersonPage: _person,
    DuplicatesOf: _duplicates,
    MergeOf: _merge,
    CasePage: _case,
    FormOf: _form,
    NewRegistration: _registration,
    Bin: _bin,
    Exchange: _exchange,
    BulletinTexts: _bulletin_texts,
    Settings: _settings,
    MoveRegister: _move,
    JournalOf: _journal,
    About: _about,
    Licences: _licences,
    WhatChanged: _what_changed,
    Help: _help,
}


def make_page(context: Context, route: Route) -> Page:
    """The page of a route, newly built; one that says why when the role does not open it."""
    missing = missing_for(context.actor, route)
    if missing is not None:
        return RefusedPage(context, route, missing)
    return FACTORIES[type(route)](context, route)
