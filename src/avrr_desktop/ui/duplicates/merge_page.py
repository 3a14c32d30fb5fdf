"""Two files of one person side by side, what merging them moves, and the reason."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from avrr_desktop.core.errors import UserError
from avrr_desktop.core.translation import screen_language, tr, translator
from avrr_desktop.services.backups import Reason
from avrr_desktop.services.backups.making import backup_if_changed
from avrr_desktop.services.drafts import Changed
from avrr_desktop.services.lists.rows import name_of
from avrr_desktop.services.merging import SideBySide, merge, merge_effect, side_by_side
from avrr_desktop.services.messages import word_error
from avrr_desktop.ui.duplicates.merge_fields import MergeFields
from avrr_desktop.ui.duplicates.words import effect_text
from avrr_desktop.ui.page import Context, Page
from avrr_desktop.ui.person.words import plain_name
from avrr_desktop.ui.records.deletion import period_shown
from avrr_desktop.ui.routes import DuplicatesOf, MergeOf, PersonPage
from avrr_desktop.ui.tasks import Progress, Request
from avrr_desktop.ui.theme.tokens import Space, Type
from avrr_desktop.ui.widgets.breadcrumb import Breadcrumb
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.empty import EmptyState
from avrr_desktop.ui.widgets.formats import code_text, ltr
from avrr_desktop.ui.widgets.surfaces import Card, PageScroll, Surface
from avrr_desktop.ui.widgets.text import Text


class MergePage(Page):
    """One merger: choices, effect, reason."""

    def __init__(self, context: Context, route: MergeOf) -> None:
        super().__init__(context, route)
        self._is_backing_up = False
        self.setObjectName("merge-page")
        self._ids = (route.survivor, route.merged)
        self.files: SideBySide | None = None
        self.fields: MergeFields | None = None
        self.reason = QLineEdit()
        self.reason.setObjectName("merge-reason")
        self.reason.setAccessibleName(tr("Reason (required)"))
        self.reason.setPlaceholderText(tr("Reason: same passport, same photograph…"))
        self.reason.setMaxLength(200)
        self.reason.textChanged.connect(self._on_typed)
        self.reason.returnPressed.connect(self.merge)
        self.effect = Text("", wrap=True, name="merge-effect")
        self.do_button = Button(tr("Merge"), Variant.PRIMARY, icon="merge", name="merge-do")
        self.do_button.clicked.connect(self.merge)
        self._empty = EmptyState("", tr("See the probable duplicates"))
        self._empty.action_requested.connect(lambda: context.shell.open(DuplicatesOf()))
        self._lay_out()
        self.refresh()

    def nav_key(self) -> str:
        """Probable duplicates."""
        return "duplicates"

    def has_primary(self) -> bool:
        """*Merge*."""
        return self.files is not None

    def focus_regions(self) -> tuple[QWidget, ...]:
        """The choices, then the reason."""
        return (self._card, self.reason)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        scroll = PageScroll("merge-scroll")
        column.addWidget(scroll)
        self._column = QVBoxLayout(scroll.page)
        self._column.setContentsMargins(Space.PAGE, Space.M, Space.PAGE, Space.L)
        self._column.setSpacing(Space.M)
        crumbs = Breadcrumb([tr("Probable duplicates"), tr("One person, two files")])
        crumbs.chosen.connect(lambda _rank: self.context.shell.open(DuplicatesOf()))
        self._column.addWidget(crumbs)
        self._column.addWidget(Text(tr("Merge two files of one person"), Type.TITLE))
        said = tr(
            "Choose the file that stays and, where they differ, the value to keep. Events and"
            " papers of both show on the file that stays; the two can be separated again."
        )
        self._column.addWidget(Text(said, Type.CAPTION, wrap=True))
        self._card = Card("merge-card", flush=True)
        self._column.addWidget(self._card)
        self._column.addWidget(self._empty, 1)
        self._column.addStretch(1)
        column.addWidget(self._foot())

    def _foot(self) -> QWidget:
        # Outside of what scrolls: effect and reason stay in sight beside a long list of fields.
        self._act = Surface("surface", edge="top", name="merge-act")
        words = QVBoxLayout(self._act)
        words.setContentsMargins(Space.PAGE, Space.M, Space.PAGE, Space.M)
        words.setSpacing(Space.S)
        words.addWidget(self.effect)
        line = QHBoxLayout()
        line.setSpacing(Space.XS)
        line.addWidget(self.reason, 1)
        line.addWidget(self.do_button)
        cancel = Button(tr("Cancel"), Variant.QUIET, name="merge-cancel")
        cancel.clicked.connect(self._on_cancel)
        line.addWidget(cancel)
        words.addLayout(line)
        return self._act

    def refresh(self, changed: Changed | None = None) -> None:
        """Read the two files again; what was chosen stays."""
        state = self.state()
        try:
            self.files = side_by_side(self.context.register, *self._ids)
        except UserError as error:
            self.files = None
            self._empty.set_content(
                word_error(error, translator(screen_language())), tr("See the probable duplicates")
            )
        if self.fields is not None:
            self._card.body.removeWidget(self.fields)
            self.fields.hide()
            self.fields.deleteLater()
            self.fields = None
        if self.files is not None:
            self.fields = MergeFields(self.context, self.files)
            self.fields.changed.connect(self._show_effect)
            self._card.body.addWidget(self.fields)
            self.set_state(state)
            self._show_effect()
        for widget in (self._card, self._act):
            widget.setVisible(self.files is not None)
        self._empty.setVisible(self.files is None)
        self._on_typed(self.reason.text())

    def _show_effect(self) -> None:
        """Counted by the merger itself, then taken back: a few milliseconds."""
        if self.fields is None:
            return
        try:
            effect = merge_effect(
                self.context.register,
                self.context.actor,
                self.fields.survivor().id,
                self.fields.merged().id,
                self.fields.taken(),
                period=period_shown(self.context),
            )
        except UserError as error:
            self.effect.setText(word_error(error, translator(screen_language())))
            return
        self.effect.setText(effect_text(self.context, effect))

    def merge(self) -> None:
        """Merge, once a backup is made, and go to the file that stays."""
        if not self.reason.text().strip() or self.fields is None or self._is_backing_up:
            return
        register = self.context.register

        def back_up(progress: Progress) -> None:
            backup_if_changed(register, Reason.MERGE, progress)

        self._is_backing_up = True
        self.context.tasks.start(Request(back_up, lambda _: self._merge(), self._on_failed))

    def _on_failed(self, error: UserError) -> None:
        self._is_backing_up = False
        said = word_error(error, translator(screen_language()))
        self.context.shell.say_failed(said, self.refresh)

    def _merge(self) -> None:
        self._is_backing_up = False
        reason, fields, context = self.reason.text().strip(), self.fields, self.context
        if not reason or fields is None:  # changed meanwhile
            return
        kept, gone = fields.survivor(), fields.merged()
        try:
            changed = merge(
                context.register,
                context.actor,
                kept.id,
                gone.id,
                fields.taken(),
                reason=reason,
                versions=(kept.version, gone.version),
            )
        except UserError as error:
            self._on_failed(error)
            return
        self.reason.clear()
        said = tr(
            "{number} is merged into {name}.",
            number=code_text(gone.number),
            name=ltr(plain_name(name_of(kept.row))),
        )
        context.shell.open(PersonPage(kept.id))
        context.shell.say_done(changed, said)

    def _on_cancel(self) -> None:
        self.context.shell.back()

    def _on_typed(self, text: str) -> None:
        self.do_button.setEnabled(bool(text.strip()) and self.fields is not None)

    def state(self) -> object:
        """The reason, and what was chosen."""
        if self.fields is None:
            return None
        return self.reason.text(), self.fields.keep.checkedId(), self.fields.chosen()

    def set_state(self, state: object) -> None:
        """Choose it again."""
        if isinstance(state, tuple) and self.fields is not None:
            reason, kept, chosen = state
            self.reason.setText(reason)
            self.fields.choose(kept, chosen)
