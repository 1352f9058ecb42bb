from __future__ import annotations

from pathlib import Path

import pytest

from bot.core.layout import FIRST, Heading, Layout
from bot.errors import ContentError
from bot.loading.load import bundle, load_catalogue, load_from
from tests.broken.samples import good_files

PATH = "rules/north/forms/report.yaml"
FORM = """\
forms:
  report:
    title: a report
    not_the_boards_form: yes
    first: {danger_now: In danger}
    sections:
      - {title: What happened, dialogs: [north/entry]}
"""


def loaded(text: str) -> dict[str, Layout]:
    return dict(load_from({**good_files(), PATH: text.encode()}).layouts)


def test_a_form_is_data() -> None:
    assert loaded(FORM) == {
        "report": Layout(
            id="report",
            title="a report",
            not_the_boards_form=True,
            first={"danger_now": "In danger"},
            sections=(Heading("What happened", ("north/entry",)),),
            file=PATH,
            line=3,
        )
    }


def test_what_a_duty_desk_needs_first_need_not_be_written() -> None:
    layout = loaded("forms: {report: {title: a report}}")["report"]
    assert (layout.first, layout.not_the_boards_form) == (FIRST, False)


def test_fields_stand_in_the_order_of_the_form_and_other_dialogs_whole() -> None:
    text = FORM.replace("[north/entry]}", "[north/entry, common/person], fields: [people, what]}")
    (heading,) = loaded(text)["report"].sections
    assert heading == Heading(
        "What happened", ("common/person",), (("north/entry", "people"), ("north/entry", "what"))
    )


def test_the_place_of_the_signs_is_told() -> None:
    assert loaded(FORM + "    signs: yes\n")["report"].signs
    assert not loaded(FORM)["report"].signs


@pytest.mark.parametrize(
    ("was", "now", "code", "hint"),
    [
        ("north/entry", "north/entri", "UNKNOWN_DIALOG", "north/entry"),
        ("danger_now:", "danger_nou:", "UNKNOWN_FACT", "danger_now"),
        ("title: a report", "name: a report", "MISSING_KEY", ""),
    ],
)
def test_a_fault_in_a_form_is_named_with_its_place(
    was: str, now: str, code: str, hint: str
) -> None:
    with pytest.raises(ContentError) as refused:
        loaded(FORM.replace(was, now))
    found = {problem.code: problem for problem in refused.value.problems}
    assert found[code].file == PATH
    assert hint in (found[code].did_you_mean or ("",))


def test_a_form_belongs_to_the_area_whose_folder_it_lies_in(tmp_path: Path) -> None:
    for path, text in {**good_files(), PATH: FORM.encode()}.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(text)
    assert PATH in bundle(tmp_path, ("north",))
    assert PATH not in bundle(tmp_path, ("south",))
    assert "report" in load_catalogue(tmp_path, areas=("north",)).layouts
