"""The numbered lines of a review."""

from __future__ import annotations

from dataclasses import replace

from bot.core.dialog import Step, Tick
from bot.core.facts import Fact, FactType
from bot.core.lines import review_lines
from bot.core.session import Answer, Said
from bot.core.walk import Visit
from tests.core.little import INFO, SIGNS, catalogue
from tests.core.writing import ask, text

LEFT_OUT, NOT_KNOWN = Answer(Said.SKIPPED), Answer(Said.UNSURE)
NONE = Answer(Said.MARKS, marks=(("late", "no"), ("gifts", "no"), ("cars", "no")))


def of(name: str, answer: Answer | None, *, about: str = "", step: Step | None = None) -> Visit:
    """An answered question of this name."""
    asked = step or ask(text(name), short=name)
    return Visit(name, asked, INFO, (), 0, answer, about)


def ticks(name: str, answer: Answer, place: str = "") -> Visit:
    step = replace(SIGNS, text=replace(SIGNS.text, source=f"{name}\nWhich?"))
    return Visit(place or name, step, INFO, (), 0, answer)


def lines(*visits: Visit, first: int = 1) -> list[str]:
    return review_lines(catalogue(), visits, first=first).split("\n")


def test_what_was_left_out_in_a_row_stands_on_one_line_with_its_numbers() -> None:
    name, age = of("Name", LEFT_OUT), of("Age", LEFT_OUT)
    assert lines(name, age, of("School", LEFT_OUT)) == ["1–3. Name; Age; School: <skipped>"]
    assert lines(of("What", Answer(Said.VALUE, "x")), name, age) == [
        "1. What: x",
        "2–3. Name; Age: <skipped>",
    ]
    assert lines(name, of("What", Answer(Said.VALUE, "x")), age, first=7) == [
        "7. Name: <skipped>",
        "8. What: x",
        "9. Age: <skipped>",
    ]


def test_left_out_not_known_and_nothing_ticked_are_three_things() -> None:
    told = lines(
        of("Name", LEFT_OUT),
        of("Age", NOT_KNOWN),
        of("School", NOT_KNOWN),
        ticks("Signs", NONE),
        ticks("Places", NONE),
    )
    none = SIGNS.none
    assert told == [
        "1. Name: <skipped>",
        "2–3. Age; School: <unsure>",
        f"4–5. Signs; Places: {none}",
    ]


def test_answers_that_tell_something_stay_apart_though_their_words_are_the_same() -> None:
    said = Answer(Said.VALUE, "yes")
    assert lines(of("Known", said), of("Safe", said)) == ["1. Known: yes", "2. Safe: yes"]
    cars = replace(NONE, marks=(("late", "no"), ("gifts", "no"), ("cars", "yes")))
    assert lines(ticks("Signs", cars), ticks("Places", cars)) == [
        "1. Signs: yes: Cars",
        "2. Places: yes: Cars",
    ]
    skipped = Answer(Said.VALUE, "<skipped>")  # typed, and so an answer
    assert lines(of("Known", skipped), of("Safe", LEFT_OUT), of("Who", skipped)) == [
        "1. Known: <skipped>",
        "2. Safe: <skipped>",
        "3. Who: <skipped>",
    ]


def test_what_is_not_answered_yet_is_empty() -> None:
    assert lines(of("Name", None), of("Age", None)) == ["1–2. Name; Age: "]


def test_a_question_mark_at_the_end_of_a_line_s_name_needs_no_colon() -> None:
    told = lines(of("Name", LEFT_OUT), of("Anyone?", LEFT_OUT))
    assert told == ["1–2. Name; Anyone? <skipped>"]


def test_a_sign_is_named_once_for_the_lines_about_it() -> None:
    told = lines(
        of("When", Answer(Said.VALUE, "now"), about="Out late"),
        of("How", LEFT_OUT, about="Out late"),
        of("Shown", LEFT_OUT, about="Out late"),
        of("When", Answer(Said.VALUE, "now"), about="Cars"),
    )
    assert told == ["1. Out late: When: now", "2–3. How; Shown: <skipped>", "4. Cars: When: now"]


def test_only_signs_with_a_dialog_of_their_own_are_looked_for_below() -> None:
    late = replace(NONE, marks=(("late", "yes"), ("gifts", "no"), ("cars", "no")))
    below = of("Signs.late/when", Answer(Said.VALUE, "now"), about="Out late")
    assert lines(ticks("Signs", late), below)[0] == "1. Signs: yes: Out late"
    noted = Fact("noted", FactType.LIST, item="common/sign", at_most=9)
    described = ticks("Signs", late)
    step = described.step
    assert isinstance(step, Tick)
    described = described._replace(step=replace(step, details=noted))
    assert lines(described, below)[0] == "1. Signs: yes"
    assert lines(described, of("Signs.later/when", LEFT_OUT))[0] == "1. Signs: yes: Out late"
    assert lines(below, described)[-1] == "2. Signs: yes: Out late"
    assert lines(described._replace(answer=None), below)[0] == "1. Signs: "


def test_what_was_asked_in_another_dialog_stands_apart_and_is_never_joined() -> None:
    name, age = of("Name", LEFT_OUT), of("Age", LEFT_OUT)
    other = of("Looks", LEFT_OUT)._replace(place="people.1/looks")
    hair = of("Hair", LEFT_OUT)._replace(place="people.1/hair")
    assert lines(name, other, hair, age) == [
        "1. Name: <skipped>",
        "",
        "2–3. Looks; Hair: <skipped>",
        "",
        "4. Age: <skipped>",
    ]
