"""The composition root: the only place that builds adapters and joins them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import AsyncExitStack, asynccontextmanager, closing
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot.core.catalogue import Catalogue
from bot.core.routing import Mailbox, Mode, Unfit, always_fit, closed_routes
from bot.errors import Problem, SettingsError
from bot.loading.asked import questions_in
from bot.loading.editions import KeptEditions
from bot.loading.load import bundle, load_catalogue
from bot.loading.pictures.named import drawing
from bot.loading.unmet import unfit_overrides, unknown_areas
from bot.service.delivery import Courier
from bot.service.desk import Desk
from bot.service.effects import Effects
from bot.service.errands import Errands
from bot.service.gifts import Gifts
from bot.service.intake import Intake
from bot.service.limits import Limits
from bot.service.quoting import Quoting
from bot.service.retention import Retention, sweep_until
from bot.service.turns import TurnService
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.adapters.documents import PdfPrinter
    from bot.adapters.keyring import Keyring
    from bot.adapters.mailbox import EmbeddedMailbox
    from bot.adapters.raster import DrawnPictures
    from bot.adapters.sealing import MailSealer
    from bot.adapters.smtp import Relay
    from bot.adapters.sqlite import SqliteStore
    from bot.ports import Clock, Mailer

ROOT: Final = Path(__file__).resolve().parent.parent
GRACE_SECONDS: Final = 10.0
LIVE: Final = "live"  # an empty file in the data folder, made by the first live start


@dataclass(frozen=True, slots=True)
class House:
    """Everything a channel or an operator's command needs, built and running."""

    service: TurnService
    store: SqliteStore
    keyring: Keyring
    editions: KeptEditions
    courier: Courier
    errands: Errands
    retention: Retention
    clock: Clock
    alarm: Callable[[str], None]
    mailbox: EmbeddedMailbox | None
    quoting: Quoting
    intake: Intake


def content_of(settings: Settings, root: Path = ROOT) -> Catalogue:
    """The newest edition alone; nothing is written. Raises ContentError."""
    newest = load_catalogue(
        root,
        areas=settings.areas,
        mailboxes_file=settings.mailboxes,
        training=settings.training,
    )
    return replace(newest, draft_hours=settings.draft_hours)


def unmet(settings: Settings, root: Path = ROOT) -> tuple[Problem, ...]:
    """What the settings name and the content does not have: areas, and mailboxes."""
    areas = unknown_areas(root, settings.areas or ())
    file = settings.mailboxes
    if file is None or not file.is_file():
        return areas
    return (*areas, *unfit_overrides(root, None if areas else settings.areas, file))


def refuse_first_live(
    settings: Settings, newest: Catalogue, today: date, unfit: Unfit = always_fit
) -> None:
    """The first switch to live needs every mail route usable. Raises SettingsError naming each
    that is not. Later a verification that lapses closes its own route and no other.
    """
    if settings.training or (settings.data_dir / LIVE).exists():
        return
    shut = closed_routes(newest.routes, newest.mailboxes, Mode.LIVE, today, unfit)
    problems = tuple(
        Problem("settings", 0, "BOT_MAILBOXES", f"{route}: {why}.")
        for route, reasons in shut.items()
        for why in reasons
    )
    if problems:
        raise SettingsError("not_fit_for_live", problems)


def database(settings: Settings) -> Path:
    """The SQLite file."""
    named = settings.database_url.removeprefix("sqlite:")
    return Path(named) if named else settings.data_dir / "bot.db"


@asynccontextmanager
async def stored(settings: Settings) -> AsyncIterator[tuple[SqliteStore, Keyring, Clock]]:
    """The keys and the store alone, for an operator's commands."""
    from bot.adapters.keyring import open_keyring
    from bot.adapters.sqlite import open_store
    from bot.adapters.system import SystemClock

    path, clock = database(settings), SystemClock()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    keyring = open_keyring(settings.key_dir, path)
    async with open_store(path, keyring, clock) as store:
        yield store, keyring, clock


