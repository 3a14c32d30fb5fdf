"""Bytes kept outside the register (drafts, lists on their way out) under the register's key."""

from __future__ import annotations

import hmac
import os
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from avrr_desktop.core.errors import UserError

_MARK = b"AVRR1"
_NONCE = 12


class Box:
    """Seals bytes with AES-256-GCM; a demonstration register's box leaves them in clear.

    Each purpose has a key of its own, derived from the data key by HKDF-SHA256 (RFC 5869): what
    was sealed as a draft cannot be passed off as anything else.
    """

    def __init__(self, key: bytes | None, register: str) -> None:
        self._key = key
        self._register = register

    @property
    def is_open(self) -> bool:
        """Whether what it seals can be read by anybody."""
        return self._key is None

    def seal(self, content: bytes, purpose: str) -> bytes:
        """The bytes to write on disk."""
        if self._key is None:
            return content
        nonce = os.urandom(_NONCE)
        cipher = AESGCM(self.secret(purpose))
        return _MARK + nonce + cipher.encrypt(nonce, content, purpose.encode())

    def open(self, sealed: bytes, purpose: str) -> bytes:
        """What was sealed.

        Raises:
            UserError: ``sealed_broken``: altered, cut short, or sealed by another register.
        """
        if self._key is None:
            return sealed
        if not sealed.startswith(_MARK):
            raise UserError("sealed_broken")
        start = len(_MARK) + _NONCE
        cipher = AESGCM(self.secret(purpose))
        try:
            return cipher.decrypt(sealed[len(_MARK) : start], sealed[start:], purpose.encode())
        except (InvalidTag, ValueError) as error:
            raise UserError("sealed_broken") from error

    def secret(self, purpose: str) -> bytes:
        """32 bytes for one purpose; an open register's can be known by anybody."""
        base = self._key or self._register.encode()
        return HKDF(SHA256(), 32, self._register.encode(), purpose.encode()).derive(base)

    def digest(self, content: bytes, purpose: str) -> str:
        """HMAC-SHA-256 of bytes, in hexadecimal: tells nothing to who lacks the key."""
        return hmac.new(self.secret(purpose), content, sha256).hexdigest()
