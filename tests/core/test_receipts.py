from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.receipts import ALPHABET, code_of, codes_in, make_code, read_code

RANDOM = random.Random(20261121)  # noqa: S311 - the same codes in every run
CODES = [make_code(bits) for bits in (bytes(10), b"\xff" * 10, b"\x01\x23\x45\x67\x89" * 2)]
CODES += [make_code(RANDOM.randbytes(10)) for _ in range(5)]


def test_a_code_is_three_groups_of_six() -> None:
    assert make_code(bytes(10)) == "000000-000000-000000"
    assert (
        make_code(bytes(9) + b"\x01") == "000000-000000-0001" + make_code(bytes(9) + b"\x01")[-2:]
    )
    assert all([len(group) for group in code.split("-")] == [6, 6, 6] for code in CODES)


def test_different_bits_give_different_codes() -> None:
    assert len({make_code((1 << n).to_bytes(10)) for n in range(80)}) == 80


@pytest.mark.parametrize("bits", [b"", bytes(9), bytes(11)])
def test_a_code_is_made_of_ten_bytes_and_nothing_else(bits: bytes) -> None:
    with pytest.raises(ValueError, match="ten bytes"):
        make_code(bits)


@given(st.binary(min_size=10, max_size=10))
@settings(max_examples=200, deadline=None)
def test_every_code_reads_back_as_itself(bits: bytes) -> None:
    assert read_code(make_code(bits)) == make_code(bits)


@pytest.mark.parametrize("code", CODES)
def test_case_spaces_dashes_and_look_alikes_do_not_matter(code: str) -> None:
    plain = code.replace("-", "")
    look_alike = plain.replace("0", "o").replace("1", "l")
    for typed in (
        plain,
        code.lower(),
        f"  {' '.join(plain)}\n",
        code.replace("-", " – "),
        code.replace("-", "\u2011"),
        look_alike,
        look_alike.upper(),
        plain.replace("1", "i"),
        plain.replace("1", "I"),
    ):
        assert read_code(typed) == code


@pytest.mark.parametrize("code", CODES)
def test_any_single_wrong_character_is_caught_at_every_place(code: str) -> None:
    plain = code.replace("-", "")
    for place, right in enumerate(plain):
        for wrong in ALPHABET.replace(right, ""):
            assert read_code(plain[:place] + wrong + plain[place + 1 :]) is None


def test_any_swap_of_neighbours_is_caught_for_every_pair_at_every_place() -> None:
    for place in range(17):
        for left in ALPHABET:
            for right in ALPHABET.replace(left, ""):
                plain = _code_with(place, left, right)
                swapped = plain[:place] + plain[place + 1] + plain[place] + plain[place + 2 :]
                assert read_code(plain) is not None
                assert read_code(swapped) is None


@pytest.mark.parametrize("code", CODES[2:4])
def test_any_two_wrong_characters_are_caught(code: str) -> None:
    plain = code.replace("-", "")
    for first in range(17):
        for second in range(first + 1, 18):
            for a in RANDOM.sample(ALPHABET.replace(plain[first], ""), 6):
                for b in RANDOM.sample(ALPHABET.replace(plain[second], ""), 6):
                    wrong = plain[:first] + a + plain[first + 1 : second] + b + plain[second + 1 :]
                    assert read_code(wrong) is None


@pytest.mark.parametrize("typed", ["", "999", "hello", "U" * 18, "0" * 17, "0" * 19, "0" * 5000])
def test_what_is_no_code_reads_as_none(typed: str) -> None:
    assert read_code(typed) is None


@given(st.text(max_size=80))
@settings(max_examples=200, deadline=None)
def test_no_text_breaks_the_reader(text: str) -> None:
    read = read_code(text)
    assert read is None or read_code(read) == read


def _code_with(place: int, left: str, right: str) -> str:
    """A right code with these two neighbours at this place."""
    if place < 15:
        shift = 70 - 5 * place
        number = ALPHABET.index(left) << shift + 5 | ALPHABET.index(right) << shift
        return make_code(number.to_bytes(10)).replace("-", "")
    return TAILS[place, left + right]


def _tails() -> dict[tuple[int, str], str]:
    """Codes with every pair that reaches into the check characters."""
    found: dict[tuple[int, str], str] = {}
    for number in range(1 << 20):
        plain = make_code((number * 0x9E3779B97F4A7C15 % (1 << 80)).to_bytes(10)).replace("-", "")
        found.update({(place, plain[place : place + 2]): plain for place in (15, 16)})
        if len(found) == 2 * 32 * 32:
            return found
    raise AssertionError("some pair cannot be reached")


TAILS = _tails()


@pytest.fixture
def code() -> str:
    return make_code(bytes(range(10)))


@pytest.mark.parametrize(
    "asked",
    [
        "{}",
        "? {}",
        "?{}?",
        "my code is {}",
        "what happened to my report {}",
        "{} please",
        "{}, thanks",
    ],
)
def test_a_short_message_about_a_code_is_that_code(code: str, asked: str) -> None:
    for typed in (code, code.lower().replace("-", " ")):
        assert code_of(asked.format(typed)) == code
        assert list(codes_in(asked.format(typed))) == [typed]


def test_a_story_that_holds_a_code_is_no_code_but_the_code_is_seen(code: str) -> None:
    about = "m" * (99 - len(code))
    assert code_of(f"{about} {code}") == code
    assert code_of(f"m{about} {code}") is None
    assert list(codes_in(f"{about}\n{about} {code}")) == [code]


def test_a_slip_in_a_code_and_words_alone_are_no_code(code: str) -> None:
    slip = ("1" if code[0] != "1" else "2") + code[1:]
    assert code_of(f"? {slip}") is None
    assert list(codes_in(f"x{code} {code}x")) == []
    letters = make_code(bytes.fromhex("771926e719f5a0dcaad7"))
    assert not any(map(str.isdigit, letters))
    assert code_of(letters) == letters
    assert code_of(f"is it {letters}") is None