@asynccontextmanager
async def house(settings: Settings, root: Path = ROOT, channel: str = "") -> AsyncIterator[House]:
    """The whole program but for its channel, which is called `channel` where it stores the chat;
    at a prompt nothing does. In training without a mail server the embedded mailbox is started.
    """
    from bot.adapters.alarm import Alarm
    from bot.adapters.codes import SlowCodes
    from bot.adapters.library import Library
    from bot.adapters.system import RandomIds, SystemClock

    async with AsyncExitStack() as stack:
        clock, kept = SystemClock(), settings.data_dir / "editions"
        newest = replace(content_of(settings, root), channel=channel)
        sealer = _sealer(stack, settings, newest.mailboxes.values(), clock)
        refuse_first_live(settings, newest, clock.now().date(), sealer.unfit)
        store, keyring, _ = await stack.enter_async_context(stored(settings))
        mailer, mailbox = await _mailer(stack, settings)
        ids, sender = RandomIds(), settings.mail_from
        alarm = Alarm(mailer, settings.alarm_mail, sender, settings.mode, clock, ids)
        stack.push_async_callback(alarm.settle)
        asked, files = partial(questions_in, root, settings.areas), bundle(root, settings.areas)
        editions = KeptEditions(newest, files, kept, clock, sealer.unfit, alarm)
        wake, limits = asyncio.Event(), Limits(clock, asyncio.sleep)
        codes = stack.enter_context(closing(SlowCodes(keyring.receipts_salt)))
        desk = Desk(codes, store, store, clock)
        printer, pictures = _drawers(stack, alarm, newest)
        intake = Intake(ids, printer, sealer, sender, alarm)
        gifts = Gifts(printer, clock, ids, sender, pictures)
        library = stack.enter_context(closing(Library(newest, asked, alarm)))
        effects = Effects(intake, desk, gifts, library, ids, limits, wake.set)
        errands = Errands(store, editions, clock, ids, alarm)
        service = TurnService(store, editions, effects, clock, limits, errands)
        courier = Courier(store, mailer, editions.newest.mailboxes, settings.mode, clock, alarm)
        retention = Retention(store, store, keyring, clock, draft_hours=settings.draft_hours)
        if not settings.training:
            (settings.data_dir / LIVE).touch(mode=0o600)
        work = (courier, errands, retention)
        beside = (mailbox, Quoting(library, newest), intake)
        built = House(service, store, keyring, editions, *work, clock, alarm, *beside)
        _at_work(stack, built, wake)
        yield built


def _at_work(stack: AsyncExitStack, built: House, wake: asyncio.Event) -> None:
    """Courier, errands and retention, each beside the conversation until the house is left."""
    stop = asyncio.Event()
    for work in (
        built.courier.run(stop, wake, asyncio.sleep),
        built.errands.run(stop, asyncio.sleep),
        sweep_until(stop, built.retention, built.editions, built.alarm),
    ):
        stack.push_async_callback(_ended, asyncio.create_task(work), stop)


def _drawers(
    stack: AsyncExitStack, alarm: Callable[[str], None], newest: Catalogue
) -> tuple[PdfPrinter, DrawnPictures]:
    from bot.adapters.documents import PdfPrinter
    from bot.adapters.raster import DrawnPictures

    printer = PdfPrinter(alarm)
    stack.callback(printer.close)
    return printer, DrawnPictures(lambda name: drawing(name, newest))


def _sealer(
    stack: AsyncExitStack, settings: Settings, mailboxes: Collection[Mailbox], clock: Clock
) -> MailSealer:
    """The sealer; the installation gets a certificate of its own once a mailbox has one."""
    from bot.adapters.sealing import MailSealer
    from bot.adapters.signing import open_signer

    needed = any(mailbox.certificates for mailbox in mailboxes)
    signer = open_signer(settings.key_dir, settings.mail_from, clock.now()) if needed else None
    sealer = MailSealer(mailboxes, signer, settings.mode, clock)
    stack.callback(sealer.close)
    return sealer


async def _mailer(
    stack: AsyncExitStack, settings: Settings
) -> tuple[Mailer, EmbeddedMailbox | None]:
    from bot.adapters.mailbox import EmbeddedMailbox
    from bot.adapters.smtp import SmtpMailer

    mailbox = None
    if settings.training and not settings.smtp.host:
        folder = settings.data_dir / "embedded-mailbox"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        mailbox = await stack.enter_async_context(EmbeddedMailbox(folder))
    mailer = SmtpMailer(relay(settings, mailbox), settings.mode)
    stack.push_async_callback(mailer.close)
    return mailer, mailbox


def relay(settings: Settings, mailbox: EmbeddedMailbox | None = None) -> Relay:
    """The mail server of the settings, or the embedded one."""
    from bot.adapters.smtp import Relay, Tls

    smtp = settings.smtp
    if mailbox is not None:
        return Relay(mailbox.host, mailbox.port, settings.mail_from, ca_file=str(mailbox.ca_file))
    return Relay(
        smtp.host,
        smtp.port,
        settings.mail_from,
        Tls(smtp.tls),
        smtp.username,
        smtp.password.reveal(),
        smtp.ca_file,
    )


async def _ended(task: asyncio.Task[None], stop: asyncio.Event) -> None:
    """Let the mail in hand finish; what takes longer is due again under the same Message-ID."""
    stop.set()
    _, late = await asyncio.wait({task}, timeout=GRACE_SECONDS)
    for slow in late:
        slow.cancel()
    await asyncio.gather(task, return_exceptions=True)
