"""Every setting, read once from the environment and .env; nothing else reads the environment.

All problems are reported together. A secret prints as ****.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from bot.core.routing import Mode
from bot.errors import Problem, SettingsError

NAMES: Final = (
    "BOT_TOKEN",
    "BOT_USERNAME",
    "BOT_API_URL",
    "BOT_MODE",
    "BOT_DATA_DIR",
    "BOT_KEY_DIR",
    "BOT_DATABASE_URL",
    "BOT_AREAS",
    "BOT_DRAFT_HOURS",
    "BOT_WEBHOOK_URL",
    "BOT_WEBHOOK_LISTEN",
    "BOT_WEBHOOK_SECRET",
    "BOT_SMTP_HOST",
    "BOT_SMTP_PORT",
    "BOT_SMTP_TLS",
    "BOT_SMTP_USERNAME",
    "BOT_SMTP_PASSWORD",
    "BOT_SMTP_CA_FILE",
    "BOT_MAIL_FROM",
    "BOT_ALARM_MAIL",
    "BOT_MAILBOXES",
    "BOT_LOG_LEVEL",
)
LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})
LEVELS: Final = ("DEBUG", "INFO", "WARNING", "ERROR")
_TOKEN: Final = re.compile(r"\d{3,}:[A-Za-z0-9_-]{10,}")
_SECRET: Final = re.compile(r"[A-Za-z0-9_-]{16,256}")
_MAIL: Final = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+")
_MONTH_HOURS: Final = 24 * 30


class Secret(str):
    """A string that does not print itself; `.reveal()` where it is used."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "'****'"

    def __str__(self) -> str:
        return "****"

    def reveal(self) -> str:
        """The secret itself."""
        return str.__str__(self)


_NO_SECRET: Final = Secret()


@dataclass(frozen=True, slots=True)
class Smtp:
    """How mail leaves. `tls` is `starttls` or `implicit`; never plain."""

    host: str = ""
    port: int = 587
    tls: str = "starttls"
    username: str = ""
    password: Secret = _NO_SECRET
    ca_file: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """The whole configuration. Paths are as written, relative to the working directory."""

    token: Secret = _NO_SECRET
    username: str = ""
    api_url: str = "https://api.telegram.org"
    mode: Mode = Mode.TRAINING
    data_dir: Path = Path("data")
    key_dir: Path = Path("keys")
    database_url: str = ""
    areas: tuple[str, ...] | None = None
    draft_hours: int = 24
    webhook_url: str = ""
    webhook_listen: str = "127.0.0.1:8080"
    webhook_secret: Secret = _NO_SECRET
    smtp: Smtp = field(default_factory=Smtp)
    mail_from: str = "bot@training.invalid"
    alarm_mail: str = ""
    mailboxes: Path | None = None
    log_level: str = "INFO"

    @property
    def training(self) -> bool:
        """Whether no real address may enter an SMTP envelope."""
        return self.mode is Mode.TRAINING


def read_env_file(path: Path) -> dict[str, str]:
    """`NAME=value` lines of a .env file; # comments, quotes and blank lines as usual."""
    found: dict[str, str] = {}
    if not path.is_file():
        return found
    for line in path.read_text(encoding="utf-8").splitlines():
        name, equals, value = line.strip().removeprefix("export ").partition("=")
        if not equals or name.startswith("#"):
            continue
        value = value.strip()
        if value[:1] in {'"', "'"} and value.endswith(value[0]) and len(value) > 1:
            value = value[1:-1]
        else:
            value = value.split(" #", 1)[0].strip()
        found[name.strip()] = value
    return found


def area_ids(listed: str) -> tuple[str, ...] | None:
    """The areas of BOT_AREAS; None, which is all, where nothing is written."""
    return tuple(a.strip() for a in listed.split(",") if a.strip()) if listed else None


Look = Callable[[Settings], Iterable[Problem]]


def from_environment(
    environment: Mapping[str, str], file: Path | None = None, look: Look = lambda _settings: ()
) -> Settings:
    """Settings from a mapping (such as os.environ) over a .env file. Raises SettingsError with
    every problem; `look` adds those that only the content can tell.
    """
    values = {**(read_env_file(file) if file else {}), **environment}
    return _Reader({k: v for k, v in values.items() if k.startswith("BOT_")}).read(look)


