"""Every recorded conversation, played again through the whole program."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from bot.channels.transcript import Mailed, dump_transcript, load_transcript
from bot.core.catalogue import Catalogue
from bot.core.routing import How
from bot.loading.load import load_catalogue
from tests.transcripts.promises import broken, text_of
from tests.transcripts.stage import Stage, stage

ROOT = Path(__file__).parents[2]
DEMO = ROOT / "demo" / "off_licence.yaml"
SCHEMA = jsonschema.Draft202012Validator(
    json.loads((ROOT / "docs" / "submission.schema.json").read_text("utf-8"))
)
RECORDED = (DEMO, *sorted(Path(__file__).parent.glob("*.yaml")))


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(ROOT)


def _unlike(stage: Stage, expected: tuple[Mailed, ...]) -> list[str]:
    """How the mail that went out differs from the record."""
    sent = [mail for _, mail in stage.mails]
    wrong = [] if len(sent) == len(expected) else [f"{len(sent)} mails went out"]
    for number, (mail, said) in enumerate(zip(sent, expected, strict=False), 1):
        text = text_of(mail)
        for name, wanted in (("To", said.to), ("Subject", said.subject)):
            if mail[name] != wanted:
                wrong.append(f"mail {number}: {name} is {mail[name]}")
        wrong += [f"mail {number} lacks “{line}”" for line in said.holds if line not in text]
        wrong += [f"mail {number} holds “{line}”" for line in said.lacks if line in text]
    return wrong


def records(stage: Stage) -> list[bytes]:
    """Every submission.json that was mailed or handed over."""
    parts = [part for _, mail in stage.mails for part in mail.iter_attachments()]
    mailed = [part.get_content() for part in parts if part.get_filename() == "submission.json"]
    files = [file for reply in stage.watched.replies for file in reply.files]
    return [*mailed, *(file.content for file in files if file.name.endswith(".json"))]


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.stem)
async def test_a_recorded_conversation_goes_as_it_went(
    path: Path, catalogue: Catalogue, tmp_path: Path
) -> None:
    transcript = load_transcript(path)
    async with stage(tmp_path, catalogue) as played:
        went = await played.play(transcript)
        assert went.wrong + _unlike(played, transcript.mail) == []
        assert broken(played) == []
        assert played.alarms == []
        for record in records(played):
            SCHEMA.validate(json.loads(record))


def test_every_mailed_route_has_a_recorded_conversation(catalogue: Catalogue) -> None:
    mailed = [mail for path in RECORDED for mail in load_transcript(path).mail]
    sent = {(mail.to, mail.subject) for mail in mailed}
    for route in catalogue.routes.values():
        if route.how is How.MAIL:
            boxes = [catalogue.mailboxes[box] for box in route.mailboxes]
            assert {(box.address, route.subject) for box in boxes} <= sent, route.id


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.stem)
def test_a_record_written_again_is_the_same_record(path: Path, tmp_path: Path) -> None:
    transcript = load_transcript(path)
    again = tmp_path / "again.yaml"
    again.write_text(
        dump_transcript(transcript.title, transcript.turns, transcript.mail), encoding="utf-8"
    )
    assert load_transcript(again) == transcript
