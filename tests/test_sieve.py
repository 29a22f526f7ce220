"""A sieve lets through whatever was added, and most of what was not it holds back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.sieve import Sieve


@given(st.lists(st.binary(max_size=40)))
def test_what_was_added_passes(texts: list[bytes]) -> None:
    sieve = Sieve()
    for text in texts:
        sieve.add(text)
    assert all(map(sieve.passes, texts))


def test_few_strangers_pass() -> None:
    sieve = Sieve()
    for number in range(50_000):
        sieve.add(b"S/RES/%d (1999)" % number)
    strangers = sum(sieve.passes(b"A/RES/%d (1999)" % number) for number in range(50_000))
    assert strangers < 50_000 * 0.1  # CRC-32 is no random function: symbols of one series fall together
    assert not any(map(Sieve().passes, (b"", b"S/2004/331")))
