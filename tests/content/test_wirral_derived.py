"""Wirral's cases worked out by hand from the practice guidance, clause in hand, before the rules
were read: whom a case goes to, what must follow, and what must never.

Where the first reading was mended afterwards, the reason stands beside the case.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from bot.core.catalogue import Catalogue
from bot.core.evaluate import evaluate
from bot.core.facts import Known
from bot.core.finding import Finding
from bot.loading.load import load_catalogue

NOT_REFERRED: Final = {"discuss", "intelligence", "record", "advise"}
CADT_FORMS: Final = {"request_for_services", "cse1", "screening_tool"}
LESS: Final = {"ruled_out": "yes", "judged": "lower"}  # all that could make a case less


class Case(NamedTuple):
    """One child, screened: what fits (`?` where it is not sure) and what the clause wants."""

    signs: str
    action: str
    routes: str = ""
    advice: str = ""
    never: str = ""
    facts: Mapping[str, str | int] = {}
    age: str | int = 15


SIGNS: Final = {
    # Signs and Indicators; Push, physical symptoms: harm is happening, sure or not, and stays.
    "injuries": Case("injuries", "refer", "wirral_cadt", "decided_in_a_day"),
    "perhaps injuries": Case("injuries?", "refer", "wirral_cadt"),
    "injuries are not ruled out": Case("injuries", "refer", "wirral_cadt", facts=LESS),
    "repeat infections": Case("infections_pregnancy", "refer", "wirral_cadt", facts=LESS),
    "afraid of certain people": Case("fearful", "refer", "wirral_cadt", facts=LESS),
    # Language and Labelling: the child who brings others is likely made to.
    "brings younger children": Case(
        "recruiting", "refer", "wirral_cadt", "each_child", facts={**LESS, "other_children": "yes"}
    ),
    # First read as a risk. Whatever its cause, the child is being hurt: harm, and no less.
    "an overdose": Case("self_harm", "refer", "wirral_cadt"),
    "taken to a red light area": Case("adult_venues", "refer", "wirral_cadt"),
    # Signs of risk: "If you can't rule it out, rule it in". The kind of list does not matter.
    "goes missing, the most immediate": Case("going_missing", "refer", "wirral_cadt"),
    "perhaps goes missing": Case("going_missing?", "refer", "wirral_cadt"),
    "known perpetrator": Case("known_abusers", "refer", "wirral_cadt"),
    "an older partner": Case("older_partner", "refer", "wirral_cadt"),
    "money, listed under Push": Case("unexplained_fun", "refer", "wirral_cadt"),
    "risky adults, listed under Push": Case("risky_adults", "refer", "wirral_cadt"),
    "somebody older, listed under Pull": Case("liked_by_older", "refer", "wirral_cadt"),
    "a gang": Case("gangs", "refer", "wirral_cadt"),
    "a police record alone": Case("police_contact", "refer", "wirral_cadt"),
    "a view that is lower does not undo it": Case(
        "going_missing", "refer", "wirral_cadt", "judged_beside", facts={"judged": "lower"}
    ),
    # Ruled out with a reason and somebody consulted: looked at again, never an all-clear.
    "missing is ruled out": Case(
        "going_missing", "discuss", "wirral_lead", "keep_reasons look_again", "wirral_cadt",
        {"ruled_out": "yes"},
    ),
    # First read sign by sign. The reason is given once, for all signs of risk together.
    "two signs are ruled out": Case(
        "going_missing gifts", "discuss", "wirral_lead", "look_again", facts={"ruled_out": "yes"}
    ),
    "one of harm stays when risk is ruled out": Case(
        "going_missing injuries?", "refer", "wirral_cadt", facts={"ruled_out": "yes"}
    ),
    # Push and Pull Factors: what makes a child vulnerable is no sign, and no all-clear either.
    "background alone": Case(
        "family_breakdown immigration", "discuss", "wirral_lead", "look_again", "wirral_cadt"
    ),
    "violence at home": Case("domestic_abuse", "discuss", "wirral_lead", "look_again"),
    "an impairment alone": Case("impairment", "discuss", "wirral_lead", never="wirral_cadt"),
    "nothing fits": Case("", "discuss", "wirral_lead", "look_again", "wirral_cadt"),
    "background, and the worker sees more": Case(
        "cut_off", "refer", "wirral_cadt", facts={"judged": "higher"}
    ),
    # Push, item 1: abuse that CADT does not know goes there, whatever else is marked.
    "neglect that is not known": Case(
        "abuse_or_neglect", "refer", "wirral_cadt", facts={**LESS, "abuse_known": "no"}
    ),
    "neglect, perhaps known": Case(
        "abuse_or_neglect", "refer", "wirral_cadt", facts={"abuse_known": "unsure"}
    ),
    "neglect that is known": Case(
        "abuse_or_neglect", "discuss", "wirral_lead", "look_again", facts={"abuse_known": "yes"}
    ),
}  # fmt: skip
AGES: Final = {
    # Under 13's: the lead always; what is sexual goes to CADT whatever the partner's age.
    "12, sexual activity": Case(
        "underage_sex",
        "refer",
        "wirral_cadt wirral_lead",
        "rape_in_law lead_always write_decision",
        facts=LESS,
        age=12,
    ),
    "12, perhaps sexual activity": Case(
        "underage_sex?", "refer", "wirral_cadt", "lead_always", facts=LESS, age=12
    ),
    "12 and 13": Case("", "refer", "wirral_cadt", "rape_in_law", facts={"other_age": 13}, age=12),
    "12 and no sign": Case("", "discuss", "wirral_lead", "lead_always", "wirral_cadt", age=12),
    "12, not shared": Case(
        "", "discuss", "wirral_lead", "senior_manager", facts={"not_sharing": "yes"}, age=12
    ),
    "no age known, sexual activity": Case(
        "underage_sex", "refer", "wirral_cadt", "lead_always", facts=LESS, age="unsure"
    ),
    # 13-15 year olds: weighed every time; always CADT where the gap is considerable.
    "13 and 17": Case(
        "", "refer", "wirral_cadt", "lead_or_line_manager", facts={**LESS, "other_age": 17}, age=13
    ),
    "15 and 21": Case(
        "", "refer", "wirral_cadt", "lead_or_line_manager", facts={**LESS, "other_age": 21}
    ),
    "14 and nobody knows": Case(
        "underage_sex", "refer", "wirral_cadt", facts={**LESS, "other_age": "unsure"}, age=14
    ),
    "15 and 16, ruled out": Case(
        "underage_sex",
        "discuss",
        "wirral_lead",
        "lead_or_line_manager write_decision",
        "wirral_cadt",
        {"other_age": 16, "ruled_out": "yes"},
    ),
    "15 and 16": Case("underage_sex", "refer", "wirral_cadt", facts={"other_age": 16}),
    # Over 16: the document's 17 + 33; Alex of case study 2; two young people of nearly one age.
    "17 and 33": Case("", "refer", "wirral_cadt", facts={**LESS, "other_age": 33}, age=17),
    "16 and a woman much older": Case("older_partner drink_drugs", "refer", "wirral_cadt", age=16),
    "17 and 18": Case(
        "", "discuss", "wirral_lead", never="wirral_cadt", age=17, facts={"other_age": 18}
    ),
    # Definitions; Criteria: a position of trust is always referred, at any age.
    "17 and a teacher": Case(
        "",
        "refer",
        "wirral_cadt wirral_lado",
        "tell_lado",
        age=17,
        facts={**LESS, "position_of_trust": "yes"},
    ),
    "16 and perhaps a foster carer": Case(
        "", "refer", "wirral_cadt wirral_lado", age=16, facts={"position_of_trust": "unsure"}
    ),
    "15 and a coach": Case(
        "", "refer", "wirral_cadt wirral_lado", facts={**LESS, "position_of_trust": "yes"}
    ),
    "16, disabled, sexual activity": Case(
        "risky_sex", "refer", "wirral_cadt", "disabled_child", facts={"disabled": "yes"}, age=16
    ),
    "14, disabled, and no sign": Case(
        "", "discuss", "wirral_lead", "disabled_child", "wirral_cadt", {"disabled": "yes"}, 14
    ),
}
AROUND: Final = {
    # Trafficking: police and CADT always, from one street to the next, known or suspected.
    "moved one street on": Case(
        "", "refer", "wirral_cadt wirral_police", "record_trafficking",
        facts={**LESS, "moved": "yes"},
    ),
    "perhaps moved": Case("", "refer", "wirral_cadt wirral_police", facts={"moved": "unsure"}),
    "turns up in new towns": Case(
        "moved_about", "refer", "wirral_cadt wirral_police", "record_trafficking", facts=LESS
    ),
    # MACSE Meetings: imminent risk goes to CADT at once.
    "in danger now": Case(
        "gifts", "emergency", "wirral_cadt", "dial_999 front_door_at_once",
        facts={**LESS, "danger_now": "yes"},
    ),
    "in danger, and no sign": Case(
        "", "emergency", "wirral_cadt", "dial_999", facts={"danger_now": "yes"}
    ),
    "perhaps in danger": Case(
        "", "emergency", "wirral_cadt", "dial_999", facts={"danger_now": "unsure"}
    ),
    # Open Cases: through CADT, into MACSE too, and the reviewing officer knows.
    "an open case": Case(
        "drink_drugs", "refer", "wirral_cadt wirral_macse wirral_iro", "open_case",
        facts={"open_case": "yes"},
    ),
    # Children who are Looked After, and Additional Points.
    "in care, missing": Case(
        "going_missing", "refer", "wirral_cadt wirral_team_manager wirral_iro",
        "tell_team_manager meeting_points carers_record", "wirral_other_authority",
        {"looked_after": "yes", "other_authority": "no"},
    ),
    "in the care of another council": Case(
        "going_missing", "refer", "wirral_cadt wirral_other_authority", "other_authority_now",
        facts={"looked_after": "yes", "other_authority": "yes"},
    ),
}  # fmt: skip
CASES: Final = SIGNS | AGES | AROUND


@pytest.fixture(scope="module")
def content() -> Catalogue:
    return load_catalogue(Path(__file__).parents[2])


def found(content: Catalogue, case: Case) -> Finding:
    book = content.rules["wirral/assess"]
    marked = {s.rstrip("?"): "unsure" if s.endswith("?") else "yes" for s in case.signs.split()}
    assert marked.keys() <= book.indicators.keys()
    known = {"role": "professional", "danger_now": "no", "child_age": case.age, **case.facts}
    return evaluate(book, Known(known, dict.fromkeys(book.indicators, "no") | marked))


@pytest.mark.parametrize("name", CASES)
def test_a_case_comes_out_as_the_guidance_has_it(content: Catalogue, name: str) -> None:
    case = CASES[name]
    finding = found(content, case)
    assert finding.results["action"] == case.action
    assert set(case.routes.split()) <= set(finding.routes)
    assert set(case.advice.split()) <= set(finding.advice)
    assert not set(case.never.split()) & set(finding.routes)
    assert finding.emergency is (case.action == "emergency")


@pytest.mark.parametrize("name", [name for name in CASES if CASES[name].action in NOT_REFERRED])
def test_what_is_not_referred_is_no_all_clear(content: Catalogue, name: str) -> None:
    finding = found(content, CASES[name])
    assert "look_again" in finding.advice
    assert "wirral_lead" in finding.routes


@pytest.mark.parametrize(
    "name", [name for name in CASES if CASES[name].action not in NOT_REFERRED]
)
def test_what_is_referred_goes_to_cadt_with_its_forms_and_never_waits_for_the_meeting(
    content: Catalogue, name: str
) -> None:
    finding = found(content, CASES[name])
    cadt = content.routes["wirral_cadt"]
    assert "wirral_cadt" in finding.routes
    assert set(cadt.forms) >= CADT_FORMS
    assert cadt.due is not None
    assert cadt.due.within_hours == 24
    assert finding.results["time_limit"] in {"within_24_hours", "at_once"}
