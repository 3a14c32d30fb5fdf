"""The household of a person: who is in the case today, and what is done for all of them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from avrr_desktop.activities import ACTIVITIES
from avrr_desktop.core.translation import ntr, tr
from avrr_desktop.people.case import CASE_FILE
from avrr_desktop.services.person_page import Household, Member
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.person.tiles import MemberTile
from avrr_desktop.ui.routes import FormOf, NewRegistration, PersonPage
from avrr_desktop.ui.theme.tokens import Space, Type, Width
from avrr_desktop.ui.widgets.buttons import Button
from avrr_desktop.ui.widgets.flow import FlowLayout
from avrr_desktop.ui.widgets.surfaces import Surface
from avrr_desktop.ui.widgets.text import Text


class HouseholdStrip(Surface):
    """Members as tiles; adding one; an activity for everyone."""

    def __init__(
        self,
        context: Context,
        person_id: str,
        household: Household | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("raised", edge="top", name="household", parent=parent)
        self.setProperty("corners", "bottom")
        self._context = context
        self._household = household
        self._person_id = person_id
        members = household.members if household else ()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(Space.L, Space.S, Space.M, Space.S)
        self._row.setSpacing(Space.M)
        row = QHBoxLayout()
        row.setSpacing(Space.M)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(Text(tr("Household"), Type.CAPTION))
        counted = ntr("{count} person", "{count} persons", len(members))
        words.addWidget(Text(counted if household else tr("no case yet"), Type.CAPTION))
        words.addStretch(1)
        row.addLayout(words)
        tiles = QWidget()
        flow = FlowLayout(tiles, Space.S)
        for member in members:
            flow.addWidget(self._tile(member))
        row.addWidget(tiles, 1)
        self._row.addLayout(row, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(0)
        buttons.addStretch(1)
        self._add_buttons(buttons)
        self._row.addLayout(buttons)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Buttons go under the members where there is little room."""
        super().resizeEvent(event)
        narrow = self.width() < Width.TWO_COLUMNS
        way = QBoxLayout.Direction
        self._row.setDirection(way.TopToBottom if narrow else way.LeftToRight)

    def _tile(self, member: Member) -> MemberTile:
        is_self = member.person_id == self._person_id
        tile = MemberTile(self._context, member, is_self=is_self)
        if not is_self:
            target = PersonPage(member.person_id)
            tile.clicked.connect(lambda _=False: self._context.shell.open(target))
        return tile

    def _add_buttons(self, row: QHBoxLayout) -> None:
        middle = Qt.AlignmentFlag.AlignVCenter
        if self._household is None:
            case = Button(tr("Case"), icon="plus", small=True, name="new-case")
            case.setAccessibleName(tr("Open a case for this person"))
            case.clicked.connect(self._on_case)
            row.addWidget(case, 0, middle)
            return
        member = Button(tr("Member"), icon="plus", small=True, name="add-member")
        member.clicked.connect(self._on_member)
        row.addWidget(member, 0, middle)
        if len(self._household.members) > 1:
            everyone = Button(
                tr("Activity for the household"), icon="users", small=True, name="for-household"
            )
            everyone.clicked.connect(lambda: self._on_everyone(everyone))
            row.addWidget(everyone, 0, middle)

    def _on_case(self) -> None:
        self._context.shell.open(FormOf(CASE_FILE.key, person_ids=(self._person_id,)))

    def _on_member(self) -> None:
        assert self._household is not None
        self._context.shell.open(NewRegistration(case_id=self._household.case_id))

    def _on_everyone(self, button: Button) -> None:
        assert self._household is not None
        case_id = self._household.case_id
        persons = tuple(member.person_id for member in self._household.members)
        menu = QMenu(self)
        menu.setObjectName("household-menu")
        for activity in ACTIVITIES:
            action = menu.addAction(self._context.text(activity.label))
            route = FormOf(activity.key, person_ids=persons, case_id=case_id)
            action.triggered.connect(lambda _=False, r=route: self._context.shell.open(r))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))
