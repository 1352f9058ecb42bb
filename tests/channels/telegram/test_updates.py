"""One raw update, read alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.sealed_input import dump, load
from bot.channels.telegram.updates import (
    Arrival,
    Crowd,
    Edited,
    NotForUs,
    Parsed,
    Sent,
    Unparsable,
    read,
)
from bot.core.turn import Begin, Document, Gone, Media, MediaKind, Press, Say

PRIVATE = {"id": 5, "type": "private", "first_name": "Name"}
GROUP = {"id": -7, "type": "supergroup", "title": "Title"}


def message(**fields: Any) -> dict[str, Any]:
    sender = {"id": 5, "is_bot": False, "first_name": "Name", "language_code": "pl"}
    return {
        "update_id": 9,
        "message": {"message_id": 3, "date": 1, "chat": PRIVATE, "from": sender, **fields},
    }


def press(data: Any, **fields: Any) -> dict[str, Any]:
    query = {"id": "q", "from": {"id": 5}, "chat_instance": "c", "data": data}
    query["message"] = {"message_id": 4, "date": 1, "chat": PRIVATE, **fields}
    return {"update_id": 9, "callback_query": query}


def member(chat: dict[str, Any], status: str) -> dict[str, Any]:
    return {
        "update_id": 9,
        "my_chat_member": {"chat": chat, "new_chat_member": {"status": status, "user": {}}},
    }


def test_words_come_as_they_were_typed() -> None:
    assert read(message(text="  żółw 🐢\n")) == Arrival(9, 5, Say("  żółw 🐢\n"), 3)


@pytest.mark.parametrize(
    ("text", "payload"),
    [
        ("/start", ""),
        ("/start wirral", "wirral"),
        ("/start@the_bot newham_x-1", "newham_x-1"),
        ("/start <script>", ""),
        ("/start " + "a" * 65, ""),
    ],
)
def test_start_begins_with_its_payload_or_none(text: str, payload: str) -> None:
    assert read(message(text=text)) == Arrival(9, 5, Begin(payload), 3)


@pytest.mark.parametrize("text", ["/started", "/start a b", "start", "/help"])
def test_other_words_are_not_a_start(text: str) -> None:
    assert read(message(text=text)) == Arrival(9, 5, Say(text), 3)


@pytest.mark.parametrize(
    ("data", "expected", "mark"),
    [
        ("12.3", Press(12, "3"), ""),
        ("29921593017.3", Press(29_921_593_017, "3"), ""),  # turns count from a minute
        ("0.on.u", Press(0, "on"), "u"),
        ("7.0.c", Press(7, "0"), "c"),
        ("garbage", Press(0, ""), ""),
        ("-1.x", Press(0, ""), ""),
        (None, Press(0, ""), ""),
    ],
)
def test_a_press_carries_its_turn_and_anything_else_is_stale(
    data: object, expected: Press, mark: str
) -> None:
    assert read(press(data)) == Arrival(9, 5, expected, 4, "q", mark=mark)


def test_a_press_knows_whether_its_message_is_protected() -> None:
    parsed = read(press("1.0", has_protected_content=True))
    assert isinstance(parsed, Arrival)
    assert parsed.protected


def test_a_press_on_a_message_out_of_reach_still_reaches_the_person() -> None:
    raw = press("1.0")
    del raw["callback_query"]["message"]
    assert read(raw) == Arrival(9, 5, Press(1, "0"), 0, "q")


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"photo": []}, MediaKind.PHOTO),
        ({"video": {}}, MediaKind.VIDEO),
        ({"animation": {}, "document": {}}, MediaKind.VIDEO),
        ({"video_note": {}}, MediaKind.VIDEO),
        ({"voice": {}}, MediaKind.VOICE),
        ({"audio": {}}, MediaKind.VOICE),
        ({"document": {"file_name": "x"}}, MediaKind.FILE),
        ({"sticker": {}}, MediaKind.OTHER),
        ({"location": {}}, MediaKind.OTHER),
        ({"contact": {}}, MediaKind.OTHER),
        ({"something_new": {}}, MediaKind.OTHER),
    ],
)
def test_what_is_not_words_is_only_a_kind(fields: dict[str, Any], kind: MediaKind) -> None:
    parsed = read(message(**fields, caption="Marker", caption_entities=[]))
    assert parsed == Arrival(9, 5, Media(kind), 3)


@pytest.mark.parametrize(
    "raw",
    [
        message(pinned_message={}),
        message(message_auto_delete_timer_changed={}),
        message(),
        {"update_id": 9, "edited_message": message(location={})["message"]},
        {"update_id": 9, "channel_post": {}},
        {"update_id": 9, "a_kind_of_tomorrow": {}},
        member(PRIVATE, "member"),
        member(GROUP, "left"),
        member(GROUP, "kicked"),
    ],
)
def test_notices_and_other_kinds_are_not_for_us(raw: dict[str, Any]) -> None:
    assert read(raw) == NotForUs(9)


def test_blocking_the_bot_is_being_gone() -> None:
    assert read(member(PRIVATE, "kicked")) == Arrival(9, 5, Gone())


@pytest.mark.parametrize(
    ("raw", "speak"),
    [
        ({"update_id": 9, "message": {"chat": GROUP, "text": "999"}}, True),
        (member(GROUP, "member"), True),
        (member(GROUP, "administrator"), True),
        (member({**GROUP, "type": "channel"}, "administrator"), False),
    ],
)
def test_groups_and_channels_are_left(raw: dict[str, Any], *, speak: bool) -> None:
    assert read(raw) == Crowd(9, -7, speak)


@pytest.mark.parametrize(
    "raw",
    [
        message(text=5),
        message(text="x", chat=5),
        message(text="x", chat={"id": "5", "type": "private"}),
        message(text="x", message_id=None),
        message(text="x", chat={"id": True, "type": "private"}),
        {"update_id": 9, "message": None},
        {"update_id": 9, "callback_query": {}},
        {"update_id": 9, "callback_query": {"id": "q", "from": {}}},
        {"update_id": 9, "my_chat_member": {"chat": PRIVATE}},
    ],
)
def test_a_malformed_update_is_unparsable_and_keeps_its_number(raw: dict[str, Any]) -> None:
    assert read(raw) == Unparsable(9)


@pytest.mark.parametrize("raw", [None, [], "x", 5, {}, {"update_id": "9"}, {"update_id": 1 << 70}])
def test_what_has_no_number_is_unparsable(raw: object) -> None:
    assert read(raw) == Unparsable(0)


def test_words_that_were_changed_are_no_input() -> None:
    raw = {"update_id": 9, "edited_message": message(text="x")["message"]}
    assert read(raw) == Edited(9, 5, 3, "x")


def test_half_a_surrogate_pair_becomes_a_text_that_can_be_stored() -> None:
    parsed = read(message(text="a\ud800b"))
    assert isinstance(parsed, Arrival)
    assert parsed.given == Say("a�b")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(
            ["update_id", "message", "edited_message", "callback_query", "my_chat_member", "chat",
             "id", "type", "text", "data", "from", "new_chat_member", "status", "message_id",
             "photo"]
        ),
        inner,
        max_size=5,
    ),
    max_leaves=15,
)  # fmt: skip


@given(JSON)
def test_reading_never_raises(raw: object) -> None:
    parsed: Parsed = read(raw)
    assert parsed.update == 0 or isinstance(raw, dict)


@pytest.mark.parametrize(
    "given_input",
    [Say('ż\n"x"'), Press(7, "3"), Begin("wirral"), Media(MediaKind.VOICE), Gone()],
)
def test_an_arrival_survives_the_inbox(
    given_input: Say | Press | Begin | Media | Gone,
) -> None:
    arrival = Arrival(9, -(1 << 60), given_input, 4, "q", protected=True, mark="c")
    assert load(9, dump(arrival)) == arrival


def test_where_a_document_lies_survives_the_inbox_and_an_older_entry_is_read_too() -> None:
    sent = Sent("AbC", fits=True)
    arrival = Arrival(9, 5, Media(MediaKind.FILE), 4, file=sent)
    assert load(9, dump(arrival)) == arrival
    fetched = replace(arrival, given=Document(b"{}"))
    assert load(9, dump(fetched)) == arrival
    assert load(9, b'[5,4,"",false,"","media","file",0]') == replace(arrival, file=None)
