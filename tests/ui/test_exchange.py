"""The exchange page, driven as a user would: out to files, in from files, undo."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook
from tests.exchange.filling import fill
from tests.ui.conftest import RecordingShell, wear

from avrr_desktop.core.labels import Language
from avrr_desktop.core.translation import set_screen_language
from avrr_desktop.services.batch import Batch
from avrr_desktop.services.drafts import Changed
from avrr_desktop.services.exchange import run_import, write_template
from avrr_desktop.services.exchange.plan import Verdict
from avrr_desktop.services.lists import count
from avrr_desktop.services.lists.query import ListQuery
from avrr_desktop.ui.exchange.page import ExchangePage
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.routes import Exchange

LEFT = Qt.MouseButton.LeftButton
VOUCHER = {"given_on": date(2023, 3, 1), "kind": "Bon d’achat", "office": "Rabat"}


@pytest.fixture
def page(qtbot: QtBot, context: Context, person: str) -> Iterator[ExchangePage]:
    made = ExchangePage(context, Exchange())
    qtbot.addWidget(made)
    made.resize(1100, 720)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.hide()


@pytest.fixture
def chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The file every dialog answers with."""
    path = tmp_path / "chosen.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    return path


def button(page: QWidget, name: str) -> QPushButton:
    found = page.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    return found


def filled(context: Context, path: Path, *lines: dict[str, object]) -> Path:
    write_template(context.register, path, Language.FR)
    fill(path, Language.FR, {"direct_assistance": lines})
    return path


def check(qtbot: QtBot, page: ExchangePage, path: Path) -> None:
    page.tabs.set_index(1)
    page.incoming.check(path)
    qtbot.waitUntil(page.incoming.card.isVisible)


def given(context: Context) -> int:
    return count(context.register, ListQuery("direct_assistance"))


def test_workbook_is_saved_where_one_says(qtbot: QtBot, page: ExchangePage, chosen: Path) -> None:
    button(page, "save-workbook").setFocus()
    QTest.keyClick(button(page, "save-workbook"), Qt.Key.Key_Space)
    qtbot.waitUntil(page.outgoing.busy.news.isVisible, timeout=30_000)
    sheets = CalamineWorkbook.from_path(str(chosen)).sheet_names
    assert "Enregistrements" in sheets


def test_list_is_saved_in_the_language_of_the_files(
    qtbot: QtBot, page: ExchangePage, chosen: Path
) -> None:
    page.outgoing.languages.set_index(1)
    page.outgoing.scope.set_index(1)
    QTest.mouseClick(button(page, "save-list"), LEFT)
    qtbot.waitUntil(page.outgoing.busy.news.isVisible)
    book = CalamineWorkbook.from_path(str(chosen))
    lines = book.get_sheet_by_name("التسجيلات").to_python()
    assert any("KONÉ" in line for line in lines)


def test_template_is_saved(qtbot: QtBot, page: ExchangePage, chosen: Path) -> None:
    QTest.mouseClick(button(page, "save-template"), LEFT)
    qtbot.waitUntil(page.outgoing.busy.news.isVisible)
    assert "Assistance directe" in CalamineWorkbook.from_path(str(chosen)).sheet_names


def test_locked_target_is_said_and_may_be_tried_again(
    qtbot: QtBot, page: ExchangePage, chosen: Path, shell: RecordingShell
) -> None:
    chosen.touch()
    chosen.with_name(f"~${chosen.name}").touch()
    QTest.mouseClick(button(page, "save-template"), LEFT)
    qtbot.waitUntil(lambda: bool(shell.failed))
    assert "chosen.xlsx" in shell.failed[0]
    assert shell.retries[0] is not None


def test_file_is_checked_then_imported_with_a_bar_to_undo(
    qtbot: QtBot, page: ExchangePage, context: Context, chosen: Path, shell: RecordingShell
) -> None:
    filled(context, chosen, {**VOUCHER, "person_number": "P-000001"})
    page.tabs.set_index(1)
    QTest.mouseClick(button(page, "choose-file"), LEFT)
    card = page.incoming.card
    qtbot.waitUntil(card.isVisible)
    assert card.model.rowCount() == 1
    assert given(context) == 0
    QTest.mouseClick(button(page, "import-lines"), LEFT)
    qtbot.waitUntil(lambda: bool(shell.done))
    assert given(context) == 1
    assert "chosen.xlsx" in shell.done[0][1]
    assert not card.import_button.isVisible()
    said = card.against.text()
    kept = page.state()
    changed = context.records.undo(context.actor)
    assert given(context) == 0
    page.refresh(changed)
    qtbot.waitUntil(card.import_button.isVisible)
    assert card.against.text() != said
    again = ExchangePage(context, Exchange())
    qtbot.addWidget(again)
    again.set_state(kept)  # undone while another page was shown
    qtbot.waitUntil(lambda: not again.incoming.card.is_done and context.tasks.is_idle)


