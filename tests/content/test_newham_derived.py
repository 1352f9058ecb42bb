"""Newham's cases worked out by hand from the practice directive, clause in hand, and not from the
rules: what the framework must suggest, where it must lead, and what must follow.
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

CALM: Final[Mapping[str, str | int]] = {
    "danger_now": "no",
    "role": "social_worker",
    "child_age": 14,
}
OPEN: Final[Mapping[str, str | int]] = {**CALM, "open_case": "yes"}
NOT_OPEN: Final[Mapping[str, str | int]] = {**CALM, "open_case": "no"}


class Case(NamedTuple):
    """What is known, and what the clause wants of it; `never` must not be among the routes."""

    facts: Mapping[str, str | int]
    signs: str
    level: str
    routes: str = ""
    never: str = ""


CASES: Final = {
    # Appendix B: the lowest column that lists a sign carries it; nothing is added up.
    "one warning sign alone": Case(CALM, "cigarettes", "1"),
    "three columns list it, the first counts": Case(CALM, "cutting_overdosing", "1"),
    "two columns list it, the second counts": Case(CALM, "clipping", "2"),
    "only the third lists it": Case(CALM, "street_homeless", "3"),
    "many of the first are still the first": Case(
        CALM, "cigarettes truanting late_home secret_phone unexplained_money unknown_adults", "1"
    ),
    "the strongest sign leads": Case(CALM, "cigarettes out_overnight pregnancy", "3"),
    "bullying stands in the second and third": Case(CALM, "bullying_threatening", "2"),
    "locked in is the third": Case(CALM, "locked_in", "3"),
    # Appendix B, the descriptors: no offence yet; exchange, online included; habitual.
    "signs and no offence yet": Case({**CALM, "offence_evidence": "none"}, "truanting", "1"),
    "no sign and no offence is no category": Case(
        {**CALM, "offence_evidence": "none"}, "", "none"
    ),
    "evidence of exchange is the second": Case({**CALM, "offence_evidence": "exchange"}, "", "2"),
    "habitual is the third": Case({**CALM, "offence_evidence": "habitual"}, "truanting", "3"),
    # Appendices, MASE form, note: a case that is not open goes to triage first.
    "harm in a case that is not open": Case(NOT_OPEN, "sti", "1", "newham_front_door"),
    "a barrier before the case is open": Case(
        {**NOT_OPEN, "barriers": "yes"}, "sti", "1", "newham_front_door", "newham_mase"
    ),
    # 3.2 to 3.5: an open case starts the process.
    "an open case": Case(OPEN, "sti", "1", "newham_87a newham_strategy"),
    # 6.6: Form 87a all the same.
    "an offence is investigated": Case(
        {**OPEN, "crime_investigated": "yes"}, "sti", "1", "newham_87a"
    ),
    # 4.4, 6.7, 6.12: barriers to progress, and only they, lead to the panel.
    "a barrier in an open case": Case({**OPEN, "barriers": "yes"}, "sti", "1", "newham_mase"),
    "no barrier": Case({**OPEN, "barriers": "no"}, "sti", "1", "newham_strategy", "newham_mase"),
    # 5.1 and 6.11: whoever has the case on their caseload reports, and consults health.
    "the worker's own case": Case(OPEN, "sti", "1", "newham_case_report newham_health"),
    "somebody else's case": Case(
        {**OPEN, "role": "professional"}, "sti", "1", "newham_strategy", "newham_case_report"
    ),
    # Nothing is marked: no category, and somebody to talk to (2.1: the list is not exhaustive).
    "nothing at all": Case(CALM, "", "none", "newham_lead"),
    # Danger comes first, whatever else is known.
    "danger and nothing else": Case(
        {**CALM, "danger_now": "yes"}, "", "none", "newham_front_door"
    ),
    "perhaps danger": Case({**CALM, "danger_now": "unsure"}, "", "none", "newham_front_door"),
}


@pytest.fixture(scope="module")
def content() -> Catalogue:
    return load_catalogue(Path(__file__).parents[2])


def found(content: Catalogue, case: Case) -> Finding:
    book = content.rules["newham/assess"]
    signs = dict.fromkeys(book.indicators, "no") | dict.fromkeys(case.signs.split(), "yes")
    assert signs.keys() == book.indicators.keys()
    return evaluate(book, Known(dict(case.facts), signs))


@pytest.mark.parametrize("name", CASES)
def test_a_case_comes_out_as_the_directive_has_it(content: Catalogue, name: str) -> None:
    case = CASES[name]
    finding = found(content, case)
    assert finding.results["level"] == case.level
    assert set(case.routes.split()) <= set(finding.routes)
    assert not set(case.never.split()) & set(finding.routes)
    assert finding.emergency is (case.facts["danger_now"] != "no")


@pytest.mark.parametrize(
    ("facts", "advice"),
    [
        ({"chair": "other"}, "who_chairs"),  # 6.1
        ({"tool_refreshed": "no"}, "refresh_now"),  # 6.3
        ({"partners_invited": "no"}, "invite_partners"),  # 6.10 (i)
        ({"own_section": "no"}, "own_section"),  # 6.10 (iii)
        ({"health_involved": "no"}, "consult_health"),  # 6.11
        ({"form_87a_sent": "no"}, "form_87a"),  # 3.2
        ({"out_of_borough": "yes"}, "say_why"),  # 6.13
        ({"parents_not_told": "yes", "parents_agreed": "no"}, "mase_chairs"),  # 6.14
        ({"final_meeting": "yes"}, "final_report"),  # 5.1
    ],
)
def test_what_a_strategy_meeting_lacks_is_said(
    content: Catalogue, facts: Mapping[str, str], advice: str
) -> None:
    known = {"danger_now": "no", "meeting_paper": "minutes"}
    book = content.rules["newham/strategy"]
    assert advice not in evaluate(book, Known(known, {})).advice
    assert advice in evaluate(book, Known({**known, **facts}, {})).advice


@pytest.mark.parametrize(
    ("done", "said"), [("no", True), ("unsure", True), ("yes", False), ("nothing", False)]
)
def test_a_barrier_that_the_panel_does_not_know_is_said_in_the_report(
    content: Catalogue,
    done: str,
    said: bool,  # noqa: FBT001
) -> None:
    known = {"danger_now": "no", "report_kind": "monthly", "mase_done": done}
    advice = evaluate(content.rules["newham/case_report"], Known(known, {})).advice
    assert ("refer_to_mase" in advice) is said


@pytest.mark.parametrize(
    ("done", "said"), [("no", True), ("unsure", True), ("yes", False), ("nothing", False)]
)
def test_a_final_report_says_of_an_open_barrier_what_closing_takes(
    content: Catalogue,
    done: str,
    said: bool,  # noqa: FBT001
) -> None:  # 4.4, 6.5, 6.12
    known = {"danger_now": "no", "report_kind": "final", "mase_done": done}
    advice = evaluate(content.rules["newham/case_report"], Known(known, {})).advice
    assert ("closed_while_blocked" in advice) is said
    assert "refer_to_mase" not in advice


@pytest.mark.parametrize("missing", ["", "nurse", "acute", "clinicians"])
def test_consult_health_is_said_until_all_three_were_consulted(
    content: Catalogue, missing: str
) -> None:  # 6.11
    known = {"danger_now": "no", "meeting_paper": "minutes", "health_involved": "no"}
    for who in ("nurse", "acute", "clinicians"):
        known[f"{who}_consulted"] = "no" if who == missing else "yes"
    found = evaluate(content.rules["newham/strategy"], Known(known, {}))
    assert ("consult_health" in found.advice) is bool(missing)
    assert ("newham_health" in found.routes) is bool(missing)
