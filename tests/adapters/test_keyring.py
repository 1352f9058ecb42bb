from __future__ import annotations

import os
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.adapters.envelope import in_steps, seal
from bot.adapters.keyring import LASTING, Keyring, open_keyring
from bot.errors import KeyringError, SealingError

TODAY = date(2026, 11, 21)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "keys"


def problems(error: pytest.ExceptionInfo[KeyringError]) -> list[str]:
    return [problem.code for problem in error.value.problems]


def test_an_empty_folder_gets_one_key_for_each_purpose(folder: Path) -> None:
    open_keyring(folder)
    assert {path.stem for path in folder.iterdir()} == {*LASTING}
    secrets = {path.read_text().split()[-2] for path in folder.iterdir()}
    assert len(secrets) == len(LASTING)
    assert all(len(secret) == 64 for secret in secrets)


def test_folder_and_files_are_the_owners_alone(folder: Path) -> None:
    open_keyring(folder).session_key(TODAY)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


def test_the_same_keys_come_back(folder: Path) -> None:
    first = open_keyring(folder)
    session = first.session_key(TODAY)
    again = open_keyring(folder)
    assert again.fingerprint == first.fingerprint
    assert again.person_key(5) == first.person_key(5)
    assert again.session_key(TODAY) == session
    assert again.receipts_salt == first.receipts_salt


def test_a_person_key_is_keyed_and_names_no_one(folder: Path, tmp_path: Path) -> None:
    ring, other = open_keyring(folder), open_keyring(tmp_path / "other")
    assert ring.person_key(123456789) != other.person_key(123456789)
    assert ring.person_key(1) != ring.person_key(-1)
    assert "123456789" not in ring.person_key(123456789)
    assert ring.limit_key(ring.person_key(1)) != ring.person_key(1)


@pytest.mark.parametrize("mode", [0o750, 0o701, 0o777])
def test_a_folder_open_to_others_is_refused(folder: Path, mode: int) -> None:
    open_keyring(folder)
    folder.chmod(mode)
    with pytest.raises(KeyringError) as caught:
        open_keyring(folder)
    assert problems(caught) == ["key_folder_permissions"]
    assert f"chmod 700 {folder}" in str(caught.value)


def test_a_key_open_to_others_is_refused_and_all_are_named_at_once(folder: Path) -> None:
    open_keyring(folder)
    (folder / "person.key").chmod(0o640)
    (folder / "limits.key").chmod(0o604)
    (folder / "outbox.key").unlink()
    with pytest.raises(KeyringError) as caught:
        open_keyring(folder)
    assert sorted(problems(caught)) == ["key_missing", "key_permissions", "key_permissions"]
    assert f"chmod 600 {folder / 'person.key'}" in str(caught.value)


@pytest.mark.parametrize("purpose", LASTING)
def test_a_missing_key_is_named_and_never_replaced(folder: Path, purpose: str) -> None:
    open_keyring(folder)
    (folder / f"{purpose}.key").unlink()
    with pytest.raises(KeyringError) as caught:
        open_keyring(folder)
    assert problems(caught) == ["key_missing"]
    assert caught.value.problems[0].file.endswith(f"{purpose}.key")
    assert not (folder / f"{purpose}.key").exists()


def test_a_damaged_key_is_noticed_at_every_character(folder: Path) -> None:
    open_keyring(folder)
    path = folder / "outbox.key"
    whole = path.read_text().strip()
    for at in range(len(whole)):
        path.write_text(whole[:at] + ("0" if whole[at] != "0" else "1") + whole[at + 1 :])
        with pytest.raises(KeyringError) as caught:
            open_keyring(folder)
        assert problems(caught) == ["key_damaged"]


@pytest.mark.parametrize(
    "content", [b"", b"\x00" * 120, b"\xff\xfe", b"safeguarding-key 1 outbox"]
)
def test_an_emptied_key_is_refused(folder: Path, content: bytes) -> None:
    open_keyring(folder)
    (folder / "outbox.key").write_bytes(content)
    with pytest.raises(KeyringError):
        open_keyring(folder)


def test_a_key_in_anothers_place_is_refused(folder: Path) -> None:
    open_keyring(folder)
    (folder / "outbox.key").write_bytes((folder / "person.key").read_bytes())
    with pytest.raises(KeyringError):
        open_keyring(folder)


def test_no_new_keys_are_made_beside_a_database(folder: Path, tmp_path: Path) -> None:
    database = tmp_path / "bot.sqlite"
    database.write_bytes(b"something")
    with pytest.raises(KeyringError) as caught:
        open_keyring(folder, database)
    assert problems(caught) == ["keys_lost"]
    assert list(folder.iterdir()) == []


def test_new_keys_are_made_where_the_database_is_still_to_come(
    folder: Path, tmp_path: Path
) -> None:
    assert open_keyring(folder, tmp_path / "bot.sqlite").fingerprint


def test_keys_may_not_lie_beside_the_database(tmp_path: Path) -> None:
    with pytest.raises(KeyringError) as caught:
        open_keyring(tmp_path, tmp_path / "bot.sqlite")
    assert problems(caught) == ["keys_beside_database"]


def test_a_folder_that_cannot_be_made_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(KeyringError) as caught:
        open_keyring(tmp_path / "file" / "keys")
    assert problems(caught) == ["key_folder"]


