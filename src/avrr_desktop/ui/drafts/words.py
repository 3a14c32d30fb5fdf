"""How a half-typed form is named: which form, whose, when it was typed."""

from __future__ import annotations

from avrr_desktop.activities import RECORD_BY_KEY
from avrr_desktop.core.translation import tr
from avrr_desktop.services.unsaved import Unsaved
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.widgets.formats import code_text, date_text, ltr, time_text

_FIRST = 3


def form_text(context: Context, form: Unsaved) -> str:
    """« Return from Morocco »; a form that is no single record's is the registration screen."""
    record = RECORD_BY_KEY.get(form.form)
    return context.text(record.label) if record is not None else tr("New registration")


def persons_text(form: Unsaved) -> str:
    """The persons as they were named when it was typed, or the number of a case."""
    shown = [code_text(name) if form.form == "case_file" else name for name in form.persons]
    text = tr(", ").join(shown[:_FIRST])
    return f"{text}…" if len(shown) > _FIRST else text or tr("Nobody named yet")


def when_text(form: Unsaved) -> str:
    """Day and time of the last change kept."""
    local = form.kept_at.astimezone()
    return ltr(f"{date_text(local.date())} {time_text(local)}")
