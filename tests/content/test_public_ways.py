"""What a young person, a parent and a member of the public are told, and when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.core.catalogue import Catalogue
from bot.core.dialog import Ask
from bot.core.emergency import HEADER
from bot.core.engine import advance
from bot.core.facts import FactType
from bot.core.turn import Begin, Input, Press, Reply
from bot.core.turning import LAPSE_MINUTES
from bot.core.walk import replay
from tests.content.quality import Quality

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
YOUNG = "I am a young person"
MOST_WORDS = 100  # on one screen
TYPED = {FactType.SHORT_TEXT, FactType.LONG_TEXT}
LEADS = {
    "my boyfriend shares my nudes": "my_picture",
    "somebody is blackmailing me with a video": "my_picture",
    "sextortion": "my_picture",
    "my daughter is missing": "child_missing",
    "my son is missing": "child_missing",
    "is my child safe": "can_i_be_sure",
    "is there no risk": "can_i_be_sure",
    "may i film him": "no_questions",
    "can i film or record him": "no_questions",
    "how do i talk to my daughter about grooming": "talk_with_my_child",
    "i am worried about my own child": "parent_worried",
}
WHOM = {"wirral": "wirral_who_to_call", "newham": "newham_front_door"}


@pytest.fixture(scope="module")
def quality() -> Quality:
    return Quality()


@pytest.fixture(scope="module")
def content(quality: Quality) -> Catalogue:
    return quality.catalogue


def _pressed(reply: Reply, label: str) -> Input:
    option = next(b.option for s in reply.screens for b in s.buttons if b.label == label)
    return Press(reply.turn, option)


def _young(content: Catalogue, area: str) -> Iterator[str]:
    """The screens of a young person, in order, up to the first question that takes words."""
    turn = advance(content, None, Begin(), NOW)
    for label in ("No", area, YOUNG, "Carry on"):
        buttons = [b.label for s in turn.reply.screens for b in s.buttons]
        if label not in buttons:
            return
        turn = advance(content, turn.session, _pressed(turn.reply, label), NOW)
        assert turn.session is not None
        step = replay(content, turn.session).here.step
        assert not (isinstance(step, Ask) and step.fact.type in TYPED)
        if label in (YOUNG, "Carry on"):
            yield "\n".join(screen.text for screen in turn.reply.screens)


@pytest.mark.parametrize("area", ["Wirral", "Newham", "Somewhere else"])
def test_a_young_person_knows_who_can_see_it_before_the_first_word(
    content: Catalogue, area: str
) -> None:
    screens = list(_young(content, area))
    told = "\n".join(screens)
    assert 1 <= len(screens) <= 2
    assert all(
        len(s.removeprefix(HEADER).split()) <= MOST_WORDS + 30 * (len(screens) == 1)
        for s in screens
    )
    for said in (
        "not your fault",
        "Nobody is watching this chat",
        "Telegram keeps",
        "opens this phone",
        f"After {LAPSE_MINUTES} minutes without a word",
        "type exit",
        "type delete",
        "0800 1111",
        "999",
    ):
        assert said in told
    if area == "Wirral":
        assert "Wirral children's services read it" in told
        assert "Monday to Friday, 9am to 5pm" in told
        assert "Nobody reads it unless you send it" in told


@pytest.mark.parametrize("area", ["wirral", "newham"])
@pytest.mark.parametrize("question", LEADS)
def test_an_everyday_question_is_led_by_its_own_passage(
    quality: Quality, question: str, area: str
) -> None:
    assert quality.search.look_up(question, area).told[0].passage.id == LEADS[question]


@pytest.mark.parametrize("area", WHOM)
@pytest.mark.parametrize("question", ["who do i call", "how do i report a child"])
def test_whom_to_call_is_answered_with_the_numbers_of_the_area(
    quality: Quality, question: str, area: str
) -> None:
    assert quality.search.look_up(question, area).told[0].passage.id == WHOM[area]


def test_a_young_victim_is_met_with_help_and_not_with_a_warning(content: Catalogue) -> None:
    text = content.guidance["my_picture"].text
    assert text.startswith("It is not your fault")
    for said in ("Do not pay", "keep the messages", "0800 1111", "Report Remove", "CEOP", "999"):
        assert said in text
    assert "illegal" not in text
    assert len(text.split()) <= MOST_WORDS + 10


def test_nobody_is_promised_that_a_child_is_out_of_danger(content: Catalogue) -> None:
    assert content.guidance["can_i_be_sure"].text.startswith("Nobody can promise that")


def _said(content: Catalogue) -> dict[str, str]:
    """Every text that a person may read, by where it stands."""
    said = {p.id: p.whole for p in content.guidance.values()}
    said |= {name: text.source for name, text in content.screens.items()}
    for dialog in content.dialogs.values():
        for step in dialog.steps.values():
            text = getattr(step, "text", None)
            if text is not None:
                said[f"{dialog.id}.{step.id}"] = text.source
    return said


def test_what_is_said_of_wiping_is_true_wherever_it_is_said(content: Catalogue) -> None:
    said = _said(content)
    at_once = re.compile(r"(has wiped it|wiped? [^.]*once it is handed over)")
    assert [place for place, text in said.items() if at_once.search(text)] == []
    idle = re.compile(r"(\d+) minutes[^.]*(?:without a word|what you have not sent)")
    spoken = {place: idle.findall(text) for place, text in said.items() if idle.search(text)}
    stops = re.compile(r"stop for (\d+) minutes")
    spoken |= {place: stops.findall(text) for place, text in said.items() if stops.search(text)}
    assert {"this_chat", "wirral/promise.safety", "common/young_person.help"} <= spoken.keys()
    assert {n for found in spoken.values() for n in found} == {str(LAPSE_MINUTES)}
    handed = [t for t in said.values() if re.search(r"What you send is wiped", t)]
    assert len(handed) >= 3
    assert all("within three days of handing it over" in t for t in handed)


def test_nobody_is_told_both_that_they_hear_nothing_and_to_wait_for_word(
    content: Catalogue,
) -> None:
    """A route with a time says: if you hear nothing by then, call."""
    timed = [route for route in content.routes.values() if route.due and route.after]
    assert timed
    assert [r.id for r in timed if "nobody will" in r.after.lower()] == []
    safety = content.dialogs["wirral/promise"].steps["safety"]
    assert "nobody will reply" not in getattr(safety, "text").source  # noqa: B009


def test_a_position_of_trust_is_exploitation_and_must_be_referred(content: Catalogue) -> None:
    """Wirral, Sex Offences, Definitions: to the Designated Officer and to CADT, always."""
    for passage in ("trusted_adult", "wirral_position_of_trust", "wirral_age_16_17"):
        text = content.guidance[passage].text
        assert "Local Authority Designated Officer" in text
        assert "children's services" in text
        assert re.search(r"must (always )?be referred", text)
        assert re.search(r"is (being sexually exploited|exploitation)", text)
    assert "must be referred" in content.guidance["ages_and_law"].text


ALWAYS = {"LAC": "looked after", "TAF": "Team around the Family", "CIN": "Child in Need"}


def test_each_passage_spells_out_its_acronyms_by_itself(content: Catalogue) -> None:
    """Somebody may read one passage alone."""
    unsaid = []
    for passage in content.guidance.values():
        text = f"{passage.title} {passage.text}"
        for short, whole in ({**content.acronyms, **ALWAYS}).items():
            used = re.search(rf"\b{short}\b", text)
            if used and passage.area != "newham" and whole.casefold() not in text.casefold():
                unsaid.append((passage.id, short))
    assert unsaid == []
