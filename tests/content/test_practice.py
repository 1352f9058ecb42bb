"""Practice on case studies: every way through it is walked, says so, and can send nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.core.catalogue import Catalogue
from bot.core.dialog import Ask, Assign, Call, Check, End, Manner, Outcome, Tell
from bot.core.emergency import HEADER
from bot.core.engine import advance
from bot.core.handover import submissions
from bot.core.session import Session
from bot.core.turn import Begin, Give, Press, Say, Submit
from bot.core.turning import Turn
from bot.core.walk import Walk, replay
from bot.loading.load import load_catalogue

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
BANNER = f"{HEADER}\n\nPractice: nothing is sent.\n\n"
WAY_IN = (
    "No",
    "Wirral",
    "I work with children: screen a worry",
    "Practise on case studies",
)
# What the case study itself says came of it, and what the rules must therefore say of its early
# days: each ended in a conviction or an arrest that earlier referral should have come before
# (Case Studies: "if you can't rule it out, rule it in"; Trafficking: always the police and CADT).
EXPECTED = {
    "messages": {"wirral_cadt"},  # both men convicted of grooming two girls of 13
    "alex": {"wirral_cadt"},  # judged consensual at 16; he was manipulated by a much older woman
    "phones": {"wirral_cadt"},  # more than 20 girls, sold on to other men
    "shopping": {"wirral_cadt"},  # a man of 28 convicted of sexual activity with a child of 13
    "moved": {"wirral_cadt", "wirral_police"},  # always reported to the police, and to CADT
}
# The rows that each story itself gives. How old the other person is, Alex's, the brothers' and
# Trudy's story leave open.
BECAUSE = {
    # a number given to strangers met online, who make the girls feel liked
    "messages": """PEOPLE_SIGN.liked_by_older PEOPLE_SIGN.stranger_number
        GAIN_SIGN.online_stranger RISK PARTNER_13_15 GAP_13 OTHER_CHILDREN ONE_DAY""",
    # misses school, the Youth Offending Service, his looks, drink and drugs, a woman much older
    "alex": """PLACE_SIGN.school PEOPLE_SIGN.older_partner GAIN_SIGN.given_things
        SELF_SIGN.drink_drugs SELF_SIGN.police_contact OWN.low_self_esteem OWN.offending RISK
        ADULT_16_17 ONE_DAY""",
    # alcohol, drugs and phones from men met on Facebook, in the street and through friends
    "phones": """PEOPLE_SIGN.risky_adults PEOPLE_SIGN.exploited_friends GAIN_SIGN.gifts
        GAIN_SIGN.several_phones GAIN_SIGN.given_things GAIN_SIGN.online_stranger
        SELF_SIGN.underage_sex RISK SEX_13_15 PARTNER_13_15 GAP_13 OTHER_CHILDREN ONE_DAY""",
    # flattery, drinks, kissed and touched by a man of 28, and a friend beside her
    "shopping": """PEOPLE_SIGN.older_partner PEOPLE_SIGN.liked_by_older GAIN_SIGN.given_things
        SELF_SIGN.underage_sex RISK SEX_13_15 PARTNER_13_15 GAP_13 OTHER_CHILDREN ONE_DAY""",
    # forced by several older men, taken to another town and to a hotel
    "moved": """HARM_SIGN.moved_about HARM_SIGN.fearful PLACE_SIGN.hotels
        PEOPLE_SIGN.risky_adults SELF_SIGN.underage_sex SELF_SIGN.risky_sex HARM SEX_13_15
        PARTNER_13_15 GAP_13 MOVED MOVED_SIGN ONE_DAY""",
}


@pytest.fixture(scope="module")
def content() -> Catalogue:
    return load_catalogue(ROOT)


def _begun(content: Catalogue) -> Turn:
    turn = advance(content, None, Begin(), NOW)
    for words in WAY_IN:
        turn = advance(content, turn.session, Say(words), NOW)
    return turn


def _here(content: Catalogue, session: Session | None) -> Walk:
    assert session is not None
    return replay(content, session)


def _onward(turn: Turn) -> Iterator[str]:
    """The buttons that lead on; the picture and the way back are pressed apart."""
    for button in turn.reply.screens[0].buttons:
        if button.label not in {"Back", "Look something up", "Show the referral pathway"}:
            yield button.option


def _ways(content: Catalogue) -> Iterator[tuple[Turn, Walk]]:
    """Every turn of every way through the practice; what is answered after a case does not change
    the next one, so each place is gone on from once for each button.
    """
    waiting, seen = [_begun(content)], set()
    while waiting:
        turn = waiting.pop()
        walk = _here(content, turn.session)
        yield turn, walk
        step = walk.here.step
        key = (walk.here.place, str(walk.facts.get("would_refer")))
        if isinstance(step, End) or key in seen:
            continue
        seen.add(key)
        assert turn.session is not None
        for option in _onward(turn):
            pressed = Press(turn.session.turn, option)
            waiting.append(advance(content, turn.session, pressed, NOW))


def test_every_screen_of_every_way_says_that_it_is_practice_and_sends_nothing(
    content: Catalogue,
) -> None:
    stood, ends = set(), set()
    for turn, walk in _ways(content):
        assert turn.reply.screens[0].text.startswith(BANNER)
        assert not [effect for effect in turn.effects if isinstance(effect, Submit)]
        assert turn.session is not None
        assert submissions(content, turn.session, walk, NOW.date()) == ()
        stood.add((walk.here.dialog.id, walk.here.step.id))
        if isinstance(walk.here.step, End):
            ends.add(walk.here.place)
            assert walk.here.step.outcome is Outcome.FINISH
    waits = {
        (d.id, s.id)
        for d in content.dialogs.values()
        for s in d.steps.values()
        if d.manner is Manner.PRACTICE
        and (isinstance(s, Ask) or (isinstance(s, Tell) and s.button))
    }
    assert waits <= stood
    assert len(ends) == 1


def test_no_step_of_a_practice_can_come_to_a_mailbox(content: Catalogue) -> None:
    inside = [d for d in content.dialogs.values() if d.manner is Manner.PRACTICE]
    assert len(inside) == 7
    steps = [step for dialog in inside for step in dialog.steps.values()]
    assert not [s for s in steps if isinstance(s, Check)]
    assert not [s for s in steps if isinstance(s, End) and s.outcome is Outcome.SEND]
    called = {s.dialog for s in steps if isinstance(s, Call)}
    assert {content.dialogs[name].manner for name in called} == {Manner.PRACTICE}


@pytest.mark.parametrize("case", EXPECTED)
def test_the_rules_say_of_a_case_what_its_case_study_teaches(
    content: Catalogue, case: str
) -> None:
    found = None
    for _, walk in _ways(content):
        if walk.here.dialog.id == f"wirral/practice_{case}" and walk.here.step.id == "says":
            found = walk.finding
    assert found is not None
    assert found.action == "refer"
    assert set(found.routes) >= EXPECTED[case]


def _played_from(content: Catalogue, first: int) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Each case from this one to the last: its name, the rows that matched, and the screen."""
    turn = _begun(content)
    option = turn.reply.screens[0].buttons[first].option
    while True:
        assert turn.session is not None
        turn = advance(content, turn.session, Press(turn.session.turn, option), NOW)
        walk = _here(content, turn.session)
        if isinstance(walk.here.step, End):
            return
        if walk.here.step.id == "says":
            assert walk.finding is not None
            rows = [reason.row for reason in walk.finding.because]
            told = tuple(row for row in rows if not row.endswith(".otherwise"))
            name = walk.here.dialog.id.removeprefix("wirral/practice_")
            yield name, told, turn.reply.screens[0].text
        option = next(_onward(turn))


