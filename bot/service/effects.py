"""Carrying out what the engine asked for: seal and store submissions, keep and open codes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.core.catalogue import Catalogue
from bot.core.errand import Planned, late_notice
from bot.core.guidance import for_young
from bot.core.hosted import with_code, with_draft, with_found, with_pause_code, with_receipt
from bot.core.receipts import make_code
from bot.core.session import Session
from bot.core.turn import File, Find, Forget, Give, Later, LookUp, Park, Reply, Submit, Withdraw
from bot.core.turning import Turn, show
from bot.ports import Guidance, Ids, NewCode, NewItem, PersonKey
from bot.service.desk import Desk, Draft, Receipt
from bot.service.gifts import Gifts
from bot.service.intake import Intake, Made
from bot.service.limits import Limits


@dataclass(frozen=True, slots=True)
class Done:
    """What is to be committed, and what is shown once it is."""

    session: Session | None
    reply: Reply
    items: tuple[NewItem, ...] = ()
    codes: tuple[NewCode, ...] = ()
    drop_codes: tuple[bytes, ...] = ()
    errands: tuple[Planned, ...] = ()
    forget_errands: bool = False


class Effects:
    """The host's side of a turn. `wake` tells the courier that something is waiting."""

    def __init__(
        self,
        intake: Intake,
        desk: Desk,
        gifts: Gifts,
        guidance: Guidance,
        ids: Ids,
        limits: Limits,
        wake: Callable[[], None],
    ) -> None:
        self._intake = intake
        self._gifts = gifts
        self._desk = desk
        self._guidance = guidance
        self._ids = ids
        self._limits = limits
        self._wake = wake

    async def carry_out(
        self, person: PersonKey, catalogue: Catalogue, turn: Turn, before: Session | None = None
    ) -> Done:
        """Do each effect (the engine gives at most one). Nothing is stored yet, but what was taken
        back is. `before` is the session as it was loaded, unless it had lapsed.
        """
        done = await self._do(person, catalogue, turn)
        return replace(done, drop_codes=_left_behind(before, done.session))

    async def _do(self, person: PersonKey, catalogue: Catalogue, turn: Turn) -> Done:
        done = Done(turn.session, turn.reply)
        for effect in turn.effects:
            match effect:
                case Submit():
                    done = await self._submit(person, catalogue, turn, effect)
                case Park(draft):
                    done = await self._park(catalogue, turn, draft)
                case LookUp(code):
                    done = await self._look_up(person, catalogue, turn, code)
                case Find():
                    done = await self._find(catalogue, turn, effect)
                case Withdraw(code):
                    done = await self._take_back(catalogue, turn, code)
                case Give():
                    done = await self._give(catalogue, turn, effect)
                case Later(planned):
                    done = replace(done, errands=(planned,))
                case Forget(errands):
                    done = replace(done, session=None, forget_errands=errands)
        return done

    def committed(self, done: Done) -> None:
        """After the commit: wake the courier if there is mail."""
        if done.items:
            self._wake()

    async def _submit(
        self, person: PersonKey, catalogue: Catalogue, turn: Turn, effect: Submit
    ) -> Done:
        session = _session(turn)
        hold = self._limits.hold_report(person)
        made = await self._intake.prepare(catalogue, effect.submissions, session.status, hold)
        if session.code:  # an addition: the same receipt opens it, and it is kept longer
            kept = await self._desk.add(session.code, made)
            after = replace(session, code="", status={})
            reply = show(catalogue, after)
            return Done(after, reply, items=made.items, codes=kept)
        code = make_code(self._ids.code_bits())
        kept = (await self._desk.keep_receipt(code, made),)
        after = with_code(replace(session, status={}), code)
        reply = replace(show(catalogue, after), files=await self._copies(catalogue, effect, made))
        late = _late(effect, made, session.touched)
        return Done(after, reply, items=made.items, codes=kept, errands=late)

    async def _copies(self, catalogue: Catalogue, effect: Submit, made: Made) -> tuple[File, ...]:
        """What was sent and names a child, for the sender's own file: made now or never."""
        told = tuple(one for one in effect.submissions if not one.anonymous)
        references = {route: saved.reference for route, saved in made.saved.items()}
        return await self._gifts.copies(catalogue, told, references) if effect.copies else ()

    async def _park(self, catalogue: Catalogue, turn: Turn, draft: bytes) -> Done:
        session = _session(turn)
        code = make_code(self._ids.code_bits())
        kept = await self._desk.keep_draft(code, draft, catalogue.draft_hours)
        after = with_pause_code(session, code)
        return Done(after, show(catalogue, after), codes=(kept,))

    async def _look_up(
        self, person: PersonKey, catalogue: Catalogue, turn: Turn, code: str
    ) -> Done:
        session = _session(turn)
        await self._limits.slow_code(person)
        found = await self._desk.open(code)
        match found:
            case Receipt():
                after = with_receipt(session, code, await self._desk.status(found))
                return Done(after, show(catalogue, after))
            case Draft() if session.answers:  # it would replace what is being told now
                note = catalogue.screens["busy_report"].fill({})
                return Done(session, show(catalogue, session, note))
            case Draft(body, tag):
                back = with_draft(session, body)
                after = replace(back, status={**back.status, "draft": tag.hex()})
                return Done(after, show(catalogue, after))
            case None:
                self._limits.wrong_code(person)
                note = catalogue.screens["code_unknown"].fill({})
                return Done(session, show(catalogue, session, note))

    async def _give(self, catalogue: Catalogue, turn: Turn, effect: Give) -> Done:
        session = _session(turn)
        files = await self._gifts.make(catalogue, effect)
        if files:
            return Done(session, replace(turn.reply, files=files))
        note = catalogue.screens["file_not_made"].fill({})
        return Done(session, show(catalogue, session, note))

    async def _find(self, catalogue: Catalogue, turn: Turn, effect: Find) -> Done:
        found = await self._guidance.look_up(effect.query, effect.area)
        after = with_found(_session(turn), for_young(found) if effect.young else found)
        return Done(after, show(catalogue, after))

    async def _take_back(self, catalogue: Catalogue, turn: Turn, code: str) -> Done:
        session = _session(turn)
        found = await self._desk.open(code)
        if not isinstance(found, Receipt):
            return Done(session, show(catalogue, session))
        back = await self._desk.take_back(found)  # at once: the words must be true of the store
        status = {**session.status, "states": back.states}
        after = replace(session, status=status, turn=session.turn + 1)
        note = catalogue.screens["withdrawn" if back.whole else "not_withdrawn"].fill({})
        return Done(after, show(catalogue, after, note))


def _late(effect: Submit, made: Made, now: int) -> tuple[Planned, ...]:
    """A look at whether each mail is late, for who asked for it: never of an anonymous route."""
    named = [one.route for one in effect.submissions if not one.anonymous]
    return tuple(
        late_notice(route, tuple(made.saved[route].items), now)
        for route in named
        if effect.tell_if_late
    )


def _session(turn: Turn) -> Session:
    if turn.session is None:
        raise AssertionError("an effect of a kept session")  # the engine gives none otherwise
    return turn.session


def _left_behind(before: Session | None, after: Session | None) -> tuple[bytes, ...]:
    """The tag of the paused draft that was taken up again and is now sent, wiped, left, begun
    again or paused anew: its parked copy must not open any more. Until then it stays, so that a
    conversation that lapses loses nothing.
    """
    tag = before.status.get("draft") if before else None
    kept = after.status.get("draft") if after else None
    return (bytes.fromhex(str(tag)),) if tag and tag != kept else ()
