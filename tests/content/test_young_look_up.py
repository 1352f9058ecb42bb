"""What a child who looks something up is told, in both areas."""

from __future__ import annotations

import pytest

from bot.core.guidance import Found, for_young
from tests.content.quality import Quality

AREAS = ("wirral", "newham")
TOLD = {
    "am i in trouble": "young_person",
    "is it my fault": "young_person",
    "who reads this": "this_chat",
    "will my mum find out": "young_parents",
    "who will know": "young_parents",
    "what happens if i send this": "young_next",
}
NAMED = {"what happens next": "young_next", "do they tell my parents": "young_parents"}


@pytest.fixture(scope="module")
def quality() -> Quality:
    return Quality()


@pytest.mark.parametrize("area", AREAS)
def test_a_child_is_told_and_named_only_what_was_written_for_one(
    quality: Quality, area: str
) -> None:
    def found(question: str) -> Found:
        return for_young(quality.search.look_up(question, area))

    assert {asked: found(asked).told[0].passage.id for asked in TOLD} == TOLD
    for asked, wanted in NAMED.items():
        shown = found(asked)
        assert wanted in [one.passage.id for one in (shown.told or shown.perhaps)[:3]]
    assert found("what is mase") == Found()


def test_what_a_child_is_told_leads_to_nothing_that_was_written_for_others(
    quality: Quality,
) -> None:
    guidance = quality.catalogue.guidance
    young = [one for one in guidance.values() if one.young]
    assert len(young) >= 8
    assert all(guidance[id_].young for one in young for id_ in one.see)
    assert not [one.id for one in young if one.area != "common"]
