"""The forms that ship, held to what the two documents print and to what the dialogs ask."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.core.catalogue import Catalogue
from bot.core.dialog import Ask, Repeat, fields_of
from bot.core.fields import forms_of
from bot.core.layout import Layout
from bot.core.routing import How, Route
from bot.core.sheets import label_of, title_of
from bot.loading.checks.usage import enters
from bot.loading.load import load_catalogue

ROOT = Path(__file__).parents[2]
IDS = [
    "cse1",
    "screening_tool",
    "request_for_services",
    "cse2",
    "mase_referral",
    "monthly_case_report",
    "final_case_report",
    "strategy_agenda",
    "strategy_minutes",
]
PRINTED_BY_THE_BOARD = {"mase_referral", "monthly_case_report", "final_case_report"}
# Newham, Appendices: the boxes of the MASE referral and review form, in the order of the page.
MASE = (
    "Carefirst reference", "Young person", "Born, or age", "Address", "Ethnicity", "Gender",
    "Legal status", "Parents or carers", "School and council", "Disability",
    "Sexual orientation", "Key agencies", "Police involvement", "Going missing",
    "Gang involvement", "Peers, friends, area", "Key locations", "Council with the case",
    "To MASE before", "Dates at MASE", "Background or update", "Immediate harm", "Barriers",
    "Referrer and agency", "Manager", "Contact details", "Social worker and team",
    "Social worker's contact",
)  # fmt: skip
# Newham, Appendices: the rows of the case report, in the order of the page.
REPORT = (
    "P number", "The child", "Born, or age", "Gender", "Ethnicity", "Legal status",
    "School or college", "Address", "Parent or guardian", "Social worker, supervisor",
    "First strategy meeting", "Last strategy meeting", "Reasons for referral",
    "Work to date, outcomes", "Actions and target dates", "Category", "Why this category",
    "Barriers to progress", "MASE referral made", "Locations", "Missing, last interview",
    "Links to gangs", "Other vulnerabilities",
)  # fmt: skip


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(ROOT)


def labels(catalogue: Catalogue, form: str) -> list[str]:
    """What the form's own fields are called, in its order."""
    found = []
    for section in catalogue.layouts[form].sections:
        asks = [
            (section.place(step.fact.id), label_of(step))
            for dialog in section.asks
            for step in catalogue.dialogs[dialog].steps.values()
            if isinstance(step, Ask) and (dialog, step.fact.id) in section.parts
        ]
        found += [label for _, label in sorted(asks, key=lambda pair: pair[0])]
    return found


def dialogs_of(catalogue: Catalogue, route: Route) -> set[str]:
    """The dialogs whose answers a route takes, with those that they go into."""
    found, waiting = set(route.takes), list(route.takes)
    while waiting:
        for step in catalogue.dialogs[waiting.pop()].steps.values():
            new = set(enters(catalogue, step)) - found
            found |= new
            waiting += new
    return found


def printed(catalogue: Catalogue, route: Route) -> list[Layout]:
    """The forms that a report of this route can be printed as."""
    own = list(forms_of(catalogue, route, None))
    walked = [
        catalogue.layouts[form]
        for other in catalogue.routes.values()
        if other.area == route.area and other.how is not How.MAIL
        for form in other.forms
    ]
    return own + walked if route.forms else own


@pytest.mark.parametrize("form", IDS)
def test_every_form_is_laid_out_and_named_in_full(form: str, catalogue: Catalogue) -> None:
    layout = catalogue.layouts[form]
    assert layout.sections
    starts = title_of(layout).startswith("Information for ")
    assert starts is layout.not_the_boards_form is (form not in PRINTED_BY_THE_BOARD)
    assert title_of(layout)[0].isupper()


def test_everything_that_is_sent_with_forms_has_its_place_on_one(catalogue: Catalogue) -> None:
    judged = {fact for book in catalogue.rules.values() for fact in book.judgement}
    for route in catalogue.routes.values():
        if not (route.takes and route.forms):
            continue
        forms = printed(catalogue, route)
        for name in dialogs_of(catalogue, route) - {"common/sign"}:
            for step in catalogue.dialogs[name].steps.values():
                repeated = [step.fact.id] if isinstance(step, Repeat) else []
                for fact in {*repeated, *dict(fields_of(step))}:
                    placed = fact in judged or any(f.takes(name, fact) for f in forms)
                    final = {"mitigated", "exit_meeting"}  # of the final report alone
                    assert placed or fact in final, f"{route.id}: {name} {fact}"


def test_the_mase_form_has_every_box_of_the_template_in_its_order(catalogue: Catalogue) -> None:
    found = [label for label in labels(catalogue, "mase_referral") if label in MASE]
    assert found == list(MASE)
    layout = catalogue.layouts["mase_referral"]
    for many in ("newham/offender", "newham/meeting", "newham/event"):
        assert any(many in section.dialogs for section in layout.sections)


@pytest.mark.parametrize("form", ["monthly_case_report", "final_case_report"])
def test_the_case_reports_have_every_row_of_the_template_in_its_order(
    form: str, catalogue: Catalogue
) -> None:
    found = [label for label in labels(catalogue, form) if label in REPORT]
    assert found == list(REPORT)
    assert any("newham/offender" in s.dialogs for s in catalogue.layouts[form].sections)
    left = {"Why the child leaves", "Meeting that agreed it"}
    assert left.isdisjoint(labels(catalogue, form)) is (form == "monthly_case_report")


def test_cse_2_is_for_the_social_worker_alone(catalogue: Catalogue) -> None:
    asks = [s for s in catalogue.dialogs["wirral/cse2"].steps.values() if isinstance(s, Ask)]
    own = [step for step in asks if step.fact.id not in {"callback", "child_where"}]
    assert own
    assert {step.who for step in own} == {("social_worker",)}


def test_signs_stand_on_the_screening_tool_alone(catalogue: Catalogue) -> None:
    assert [form.id for form in catalogue.layouts.values() if form.signs] == ["screening_tool"]


def test_a_needed_field_can_always_be_left_out_or_said_to_be_not_known(
    catalogue: Catalogue,
) -> None:
    needed = [
        step
        for dialog in catalogue.dialogs.values()
        for step in dialog.steps.values()
        if isinstance(step, Ask) and step.required
    ]
    assert len(needed) >= 30
    assert all(step.skip or step.unsure for step in needed)
