"""An installation whose mailboxes somebody has verified, for the tests of live mode."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from bot.adapters.mailbox import EmbeddedMailbox
from bot.core.routing import Mode
from bot.settings import Settings, Smtp

# Every mailbox of a mail route: the police first.
BOXES = ("wirral_police_intelligence", "wirral_cadt", "newham_cse", "newham_case_reports")


def mailboxes_file(
    folder: Path, *, days: int = 90, boxes: tuple[str, ...] = BOXES, more: str = ""
) -> Path:
    """A BOT_MAILBOXES file: verified yesterday, for so many days more."""
    more = more if "personal" in more else f"{more}, personal: no"
    today = date.today()  # noqa: DTZ011 - near enough: a day either way changes nothing here
    yesterday, until = today - timedelta(days=1), today + timedelta(days=days)
    lines = [
        f"  {box}: {{address: {box.replace('_', '-')}@desk.example, state: verified,"
        f" verified_by: Duty manager, verified_on: {yesterday}, until: {until},"
        f" tls_only_agreed_by: Duty manager{more}}}"
        for box in boxes
    ]
    path = folder / "mailboxes.yaml"
    path.write_text("mailboxes:\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return path


def live(folder: Path, mailboxes: Path | None, server: EmbeddedMailbox | None = None) -> Settings:
    """Settings of a live installation, its mail server on this machine."""
    smtp = Smtp(host="127.0.0.1", port=1)
    if server is not None:
        smtp = Smtp(host=server.host, port=server.port, ca_file=str(server.ca_file))
    return Settings(
        mode=Mode.LIVE,
        data_dir=folder / "data",
        key_dir=folder / "keys",
        smtp=smtp,
        mail_from="bot@sender.example",
        alarm_mail="duty@desk.example",
        mailboxes=mailboxes,
    )
