"""A little content in Python: every kind of step, and a short text of its own on every screen."""

from __future__ import annotations

from dataclasses import replace

from bot.core.catalogue import Area, Catalogue, Giveaway, Words
from bot.core.dialog import (
    Call,
    Check,
    Choice,
    Decide,
    Dialog,
    End,
    Manner,
    Outcome,
    Repeat,
    Step,
    Tell,
    Tick,
)
from bot.core.facts import Fact, FactType
from bot.core.guidance import Passage
from bot.core.routing import How, Mailbox, MailboxState
from bot.core.rules import Advice, Hit, Indicator, Kind, Row, RuleBook, Table, groups_of
from bot.core.screens import REQUIRED_LABELS, REQUIRED_SCREENS, REQUIRED_WORDS
from bot.core.text import Template
from tests.core.writing import ask, choice, dialog, route, row, text, to

_VALUES = {
    "code_receipt": " {code}",
    "code_pause": " {code} {hours}",
    "saved": " {routes}",
    "receipt_status": " {states} on {saved_on}",
    "state_saved": " {route}",
    "state_late": " {route} {phones}",
    "state_came_back": " {route} {phones}",
    "state_handed_again": " {route}",
    "chat_stored": " {channel}",
    "chat_kept": " {hours}",
    "by_hand": " {phones}",
    "by_hand_rest": " {routes}",
    "remind_ask": " {day}",
    "file_leaves": " {channel}",
    "file_calendar_run": " {count}",
    "late_notice": " {phones}",
    "returned_notice": " {phones}",
    "file_documents": " {mailbox}, {subject}",
    "state_leaving": " {route} {phones}",
    "state_handed_over": " {route}",
    "state_problem": " {route} {phones}",
    "state_withdrawn": " {route}",
    "place_taken": " {place}, {area}",
    "place_perhaps": " {place} in {area}",
    "told_before": "Earlier: {told}",
    "too_long": " {limit} {length}",
    "reject_number": " {from} {to}",
    "reject_day": " {from} {to}",
    "reject_marks": " {to}",
    "giveaway": " {found}",
    "one_child": " {found}",
    "not_filled_in": " {fields}",
    "out_of_reach": " {fields}",
    "danger_then": " {phones}",
    "closed_route": " {phones}",
    "unstaffed": " {route} {opens} {duty}",
    "hours_unknown": " {route} {duty}",
    "ring": " {phones}",
    "ring_by": " {due} {phones}",
    "carry_offer": " {answer}",
    "too_late": " {missed} {last_day}",
    "found": " {title} {text} {source}",
    "not_found": " {phones}",
    "not_sure": " {phones}",
    "careful": " {found}",
}
SCREENS = {id_: Template(f"[{id_}]{_VALUES.get(id_, '')}") for id_ in REQUIRED_SCREENS}
LABELS = {id_: f"<{id_}>" for id_ in REQUIRED_LABELS} | {
    "progress": "{title} {number}/{of}",
    "fill_in": "Fill in {field}",
    "see_also": "Also {title}",
}
WORDS = Words(
    {id_: (id_.replace("_", " "),) for id_ in REQUIRED_WORDS}
    | {"unsure": ("unsure", "i don't know"), "leave": ("leave", "exit")}
)

DANGER = choice("danger_now", unsure=True)
AREA = choice("area", "north", "elsewhere")
ROLE = choice("role", "public", "professional")
CHILD = choice("child", unsure=True)
SHARED = {fact.id: fact for fact in (DANGER, AREA, ROLE, CHILD)}

