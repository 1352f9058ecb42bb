"""What is understood of typed words, and what is asked again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.core.answers import clean
from bot.core.days import read_date
from bot.core.dialog import Choice
from bot.core.facts import COMING, PAST, Fact, FactType
from bot.core.session import Answer, Said
from tests.core.chat import Chat
from tests.core.little import AGE, DANGER, DAY, WHAT, one_dialog
from tests.core.writing import ask, choice, text

TODAY = date(2026, 11, 21)


def answer(chat: Chat, place: str) -> Answer | None:
    return chat.present.answers.get(place)


def asked(fact: Fact, words: str, skip: str = "") -> Chat:
    """One question of this fact, after a first answer, and these words typed at it."""
    first = ask(DANGER, fact.id)
    return Chat(one_dialog(first, ask(fact, "over", skip=skip))).start().press("No").say(words)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("14", 14),
        (" 14. ", 14),
        ("0", 0),
        ("17", 17),
        ("about 14", 14),
        ("aged 9", 9),
        ("14 years old", 14),
        ("14yrs", 14),
        ("14 yr", 14),
        ("14 y/o", 14),
        ("14yo", 14),
        ("Maybe around 14?", 14),
        ("١٤", 14),
    ],
)
def test_an_age_is_read_as_people_write_it(typed: str, number: int) -> None:
    assert answer(asked(AGE, typed), "age") == Answer(Said.VALUE, number)


@pytest.mark.parametrize(
    "typed",
    ["18", "-1", "eighteen", "forty", "14 15", "14 months", "nearly 13", "13+", "1.5", "1234567"],
)
def test_an_age_that_may_mean_another_one_is_asked_again(typed: str) -> None:
    chat = asked(AGE, typed)
    assert answer(chat, "age") is None
    assert "[reject_number] 0 17" in chat.text
    assert chat.asks == "Q age"


@pytest.mark.parametrize("typed", ["unsure", "I don't know", "not sure", "skip"])
def test_not_knowing_is_an_answer_of_its_own(typed: str) -> None:
    assert answer(asked(AGE, typed), "age") == Answer(Said.UNSURE)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("21/3/2015", "2015-03-21"),
        ("21-03-15", "2015-03-21"),
        ("21.3.15", "2015-03-21"),
        ("21 March 2015", "2015-03-21"),
        ("21st mar 2015", "2015-03-21"),
        ("2nd September 26", "2026-09-02"),
        ("3rd sept, 2026", "2026-09-03"),
        ("4th of May 2026", None),
        ("2015-03-21", "2015-03-21"),
        ("Today", "2026-11-21"),
        ("yesterday", "2026-11-20"),
        ("21/11", "2026-11-21"),
        ("22/11", "2025-11-22"),
        ("21 december", "2025-12-21"),
        ("29/2", "2024-02-29"),
        ("1/1/26", "2026-01-01"),
        ("1/1/27", "1927-01-01"),
        ("31/2", None),
        ("31/2/2026", None),
        ("1/13/2026", None),
        ("2026-13-01", None),
        ("12 xyz 2026", None),
        ("0/1/2026", None),
        ("1/1/0000", None),
        ("soon", None),
        ("", None),
    ],
)
def test_a_day_is_read_as_it_is_written_in_britain(typed: str, day: str | None) -> None:
    found = read_date(typed, TODAY)
    assert (found.isoformat() if found else None) == day


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("tomorrow", "2026-11-22"),
        ("today", "2026-11-21"),
        ("yesterday", "2026-11-20"),
        ("14 january", "2027-01-14"),
        ("21/11", "2026-11-21"),
        ("20/11", "2027-11-20"),
        ("29/2", "2028-02-29"),
        ("14/1/27", "2027-01-14"),
        ("14/1/28", "2028-01-14"),
        ("14/1/29", "1929-01-14"),
        ("14/1/99", "1999-01-14"),
    ],
)
def test_where_only_days_to_come_are_asked_for_the_next_such_day_is_meant(
    typed: str, day: str
) -> None:
    assert read_date(typed, TODAY, TODAY, date(2028, 11, 22)) == date.fromisoformat(day)


def test_where_a_day_may_lie_either_way_it_is_the_last_such_day() -> None:
    assert read_date("22/11", TODAY, date(2006, 1, 1), date(2028, 1, 1)) == date(2025, 11, 22)


NEAR = {"past": PAST, "coming": COMING, "any": (0, 0)}


@pytest.mark.parametrize(
    ("kind", "typed", "taken"),
    [
        ("past", "21/11/2026", True),
        ("past", "22/11/2026", False),
        ("past", "6/11/2006", True),
        ("past", "5/11/2006", False),
        ("past", "1/1/0001", False),
        ("coming", "21/11/2026", True),
        ("coming", "20/11/2026", False),
        ("coming", "22/11/2028", True),
        ("coming", "23/11/2028", False),
        ("coming", "31/12/9999", False),
        ("any", "6/11/2006", True),
        ("any", "5/11/2006", False),
        ("any", "22/11/2028", True),
        ("any", "23/11/2028", False),
    ],
)
def test_a_day_far_off_is_asked_again_kindly(kind: str, typed: str, taken: bool) -> None:  # noqa: FBT001
    first, last = NEAR[kind]
    chat = asked(Fact("day", FactType.DATE, minimum=first, maximum=last), typed)
    assert (answer(chat, "day") is not None) is taken
    assert ("[reject_day]" in chat.text) is not taken


def test_the_first_and_the_last_day_that_fit_are_said() -> None:
    day = Fact("day", FactType.DATE, minimum=COMING[0], maximum=COMING[1])
    said = "[reject_day] Saturday 21 November 2026 Wednesday 22 November 2028"
    assert said in asked(day, "1/1/2026").text


def test_a_day_that_cannot_be_read_is_asked_again() -> None:
    chat = asked(DAY, "soon")
    assert "[reject_date]" in chat.text
    assert answer(chat, "day") is None
    assert answer(asked(DAY, "1 May 2026"), "day") == Answer(Said.VALUE, "2026-05-01")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("yes", Answer(Said.VALUE, "yes")),
        ("NO", Answer(Said.VALUE, "no")),
        ("2", Answer(Said.VALUE, "no")),
        ("not sure", Answer(Said.UNSURE)),
        ("3", Answer(Said.UNSURE)),
        ("I don't know", Answer(Said.UNSURE)),
        ("skip", Answer(Said.SKIPPED)),
        ("4", Answer(Said.SKIPPED)),
        ("Leave it", Answer(Said.SKIPPED)),
        ("6", None),
        ("0", None),
        ("yes, no", None),
        ("", None),
    ],
)
def test_a_choice_is_taken_by_word_label_or_number(typed: str, said: Answer | None) -> None:
    chat = asked(choice("still", unsure=True), typed, skip="Leave it")
    assert answer(chat, "still") == said
    assert ("[reject_choice]" in chat.text) is (said is None)


def test_the_value_of_a_choice_is_understood_too() -> None:
    fact = choice("where", "home", "elsewhere")
    labels = (Choice("home", "At home"), Choice("elsewhere", "Away from home"))
    relabelled = replace(ask(fact, "over"), choices=labels)
    for words in ("elsewhere", "Elsewhere!", "away from home", "2"):
        chat = Chat(one_dialog(relabelled)).start().say(words)
        assert answer(chat, "where") == Answer(Said.VALUE, "elsewhere")


def test_a_choice_that_cannot_be_left_out_is_not_skipped() -> None:
    chat = asked(choice("still"), "skip")
    assert answer(chat, "still") is None
    assert "[reject_choice]" in chat.text


def test_a_text_is_kept_as_written_without_control_characters() -> None:
    chat = asked(WHAT, " two\r\nlines\x00 \u202eand \ud800half ")
    assert answer(chat, "what") == Answer(Said.VALUE, "two\nlines and half")


def test_what_is_left_of_controls_alone_is_nothing() -> None:
    chat = asked(WHAT, "\u202e\x07")
    assert answer(chat, "what") is None
    assert "[reject_text]" in chat.text


def test_clean_keeps_tabs_lines_and_letters() -> None:
    assert clean("\u2066a\tb\n\rc\x1f\x7f\x85\u2028\u2029\u2069 ") == "a\tb\n\nc"
    assert clean("Zoë 🦊 ъ") == "Zoë 🦊 ъ"


@pytest.mark.parametrize(
    ("type_", "limit"), [(FactType.SHORT_TEXT, 200), (FactType.LONG_TEXT, 3000)]
)
def test_a_text_as_long_as_allowed_is_taken_and_a_longer_one_is_not(
    type_: FactType, limit: int
) -> None:
    fact = text("note", type_)
    assert answer(asked(fact, "x" * limit), "note") == Answer(Said.VALUE, "x" * limit)
    chat = asked(fact, "x" * (limit + 1))
    assert answer(chat, "note") is None
    assert f"[too_long] {limit:,} {limit + 1:,}" in chat.text


@pytest.mark.parametrize("typed", ["unsure", "none", "done", "yes"])
def test_words_that_mean_something_elsewhere_are_a_text_where_a_text_is_asked(typed: str) -> None:
    chat = asked(text("note"), typed, skip="No thanks")
    assert answer(chat, "note") == Answer(Said.VALUE, typed)
    assert chat.asks == "Over."


_NOTHING = {"n/a", "na", "n.a", "not applicable", "nil", "tbc", "not yet"}
_NOBODY = {
    *("nobody", "no one", "noone", "no body", "nobody yet", "no one yet", "none yet"),
    *("nothing", "unknown", "me", "myself", "i", "i did", "just me", "only me", "self"),
    *("by myself", "on my own", "alone", "no manager", "no senior manager"),
}


@pytest.mark.parametrize(
    "typed", ["skip", "no", "none", "I don't know", "yes", "done", "x", "-.-", "!?"]
)
def test_what_cannot_be_left_out_is_not_answered_with_nothing(typed: str) -> None:
    """A reason, or who was consulted: Wirral, Sex Offences; Newham, 3.4."""
    for fact in (text("note"), WHAT):
        chat = asked(fact, typed)
        assert answer(chat, fact.id) is None
        assert "[reject_needed]" in chat.text


@pytest.mark.parametrize("typed", sorted(_NOBODY | _NOTHING | {"Me.", "No-one", "N/A"}))
def test_nobody_and_oneself_are_not_the_person_who_must_be_named(typed: str) -> None:
    """Whoever lowers a result, or does not share it, has asked somebody else."""
    chat = asked(text("note"), typed)
    assert answer(chat, "note") is None
    assert "[reject_needed]" in chat.text


@pytest.mark.parametrize("typed", sorted(_NOTHING))
def test_a_reason_that_must_be_given_is_not_put_off(typed: str) -> None:
    chat = asked(WHAT, typed)
    assert answer(chat, WHAT.id) is None
    assert "[reject_needed]" in chat.text


@pytest.mark.parametrize("typed", ["nobody", "me", "alone"])
def test_a_long_text_may_be_one_of_these_words(typed: str) -> None:
    assert answer(asked(WHAT, typed), WHAT.id) == Answer(Said.VALUE, typed)


def test_nobody_is_an_answer_where_none_is_needed() -> None:
    chat = asked(text("note"), "nobody", skip="No thanks")
    assert answer(chat, "note") == Answer(Said.VALUE, "nobody")


@pytest.mark.parametrize("typed", ["Al", "no one was in", "4x", "Mel", "Ms Self", "my manager"])
def test_little_said_is_an_answer(typed: str) -> None:
    assert answer(asked(text("note"), typed), "note") == Answer(Said.VALUE, typed)


def test_one_letter_is_an_answer_where_none_is_needed() -> None:
    chat = asked(text("note"), "x", skip="No thanks")
    assert answer(chat, "note") == Answer(Said.VALUE, "x")
    unsure = Chat(one_dialog(replace(ask(text("note"), "over"), unsure="Not known"))).start()
    assert answer(unsure.say("x"), "note") == Answer(Said.VALUE, "x")


def test_a_text_that_may_be_left_out_is_left_out_by_a_word() -> None:
    chat = asked(text("note"), "skip", skip="No thanks")
    assert answer(chat, "note") == Answer(Said.SKIPPED)


def test_the_author_says_why_a_number_is_asked_again_except_when_it_is_too_long() -> None:
    chat = Chat().start().press("No", "North", "Public", "Yes").say("Sam", "soon")
    assert "An age from 0 to 17." in chat.text
    assert "[reject_number]" not in chat.text
    own = replace(ask(text("note"), "over"), reject=ask(text("why")).text)
    assert "[too_long]" in Chat(one_dialog(own)).start().say("x" * 201).text


def test_every_month_is_known_by_three_letters_and_in_full() -> None:
    for number in range(1, 13):
        first = date(2025, number, 1)
        for word in (f"{first:%b}", f"{first:%B}"):
            assert read_date(f"1 {word} 2025", TODAY) == first


WRITTEN_OUT = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen"
)


@pytest.mark.parametrize(("number", "word"), list(enumerate(WRITTEN_OUT.split())))
def test_an_age_in_words_is_read(number: int, word: str) -> None:
    assert answer(asked(AGE, word.title()), "age") == Answer(Said.VALUE, number)


def test_carry_on_is_no_text() -> None:
    chat = asked(text("note"), "carry on")
    assert answer(chat, "note") is None
    assert "[reject_text]" in chat.text


def test_somebody_who_tells_it_all_at_a_button_is_told_that_they_can_in_a_moment() -> None:
    story = "A man in a grey van picks up girls outside the school after the bell"
    assert "[words_later]" in Chat().say(story).text
    assert "[words_later]" in Chat().start().say(story).text
    assert "[reject_choice]" in Chat().start().say("yes, purple").text


@pytest.mark.parametrize("typed", ["no?", "No ?", "no??", "yes?"])
def test_a_yes_or_no_with_a_question_mark_is_asked_again(typed: str) -> None:
    chat = Chat().start().say(typed)
    assert chat.asks == "Q danger_now"
    assert "[reject_choice]" in chat.text
