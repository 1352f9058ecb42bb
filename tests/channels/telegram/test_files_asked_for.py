"""A file is fetched only where one is asked for, and goes from the chat; any other stays where it
is.
"""

from __future__ import annotations

import pytest

from bot.core.brought import MOST
from bot.core.turn import Document, Media, MediaKind
from tests.botapi.person import Person
from tests.botapi.server import BotApi
from tests.channels.telegram.conftest import Run
from tests.channels.telegram.service import Service

REPORT = b'{"kind": "case_report"}'
REFUSED = Media(MediaKind.FILE)


def fetched(api: BotApi) -> tuple[int, int]:
    return len(api.calls("getFile")), len(api.calls("file"))


async def test_a_report_is_fetched_where_it_is_asked_for_and_removed_from_the_chat(
    api: BotApi, run: Run, person: Person, service: Service
) -> None:
    await person.say("hello")
    service.wants_file = True
    await person.document("submission.json", REPORT, caption="her name is Marker")
    assert service.inputs[-1] == Document(REPORT)
    assert fetched(api) == (1, 1)
    assert [m.kind for m in person.messages if not m.by_bot] == ["text"]


async def test_a_file_nobody_asked_for_is_never_fetched_and_removed_too(
    api: BotApi, run: Run, person: Person, service: Service
) -> None:
    await person.say("hello")
    await person.document("submission.json", REPORT)
    assert service.inputs[-1] == REFUSED
    assert fetched(api) == (0, 0)
    assert [m.kind for m in person.messages if not m.by_bot] == ["text"]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("photo.jpg", {}),
        ("submission.json.exe", {}),
        ("submission.json", {"file_size": MOST + 1}),
        ("submission.json", {"file_size": 0}),
        ("submission.json", {"file_size": None}),
        ("submission.json", {"file_name": None}),
    ],
)
async def test_what_cannot_be_the_report_is_answered_without_being_fetched(
    api: BotApi,
    run: Run,
    person: Person,
    service: Service,
    name: str,
    told: dict[str, object],
) -> None:
    service.wants_file = True
    await person.document(name, REPORT, **told)
    assert service.inputs[-1] == Document(b"")
    assert fetched(api) == (0, 0)


async def test_a_file_as_large_as_allowed_is_fetched_and_never_more_than_that(
    api: BotApi, run: Run, person: Person, service: Service
) -> None:
    service.wants_file = True
    await person.document("A.JSON", b" " * MOST)
    assert service.inputs[-1] == Document(b" " * MOST)
    await person.document("a.json", b" " * (MOST + 1), file_size=10)  # it says less than it is
    assert service.inputs[-1] == Document(b"")


async def test_a_photo_or_film_is_no_file_that_anybody_asks_for(
    api: BotApi, run: Run, person: Person, service: Service
) -> None:
    service.wants_file = True
    await person.photo()
    assert service.inputs[-1] == Media(MediaKind.PHOTO)
    film = {"file_id": "f", "file_name": "a.json", "file_size": 5}
    person.post_media("animation", film, document=film)
    await api.world.until(lambda: len(service.inputs) == 2)
    assert service.inputs[-1] == Media(MediaKind.VIDEO)
    assert fetched(api) == (0, 0)


async def test_a_file_whose_id_cannot_be_read_is_a_file_like_any_other(
    api: BotApi, run: Run, person: Person, service: Service
) -> None:
    service.wants_file = True
    person.post_media("document", {"file_name": "a.json", "file_size": 5})
    await api.world.until(lambda: bool(service.inputs))
    assert service.inputs == [REFUSED]


@pytest.mark.parametrize(
    ("method", "how", "status"),
    [
        ("getFile", "refuse", 400),
        ("getFile", "refuse", 500),
        ("getFile", "drop", 500),
        ("file", "refuse", 404),
        ("file", "refuse", 500),
    ],
)
async def test_a_file_that_cannot_be_had_is_answered_all_the_same(
    api: BotApi, run: Run, person: Person, service: Service, method: str, how: str, status: int
) -> None:
    service.wants_file = True
    api.fail(method, how=how, status=status, times=100)
    await person.document("submission.json", REPORT)
    assert service.inputs[-1] == Document(b"")
    assert run.alarms == []


async def test_a_file_that_comes_at_the_second_try_is_taken(
    api: BotApi, run: Run, person: Person, service: Service
) -> None:
    service.wants_file = True
    api.fail("file", status=502)
    await person.document("submission.json", REPORT)
    assert service.inputs[-1] == Document(REPORT)


async def test_an_answer_without_a_path_of_this_servers_fetches_nothing(
    api: BotApi, run: Run, person: Person, service: Service
) -> None:
    service.wants_file = True
    file = f"file-{api.world.next_update}"
    person.post_document("submission.json", REPORT)
    api.world.files[f"../{file}"] = api.world.files[file]
    await api.world.until(lambda: bool(service.inputs))
    await person.document("submission.json", REPORT, file_id=f"../{file}")
    assert service.inputs[-1] == Document(b"")
    assert fetched(api) == (2, 1)


async def test_while_nothing_can_be_saved_nothing_is_fetched(
    api: BotApi, run: Run, person: Person, service: Service
) -> None:
    service.wants_file, service.failing = True, 2
    await person.document("submission.json", REPORT)
    assert service.inputs == []
    assert fetched(api) == (0, 0)
