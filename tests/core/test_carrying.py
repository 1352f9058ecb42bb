"""Last month's report, carried over: what is taken from its file, and what is not."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.answers import as_answered
from bot.core.brought import MOST
from bot.core.danger import Sign, compile_danger
from bot.core.emergency import DIAL_999
from bot.core.engine import takes_file
from bot.core.facts import Fact
from bot.core.mail import submission_json
from bot.core.receipts import make_code
from bot.core.session import Answer, Said, Session
from bot.core.turn import Document, Media, MediaKind
from tests.core.chat import Chat
from tests.core.reports import AGE, DAY, LAST, NAME, STORY, at_last, bring, content, file
from tests.core.writing import ask, to

SCHEMA = json.loads((Path(__file__).parents[2] / "docs/submission.schema.json").read_text("utf-8"))
REFUSED, TAKEN = "[carry_refused]", "[carry_taken]"
ELSEWHERE, LEFT = "[carry_elsewhere]", "[carry_left]"
TODAY = date(2026, 11, 21)
STILL, ANEW = "<still_so>", "<change_it>"


def changed(**changes: Any) -> dict[str, Any]:
    return {**file(), **changes}


def with_facts(**facts: Any) -> dict[str, Any]:
    body = file()
    return {**body, "facts": {**body["facts"], **facts}}


# ---- what may be sent, when, and by whom ----


def test_the_file_is_taken_at_its_step_and_shown_question_by_question() -> None:
    chat = bring(at_last(), file())
    assert TAKEN in chat.text
    assert "Q name" in chat.text
    assert chat.text.endswith("[carry_offer] Sam")
    assert chat.labels == [STILL, ANEW, "<back>"]


def test_all_that_is_still_so_makes_the_same_report_again() -> None:
    before = file()
    chat = bring(at_last(), before)
    chat.press(STILL, STILL, STILL, STILL, STILL)
    assert "Anyone?\n\n[carry_offer] Q looks: tall\nQ plate: AB1" in chat.text
    chat.press(STILL)
    assert "Anyone else?\n\n[carry_offer] Q looks: short" in chat.text
    chat.press(STILL, "Send it")
    (sent,) = chat.sent
    again = json.loads(submission_json(sent, "R-1"))
    assert again == before


def test_a_child_may_be_sent_for_by_a_social_worker_and_by_nobody_in_public() -> None:
    public = bring(at_last("Public"), file())
    assert "[media_refused]" in public.text
    assert public.present.carried == {}
    assert public.labels == at_last("Public").labels


@pytest.mark.parametrize("role", ["professional", "social_worker"])
def test_who_works_with_children_may_send_it(role: str) -> None:
    chat = at_last()
    given = {"role": role, "area": "north"}
    answers = {k: v for k, v in chat.present.answers.items() if k == "danger_now"}
    session = replace(chat.present, given=given, answers=answers)
    assert takes_file(chat.catalogue, session, chat.now)
    assert not takes_file(chat.catalogue, replace(session, given={"area": "north"}), chat.now)


def test_a_file_anywhere_else_is_refused_like_any_other() -> None:
    chat = at_last().press("Without")
    assert not takes_file(chat.catalogue, chat.session, chat.now)
    assert "[media_refused]" in bring(chat, file()).text
    covered = at_last().say("delete")
    assert not takes_file(covered.catalogue, covered.session, covered.now)
    assert "[media_refused]" in bring(covered, file()).text
    assert not takes_file(chat.catalogue, None, chat.now)


@pytest.mark.parametrize("typed", ["? missing", "? bus times", "look up"])
def test_a_file_sent_while_something_is_looked_up_there_is_taken(typed: str) -> None:
    chat = at_last().say(typed)
    assert takes_file(chat.catalogue, chat.session, chat.now)
    before = chat.present.turn
    bring(chat, file())
    assert TAKEN in chat.text
    assert "Q name" in chat.text
    assert chat.present.turn > before
    refused = bring(at_last().say(typed), {})
    assert REFUSED in refused.text
    assert refused.labels == at_last().labels
    assert refused.press("Without").asks == "Q name"
    away = at_last().start().say(typed)
    assert not takes_file(away.catalogue, away.session, away.now)
    assert "[media_refused]" in bring(away, file()).text


def test_a_file_while_an_answer_is_being_changed_is_refused() -> None:
    chat = at_last().say("answers").say("1")
    assert chat.present.changing
    assert not takes_file(chat.catalogue, chat.session, chat.now)
    assert "[media_refused]" in bring(chat, file()).text


def test_after_a_while_away_a_file_waits_for_carry_on() -> None:
    chat = at_last().wait(20)
    assert not takes_file(chat.catalogue, chat.session, chat.now)
    assert "[media_refused]" in bring(chat, file()).text


def test_content_that_leads_nowhere_takes_no_file() -> None:
    chat = at_last()
    lost = replace(chat.catalogue, root="common/nowhere")
    assert not takes_file(lost, replace(chat.present, root="common/nowhere"), chat.now)
    nothing = replace(chat.catalogue, rules={})
    assert takes_file(nothing, chat.session, chat.now)


def test_a_photo_at_that_step_is_refused_and_nothing_is_lost() -> None:
    chat = at_last().take(Media(MediaKind.PHOTO))
    assert "[media_refused]" in chat.text
    assert chat.labels == at_last().labels


def test_the_bytes_of_a_file_are_never_in_its_words() -> None:
    assert "secret" not in repr(Document(b"secret"))


# ---- going through it ----


def test_change_asks_as_if_nothing_had_been_said() -> None:
    chat = bring(at_last(), file()).press(ANEW)
    assert chat.labels[:2] == ["Skip", "<back>"]
    assert "[carry_offer]" not in chat.text
    chat.say("Kim")
    assert "Q age" in chat.text
    assert "[carry_offer] 14" in chat.text


def test_a_new_answer_can_be_typed_at_once() -> None:
    chat = bring(at_last(), file()).say("Kim")
    chat.press(STILL).say("answers")
    assert "Q name: Kim" in chat.text
    assert "Q age: 14" in chat.text


def test_yes_and_no_mean_still_so_and_change_where_words_are_wanted() -> None:
    chat = bring(at_last(), file()).say("yes")
    assert "Q age" in chat.text
    chat.say("no")
    assert "Q age" in chat.text
    assert "[carry_offer]" not in chat.text


def test_yes_and_no_say_too_little_of_a_question_with_buttons_or_a_list() -> None:
    chat = bring(at_last(), file()).press(STILL, STILL, STILL)
    assert "Q done" in chat.text
    for word in ("yes", "no"):
        assert "[reject_choice]" in chat.say(word).text
        assert chat.labels == [STILL, ANEW, "<back>"]
    chat.press(STILL, STILL)
    assert "Anyone?" in chat.text
    assert "[reject_choice]" in chat.say("yes").text


def test_back_shows_last_times_answer_again() -> None:
    chat = bring(at_last(), file()).press(STILL, "<back>")
    assert chat.text.endswith("[carry_offer] Sam")


def test_an_answer_that_was_kept_can_be_changed_like_any_other() -> None:
    chat = bring(at_last(), file()).press(STILL).say("answers")
    number = next(label for label in chat.labels if "Q name" in label).split(".")[0]
    chat.say(number)
    assert chat.labels[:2] == ["Skip", "<back>"]
    assert "[carry_offer]" not in chat.text


def test_somebody_in_a_list_can_be_gone_through_or_left_out() -> None:
    chat = bring(at_last(), file()).press(STILL, STILL, STILL, STILL, STILL, ANEW)
    assert chat.labels[:3] == ["Yes, one", "No more", "<back>"]
    chat.press("Yes, one")
    assert chat.text.endswith("[carry_offer] tall")
    chat.press(STILL, STILL)
    assert "Anyone else?" in chat.text
    left = bring(at_last(), file()).press(STILL, STILL, STILL, STILL, STILL, ANEW, "No more")
    assert "Look." in left.text


def test_somebody_carried_over_and_left_out_is_not_said_to_be_nobody() -> None:
    chat = bring(at_last(), file()).press(STILL, STILL, STILL, STILL, STILL).say("skip")
    assert "Look." in chat.text
    (sent,) = chat.press("Send it").sent
    assert "people" not in sent.facts
    assert [(line.answer, line.said) for line in sent.answers if line.fact == "people"] == [
        ("<skipped>", Said.SKIPPED)
    ]
    again = bring(at_last(), json.loads(submission_json(sent, "R-1")))
    again.press(STILL, STILL, STILL, STILL, STILL)
    assert "Anyone?" in again.text
    assert STILL not in again.labels  # asked anew: it was not a no


def test_whoever_was_told_of_stays_where_anyone_else_is_left_out() -> None:
    chat = bring(at_last(), file()).press(STILL, STILL, STILL, STILL, STILL, STILL).say("skip")
    (sent,) = chat.press("Send it").sent
    assert sent.facts["people"] == ({"looks": "tall", "plate": "AB1"},)
    said = [line.said for line in sent.answers if line.fact == "people"]
    assert said == [Said.MORE, Said.SKIPPED]


def test_what_must_be_said_of_somebody_and_was_not_is_asked() -> None:
    chat = bring(at_last(), with_facts(people=[{"plate": "AB1"}]))
    chat.press(STILL, STILL, STILL, STILL, STILL)
    assert "Anyone?\n\n[carry_offer] Q plate: AB1" in chat.text
    assert "Q looks" in chat.press(STILL).text
    nobody = bring(at_last(), with_facts(people=[{}]))
    nobody.press(STILL, STILL, STILL, STILL, STILL)
    assert nobody.text.endswith("[carry_offer] Yes, one")


def test_a_conversation_cannot_be_filled_without_end() -> None:
    chat = bring(at_last(), file())
    many = {f"x{n}": Answer(Said.SEEN) for n in range(300 - len(chat.present.answers))}
    full = {**many, **chat.present.answers}
    chat.session = replace(chat.present, answers=full)
    assert "[limit_reached]" in chat.press(STILL).text
    chat.session = replace(chat.present, answers=dict(list(full.items())[1:]))
    assert "Q age" in chat.press(STILL).text


def test_nothing_of_the_file_outlives_the_report() -> None:
    chat = bring(at_last(), file()).press(*[STILL] * 7)
    assert chat.present.carried
    chat.press("Send it")
    assert chat.present.carried == {}
    assert b"vodka" not in chat.present.dump()


def test_a_paused_report_still_knows_last_times_answers() -> None:
    chat = bring(at_last(), file()).press(STILL)
    kept = Session.load(chat.present.dump())
    assert kept.carried == chat.present.carried


# ---- what is in the file ----


def test_the_real_file_is_what_the_schema_says() -> None:
    jsonschema.validate(file(), SCHEMA)


def test_what_was_left_out_or_not_known_last_time_is_asked_or_offered_so() -> None:
    body = with_facts(age="unsure")
    del body["facts"]["name"]
    chat = bring(at_last(), body)
    assert chat.labels[:2] == ["Skip", "<back>"]
    chat.say("skip")
    assert chat.text.endswith("[carry_offer] <unsure>")
    chat.press(STILL).say("answers")
    assert "Q age: <unsure>" in chat.text


def nested(depth: int) -> bytes:
    return b'{"facts":' + b"[" * depth + b"]" * depth + b"}"


WRONG: dict[str, Callable[[], object]] = {
    "nothing": lambda: b"",
    "no JSON": lambda: b"hello",
    "not UTF-8": lambda: json.dumps(file()).encode("utf-16"),
    "a list": list,
    "a number": lambda: 5,
    "nested deep": lambda: nested(100_000),
    "nested a little deeper than records go": lambda: nested(400),
    "records in records": lambda: with_facts(people=[{"looks": [{"looks": [{"x": "y"}]}]}]),
    "too large": lambda: changed(reference="R" * MOST),
    "a huge number": lambda: json.dumps(file()).encode().replace(b"14", b"9" * 10_000),
    "a number of ten digits": lambda: with_facts(age=1_234_567_890),
    "a fraction": lambda: with_facts(age=14.5),
    "no number": lambda: json.dumps(with_facts(age=float("nan"))).encode(),
    "endless": lambda: json.dumps(with_facts(age=float("inf"))).encode(),
    "true": lambda: with_facts(age=True),
    "null": lambda: with_facts(age=None),
    "a key twice": lambda: json.dumps(file()).encode()[:-1] + b',"kind":"case_report"}',
    "another key": lambda: changed(extra="x"),
    "a key less": lambda: {k: v for k, v in file().items() if k != "finding"},
    "no role": lambda: changed(facts={k: v for k, v in file()["facts"].items() if k != "role"}),
    "somebody's in public": lambda: with_facts(role="public"),
    "roles as a list": lambda: with_facts(role=[]),
    "another kind": lambda: changed(kind="mase"),
    "another route's": lambda: changed(route="council"),
    "a reference that is no text": lambda: changed(reference=5),
    "editions that are no texts": lambda: changed(editions={"content": 5}),
    "editions as a list": lambda: changed(editions=[]),
    "facts as a list": lambda: changed(facts=[]),
    "indicators that say maybe": lambda: changed(indicators={"late": "maybe"}),
    "indicators as a text": lambda: changed(indicators="late"),
    "a finding as a text": lambda: changed(finding="x"),
    "a finding with more": lambda: changed(finding={**file()["finding"], "score": "9"}),
    "results that are no texts": lambda: changed(finding={**file()["finding"], "results": 1}),
    "reasons that are no reasons": lambda: changed(finding={**file()["finding"], "because": [1]}),
    "near misses that are no misses": lambda: changed(
        finding={**file()["finding"], "near_misses": [{"row": "x"}]}
    ),
    "not asked as a text": lambda: changed(finding={**file()["finding"], "not_asked": "x"}),
    "not asked as numbers": lambda: changed(finding={**file()["finding"], "not_asked": [1]}),
    "an emergency in words": lambda: changed(finding={**file()["finding"], "emergency": "no"}),
    "answers as an object": lambda: changed(answers={}),
    "an answer with less": lambda: changed(answers=[{"step": "x", "question": "y"}]),
    "a fact that is not ours": lambda: with_facts(address="x"),
    "a text that is a list": lambda: with_facts(name=[]),
    "a text that is a number": lambda: with_facts(name=5),
    "a text that is too long": lambda: with_facts(name="x" * 201),
    "a story that is too long": lambda: with_facts(story="x" * 3001),
    "an age of 18": lambda: with_facts(age=18),
    "an age in words": lambda: with_facts(age="old"),
    "another choice": lambda: with_facts(done="maybe"),
    "a choice that is a list": lambda: with_facts(done=[{}]),
    "a day that is none": lambda: with_facts(day="2026-02-30"),
    "a day in other words": lambda: with_facts(day="20261120"),
    "unsure where it is not asked": lambda: with_facts(day="unsure"),
    "three people where two fit": lambda: with_facts(people=[{}, {}, {}]),
    "people as a text": lambda: with_facts(people="Red"),
    "people who are texts": lambda: with_facts(people=["Red"]),
    "a person with more": lambda: with_facts(people=[{"looks": "tall", "name": "x"}]),
    "nothing to carry over": lambda: changed(facts={"danger_now": "no", "role": "professional"}),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_is_not_such_a_file_is_refused_kindly_and_nothing_is_lost(what: str) -> None:
    before = at_last()
    chat = bring(at_last(), WRONG[what]())
    assert REFUSED in chat.text
    assert chat.labels == before.labels
    assert chat.present == before.present
    assert TAKEN in bring(chat, file()).text


@pytest.mark.parametrize(
    "body",
    [
        with_facts(name="x" * 200, story="y" * 3000, age=0),
        with_facts(people=[]),
        changed(indicators={"late": "unsure"}, editions={}, answers=[]),
        changed(finding={k: v for k, v in file()["finding"].items() if k != "near_misses"}),
    ],
)
def test_what_is_such_a_file_is_taken(body: dict[str, Any]) -> None:
    assert TAKEN in bring(at_last(), body).text


def test_a_file_as_large_as_allowed_is_taken_and_a_byte_more_is_not() -> None:
    assert MOST == 262_144
    raw = json.dumps(file()).encode()
    assert TAKEN in bring(at_last(), raw.ljust(MOST)).text
    assert REFUSED in bring(at_last(), raw.ljust(MOST + 1)).text


def test_texts_are_cleaned_and_a_receipt_code_in_one_is_not_carried_over() -> None:
    code = make_code(bytes(10))
    chat = bring(at_last(), with_facts(name=" Sam\u202e\x00 ", story=f"see {code}"))
    assert chat.text.endswith("[carry_offer] Sam")
    assert code not in chat.present.dump().decode()
    only = changed(facts={"name": code, "role": "professional"})
    assert REFUSED in bring(at_last(), only).text


@pytest.mark.parametrize(
    ("fact", "value", "answer"),
    [
        (AGE, 14, Answer(Said.VALUE, 14)),
        (AGE, "unsure", Answer(Said.UNSURE)),
        (NAME, "unsure", Answer(Said.VALUE, "unsure")),
        (STORY, "x" * 3000, Answer(Said.VALUE, "x" * 3000)),
        (DAY, "2024-02-29", Answer(Said.VALUE, "2024-02-29")),
        (DAY, "0001-01-01", Answer(Said.VALUE, "")),
        (DAY, "9999-12-31", Answer(Said.VALUE, "")),
    ],
)
def test_an_answer_is_read_back_as_it_was_given(fact: Fact, value: object, answer: Answer) -> None:
    assert as_answered(fact, value, TODAY) == answer


@pytest.mark.parametrize("changes", [{"area": "south"}, {"facts": {"area": "south"}}])
def test_another_areas_report_is_refused_by_that_name(changes: dict[str, Any]) -> None:
    facts = {**file()["facts"], **changes.pop("facts", {})}
    chat = bring(at_last(), changed(facts=facts, **changes))
    assert ELSEWHERE in chat.text
    assert chat.present == at_last().present
    assert TAKEN in bring(chat, file()).text


@pytest.mark.parametrize("role", ["professional", "social_worker"])
def test_a_colleagues_report_is_taken_and_says_nothing_of_who_sends_it_now(role: str) -> None:
    chat = bring(at_last(), with_facts(role=role))
    assert TAKEN in chat.text
    assert "role" not in chat.present.carried


def test_a_day_no_report_can_hold_is_not_carried_over_and_is_asked_anew() -> None:
    chat = bring(at_last(), with_facts(day="0001-01-01")).press(STILL, STILL)
    assert "Q day" in chat.text
    assert "[carry_offer]" not in chat.text
    assert STILL not in chat.labels


def left_out(*dates: str) -> dict[str, Any]:
    """Last month's file, in which the name and the day were left out."""
    chat = at_last().press("Without").say("skip", "14", *(dates or ("skip",)), "yes", "vodka")
    (sent,) = chat.press("No more", "Send it").sent
    found: dict[str, Any] = json.loads(submission_json(sent, "R-1"))
    return found


