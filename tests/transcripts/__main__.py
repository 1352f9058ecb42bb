"""`python -m tests.transcripts [--write] [FILE…]`: play recorded conversations and show them.

With `--write`, lines that are no longer shown are replaced by what is; read the diff aloud.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from bot.channels.transcript import dump_transcript, load_transcript
from bot.core.catalogue import Catalogue
from bot.loading.load import load_catalogue
from tests.transcripts.promises import broken, text_of
from tests.transcripts.stage import stage

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


async def _show(path: Path, catalogue: Catalogue, *, write: bool) -> None:
    transcript = load_transcript(path)
    with tempfile.TemporaryDirectory() as folder:
        async with stage(Path(folder), catalogue) as played:
            went = await played.play(transcript, _say)
            for to, mail in played.mails:
                _say(f"\nMAIL to {to}\n{text_of(mail)}")
            for line in (*went.wrong, *broken(played)):
                _say(f"{path.name}: {line}")
    if write and len(went.turns) == len(transcript.turns):
        again = dump_transcript(transcript.title, went.turns, transcript.mail)
        path.write_text(again, encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.transcripts")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("files", nargs="*", type=Path, default=sorted(HERE.glob("*.yaml")))
    given = parser.parse_args()
    catalogue = load_catalogue(ROOT)
    for path in given.files:
        asyncio.run(_show(path, catalogue, write=given.write))


if __name__ == "__main__":
    main()
