"""What every screen and every mail of every conversation must keep to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import EmailMessage

from bot.core.emergency import HEADER
from bot.core.shown import SCREEN_UNITS, units
from bot.core.turn import Reply, Screen, ScreenKind
from tests.transcripts.stage import CHAT, Stage

NEVER = re.compile(
    r"\b(no|low|little|not at|without) risk\b|\bno danger\b|\bis safe\b|\breceived\b",
    re.IGNORECASE,
)
MOST_OPTION = 24
FAREWELL = "Goodbye."


def broken(stage: Stage) -> list[str]:
    """Every promise that this conversation broke."""
    found = [why for reply in stage.watched.replies for why in _of_reply(reply)]
    found += [why for to, mail in stage.mails for why in _of_mail(to, mail)]
    found += _not_spelled_out(stage)
    everything = "\n".join(
        [*(s.text for r in stage.watched.replies for s in r.screens), *map(text_of, _mails(stage))]
    )
    for secret in (str(CHAT), stage.person):
        if secret in everything:
            found.append("somebody could tell who this is")
    return found


def _not_spelled_out(stage: Stage) -> Iterator[str]:
    """Each acronym that a person meets before it was spelled out to them in this conversation."""
    banner, said, met = stage.catalogue.screens["training"].source.strip(), "", set()
    for screen in (screen for reply in stage.watched.replies for screen in reply.screens):
        text = screen.text.replace(banner, "")
        said += " ".join(text.split()).lower()
        for acronym, meaning in stage.catalogue.acronyms.items():
            if acronym not in met and re.search(rf"\b{acronym}\b", text):
                met.add(acronym)
                if meaning.lower() not in said:
                    yield f"{acronym} is not spelled out: {text[-60:]!r}"


def _mails(stage: Stage) -> list[EmailMessage]:
    return [mail for _, mail in stage.mails]


def text_of(mail: EmailMessage) -> str:
    """Everything a reader of the mail can read: headers, text and attachments."""
    parts = [f"{name}: {value}" for name, value in mail.items()]
    for part in mail.walk():
        if not part.is_multipart():
            payload = part.get_payload(decode=True)
            parts.append(payload.decode(errors="replace") if isinstance(payload, bytes) else "")
    return "\n".join(parts)


def _of_reply(reply: Reply) -> Iterator[str]:
    if not reply.screens:
        yield "a reply shows nothing"
    for screen in reply.screens:
        yield from (f"{why}: {screen.text[:60]!r}" for why in _of_screen(screen))


def _of_screen(screen: Screen) -> Iterator[str]:
    yield from _of_first_words(screen)
    if found := NEVER.search(screen.text):
        yield f"it says {found.group()!r}"
    if "@" in screen.text:
        yield "an address is shown"
    if units(screen.text) > SCREEN_UNITS:
        yield "it is too long for one message"
    if any(len(button.option.encode()) > MOST_OPTION for button in screen.buttons):
        yield "a button carries too much"
    if screen.kind is ScreenKind.CODE and screen.protect:
        yield "a code cannot be copied"


def _of_first_words(screen: Screen) -> Iterator[str]:
    match screen.kind:
        case ScreenKind.FAREWELL:  # somebody may be looking on: it gives nothing away
            if screen.text != FAREWELL or screen.buttons:
                yield "the farewell says what the chat was for"
        case ScreenKind.URGENT:
            if not screen.text.startswith(("Call 999", HEADER)):
                yield "999 is not the first word"
        case _:
            if not screen.text.startswith(HEADER + "\n"):
                yield "999 is not the first line"


def _of_mail(to: str, mail: EmailMessage) -> Iterator[str]:
    text = text_of(mail)
    if not to.endswith("@training.invalid"):
        yield "a real address stands in the envelope"
    if mail["X-Training"] != "yes" or "TRAINING." not in text:
        yield "practice is not marked as practice"
    if not str(mail["Date"]).endswith("12:00:00 +0000"):
        yield "the time of day is told"
    if found := NEVER.search(text):
        yield f"a mail says {found.group()!r}"
