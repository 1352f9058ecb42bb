from __future__ import annotations

import pytest

from bot.adapters.envelope import Key, bind, in_quarters, in_steps, key_id, seal, unseal
from bot.errors import SealingError

KEY = Key(7, b"k" * 32)
ABOUT = b"session:1:person"
SEALED = seal(KEY, b"my neighbour", ABOUT, in_steps)


def test_what_was_sealed_opens_again() -> None:
    assert unseal(KEY, SEALED, ABOUT) == b"my neighbour"
    assert unseal(KEY, seal(KEY, b"", b"", in_steps), b"") == b""


def test_nothing_of_the_content_shows() -> None:
    assert b"neighbour" not in SEALED


def test_no_two_envelopes_are_alike() -> None:
    assert len({seal(KEY, b"same", ABOUT, in_steps) for _ in range(50)}) == 50


def test_the_key_id_is_in_the_envelope() -> None:
    assert key_id(SEALED) == 7


@pytest.mark.parametrize("about", [b"session:2:person", b"", b"session:1:other"])
def test_it_does_not_open_for_another_purpose(about: bytes) -> None:
    with pytest.raises(SealingError, match="unseal"):
        unseal(KEY, SEALED, about)


def test_it_does_not_open_with_another_key() -> None:
    with pytest.raises(SealingError, match="unseal"):
        unseal(Key(7, b"x" * 32), SEALED, ABOUT)
    with pytest.raises(SealingError, match="another_key"):
        unseal(Key(8, b"k" * 32), SEALED, ABOUT)


def test_one_changed_bit_anywhere_is_noticed() -> None:
    for at in range(len(SEALED)):
        changed = SEALED[:at] + bytes([SEALED[at] ^ 1]) + SEALED[at + 1 :]
        with pytest.raises(SealingError):
            unseal(KEY, changed, ABOUT)


@pytest.mark.parametrize("cut", [0, 1, 4, 5, 16, 17, 100])
def test_a_cut_envelope_is_refused(cut: int) -> None:
    with pytest.raises(SealingError):
        unseal(KEY, SEALED[:cut], ABOUT)


def test_sizes_are_hidden_in_buckets() -> None:
    lengths = {len(seal(KEY, b"x" * n, ABOUT, in_steps)) for n in range(509)}
    assert len(lengths) == 1
    assert [in_steps(n) for n in (1, 512, 513)] == [512, 512, 1024]
    kib = [in_quarters(n) // 1024 for n in (1, 4096, 4097, 17_000, 70_000, 300_000)]
    assert kib == [4, 4, 16, 64, 256, 1024]


def test_bound_fields_do_not_run_together() -> None:
    assert bind("ab", "c") != bind("a", "bc")
    assert bind("ab", "") != bind("ab")


def test_a_key_does_not_show_itself() -> None:
    assert "kkk" not in repr(KEY)


def test_what_cannot_be_sealed_is_an_error_without_its_content() -> None:
    class Never:
        def encrypt(self, *_: bytes) -> bytes:
            raise OverflowError("secret words")

    broken = Key(1, b"k" * 32)
    object.__setattr__(broken, "cipher", Never())
    with pytest.raises(SealingError) as caught:
        seal(broken, b"secret words", b"", in_steps)
    assert caught.value.code == "seal"
    assert caught.value.__cause__ is None