class _Reader:
    def __init__(self, values: Mapping[str, str]) -> None:
        self.values = {name: value for name, value in values.items() if value != ""}
        self.problems: list[Problem] = []

    def problem(self, name: str, message: str) -> None:
        self.problems.append(Problem("settings", 0, name, message))

    def text(self, name: str, default: str = "", fits: re.Pattern[str] | None = None) -> str:
        value = self.values.get(name, default)
        if value != default and fits is not None and not fits.fullmatch(value):
            self.problem(name, "does not have the right form; see .env.example.")
        return value

    def number(self, name: str, default: int, lowest: int, highest: int) -> int:
        value = self.values.get(name, str(default))
        if value.isdecimal() and lowest <= int(value) <= highest:
            return int(value)
        self.problem(name, f"must be a whole number from {lowest} to {highest}.")
        return default

    def one_of(self, name: str, default: str, allowed: tuple[str, ...]) -> str:
        value = self.values.get(name, default)
        if value in allowed:
            return value
        self.problem(name, f"must be one of: {', '.join(allowed)}.")
        return default

    def path(self, name: str, *, exists: bool = False) -> Path | None:
        if (value := self.values.get(name)) is None:
            return None
        if exists and not Path(value).is_file():
            self.problem(name, "names a file that cannot be read.")
        return Path(value)

    def read(self, look: Look) -> Settings:
        for name in self.values:
            if name not in NAMES:
                self.problem(name, "is not a setting of this program; see .env.example.")
        settings = self._read()
        for check in (_check_urls, _check_mail):
            check(self, settings)
        self.problems.extend(look(settings))
        if self.problems:
            raise SettingsError("settings", tuple(self.problems))
        return settings

    def _read(self) -> Settings:
        data = self.path("BOT_DATA_DIR") or Path("data")
        return Settings(
            token=Secret(self.text("BOT_TOKEN", fits=_TOKEN)),
            username=self.text("BOT_USERNAME").removeprefix("@"),
            api_url=self.text("BOT_API_URL", "https://api.telegram.org").rstrip("/"),
            mode=Mode(self.one_of("BOT_MODE", "training", tuple(Mode))),
            data_dir=data,
            key_dir=self.path("BOT_KEY_DIR") or Path("keys"),
            database_url=self.text("BOT_DATABASE_URL"),
            areas=area_ids(self.values.get("BOT_AREAS", "")),
            draft_hours=self.number("BOT_DRAFT_HOURS", 24, 1, _MONTH_HOURS),
            webhook_url=self.text("BOT_WEBHOOK_URL"),
            webhook_listen=self.text("BOT_WEBHOOK_LISTEN", "127.0.0.1:8080"),
            webhook_secret=Secret(self.text("BOT_WEBHOOK_SECRET", fits=_SECRET)),
            smtp=Smtp(
                host=self.text("BOT_SMTP_HOST"),
                port=self.number("BOT_SMTP_PORT", 587, 1, 65535),
                tls=self.one_of("BOT_SMTP_TLS", "starttls", ("starttls", "implicit")),
                username=self.text("BOT_SMTP_USERNAME"),
                password=Secret(self.text("BOT_SMTP_PASSWORD")),
                ca_file=str(self.path("BOT_SMTP_CA_FILE", exists=True) or ""),
            ),
            mail_from=self.text("BOT_MAIL_FROM", "bot@training.invalid", _MAIL),
            alarm_mail=self.text("BOT_ALARM_MAIL", "", _MAIL),
            mailboxes=self.path("BOT_MAILBOXES", exists=True),
            log_level=self.one_of("BOT_LOG_LEVEL", "INFO", LEVELS),
        )


def _check_urls(reader: _Reader, settings: Settings) -> None:
    api = urlsplit(settings.api_url)
    if api.scheme != "https" and not (api.scheme == "http" and api.hostname in LOOPBACK):
        reader.problem("BOT_API_URL", "must be https, or http on this machine only.")
    if settings.webhook_url:
        hook = urlsplit(settings.webhook_url)
        if hook.scheme != "https" and hook.hostname not in LOOPBACK:
            reader.problem("BOT_WEBHOOK_URL", "must be https, or http on this machine only.")
        if not settings.webhook_secret.reveal():
            reader.problem("BOT_WEBHOOK_SECRET", "is needed with BOT_WEBHOOK_URL.")
    host, colon, port = settings.webhook_listen.rpartition(":")
    if not (host and colon and port.isdecimal()):
        reader.problem("BOT_WEBHOOK_LISTEN", "must be host:port, such as 127.0.0.1:8080.")
    if settings.database_url and not settings.database_url.startswith("sqlite:"):
        reader.problem("BOT_DATABASE_URL", "must start with sqlite: (or be left out).")


def _check_mail(reader: _Reader, settings: Settings) -> None:
    check: Callable[[str, str], None] = reader.problem
    if settings.training:
        if settings.smtp.host and settings.smtp.host not in LOOPBACK:
            check("BOT_SMTP_HOST", "must be this machine in training; no mail may leave it.")
        return
    if not settings.smtp.host:
        check("BOT_SMTP_HOST", "is needed in live mode.")
    if settings.mail_from.endswith(".invalid"):
        check("BOT_MAIL_FROM", "is needed in live mode: the address the mail comes from.")
    if not settings.alarm_mail:
        check("BOT_ALARM_MAIL", "is needed in live mode: who is told when a mail cannot go out.")
