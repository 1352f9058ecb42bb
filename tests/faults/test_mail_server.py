"""The mail server breaks in every phase, in every way. Each time: the report was acknowledged and
lies sealed on the disk, the person is told the truth, and once the server is mended exactly that
mail arrives, under one Message-ID.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.adapters.keyring import open_keyring
from bot.adapters.loopback_tls import issue
from bot.adapters.sqlite import open_store
from bot.adapters.system import SystemClock
from bot.channels.transcript import load_transcript
from tests.botapi.person import Person
from tests.e2e.installation import ROOT, talk
from tests.faults.house import LOOK, SECONDS, House, goes_once_mended, house_in, put_off
from tests.faults.promises import assert_nothing_plain
from tests.faults.server import HOWS, PHASES
from tests.kill.lives import ForkServer

pytestmark = pytest.mark.asyncio(loop_scope="module")
TWO_MAILS = 7_316_400_001
JUDGED = ("mail", "rcpt", "data", "dot")  # here a 5xx speaks about this mail, and is for good
CODES = {"4xx": "smtp_451", "reset": "connection_lost", "stall": "timeout"}


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def bot(forks: ForkServer, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    """One program that meets all of these faults, one after another."""
    async with house_in(tmp_path_factory.mktemp("faults"), forks) as one:
        await one.start()
        yield one


@pytest.mark.parametrize("how", HOWS)
@pytest.mark.parametrize("phase", PHASES)
async def test_a_mail_waits_or_is_parked_and_goes_once_the_server_is_mended(
    bot: House, phase: str, how: str
) -> None:
    bot.server.breaks(phase, how)
    if how == "5xx" and phase in JUDGED:
        report = await bot.sent()
        assert await report.tried() == "smtp_550"
        assert report.row()[0] == "problem"
        told = await report.told()
        assert "there is a problem" in told
        assert "101" in told
        assert "parked_smtp_550" in bot.said()
        await report.is_kept()
        assert report.mails == []
        bot.server.breaks()
        await bot.retry(report)
        await bot.later()
        await report.arrives()
        return
    report = await put_off(bot)
    assert report.row()[3] in {CODES.get(how, "smtp_550"), "no_connection", "tls_failed"}
    assert bot.server.met
    assert report.mails == []
    await goes_once_mended(bot, report)
    assert len(report.mails) == 1


async def test_a_refused_connection_waits(bot: House) -> None:
    await bot.server.shut()
    report = await put_off(bot)
    assert report.row()[3] == "no_connection"
    await bot.server.listen()
    await goes_once_mended(bot, report)
    assert len(report.mails) == 1


async def test_a_mail_taken_and_never_acknowledged_comes_again_under_its_own_message_id(
    bot: House,
) -> None:
    bot.server.breaks(dropped=True)
    report = await put_off(bot)
    assert report.row()[3] == "connection_lost"
    assert len(report.mails) >= 1
    await goes_once_mended(bot, report)
    assert len(report.mails) >= 2


async def test_a_server_whose_starttls_was_stripped_hears_nothing(bot: House) -> None:
    bot.server.breaks(stripped=True)
    report = await put_off(bot)
    assert report.row()[3] == "no_starttls"
    assert bot.server.met
    await goes_once_mended(bot, report)


async def test_a_certificate_of_nobody_we_know_is_not_believed(bot: House, tmp_path: Path) -> None:
    mine, bot.server.tls = bot.server.tls, issue(tmp_path).context
    bot.server.breaks()
    report = await put_off(bot)
    assert report.row()[3] == "tls_untrusted"
    bot.server.tls = mine
    await goes_once_mended(bot, report)


async def test_a_late_mail_says_so_gives_a_number_and_alarms(bot: House) -> None:
    bot.server.breaks("mail", "4xx")
    report = await put_off(bot)
    for tries in range(2, 5):
        await bot.later()
        await report.until(lambda tries=tries: report.row()[1] >= tries and not report.row()[2])  # type: ignore[misc]
    told = await report.told()
    assert "it is saved, but it could not be handed over yet" in told
    assert "101" in told
    assert "late_smtp_451" in bot.said()
    await goes_once_mended(bot, report)


async def test_one_mailbox_of_two_that_refuses_holds_up_the_other_and_each_is_told(
    bot: House,
) -> None:
    refusing = "wirral_police_intelligence@training.invalid"
    bot.server.breaks("rcpt", "5xx", only=refusing)
    begun = len(bot.server.arrived)
    known = set(bot.lives.rows("select id from outbox"))
    person = Person(bot.api, TWO_MAILS)
    code = await talk(person, load_transcript(ROOT / "tests/transcripts/child_and_place.yaml"))

    def states() -> dict[object, object]:
        rows = bot.lives.rows("select id, mailbox, state, leased from outbox")
        return {box: state for item, box, state, _ in rows if (item,) not in known}

    async def come_to(police: str) -> str:
        async with asyncio.timeout(SECONDS):
            wanted = {"wirral_cadt": "handed_over", "wirral_police_intelligence": police}
            while states() != wanted:
                await asyncio.sleep(LOOK)
        return (await person.say(code)).text

    told = await come_to("problem")
    assert ": handed over." in told
    assert "Merseyside Police: there is a problem" in told
    bot.server.breaks()
    reference = bot.lives.rows("select reference from outbox where state = 'problem'")[0][0]
    async with open_store(bot.lives.database, open_keyring(bot.keys), SystemClock()) as store:
        assert await store.retry_parked(str(reference), 0) == 1
    assert "Merseyside Police: handed over." in await come_to("handed_over")
    came = bot.server.arrived[begun:]
    assert {mail.recipients[0].partition("@")[0] for mail in came} == {*states()}
    assert len({str(mail.message["Message-ID"]) for mail in came}) == 2
    assert_nothing_plain(bot.lives.folder, ["Kayleigh Marker", "dent in the door"], [TWO_MAILS])
