from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.chat_record import KEPT, ChatRecord, Learnt
from bot.ports import PersonKey

ANN, BEN, CAT = PersonKey("a"), PersonKey("b"), PersonKey("c")


@given(
    st.integers(-(1 << 62), 1 << 62),
    st.integers(0, (1 << 32) - 1),
    st.lists(st.integers(1, (1 << 32) - 1), max_size=20, unique=True),
    st.lists(st.integers(1, (1 << 32) - 1), max_size=5, unique=True),
)
def test_a_record_is_read_as_it_was_written(
    chat: int, newest: int, messages: list[int], codes: list[int]
) -> None:
    record = ChatRecord(chat, newest, tuple(messages), tuple(codes))
    assert ChatRecord.load(record.dump()) == record
    assert len(record.dump()) == 15 + 4 * (len(messages) + len(codes))


def test_no_record_and_another_versions_record_are_empty() -> None:
    assert ChatRecord.load(b"") == ChatRecord()
    assert ChatRecord.load(b"\x09" + b"x" * 20) == ChatRecord()


def test_a_record_keeps_the_newest_messages_each_once() -> None:
    record = ChatRecord(5).knowing(range(1, KEPT + 11)).knowing([KEPT, 0, -3, 1 << 40])
    assert record.messages == tuple(range(11, KEPT + 11))


def test_the_newest_screen_only_moves_forward() -> None:
    assert ChatRecord(5, newest=9).knowing([3], 3).newest == 9
    assert ChatRecord(5, newest=9).knowing([12], 12).newest == 12


def test_what_was_learnt_is_kept_until_it_is_in_the_record() -> None:
    learnt = Learnt()
    learnt.learn(ANN, [4, 5], 5)
    taken = ChatRecord(1).knowing(learnt.of(ANN).messages)
    learnt.learn(ANN, [6])
    learnt.merged(ANN, taken)
    assert learnt.of(ANN).messages == (6,)
    learnt.merged(ANN, taken.knowing([6]))
    assert learnt.of(ANN) == ChatRecord()


def test_the_codes_in_the_chat_are_those_last_learnt() -> None:
    record = ChatRecord(1).knowing([4, 5]).showing([0, 5, 1 << 40])
    assert (record.codes, record.everything) == ((5,), (5, 4))
    learnt = Learnt(people=1)
    assert learnt.codes_of(ANN) is None
    learnt.learn_codes(ANN, [])
    assert learnt.codes_of(ANN) == ()
    learnt.merged(ANN, record)
    assert learnt.codes_of(ANN) is None
    learnt.learn_codes(ANN, [5])
    learnt.learn_codes(BEN, [6])
    assert (learnt.codes_of(ANN), learnt.codes_of(BEN)) == (None, (6,))
    learnt.forget(BEN)
    assert learnt.codes_of(BEN) is None


def test_memory_holds_a_bounded_number_of_people() -> None:
    learnt = Learnt(people=2)
    learnt.learn(ANN, [1])
    learnt.learn(BEN, [2])
    learnt.learn(ANN, [3])
    learnt.learn(CAT, [4])
    assert learnt.of(BEN) == ChatRecord()
    assert learnt.of(ANN).messages == (1, 3)
    learnt.forget(ANN)
    assert learnt.of(ANN) == ChatRecord()
