"""From a press in Telegram to a mail in the secure mailbox, by polling and by webhook: real HTTP,
a real process, a real mail server with TLS.
"""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.channels.transcript import load_transcript
from tests.e2e.installation import CODE, ROOT, Installation, installation, talk

pytestmark = pytest.mark.asyncio(loop_scope="module")

POLICE = "A.BCU.MFH@merseyside.pnn.police.uk"


@pytest_asyncio.fixture(loop_scope="module", scope="module", params=["polling", "webhook"])
async def bot(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Installation]:
    folder = tmp_path_factory.mktemp("bot")
    async with installation(folder, webhook=request.param == "webhook") as running:
        yield running


async def test_a_neighbour_reports_the_off_licence(bot: Installation) -> None:
    neighbour = bot.person()
    code = await talk(neighbour, load_transcript(ROOT / "demo" / "off_licence.yaml"))
    assert CODE.fullmatch(code)
    mail = await bot.mail()
    assert mail.recipients == ("wirral_police_intelligence@training.invalid",)
    assert mail.sender == "bot@training.invalid"
    assert mail.message["To"] == POLICE
    assert mail.message["Subject"] == "CSE Intelligence"
    assert mail.message["X-Training"] == "yes"
    words = mail.raw.decode()
    assert "sells vodka to children in school uniform" in words
    assert "The corner shop" not in words  # the answer that was changed
    for secret in ("Marker Name", str(neighbour.chat.id), code):
        assert secret not in words


async def test_a_child_and_a_place_are_two_mails_to_two_mailboxes(bot: Installation) -> None:
    path = ROOT / "tests" / "transcripts" / "child_and_place.yaml"
    await talk(bot.person(), load_transcript(path))
    mails = {mail.recipients[0]: mail for mail in (await bot.mail(), await bot.mail())}
    assert {box: mail.message["Subject"] for box, mail in mails.items()} == {
        "wirral_cadt@training.invalid": "CSE 1 referral",
        "wirral_police_intelligence@training.invalid": "CSE Intelligence",
    }
    texts = {box: mail.message.as_string() for box, mail in mails.items()}
    assert "Kayleigh Marker" in texts["wirral_cadt@training.invalid"]
    assert "Kayleigh" not in texts["wirral_police_intelligence@training.invalid"]


async def test_a_receipt_tells_what_has_happened(bot: Installation) -> None:
    person = bot.person()
    code = await talk(person, load_transcript(ROOT / "demo" / "off_licence.yaml"))
    await bot.mail()
    await person.say(code.lower().replace("-", " "))
    await person.sees("Merseyside Police: handed over.")


async def test_999_is_answered_in_the_middle_and_the_question_stays(bot: Installation) -> None:
    person = bot.person()
    await person.start()
    await person.press("No")
    assert (await person.say("999")).text.startswith("Call 999 now")
    await person.press("Carry on")
    await person.sees("Where does the child live?")


async def test_guidance_is_looked_up_in_the_middle_and_the_question_stays(
    bot: Installation,
) -> None:
    person = bot.person()
    await person.start("newham")
    await person.press("No")
    found = await person.say("? how do i refer to mase")
    assert "Newham Child Sexual Exploitation Practice Directive" in found.text
    assert found.buttons[-1] == "Carry on"
    await person.press("Carry on")
    await person.sees("Which of these fits you best?")


async def test_guidance_is_quoted_in_any_chat_and_nothing_of_it_is_kept(
    bot: Installation,
) -> None:
    results = await bot.person().ask_inline("what is mase")
    assert results[0]["input_message_content"]["message_text"].startswith("Call 999 now")
    assert "newham_mase" in [one["id"] for one in results]
    for path in bot.folder.rglob("*"):
        assert b"what is mase" not in (path.read_bytes() if path.is_file() else b"")


async def test_a_link_opens_its_route_after_asking_about_danger(bot: Installation) -> None:
    person = bot.person()
    assert "Is a child in danger right now?" in (await person.start("r-wirral_intelligence")).text
    assert "Who reads it?" in (await person.press("No")).text
    other = bot.person()
    shown = await other.start("p-crimestoppers")
    assert "0800 555 111" in shown.text
    assert not shown.protected


async def test_a_quick_exit_clears_the_chat(bot: Installation) -> None:
    person = bot.person()
    for words in ("/start", "no", "wirral", "i am worried, or i know something"):
        await person.say(words)
    await person.say("exit")
    await bot.api.world.until(lambda: person.chat_texts == ["Goodbye."])


async def test_nothing_of_anyone_is_on_the_disk_in_plain_words(bot: Installation) -> None:
    person = bot.person()
    for words in ("/start", "no", "wirral", "2", "1", "1", "no", "the marker by the canal"):
        await person.say(words)
    await person.sees("Where does it happen?")
    for path in bot.folder.rglob("*"):
        raw = path.read_bytes() if path.is_file() else b""
        for secret in (b"marker by the canal", b"Marker Name", str(person.chat.id).encode()):
            assert secret not in raw, path.name


async def test_sigterm_ends_it_politely_and_it_printed_nothing(bot: Installation) -> None:
    assert await bot.stop() == (0, "", "")
    files = {path.suffix for path in (bot.folder / "data").iterdir() if path.is_file()}
    assert files == {".db"}  # closed: the write-ahead log is folded in
