from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509

from bot.adapters.certificates import Use, faults
from bot.adapters.keyring import open_keyring
from bot.adapters.signing import (
    CERTIFICATE_FILE,
    KEY_FILE,
    REQUEST_FILE,
    known_signer,
    open_signer,
)
from bot.errors import KeyringError
from tests.adapters.authority import issue
from tests.adapters.openers import run
from tests.fakes.clock import START

FROM = "bot@reports.example"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("installation") / "keys"
    open_signer(folder, FROM, START)
    return folder


def copied(made: Path, folder: Path) -> Path:
    folder.mkdir(mode=0o700)
    for file in made.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
        (folder / file.name).chmod(0o600)
    return folder


def test_a_new_installation_gets_a_fit_certificate_of_its_own(made: Path) -> None:
    signer = open_signer(made, FROM, START)
    assert signer.certificate.self_signed
    assert faults(signer.certificate, Use.SIGN, START, START + timedelta(days=700)) == ()
    assert signer.certificate.days_left(START) == 730


def test_key_and_certificate_are_made_once(made: Path) -> None:
    before = {file.name: file.read_bytes() for file in made.iterdir()}
    assert set(before) == {KEY_FILE, CERTIFICATE_FILE, REQUEST_FILE}
    open_signer(made, FROM, START)
    assert {file.name: file.read_bytes() for file in made.iterdir()} == before


def test_nobody_else_can_read_them(made: Path) -> None:
    assert {file.stat().st_mode & 0o777 for file in made.iterdir()} == {0o600}


def test_openssl_takes_the_request_and_sees_the_address(made: Path) -> None:
    shown = run("openssl", "req", "-verify", "-noout", "-text", "-in", made / REQUEST_FILE)
    assert f"email:{FROM}".encode() in shown
    assert b"Public-Key: (3072 bit)" in shown
    assert b"E-mail Protection" in shown


def test_the_fingerprint_is_the_one_that_openssl_shows(made: Path) -> None:
    command = ("openssl", "x509", "-noout", "-fingerprint", "-sha256", "-in")
    shown = run(*command, made / CERTIFICATE_FILE).decode().strip().partition("=")[2]
    held = known_signer(made)
    assert held is not None
    assert held.fingerprint == shown


def test_another_sender_address_makes_a_new_request_for_the_same_key(
    made: Path, tmp_path: Path
) -> None:
    folder = copied(made, tmp_path / "keys")
    key = (folder / KEY_FILE).read_bytes()
    open_signer(folder, "new@reports.example", START)
    request = x509.load_pem_x509_csr((folder / REQUEST_FILE).read_bytes())
    names = request.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.RFC822Name) == ["new@reports.example"]
    assert (folder / KEY_FILE).read_bytes() == key


def test_the_other_keys_are_still_made_in_the_same_folder(made: Path, tmp_path: Path) -> None:
    folder = copied(made, tmp_path / "keys")
    assert open_keyring(folder, tmp_path / "data" / "bot.db").fingerprint


def test_looking_makes_nothing(tmp_path: Path) -> None:
    assert known_signer(tmp_path / "keys") is None
    assert not (tmp_path / "keys").exists()


@pytest.mark.parametrize(
    ("file", "content", "code"),
    [
        (KEY_FILE, b"nonsense", "key_damaged"),
        (CERTIFICATE_FILE, b"nonsense", "certificate_file_unreadable"),
        (CERTIFICATE_FILE, issue("bot").pem(), "certificate_of_another_key"),
    ],
)
def test_what_cannot_be_used_is_refused_with_what_to_do(
    file: str, content: bytes, code: str, made: Path, tmp_path: Path
) -> None:
    folder = copied(made, tmp_path / "keys")
    (folder / file).write_bytes(content)
    with pytest.raises(KeyringError) as refused:
        open_signer(folder, FROM, START)
    assert [problem.code for problem in refused.value.problems] == [code]


def test_a_key_that_others_can_read_is_refused(made: Path, tmp_path: Path) -> None:
    folder = copied(made, tmp_path / "keys")
    (folder / KEY_FILE).chmod(0o640)
    with pytest.raises(KeyringError) as refused:
        open_signer(folder, FROM, START)
    assert "chmod 600" in str(refused.value)
