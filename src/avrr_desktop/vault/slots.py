"""The header of a protected register: a slot for each user, each opening the one data key.

The data key is 32 random bytes. Every slot has an X25519 key pair: its private half is wrapped
with AES-256-GCM under Argon2id of the password (RFC 9106), the data key is sealed to its public
half. So a password change touches one slot only, and a new data key can be sealed for everybody
without anybody's password. The whole header is authenticated by HMAC-SHA-256 under the data key,
and carries a checksum that tells damage from a wrong password.
"""

from __future__ import annotations

import hmac
import json
import os
import time
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from hashlib import sha256
from typing import Final

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

FORMAT: Final = 1
_KEY = 32
_NONCE = 12
_SALT = 16


class WrongPassword(Exception):
    """No slot of that name opens with that password."""


class HeaderBroken(Exception):
    """The header was cut short, altered, or belongs to another register."""


class Kind(StrEnum):
    """Who a slot is for."""

    USER = "user"
    RECOVERY = "recovery"


@dataclass(frozen=True, slots=True)
class Cost:
    """Argon2id's work: passes, memory in KiB, lanes."""

    passes: int
    memory: int
    lanes: int


COST: Final = Cost(3, 64 * 1024, 4)  # RFC 9106, second recommendation
_LEAST: Final = Cost(1, 8, 1)
_MOST: Final = Cost(64, 4 * 1024 * 1024, 64)  # a forged header must not exhaust the machine


@dataclass(frozen=True, slots=True)
class DataKey:
    """A key of the register. ``number`` grows with each rotation."""

    number: int
    secret: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Slot:
    """One way in. ``id`` is the user's, ``login`` what they type; bytes as base64."""

    id: str
    kind: Kind
    login: str
    cost: Cost
    salt: str
    public: str
    private: str  # wrapped by the password
    keys: Mapping[str, str]  # number of a data key -> that key, sealed to ``public``


@dataclass(frozen=True, slots=True)
class Header:
    """All slots of a register. Two keys are current only while a rotation is under way."""

    register: str
    current: tuple[int, ...]  # newest first
    slots: tuple[Slot, ...]
    seal: str = ""  # HMAC under the newest key of everything else

    def slot(self, slot_id: str) -> Slot:
        """The slot of a user.

        Raises:
            KeyError: there is none.
        """
        return next((s for s in self.slots if s.id == slot_id), None) or _none(slot_id)


def new_header(register: str) -> tuple[Header, DataKey]:
    """A header without slots, and the data key it will guard."""
    return Header(register, (1,), ()), DataKey(1, os.urandom(_KEY))


def add_slot(
    header: Header,
    key: DataKey,
    *,
    slot_id: str,
    login: str,
    password: str,
    kind: Kind = Kind.USER,
    cost: Cost = COST,
) -> Header:
    """The header with one slot more, or with that user's slot made anew."""
    private = X25519PrivateKey.generate()
    made = Slot(
        id=slot_id,
        kind=kind,
        login=login,
        cost=cost,
        salt=_text(os.urandom(_SALT)),
        public=_text(private.public_key().public_bytes_raw()),
        private="",
        keys={},
    )
    wrapped = _wrap(
        _password_key(made, password), private.private_bytes_raw(), _about(header, made)
    )
    made = replace(made, private=wrapped, keys={str(key.number): _sealed(header, made, key)})
    others = tuple(slot for slot in header.slots if slot.id != slot_id)
    return _seal(replace(header, slots=(*others, made)), key)


def drop_slot(header: Header, key: DataKey, slot_id: str) -> Header:
    """The header without that user's slot; without a rotation an old copy of it still opens."""
    kept = tuple(slot for slot in header.slots if slot.id != slot_id)
    return _seal(replace(header, slots=kept), key)


