"""The quick no before a pattern is tried: never wrong, and only the sets that may stand."""

from __future__ import annotations

from bot.core.needs import Needs, Which

KNIFE = frozenset({"knife", "blade"})
HAS = frozenset({"has"})
GUN = frozenset({"gun"})


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def test_a_phrase_may_stand_only_where_a_word_of_each_of_its_groups_is() -> None:
    needs = Needs(((HAS, KNIFE), (GUN,)))
    assert needs.may_be_met(words("he has a blade"))
    assert needs.may_be_met(words("a gun"))
    assert not needs.may_be_met(words("he has a dog"))
    assert not needs.may_be_met(words("a blade"))


def test_a_phrase_that_needs_no_word_may_always_stand() -> None:
    assert Needs(((), (GUN,))).may_be_met(words("anything"))
    assert Which((Needs(((GUN,),)), Needs(((),)))).may_be_met(words("anything")) == [1]


def test_phrases_are_found_by_their_rarest_group() -> None:
    needs = Needs(((HAS, KNIFE), (HAS, GUN), (HAS,)))
    assert set(needs.by_word) == {"knife", "blade", "gun", "has"}
    assert needs.by_word["has"] == [(HAS,)]


def test_of_many_sets_those_that_may_stand_are_named_in_order() -> None:
    which = Which((Needs(((HAS, GUN),)), Needs(((KNIFE,), (HAS,))), Needs(((GUN,),)), Needs(())))
    assert which.may_be_met(words("he has a gun")) == [0, 1, 2]
    assert which.may_be_met(words("a blade")) == [1]
    assert which.may_be_met(words("gun")) == [2]
    assert which.may_be_met(words("")) == []
