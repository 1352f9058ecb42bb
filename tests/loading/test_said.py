"""What each kind of home of the trace says, from the content that ships."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.core.catalogue import Catalogue
from bot.core.dialog import Assign, Decide, End
from bot.core.routing import How
from bot.loading.load import load_catalogue
from bot.loading.said import said
from bot.loading.trace import homes_of

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def content() -> Catalogue:
    return load_catalogue(ROOT)


def test_every_home_says_something_but_a_step_that_shows_nothing(content: Catalogue) -> None:
    silent = {home for home in homes_of(content) if not said(content, home)}
    shows_nothing = {
        f"dialog:{dialog.id}#{step.id}"
        for dialog in content.dialogs.values()
        for step in dialog.steps.values()
        if isinstance(step, Assign | Decide) or (isinstance(step, End) and not step.text)
    }
    assert silent == shows_nothing


def test_a_route_says_where_it_goes_with_which_subject_and_forms(content: Catalogue) -> None:
    mailed = [route for route in content.routes.values() if route.how is How.MAIL]
    assert len(mailed) >= 6
    for route in mailed:
        sentences = said(content, f"route:{route.id}")
        assert f"With the subject {route.subject}." in sentences
        for box in route.mailboxes:
            assert f"Sent to {content.mailboxes[box].name}." in sentences
        for form in route.forms:
            assert f"With the form {content.layouts[form].title}." in sentences


def test_a_rule_says_its_reason_its_routes_and_its_advice(content: Catalogue) -> None:
    book = content.rules["wirral/assess"]
    row = next(row for table in book.tables for row in table.rows if row.id == "TRUST")
    sentences = said(content, "rule:wirral/assess#TRUST")
    assert row.text in sentences
    assert f"Leads to {content.routes['wirral_lado'].name}." in sentences
    assert set(said(content, "advice:wirral/assess#tell_lado")) <= set(sentences)


@pytest.mark.parametrize(
    ("home", "sentence"),
    [
        ("deadline:mase_panel", "On the first Thursday of each month."),
        ("deadline:monthly_report", "On the third Thursday of each month."),
        ("deadline:strategy_from", "56 days after."),
        ("indicator:newham/assess#clipping", "Listed in category 3."),
        ("dialog:wirral/cse1", "Goes through CSE 1."),
        ("dialog:wirral/entry#referral", "Goes on with About the child."),
    ],
)
def test_what_a_home_does_can_be_quoted(content: Catalogue, home: str, sentence: str) -> None:
    assert sentence in said(content, home)


def test_a_date_before_another_says_how_many_days(content: Catalogue) -> None:
    panel = said(content, "deadline:mase_panel")[0]
    assert said(content, "deadline:mase_referral")[-1] == f"14 days before: {panel}"
