"""What was delivered is destroyed in time: in the database, in its log, in the keys, and in the
backup that OPERATING describes.
"""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path

from bot.adapters.slots import FILE
from tests.e2e.installation import ROOT
from tests.faults.house import House, put_off
from tests.faults.promises import opened
from tests.privacy.search import files

ALMOST = 46 * 60  # minutes: of a mail delivered at the end of a day, still kept
THREE_DAYS = 72 * 60
BACKUP = re.compile(r'`(sqlite3 "\$BOT_DATA_DIR/bot\.db" [^`]+)`')
NEVER = re.compile(r"^\| `BOT_KEY_DIR/([^`]+)` \|[^|]*\| \*\*never\*\*", re.MULTILINE)


def documented_backup(house: House, folder: Path) -> None:
    """Exactly what OPERATING says: the database by SQLite's own tool, and the lasting keys."""
    page = (ROOT / "docs" / "OPERATING.md").read_text("utf-8")
    (command,) = BACKUP.findall(page)
    folder.mkdir()
    here = command.replace("$BOT_DATA_DIR", str(house.lives.database.parent))
    subprocess.run(shlex.split(here.replace("/backup/", f"{folder}/")), check=True)
    never = NEVER.findall(page)
    assert len(never) == 2
    keys = folder / "keys"
    keys.mkdir(mode=0o700)
    for file in house.keys.iterdir():
        if not any(file.match(pattern) for pattern in never):
            (keys / file.name).write_bytes(file.read_bytes())
            (keys / file.name).chmod(0o600)
    assert "outbox.key" in {file.name for file in keys.iterdir()}
    assert FILE not in {file.name for file in keys.iterdir()}


async def sweep_after(house: House, minutes: int) -> None:
    """The next start, so much later; returns when it has swept."""
    await house.lives.kill()
    house.ahead += minutes
    await house.start()
    await house.lives.until(lambda: "erase.after" in house.lives.passed)


async def test_a_backup_as_documented_brings_no_erased_mail_back(
    house: House, tmp_path: Path
) -> None:
    house.server.breaks("greeting", "4xx")
    report = await put_off(house)
    documented_backup(house, tmp_path / "backup")
    copy = tmp_path / "backup" / "bot.db"
    assert [report.what in text for text in await opened(copy, house.keys, tmp_path)] == [True]
    house.server.breaks()
    await house.later()
    await report.arrives()
    await sweep_after(house, THREE_DAYS)
    assert house.lives.rows("select * from outbox_contents") == []
    for keys in (house.keys, tmp_path / "backup" / "keys"):
        assert await opened(copy, keys, tmp_path) == []
    await house.lives.kill()
    for file in house.lives.database.parent.glob("bot.db*"):
        file.unlink()
    house.lives.database.write_bytes(copy.read_bytes())
    await house.start()
    await report.until(lambda: report.row()[0] == "problem")
    assert "parked_unreadable" in house.said()
    assert len(report.mails) == 1


async def test_a_backup_restored_in_time_sends_what_had_not_left_as_the_same_mail(
    house: House, tmp_path: Path
) -> None:
    house.server.breaks("greeting", "4xx")
    report = await put_off(house)
    documented_backup(house, tmp_path / "backup")
    await house.lives.kill()
    for file in house.lives.database.parent.glob("bot.db*"):
        file.unlink()
    house.lives.database.write_bytes((tmp_path / "backup" / "bot.db").read_bytes())
    house.server.breaks()
    house.ahead += 130
    await house.start()
    await report.arrives()


async def test_delivered_mail_is_gone_from_every_raw_file_within_72_hours_and_not_before(
    house: House,
) -> None:
    report = await house.sent()
    await report.arrives()
    folder = house.lives.database.parent
    ((wrapped,),) = house.lives.rows("select wrapped from outbox_keys")
    ((content,),) = house.lives.rows("select substr(sealed, 100, 60) from outbox_contents")
    ((slot,),) = house.lives.rows("select slot from outbox_keys")
    slots = house.keys / FILE
    secret = slots.read_bytes()[int(str(slot)) * 32 :][:32]
    ((reference, message_id),) = house.lives.rows("select reference, message_id from outbox")
    marks = [bytes(wrapped[20:60]), bytes(content), str(reference).encode()]  # type: ignore[index, call-overload]
    marks.append(str(message_id).encode())
    await sweep_after(house, ALMOST)
    assert [any(mark in raw for raw in files(folder).values()) for mark in marks] == [True] * 4
    await sweep_after(house, THREE_DAYS - ALMOST)
    assert [name for name, raw in files(folder).items() if any(m in raw for m in marks)] == []
    assert secret not in slots.read_bytes()
    assert house.lives.rows("select * from spent_slots") == []


async def test_a_mail_that_cannot_be_delivered_is_kept_and_alarmed_however_old_it_is(
    house: House,
) -> None:
    house.server.breaks("greeting", "4xx")
    report = await put_off(house)
    for _ in range(8):
        tries = int(str(report.row()[1]))
        await house.later(24 * 60)
        await report.until(
            lambda tries=tries: (
                report.row()[0] == "problem"  # type: ignore[misc]
                or (int(str(report.row()[1])) > tries and not report.row()[2])
            )
        )
    assert report.row()[0] == "problem"
    assert "late_smtp_451" in house.said()
    assert "parked_smtp_451" in house.said()
    await sweep_after(house, 60 * 24 * 60)
    await report.is_kept()
    told = await report.told()
    assert "there is a problem" in told
    assert "101" in told
