"""Files made in the turn in which they were asked for."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from icalendar import Calendar

from bot.core.catalogue import Catalogue
from bot.core.deadlines import After, Before, Monthly
from bot.core.gifts import Dates, Documents, Offer, Picture
from bot.core.mail import Document
from bot.core.paper import Paper
from bot.core.routing import How
from bot.core.turn import File, Give
from bot.service.gifts import Gifts
from tests.core.offers import PAPERS, at_note, with_note
from tests.core.writing import route
from tests.fakes.clock import CountingIds, FixedClock
from tests.service.talking import talking


class Printing:
    """A printer and a drawer: what they were given, and whether they work."""

    def __init__(self, *, works: bool = True) -> None:
        self.papers: list[Paper] = []
        self.works = works

    async def print(self, paper: Paper) -> Document | None:
        self.papers.append(paper)
        name = f"{paper.reference}.pdf"
        return Document(name, "application/pdf", b"%PDF") if self.works else None

    async def draw(self, name: str) -> bytes | None:
        return f"a picture of {name}".encode() if self.works else None


def gifts(printing: Printing) -> Gifts:
    return Gifts(printing, FixedClock(), CountingIds(), "bot@sender.example", printing)


def content(**changes: object) -> Catalogue:
    found = with_note(Offer(PAPERS))
    verified = {
        id_: replace(
            box, verified_by="A person", verified_on=date(2026, 1, 1), until=date(2026, 12, 31)
        )
        for id_, box in found.mailboxes.items()
    }
    return replace(found, mailboxes=verified, **changes)  # type: ignore[arg-type]


def asked(catalogue: Catalogue) -> Give:
    (give,) = at_note(catalogue).press("<give_documents>").gifts
    return replace(give, own=False)  # as at the end of a report that goes by hand


async def test_the_documents_are_a_paper_and_its_record_under_neutral_names() -> None:
    printing, catalogue = Printing(), content()
    paper, record = await gifts(printing).make(catalogue, asked(catalogue))
    assert (paper.name, paper.media_type) == ("information-2026-11-21.pdf", "application/pdf")
    assert (record.name, record.media_type) == ("submission.json", "application/json")
    assert paper.content == b"%PDF"
    said = json.loads(record.content)
    assert (said["route"], said["facts"]["name"]) == ("council", "Sam")
    assert said["reference"] == printing.papers[0].reference == "R-0000-0000-0001"
    assert not paper.protect
    assert not record.protect


async def test_the_caption_names_the_mailbox_and_the_subject() -> None:
    catalogue = content()
    paper, record = await gifts(Printing()).make(catalogue, asked(catalogue))
    where = "council, council@example.invalid"
    assert paper.caption == f"[file_documents] {where}, CSE"
    assert record.caption == ""


async def test_documents_for_ones_own_file_are_not_said_to_go_anywhere() -> None:
    catalogue = content()
    give = replace(asked(catalogue), own=True)
    paper, _ = await gifts(Printing()).make(catalogue, give)
    assert paper.caption == "[file_own]"


async def test_a_calendar_has_the_date_that_counts_from_a_day_told() -> None:
    rule = After(id="next", area="north", what="Next", clause="6", days=10, since=("met",))
    give = Give(Dates(("next",)), days={"met": date(2026, 12, 1)})
    (file,) = await gifts(Printing()).make(content(deadlines={"next": rule}), give)
    (event,) = Calendar.from_ical(file.content).walk("VEVENT")
    assert event["DTSTART"].to_ical() == b"20261211"


async def test_a_calendar_of_what_comes_every_month_holds_a_run_and_says_so() -> None:
    rule = Monthly(id="report", area="north", what="Report", clause="5", nth=3, weekday=3, ahead=3)
    panel = Monthly(id="panel", area="north", what="Panel", clause="4", nth=1, weekday=3)
    catalogue = content(deadlines={"report": rule, "panel": panel})
    (file,) = await gifts(Printing()).make(catalogue, Give(Dates(("report", "panel"))))
    events = Calendar.from_ical(file.content).walk("VEVENT")
    assert [(str(e["SUMMARY"]), e.decoded("DTSTART").isoformat()) for e in events] == [
        ("Panel", "2026-12-03"),
        ("Report", "2026-12-17"),
        ("Report", "2027-01-21"),
        ("Report", "2027-02-18"),
    ]
    notes = [str(e.get("DESCRIPTION", "")) for e in events]
    assert notes == ["", "", "", "[file_calendar_run] 3"]
    assert file.caption == "[file_calendar] [file_calendar_run] 3"


@pytest.mark.parametrize("training", [True, False])
async def test_an_address_that_may_not_be_used_is_not_named(*, training: bool) -> None:
    """In training none is; live only that of a mailbox whose verification has not lapsed."""
    catalogue = content(training=training) if training else with_note(Offer(PAPERS))
    paper, _ = await gifts(Printing()).make(catalogue, asked(catalogue))
    assert paper.caption == "[file_documents] council, CSE"


async def test_where_the_chat_is_stored_documents_leave_it_and_say_so() -> None:
    catalogue = content(channel="Telegram")
    paper, record = await gifts(Printing()).make(catalogue, asked(catalogue))
    assert paper.caption.endswith("\n\n[file_leaves] Telegram")
    assert (paper.fleeting, record.fleeting) == (True, True)


async def test_without_a_paper_the_record_is_given_and_says_where_it_goes() -> None:
    catalogue = content()
    (record,) = await gifts(Printing(works=False)).make(catalogue, asked(catalogue))
    assert record.name == "submission.json"
    assert record.caption == "[file_documents] council, council@example.invalid, CSE"


async def test_a_second_item_is_numbered() -> None:
    catalogue = content()
    told = asked(catalogue).told[0]
    made = await gifts(Printing()).make(catalogue, Give(Documents(), (told, told)))
    assert [file.name for file in made] == [
        "information-2026-11-21.pdf",
        "submission.json",
        "information-2026-11-21-2.pdf",
        "submission-2.json",
    ]


async def test_what_goes_to_nobody_is_a_paper_alone_for_the_persons_own_file() -> None:
    bare = replace(route("council", "", how=How.TELL, anonymous=False), name="The meeting")
    catalogue = content()
    give = asked(catalogue)
    catalogue = replace(catalogue, routes={**catalogue.routes, "council": bare})
    printing = Printing()
    (paper,) = await gifts(printing).make(catalogue, give)
    assert paper.media_type == "application/pdf"
    assert paper.caption == "[file_own]"
    assert printing.papers[0].who == "The meeting"
    assert await gifts(Printing(works=False)).make(catalogue, give) == ()


async def test_the_dates_asked_for_are_in_the_calendar_and_no_others() -> None:
    rules = {
        "panel": Monthly(id="panel", area="north", what="Panel", clause="4", nth=1, weekday=3),
        "refer": Before(
            id="refer", area="north", what="Refer by", clause="4", days=14, before="panel"
        ),
        "other": Monthly(id="other", area="north", what="Other", clause="4", nth=3, weekday=3),
        "far": Monthly(id="far", area="south", what="Far", clause="4", nth=3, weekday=3),
    }
    (file,) = await gifts(Printing()).make(
        content(deadlines=rules), Give(Dates(("panel", "refer")))
    )
    events = Calendar.from_ical(file.content).walk("VEVENT")
    assert [(str(e["SUMMARY"]), e.decoded("DTSTART")) for e in events] == [
        ("Refer by", date(2026, 12, 24)),
        ("Panel", date(2027, 1, 7)),
    ]
    assert (file.name, file.protect) == ("dates-2026-11-21.ics", False)
    assert file.media_type.startswith("text/calendar")
    assert file.caption == "[file_calendar]"


async def test_both_ends_of_a_window_are_one_entry_and_one_end_is_a_day() -> None:
    rules = {
        "opens": After(id="opens", area="north", what="First day", clause="6", days=56),
        "ends": After(
            id="ends",
            area="north",
            what="Last day",
            clause="6",
            days=70,
            opens="opens",
            window="W",
        ),
    }
    catalogue = content(deadlines=rules)
    for ids, expected in (
        (("opens", "ends"), [("W", date(2027, 1, 16), date(2027, 1, 31))]),
        (("ends",), [("Last day", date(2027, 1, 30), date(2027, 1, 31))]),
    ):
        (file,) = await gifts(Printing()).make(catalogue, Give(Dates(ids)))
        events = Calendar.from_ical(file.content).walk("VEVENT")
        found = [(str(e["SUMMARY"]), e.decoded("DTSTART"), e.decoded("DTEND")) for e in events]
        assert found == expected


async def test_the_copies_of_what_was_sent_carry_the_references_of_the_mail() -> None:
    catalogue = content(channel="Telegram")
    told = asked(catalogue).told
    paper, record = await gifts(Printing()).copies(catalogue, told, {"council": "R-MAIL"})
    assert json.loads(record.content)["reference"] == "R-MAIL"
    assert paper.caption == "[file_copy]\n\n[file_leaves] Telegram"
    assert (paper.fleeting, paper.protect) == (True, False)


async def test_a_picture_is_called_by_its_dialog() -> None:
    made = await gifts(Printing()).make(content(), Give(Picture("north/long_entry")))
    wanted = b"a picture of north/long_entry"
    said = "[file_picture]"
    assert made == (File("north-long-entry.png", "image/png", wanted, said, protect=False),)


@pytest.mark.parametrize("drawer", [None, Printing(works=False)], ids=["none", "broken"])
async def test_a_picture_that_cannot_be_drawn_is_not_given(drawer: Printing | None) -> None:
    made = Gifts(Printing(), FixedClock(), CountingIds(), "bot@sender.example", drawer)
    assert await made.make(content(), Give(Picture("north/entry"))) == ()


async def test_what_could_not_be_made_is_said_above_the_screen(tmp_path: Path) -> None:
    async with talking(tmp_path, with_note(Offer(Picture("north/entry")))) as ann:
        await ann.talk.start()
        await ann.say("no", "north", "professional", "no", "vodka", "skip", "none of these")
        await ann.say("no more", "AB1", "yes")
        text = await ann.say("<give_picture>")
        assert "[file_not_made]" in text
        assert "Note." in text
        assert ann.talk.reply.files == ()
