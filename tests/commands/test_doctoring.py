"""`doctor`: what it finds wrong, what it says to do, and that it changes nothing."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.adapters.mailbox import EmbeddedMailbox
from bot.adapters.signing import CERTIFICATE_FILE
from bot.channels.telegram.request import AiohttpRequest
from bot.commands import DONE, PROBLEMS, WRONG_USE
from bot.commands.doctor_here import disk_and_clock, keys_and_database, webhook
from bot.commands.doctor_there import mail_server, mailboxes, token
from bot.commands.looked import Looked, State
from bot.settings import Secret, Settings
from tests.adapters.authority import issue
from tests.botapi.server import TOKEN, BotApi
from tests.commands.conftest import Run
from tests.commands.verified import live, mailboxes_file

NOW = datetime.now(UTC)  # as the mailboxes: verified yesterday


def states(found: list[Looked]) -> list[State]:
    return [one.state for one in found]


def problem(found: list[Looked]) -> Looked:
    """The one problem among them."""
    (only,) = [one for one in found if one.state is State.PROBLEM]
    return only


def settings_in(folder: Path) -> Settings:
    return Settings(data_dir=folder / "data", key_dir=folder / "keys")


def test_a_fresh_installation_is_fit_for_training_and_stays_untouched(
    run: Run, folder: Path
) -> None:
    told = run("doctor")
    assert told.code == DONE
    assert told.out.endswith("Fit to run in training mode.\n")
    assert all(line.split()[0] in {"ok", "note"} for line in told.out.splitlines()[:-1])
    assert list(folder.iterdir()) == []


def test_an_installation_that_has_run_is_sound_and_stays_as_it_was(run: Run, folder: Path) -> None:
    run("chat", stdin=b"no\n")
    before = {path: path.stat().st_mtime_ns for path in (folder / "keys").iterdir()}
    told = run("doctor")
    assert told.code == DONE
    assert "keys         whole, and readable by their owner alone" in told.out
    assert "database     opens with WAL and secure_delete, and is sound" in told.out
    assert "keys and data are on one disk" in told.out
    assert {path: path.stat().st_mtime_ns for path in (folder / "keys").iterdir()} == before


def test_json_holds_every_check(run: Run) -> None:
    told = run("doctor", "--json")
    assert told.code == DONE
    assert (told.json["mode"], told.json["fit"]) == ("training", True)
    assert told.json["checks"][0] == {
        "state": "ok",
        "what": "settings",
        "found": "every value can be read",
        "do": "",
    }


def test_live_with_retired_mailboxes_is_not_fit(run: Run) -> None:
    told = run(
        "doctor",
        BOT_MODE="live",
        BOT_SMTP_HOST="127.0.0.1",
        BOT_SMTP_PORT="1",
        BOT_MAIL_FROM="bot@sender.example",
        BOT_ALARM_MAIL="duty@desk.example",
    )
    assert told.code == PROBLEMS
    assert told.out.endswith("Not fit to run in live mode.\n")
    assert "problem  mail server  cannot be used (no_connection)" in told.out
    assert "its domain is on the closed pnn network. Get the address confirmed" in told.out


# ---- keys and database ----


async def test_keys_that_others_can_read_are_a_problem(run: Run, folder: Path) -> None:
    await asyncio.to_thread(run, "chat", stdin=b"no\n")
    (folder / "keys" / "outbox.key").chmod(0o644)
    found = problem(await keys_and_database(settings_in(folder)))
    assert found.what == "keys"
    assert "chmod 600" in found.found


async def test_keys_beside_or_inside_the_data_are_a_problem(run: Run, folder: Path) -> None:
    await asyncio.to_thread(run, "chat", stdin=b"no\n", BOT_KEY_DIR="data/keys")
    inside = replace(settings_in(folder), key_dir=folder / "data" / "keys")
    assert problem(await keys_and_database(inside)).found == "they lie inside the data folder"
    beside = replace(settings_in(folder), key_dir=folder / "data")
    assert "share a folder" in problem(await keys_and_database(beside)).found


async def test_a_database_without_its_keys_is_a_problem_and_no_new_keys_are_made(
    run: Run, folder: Path
) -> None:
    await asyncio.to_thread(run, "chat", stdin=b"no\n")
    shutil.rmtree(folder / "keys")
    assert "not one key" in problem(await keys_and_database(settings_in(folder))).found
    assert list((folder / "keys").glob("*.key")) == []


async def test_a_damaged_database_is_a_problem(run: Run, folder: Path) -> None:
    await asyncio.to_thread(run, "chat", stdin=b"no\n")
    (folder / "data" / "bot.db").write_bytes(b"this is no database at all" * 400)
    found = problem(await keys_and_database(settings_in(folder)))
    assert (found.what, found.found) == ("database", "cannot be opened (database_corrupt)")


async def test_versions_behind_and_ahead_are_told_apart(run: Run, folder: Path) -> None:
    await asyncio.to_thread(run, "chat", stdin=b"no\n")
    with sqlite3.connect(folder / "data" / "bot.db") as con:
        version = con.execute("pragma user_version").fetchone()[0]
        con.execute(f"pragma user_version = {version + 1}")
    con.close()
    found = problem(await keys_and_database(settings_in(folder)))
    assert found.found == "was made by a newer program"


async def test_a_clock_behind_what_was_saved_is_a_problem(run: Run, folder: Path) -> None:
    await asyncio.to_thread(run, "chat", stdin=b"no\n")
    later = (date.today() + timedelta(days=40)).isoformat()  # noqa: DTZ011 - far enough
    with sqlite3.connect(folder / "data" / "bot.db") as con:
        con.execute("insert into inbox values (1, 'p', 1, ?, x'00')", (later,))
    con.close()
    found = problem(await keys_and_database(settings_in(folder)))
    assert (found.what, found.do) == ("clock", "Set the clock of this machine")


# ---- disk, clock, webhook ----


class Disk(NamedTuple):
    total: int
    used: int
    free: int


@pytest.mark.parametrize(
    ("total", "free", "state"),
    [
        (10**12, 10**11, State.OK),
        (10**12, 29 * 10**9, State.PROBLEM),
        (10**9, 199 * 1024**2, State.PROBLEM),
        (10**9, 201 * 1024**2, State.OK),
    ],
)
def test_a_disk_needs_200_mb_and_three_in_a_hundred(
    total: int, free: int, state: State, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Disk(total, total - free, free))
    assert states(disk_and_clock(settings_in(tmp_path))) == [state, State.OK]


@pytest.mark.parametrize("year", [1970, 2025, 2101])
def test_a_year_that_cannot_be_is_a_problem(year: int, tmp_path: Path) -> None:
    assert problem(disk_and_clock(settings_in(tmp_path), date(year, 1, 1))).what == "clock"


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://bot.example/" + "p" * 20, [State.OK]),
        ("https://bot.example:8443/" + "p" * 20, [State.OK]),
        ("http://127.0.0.1:9999/" + "p" * 20, [State.OK]),
        ("https://bot.example:9999/" + "p" * 20, [State.PROBLEM]),
        ("https://bot.example/" + "p" * 20 + "?x=1", [State.PROBLEM]),
        ("https://bot.example/x", [State.NOTE]),
    ],
)
def test_a_webhook_url_must_be_one_that_telegram_calls(
    url: str, found: list[State], tmp_path: Path
) -> None:
    assert states(webhook(replace(settings_in(tmp_path), webhook_url=url))) == found


# ---- Telegram and mail ----


async def test_a_token_that_telegram_knows_is_fit() -> None:
    async with BotApi() as api:
        settings = Settings(token=Secret(TOKEN), api_url=api.root)
        assert states(await token(settings))[0] is State.OK


async def test_a_token_that_telegram_does_not_know_is_a_problem() -> None:
    async with BotApi() as api:
        settings = Settings(token=Secret("1001:" + "X" * 35), api_url=api.root)
        assert problem(await token(settings)).do == "Check BOT_TOKEN"


async def test_telegram_out_of_reach_is_a_problem_and_no_token_a_note() -> None:
    settings = Settings(token=Secret(TOKEN), api_url="http://127.0.0.1:1")
    assert problem(await token(settings)).found == "Telegram did not answer"
    assert states(await token(Settings())) == [State.NOTE]


@pytest.mark.parametrize(
    ("groups", "found"), [(True, [State.OK, State.NOTE]), (False, [State.OK])]
)
async def test_a_bot_that_can_be_put_into_groups_is_a_note(
    groups: bool,  # noqa: FBT001 - a parameter of the test
    found: list[State],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def told(*_: object) -> dict[str, bool]:
        return {"can_join_groups": groups}

    monkeypatch.setattr(AiohttpRequest, "call", told)
    assert states(await token(Settings(token=Secret(TOKEN)))) == found


async def test_too_many_requests_are_a_problem_not_a_crash() -> None:
    async with BotApi() as api:
        api.fail("getMe", how="refuse", status=429, description="Too Many Requests")
        settings = Settings(token=Secret(TOKEN), api_url=api.root)
        assert problem(await token(settings)).found == "Telegram did not answer"


async def test_a_mail_server_whose_tls_verifies_is_fit(tmp_path: Path) -> None:
    async with EmbeddedMailbox(tmp_path) as server:
        found = await mail_server(live(tmp_path, None, server))
        assert states(found) == [State.OK]
        assert "396 days left" in found[0].found or "397 days left" in found[0].found
        assert server.arrived == []


async def test_a_mail_server_that_nobody_vouches_for_is_a_problem(tmp_path: Path) -> None:
    async with EmbeddedMailbox(tmp_path) as server:
        settings = live(tmp_path, None, server)
        settings = replace(settings, smtp=replace(settings.smtp, ca_file=""))
        found = problem(await mail_server(settings))
        assert found.found == "cannot be used (tls_untrusted)"
        assert "BOT_SMTP_CA_FILE" in found.do


async def test_a_ca_file_that_is_none_is_a_problem_not_a_crash(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("no certificate", encoding="utf-8")
    settings = live(tmp_path, None)
    settings = replace(settings, smtp=replace(settings.smtp, ca_file=str(tmp_path / "ca.pem")))
    assert problem(await mail_server(settings)).found == "cannot be used (smtp_ca_file)"


async def test_in_training_without_a_server_the_embedded_mailbox_is_named() -> None:
    assert states(await mail_server(Settings())) == [State.OK]


# ---- mailboxes ----


def test_verified_mailboxes_are_fit_and_a_near_end_is_a_note(tmp_path: Path) -> None:
    assert set(states(mailboxes(live(tmp_path, mailboxes_file(tmp_path))))) == {State.OK}
    soon = mailboxes(live(tmp_path, mailboxes_file(tmp_path, days=5)))
    assert set(states(soon)) == {State.OK, State.NOTE}
    assert any("its verification ends in 5 days" in one.found for one in soon)


@pytest.mark.parametrize(
    ("more", "why"),
    [
        (", personal: yes", "it is the mailbox of one named person"),
        (", address: x@y.pnn.police.uk", "closed pnn network"),
    ],
)
def test_a_mailbox_that_must_not_be_used_says_why(more: str, why: str, tmp_path: Path) -> None:
    path = mailboxes_file(tmp_path, more=more)
    if "address" in more:
        text = path.read_text("utf-8").replace(more, "")
        path.write_text(text.replace("@desk.example", "@desk.pnn.police.uk"), encoding="utf-8")
    found = mailboxes(live(tmp_path, path))
    assert set(states(found)) == {State.PROBLEM}
    assert all(why in one.found for one in found)


def test_a_verification_that_lapsed_is_a_problem_in_live_and_a_note_in_training(
    tmp_path: Path,
) -> None:
    path = mailboxes_file(tmp_path, days=-1)
    found = mailboxes(live(tmp_path, path))
    assert set(states(found)) == {State.PROBLEM}
    assert all("lapsed" in one.found for one in found)
    training = replace(settings_in(tmp_path), mailboxes=path)
    assert set(states(mailboxes(training))) == {State.NOTE}


def test_a_second_mailbox_that_may_not_be_used_is_a_note_and_shuts_no_route(
    tmp_path: Path,
) -> None:
    second = ", second: {address: deputy@desk.example, state: unverified, tls_only_agreed_by: B}"
    found = mailboxes(live(tmp_path, mailboxes_file(tmp_path, more=second)))
    assert set(states(found)) == {State.OK, State.NOTE}
    notes = {one.found for one in found if one.state is State.NOTE}
    assert "wirral_cadt_second: its state is unverified" in notes


def route_of(found: list[Looked], box: str) -> list[Looked]:
    """What is said of the routes to a mailbox, each thing once."""
    return list({one.found: one for one in found if f"{box}:" in one.found}.values())


def test_a_route_whose_certificate_cannot_seal_today_is_the_problem(tmp_path: Path) -> None:
    issue("wirral-cadt", ends=NOW - timedelta(days=1)).write(tmp_path, "desk.pem")
    sealed = ", certificates: [desk.pem]"
    path = mailboxes_file(tmp_path, boxes=("wirral_cadt",), more=sealed)
    (told,) = route_of(mailboxes(live(tmp_path, path), NOW), "wirral_cadt")
    assert told.state is State.PROBLEM
    assert "has expired" in told.found
    assert "certificate" in told.do


def test_a_route_cannot_seal_when_our_own_certificate_has_ended(tmp_path: Path) -> None:
    issue("wirral-cadt").write(tmp_path, "desk.pem")
    path = mailboxes_file(tmp_path, boxes=("wirral_cadt",), more=", certificates: [desk.pem]")
    settings = live(tmp_path, path)
    assert not route_of(mailboxes(settings, NOW), "wirral_cadt"), "the first start makes ours"
    settings.key_dir.mkdir()
    issue("bot", ends=NOW - timedelta(days=1)).write(settings.key_dir, CERTIFICATE_FILE)
    (told,) = route_of(mailboxes(settings, NOW), "wirral_cadt")
    assert "this installation's own certificate must not be used" in told.found


def test_without_certificate_and_agreement_the_advice_is_about_that(tmp_path: Path) -> None:
    path = mailboxes_file(tmp_path, boxes=("wirral_cadt",))
    text = path.read_text("utf-8").replace(", tls_only_agreed_by: Duty manager", "")
    path.write_text(text, encoding="utf-8")
    (told,) = route_of(mailboxes(live(tmp_path, path), NOW), "wirral_cadt")
    assert told.state is State.PROBLEM
    assert "no certificate to seal to" in told.found
    assert "Ask the team for its certificate" in told.do
    assert "confirmed" not in told.do


def test_a_new_address_that_nobody_called_a_team_s_is_a_problem(tmp_path: Path) -> None:
    path = mailboxes_file(tmp_path, boxes=("wirral_cadt",))
    text = path.read_text("utf-8").replace(", personal: no", "")
    path.write_text(text, encoding="utf-8")
    (told,) = route_of(mailboxes(live(tmp_path, path), NOW), "wirral_cadt")
    assert told.state is State.PROBLEM
    assert "its address is new" in told.found
    assert "write `personal: no` where a team reads it" in told.found


def test_an_unknown_mailbox_in_the_file_is_a_problem_of_the_settings(
    run: Run, folder: Path
) -> None:
    path = mailboxes_file(folder, boxes=("wirral_cadtt",))
    told = run("doctor", BOT_MAILBOXES=str(path))
    assert told.code == WRONG_USE
    assert "UNKNOWN_MAILBOX" in told.err
