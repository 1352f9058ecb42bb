"""Signs of danger, careful words and passages as files: what is wrong is said with its line."""

from __future__ import annotations

import pytest

from bot.core.weighing import Points
from bot.loading.check import check_files
from bot.loading.load import load_from
from tests.broken.samples import good_files

SIGN = """danger:
  weapon:
    means: Somebody has a weapon.
    look_for: [{look_for}]
    must_match: [{must}]
    must_not_match: [{must_not}]
lists: {{weapon: [knife]}}
"""
LABEL = """wording:
  streetwise:
    look_for: [streetwise]
    why: The child cannot stay safe alone.
    instead: a child who is not safe
    clause: Language
    must_match: [{must}]
    must_not_match: [nothing]
"""
PASSAGE = """guidance: north/{name}
source: A guide, 2016
passages:
  one: {{title: One, text: {text}, clause: "1"}}
"""


def problems(path: str, text: str) -> list[str]:
    return [str(problem) for problem in check_files({**good_files(), path: text.encode()})]


def sign(look_for: str = "<weapon>", must: str = "a knife", must_not: str = "a fork") -> str:
    return SIGN.format(look_for=look_for, must=must, must_not=must_not)


POINTS = """\
points:
  start: -5
  asks: -150
  words: |
    90: help, he s
    -40: form
"""


def test_a_sound_file_of_each_kind_has_no_problem() -> None:
    files = {
        "rules/common/danger.yaml": sign(),
        "rules/common/wording.yaml": LABEL.format(must="a streetwise child"),
        "rules/north/guidance_one.yaml": PASSAGE.format(name="one", text="Words."),
        "rules/common/spelling.yaml": "spelling: {knife: [nife]}\nkeep: [knit]\n",
        "rules/common/danger_points.yaml": POINTS,
        "rules/common/danger_kinds.yaml": "kinds: {weapon: [knife, gun]}\n",
    }
    whole = {**good_files(), **{path: text.encode() for path, text in files.items()}}
    assert check_files(whole) == ()
    catalogue = load_from(whole)
    assert catalogue.danger is not None
    assert catalogue.wording is not None
    assert catalogue.guidance["north_missing"].see == ("north_after",)
    assert catalogue.guidance["one"].area == "north"
    kinds = {"knife": "<weapon>", "gun": "<weapon>"}
    assert catalogue.danger.points == Points(
        {"help": 90, "he s": 90, "form": -40}, -5, -150, kinds
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (sign(must="a fork"), "6: EXAMPLE_FAILS `weapon` is not found in “a fork”."),
        (sign(must_not="a knife"), "6: EXAMPLE_FAILS `weapon` is found in “a knife”."),
        (
            sign(look_for="<gun>"),
            "4: WRONG_VALUE Cannot look for “<gun>”: there is no list “gun”.",
        ),
        (
            sign(look_for="Knife!"),
            "4: WRONG_VALUE Cannot look for “Knife!”: “Knife!” is no part of a phrase.",
        ),
    ],
)
def test_a_sign_that_does_not_do_what_it_says_is_named(text: str, message: str) -> None:
    (found,) = problems("rules/common/danger.yaml", text)
    assert found.partition(": ")[2] == message.partition(": ")[2]


@pytest.mark.parametrize("line", ["help: 90", "90 help", "90:", "90: help,now", "90000: help"])
def test_points_that_cannot_be_read_are_named(line: str) -> None:
    text = POINTS.replace("90: help, he s", line)
    (found,) = problems("rules/common/danger_points.yaml", text)
    assert f"WRONG_VALUE “{line}” is not points, a colon, and words between commas." in found


def test_a_word_of_two_kinds_is_named() -> None:
    (found,) = problems("rules/common/danger_kinds.yaml", "kinds: {arm: [gun], car: [van, gun]}\n")
    assert "WRONG_VALUE “gun” is of two kinds: <arm> and <car>." in found


def test_a_label_that_is_not_found_is_named() -> None:
    (found,) = problems("rules/common/wording.yaml", LABEL.format(must="a child"))
    assert "EXAMPLE_FAILS `streetwise` is not found in “a child”." in found


def test_a_context_that_does_not_exist_is_named() -> None:
    text = sign().replace("    must_match", "    despite: [pasts]\n    must_match", 1)
    (found,) = problems("rules/common/danger.yaml", text)
    assert "WRONG_VALUE There is no context `pasts`." in found


def test_a_file_of_guidance_calls_itself_as_it_lies() -> None:
    text = PASSAGE.format(name="two", text="Words.")
    (found,) = problems("rules/north/guidance_one.yaml", text)
    assert "WRONG_PLACE" in found


def test_a_passage_fits_a_message() -> None:
    text = PASSAGE.format(name="one", text="Words. " * 600)
    (found,) = problems("rules/north/guidance_one.yaml", text)
    assert "TEXT_TOO_LONG" in found
