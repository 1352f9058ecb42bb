"""The indicator framework of Newham, cell by cell, against a second reading of the table.

Each line is one cell of Appendix B, in the order of the document: the column, and the indicators
that stand for what the cell lists. An indicator that loses a column, or a cell that loses an
indicator, fails here.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.core.evaluate import evaluate
from bot.core.facts import Known
from bot.core.rules import RuleBook
from bot.loading.load import load_catalogue

ROOT = Path(__file__).parents[2]
CELLS = {
    ("emotional_health", 1): "poor_self_image cutting_overdosing eating_difficulties "
    "friendship_difficulty",
    ("emotional_health", 2): "friendship_difficulty emotional_outbursts offending_behaviour "
    "poor_self_image cutting_overdosing eating_difficulties bullying_threatening",
    ("emotional_health", 3): "lasting_poor_self_image cutting_overdosing eating_difficulties "
    "bullying_threatening emotional_outbursts offending_behaviour no_healthy_friendships",
    ("sexual_health", 1): "sti worrying_sexual_activity",
    ("sexual_health", 2): "multiple_stis miscarriage termination sexual_activity_with_peers",
    ("sexual_health", 3): "multiple_stis pregnancy miscarriage termination "
    "sexual_activity_with_peers exploitative_sexual_activity partner_lets_others sold_for_sex",
    ("sexual_risk", 1): "sexualised_dress strangers_cars online_adults online_young_people "
    "partner_known_to_services abuse_history_known",
    ("sexual_risk", 2): "strangers_cars online_adults clipping much_older_partner "
    "partner_known_to_services adults_known_to_services reputation",
    ("sexual_risk", 3): "strangers_cars online_adults clipping much_older_partner "
    "partner_known_to_services adults_known_to_services known_for_exchange",
    ("rewards", 1): "unexplained_money seeming_affection",
    ("rewards", 2): "unexplained_money offered_protection seeming_affection",
    ("rewards", 3): "",
    ("education", 1): "truanting losing_interest",
    ("education", 2): "out_of_school school_breakdown",
    ("education", 3): "out_of_school school_breakdown",
    ("substance_misuse", 1): "experimenting cigarettes",
    ("substance_misuse", 2): "regular_substances dependency_feared",
    ("substance_misuse", 3): "dependence",
    ("running_away", 1): "late_home absent_or_late_back absent_from_school",
    ("running_away", 2): "out_overnight missing_episodes well_kept_no_base placement_breakdown",
    ("running_away", 3): "missing_persistently street_homeless",
    ("coercion_control", 1): "secret_phone reduced_contact late_calls",
    ("coercion_control", 2): "secret_phone late_calls limited_contact withdrawn_disclosure "
    "physical_injuries",
    ("coercion_control", 3): "secret_phone withdrawn_disclosure reluctant_to_report locked_in "
    "no_contact off_the_system physical_injuries",
    ("risky_contacts", 1): "unknown_adults exploited_or_missing_peers gang_company "
    "manipulative_peers",
    ("risky_contacts", 2): "unknown_adults exploited_or_missing_peers phone_all_night "
    "hidden_premises reliable_sources seen_where_sex_is_sold gang_member",
    ("risky_contacts", 3): "hidden_premises gang_entrenched crack_house red_light_district",
}
CASES = [(*cell, id_) for cell, ids in CELLS.items() for id_ in ids.split()]
ALL = dict.fromkeys((id_ for _, _, id_ in CASES), "no")
TERMS = {
    "clipping": "clipping",
    "crack_house": "crack house",
    "red_light_district": "red-light district",
    "reputation": "reputation",
    "sexualised_dress": "dress",
}


@pytest.fixture(scope="module")
def book() -> RuleBook:
    return load_catalogue(ROOT).rules["newham/assess"]


def level(book: RuleBook, **said: str) -> str:
    signs = {**ALL, **{k: v for k, v in said.items() if k in ALL}}
    facts = {k: v for k, v in said.items() if k not in ALL}
    return evaluate(book, Known({"danger_now": "no", **facts}, signs)).results["level"]


def test_the_nine_domains_hold_each_indicator_once(book: RuleBook) -> None:
    assert list(book.groups) == list(dict.fromkeys(domain for domain, _ in CELLS))
    assert set(book.indicators) == set(ALL)


@pytest.mark.parametrize(("domain", "column", "id_"), CASES)
def test_a_cell_is_kept_and_its_indicator_points_to_its_lowest_column(
    book: RuleBook, domain: str, column: int, id_: str
) -> None:
    sign = book.indicators[id_]
    assert sign.group == domain
    assert column in sign.levels
    assert level(book, **{id_: "yes"}) == str(min(c for _, c, i in CASES if i == id_))


@pytest.mark.parametrize("column", [1, 2, 3])
def test_the_passage_of_a_domain_lists_each_column_whole(book: RuleBook, column: int) -> None:
    guidance = load_catalogue(ROOT).guidance
    for domain, ids in book.groups.items():
        signs = [book.indicators[id_] for id_ in ids]
        listed = "; ".join(sign.text for sign in signs if column in sign.levels) or "none listed"
        assert f"Category {column}: {listed}." in guidance[f"newham_domain_{domain}"].text


def test_no_indicator_has_a_column_that_the_table_does_not_give_it(book: RuleBook) -> None:
    given = {id_: tuple(c for _, c, i in CASES if i == id_) for id_ in ALL}
    assert {id_: sign.levels for id_, sign in book.indicators.items()} == given


def test_the_standard_terms_can_still_be_found(book: RuleBook) -> None:
    found = {id_: book.indicators[id_].text.casefold() for id_ in TERMS}
    assert {id_: term for id_, term in TERMS.items() if term not in found[id_]} == {}


@pytest.mark.parametrize("word", ["promiscu", "pimp", "overt", "prostitut", "boyfriend", "refuse"])
def test_no_indicator_puts_blame_on_the_child(book: RuleBook, word: str) -> None:
    assert [i for i in book.indicators.values() if word in f"{i.text} {i.why}".casefold()] == []


def test_every_indicator_says_why_it_has_its_kind_and_where_it_is_from(book: RuleBook) -> None:
    for sign in book.indicators.values():
        assert sign.why
        assert sign.clause.startswith("Appendix B, ")
        assert all(str(column) in sign.clause for column in sign.levels)


@pytest.mark.parametrize("id_", list(ALL))
def test_unsure_carries_no_category_and_is_told_as_a_near_miss(book: RuleBook, id_: str) -> None:
    assert level(book, **{id_: "unsure"}) == "none"
    finding = evaluate(book, Known({"danger_now": "no"}, {**ALL, id_: "unsure"}))
    assert f"SIGN.{id_}" in {miss.row for miss in finding.near_misses}


def test_the_three_descriptors_point_too_and_nothing_is_added_up(book: RuleBook) -> None:
    assert level(book) == "none"
    assert level(book, offence_evidence="none") == "none"
    assert level(book, offence_evidence="unsure") == "none"
    assert level(book, offence_evidence="none", late_home="yes") == "1"
    assert level(book, offence_evidence="exchange") == "2"
    assert level(book, offence_evidence="habitual") == "3"
    all_of_1 = {id_: "yes" for id_ in ALL if min(c for _, c, i in CASES if i == id_) == 1}
    assert level(book, **all_of_1) == "1"


def test_judgement_raises_and_never_lowers(book: RuleBook) -> None:
    assert level(book, late_home="yes", judged_category="3") == "3"
    assert level(book, pregnancy="yes", judged_category="1") == "3"
    assert level(book, judged_category="2") == "2"
