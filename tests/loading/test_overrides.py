from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.core.catalogue import Catalogue
from bot.core.routing import MailboxState
from bot.errors import ContentError
from bot.loading.check import check_files
from bot.loading.load import load_from
from tests.broken.samples import good_files

VERIFIED = """\
mailboxes:
  north_desk:
    address: duty@north.example
    personal: no
    state: verified
    verified_by: The duty manager
    verified_on: 2026-11-02
    until: 2027-05-02
    certificates: [desk.pem]
"""


def loaded(tmp_path: Path, text: str) -> Catalogue:
    file = tmp_path / "mailboxes.yaml"
    file.write_text(text, "utf-8")
    return load_from(good_files(), mailboxes_file=file)


def problems(tmp_path: Path, text: str) -> str:
    with pytest.raises(ContentError) as caught:
        loaded(tmp_path, text)
    return str(caught.value)


def test_an_installation_says_who_verified_its_mailbox(tmp_path: Path) -> None:
    box = loaded(tmp_path, VERIFIED).mailboxes["north_desk"]
    assert (box.name, box.address) == ("The duty desk", "duty@north.example")
    assert (box.state, box.verified_by) == (MailboxState.VERIFIED, "The duty manager")
    assert (box.verified_on, box.until) == (date(2026, 11, 2), date(2027, 5, 2))


def test_a_certificate_lies_beside_the_file_that_names_it(tmp_path: Path) -> None:
    box = loaded(tmp_path, VERIFIED).mailboxes["north_desk"]
    assert box.certificates == (str(tmp_path / "desk.pem"),)


def test_an_installation_names_a_second_mailbox_for_when_the_first_is_down(
    tmp_path: Path,
) -> None:
    text = VERIFIED + "    second: {address: deputy@north.example, state: verified,"
    text += " verified_by: The deputy, verified_on: 2026-11-03, until: 2027-05-03,"
    text += " certificates: [deputy.pem]}\n    second_after_minutes: 20\n"
    boxes = loaded(tmp_path, text).mailboxes
    first, second = boxes["north_desk"], boxes["north_desk_second"]
    assert (first.second, first.second_after) == ("north_desk_second", 20)
    assert second.name == "The duty desk (second mailbox)"
    assert (second.address, second.verified_by) == ("deputy@north.example", "The deputy")
    assert (second.verified_on, second.until) == (date(2026, 11, 3), date(2027, 5, 3))
    assert second.takes == first.takes == ("referral",)
    assert second.certificates == (str(tmp_path / "deputy.pem"),)
    assert second.second == ""


def test_a_pack_may_name_the_second_mailbox_and_an_installation_says_the_rest(
    tmp_path: Path,
) -> None:
    files = good_files()
    path = "rules/north/mailboxes.yaml"
    printed = b"    second: {address: printed@north.example, state: retired}\n"
    files[path] += printed
    boxes = load_from(files).mailboxes
    assert boxes["north_desk_second"].state is MailboxState.RETIRED
    assert boxes["north_desk"].second_after == 60
    file = tmp_path / "mailboxes.yaml"
    file.write_text("mailboxes:\n  north_desk: {state: retired}\n", "utf-8")
    kept = load_from(files, mailboxes_file=file).mailboxes
    assert kept["north_desk"].second == "north_desk_second"
    assert kept["north_desk_second"].address == "printed@north.example"


def test_a_second_mailbox_that_is_not_whole_is_told_at_its_line(tmp_path: Path) -> None:
    file = tmp_path / "mailboxes.yaml"
    text = VERIFIED + "    second:\n      address: deputy\n      state: verified\n"
    file.write_text(text, "utf-8")
    found = check_files(good_files(), file)
    assert [(p.line, p.code) for p in found] == [
        (11, "MISSING_KEY"),
        (11, "NOT_VERIFIED"),
        (11, "WRONG_ADDRESS"),
    ]


