import pytest
from sqlalchemy import select
from tests.access.conftest import AMINA, CHEAP

from avrr_desktop.core.actors import Role
from avrr_desktop.core.clock import FixedClock
from avrr_desktop.core.errors import UserError
from avrr_desktop.db.tables import CHANGE
from avrr_desktop.paths import Paths
from avrr_desktop.services.access.entering import enter
from avrr_desktop.services.access.rotation import rotate_key
from avrr_desktop.services.access.users import (
    add_user,
    change_own_password,
    change_user,
    renew_recovery_key,
    reset_password,
    revoke_user,
    users,
)
from avrr_desktop.services.register import Register, open_register

PASSWORD = "un mot bien long"


def karim(register: Register) -> str:
    return add_user(
        register,
        register.actor,
        name="Karim Essai",
        login="karim",
        role=Role.CASEWORKER,
        restricted=False,
        password=PASSWORD,
        cost=CHEAP,
    )


def test_a_new_user_comes_in_with_their_role(
    register: Register, paths: Paths, clock: FixedClock
) -> None:
    user_id = karim(register)
    opened = open_register(paths, clock, enter(paths, clock, "Karim", PASSWORD))
    assert (opened.actor.id, opened.actor.role) == (user_id, Role.CASEWORKER)
    assert not opened.actor.restricted
    opened.close()


def test_a_login_is_given_once(register: Register) -> None:
    karim(register)
    with pytest.raises(UserError, match="login_taken"):
        add_user(
            register,
            register.actor,
            name="Autre Personne",
            login=" KARIM",
            role=Role.READER,
            restricted=False,
            password="encore un mot long",
            cost=CHEAP,
        )
    with pytest.raises(UserError, match="login_taken"):
        add_user(
            register,
            register.actor,
            name="Autre Personne",
            login="recovery",
            role=Role.READER,
            restricted=False,
            password="encore un mot long",
            cost=CHEAP,
        )


def test_ones_own_password_needs_the_old_one(
    register: Register, paths: Paths, clock: FixedClock
) -> None:
    karim(register)
    other = paths.header.read_bytes()
    with pytest.raises(UserError, match="wrong_password"):
        change_own_password(register, register.actor, "pas celui-ci", "phrase nouvelle", CHEAP)
    assert paths.header.read_bytes() == other
    change_own_password(register, register.actor, AMINA.password, "phrase nouvelle", CHEAP)
    enter(paths, clock, "amina", "phrase nouvelle")
    enter(paths, clock, "karim", PASSWORD)


def test_a_revoked_user_stays_out_until_given_a_password(
    register: Register, paths: Paths, clock: FixedClock
) -> None:
    user_id = karim(register)
    revoke_user(register, register.actor, user_id)
    with pytest.raises(UserError, match="wrong_password"):
        enter(paths, clock, "karim", PASSWORD)
    assert [(u.active, u.has_slot) for u in users(register, register.actor) if u.id == user_id] == [
        (False, False)
    ]
    reset_password(register, register.actor, user_id, "mot tout nouveau", CHEAP)
    enter(paths, clock, "karim", "mot tout nouveau")


def test_the_last_administrator_stays(register: Register) -> None:
    me = register.actor
    with pytest.raises(UserError, match="own_slot"):
        revoke_user(register, me, me.id)
    with pytest.raises(UserError, match="last_administrator"):
        change_user(register, me, me.id, name=me.name, role=Role.READER, restricted=False)


def test_a_caseworker_manages_nobody(register: Register, paths: Paths, clock: FixedClock) -> None:
    karim(register)
    opened = open_register(paths, clock, enter(paths, clock, "karim", PASSWORD))
    for refused in (
        lambda: users(opened, opened.actor),
        lambda: revoke_user(opened, opened.actor, register.actor.id),
        lambda: reset_password(opened, opened.actor, register.actor.id, PASSWORD, CHEAP),
        lambda: renew_recovery_key(opened, opened.actor),
        lambda: rotate_key(opened, opened.actor),
    ):
        with pytest.raises(UserError, match="not_allowed"):
            refused()
    opened.close()


def test_a_rotation_leaves_passwords_and_rows(
    register: Register, paths: Paths, clock: FixedClock
) -> None:
    karim(register)
    before = paths.register.read_bytes()[:16]
    first = register.access
    assert first is not None
    again = rotate_key(register, register.actor)
    second = again.access
    assert second is not None
    assert second.keys[0].secret != first.keys[0].secret
    assert [user.name for user in users(again, again.actor)] == ["Amina Testeuse", "Karim Essai"]
    again.close()
    assert paths.register.read_bytes()[:16] != before
    open_register(paths, clock, enter(paths, clock, "karim", PASSWORD)).close()
    with pytest.raises(UserError, match="wrong_key"):
        open_register(paths, clock, first)


def test_a_rotation_cut_short_before_the_file_is_settled_at_the_next_entry(
    register: Register, paths: Paths, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "pathlib.Path.replace",
        _killed_at(paths, __import__("pathlib").Path.replace),
    )
    with pytest.raises(KeyboardInterrupt):
        rotate_key(register, register.actor)
    monkeypatch.undo()
    access = enter(paths, clock, "amina", AMINA.password)
    assert len(access.keys) == 2
    opened = open_register(paths, clock, access)
    opened.close()
    assert len(enter(paths, clock, "amina", AMINA.password).keys) == 1


def _killed_at(paths: Paths, real: object) -> object:
    def killed(self: object, target: object) -> object:
        if target == paths.register:
            raise KeyboardInterrupt
        return real(self, target)  # type: ignore[operator]

    return killed


def test_what_is_done_to_users_is_in_the_journal_without_passwords(register: Register) -> None:
    user_id = karim(register)
    reset_password(register, register.actor, user_id, "mot tout nouveau", CHEAP)
    change_own_password(register, register.actor, AMINA.password, "phrase nouvelle", CHEAP)
    revoke_user(register, register.actor, user_id)
    renew_recovery_key(register, register.actor)
    with register.database.reading() as connection:
        lines = connection.execute(select(CHANGE).order_by(CHANGE.c.sequence)).all()
    assert [line.action for line in lines] == [
        "create",
        "password_reset",
        "password_changed",
        "revoke",
        "recovery_key_renewed",
    ]
    assert not any("mot" in str(line) or "phrase" in str(line) for line in lines)
