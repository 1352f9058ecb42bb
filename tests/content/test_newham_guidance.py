"""Everyday questions about Newham each find the right passage among the first three."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.adapters.search import Search
from bot.core.catalogue import Catalogue
from bot.loading.asked import questions_in
from bot.loading.load import load_catalogue

ROOT = Path(__file__).parents[2]
QUESTIONS = {
    "newham_definition": "what does exploitation mean now",
    "newham_guiding_documents": "which london procedures does this follow",
    "newham_safeguard": "safeguard letters",
    "newham_categories": "difference between cat 1 and cat 2",
    "newham_category_3": "what is category 3",
    "newham_who_decides": "can i lower the category",
    "newham_clipping": "clipping meaning",
    "newham_start": "how do i start the cse process",
    "newham_87a": "who fills in the 87a",
    "newham_87a_investigation": "police are already investigating do i still need an 87a",
    "newham_multi_agency": "who has to attend the strategy meeting",
    "newham_not_open": "the case is not open to childrens services",
    "newham_mase_when": "case is stuck, escalate",
    "newham_mase_not": "does mase hold a caseload",
    "newham_mase_date": "when is the next mase panel",
    "newham_mase_late": "missed the mase deadline",
    "newham_problem_profile": "problem profile",
    "newham_disruption": "disruption of perpetrators",
    "newham_report_due": "when is the monthly report due",
    "newham_report_purpose": "why do we send reports",
    "newham_report_final": "final report when the child exits",
    "newham_chair": "who chairs the meeting",
    "newham_how_often": "how often are strategy meetings",
    "newham_records": "minutes and risk assessments uploaded",
    "newham_supervision": "decision in supervision",
    "newham_dovetail": "combine with core group",
    "newham_health": "no health worker, community nurse",
    "newham_out_of_borough": "child placed in another borough",
    "newham_parents": "child does not want mum told",
    "newham_public": "where can a member of the public report in newham",
}


# Acronyms that no dialog uses.
ELSEWHERE = {
    "MACE": "Multi Agency Child Exploitation",
    "CYPS": "Children and Young People's Services",
}


@pytest.fixture(scope="module")
def content() -> Catalogue:
    return load_catalogue(ROOT)


@pytest.fixture(scope="module")
def search(content: Catalogue) -> Search:
    return Search(content.guidance.values(), questions_in(ROOT))


@pytest.mark.parametrize("wanted", QUESTIONS)
def test_a_question_finds_its_passage(search: Search, wanted: str) -> None:
    found = [answer.passage.id for answer in search.look_up(QUESTIONS[wanted], "newham").told[:3]]
    assert wanted in found


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("how do i refer", "newham_refer"),
        ("make a referral", "newham_refer"),
        ("where do i send a referral", "newham_refer"),
        ("how do i refer a case to mase", "newham_mase_refer"),
        ("IRO", "newham_iro"),
        ("do i tell the independent reviewing officer", "newham_iro"),
    ],
)
def test_what_everybody_asks_first_is_answered_first(
    search: Search, question: str, wanted: str
) -> None:
    assert search.look_up(question, "newham").told[0].passage.id == wanted


ACRONYMS = ("MASE", "MACE", "CFCS", "CYPS", "CSE", "IRO", "MASH", "MAP", "LADO")


@pytest.mark.parametrize("acronym", ACRONYMS)
def test_a_passage_of_newham_spells_out_each_acronym_it_uses(
    content: Catalogue, acronym: str
) -> None:
    meaning = content.acronyms.get(acronym, ELSEWHERE.get(acronym, "")).replace("-", " ")
    assert meaning
    used = [
        p
        for p in content.guidance.values()
        if p.area == "newham" and re.search(rf"\b{acronym}\b", f"{p.title} {p.text}")
    ]
    read = {p.id: " ".join(p.text.split()).replace("-", " ").casefold() for p in used}
    assert [id_ for id_, text in read.items() if meaning.casefold() not in text] == []


def test_no_passage_of_newham_shows_a_named_person(content: Catalogue) -> None:
    own = [p for p in content.guidance.values() if p.area == "newham"]
    people = ("Sharp", "Adentan", "Lloyd", "elft.nhs", "bartshealth")
    assert len(own) > 60
    assert [p.id for p in own if any(name in p.whole for name in people)] == []


def test_a_printed_mailbox_stands_after_the_front_door(content: Catalogue) -> None:
    printed = [p for p in content.guidance.values() if p.area == "newham" and "@" in p.whole]
    assert [p.id for p in printed] == ["newham_mase_refer"]
    assert all("@" not in p.text and "020 3373 4600" in p.text for p in printed)
