"""What the generic form and the registration screen share: keys, folding, leaving, coming back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QLayout, QVBoxLayout, QWidget

from avrr_desktop.services.drafts import Changed, Draft
from avrr_desktop.ui.drafts.page_keeper import PageKeeper
from avrr_desktop.ui.forms.action_bar import ActionBar, Then
from avrr_desktop.ui.forms.entry_body import EntryBody
from avrr_desktop.ui.forms.entry_frame import EntryFrame
from avrr_desktop.ui.forms.field_box import FieldBox
from avrr_desktop.ui.forms.live_side import LiveSide
from avrr_desktop.ui.forms.saving import Saving
from avrr_desktop.ui.forms.tab_order import chain
from avrr_desktop.ui.page import Context, Page
from avrr_desktop.ui.routes import PersonPage, Route
from avrr_desktop.ui.shell.leave import may_discard
from avrr_desktop.ui.theme.tokens import Width


@dataclass(frozen=True, slots=True)
class EntryState:
    """A half-typed form to come back to."""

    body: object
    reasons: Mapping[str, str] = field(default_factory=dict)
    begun: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    has_failed: bool = False
    focus: str = ""
    scroll: int = 0
    panel: bool | None = None
    draft: str = ""  # the id it is kept under
    base: object = None  # what the body held before anything was typed


class EntryPage(Page):
    """A page on which something is typed and saved; subclasses give its body."""

    def __init__(self, context: Context, route: Route, live: LiveSide | None = None) -> None:
        super().__init__(context, route)
        self.setObjectName("entry-page")
        self.frame = EntryFrame()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        # The panel's width must not keep the window from growing narrow: it folds then.
        column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        column.addWidget(self.frame)
        self.live = live
        if live is not None:
            live.setParent(self)
            self.frame.add_panel(live.panel)
            self.frame.add_line(live.line)
        self.saving = Saving(context, self.frame.notice, self.frame.errors, live)
        self.saving.saved.connect(self._on_saved)
        self.saving.reload_wanted.connect(self._on_reload_wanted)
        self.saving.reshaped.connect(lambda: chain(self))
        self.saving.faults.same_person.connect(self.on_same_person)
        self.saving.faults.gone_to.connect(self.frame.reveal)
        self.saving.waiting.begun.connect(self._hold)
        self.saving.waiting.ended.connect(self._release)
        self._held_focus = ""
        self._is_saving = False
        self.body: EntryBody
        self.bar: ActionBar
        self._baseline: object = None
        self._is_given_up = False
        self.keeper: PageKeeper = PageKeeper(self, context.keeping)
        self._bind_keys()

    def _bind_keys(self) -> None:
        keys: dict[str, Callable[[], None]] = {
            "Ctrl+S": lambda: self.saving.save(Then.STAY),
            "Ctrl+Return": lambda: self._save_and(Then.NEXT),
            "Ctrl+Enter": lambda: self._save_and(Then.NEXT),
            "Ctrl+Shift+Return": lambda: self._save_and(Then.ANOTHER),
            "Ctrl+Shift+Enter": lambda: self._save_and(Then.ANOTHER),
            "F8": lambda: self.saving.faults.step(1),
            "Shift+F8": lambda: self.saving.faults.step(-1),
            "F9": lambda: self.live.turn(self.width()) if self.live is not None else None,
            "Esc": self._on_escape,
        }
        for key, act in keys.items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _on_escape(self) -> None:
        """Stop waiting for the register, else close a list or a calendar, else go back."""
        popup = QApplication.activePopupWidget()
        if self.saving.waiting.is_on:
            self.saving.give_up_waiting()
        elif popup is not None:  # the form's shortcut comes before the popup's own key
            popup.close()
        else:
            self.context.shell.back()

    def _hold(self) -> None:
        """While the register is waited for, what will be saved must not change."""
        self._held_focus = focus_name(self)
        for part in (self.body, self.bar):
            part.setEnabled(False)
        self.frame.notice.action.setFocus()

    def _release(self) -> None:
        for part in (self.body, self.bar):
            part.setEnabled(True)
        held = self.findChild(QWidget, self._held_focus) if self._held_focus else None
        if held is not None:
            held.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_same_person(self, _box: FieldBox, person_id: str) -> None:
        """The person typed is in the register already: their page."""
        self.context.shell.open(PersonPage(person_id))

    def set_body(self, body: EntryBody, bar: ActionBar) -> None:
        """Show these fields; what is typed from now on is a change."""
        self.body, self.bar = body, bar
        self.frame.set_header(body.header)
        self.frame.set_body(body)
        self.frame.set_action_bar(bar)
        bar.cancel.clicked.connect(self.context.shell.back)
        bar.save.clicked.connect(lambda: self.saving.save(Then.STAY))
        bar.next.clicked.connect(lambda: self.saving.save(Then.NEXT))
        bar.another.clicked.connect(lambda: self.saving.save(Then.ANOTHER))
        self.saving.set_body(body)
        for box in body.boxes():
            self._adopt(box)
        body.box_made.connect(self._on_box_made)
        body.edited.connect(self.on_edited)
        self._baseline = body.typed()
        chain(self)
        self.on_edited()

    def _adopt(self, box: FieldBox) -> None:
        self.saving.faults.watch(box)
        box.finished.connect(self._go_on)

    def _on_box_made(self, box: FieldBox) -> None:
        self._adopt(box)
        # Once the line that holds the box is in its layout.
        QTimer.singleShot(0, self, lambda: chain(self))

    def on_edited(self) -> None:
        """Something was typed."""
        self._is_given_up = False
        if self.live is not None:
            self.live.note(self.body.notes())
        self.saving.schedule()
        self.keeper.touch()

    def _go_on(self, box: FieldBox) -> None:
        """Enter: the next field, and after the last one the main button."""
        shown = list(self.body.order())
        following = shown[shown.index(box) + 1 :] if box in shown else []
        if following:
            following[0].focus()
            self.frame.reveal(following[0])
        else:
            (self.bar.next if self.bar.next.isVisibleTo(self) else self.bar.save).setFocus()

    def _save_and(self, then: Then) -> None:
        """A stored record has no next one: it is just saved."""
        has_next = self.bar.next.isVisibleTo(self)
        self.saving.save(then if has_next else Then.STAY)

    def _on_saved(self, changed: Changed, drafts: tuple[Draft, ...], then: Then) -> None:
        self._baseline = self.body.typed()
        self.keeper.forget()
        self._is_saving = True
        self.context.shell.say_saved(changed)
        self._is_saving = False
        self.on_saved(changed, drafts, then)

    def refresh(self, changed: Changed | None = None) -> None:
        """Somebody else's save, or an undo: read again unless something is typed."""
        if not self._is_saving and not self.has_changes() and self.is_touched(changed):
            self.reload()

    def is_touched(self, changed: Changed | None) -> bool:
        """Whether a transaction changed what the page shows."""
        return changed is None

    def has_changes(self) -> bool:
        """Whether something typed would be lost."""
        return not self._is_given_up and self.body.typed() != self._baseline

    def form_key(self) -> str:
        """Which form it is, whatever the language."""
        raise NotImplementedError

    def resume(self, state: EntryState) -> None:
        """Go on with a form kept before; what changed in the register meanwhile is said."""
        body, said = self.body.rebased(state.base, state.body)
        self.set_state(replace(state, body=body, has_failed=state.has_failed and not said))
        if said:
            self.frame.notice.show_message(said, "warning")

    def on_saved(self, changed: Changed, drafts: tuple[Draft, ...], then: Then) -> None:
        """Go on after a save."""
        raise NotImplementedError

    def _on_reload_wanted(self) -> None:
        """What was typed on an older version is put on the present one."""
        typed = self.typed_state() if self.has_changes() else None
        self.reload()
        if typed is not None:
            self.resume(typed)

    def reload(self) -> None:
        """Read the record again, giving up what is typed."""

    def may_leave(self) -> bool:
        """Ask before typed work is discarded."""
        self.saving.give_up_waiting()
        if not self._is_given_up and self.has_changes():
            later = self.keeper.keep_for_later if self.keeper.is_on else None
            self._is_given_up = may_discard(self, "", self.keeper.discard, later)
            return self._is_given_up
        return True

    def set_aside(self) -> bool:
        """The form is kept like a draft, and comes back with the page as it was."""
        self.saving.give_up_waiting()
        return not self.has_changes() or self.keeper.set_aside() or self.may_leave()

    def state(self) -> EntryState | None:
        """Everything typed, even what cannot be read; nothing of what was given up."""
        return None if self._is_given_up else self.typed_state()

    def typed_state(self) -> EntryState:
        """Everything typed, with where one stands."""
        return EntryState(
            body=self.body.typed(),
            reasons=dict(self.saving.faults.reasons),
            begun={box.key: box.reasons_typed() for box in self.body.order()},
            has_failed=self.saving.has_failed,
            focus=focus_name(self),
            scroll=self.frame.scroller.verticalScrollBar().value(),
            panel=self.live.wanted if self.live is not None else None,
            draft=self.keeper.form_id,
            base=self._baseline,
        )

    def set_state(self, state: object) -> None:
        """Take back what ``state`` gave."""
        if not isinstance(state, EntryState) or self.keeper.is_erased(state):
            return
        if self.keeper.is_over(state.draft):  # saved or discarded since it was set aside
            return
        self.keeper.take_over(state.draft)
        self.body.retype(state.body)
        self.saving.faults.reasons.update(state.reasons)
        if self.live is not None:
            self.live.want(state.panel, self.width())
        self.saving.has_failed = state.has_failed
        if state.has_failed:
            self.saving.check()
        for box in self.body.order():
            for code, reason in state.begun.get(box.key, {}).items():
                box.retype_reason(code, reason)
        chain(self)
        self.on_edited()
        focused = self.findChild(QWidget, state.focus) if state.focus else None
        if focused is not None:
            focused.setFocus(Qt.FocusReason.OtherFocusReason)
        bar = self.frame.scroller.verticalScrollBar()
        # The scroll bar has its range only once the page is laid out.
        QTimer.singleShot(0, self, lambda: bar.setValue(state.scroll))

    def focus_regions(self) -> tuple[QWidget, ...]:
        """Fields, panel, action bar."""
        panel = () if self.live is None else (self.live.panel,)
        return (self.frame.scroller, *panel, self.bar)

    def minimumSizeHint(self) -> QSize:
        """Narrower than the panel and the fields side by side: the panel folds."""
        return QSize(Width.WINDOW_MIN - Width.NAV, Width.LIVE_PANEL)

    def hideEvent(self, event: QHideEvent) -> None:
        """A page that is left saves nothing behind one's back."""
        super().hideEvent(event)
        if not event.spontaneous():  # a minimised window still waits
            self.saving.give_up_waiting()
            self.keeper.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The panel folds when room is short."""
        super().resizeEvent(event)
        if self.live is not None:
            self.live.fit(self.width())


def focus_name(page: QWidget) -> str:
    """The name of the widget with the focus, when it is on the page; else nothing."""
    focused: QWidget | None = page.window().focusWidget()
    return focused.objectName() if focused is not None and page.isAncestorOf(focused) else ""