def change_password(
    header: Header, keys: tuple[DataKey, ...], slot_id: str, password: str, cost: Cost = COST
) -> Header:
    """The header with that slot under another password; no other slot is touched."""
    slot = header.slot(slot_id)
    newest = keys[0]
    changed = add_slot(
        header,
        newest,
        slot_id=slot_id,
        login=slot.login,
        password=password,
        kind=slot.kind,
        cost=cost,
    )
    made = changed.slot(slot_id)
    sealed = {str(key.number): _sealed(header, made, key) for key in keys}
    slots = tuple(
        replace(made, keys=sealed) if other.id == slot_id else other for other in header.slots
    )
    return _seal(replace(header, slots=slots), newest)


def unlock(
    header: Header, login: str, password: str, kind: Kind = Kind.USER
) -> tuple[Slot, tuple[DataKey, ...]]:
    """The slot that opens, and the data keys it holds, newest first.

    Every slot of that login is tried; one Argon2id computation is made even when there is none,
    so that time does not tell which logins exist.

    Raises:
        WrongPassword: none opens.
        HeaderBroken: one opens, but the header was altered since it was sealed.
    """
    found = [s for s in header.slots if s.kind is kind and same_login(s.login, login)]
    if not found:
        _password_key(_NOBODY, password)
        raise WrongPassword
    for slot in found:
        try:
            private = _unwrap(_password_key(slot, password), slot.private, _about(header, slot))
        except InvalidTag:
            continue
        keys = _keys_of(header, slot, X25519PrivateKey.from_private_bytes(private))
        if not hmac.compare_digest(header.seal, _seal_of(header, keys[0])):
            raise HeaderBroken
        return slot, keys
    raise WrongPassword


def rotate(header: Header, key: DataKey) -> tuple[Header, DataKey]:
    """The header that opens both the present key and a new one, and the new key."""
    new = DataKey(key.number + 1, os.urandom(_KEY))
    slots = tuple(
        replace(slot, keys={**slot.keys, str(new.number): _sealed(header, slot, new)})
        for slot in header.slots
    )
    return _seal(replace(header, current=(new.number, key.number), slots=slots), new), new


def settle_rotation(header: Header, key: DataKey) -> Header:
    """The header that opens ``key`` alone."""
    number = str(key.number)
    slots = tuple(replace(slot, keys={number: slot.keys[number]}) for slot in header.slots)
    return _seal(replace(header, current=(key.number,), slots=slots), key)


def write_header(header: Header) -> bytes:
    """The header as a file: one JSON object, with the checksum of its content."""
    content = _content(header) | {"seal": header.seal}
    return _json({**content, "checksum": sha256(_json(content)).hexdigest()})