def test_what_was_left_out_last_time_is_asked_once_and_says_so() -> None:
    chat = bring(at_last(), left_out())
    assert chat.text.endswith("Q name\n\n[carry_left]")
    assert chat.labels == ["Skip", "<back>", "<look_up>"]
    chat.press("Skip")
    assert "Q age\n\n[carry_offer] 14" in chat.text
    chat.press(STILL).say("yes")  # no answer to a day, and nothing that was so last time
    assert "[reject_date]" in chat.text
    chat.say("20/11/2026")
    assert "Q done\n\n[carry_offer] Yes" in chat.text


def test_words_that_read_like_left_out_are_still_an_answer() -> None:
    body = left_out()
    body["facts"]["name"] = "<skipped>"
    assert bring(at_last(), body).text.endswith("Q name\n\n[carry_offer] <skipped>")


def test_what_the_file_never_asked_and_what_cannot_be_left_out_is_not_called_left_out() -> None:
    body = left_out()
    lines = [line for line in body["answers"] if not line["step"].endswith(".name")]
    line = {"step": "north/report.age", "question": "Q age", "answer": "<skipped>"}
    other = {"step": "south/report.name", "question": "Q name", "answer": "<skipped>"}
    facts = {k: v for k, v in body["facts"].items() if k != "age"}
    chat = bring(at_last(), {**body, "facts": facts, "answers": [*lines, line, other]})
    assert chat.text.endswith("Q name")
    assert chat.press("Skip").text.endswith("Q age")


