from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.loading.faults import Faults
from bot.loading.source import MAX_BYTES, Block, Items, Node, Written, read


def block(text: str) -> Block:
    faults = Faults([])
    found = read("file.yaml", text.encode(), faults)
    assert faults.problems == []
    assert found is not None
    return found


def lines(node: Node) -> list[int]:
    match node:
        case Block():
            return [n for k, v in node.pairs.items() for n in (k.place.line, *lines(v))]
        case Items():
            return [n for item in node.items for n in lines(item)]
        case _:
            return [node.place.line]


@pytest.mark.parametrize(
    "text", ["yes", "no", "on", "0123", "21:30", "2026-11-21", "~", "null", "1e3", "0x1F", "1_000"]
)
def test_every_value_is_the_text_that_was_written(text: str) -> None:
    assert block(f"key: {text}").pairs == {"key": text}


def test_every_value_knows_its_line() -> None:
    found = block("a: 1\nb:\n  - x\n  - {c: y}\nd: |\n  long\n  text\ne: z\n")
    assert lines(found) == [1, 1, 2, 3, 4, 4, 5, 5, 8, 8]


def test_a_written_text_equals_the_plain_one() -> None:
    (key,) = block("a: 1").pairs
    assert isinstance(key, Written)
    assert key == "a"
    assert hash(key) == hash("a")


def test_all_duplicate_keys_are_told() -> None:
    faults = Faults([])
    read("file.yaml", b"a: 1\na: 2\nb: 1\nb: 2\nb: 3\n", faults)
    assert [(p.line, p.code) for p in faults.problems] == [
        (2, "DUPLICATE_KEY"),
        (4, "DUPLICATE_KEY"),
        (5, "DUPLICATE_KEY"),
    ]


def test_a_file_of_exactly_the_limit_is_read() -> None:
    raw = b"a: " + b"x" * (MAX_BYTES - 3)
    assert read("file.yaml", raw, Faults([])) is not None
    faults = Faults([])
    assert read("file.yaml", raw + b"x", faults) is None
    assert [p.code for p in faults.problems] == ["TOO_LARGE"]


@given(st.binary(max_size=200) | st.text(alphabet="ab:-[]{}&*!|> \n'\"?,#%@`0~<", max_size=60))
def test_whatever_the_bytes_it_is_read_or_a_fault_is_told(raw: bytes | str) -> None:
    faults = Faults([])
    found = read("file.yaml", raw if isinstance(raw, bytes) else raw.encode(), faults)
    assert found is not None or faults.problems
