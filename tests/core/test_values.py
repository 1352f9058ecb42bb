"""The plain values of the core: sessions as bytes, the urgent words, texts, facts, mailboxes."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bot.core.emergency import CARRY_ON_OPTION, DIAL_999, HEADER, NOT_SAVED, is_urgent
from bot.core.session import ADDITION, Answer, Overlay, Said, Session

# ---- sessions ----

FULL = Session(
    edition="e1",
    root="common/start",
    turn=7,
    answers={
        "b": Answer(Said.VALUE, 14),
        "a": Answer(Said.VALUE, "Zoë"),
        "t": Answer(Said.MARKS, marks=(("late", "yes"), ("gifts", "unsure"))),
    },
    marks={"late": "yes"},
    given={"area": "north"},
    overlay=Overlay.RECEIPT,
    under=Overlay.SENT,
    changing="a",
    misses=2,
    update=5,
    touched=29_000_000,
    day="2025-02-20",
    held="words",
    told="more words",
    warned=("0a1b2c",),
    code="AAA",
    status={"routes": ["police"]},
    sent=("police",),
    page=3,
    found=("missing_1", "missing_2"),
    wants=("copy",),
    careful="b",
    remarked=("a", "b"),
    last="north/entry:sent",
    carried={"a": Answer(Said.VALUE, "Sam"), "b": Answer(Said.UNSURE)},
)


def test_a_session_is_read_as_it_was_written() -> None:
    assert Session.load(FULL.dump()) == FULL
    bare = Session("e1", "common/start")
    assert Session.load(bare.dump()) == bare


def test_every_field_of_a_session_is_kept() -> None:
    bare = Session("", "")
    for name in Session.__dataclass_fields__:
        one = replace(bare, **{name: getattr(FULL, name)})
        assert one != bare
        assert Session.load(one.dump()) == one


def test_the_bytes_of_a_session_are_canonical_and_small() -> None:
    assert Session("e1", "r").dump() == b'{"v":1,"e":"e1","r":"r","t":0}'
    assert FULL.dump() == Session.load(FULL.dump()).dump()
    assert set(json.loads(FULL.dump())) == set("vertamgobcxuwyh1dksnplfqijz")


def test_answers_keep_their_order_and_their_place() -> None:
    again = Session.load(FULL.dump())
    assert list(again.answers) == ["b", "a", "t"]
    changed = FULL.answered("b", Answer(Said.SKIPPED))
    assert list(changed.answers) == ["b", "a", "t"]
    assert changed.answers["b"] == Answer(Said.SKIPPED)
    assert (changed.marks, changed.changing, changed.misses) == ({}, "", 0)
    assert list(FULL.answered("z", Answer(Said.SEEN)).answers) == ["b", "a", "t", "z"]


def test_only_an_addition_keeps_what_a_receipt_opened() -> None:
    assert FULL.own().code == ""
    assert FULL.own().status == {}
    assert FULL.adds_to == {}
    adding = replace(FULL, root=ADDITION)
    assert adding.own() == adding
    assert adding.adds_to == {"routes": ["police"]}


# ---- 999 ----


@pytest.mark.parametrize(
    "word", ["999", "112", "danger", "emergency", "sos", "DANGER", "...999..."]
)
def test_the_word_alone_is_urgent(word: str) -> None:
    assert is_urgent(word)
    assert is_urgent(f"\n\t {word}!? ")


@pytest.mark.parametrize(
    "text", ["", "9", "99", "9999", "11.2", "no danger", "999 is a number", "…", "9" * 70]
)
def test_other_messages_are_not_urgent(text: str) -> None:
    assert not is_urgent(text)


def test_a_long_message_of_marks_around_the_word_is_still_read_in_no_time() -> None:
    assert is_urgent("!" * 30 + "999" + "?" * 30)
    assert is_urgent("!" * 61 + "999")
    assert not is_urgent("!" * 62 + "999")


def test_the_urgent_text_says_every_way_to_call() -> None:
    assert HEADER == "In danger now? Call 999."
    assert DIAL_999.startswith("Call 999 now if anyone is in danger.\n\n")
    assert DIAL_999.endswith("Nobody is watching it now.")
    assert NOT_SAVED.endswith("call Crimestoppers on 0800 555 111.")
    for way in ("999", "press 55", "text 999", "18000", "999 BSL", "112", "not an emergency"):
        assert way in DIAL_999
    assert NOT_SAVED.startswith(HEADER)
    assert "not saved" in NOT_SAVED
    assert CARRY_ON_OPTION.isascii()
    assert not CARRY_ON_OPTION.isdecimal()
