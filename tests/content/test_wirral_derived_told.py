"""Wirral's cases that nobody screens, worked out by hand from the practice guidance before the
rules were read: a social worker's own case, children in care, below level 4, information.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from bot.core.catalogue import Catalogue
from bot.core.evaluate import evaluate
from bot.core.facts import Known
from bot.loading.load import load_catalogue


class Told(NamedTuple):
    """What is known where nobody screens, and what the clause wants of it."""

    book: str
    facts: Mapping[str, str | int]
    routes: str
    advice: str = ""
    never: str = ""
    unsaid: str = ""


OWN: Final = {"role": "social_worker", "danger_now": "no", "open_case": "no", "level_4": "yes"}
BELOW: Final[Mapping[str, str | int]] = {  # with no safeguarding concern that is known
    **OWN,
    "level_4": "no",
    "moved": "no",
    "position_of_trust": "no",
    "child_age": 14,
}
CARE: Final = {**OWN, "looked_after": "yes", "other_authority": "no", "known_to_macse": "yes"}
POINTS: Final[Mapping[str, str | int]] = {
    "role": "professional",
    "danger_now": "no",
    "child_age": 14,
}
TOLD: Final = {
    # Open Cases; Referral Process: the social worker's case takes both forms along.
    "an open case of one's own": Told(
        "assess", {**OWN, "open_case": "yes"}, "wirral_cse2 wirral_macse wirral_iro", "open_case"
    ),
    "in danger, and one's own": Told(
        "assess", {**OWN, "danger_now": "yes"}, "wirral_cse2", "dial_999"
    ),
    # MACSE Meetings: what a strategy meeting held is reported to the next one.
    "a strategy meeting was held": Told(
        "assess", {**OWN, "strategy_held": "yes"}, "wirral_cse2 wirral_macse", "report_to_macse"
    ),
    # Children who are Looked After, and Additional Points.
    "in care": Told(
        "assess", CARE, "wirral_cse2 wirral_team_manager wirral_iro",
        "tell_team_manager meeting_points carers_record", "wirral_other_authority",
        "cse1_and_cse2",  # the meeting knows the child
    ),
    "in care, accommodated": Told(
        "assess", {**CARE, "care_status": "accommodated"}, "wirral_cse2", "parents_must_know",
        unsaid="parents_generally_know",
    ),
    "in care under an order": Told(
        "assess", {**CARE, "care_status": "care_order"}, "wirral_cse2", "parents_generally_know",
        unsaid="parents_must_know",
    ),
    "with foster carers": Told(
        "assess", {**CARE, "care": "foster"}, "wirral_cse2", "foster", unsaid="residential"
    ),
    "in a children's home": Told(
        "assess", {**CARE, "care": "residential"}, "wirral_cse2", "residential", unsaid="foster"
    ),
    "the meeting does not know the child": Told(
        "assess", {**CARE, "known_to_macse": "no"}, "wirral_cse2 wirral_macse", "cse1_and_cse2"
    ),
    "perhaps the meeting knows the child": Told(
        "assess", {**CARE, "known_to_macse": "unsure"}, "wirral_cse2", "cse1_and_cse2"
    ),
    "of another council, in care": Told(
        "assess", {**CARE, "other_authority": "yes"}, "wirral_other_authority",
        "other_authority_now",
    ),
    "another child in the same home": Told(
        "assess", {**CARE, "other_children": "yes"}, "wirral_cse2", "each_child"
    ),
    # Below the threshold: the gateway, the forms to the meeting all the same, and up again.
    "below level 4": Told(
        "assess", {**BELOW, "risk_rising": "no"},
        "wirral_cse2 wirral_gateway wirral_macse", "gateway", "wirral_mash_manager",
    ),
    "below level 4, and it grows": Told(
        "assess", {**BELOW, "risk_rising": "yes"}, "wirral_mash_manager", "step_up"
    ),
    # Below it means "no identified safeguarding concerns": one that is known takes it away.
    "said to be below level 4, and perhaps moved": Told(
        "assess", {**BELOW, "moved": "unsure"}, "wirral_cse2 wirral_police", "tell_police",
        "wirral_gateway", "gateway",
    ),
    "said to be below level 4, and a teacher": Told(
        "assess", {**BELOW, "position_of_trust": "yes"}, "wirral_cse2 wirral_lado", "tell_lado",
        "wirral_gateway", "gateway",
    ),
    "said to be below level 4, and twelve": Told(
        "assess", {**BELOW, "child_age": 12}, "wirral_cse2", "decided_in_a_day",
        "wirral_gateway", "gateway",
    ),
    # A position of trust and trafficking are the same for a social worker's own case: the
    # mail of that case is the referral into CADT.
    "one's own case, and a teacher": Told(
        "assess", {**OWN, "position_of_trust": "yes"}, "wirral_cse2 wirral_lado", "tell_lado",
        "wirral_cadt",  # once is enough
    ),
    "one's own case, perhaps moved": Told(
        "assess", {**OWN, "moved": "unsure"}, "wirral_cse2 wirral_police", "record_trafficking",
        "wirral_cadt",
    ),
    # Intelligence and Information Gathering; Early Help.
    "a hotel, and no child": Told(
        "intelligence", {**POINTS, "child_identifiable": "no"}, "wirral_intelligence",
        "full_form", "wirral_cadt",
    ),
    "what may point to a child": Told(
        "intelligence", {**POINTS, "child_identifiable": "unsure", "has_information": "no"},
        "wirral_cadt", never="wirral_intelligence",
    ),
    "street patterns, and a child": Told(
        "intelligence", {**POINTS, "child_identifiable": "yes", "has_information": "yes"},
        "wirral_cadt wirral_intelligence",
    ),
    # Nothing was asked: first read as no less than a screen that shows nothing. It is no screen
    # at all, so the rules say that too little was asked, and lead nowhere.
    "nothing was asked": Told("assess", {}, "", never="wirral_cadt", unsaid="look_again"),
}  # fmt: skip


@pytest.fixture(scope="module")
def content() -> Catalogue:
    return load_catalogue(Path(__file__).parents[2])


@pytest.mark.parametrize("name", TOLD)
def test_what_is_told_without_a_screen_leads_where_the_guidance_has_it(
    content: Catalogue, name: str
) -> None:
    told = TOLD[name]
    finding = evaluate(content.rules[f"wirral/{told.book}"], Known(dict(told.facts), {}))
    assert set(told.routes.split()) <= set(finding.routes)
    assert set(told.advice.split()) <= set(finding.advice)
    assert not set(told.never.split()) & set(finding.routes)
    assert not set(told.unsaid.split()) & set(finding.advice)
