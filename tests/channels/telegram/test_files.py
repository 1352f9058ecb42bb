"""Files that a reply brings: sent below the screen, silently, and gone with everything else."""

from __future__ import annotations

from bot.core.turn import File, Reply, Screen, ScreenKind
from tests.botapi.person import Person
from tests.botapi.server import BotApi
from tests.botapi.world import Message, Uploaded
from tests.channels.telegram.conftest import Run
from tests.channels.telegram.service import Service, question

PNG = b"\x89PNG\r\n\x1a\n and the rest"
PAPER = File("information-2026-11-21.pdf", "application/pdf", b"%PDF-1.7 \xff", "For: a desk")
RECORD = File("submission.json", "application/json", b'{"kind":"referral"}', protect=False)
PICTURE = File("wirral-entry.png", "image/png", PNG, "The way", protect=False)


def gives(*files: File, text: str = "Here") -> Reply:
    return Reply((question(text),), 0, files=files)


async def shown(api: BotApi, person: Person, files: int) -> list[Message]:
    await api.world.until(lambda: len(person.files) == files)
    return person.files


async def test_a_document_arrives_as_it_was_made_and_makes_no_sound(
    api: BotApi, run: Run, person: Person, service: Service
) -> None:
    service.replies = [gives(PAPER, RECORD)]
    await person.say("documents, please")
    paper, record = await shown(api, person, 2)
    assert paper.file == Uploaded(PAPER.name, PAPER.media_type, PAPER.content)
    assert record.file == Uploaded(RECORD.name, RECORD.media_type, RECORD.content)
    assert (paper.kind, paper.text, record.text) == ("document", "For: a desk", "")
    assert paper.silent
    assert record.silent
    assert [message.text for message in person.messages if message.by_bot][-2:] == [
        "For: a desk",
        "",
    ]


async def test_what_was_asked_for_by_name_may_be_kept_and_sent_on(
    api: BotApi, run: Run, person: Person, service: Service
) -> None:
    service.replies = [gives(PAPER, RECORD)]
    await person.say("documents, please")
    paper, record = await shown(api, person, 2)
    assert (paper.protected, record.protected) == (True, False)


async def test_a_picture_is_sent_as_a_picture(
    api: BotApi, run: Run, person: Person, service: Service
) -> None:
    service.replies = [gives(PICTURE)]
    await person.say("the way, please")
    (picture,) = await shown(api, person, 1)
    assert (picture.kind, picture.text) == ("photo", "The way")
    assert not api.calls("sendDocument")


async def test_a_picture_that_cannot_be_shown_is_sent_as_a_file(
    api: BotApi, run: Run, person: Person, service: Service
) -> None:
    api.fail("sendPhoto", status=400, description="Bad Request: PHOTO_INVALID_DIMENSIONS")
    service.replies = [gives(PICTURE)]
    await person.say("the way, please")
    (picture,) = await shown(api, person, 1)
    assert (picture.kind, picture.file) == (
        "document",
        Uploaded(PICTURE.name, PICTURE.media_type, PICTURE.content),
    )


async def test_a_broken_connection_is_tried_again_with_the_whole_file(
    api: BotApi, run: Run, person: Person, service: Service
) -> None:
    api.fail("sendDocument", how="drop", times=2)
    service.replies = [gives(PAPER)]
    await person.say("documents, please")
    (paper,) = await shown(api, person, 1)
    assert paper.file is not None
    assert paper.file.content == PAPER.content
    assert len(api.calls("sendDocument")) == 3


async def test_a_file_that_cannot_be_sent_is_said_to_be_missing(
    api: BotApi, run: Run, person: Person, service: Service
) -> None:
    api.fail("sendDocument", status=400, description="Bad Request: file is too big")
    service.replies = [gives(PAPER, RECORD)]
    await person.say("documents, please")
    seen = await person.sees("The file could not be sent.")
    assert seen.text.startswith("In danger now? Call 999.")
    (record,) = await shown(api, person, 1)
    assert record.file == Uploaded(RECORD.name, RECORD.media_type, RECORD.content)


async def test_the_next_screen_comes_below_the_file(
    api: BotApi, run: Run, person: Person, service: Service
) -> None:
    service.replies = [gives(PAPER)]
    above = await person.say("documents, please")
    (paper,) = await shown(api, person, 1)
    await person.say("and then")
    assert person.screen.id > paper.id > above.id
    service.replies = [gives(PAPER, text="Here again")]
    first = await person.press("Yes")
    await shown(api, person, 2)
    seen = await person.press("Yes")
    assert seen.id > person.files[-1].id > first.id


async def test_leaving_removes_the_files_too(
    api: BotApi, run: Run, person: Person, service: Service
) -> None:
    service.replies = [gives(PAPER, PICTURE)]
    await person.say("documents, please")
    await shown(api, person, 2)
    goodbye = Screen("Goodbye.", kind=ScreenKind.FAREWELL)
    service.replies = [Reply((goodbye,), 0, clear=True)]
    await person.say("exit")
    await shown(api, person, 0)
    assert person.chat_texts == ["Goodbye."]


async def test_what_cannot_leave_the_chat_when_the_person_does_goes_as_soon_as_it_can(
    api: BotApi, run: Run, person: Person, service: Service
) -> None:
    service.replies = [gives(PAPER)]
    await person.say("documents, please")
    (paper,) = await shown(api, person, 1)
    api.fail("deleteMessages", how="drop", times=20)
    goodbye = Screen("Goodbye.", kind=ScreenKind.FAREWELL)
    service.replies = [Reply((goodbye,), 0, clear=True)]
    await person.say("exit")
    await api.world.until(lambda: 0 in run.stays)
    assert person.chat_texts[-1] == "Goodbye."
    assert paper.id in run.later[-1][2]


async def test_somebody_who_blocked_the_bot_gets_no_file_and_is_forgotten(
    api: BotApi, run: Run, person: Person, service: Service
) -> None:
    api.fail("sendDocument", status=403, description="Forbidden: bot was blocked by the user")
    service.replies = [gives(PAPER)]
    await person.say("documents, please")
    await api.world.until(lambda: not service.kept)
    assert person.files == []