def test_while_an_answer_is_changed_nothing_is_said_of_last_time() -> None:
    chat = bring(at_last(), left_out()).press("Skip").say("answers").say("4")
    assert "Q name" in chat.text
    assert LEFT not in chat.text


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(st.sampled_from(["facts", "finding", "answers", "editions", "indicators"]), JSON)
def test_whatever_stands_in_a_file_it_is_taken_or_refused(key: str, value: object) -> None:
    chat = bring(Chat(content()), {**FILE, key: value})
    assert chat.present.carried == {}
    chat = bring(at_last(), {**FILE, key: value})
    assert (TAKEN in chat.text) is bool(chat.present.carried)
    assert (REFUSED in chat.text or ELSEWHERE in chat.text) is not bool(chat.present.carried)


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_without_a_word_of_them(raw: bytes) -> None:
    assert REFUSED in bring(at_last(), raw).text


FILE = file()


# ---- danger in what was said last time ----

KNIFE = compile_danger([Sign("knife", ("has a knife",))])


def at_story(story: str) -> Chat:
    """Somebody who is shown last month's story again, danger being looked for."""
    chat = at_last()
    chat = Chat(replace(chat.catalogue, danger=KNIFE), session=chat.session)
    return bring(chat, with_facts(story=story)).press(STILL, STILL, STILL, STILL)


