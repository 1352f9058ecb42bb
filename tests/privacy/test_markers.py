"""What people wrote and who they are: searched for in everything the program wrote in a day."""

from __future__ import annotations

import re
import sqlite3
from base64 import b64encode
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import pytest

from bot.app import ROOT
from bot.core.dialog import Ask
from bot.core.facts import FactType
from bot.loading.load import load_catalogue
from tests.privacy.life import (
    ASKER,
    BLOCKER,
    BRINGER,
    DOOR,
    LEAVER,
    PAUSER,
    REPORTER,
    SENDER,
    WIPER,
    WORKER,
    Lived,
    live,
)
from tests.privacy.people import NAMES
from tests.privacy.search import bodies, found, headers, spellings, spellings_of_number

PEOPLE: Final = (
    REPORTER,
    PAUSER,
    WIPER,
    LEAVER,
    SENDER,
    SENDER + 100,
    BLOCKER,
    BRINGER,
    WORKER,
    ASKER,
)
REPORT: Final = (  # the dialogs whose words a report holds
    "wirral/cse1_short",
    "common/information",
    "common/person",
    "common/vehicle",
    "common/addition",
)
CHILD: Final = range(6)  # the first six texts are about a child: never in the information mail
CLOCK: Final = re.compile(r"\b([01]?\d|2[0-3]):[0-5]\d\b")


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Lived:
    return live(tmp_path_factory.mktemp("house"))


def identity() -> dict[str, list[bytes]]:
    words = {marker: list(spellings(marker)) for marker in (*NAMES.values(), *DOOR.values())}
    numbers = {f"person {n}": list(spellings_of_number(n)) for n in PEOPLE}
    return {**words, **numbers}


def typed(markers: Iterable[str]) -> dict[str, list[bytes]]:
    """Also with the case and the hyphens of a code taken away."""
    return {
        marker: [*spellings(marker), *spellings(marker.replace("-", ""))] for marker in markers
    }


def test_no_marker_is_taken_for_another() -> None:
    markers = [f"zq{REPORTER % 97}answer{number}qz" for number in range(60)]
    for shift in ("", "a", "ab"):
        places = {m: b64encode(f"{shift}{m} in".encode()) for m in markers}
        assert found(places, typed(markers)) == {f"{m} in {m}" for m in markers}


def test_every_question_that_takes_words_was_answered_with_a_marker(lived: Lived) -> None:
    dialogs = load_catalogue(ROOT).dialogs
    steps = [step for name in REPORT for step in dialogs[name].steps.values()]
    words = {FactType.SHORT_TEXT, FactType.LONG_TEXT}
    asked = [step for step in steps if isinstance(step, Ask) and step.fact.type in words]
    assert len(lived.sent) == len(asked)


def test_only_the_file_that_was_asked_for_was_fetched(lived: Lived) -> None:
    assert lived.fetched == ["unasked: 0 0", "asked for: 1 1"]


def test_nothing_that_was_typed_lies_on_the_disk_or_was_said(lived: Lived) -> None:
    assert lived.unsent
    assert (
        found(lived.places, typed(lived.sent | lived.worked | lived.unsent | lived.codes)) == set()
    )


def test_nobody_is_named_on_the_disk_or_in_what_was_said(lived: Lived) -> None:
    assert found(lived.places, identity()) == set()


def test_nobody_is_named_in_a_mail(lived: Lived) -> None:
    mails = [*lived.mails, *lived.alarms]
    assert found({**headers(mails), **bodies(mails)}, identity()) == set()


def test_a_code_is_in_no_mail(lived: Lived) -> None:
    mails = [*lived.mails, *lived.alarms]
    assert found({**headers(mails), **bodies(mails)}, typed(lived.codes)) == set()


def test_no_header_and_no_alarm_holds_what_was_written(lived: Lived) -> None:
    words = typed(lived.sent | lived.worked | lived.unsent)
    assert len(lived.alarms) == 3
    assert found(headers(lived.mails), words) == set()
    assert found({**headers(lived.alarms), **bodies(lived.alarms)}, words) == set()


def test_a_report_is_whole_in_its_mails_and_what_was_not_sent_is_in_none(lived: Lived) -> None:
    contents = bodies(lived.mails)
    hits = found(contents, typed(lived.sent | lived.worked))
    assert {hit.split(" in ")[0] for hit in hits} == lived.sent | lived.worked
    reporter = f"zq{REPORTER % 97}answer"
    refused = f"zq{SENDER % 97}answer"
    others = {marker for marker in lived.unsent if not marker.startswith(refused)}
    assert not any(marker.startswith(reporter) for marker in others)
    assert found(contents, typed(others)) == set()


def test_what_points_to_a_child_is_not_in_the_information(lived: Lived) -> None:
    children = [f"zq{REPORTER % 97}answer{number}qz" for number in CHILD]
    assert set(children) <= lived.sent
    hits = found(bodies(lived.mails), typed(children))
    assert hits
    assert all("CSE 1 referral" in hit for hit in hits)


def test_a_mail_knows_no_time_finer_than_the_day(lived: Lived) -> None:
    for mail in [*lived.mails, *lived.alarms]:
        date = str(mail.message["Date"])
        assert CLOCK.findall(str(mail.message.items())) == ["12"]
        assert date.endswith(" 12:00:00 +0000")
        assert not _moments(str(mail.message.items()))
    for place, content in bodies(lived.mails).items():
        if place.startswith("CSE Intelligence"):
            assert CLOCK.findall(content.decode()) == []


def _moments(text: str) -> list[str]:
    """Numbers that name a moment of these two days, in seconds, milliseconds or minutes."""
    now = datetime.now(UTC)
    first, last = ((now + timedelta(days=d)).timestamp() for d in (-1, 1))
    return [
        number
        for number in re.findall(r"\d{8,16}", text)
        if any(first <= int(number) * unit <= last for unit in (1, 1e-3, 1e-6, 60))
    ]


def test_the_database_knows_no_time_finer_than_an_hour(lived: Lived) -> None:
    now = datetime.now(UTC).timestamp()
    times = [
        value
        for value in _numbers(lived.folder / "data" / "bot.db")
        if any(abs(value * unit - now) < 3 * 86_400 for unit in (60, 1, 1e-3))
    ]
    assert times  # sessions lapse
    assert [minute for minute in times if minute % 60] == []


def _numbers(database: Path) -> Iterator[int]:
    con = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        tables = [
            row[0] for row in con.execute("select name from sqlite_schema where type='table'")
        ]
        for table in tables:
            for row in con.execute(f'select * from "{table}"'):  # noqa: S608 - its own names
                yield from (value for value in row if isinstance(value, int))
    finally:
        con.close()
