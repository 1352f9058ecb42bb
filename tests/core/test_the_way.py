"""Content that leads nowhere, and what the walk makes of the answers it was given."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.dialog import Assign, Call, Decide, Edge, End, Outcome, Step, Tell
from bot.core.rules import Hit
from bot.core.session import Answer, Said, Session
from bot.core.text import Template
from bot.core.turning import MAX_ANSWERS
from bot.core.walk import MAX_STEPS, LostWay, replay
from tests.core.chat import Chat, at_review
from tests.core.little import (
    ADDING,
    AGE,
    CHILD,
    DANGER,
    REVIEW,
    SIGNS,
    book,
    catalogue,
    one_dialog,
)
from tests.core.writing import ask, choice, dialog, row, to


def test_no_row_moves_nothing_and_says_whom_to_ring() -> None:
    broken = book("north/rules", row("CHILD", "refer", "child is yes"), otherwise="")
    chat = Chat(catalogue(rules=(broken, ADDING))).start().press("No", "North", "Public", "No")
    chat.say("x", "skip", "none", "no", "skip")
    before = chat.present
    chat.press("Yes")
    assert chat.asks == "[not_decided]"
    assert chat.labels == ["Carry on"]
    assert chat.present == before
    assert chat.press("Carry on").asks == "Q still"


def test_several_rows_of_a_table_with_one_answer_are_not_decided() -> None:
    rows = (row("A", "refer", "child is no"), row("B", "record", "child is no"))
    broken = book("north/rules", *rows, hit=Hit.ONLY_ONE)
    chat = Chat(catalogue(rules=(broken, ADDING))).start().press("No", "North", "Public", "No")
    assert chat.say("x", "skip", "none", "no", "skip", "yes").asks == "[not_decided]"


def test_words_held_back_that_lead_nowhere_do_not_hold_the_person() -> None:
    stuck = one_dialog(ask(DANGER, "child"), replace(ask(CHILD), next=to("child is yes > over")))
    chat = Chat(stuck).start().press("No").wait(16).say("no")
    assert chat.press("<carry_on>").asks == "[not_decided]"
    assert chat.press("Carry on").asks == "[resume]"
    assert chat.press("<carry_on>").asks == "Q child"


def lost(content_next: tuple[Edge, ...]) -> str:
    content = one_dialog(replace(ask(DANGER), next=content_next))
    with pytest.raises(LostWay) as found:
        replay(content, Session("e1", "common/start", answers={"danger_now": Answer(Said.UNSURE)}))
    return found.value.code


def test_every_way_of_losing_the_way_has_a_name() -> None:
    assert lost(to("danger_now is yes > over")) == "no_edge"
    assert lost(to("danger_now")) == "too_many_steps"
    with pytest.raises(LostWay, match="unknown_dialog"):
        replay(catalogue(), Session("e1", "common/nowhere"))
    gone = one_dialog(Call(id="call", dialog="common/nowhere", next=to("over")))
    with pytest.raises(LostWay, match="unknown_dialog"):
        replay(gone, Session("e1", "common/start"))


def test_a_way_as_long_as_allowed_is_walked_and_a_longer_one_is_not() -> None:
    def content(texts: int) -> Session:
        tells = [
            Tell(id=f"t{n}", text=Template("."), next=to(f"t{n + 1}" if n + 1 < texts else "over"))
            for n in range(texts)
        ]
        made = one_dialog(*tells)
        replay(made, Session("e1", "common/start"))
        return Session("e1", "common/start")

    content(MAX_STEPS - 1)
    with pytest.raises(LostWay, match="too_many_steps"):
        content(MAX_STEPS)


def test_when_the_way_is_lost_nothing_moves() -> None:
    chat = Chat(one_dialog(ask(DANGER, "child"), replace(ask(CHILD), next=()))).start().press("No")
    before = chat.present
    assert chat.press("Yes").asks == "[not_decided]"
    assert chat.present == before


@pytest.mark.parametrize(
    ("step", "said"),
    [
        (ask(CHILD, "over"), Answer(Said.VALUE, "purple")),
        (ask(AGE, "over"), Answer(Said.VALUE, 99)),
        (ask(AGE, "over"), Answer(Said.VALUE, "14")),
        (ask(CHILD, "over"), Answer(Said.SEEN)),
        (replace(SIGNS, next=to("over")), Answer(Said.VALUE, "yes")),
        (replace(REVIEW, next=to("over")), Answer(Said.SEEN)),
        (
            Tell(id="read", text=Template("Read"), button="OK", next=to("over")),
            Answer(Said.CHECKED),
        ),
    ],
)
def test_a_kept_answer_that_no_longer_answers_the_step_is_asked_again(
    step: Tell, said: Answer
) -> None:
    content = one_dialog(step)
    walk = replay(content, Session("e1", "common/start", answers={step.id: said}))
    assert walk.here.step == step
    assert walk.here.answer == said
    assert walk.visits == ()


def test_a_skipped_answer_is_not_asked_and_an_unsure_one_is_not_no() -> None:
    fact = choice("still", unsure=True)
    step = replace(
        ask(fact, skip="Skip"),
        next=to("still is no > no", "still is yes or unsure > ring", "open"),
    )
    content = one_dialog(
        step,
        *(
            Tell(id=name, text=Template(name), button="OK", next=to("over"))
            for name in ("no", "ring", "open")
        ),
    )
    for label, way in (("No", "no"), ("Yes", "ring"), ("Not sure", "ring"), ("Skip", "open")):
        assert Chat(content).start().press(label).asks == way


def test_a_fact_skipped_at_a_second_question_is_no_longer_known() -> None:
    second = replace(ask(CHILD, "over", skip="Skip"), id="again")
    content = one_dialog(ask(CHILD, "again"), second)
    chat = Chat(content).start().press("Yes", "Skip")
    assert "child" not in replay(content, chat.present).facts


def test_a_dialogs_own_facts_are_gone_with_it() -> None:
    chat = at_review(child="Yes")
    walk = replay(chat.catalogue, chat.present)
    assert "name" not in walk.facts
    assert "what" not in walk.facts
    assert walk.facts == {
        "danger_now": "no",
        "area": "north",
        "role": "public",
        "child": "yes",
    }
    assert walk.indicators == {"late": "yes", "gifts": "no", "cars": "no"}
    assert walk.finding is not None
    assert walk.finding.routes == ("council", "police")


def test_signs_are_read_by_the_rules_and_by_edges() -> None:
    tick = replace(SIGNS, next=to("at least 2 of all > many", "few"))
    content = one_dialog(
        tick,
        Tell(id="many", text=Template("many"), button="OK", next=to("over")),
        Tell(id="few", text=Template("few"), button="OK", next=to("over")),
    )
    assert Chat(content).start().say("1 2 done").asks == "many"
    assert Chat(content).start().say("1 done").asks == "few"


def test_a_report_can_hold_only_so_many_answers() -> None:
    chat = at_review(child="Yes").say("back")
    filler = {
        f"off/{n}": Answer(Said.SEEN) for n in range(MAX_ANSWERS - len(chat.present.answers))
    }
    full = replace(chat.present, answers={**chat.present.answers, **filler})
    chat.session = full
    chat.say("yes")
    assert "[limit_reached]" in chat.text
    assert chat.present.answers == full.answers
    chat.say("answers", "5", "Alex")
    assert "[limit_reached]" not in chat.text
    assert chat.present.answers["entry/about/name"].value == "Alex"
    filler.popitem()
    chat.session = replace(
        full, answers={k: v for k, v in full.answers.items() if k in filler or "off" not in k}
    )
    assert "Look: " in chat.say("yes").text


def test_a_dialog_that_calls_itself_is_not_walked_for_ever() -> None:
    content = one_dialog(Call(id="again", dialog="common/start", next=to("over")))
    assert Chat(content).start().asks == "[not_decided]"


def test_a_fact_of_a_list_keeps_nothing_when_there_is_nobody() -> None:
    chat = Chat().start().press("No", "North", "Public", "No").say("x", "skip", "none", "no")
    walk = replay(chat.catalogue, chat.present)
    assert dict(walk.records)["common/start", "north/entry", "common/info"]["people"] == ()


def test_an_edge_sees_what_the_last_finding_says_and_a_fact_comes_before_it() -> None:
    still, level = choice("still"), choice("level", "low", "high")
    rules = book("north/rules", row("S", "refer", "still is yes"))

    def ends(*steps: Step) -> str:
        last = (
            End(id=id_, outcome=Outcome.FINISH, text=Template(id_)) for id_ in ("referred", "kept")
        )
        content = catalogue(
            dialog("common/start", ask(still, "result"), *steps, *last, facts=(still, level)),
            rules=(rules, ADDING),
        )
        return " ".join(Chat(content).start().press(said).asks for said in ("Yes", "No"))

    table = rules.tables[0].id
    told = to(f"{table} is refer > referred", "kept")
    decide = Decide(id="result", rules="north/rules", next=told)
    assert ends(decide) == "referred kept"
    before = Assign(id="result", values=((replace(level, id=table), "record"),), next=to("then"))
    assert ends(before, replace(decide, id="then")) == "kept kept"


def test_decisions_see_the_facts_of_the_dialog_they_stand_in() -> None:
    own = choice("still")
    rules = book("north/rules", row("S", "refer", "still is yes"))
    content = catalogue(
        dialog(
            "common/start",
            ask(own, "result"),
            Decide(id="result", rules="north/rules", next=to("over")),
            End(id="over", outcome=Outcome.FINISH, text=Template("{advice}|{reasons}")),
            facts=(own,),
        ),
        rules=(rules, ADDING),
    )
    assert Chat(content).start().press("Yes").asks == "Do refer.|- Because S (clause S)"
    assert Chat(content).start().press("No").asks == "|- Nothing else (none)"
