"""What `doctor` looks at beyond this machine: Telegram, the mail server, the mailboxes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from bot.app import ROOT, relay
from bot.commands.certificates import unsealable
from bot.commands.looked import Looked, State
from bot.core.routing import UNSEALED, How, Mailbox, Route, Unfit, doubts, sealed_or_agreed
from bot.errors import BotError, ContentError
from bot.settings import Settings

SECONDS: Final = 5.0
SOON_DAYS: Final = 30
_CONFIRM: Final = (
    "Get the address confirmed by the team that reads it, then name it in BOT_MAILBOXES"
)
_AGREE: Final = (
    "Ask the team for its certificate and name it in `certificates`, or write in "
    "`tls_only_agreed_by` who agreed to mail without one"
)
_RENEW: Final = "See the line of the certificate below; until it is mended nothing can be sealed"


async def token(settings: Settings) -> list[Looked]:
    """Whether Telegram knows the token, and whether the bot can be put into groups."""
    from telegram.error import InvalidToken, TelegramError

    from bot.channels.telegram.request import AiohttpRequest

    if not settings.token.reveal():
        do = "Set BOT_TOKEN to the token that BotFather gave you"
        state = State.NOTE if settings.training else State.PROBLEM
        return [Looked(state, "token", "none is set, so it was not tried", do)]
    pool = AiohttpRequest(settings.api_url, settings.token.reveal(), connections=1)
    await pool.initialize()
    try:
        told = await pool.call("getMe", {}, SECONDS)
    except InvalidToken:
        return [Looked(State.PROBLEM, "token", "Telegram does not know it", "Check BOT_TOKEN")]
    except TelegramError:
        do = "Check the network, the proxy and BOT_API_URL, then try again"
        return [Looked(State.PROBLEM, "token", "Telegram did not answer", do)]
    finally:
        await pool.shutdown()
    found = [Looked(State.OK, "token", "Telegram knows it")]
    if isinstance(told, Mapping) and told.get("can_join_groups"):
        do = "In BotFather: /setjoingroups, Disable"
        found.append(Looked(State.NOTE, "token", "the bot can be added to groups", do))
    return found


async def mail_server(settings: Settings) -> list[Looked]:
    """Whether the mail server answers over TLS that can be verified."""
    from bot.adapters.smtp import SmtpMailer
    from bot.adapters.system import SystemClock

    if not settings.smtp.host:  # only in training: live needs one
        return [Looked(State.OK, "mail server", "the embedded mailbox, on this machine")]
    try:
        mailer = SmtpMailer(
            replace(relay(settings), timeout=SECONDS, deadline=2 * SECONDS), settings.mode
        )
        last = await mailer.greet()
        await mailer.close()
    except BotError as wrong:
        do = _MEND.get(wrong.code, "Check BOT_SMTP_HOST, BOT_SMTP_PORT and the network")
        return [Looked(State.PROBLEM, "mail server", f"cannot be used ({wrong.code})", do)]
    days = (last - SystemClock().now().date()).days
    found = [
        Looked(State.OK, "mail server", f"TLS verified; its certificate has {days} days left")
    ]
    if days < SOON_DAYS:
        do = "Ask whoever runs it to renew it"
        found.append(Looked(State.NOTE, "mail server", "its certificate ends soon", do))
    return found


_MEND: Final = {
    "no_starttls": "It offers no STARTTLS. Use another port, or BOT_SMTP_TLS=implicit",
    "tls_untrusted": "Set BOT_SMTP_CA_FILE to the authority that signed its certificate",
    "tls_expired": "Its certificate has ended or has not begun. Check both clocks",
    "tls_wrong_name": "Its certificate is for another name. Check BOT_SMTP_HOST",
    "tls_failed": "It does not speak TLS here. Check BOT_SMTP_PORT and BOT_SMTP_TLS",
    "smtp_535": "It refused the login. Check BOT_SMTP_USERNAME and BOT_SMTP_PASSWORD",
}


def mailboxes(settings: Settings, now: datetime | None = None) -> list[Looked]:
    """Each mail route, and why it cannot be used in live mode. In training this is a note: no
    mail goes there.
    """
    from bot.adapters.system import SystemClock
    from bot.loading.load import load_catalogue

    try:
        newest = load_catalogue(ROOT, areas=settings.areas, mailboxes_file=settings.mailboxes)
    except ContentError:
        return []  # said above, problem by problem
    now = now or SystemClock().now()
    boxes = newest.mailboxes
    unfit = unsealable(settings, boxes.values(), now)
    found: list[Looked] = []
    for route in newest.routes.values():
        if route.how is How.MAIL:
            found += _route(route, boxes, settings, unfit, now.date())
    return found


def _route(
    route: Route, boxes: Mapping[str, Mailbox], settings: Settings, unfit: Unfit, today: date
) -> Iterator[Looked]:
    what = f"route {route.id}"
    bad = State.NOTE if settings.training else State.PROBLEM
    firsts = [boxes[id_] for id_ in route.mailboxes]
    why = [
        Looked(bad, what, f"{box.id}: {reason}", do)
        for box in firsts
        for reason, do in _why_not(box, unfit, today)
    ]
    if why:
        yield from why
        return
    yield Looked(State.OK, what, "every mailbox is verified, and mail to it can be sealed or sent")
    for box in firsts:
        days = (box.until - today).days if box.until else 0
        if days < SOON_DAYS:
            do = "Have it confirmed again, or the route closes"
            yield Looked(State.NOTE, what, f"{box.id}: its verification ends in {days} days", do)
    yield from _seconds(what, firsts, boxes, unfit, today)


def _why_not(box: Mailbox, unfit: Unfit, today: date) -> Iterator[tuple[str, str]]:
    """Why mail may not go there, each with what to do about just that."""
    for why in doubts(box, today):
        yield why, "" if why == box.unsaid else _CONFIRM
    if not sealed_or_agreed(box):
        yield UNSEALED, _AGREE
    yield from ((why, _RENEW) for why in unfit(box, today))


def _seconds(
    what: str,
    firsts: list[Mailbox],
    boxes: Mapping[str, Mailbox],
    unfit: Unfit,
    today: date,
) -> Iterator[Looked]:
    """Why a second mailbox may not be used; the route stays open all the same."""
    for box in firsts:
        second = boxes.get(box.second)
        for why, do in _why_not(second, unfit, today) if second else ():
            yield Looked(State.NOTE, what, f"{box.second}: {why}", do)
