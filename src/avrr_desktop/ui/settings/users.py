"""Users in the settings: who may come in, as what; keys; one's own password."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from avrr_desktop.core.actors import Role
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.permissions import Permission, allows
from avrr_desktop.core.translation import screen_language, tr, translator
from avrr_desktop.services.access.rotation import rotate_key
from avrr_desktop.services.access.users import (
    User,
    add_user,
    change_own_password,
    change_user,
    own_cost,
    renew_recovery_key,
    reset_password,
    revoke_user,
    users,
)
from avrr_desktop.services.messages import word_error
from avrr_desktop.services.register import Register
from avrr_desktop.ui.access.lines import LabelledLine, PasswordLine
from avrr_desktop.ui.access.recovery_sheet import RecoverySheet
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.settings.ask import Ask, ask
from avrr_desktop.ui.settings.rows import RowsCard, padded
from avrr_desktop.ui.shell.sides import margins
from avrr_desktop.ui.tasks import Progress, Request, Tasks
from avrr_desktop.ui.theme.tokens import Space
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.empty import EmptyState
from avrr_desktop.ui.widgets.segmented import Segmented
from avrr_desktop.ui.widgets.surfaces import Card
from avrr_desktop.ui.widgets.text import Text
from avrr_desktop.vault import Cost

_ROLES = tuple(Role)


class UsersSection(QWidget):
    """An administrator's table; everybody's own password. An open register has no users."""

    def __init__(self, context: Context, cost: Cost | None = None) -> None:
        super().__init__()
        self.setObjectName("settings-users")
        self._context = context
        self._cost = cost
        self._tasks = Tasks(self)
        self._users: tuple[User, ...] = ()
        self.card: RowsCard | None = None
        if context.register.access is None:
            said = tr("A register of invented people is open to all: it has no users.")
            self.setLayout(padded(EmptyState(said)))
            return
        parts: list[QWidget] = []
        if allows(context.actor, Permission.USERS):
            parts += [self._table(), self._keys()]
        column = padded(*parts, self._own())
        if parts:
            column.setStretch(0, 1)
        else:
            column.addStretch(1)
        self.setLayout(column)
        self.read()

    def _table(self) -> RowsCard:
        heads = (
            tr("Name"), tr("Name to log in with"), tr("Role"), tr("Restricted notes"), tr("State"),
        )  # fmt: skip
        card = RowsCard("users", tr("Users"), heads)
        self.card = card
        self._acting = [
            self._button(card, "user-change", tr("Change…"), self._on_change),
            self._button(card, "user-reset", tr("New password…"), self._on_reset),
            self._button(card, "user-revoke", tr("Keep out…"), self._on_revoke),
        ]
        self._button(card, "user-add", tr("Add…"), self._on_add, Variant.PRIMARY)
        card.moved.connect(self._show_buttons)
        card.table.activated.connect(lambda _index: self._on_change())
        return card

    def _button(
        self,
        card: RowsCard,
        name: str,
        text: str,
        act: Callable[[], None],
        variant: Variant = Variant.SECONDARY,
    ) -> Button:
        button = card.add_button(Button(text, variant, name=name))
        button.clicked.connect(act)
        return button

    def _keys(self) -> Card:
        card = Card("users-keys")
        lines = (
            (
                tr("The recovery key opens the register when a password is forgotten."),
                tr("Another recovery key…"),
                "users-recovery",
                self._on_recovery,
            ),
            (
                tr("Somebody left with a copy of the register, or a PC is gone: change the key."),
                tr("Change the key…"),
                "users-rotate",
                self._on_rotate,
            ),
        )
        for text, label, name, act in lines:
            card.body.addLayout(_beside(text, Button(label, name=name), act))
        return card

    def _own(self) -> Card:
        card = Card("users-own")
        button = Button(tr("Change my password…"), name="users-own-password")
        text = tr("Your password is yours alone: nobody else's changes with it.")
        card.body.addLayout(_beside(text, button, self._on_own))
        return card

    def read(self) -> None:
        """The table as it is now."""
        if self.card is None:
            return
        self._users = users(self._context.register, self._context.actor)
        self.card.show_rows([self._row(user) for user in self._users])

    def _row(self, user: User) -> tuple[str, ...]:
        state = tr("May come in") if user.active and user.has_slot else tr("Kept out")
        return (
            user.name,
            user.login,
            self._context.term("user_role", user.role.value),
            tr("Yes") if user.restricted else tr("No"),
            state,
        )

    def _current(self) -> User:
        assert self.card is not None
        return self._users[self.card.row]

    def _show_buttons(self) -> None:
        chosen = self.card is not None and 0 <= self.card.row < len(self._users)
        for button in self._acting:
            button.setEnabled(chosen)

    def _on_add(self) -> None:
        typed = _Typed(self._context)
        password, again = _passwords()

        def act() -> None:
            _require_same(password, again)
            add_user(
                self._context.register,
                self._context.actor,
                name=typed.name.text(),
                login=typed.login.text(),
                role=typed.role(),
                restricted=typed.restricted.isChecked(),
                password=password.text(),
                cost=self._new_cost(),
            )

        text = tr("Tell them the password yourself; they change it here at their first entry.")
        parts = (typed.name, typed.login, *typed.rights, password, again)
        self._ask(tr("A new user"), text, tr("Add"), act, parts)

    def _on_change(self) -> None:
        user = self._current()
        typed = _Typed(self._context, user)

        def act() -> None:
            change_user(
                self._context.register,
                self._context.actor,
                user.id,
                name=typed.name.text(),
                role=typed.role(),
                restricted=typed.restricted.isChecked(),
            )

        text = tr("It holds from their next entry.")
        self._ask(user.name, text, tr("Save"), act, (typed.name, *typed.rights))

    def _on_reset(self) -> None:
        user = self._current()
        password, again = _passwords()

        def act() -> None:
            _require_same(password, again)
            register, actor = self._context.register, self._context.actor
            reset_password(register, actor, user.id, password.text(), self._new_cost())

        text = tr("Tell {name} the password yourself.", name=user.name)
        self._ask(tr("New password"), text, tr("Save"), act, (password, again))

    def _on_revoke(self) -> None:
        user = self._current()

        def act() -> None:
            revoke_user(self._context.register, self._context.actor, user.id)

        text = tr(
            "{name} cannot come in any more. What they did stays under their name. If they may have"
            " a copy of the register, change the key too.",
            name=user.name,
        )
        self._ask(tr("Keep out?"), text, tr("Keep out"), act)

    def _on_own(self) -> None:
        old = PasswordLine(tr("Present password"), "old-password")
        password, again = _passwords()

        def act() -> None:
            _require_same(password, again)
            register, actor = self._context.register, self._context.actor
            change_own_password(register, actor, old.text(), password.text(), self._new_cost())

        self._ask(tr("My password"), "", tr("Save"), act, (old, password, again))

    def _on_recovery(self) -> None:
        text = tr("The sheet printed before opens nothing any more.")
        if ask(Ask(self, tr("Another recovery key?"), text, tr("Go on"), lambda: None)):
            try:
                key = renew_recovery_key(self._context.register, self._context.actor)
            except UserError as error:
                self._fail(error)
                return
            self._show_sheet(key)

    def _show_sheet(self, key: str) -> None:
        dialog = QDialog(self.window())
        dialog.setObjectName("sheet-dialog")
        dialog.setWindowTitle(tr("Recovery key"))
        register = self._context.register
        day = register.clock.today()
        sheet = RecoverySheet(self._tasks, key, register.paths.data_dir, day)
        sheet.kept.connect(dialog.accept)
        column = QVBoxLayout(dialog)
        column.setContentsMargins(margins(Space.XL, Space.XL, Space.XL, Space.XL))
        column.addWidget(sheet)
        dialog.exec()
        dialog.deleteLater()

    def _on_rotate(self) -> None:
        text = tr(
            "The whole register is encrypted anew. Nobody's password changes. It takes a moment,"
            " and the window is opened again."
        )
        if ask(Ask(self, tr("Change the key?"), text, tr("Change the key"), lambda: None)):
            self.rotate()

    def rotate(self) -> None:
        """Encrypt anew on the worker, then open the window again."""
        register, actor = self._context.register, self._context.actor
        self.setEnabled(False)

        def work(progress: Progress) -> Register:
            return rotate_key(register, actor, progress)

        self._tasks.start(Request(work, self._context.shell.reopen, self._fail))

    def _ask(
        self, title: str, text: str, go: str, act: Callable[[], None], parts: Sequence[QWidget] = ()
    ) -> None:
        if ask(Ask(self, title, text, go, act, parts)):
            self.read()

    def _fail(self, error: UserError) -> None:
        self.setEnabled(True)
        self._context.shell.say_failed(word_error(error, translator(screen_language())))

    def _new_cost(self) -> Cost:
        return self._cost or own_cost()


@dataclass(slots=True)
class _Typed:
    """What is typed of a user."""

    name: LabelledLine
    login: LabelledLine
    restricted: QCheckBox
    _roles: Segmented

    def __init__(self, context: Context, user: User | None = None) -> None:
        self.name = LabelledLine(tr("Name"), "user-name")
        self.login = LabelledLine(tr("Name to log in with"), "user-login")
        labels = [context.term("user_role", role.value) for role in _ROLES]
        self._roles = Segmented(labels, optional=False, name="user-role", accessible=tr("Role"))
        self.restricted = QCheckBox(tr("May read notes whose reading is restricted"))
        self.restricted.setObjectName("user-restricted")
        self.name.line.setText(user.name if user else "")
        self._roles.set_index(_ROLES.index(user.role if user else Role.CASEWORKER))
        self.restricted.setChecked(user.restricted if user else False)

    @property
    def rights(self) -> tuple[QWidget, ...]:
        """Role and grant."""
        return (self._roles, self.restricted)

    def role(self) -> Role:
        """The role chosen."""
        return _ROLES[self._roles.index() or 0]


def _passwords() -> tuple[PasswordLine, PasswordLine]:
    return (
        PasswordLine(tr("New password"), "user-password"),
        PasswordLine(tr("The same once more"), "user-password-again"),
    )


def _require_same(password: PasswordLine, again: PasswordLine) -> None:
    if password.text() != again.text():
        raise UserError("passwords_differ")


def _beside(text: str, button: Button, act: Callable[[], None]) -> QHBoxLayout:
    button.clicked.connect(act)
    row = QHBoxLayout()
    row.setSpacing(Space.M)
    row.addWidget(Text(text, wrap=True), 1)
    row.addWidget(button)
    return row