@pytest.mark.parametrize("first", range(len(BECAUSE)), ids=tuple(BECAUSE))
def test_a_case_has_the_reasons_of_its_own_story_whatever_was_played_before(
    content: Catalogue, first: int
) -> None:
    played = list(_played_from(content, first))
    assert [case for case, _, _ in played] == list(BECAUSE)[first:]
    for case, rows, text in played:
        assert rows == tuple(BECAUSE[case].split())
        assert text == next(_played_from(content, list(BECAUSE).index(case)))[2]


@pytest.mark.parametrize("case", BECAUSE)
def test_a_case_says_anew_every_sign_and_every_fact_that_any_case_says(
    content: Catalogue, case: str
) -> None:
    def said(name: str) -> tuple[set[str], set[str]]:
        steps = content.dialogs[f"wirral/practice_{name}"].steps.values()
        assigns = [step for step in steps if isinstance(step, Assign)]
        facts = {fact.id for step in assigns for fact, _ in step.values}
        return facts, {sign for step in assigns for sign, _ in step.marks}

    afresh, signs = said("afresh")
    assert signs == set(content.rules["wirral/assess"].indicators)
    anywhere = afresh.union(*(said(name)[0] for name in BECAUSE))
    assert afresh | said(case)[0] == anywhere
    steps = content.dialogs[f"wirral/practice_{case}"].steps
    called = steps["afresh"]
    assert isinstance(called, Call)
    assert (called.dialog, called.next[-1].go) == ("wirral/practice_afresh", "case")


def test_agreeing_waiting_and_being_unsure_are_answered_differently(content: Catalogue) -> None:
    said = {
        str(walk.facts["would_refer"]): turn.reply.screens[0].text
        for turn, walk in _ways(content)
        if walk.here.step.id == "says"
    }
    assert "You would refer, and so do the rules." in said["yes"]
    assert "You would wait. The rules say to refer now." in said["no"]
    assert "If you can't rule it out, rule it in." in said["unsure"]


def test_the_pathway_is_shown_on_request_and_practice_goes_on(content: Catalogue) -> None:
    last = next(turn for turn, walk in _ways(content) if isinstance(walk.here.step, End))
    given = advance(content, last.session, Say("Show the referral pathway"), NOW)
    assert [type(effect) for effect in given.effects] == [Give]


def test_what_was_practised_is_gone_when_somebody_starts_again(content: Catalogue) -> None:
    last = next(turn for turn, walk in _ways(content) if isinstance(walk.here.step, End))
    asked = advance(content, last.session, Say("Start again"), NOW)
    assert asked.session is not None
    labels = [button.label for button in asked.reply.screens[0].buttons]
    press = Press(asked.session.turn, str(labels.index("Start again")))
    again = advance(content, asked.session, press, NOW)
    facts = _here(content, again.session).facts
    assert "child_age" not in facts
    assert not again.reply.screens[0].text.startswith(BANNER)
