"""What the content promises to everyone, whoever edits it next."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.core.catalogue import Catalogue
from bot.core.dialog import Ask, Check, Dialog, End, Manner, Outcome, Repeat, Tell, Tick
from bot.core.routing import CLOSED_NETWORKS
from bot.loading.load import load_catalogue

ROOT = Path(__file__).parents[2]
LONGEST_SENTENCE = 25
LONGEST_LABEL = 40
CRIMESTOPPERS = "0800 555 111"


@pytest.fixture(scope="module")
def content() -> Catalogue:
    return load_catalogue(ROOT)


def _read_in(dialog: Dialog) -> Iterator[tuple[str, str]]:
    for step in dialog.steps.values():
        match step:
            case Ask() | Tick() | Tell() | Check() | End():
                yield f"{dialog.id}.{step.id}", step.text.source
            case Repeat():
                yield f"{dialog.id}.{step.id}", step.first.source
                yield f"{dialog.id}.{step.id}", step.another.source
            case _:
                pass


def _texts(content: Catalogue) -> dict[str, str]:
    """Everything a person may read, by where it stands."""
    found = {place: text for d in content.dialogs.values() for place, text in _read_in(d)}
    found |= {f"screens.{name}": text.source for name, text in content.screens.items()}
    for route in content.routes.values():
        found |= {f"{route.id}.after": route.after, f"{route.id}.phones": route.phones}
    for book in content.rules.values():
        found |= {f"{book.id}.{advice.id}": advice.text for advice in book.advice.values()}
    return found


def _labels(content: Catalogue) -> Iterator[str]:
    yield from content.labels.values()
    for dialog in content.dialogs.values():
        for step in dialog.steps.values():
            if isinstance(step, Ask):
                yield from (step.skip, step.unsure, *(choice.label for choice in step.choices))
            elif isinstance(step, Repeat):
                yield from (step.yes, step.no)


def test_no_sentence_is_longer_than_25_words(content: Catalogue) -> None:
    long = {
        place: sentence
        for place, text in _texts(content).items()
        for sentence in re.split(r"(?<=[.!?:])\s+|\n", text)
        if len(re.findall(r"[\w'{}]+", sentence)) > LONGEST_SENTENCE
    }
    assert long == {}


def test_every_label_fits_a_button(content: Catalogue) -> None:
    assert [label for label in _labels(content) if len(label) > LONGEST_LABEL] == []


def test_nobody_is_shown_a_printed_address(content: Catalogue) -> None:
    closed = re.compile(rf"\.({'|'.join(CLOSED_NETWORKS)})\.")
    assert [p for p, text in _texts(content).items() if closed.search(text)] == []


def test_crimestoppers_never_stands_without_its_warning(content: Catalogue) -> None:
    named = {p: t for p, t in _texts(content).items() if CRIMESTOPPERS in t}
    assert named
    assert [p for p, text in named.items() if "particular child" not in text] == []


def test_the_first_question_of_a_conversation_and_of_an_addition_is_danger(
    content: Catalogue,
) -> None:
    for name in ("common/start", "common/addition"):
        steps = content.dialogs[name].steps.values()
        first = next(step for step in steps if isinstance(step, Ask))
        assert first.fact.id == "danger_now"
        assert not first.skip


@pytest.mark.parametrize("name", ["common/start", "common/addition"])
def test_danger_and_perhaps_danger_are_sent_to_999(content: Catalogue, name: str) -> None:
    dialog = content.dialogs[name]
    edge = dialog.steps["danger"].next[0]
    assert [condition.source for condition in edge.when] == ["danger_now is yes or unsure"]
    screen = dialog.steps[edge.go]
    assert isinstance(screen, Tell)
    assert screen.text.source.startswith("Please call 999 first.")
    assert screen.button


@pytest.mark.parametrize("name", ["common/young_person", "common/elsewhere"])
def test_where_nothing_can_be_sent_nothing_is_asked(content: Catalogue, name: str) -> None:
    (step,) = content.dialogs[name].steps.values()
    assert isinstance(step, End)
    assert step.outcome is Outcome.FINISH
    assert "sent" in step.text.source


@pytest.mark.parametrize("name", ["newham/community", "newham/letters"])
def test_newham_asks_nothing_of_the_public_and_sends_nothing(
    content: Catalogue, name: str
) -> None:
    steps = content.dialogs[name].steps.values()
    assert not [step for step in steps if isinstance(step, Ask | Tick | Repeat | Check)]
    assert [s for s in steps if isinstance(s, End) and s.outcome is Outcome.SEND] == []


@pytest.mark.parametrize("name", ["common/information", "common/person", "common/vehicle"])
def test_every_question_about_information_can_be_left_out(content: Catalogue, name: str) -> None:
    asked = [step for step in content.dialogs[name].steps.values() if isinstance(step, Ask)]
    assert asked
    assert [step.id for step in asked if not step.skip] == []


def test_an_anonymous_mail_never_carries_the_answers_about_a_child(content: Catalogue) -> None:
    anonymous = [route for route in content.routes.values() if route.anonymous]
    assert "wirral_intelligence" in {route.id for route in anonymous}
    named = {d.id for d in content.dialogs.values() if d.manner is Manner.NAMED}
    assert "wirral/cse1_short" in named & set(content.routes["wirral_cadt"].takes)
    assert [route.id for route in anonymous if named & set(route.takes)] == []


def test_the_police_subject_is_exactly_the_printed_one(content: Catalogue) -> None:
    assert content.routes["wirral_intelligence"].subject == "CSE Intelligence"