def test_each_day_has_a_session_key_of_its_own(folder: Path) -> None:
    ring = open_keyring(folder)
    today, tomorrow = ring.session_key(TODAY), ring.session_key(TODAY + timedelta(days=1))
    assert today.secret != tomorrow.secret
    assert ring.session_key(TODAY) is today
    assert ring.opening_key(today.id) is today
    assert ring.oldest_session_day() == TODAY


def test_old_session_keys_are_overwritten_then_removed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring = open_keyring(folder)
    old = ring.session_key(TODAY)
    path = folder / "session-2026-11-21.key"
    seen: list[bytes] = []
    unlink = Path.unlink

    def watched(self: Path, *, missing_ok: bool = False) -> None:
        seen.append(self.read_bytes())
        unlink(self, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", watched)
    size = path.stat().st_size
    keep = 2
    assert ring.rotate(TODAY + timedelta(days=keep), keep) == 0
    seen.clear()
    assert ring.rotate(TODAY + timedelta(days=keep + 1), keep) == 1
    assert bytes(size) in seen
    assert not path.exists()
    assert ring.opening_key(old.id) is None
    assert (folder / "session-2026-11-24.key").exists()


def test_what_a_crash_left_of_writing_a_key_is_destroyed_with_it(folder: Path) -> None:
    ring = open_keyring(folder)
    ring.session_key(TODAY)
    left = folder / ".session-2026-11-21.key.77.part"
    left.write_bytes((folder / "session-2026-11-21.key").read_bytes())
    assert ring.rotate(TODAY + timedelta(days=9), 2) == 1
    assert not left.exists()


def test_a_key_that_another_program_destroyed_first_is_no_fault(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring = open_keyring(folder)
    ring.session_key(TODAY)
    opened = os.open

    def too_late(path: str | Path, flags: int, mode: int = 0o777) -> int:
        if flags == os.O_WRONLY:
            Path(path).unlink()
        return opened(path, flags, mode)

    monkeypatch.setattr(os, "open", too_late)
    assert ring.rotate(TODAY + timedelta(days=9), 2) == 1
    assert not (folder / "session-2026-11-21.key").exists()


def test_keys_of_days_to_come_go_too(folder: Path) -> None:
    ring = open_keyring(folder)
    ring.session_key(date(2099, 1, 1))
    assert ring.rotate(TODAY, 2) == 1
    assert ring.oldest_session_day() == TODAY


def test_two_programs_of_one_installation_share_the_days_key(folder: Path) -> None:
    one, two = open_keyring(folder), open_keyring(folder)
    assert one.session_key(TODAY) == two.session_key(TODAY)


def test_a_key_made_meanwhile_by_another_program_is_taken(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = open_keyring(folder), open_keyring(folder)
    monkeypatch.setattr(Keyring, "opening_key", lambda *_: None)
    assert one.session_key(TODAY) == two.session_key(TODAY)


def test_a_day_without_a_key_has_none(folder: Path) -> None:
    ring = open_keyring(folder)
    for key_id in (0, 1, TODAY.toordinal(), 2**32 - 1):
        assert ring.opening_key(key_id) is None
    assert ring.oldest_session_day() == date.max


def test_a_damaged_session_key_is_a_clear_error(folder: Path) -> None:
    ring = open_keyring(folder)
    ring.session_key(TODAY)
    (folder / "session-2026-11-21.key").write_bytes(b"rubbish")
    with pytest.raises(KeyringError) as caught:
        open_keyring(folder)
    assert problems(caught) == ["key_damaged"]
    assert "Delete the file" in str(caught.value)


def test_a_session_key_damaged_while_running_is_a_clear_error(folder: Path) -> None:
    one, two = open_keyring(folder), open_keyring(folder)
    one.session_key(TODAY)
    (folder / "session-2026-11-21.key").write_bytes(b"rubbish")
    with pytest.raises(KeyringError) as caught:
        two.opening_key(TODAY.toordinal())
    assert problems(caught) == ["key_damaged"]


def test_a_session_key_that_cannot_be_kept_seals_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring = open_keyring(folder)

    def full(_: int) -> None:
        raise OSError("disk")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SealingError, match="session_key_not_written"):
        seal(ring.session_key(TODAY), b"", b"", in_steps)
    assert not list(folder.glob("session-*"))
    assert not list(folder.glob(".*"))


def test_a_key_that_cannot_be_destroyed_is_a_clear_error(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring = open_keyring(folder)
    ring.session_key(TODAY)
    later = TODAY + timedelta(days=9)
    ring.session_key(later)

    def broken(_: int) -> None:
        raise OSError("disk")

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(KeyringError) as caught:
        ring.rotate(later, 2)
    assert problems(caught) == ["key_not_destroyed"]


def test_other_files_in_the_folder_are_left_alone(folder: Path) -> None:
    ring = open_keyring(folder)
    (folder / "session-notes.key").write_bytes(b"")
    (folder / "lost+found").mkdir()
    assert ring.rotate(TODAY, 2) == 0
    assert (folder / "session-notes.key").exists()


def test_a_keyring_does_not_show_its_keys(folder: Path) -> None:
    ring = open_keyring(folder)
    assert repr(ring) == "Keyring(0 session keys)"