START = dialog(
    "common/start",
    Tell(id="welcome", text=Template("Welcome."), next=to("danger_now")),
    ask(DANGER, "danger_now is yes or unsure > call_999", "area"),
    Tell(id="call_999", text=Template("Call first."), button="Go on", next=to("area")),
    ask(AREA, "role"),
    ask(ROLE, "area is elsewhere > far", "entry"),
    Call(id="entry", dialog="{area}/entry", next=to("over")),
    Call(id="far", dialog="common/far", next=to("over")),
    End(id="over", outcome=Outcome.FINISH, text=Template("Over.")),
)
FAR = dialog("common/far", End(id="numbers", outcome=Outcome.FINISH, text=Template("Ring.")))
REVIEW = Check(
    id="review",
    text=Template("Look: {routes} {advice}"),
    ok="Send it",
    giveaway=True,
    next=to("sent"),
)
ENTRY = dialog(
    "north/entry",
    ask(CHILD, "child is yes or unsure > about", "info"),
    Call(id="about", dialog="north/child", next=to("info")),
    Call(id="info", dialog="common/info", next=to("result")),
    Decide(id="result", rules="north/rules", next=to("review")),
    REVIEW,
    End(id="sent", outcome=Outcome.SEND, text=Template("Thanks.")),
)
NAME = text("name")
AGE = Fact("age", FactType.WHOLE_NUMBER, minimum=0, maximum=17, unsure=True)
ABOUT = dialog(
    "north/child",
    ask(NAME, "age", skip="Leave out", short="The child"),
    replace(ask(AGE, "done"), reject=Template("An age from {from} to {to}.")),
    End(id="done", outcome=Outcome.RETURN),
    facts=(NAME, AGE),
    manner=Manner.NAMED,
)
WHAT, DAY, STILL = text("what", FactType.LONG_TEXT), text("day", FactType.DATE), choice("still")
PEOPLE = Fact("people", FactType.LIST, item="common/person", at_most=2)
PLATE_OF, LOOKS, PLATE = text("plate_of"), text("looks"), text("plate")
SIGNS = Tick(
    id="signs",
    text=Template("Which signs?\nAny of these."),
    marks=(Choice("late", "Out late"), Choice("gifts", "Gifts"), Choice("cars", "Cars")),
    none="None of these",
    done="Done",
    unsure="Not sure about the others",
    next=to("people"),
)
INFO = dialog(
    "common/info",
    ask(WHAT, "day", skip="Leave out", short="What happened"),
    ask(DAY, "signs", skip="Leave out"),
    SIGNS,
    Repeat(
        id="people",
        fact=PEOPLE,
        dialog="common/person",
        first=Template("Anyone?"),
        another=Template("Anyone else?"),
        yes="Yes, one",
        no="No more",
        next=to("car"),
    ),
    Call(id="car", dialog="common/car", into=PLATE_OF, next=to("still")),
    replace(ask(STILL, "done"), text=Template("Q still {plate_of}")),
    End(id="done", outcome=Outcome.RETURN),
    facts=(WHAT, DAY, STILL, PEOPLE, PLATE_OF),
    title="Information",
)
PERSON = dialog(
    "common/person",
    ask(LOOKS, "done", short="Looks"),
    End(id="done", outcome=Outcome.RETURN),
    facts=(LOOKS,),
)
CAR = dialog(
    "common/car",
    ask(PLATE, "done", skip="Leave out"),
    End(id="done", outcome=Outcome.RETURN),
    facts=(PLATE,),
    returns="plate",
)
MORE = text("more", FactType.LONG_TEXT)
ADDITION = dialog(
    "common/addition",
    ask(DANGER, "more"),
    ask(MORE, "result"),
    Decide(id="result", rules="common/addition", next=to("review")),
    Check(id="review", text=Template("Look again."), ok="Send it", next=to("sent")),
    End(id="sent", outcome=Outcome.SEND, text=Template("Added.")),
    facts=(MORE,),
)


SCALE = ("advise", "record", "intelligence", "refer")


def book(id_: str, *rows: Row, hit: Hit = Hit.STRONGEST, otherwise: str = "advise") -> RuleBook:
    advice = {f"do_{then}": Advice(f"do_{then}", f"Do {then}.", "") for then in SCALE}
    signs = {
        mark.value: Indicator(mark.value, "all", Kind.RISK, mark.label, "c")
        for mark in SIGNS.marks
    }
    table = Table("action", hit, SCALE, rows, otherwise, "none", 0, "Nothing else")
    reads = {**SHARED, "still": STILL}
    groups = {"all": tuple(signs)}
    return RuleBook(id_, id_.partition("/")[0], (table,), reads, signs, groups, advice)


RULES = book(
    "north/rules",
    row("CHILD", "refer", "child is yes or unsure", routes=("council",)),
    row("INFO", "intelligence", "child is no", routes=("police",)),
    row("INFO_TOO", "intelligence", "child is yes or unsure", routes=("police",)),
    row("SIGNS", "record", "at least 2 of all"),
    row("RING", "advise", "danger_now is yes or unsure", routes=("helpline",)),
)
ADDING = book("common/addition", row("ADD", "record"))


ROUTES = {
    "council": route("council", "referral", "north/child", anonymous=False),
    "police": route("police", "intelligence", "common/info"),
    "helpline": route("helpline", "", how=How.PHONE),
}


PASSAGES = tuple(
    Passage(f"missing_{n}", "north", f"Going missing {n}", f"Text {n}.", "Guide, 2016", f"c{n}")
    for n in range(1, 5)
)


def catalogue(
    *more: Dialog,
    rules: tuple[RuleBook, ...] = (RULES, ADDING),
    training: bool = False,
    closed: tuple[str, ...] = (),
    ways: tuple[str, ...] = ("mail",),
) -> Catalogue:
    """The little content; dialogs given here stand in for those of the same id."""
    dialogs = (START, FAR, ENTRY, ABOUT, INFO, PERSON, CAR, ADDITION, *more)
    return Catalogue(
        edition="e1",
        dialogs={d.id: d for d in dialogs},
        facts=SHARED,
        rules={b.id: b for b in rules},
        routes=ROUTES,
        mailboxes={
            f"{r}_box": Mailbox(f"{r}_box", r, f"{r}@example.invalid", MailboxState.VERIFIED)
            for r in ROUTES
        },
        areas={"north": Area("north", "North", "council", ways)},
        words=WORDS,
        screens=SCREENS,
        labels=LABELS,
        giveaways=(Giveaway("family", ("my daughter", "i'm called"), "who you are"),),
        closed=dict.fromkeys(closed, ("why",)),
        training=training,
        guidance={passage.id: passage for passage in PASSAGES},
        groups={name: ids for b in rules for name, ids in groups_of(b).items()},
    )


def one_dialog(*steps: Step, facts: tuple[Fact, ...] = (), training: bool = False) -> Catalogue:
    """A content whose first dialog is these steps and an end."""
    end = End(id="over", outcome=Outcome.FINISH, text=Template("Over."))
    return catalogue(dialog("common/start", *steps, end, facts=facts), training=training)
