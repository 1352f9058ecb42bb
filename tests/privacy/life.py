"""A day of one installation: a report, a pause, a wipe, an exit, and all that can go wrong."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from bot.adapters.mailbox import Arrived
from bot.core.receipts import make_code
from tests.botapi.server import BotApi
from tests.kill.road import CODE
from tests.privacy.installation import OPERATOR, Installation, installed
from tests.privacy.people import NAMES, Giver, giver
from tests.privacy.program import FAULT

REPORTER, PAUSER, WIPER, LEAVER, SENDER, BLOCKER, BRINGER, WORKER, ASKER = range(
    7_316_498_205, 7_316_498_214
)
BROUGHT: Final = "zqbroughtqz"  # in last month's report, which is carried over
UNASKED: Final = "zqunaskedqz"  # in a file that nobody asked for
LAST_MONTH: Final = Path(__file__).parents[1] / "transcripts" / "last_month.json"
LOOKED_UP: Final = tuple(f"zqlooked{number}qz" for number in range(5))
WRONG_CODE: Final = make_code(b"zqwrongqz!")
DOOR: Final = {  # what comes in beside the answers
    "payload": "zqpayloadqz",
    "caption": "zqcaptionqz",
    "file name": "zqfilenameqz",
    "contact": "zqcontactqz",
    "phone": "447700900123",
    "place": "zqvenueqz",
    "group": "zqgroupqz",
    "unparsable": "zqunparsableqz",
    "unknown update": "zqunknownqz",
    "edited": "zqeditedqz",
    "quote": "zqquoteqz",
    "forward": "zqforwardqz",
    "callback": "zqcallbackqz",
    "exception": FAULT,
}


@dataclass(slots=True)
class Lived:
    """What is left of the day: everything written, by moment and place, and all the markers."""

    folder: Path
    places: dict[str, bytes] = field(default_factory=dict)
    mails: list[Arrived] = field(default_factory=list)
    sent: set[str] = field(default_factory=set)  # markers of the report
    worked: set[str] = field(default_factory=set)  # of one by somebody who may be called back
    unsent: set[str] = field(default_factory=set)  # of what was paused, wiped, left or refused
    codes: set[str] = field(default_factory=set)
    alarms: list[Arrived] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)  # how far files were fetched, by moment

    def look(self, moment: str, installation: Installation) -> None:
        for place, content in installation.written().items():
            self.places[f"{place} {moment}"] = content


def live(folder: Path) -> Lived:
    """Live it, in the real program; gives what it left."""
    return asyncio.run(_live(folder))


async def _live(folder: Path) -> Lived:
    lived = Lived(folder)
    async with installed(folder) as installation:
        await installation.start()
        api = installation.api
        await _strange_things(api)
        await _report(api, lived, installation)
        await _work(api, lived, installation)
        await _pause(api, lived, installation)
        await _wipe(api, lived)
        await _leave(api, lived)
        await _bring(api, lived, installation)
        await _look_up(api, lived)
        await _refused(api, lived, installation)
        lived.look("while it runs", installation)
        await installation.stop()
        lived.look("when it has ended", installation)
        lived.alarms = [m for m in installation.mailbox.arrived if OPERATOR in m.recipients]
        lived.mails = [m for m in installation.mailbox.arrived if m not in lived.alarms]
    return lived


async def _report(api: BotApi, lived: Lived, installation: Installation) -> None:
    one = giver(api, REPORTER)
    await one.person.start(DOOR["payload"])
    await one.walk_to("Please check what you have written")
    lived.look("before sending", installation)
    seen = await one.walk_to("This is your code")
    (code,) = CODE.findall(seen.text)
    await one.person.press("I have saved it")
    await installation.mails(2)
    await one.person.say(WRONG_CODE)
    await one.person.say(code)
    seen = await one.person.press("Add more")
    await one.walk_to("This will be added")
    await installation.mails(4)
    lived.codes = {code, WRONG_CODE}
    lived.sent = set(one.typed)


async def _work(api: BotApi, lived: Lived, installation: Installation) -> None:
    """Information from somebody who works with children and leaves a way to be reached."""
    one = giver(api, WORKER)
    one.choose = {
        "Do you work with children?": "Yes",
        "Could what you know point to one": "No",
    }
    await one.person.start()
    seen = await one.walk_to("This is your code")
    lived.codes.update(CODE.findall(seen.text))
    await one.person.press("I have saved it")
    await installation.mails(5)
    lived.worked = set(one.typed)


async def _pause(api: BotApi, lived: Lived, installation: Installation) -> None:
    one = giver(api, PAUSER)
    await _some_words(one, lived)
    seen = await one.person.say("pause")
    (code,) = CODE.findall(seen.text)
    lived.codes.add(code)
    lived.look("with a new pause code", installation)
    await one.person.press("I have saved it")


async def _wipe(api: BotApi, lived: Lived) -> None:
    one = giver(api, WIPER)
    await _some_words(one, lived)
    await one.person.say("delete")
    await one.person.press("Yes, wipe it")


async def _leave(api: BotApi, lived: Lived) -> None:
    one = giver(api, LEAVER)
    await _some_words(one, lived)
    await one.person.say("exit")


async def _bring(api: BotApi, lived: Lived, installation: Installation) -> None:
    """A file where none is asked for; then last month's report where it is, and an exit."""
    person = giver(api, BRINGER).person
    report = json.loads(LAST_MONTH.read_text("utf-8"))
    report["facts"]["child_is"] = BROUGHT
    unasked = LAST_MONTH.read_text("utf-8").replace("K.M.", UNASKED)
    name = f"{DOOR['file name']}.json"
    await person.start()
    await person.document(name, unasked.encode())
    lived.fetched.append(f"unasked: {len(api.calls('getFile'))} {len(api.calls('file'))}")
    for label in ("No", "Newham", "I am the child's social worker", "Send a case report"):
        await person.press(label)
    await person.press("Carry on")
    await person.press("The monthly report")
    await person.document(name, json.dumps(report).encode())
    lived.fetched.append(f"asked for: {len(api.calls('getFile'))} {len(api.calls('file'))}")
    await person.press("Still so")
    seen = await person.sees(BROUGHT)
    assert "Still so" in seen.buttons
    await person.press("Still so")
    lived.look("with a report carried over", installation)
    assert not [m for m in person.messages if m.kind == "document"]
    await person.say("exit")
    lived.unsent |= {BROUGHT, UNASKED}


