"""The mail server shows a certificate of an authority that we trust, and it is not fit."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.adapters.loopback_tls import issue
from tests.faults.house import goes_once_mended, house_in, put_off
from tests.kill.lives import ForkServer

BAD: dict[str, dict[str, Any]] = {
    "tls_expired": {"ends": datetime.now(UTC) - timedelta(days=1)},
    "tls_wrong_name": {"names": ["mail.example"], "addresses": []},
}


@pytest.mark.parametrize("code", BAD)
async def test_a_certificate_past_its_day_or_of_another_name_is_not_believed(
    forks: ForkServer, tmp_path: Path, code: str
) -> None:
    """Of an authority that this house trusts: a program of its own, with that authority."""
    async with house_in(tmp_path, forks) as house:
        fine = house.server.tls
        (tmp_path / "bad").mkdir()
        bad = issue(tmp_path / "bad", begins=datetime.now(UTC) - timedelta(days=9), **BAD[code])
        both = tmp_path / "both.pem"
        known = (tmp_path / "certificates" / "ca.pem").read_bytes()
        both.write_bytes(known + bad.ca_file.read_bytes())
        await house.start(ca_file=str(both))
        house.server.tls = bad.context
        report = await put_off(house)
        assert report.row()[3] == code
        house.server.tls = fine
        await goes_once_mended(house, report)