def test_what_the_file_does_not_say_stays_as_the_pack_has_it(tmp_path: Path) -> None:
    box = loaded(tmp_path, "mailboxes:\n  north_desk: {personal: yes}\n").mailboxes["north_desk"]
    assert box.personal
    assert (box.address, box.state) == ("desk@north.example", MailboxState.UNVERIFIED)


def test_a_new_address_must_say_for_itself_whether_it_is_one_person_s(tmp_path: Path) -> None:
    unsaid = VERIFIED.replace("    personal: no\n", "")
    assert loaded(tmp_path, unsaid).mailboxes["north_desk"].personal is None
    (found,) = check_files(good_files(), tmp_path / "mailboxes.yaml")
    assert (found.line, found.code) == (2, "MISSING_KEY")
    assert "its address is new" in found.message
    same = unsaid.replace("duty@north.example", "Desk@North.example")
    assert loaded(tmp_path, same).mailboxes["north_desk"].personal is False
    for said in (True, False):
        told = VERIFIED.replace("personal: no", f"personal: {'yes' if said else 'no'}")
        assert loaded(tmp_path, told).mailboxes["north_desk"].personal is said


@pytest.mark.parametrize(("stated", "personal"), [("", None), (", personal: no", False)])
def test_so_must_a_second_mailbox(stated: str, tmp_path: Path, *, personal: bool | None) -> None:
    text = f"{VERIFIED}    second: {{address: deputy@north.example, state: retired{stated}}}\n"
    assert loaded(tmp_path, text).mailboxes["north_desk_second"].personal is personal


def test_a_second_mailbox_equal_to_the_first_is_found_by_the_check(tmp_path: Path) -> None:
    text = f"{VERIFIED}    second: {{address: Duty@north.example, state: retired, personal: no}}\n"
    (tmp_path / "mailboxes.yaml").write_text(text, "utf-8")
    (found,) = check_files(good_files(), tmp_path / "mailboxes.yaml")
    assert (found.file, found.code) == ("mailboxes.yaml", "WRONG_ADDRESS")
    assert "the first again" in found.message


def test_the_edition_is_that_of_the_content_whatever_the_mailboxes(tmp_path: Path) -> None:
    assert loaded(tmp_path, VERIFIED).edition == load_from(good_files()).edition


def test_an_unknown_mailbox_is_an_error_with_a_suggestion(tmp_path: Path) -> None:
    assert problems(tmp_path, "mailboxes:\n  north_dsk: {state: retired}\n") == (
        "mailboxes.yaml:2: UNKNOWN_MAILBOX There is no mailbox `north_dsk` in the packs that are "
        "loaded. Did you mean north_desk?"
    )


def test_every_fault_of_the_file_is_told_at_its_line(tmp_path: Path) -> None:
    text = "mailboxes:\n  north_desk:\n    state: verifed\n    until: 2.5.2027\n    name: Desk\n"
    assert [line.split(" ")[:2] for line in problems(tmp_path, text).splitlines()] == [
        ["mailboxes.yaml:3:", "WRONG_VALUE"],
        ["mailboxes.yaml:4:", "WRONG_DATE"],
        ["mailboxes.yaml:5:", "UNKNOWN_KEY"],
    ]


def test_a_missing_file_is_named_without_its_folder(tmp_path: Path) -> None:
    with pytest.raises(ContentError) as caught:
        load_from(good_files(), mailboxes_file=tmp_path / "gone.yaml")
    assert str(caught.value) == (
        "gone.yaml:1: UNKNOWN_FILE This file, named by BOT_MAILBOXES, cannot be read."
    )


def test_a_verified_mailbox_without_an_end_is_found_by_the_check(tmp_path: Path) -> None:
    file = tmp_path / "mailboxes.yaml"
    file.write_text(VERIFIED.replace("    until: 2027-05-02\n", ""), "utf-8")
    found = check_files(good_files(), file)
    assert [(p.file, p.line, p.code) for p in found] == [("mailboxes.yaml", 2, "NOT_VERIFIED")]