async def _look_up(api: BotApi, lived: Lived) -> None:
    """Names typed where something is looked up: before a talk, in it, and in any other chat."""
    person = giver(api, ASKER).person
    before, behind, again, danger, inline = LOOKED_UP
    await person.say(f"what about {before}")
    await person.press("Carry on")
    await person.say(f"? where is {behind}")
    await person.say(again)
    await person.press("Carry on")
    await person.press("Look something up")
    await person.say(f"who helps, {danger} has got a knife and is here now")
    await person.press("Carry on")
    for words in (f"what is mase {inline}", f"{inline} has got a knife", inline):
        assert (await person.ask_inline(words))[0]["id"] == "999"
    lived.unsent |= {*LOOKED_UP}


async def _refused(api: BotApi, lived: Lived, installation: Installation) -> None:
    """Media, an exception that repeats the words, a mail that is refused, and a block."""
    one = giver(api, SENDER)
    await _some_words(one, lived)
    await one.person.say(f"Words that break it {FAULT}")
    await one.person.photo(caption=DOOR["caption"])
    installation.mailbox.refuse("550 5.1.1 No such mailbox")
    await one.walk_to("Your report is saved")
    await installation.mails(9)  # the other mail, and three alarms
    lived.unsent |= set(one.typed)
    lived.look("with a report that was refused", installation)
    blocker = giver(api, BLOCKER)
    await _some_words(blocker, lived)
    update = blocker.person.block()
    await api.world.until(lambda: update in api.world.confirmed)


async def _some_words(one: Giver, lived: Lived) -> None:
    await one.person.start()
    await one.walk_to("\0", last="zq")
    lived.unsent |= set(one.typed)


async def _strange_things(api: BotApi) -> None:
    """Everything that is not words, and everything that cannot be read."""
    person = giver(api, SENDER + 100).person
    door = DOOR
    await person.start()
    message: dict[str, Any] = {"message_id": 9, "date": 1, "chat": person.chat.public}
    person.post_media("document", {"file_id": "f", "file_name": door["file name"]})
    person.post_media("contact", {"first_name": door["contact"], "phone_number": door["phone"]})
    person.post_media("venue", {"title": door["place"], "address": door["place"]})
    person.post("hello", quote={"text": door["quote"]}, forward_origin={"n": door["forward"]})
    push = api.world.push
    push({"edited_message": {**message, "text": door["edited"]}})
    push({"something_new": {"from": NAMES, "text": door["unknown update"]}})
    push({"message": {**message, "chat": {"id": door["unparsable"]}, "text": [NAMES]}})
    push({"message": {"from": NAMES, "text": door["unparsable"]}})
    group = {"id": -100_731_649, "type": "group", "title": door["group"]}
    push({"message": {**message, "chat": group, "text": door["group"], "from": NAMES}})
    push(
        {
            "callback_query": {
                "id": "1",
                "from": person.chat.user,
                "data": door["callback"],
                "message": message,
            }
        }
    )
    await api.world.until(lambda: not api.world.waiting)
    last = api.world.next_update
    broken = b'{"update_id": %d, "message": {"text": "%s", ' % (last, door["unparsable"].encode())
    api.world.next_update += 1
    api.world.push_raw(last, broken)
    await api.world.until(lambda: last in api.world.confirmed, 20.0)
