"""The document of Newham's framework: the suggestion, and the judgement beside it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from bot.core.catalogue import Catalogue
from bot.core.handover import papers
from bot.core.paper import Paper, paper
from bot.loading.load import load_catalogue
from bot.service.gifts import mailbox_of
from tests.content.newham_walks import FRAMEWORK, walked


@pytest.fixture(scope="module")
def content() -> Catalogue:
    return load_catalogue(Path(__file__).parents[2])


def printed(content: Catalogue, said: Mapping[str, str | int]) -> Paper:
    """The document of a framework that somebody went through, saying these."""
    _, session, walk = walked(content, "newham/entry", {}, {**FRAMEWORK, **said})
    (told,) = papers(content, session, walk, date(2026, 11, 22))
    box = mailbox_of(content, content.routes[told.route])
    return paper(content, told, box, "K7QF-2M9D", "reports@example.org")


def test_the_document_shows_the_suggestion_and_the_lower_judgement_beside_it(
    content: Catalogue,
) -> None:
    lowered = {"judgement": "lower", "judged_category": "1", "judged_reason": "Seen by the nurse"}
    signs = {"pregnancy": "yes", "late_home": "yes", "off_the_system": "unsure"}
    found = printed(content, {**signs, **lowered, "judged_manager": "Team manager, East"})
    assert found.suggested is not None
    assert found.suggested.level == "3"
    carried = [(reason.text, reason.clause) for reason in found.suggested.carried]
    assert carried == [("Pregnancy", "Appendix B, Sexual health, Category 3")]
    assert [(line.label, line.said) for line in found.judgement] == [
        ("Your judgement", "I think it is less serious"),
        ("Category you judge", "1: targeted or groomed"),
        ("Why less serious", "Seen by the nurse"),
        ("Manager consulted", "Team manager, East"),
    ]
    assert [line.label for line in found.results] == ["Action"]


def test_a_raised_judgement_leaves_the_suggestion_and_what_it_could_be_as_they_are(
    content: Catalogue,
) -> None:
    raised = {"judgement": "higher", "judged_category": "3", "late_home": "yes"}
    found = printed(content, {**raised, "clipping": "unsure"})
    assert found.suggested is not None
    assert found.suggested.level == "1"
    assert len(found.suggested.could_be) == 1
    assert found.suggested.could_be[0].startswith("could be 2 if")
    assert "3: habitual, with coercion" in [line.said for line in found.judgement]


def test_where_nothing_is_certain_the_document_suggests_none_and_lists_no_sign_that_is_a_no(
    content: Catalogue,
) -> None:
    found = printed(content, {"clipping": "unsure"})
    assert found.suggested is not None
    assert (found.suggested.level, found.suggested.carried) == ("none", ())
    assert len(found.suggested.could_be) == 1
    assert [line.said for line in found.near_misses if "“" in line.said or '"' in line.said] == []