def many(context: Context, path: Path) -> Path:
    """A file with more lines than the import writes between two looks at its cancel."""
    days = [date(2023, 1, 1) + timedelta(days=number) for number in range(120)]
    line = {**VOUCHER, "person_number": "P-000001"}
    return filled(context, path, *({**line, "given_on": day} for day in days))


def test_import_given_up_half_way_leaves_nothing(
    qtbot: QtBot,
    page: ExchangePage,
    context: Context,
    chosen: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    check(qtbot, page, many(context, chosen))
    QTest.keyClicks(page.incoming.card.reason.focus_widget(), "seen")
    busy = page.incoming.busy
    begun, go_on = Event(), Event()
    take = Batch.take

    def wait_once(*arguments: object) -> str:
        begun.set()
        assert go_on.wait(timeout=30)
        return take(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(Batch, "take", wait_once)
    QTest.mouseClick(button(page, "import-lines"), LEFT)
    qtbot.waitUntil(begun.is_set)
    assert busy.cancel_button.isVisible()
    QTest.mouseClick(busy.cancel_button, LEFT)
    assert not busy.cancel_button.isEnabled()
    go_on.set()
    qtbot.waitUntil(lambda: not busy.is_busy)
    assert given(context) == 0
    assert busy.news.isVisible()
    assert "nothing was imported" in busy.news.accessibleName()
    assert context.records.undoable(context.actor).action == "save"  # type: ignore[union-attr]
    monkeypatch.setattr(Batch, "take", take)
    QTest.mouseClick(button(page, "import-lines"), LEFT)
    qtbot.waitUntil(lambda: given(context) == 120)
    qtbot.waitUntil(lambda: not busy.is_busy)


def test_cancel_that_comes_too_late_says_what_was_imported(
    qtbot: QtBot,
    page: ExchangePage,
    context: Context,
    chosen: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shell = context.shell
    assert isinstance(shell, RecordingShell)
    filled(context, chosen, {**VOUCHER, "person_number": "P-000001"})
    check(qtbot, page, chosen)
    save = context.records.save
    done, go_on = Event(), Event()

    def late(*arguments: object, **named: object) -> Changed:
        changed = save(*arguments, **named)  # type: ignore[arg-type]
        done.set()
        assert go_on.wait(timeout=30)
        return changed

    monkeypatch.setattr(context.records, "save", late)
    QTest.mouseClick(button(page, "import-lines"), LEFT)
    qtbot.waitUntil(done.is_set)
    QTest.mouseClick(page.incoming.busy.cancel_button, LEFT)
    go_on.set()
    qtbot.waitUntil(lambda: bool(shell.done))
    assert given(context) == 1
    assert page.incoming.card.is_done
    assert not page.incoming.busy.is_busy


def test_import_says_how_far_it_is(
    qtbot: QtBot, page: ExchangePage, context: Context, chosen: Path
) -> None:
    check(qtbot, page, many(context, chosen))
    told: list[tuple[int, int]] = []
    plan = page.incoming.state().plan
    assert plan is not None
    run_import(
        context.register,
        context.records,
        context.actor,
        plan,
        "seen",
        progress=lambda done, total: told.append((done, total)),
    )
    # The backup comes first; how long it takes is no part of the lines.
    lines = [part for part in told if part != (0, 0)]
    assert lines == [(0, 120), (50, 120), (100, 120), (120, 120)]
    assert told[: -len(lines)] == [(0, 0)] * (len(told) - len(lines))


def test_refused_line_is_shown_with_its_reason_and_stops_the_import(
    qtbot: QtBot, page: ExchangePage, context: Context, chosen: Path
) -> None:
    good = {**VOUCHER, "person_number": "P-000001"}
    filled(context, chosen, good, {**good, "person_number": "P-9"})
    check(qtbot, page, chosen)
    card = page.incoming.card
    assert card.model.rowCount() == 1  # the refused one alone
    assert "P-9" in card.why.text()
    assert not card.import_button.isEnabled()
    assert card.against.text()
    card.filters.set_index(0)
    assert card.model.rowCount() == 2


def test_unlikely_values_wait_for_a_reason_typed(
    qtbot: QtBot, page: ExchangePage, context: Context, chosen: Path, shell: RecordingShell
) -> None:
    costly = {**VOUCHER, "person_number": "P-000001", "amount": 9000, "currency": "MAD"}
    filled(context, chosen, costly)
    check(qtbot, page, chosen)
    card = page.incoming.card
    assert card.reason.isVisible()
    assert not card.import_button.isEnabled()
    line = card.reason.focus_widget()
    QTest.keyClicks(line, "receipt seen")
    assert card.import_button.isEnabled()
    QTest.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(shell.done))
    assert given(context) == 1


def test_dropped_file_is_checked(
    qtbot: QtBot, page: ExchangePage, context: Context, tmp_path: Path
) -> None:
    path = filled(context, tmp_path / "dropped.xlsx", {**VOUCHER, "person_number": "P-000001"})
    page.tabs.set_index(1)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPointF(10, 10),
        Qt.DropAction.CopyAction,
        mime,
        LEFT,
        Qt.KeyboardModifier.NoModifier,
    )
    page.incoming.dropEvent(event)
    qtbot.waitUntil(page.incoming.card.isVisible)
    assert "dropped.xlsx" in page.incoming.card.file_text.text()


def test_file_that_is_no_workbook_is_said(
    qtbot: QtBot, page: ExchangePage, tmp_path: Path, shell: RecordingShell
) -> None:
    path = tmp_path / "notes.xlsx"
    path.write_text("bonjour", encoding="utf-8")
    page.incoming.check(path)
    qtbot.waitUntil(lambda: bool(shell.failed))
    assert "notes.xlsx" in shell.failed[0]


def test_report_is_saved(
    qtbot: QtBot, page: ExchangePage, context: Context, chosen: Path, tmp_path: Path
) -> None:
    path = filled(context, tmp_path / "in.xlsx", {**VOUCHER, "person_number": "P-9"})
    check(qtbot, page, path)
    QTest.mouseClick(button(page, "save-report"), LEFT)
    qtbot.waitUntil(page.incoming.busy.news.isVisible)
    lines = CalamineWorkbook.from_path(str(chosen)).get_sheet_by_index(0).to_python()
    assert "P-9" in str(lines)


def test_state_survives_a_switch_of_language(
    qtbot: QtBot, page: ExchangePage, context: Context, chosen: Path
) -> None:
    good = {**VOUCHER, "person_number": "P-000001"}
    filled(context, chosen, {**good, "amount": 9000, "currency": "MAD"}, {**good, "kind": "Vivres"})
    check(qtbot, page, chosen)
    page.outgoing.languages.set_index(2)
    page.outgoing.activity.set_value("referral")
    page.incoming.card.reason.set_value("vu")
    page.incoming.card.filters.set_index(0)
    kept = page.state()
    page.hide()
    set_screen_language(Language.AR)
    again = ExchangePage(context, Exchange())
    qtbot.addWidget(again)
    again.set_state(kept)
    assert again.tabs.index() == 1
    assert again.state() == kept
    assert again.incoming.card.import_button.isEnabled()


@pytest.mark.parametrize("language", list(Language))
def test_every_control_has_a_name_in_every_language(
    qtbot: QtBot, qapp: object, context: Context, person: str, language: Language
) -> None:
    from PySide6.QtWidgets import QApplication

    assert isinstance(qapp, QApplication)
    wear(qapp, language)
    page = ExchangePage(context, Exchange())
    qtbot.addWidget(page)
    for found in page.findChildren(QPushButton):
        assert found.objectName()
        assert found.accessibleName() or not found.isVisibleTo(page)
    for child in (page.outgoing.languages, page.outgoing.scope, page.incoming.card.table):
        assert child.accessibleName()


def test_verdicts_keep_their_order_in_the_filters(page: ExchangePage) -> None:
    assert list(Verdict)[-1] is Verdict.REFUSED
    assert page.has_primary()
    assert page.nav_key() == "exchange"