def test_words_of_danger_that_are_still_so_bring_999_first_and_once() -> None:
    chat = at_story("He has a knife.")
    assert "Q story" in chat.text
    chat.press(STILL)
    assert "[danger_noticed]" in chat.text
    assert "story" not in {place.rpartition(".")[2] for place in chat.present.answers}
    chat.press("<carry_on>")
    assert chat.text.endswith("[carry_offer] He has a knife.")
    chat.press(STILL)
    assert "Anyone?" in chat.text
    assert "He has a knife." in [answer.value for answer in chat.present.answers.values()]


def test_words_of_danger_about_somebody_in_a_list_are_asked_about_too() -> None:
    chat = at_last()
    chat = Chat(replace(chat.catalogue, danger=KNIFE), session=chat.session)
    chat = bring(chat, with_facts(people=[{"looks": "tall", "plate": "he has a knife"}]))
    chat.press(STILL, STILL, STILL, STILL, STILL)
    assert "Anyone?" in chat.text
    assert "[danger_noticed]" in chat.press(STILL).text
    assert "Anyone else?" in chat.press("<carry_on>", STILL).text


def test_a_yes_to_danger_shows_how_to_call_999_and_loses_nothing() -> None:
    chat = at_story("He has a knife.").press(STILL).say("yes")
    assert chat.text == DIAL_999
    assert chat.say("no").text.endswith("[carry_offer] He has a knife.")


def test_harmless_words_are_kept_in_one_press() -> None:
    assert "Anyone?" in at_story("He has a bike.").press(STILL).text


def test_what_was_answered_before_the_file_came_is_never_offered_again() -> None:
    before = file()
    found = content()
    report = found.dialogs["north/report"]
    asked_first = {"name": ask(NAME, "last", skip="Skip")}
    steps = {**asked_first, **report.steps, **asked_first, "last": replace(LAST, next=to("age"))}
    dialogs = {**found.dialogs, report.id: replace(report, steps=steps)}
    chat = Chat(replace(found, dialogs=dialogs)).start().press("No", "North", "Professional")
    chat = bring(chat.say("Kim"), before)
    assert TAKEN in chat.text
    chat.press("<back>", "<back>")
    assert "Q name" in chat.text
    assert "[carry_offer]" not in chat.text
