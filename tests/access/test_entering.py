from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from tests.access.conftest import AMINA, CHEAP

from avrr_desktop.core.clock import FixedClock
from avrr_desktop.core.errors import UserError
from avrr_desktop.db.database import Database
from avrr_desktop.paths import Paths
from avrr_desktop.services.access.entering import enter, logins, recover
from avrr_desktop.services.access.protecting import (
    FirstUser,
    Protected,
    create_protected,
    protect,
)
from avrr_desktop.services.register import Register, create_register, open_register


def test_the_file_tells_nothing_and_the_password_opens_it(
    paths: Paths, clock: FixedClock, protected: Protected
) -> None:
    protected.register.close()
    assert b"SQLite" not in paths.register.read_bytes()
    opened = open_register(paths, clock, enter(paths, clock, "AMINA", AMINA.password))
    assert opened.actor.name == "Amina Testeuse"
    opened.close()


def test_without_a_password_nothing_opens(
    paths: Paths, clock: FixedClock, protected: Protected
) -> None:
    with pytest.raises(UserError, match="password_needed"):
        open_register(paths, clock)


def test_wrong_passwords_slow_down_and_say_how_long(
    paths: Paths, clock: FixedClock, register: Register
) -> None:
    waits = []
    for _ in range(5):
        with pytest.raises(UserError, match="wrong_password") as caught:
            enter(paths, clock, "amina", "autre phrase")
        waits.append(caught.value.values["seconds"])
        clock.instant += timedelta(seconds=300)
    assert waits == [0, 0, 2, 4, 8]
    with pytest.raises(UserError, match="wrong_password"):
        enter(paths, clock, "amina", "autre phrase")
    with pytest.raises(UserError, match="wait_before_retry"):
        enter(paths, clock, "amina", AMINA.password)
    clock.instant += timedelta(seconds=300)
    access = enter(paths, clock, "amina", AMINA.password)
    assert len(access.failed.lines) == 6
    assert "phrase" not in paths.attempts.read_text()


def test_a_clock_set_back_does_not_shorten_the_wait(
    paths: Paths, clock: FixedClock, register: Register
) -> None:
    for _ in range(3):
        with pytest.raises(UserError):
            enter(paths, clock, "amina", "autre phrase")
    clock.instant += timedelta(days=-30)
    with pytest.raises(UserError, match="wait_before_retry"):
        enter(paths, clock, "amina", AMINA.password)


def test_the_recovery_key_gives_a_new_password(
    paths: Paths, clock: FixedClock, protected: Protected
) -> None:
    protected.register.close()
    access = recover(paths, clock, protected.recovery_key.lower(), "Amina", "nouvelle phrase")
    open_register(paths, clock, access).close()
    enter(paths, clock, "amina", "nouvelle phrase")
    with pytest.raises(UserError, match="wrong_password"):
        enter(paths, clock, "amina", AMINA.password)


@pytest.mark.parametrize("damage", [b"", b"{", None])
def test_a_damaged_header_is_made_good_from_its_copy(
    paths: Paths, clock: FixedClock, register: Register, damage: bytes | None
) -> None:
    written = paths.header.read_bytes()
    paths.header.write_bytes(written[:-9] if damage is None else damage)
    assert logins(paths) == ("amina",)
    assert paths.header.read_bytes() == written


def test_both_headers_damaged_is_said(paths: Paths, register: Register) -> None:
    for path in (paths.header, paths.header_copy):
        path.write_bytes(path.read_bytes()[:100])
    with pytest.raises(UserError, match="header_broken"):
        logins(paths)


def test_the_header_of_another_register_is_said(
    paths: Paths, clock: FixedClock, protected: Protected, tmp_path: Path
) -> None:
    other = Paths(tmp_path / "other", paths.resources)
    create_protected(other, clock, AMINA, CHEAP).register.close()
    protected.register.close()
    for path in (paths.header, paths.header_copy):
        path.write_bytes(other.header.read_bytes())
    with pytest.raises(UserError, match="wrong_key"):
        open_register(paths, clock, enter(paths, clock, "amina", AMINA.password))


def test_every_page_with_a_flipped_bit_is_reported(
    paths: Paths, clock: FixedClock, protected: Protected
) -> None:
    protected.register.close()
    written = paths.register.read_bytes()
    access = enter(paths, clock, "amina", AMINA.password)
    for page in range(len(written) // 4096):
        altered = bytearray(written)
        altered[page * 4096 + (page * 131) % 4096] ^= 1 << page % 8
        paths.register.write_bytes(altered)
        assert Database(paths.register, access.keys[0].secret).check(full=True), page
        # A start says so or reads what is whole; it never fails otherwise.
        with suppress(UserError):
            open_register(paths, clock, access).close()


def test_an_open_register_is_encrypted_in_its_place(paths: Paths, clock: FixedClock) -> None:
    before = create_register(paths, clock, is_demo=False, user_name="Ancienne")
    uuid = before.info.uuid
    before.close()
    made = protect(paths, clock, AMINA, CHEAP)
    assert (made.register.info.uuid, made.register.actor.name) == (uuid, "Amina Testeuse")
    made.register.close()
    assert b"SQLite" not in paths.register.read_bytes()
    left = sorted(path.name for path in paths.data_dir.iterdir())
    assert left == ["journal.head", "register.keys", "register.keys.copy", "register.sqlite"]


def test_a_demonstration_stays_open(paths: Paths, clock: FixedClock) -> None:
    create_register(paths, clock, is_demo=True).close()
    with pytest.raises(UserError, match="demo_stays_open"):
        protect(paths, clock, AMINA, CHEAP)


@pytest.mark.parametrize("step", ["before the file", "after the file"])
def test_an_encryption_cut_short_leaves_one_whole_register(
    paths: Paths, clock: FixedClock, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    create_register(paths, clock, is_demo=False).close()
    real = Path.replace

    def killed(self: Path, target: Path) -> Path:
        if Path(target) == paths.register:
            if step == "after the file":
                real(self, target)
            raise KeyboardInterrupt
        return real(self, target)

    monkeypatch.setattr(Path, "replace", killed)
    with pytest.raises(KeyboardInterrupt):
        protect(paths, clock, AMINA, CHEAP)
    monkeypatch.undo()
    if step == "before the file":
        protect(paths, clock, AMINA, CHEAP).register.close()
    open_register(paths, clock, enter(paths, clock, "amina", AMINA.password)).close()


def test_an_open_file_laid_beside_a_header_is_not_taken(
    paths: Paths, clock: FixedClock, protected: Protected, tmp_path: Path
) -> None:
    protected.register.close()
    foreign = Paths(tmp_path / "foreign", paths.resources)
    create_register(foreign, clock, is_demo=False).close()
    foreign.register.replace(paths.register)
    with pytest.raises(UserError, match="wrong_key"):
        open_register(paths, clock, enter(paths, clock, "amina", AMINA.password))


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("court", "password_short"),
        ("aaaaaaaaaaaa", "password_plain"),
        ("0123456789", "password_plain"),
        ("amina12345", "password_is_name"),
        ("Amina-Testeuse1", "password_is_name"),
        ("x" * 2000, "password_long"),
    ],
)
def test_a_password_that_is_guessed_first_is_refused(
    paths: Paths, clock: FixedClock, password: str, code: str
) -> None:
    with pytest.raises(UserError, match=code):
        create_protected(paths, clock, FirstUser("Amina Testeuse", "amina", password), CHEAP)
    assert not paths.register.exists()
