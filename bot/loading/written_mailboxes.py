"""Mailboxes as they are written: those of a pack, and what an installation says of them."""

# ruff: noqa: RUF009 - `key` and `maybe` make dataclass fields

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.core.routing import MailboxState
from bot.loading.faults import Place
from bot.loading.kinds import Day, Flag, Id, ListOf, MapOf, Number, OneOf, Text
from bot.loading.shape import Shape, key, maybe
from bot.loading.source import Written
from bot.loading.written_packs import KINDS

SECOND_SOONEST: Final = 5
SECOND_LATEST: Final = 24 * 60
_TEXT = Text()
_WORDS = ListOf(_TEXT)


_DAY = "(monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
_TIME = "([01][0-9]|2[0-4]):([0-5][0-9])"
HOURS: Final = f"{_DAY}(?: to {_DAY})? {_TIME} to {_TIME}"
_HOURS = Id(HOURS, "days and times, such as monday to friday 09:00 to 17:00")


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenStaffed:
    """When somebody reads it, and whom to call when nobody does."""

    place: Place
    hours: tuple[Written, ...] = maybe(ListOf(_HOURS), (), "when; left out: no source says")
    duty: Written = key(_TEXT, "whom to call when nobody reads it, with the number")
    source: Written = key(_TEXT, "where hours and number come from, and as of when")


_STAFFED = Shape(WrittenStaffed)


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenCanary:
    """Whether test mails may go there in live mode, and where one can be read again."""

    place: Place
    agreed_by: Written = key(_TEXT, "who at the mailbox agreed to test mails")
    maildir: Written | None = maybe(_TEXT, None, "a Maildir that a copy of them reaches")
    key: Written | None = maybe(_TEXT, None, "a file: key and certificate that open that copy")


_CANARY = Shape(WrittenCanary)


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenSecond:
    """Another mailbox of the same desk, for when the first is down or refuses."""

    place: Place
    address: Written = key(_TEXT, "the address")
    state: Written = key(OneOf(tuple(MailboxState)), "retired, unverified or verified")
    personal: bool | None = maybe(Flag(), None, "`yes`: the mailbox of one named person")
    verified_by: Written | None = maybe(_TEXT, None, "who confirmed it")
    verified_on: date | None = maybe(Day(), None, "on which day")
    until: date | None = maybe(Day(), None, "until when that holds")
    certificates: tuple[Written, ...] = maybe(_WORDS, (), "files of S/MIME certificates")
    tls_only_agreed_by: Written | None = maybe(_TEXT, None, "who agreed that TLS alone is enough")
    note: Written | None = maybe(_TEXT, None, "what the source says, and as of when")


_SECOND = Shape(WrittenSecond)
_AFTER = Number(SECOND_SOONEST, SECOND_LATEST)


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenMailbox:
    """A named destination."""

    place: Place
    name: Written = key(_TEXT, "whose it is")
    address: Written = key(_TEXT, "the address")
    state: Written = key(OneOf(tuple(MailboxState)), "retired, unverified or verified")
    takes: tuple[Written, ...] = maybe(
        ListOf(OneOf(KINDS)), (), "the kinds of submission it may receive by mail"
    )
    personal: bool | None = maybe(Flag(), None, "`yes`: the mailbox of one named person")
    verified_by: Written | None = maybe(_TEXT, None, "who confirmed it")
    verified_on: date | None = maybe(Day(), None, "on which day")
    until: date | None = maybe(Day(), None, "until when that holds")
    certificates: tuple[Written, ...] = maybe(_WORDS, (), "files of S/MIME certificates")
    tls_only_agreed_by: Written | None = maybe(_TEXT, None, "who agreed that TLS alone is enough")
    note: Written | None = maybe(_TEXT, None, "what the source says, and as of when")
    staffed: WrittenStaffed | None = maybe(_STAFFED, None, "when somebody reads it")
    second: WrittenSecond | None = maybe(_SECOND, None, "its other mailbox")
    second_after_minutes: int | None = maybe(_AFTER, None, "of trying in vain; 60")


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenOverride:
    """What an installation says about a mailbox of a pack; what is not written stays."""

    place: Place
    address: Written | None = maybe(_TEXT, None, "the address")
    state: Written | None = maybe(
        OneOf(tuple(MailboxState)), None, "retired, unverified, verified"
    )
    personal: bool | None = maybe(Flag(), None, "`yes`: the mailbox of one named person")
    verified_by: Written | None = maybe(_TEXT, None, "who confirmed it")
    verified_on: date | None = maybe(Day(), None, "on which day")
    until: date | None = maybe(Day(), None, "until when that holds")
    certificates: tuple[Written, ...] | None = maybe(_WORDS, None, "S/MIME certificate files")
    tls_only_agreed_by: Written | None = maybe(_TEXT, None, "who agreed that TLS alone is enough")
    staffed: WrittenStaffed | None = maybe(_STAFFED, None, "when somebody reads it")
    canary: WrittenCanary | None = maybe(_CANARY, None, "its test mails")
    second: WrittenSecond | None = maybe(_SECOND, None, "its other mailbox")
    second_after_minutes: int | None = maybe(_AFTER, None, "of trying in vain; 60")


@dataclass(frozen=True, slots=True, kw_only=True)
class MailboxesFile:
    """rules/<area>/mailboxes.yaml."""

    place: Place
    mailboxes: Mapping[Written, WrittenMailbox | None] = key(
        MapOf(Shape(WrittenMailbox)), "the destinations"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class OverridesFile:
    """The file that BOT_MAILBOXES names."""

    place: Place
    mailboxes: Mapping[Written, WrittenOverride | None] = key(
        MapOf(Shape(WrittenOverride)), "what this installation says about its mailboxes"
    )
