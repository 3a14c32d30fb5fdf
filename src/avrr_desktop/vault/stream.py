"""Long content sealed piece by piece: cut short, altered or put in another order, it does not open.

The STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár over AES-256-GCM: each piece is
numbered in its nonce, and the last one says that it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

CHUNK: Final = 1 << 20  # bytes of content in each piece but the last
_TAG: Final = 16
_PIECE: Final = CHUNK + _TAG
_NUMBER: Final = 11  # bytes of the nonce


class StreamBroken(Exception):
    """Cut short, altered, or sealed under another key."""


class StreamSealer:
    """Gathers content and gives the sealed pieces.

    A key seals one stream and no other: the nonces of every stream are the same.
    """

    def __init__(self, key: bytes, about: bytes) -> None:
        self._cipher = _cipher(key)
        self._about = about
        self._number = 0
        self._left = bytearray()

    def add(self, content: bytes) -> Iterator[bytes]:
        """The pieces that are full now; the last one waits, for it is sealed otherwise."""
        self._left += content
        while len(self._left) > CHUNK:
            yield self._sealed(bytes(self._left[:CHUNK]), is_last=False)
            del self._left[:CHUNK]

    def end(self) -> bytes:
        """The last piece."""
        return self._sealed(bytes(self._left), is_last=True)

    def _sealed(self, content: bytes, *, is_last: bool) -> bytes:
        nonce = _nonce(self._number, is_last=is_last)
        self._number += 1
        return self._cipher.encrypt(nonce, content, self._about)


def open_stream(key: bytes, about: bytes, read: Callable[[int], bytes]) -> Iterator[bytes]:
    """The content, piece by piece; ``read`` gives so many sealed bytes, fewer at the end.

    Raises:
        StreamBroken: nothing of a piece that does not open is given out.
    """
    from cryptography.exceptions import InvalidTag

    cipher = _cipher(key)
    piece, number = read(_PIECE), 0
    while True:
        following = read(_PIECE)
        try:
            yield cipher.decrypt(_nonce(number, is_last=not following), piece, about)
        except (InvalidTag, ValueError) as error:
            raise StreamBroken from error
        if not following:
            return
        piece, number = following, number + 1


def _cipher(key: bytes) -> AESGCM:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # no start waits for it

    return AESGCM(key)


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(_NUMBER, "big") + bytes([is_last])
