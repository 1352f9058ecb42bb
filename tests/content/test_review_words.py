"""What stands above a review is true whichever way the report leaves: by mail, or as documents."""

from __future__ import annotations

import pytest

from bot.app import ROOT
from bot.core.dialog import Check
from bot.core.sending import sends
from bot.loading.load import load_catalogue

CATALOGUE = load_catalogue(ROOT)
REVIEWS = [
    step.text.source
    for dialog in CATALOGUE.dialogs.values()
    for step in dialog.steps.values()
    if isinstance(step, Check) and sends(dialog, step)
]


@pytest.mark.parametrize("promise", ["secure email", "If you send it"])
def test_no_review_promises_a_mail_that_a_report_by_documents_never_is(promise: str) -> None:
    assert len(REVIEWS) > 5
    assert [text for text in REVIEWS if promise in text] == []


def test_the_button_for_documents_names_nothing_else_that_is_not_there() -> None:
    assert CATALOGUE.labels["by_hand"] == "Get the documents"
