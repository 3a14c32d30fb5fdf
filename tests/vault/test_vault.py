from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from avrr_desktop.core.errors import UserError
from avrr_desktop.vault import (
    Box,
    Cost,
    DataKey,
    Header,
    HeaderBroken,
    Kind,
    WrongPassword,
    add_slot,
    change_password,
    drop_slot,
    new_header,
    new_recovery_key,
    read_header,
    read_recovery_key,
    rotate,
    settle_rotation,
    unlock,
    write_header,
)

CHEAP = Cost(1, 8, 1)


@pytest.fixture
def made() -> tuple[Header, DataKey]:
    header, key = new_header("a" * 32)
    header = add_slot(header, key, slot_id="1", login="Amina", password="premier mot", cost=CHEAP)
    header = add_slot(header, key, slot_id="2", login="Karim", password="second mot", cost=CHEAP)
    return header, key


def test_every_user_opens_the_one_key(made: tuple[Header, DataKey]) -> None:
    header, key = made
    for login, password in (("amina ", "premier mot"), ("KARIM", "second mot")):
        slot, keys = unlock(read_header(write_header(header)), login, password)
        assert (slot.login.casefold(), keys) == (login.strip().casefold(), (key,))


@pytest.mark.parametrize(
    ("login", "password"),
    [("Amina", "second mot"), ("Amina", ""), ("Nadia", "premier mot"), ("", "premier mot")],
)
def test_nothing_else_opens(made: tuple[Header, DataKey], login: str, password: str) -> None:
    with pytest.raises(WrongPassword):
        unlock(made[0], login, password)


def test_a_recovery_slot_is_no_user(made: tuple[Header, DataKey]) -> None:
    header, key = made
    typed = new_recovery_key()
    header = add_slot(
        header,
        key,
        slot_id="recovery",
        login="recovery",
        password=typed,
        kind=Kind.RECOVERY,
        cost=CHEAP,
    )
    with pytest.raises(WrongPassword):
        unlock(header, "recovery", typed)
    assert unlock(header, "recovery", typed, Kind.RECOVERY)[1] == (key,)


def test_changing_a_password_touches_one_slot(made: tuple[Header, DataKey]) -> None:
    header, key = made
    changed = change_password(header, (key,), "1", "autre mot", CHEAP)
    assert changed.slot("2") == header.slot("2")
    assert unlock(changed, "Amina", "autre mot")[1] == (key,)
    with pytest.raises(WrongPassword):
        unlock(changed, "Amina", "premier mot")


def test_a_dropped_slot_no_longer_opens(made: tuple[Header, DataKey]) -> None:
    header, key = made
    with pytest.raises(WrongPassword):
        unlock(drop_slot(header, key, "2"), "Karim", "second mot")


def test_a_rotation_reaches_everybody_without_passwords(made: tuple[Header, DataKey]) -> None:
    header, key = made
    both, new = rotate(header, key)
    assert new.secret != key.secret
    assert unlock(both, "Karim", "second mot")[1] == (new, key)
    assert unlock(settle_rotation(both, new), "Amina", "premier mot")[1] == (new,)
    assert unlock(settle_rotation(both, key), "Amina", "premier mot")[1] == (key,)


def test_every_flipped_bit_of_the_header_is_seen(made: tuple[Header, DataKey]) -> None:
    written = write_header(made[0])
    for place in range(len(written)):
        altered = bytearray(written)
        altered[place] ^= 1
        with pytest.raises(HeaderBroken):
            read_header(bytes(altered))


def test_every_truncation_of_the_header_is_seen(made: tuple[Header, DataKey]) -> None:
    written = write_header(made[0])
    for length in range(0, len(written), 7):
        with pytest.raises(HeaderBroken):
            read_header(written[:length])


def test_a_header_forged_with_its_checksum_is_seen(made: tuple[Header, DataKey]) -> None:
    header = made[0]
    other, foreign = new_header(header.register)
    other = add_slot(other, foreign, slot_id="3", login="Nadia", password="x" * 9, cost=CHEAP)
    mixed = replace(header, slots=(*header.slots, other.slot("3")))
    with pytest.raises(HeaderBroken):
        unlock(mixed, "Amina", "premier mot")


def test_a_slot_moved_to_another_user_no_longer_opens(made: tuple[Header, DataKey]) -> None:
    header = made[0]
    moved = replace(header, slots=(replace(header.slot("1"), login="Karim"),))
    with pytest.raises(WrongPassword):
        unlock(moved, "Karim", "premier mot")


@given(st.binary(max_size=400))
@settings(max_examples=200)
def test_garbage_is_no_header(garbage: bytes) -> None:
    with pytest.raises(HeaderBroken):
        read_header(garbage)


def test_a_costly_forgery_is_refused_before_it_is_computed(made: tuple[Header, DataKey]) -> None:
    header = made[0]
    slot = replace(header.slot("1"), cost=Cost(10_000, 2**30, 1))
    with pytest.raises(HeaderBroken):
        read_header(write_header(replace(header, slots=(slot,))))


def test_a_recovery_key_is_read_as_people_type_it() -> None:
    key = new_recovery_key()
    assert read_recovery_key(key.lower().replace("-", "  ")) == key
    assert read_recovery_key(key.replace("O", "0").replace("I", "1").replace("B", "8")) == key


def test_a_slip_in_a_recovery_key_is_told_from_a_wrong_one() -> None:
    key = new_recovery_key()
    other = "A" if key[3] != "A" else "C"
    with pytest.raises(UserError, match="recovery_key_mistyped"):
        read_recovery_key(key[:3] + other + key[4:])


@given(st.binary(max_size=300))
@settings(max_examples=50)
def test_a_box_gives_back_what_it_sealed(content: bytes) -> None:
    box = Box(bytes(range(32)), "a" * 32)
    sealed = box.seal(content, "draft")
    assert box.open(sealed, "draft") == content
    assert len(content) < 8 or content not in sealed


def test_what_a_box_sealed_is_bound_to_purpose_key_and_register() -> None:
    sealed = Box(bytes(32), "a").seal(b"content", "draft")
    for box, purpose in (
        (Box(bytes(32), "a"), "list"),
        (Box(bytes(32), "b"), "draft"),
        (Box(b"1" * 32, "a"), "draft"),
    ):
        with pytest.raises(UserError, match="sealed_broken"):
            box.open(sealed, purpose)
    for place in range(len(sealed)):
        altered = bytearray(sealed)
        altered[place] ^= 4
        with pytest.raises(UserError, match="sealed_broken"):
            Box(bytes(32), "a").open(bytes(altered), "draft")
