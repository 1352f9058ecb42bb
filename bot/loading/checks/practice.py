"""Nothing of a practice can be sent: its dialogs end without sending, lead to no other kind of
dialog, ask for nobody's words, and never give what was practised back to a real conversation.
"""

from __future__ import annotations

from bot.core.catalogue import Catalogue
from bot.core.dialog import Ask, Call, Check, Dialog, End, Manner, Outcome, Repeat, Step, Tick
from bot.core.facts import FactType
from bot.loading.checks.flow import Flow, called
from bot.loading.codes import Code
from bot.loading.content import Content
from bot.loading.faults import Faults, Place


def check(content: Content, flow: Flow, faults: Faults) -> None:
    """Every dialog whose manner is practice, and every call of one."""
    del flow
    catalogue = content.catalogue
    for dialog in catalogue.dialogs.values():
        for step in dialog.steps.values():
            if dialog.manner is Manner.PRACTICE:
                why = _refused(catalogue, step)
            else:
                why = _comes_back(catalogue, step)
            if why:
                faults.add(Place(dialog.file, step.line), Code.PRACTICE, f"`{step.id}` {why}")


def _refused(catalogue: Catalogue, step: Step) -> str:
    match step:
        case End(outcome=Outcome.SEND):
            return "would send what was practised; `end: finish` or `return`."
        case Check():
            return "reviews something to send; leave it out of a practice."
        case Ask() if step.fact.type in {FactType.SHORT_TEXT, FactType.LONG_TEXT}:
            return "asks for words, which may be about a real child; ask a choice."
        case Call() | Repeat() if not all(map(_practises, _entered(catalogue, step))):
            return f"leads to `{step.dialog}`, whose manner is not practice."
        case Tick() if step.details is not None:
            return "asks for details; leave `details` out of a practice."
        case _:
            return ""


def _comes_back(catalogue: Catalogue, step: Step) -> str:
    """Why a call from outside is refused: what was practised must not go on to a real report."""
    if not isinstance(step, Call | Repeat):
        return ""
    practices = filter(_practises, _entered(catalogue, step))
    ends = [end for dialog in practices for end in dialog.steps.values() if isinstance(end, End)]
    if all(end.outcome is Outcome.FINISH for end in ends):
        return ""
    return f"calls `{step.dialog}`, a practice that does not end in `finish`."


def _practises(dialog: Dialog) -> bool:
    return dialog.manner is Manner.PRACTICE


def _entered(catalogue: Catalogue, step: Call | Repeat) -> list[Dialog]:
    """The dialogs that a step may enter; an unknown one is told by another check."""
    names = called(catalogue, step.dialog, frozenset(catalogue.areas))
    return [catalogue.dialogs[name] for name, _ in names if name in catalogue.dialogs]
