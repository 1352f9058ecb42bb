"""What is told where a button was wanted: kept, offered where it fits, and gone with the talk."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.catalogue import Catalogue
from bot.core.danger import Sign, compile_danger
from bot.core.facts import LONG_TEXT_LIMIT
from bot.core.session import Session
from bot.core.text import Template
from bot.core.told import FEWEST, SHOWN, kept
from tests.core.chat import CODE, Chat
from tests.core.little import DAY, WHAT, catalogue, one_dialog
from tests.core.writing import ask, choice, to

USE = "<use_told>"
RULES = compile_danger([Sign("knife", ("has a knife",))])


def chat() -> Chat:
    """Somebody at a question with buttons, before one for a day and two for any words."""
    one = one_dialog(
        replace(ask(choice("still"), "day"), id="still", next=to("day")),
        replace(ask(DAY, "what"), id="day", next=to("what"), skip="Leave out"),
        replace(ask(WHAT, "more"), id="what", next=to("more")),
        replace(ask(WHAT, "over"), id="more", next=to("over")),
        facts=(choice("still"), DAY, WHAT),
    )
    return Chat(replace(one, danger=RULES)).start()


def test_what_was_told_at_a_button_is_offered_at_the_first_question_for_words() -> None:
    told = chat().say("a girl at number 12")
    assert "[words_later]" in told.text
    told.say("yes")
    assert USE not in told.labels
    told.press("Leave out")
    assert USE in told.labels
    assert "Earlier: a girl at number 12" in told.text
    told.press(USE)
    assert told.present.answers["what"].value == "a girl at number 12"
    assert (told.present.told, USE in told.labels) == ("", False)


def test_own_words_can_be_written_instead_and_then_the_others_are_gone() -> None:
    told = chat().say("a girl at number 12", "yes").press("Leave out").say("Something else")
    assert told.present.answers["what"].value == "Something else"
    assert told.present.told == ""


def test_what_is_told_twice_stands_once_and_more_stands_behind_it() -> None:
    told = chat().say("a girl there", "he is back", "a girl there", "no")
    assert told.present.told == "a girl there\nhe is back"


def test_the_first_words_of_all_are_kept_too() -> None:
    new = Chat(chat().catalogue).say(
        "They take her to a flat near the station every Friday evening"
    )
    assert "[words_later]" in new.text
    assert new.present.told.startswith("They take her")


def test_words_of_danger_at_a_button_are_kept_when_the_person_carries_on() -> None:
    told = chat().say("He has a knife there").press("<carry_on>")
    assert told.present.told == "He has a knife there"
    assert "[words_later]" in told.text


def test_words_of_danger_at_a_day_are_kept_and_the_day_is_asked_again() -> None:
    told = chat().say("yes", "He has a knife there").press("<carry_on>")
    assert told.present.told == "He has a knife there"
    assert (told.asks, "[reject_date]" in told.text) == ("Q day", True)
    assert USE in told.press("Leave out").labels


def test_other_words_at_a_day_are_only_asked_again() -> None:
    told = chat().say("yes", "the day before that")
    assert (told.present.told, "[reject_date]" in told.text) == ("", True)
    calm = chat()
    calm.catalogue = replace(calm.catalogue, danger=None)
    assert calm.say("yes", "He has a knife there").present.told == ""


def test_words_of_danger_too_long_for_an_answer_are_asked_again_and_not_kept_beside_it() -> None:
    told = chat().say("yes").press("Leave out")
    told.say("He has a knife there. " + "x" * LONG_TEXT_LIMIT).press("<carry_on>")
    assert (told.present.told, "[too_long]" in told.text) == ("", True)


def test_an_answer_that_is_changed_later_is_offered_nothing() -> None:
    told = chat().say("yes").press("Leave out").say("It began in May")
    changed = replace(told.present, told="a b c", changing="what")
    assert USE not in replace(told, session=changed).say("").labels


def test_words_typed_under_the_question_whether_there_is_danger_are_kept_too() -> None:
    told = chat().say("He has a knife there", "at number 12").press("<carry_on>")
    assert told.present.told == "He has a knife there\nat number 12"


@pytest.mark.parametrize("text", ["purple", "oh dear", "1 2 3", f"mine is {CODE}"])
def test_a_try_at_a_button_numbers_and_codes_are_not_kept(text: str) -> None:
    assert kept(Session("e", "r"), text) is None


def test_as_much_is_kept_as_an_answer_may_have_and_a_little_shown() -> None:
    told = kept(Session("e", "r"), "a b " + "c" * 5000)
    assert told is not None
    assert len(told.told) == LONG_TEXT_LIMIT
    assert (FEWEST, SHOWN) == (3, 300)


STORY = "a girl at number 12"


def everything(chat: Chat) -> str:
    """All that leaves the turn: its effects with every report in them, and what was sent."""
    return repr((chat.effects, chat.sent))


def at_the_end() -> Chat:
    return at_start(catalogue()).say(STORY).press("No", "North", "Professional", "No")


def at_start(content: Catalogue) -> Chat:
    return Chat(content).start()


def test_what_is_not_used_is_in_no_report_and_gone_with_the_question() -> None:
    told = at_the_end()
    assert STORY in told.text
    told.say("Two men in a van", "skip", "none", "yes", "skip")
    assert told.present.told == ""
    assert STORY not in repr(told.present.dump())
    assert STORY not in everything(told)


def test_what_is_never_offered_is_in_no_report_and_gone_once_it_is_sent() -> None:
    told = Chat(catalogue()).start().press("No", "North", "Professional", "No")
    told.say("Two men in a van", "skip", "none", STORY, "no", "skip", "no")
    assert told.present.told == STORY
    told.press("Send it")
    assert len(told.sent) == 1
    assert STORY not in everything(told)
    assert STORY not in repr(told.present.dump())


@pytest.mark.parametrize("words", ["delete", "start again"])
def test_what_is_told_is_gone_when_the_person_leaves_or_begins_again(words: str) -> None:
    told = at_the_end().say(words)
    yes = next((name for name in ("<delete_yes>", "<start_again>") if name in told.labels), None)
    if yes is not None:
        told.press(yes)
    assert told.session is None or told.present.told == ""
    assert STORY not in repr(told.session and told.session.dump())
    assert STORY not in everything(told)


def test_only_the_beginning_of_a_long_story_is_shown() -> None:
    told = chat().say("a b " + "c" * 1000, "yes").press("Leave out")
    assert "c" * 250 in told.text
    assert "c" * 301 not in told.text
    told.press(USE)
    assert told.present.answers["what"].value == "a b " + "c" * 1000


def test_where_a_question_has_words_of_its_own_for_a_miss_the_keeping_is_said() -> None:
    own = replace(ask(choice("still"), "over"), reject=Template("[own]"))
    here = Chat(one_dialog(own, facts=(choice("still"),))).start()
    assert "[words_later]" in here.say("she wont say").text
    assert "[own]" not in here.text
    assert "[own]" in here.say("no?").text


def test_a_word_that_means_something_everywhere_is_nothing_told() -> None:
    asked = chat().say("I don't know")
    assert "[reject_choice]" in asked.text
    assert "[words_later]" not in asked.text
    assert asked.present.told == ""