def read_header(file: bytes) -> Header:
    """A header as it was written.

    Raises:
        HeaderBroken: cut short, altered, or of a later format.
    """
    try:
        content = json.loads(file)
        checksum = content.pop("checksum")
        if checksum != sha256(_json(content)).hexdigest() or content.pop("format") != FORMAT:
            raise HeaderBroken
        slots = tuple(_slot(line) for line in content["slots"])
        return Header(content["register"], tuple(content["current"]), slots, content["seal"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise HeaderBroken from error


def is_whole(header: Header, key: DataKey) -> bool:
    """Whether the header is as it was sealed by who had the key."""
    return hmac.compare_digest(header.seal, _seal_of(header, key))


def calibrated_cost(wanted: float = 0.5) -> Cost:
    """A cost of about ``wanted`` seconds on this machine, never below ``COST``."""
    started = time.perf_counter()
    _password_key(_NOBODY, "calibration")
    took = max(time.perf_counter() - started, 1e-3)
    return replace(COST, passes=max(COST.passes, min(12, round(COST.passes * wanted / took))))


def same_login(one: str, other: str) -> bool:
    """Logins differ neither by case nor by spaces around them."""
    return one.strip().casefold() == other.strip().casefold()


def _keys_of(header: Header, slot: Slot, private: X25519PrivateKey) -> tuple[DataKey, ...]:
    try:
        return tuple(
            DataKey(number, _opened(header, slot, number, private)) for number in header.current
        )
    except (InvalidTag, KeyError, ValueError) as error:
        raise HeaderBroken from error


def _password_key(slot: Slot, password: str) -> bytes:
    cost = slot.cost
    return hash_secret_raw(
        password.encode(),
        b64decode(slot.salt),
        time_cost=cost.passes,
        memory_cost=cost.memory,
        parallelism=cost.lanes,
        hash_len=_KEY,
        type=Type.ID,
    )


def _sealed(header: Header, slot: Slot, key: DataKey) -> str:
    """A data key for the holder of a slot: ephemeral X25519, HKDF-SHA-256, AES-256-GCM."""
    once = X25519PrivateKey.generate()
    public = X25519PublicKey.from_public_bytes(b64decode(slot.public))
    shared = _agreed(once.exchange(public), header, slot, key.number)
    wrapped = _wrap(shared, key.secret, _about(header, slot))
    return _text(once.public_key().public_bytes_raw()) + "." + wrapped


def _opened(header: Header, slot: Slot, number: int, private: X25519PrivateKey) -> bytes:
    once, _, wrapped = slot.keys[str(number)].partition(".")
    public = X25519PublicKey.from_public_bytes(b64decode(once))
    shared = _agreed(private.exchange(public), header, slot, number)
    return _unwrap(shared, wrapped, _about(header, slot))


def _agreed(shared: bytes, header: Header, slot: Slot, number: int) -> bytes:
    info = f"avrr data key {number} of {header.register} for {slot.id}".encode()
    return HKDF(SHA256(), _KEY, b64decode(slot.public), info).derive(shared)


def _about(header: Header, slot: Slot) -> bytes:
    """What a slot's secrets are bound to: moved elsewhere, they no longer open."""
    bound = [FORMAT, header.register, slot.id, slot.kind, slot.login, asdict(slot.cost), slot.salt]
    return _json([*bound, slot.public])


def _wrap(key: bytes, secret: bytes, about: bytes) -> str:
    nonce = os.urandom(_NONCE)
    return _text(nonce + AESGCM(key).encrypt(nonce, secret, about))


def _unwrap(key: bytes, wrapped: str, about: bytes) -> bytes:
    sealed = b64decode(wrapped)
    if len(sealed) <= _NONCE:
        raise InvalidTag
    return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], about)


def _seal(header: Header, key: DataKey) -> Header:
    return replace(header, seal=_seal_of(header, key))


def _seal_of(header: Header, key: DataKey) -> str:
    kept = HKDF(SHA256(), _KEY, header.register.encode(), b"avrr header").derive(key.secret)
    return hmac.new(kept, _json(_content(header)), sha256).hexdigest()


def _content(header: Header) -> dict[str, object]:
    return {
        "format": FORMAT,
        "register": header.register,
        "current": list(header.current),
        "slots": [{**asdict(slot), "keys": dict(slot.keys)} for slot in header.slots],
    }


def _slot(line: dict[str, object]) -> Slot:
    kept = dict(line)
    cost = kept.pop("cost")
    keys = kept.pop("keys")
    texts = ("id", "login", "salt", "public", "private")
    if not isinstance(cost, dict) or not isinstance(keys, dict):
        raise HeaderBroken
    made = Cost(**cost)
    within = all(
        least <= given <= most
        for least, given, most in zip(
            asdict(_LEAST).values(), asdict(made).values(), asdict(_MOST).values(), strict=True
        )
    )
    if not within or not all(isinstance(kept[name], str) for name in texts):
        raise HeaderBroken
    return Slot(
        kind=Kind(str(kept["kind"])),
        cost=made,
        keys={str(number): str(sealed) for number, sealed in keys.items()},
        **{name: str(kept[name]) for name in texts},
    )


def _none(slot_id: str) -> Slot:
    raise KeyError(slot_id)


def _text(value: bytes) -> str:
    return b64encode(value).decode()


def _json(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


_NOBODY = Slot("", Kind.USER, "", COST, _text(bytes(_SALT)), "", "", {})
