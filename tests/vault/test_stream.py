"""The stream: whole it opens; cut, altered or put in another order it does not."""

from __future__ import annotations

import os
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avrr_desktop.vault import StreamBroken, StreamSealer, open_stream, stream

KEY, ABOUT = os.urandom(32), b"front"
SMALL = 64  # bytes of a piece in these tests


@pytest.fixture(autouse=True, scope="module")
def _small_pieces() -> object:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(stream, "CHUNK", SMALL)
        patched.setattr(stream, "_PIECE", SMALL + 16)
        yield


def sealed(content: bytes, step: int = 37, key: bytes = KEY) -> bytes:
    sealer = StreamSealer(key, ABOUT)
    pieces = [
        piece
        for at in range(0, len(content), step)
        for piece in sealer.add(content[at : at + step])
    ]
    return b"".join([*pieces, sealer.end()])


def opened(whole: bytes, key: bytes = KEY, about: bytes = ABOUT) -> bytes:
    return b"".join(open_stream(key, about, BytesIO(whole).read))


@given(st.binary(max_size=5 * SMALL), st.integers(1, 3 * SMALL))
def test_what_is_sealed_opens_whatever_the_steps(content: bytes, step: int) -> None:
    whole = sealed(content, step)
    assert opened(whole) == content
    pieces = max(1, -(-len(content) // SMALL))
    assert len(whole) == len(content) + 16 * pieces


@pytest.mark.parametrize("size", [0, 1, SMALL - 1, SMALL, SMALL + 1, 3 * SMALL])
def test_cut_anywhere_it_does_not_open(size: int) -> None:
    whole = sealed(os.urandom(size))
    for length in range(len(whole)):
        with pytest.raises(StreamBroken):
            opened(whole[:length])


def test_one_bit_anywhere_is_seen() -> None:
    whole = sealed(os.urandom(2 * SMALL + 5))
    for at in range(len(whole)):
        wrong = bytearray(whole)
        wrong[at] ^= 1 << at % 8
        with pytest.raises(StreamBroken):
            opened(bytes(wrong))


def test_pieces_keep_their_places() -> None:
    whole = sealed(os.urandom(4 * SMALL))
    step = SMALL + 16
    first, second, third, last = (whole[at : at + step] for at in range(0, len(whole), step))
    for wrong in (
        second + first + third + last,
        first + third + last,
        first + second + third + third + last,
        first + second + third + last + last,
        last + first + second + third,
    ):
        with pytest.raises(StreamBroken):
            opened(wrong)


def test_another_key_or_front_does_not_open_it() -> None:
    whole = sealed(b"content")
    with pytest.raises(StreamBroken):
        opened(whole, key=os.urandom(32))
    with pytest.raises(StreamBroken):
        opened(whole, about=b"another front")
