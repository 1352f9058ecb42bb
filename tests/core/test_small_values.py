"""Words, texts, facts and mailboxes: the small values of the core."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.core.catalogue import Words, normal
from bot.core.facts import Fact, FactType
from bot.core.routing import (
    How,
    Mailbox,
    MailboxState,
    Mode,
    Route,
    closed_routes,
    looks_personal,
    refusals,
)
from bot.core.screens import REQUIRED_LABELS, REQUIRED_SCREENS, REQUIRED_WORDS
from bot.core.text import EMPTY, Template


@pytest.mark.parametrize(
    ("typed", "is_"),
    [
        ("  Go   BACK! ", "go back"),
        ("/start", "start"),
        ("(“x”)", "“x”"),
        ("…", ""),
        ("a-b", "a-b"),
    ],
)
def test_a_message_is_compared_without_case_spaces_and_marks(typed: str, is_: str) -> None:
    assert normal(typed) == is_


def test_a_word_means_what_it_is_listed_under() -> None:
    words = Words({"back": ("back", "go back"), "yes": ("y",)})
    assert words.meaning("Go back.") == "back"
    assert words.meaning("Y") == "yes"
    assert words.meaning("go back please") == ""
    assert words.by_word == {"back": "back", "go back": "back", "y": "yes"}


def test_a_text_is_filled_once_and_never_read_again() -> None:
    template = Template("{a} and {b} and {A} {a}")
    assert template.names == ("a", "b", "a")
    assert template.fill({"a": "{b}", "b": "x"}) == "{b} and x and {A} {b}"
    assert template.fill({}) == " and  and {A} "
    assert template
    assert not EMPTY


def test_no_id_of_the_programs_own_texts_is_listed_twice() -> None:
    for ids in (REQUIRED_SCREENS, REQUIRED_LABELS, REQUIRED_WORDS):
        assert len(set(ids)) == len(ids)


# ---- facts ----


@pytest.mark.parametrize(
    ("fact", "allowed", "refused"),
    [
        (Fact("f", FactType.CHOICE, ("yes", "no")), ["yes"], ["maybe", "unsure", 1]),
        (Fact("f", FactType.CHOICE, ("yes",), unsure=True), ["unsure"], ["no"]),
        (Fact("f", FactType.WHOLE_NUMBER, minimum=1, maximum=3), [1, 3], [0, 4, "2", True]),
        (Fact("f", FactType.SHORT_TEXT), ["", "x"], [1, "unsure"]),
        (Fact("f", FactType.DATE), ["2026-01-01"], [20260101]),
        (Fact("f", FactType.LIST, at_most=1), [(), ({},)], [({}, {}), []]),
    ],
)
def test_a_fact_allows_its_domain_and_no_more(
    fact: Fact, allowed: list[object], refused: list[object]
) -> None:
    assert all(fact.allows(value) for value in allowed)
    assert not any(fact.allows(value) for value in refused)


# ---- mailboxes ----

DAY = date(2026, 11, 21)
FIT = Mailbox(
    "box",
    "Box",
    "desk@council.example",
    MailboxState.VERIFIED,
    verified_by="a duty manager",
    verified_on=DAY,
    until=DAY,
    tls_only_agreed_by="a data protection officer",
)


UNSAID = (
    " and its entry does not say whose it is: write `personal: no` where a team reads it; "
    "otherwise ask for the team's mailbox"
)


def test_a_verified_mailbox_is_fit_from_its_first_day_to_its_last() -> None:
    assert refusals(FIT, DAY) == ()
    lapsed = ("its verification has lapsed or has not begun",)
    assert refusals(FIT, date(2026, 11, 22)) == lapsed
    assert refusals(FIT, date(2026, 11, 20)) == lapsed


@pytest.mark.parametrize(
    ("mailbox", "why"),
    [
        (replace(FIT, state=MailboxState.RETIRED), "its state is retired"),
        (replace(FIT, state=MailboxState.UNVERIFIED), "its state is unverified"),
        (replace(FIT, personal=True), "it is the mailbox of one named person"),
        (
            replace(FIT, personal=None, address="duty@council.example"),
            f"its address is new{UNSAID}",
        ),
        (
            replace(FIT, personal=None, address="Jane.Smith@council.example"),
            f"its address looks like a person's name{UNSAID}",
        ),
        (replace(FIT, address="x@a.PNN.police.uk"), "its domain is on the closed pnn network"),
        (replace(FIT, address="x@a.gsi.gov.uk"), "its domain is on the closed gsi network"),
        *(
            (missing, "it does not say who verified it, on which day and until when")
            for missing in (
                replace(FIT, until=None),
                replace(FIT, verified_on=None),
                replace(FIT, verified_by=""),
            )
        ),
    ],
)
def test_a_mailbox_that_is_not_fit_says_why(mailbox: Mailbox, why: str) -> None:
    assert refusals(mailbox, DAY) == (why,)


@pytest.mark.parametrize(
    ("address", "looks"),
    [
        ("jane.smith@north.example", True),
        ("José.Núñez@north.example", True),
        ("desk@north.example", False),
        ("desk.2@north.example", False),
        ("2.desk@north.example", False),
        ("a.bcu.mfh@north.example", False),
        ("jane_smith@north.example", False),
    ],
)
def test_two_words_joined_by_a_dot_look_like_a_person(address: str, *, looks: bool) -> None:
    assert looks_personal(address) is looks


def test_every_reason_is_named_at_once() -> None:
    worst = replace(FIT, state=MailboxState.RETIRED, personal=True, address="x@pnn.police.uk")
    assert len(refusals(worst, DAY)) == 3


def test_a_closed_network_is_a_part_of_the_domain_and_not_of_the_name() -> None:
    assert FIT.closed_network == ""
    assert replace(FIT, address="pnn@council.example").closed_network == ""
    assert replace(FIT, address="x@mypnn.example").closed_network == ""


def test_live_closes_the_mail_routes_that_are_not_fit_and_training_none() -> None:
    bad = replace(FIT, id="bad", state=MailboxState.RETIRED)
    boxes = {"box": FIT, "bad": bad}
    routes = {
        "fit": Route("fit", "north", "Fit", How.MAIL, "", mailboxes=("box",)),
        "shut": Route("shut", "north", "Shut", How.MAIL, "", mailboxes=("box", "bad")),
        "ring": Route("ring", "north", "Ring", How.PHONE, "", mailboxes=("bad",)),
    }
    assert closed_routes(routes, boxes, Mode.LIVE, DAY) == {"shut": ("bad: its state is retired",)}
    assert closed_routes(routes, boxes, Mode.TRAINING, DAY) == {}


def test_a_mailbox_without_a_certificate_says_who_agreed_to_tls_alone() -> None:
    bare = replace(FIT, tls_only_agreed_by="")
    (why,) = refusals(bare, DAY)
    assert why.startswith("it has no certificate to seal to")
    assert refusals(replace(bare, certificates=("box.pem",)), DAY) == ()


def test_a_certificate_that_nothing_can_be_sealed_to_closes_a_route_in_training_too() -> None:
    routes = {"fit": Route("fit", "north", "Fit", How.MAIL, "", mailboxes=("box",))}
    for mode in Mode:
        shut = closed_routes(routes, {"box": FIT}, mode, DAY, lambda b, day: (f"{b.id} {day}",))
        assert shut == {"fit": ("box: box 2026-11-21",)}


@pytest.mark.parametrize("network", ["gsi", "gse", "gsx", "gcsx", "pnn"])
def test_every_closed_network_is_known(network: str) -> None:
    closed = replace(FIT, address=f"desk@council.{network.upper()}.gov.uk")
    assert refusals(closed, DAY) == (f"its domain is on the closed {network} network",)
