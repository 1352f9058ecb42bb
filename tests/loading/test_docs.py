"""docs/WRITING-DIALOGS.md says what the loader does: its examples are read, its table is ours."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.loading.codes import Code
from bot.loading.faults import Faults
from bot.loading.files import DIALOGS, RULES
from bot.loading.shape import Shape
from bot.loading.source import Block, read

PAGE = (Path(__file__).parents[2] / "docs/WRITING-DIALOGS.md").read_text("utf-8")
BLOCKS = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
KINDS = {**DIALOGS, **RULES}


def table() -> str:
    """The table as the page must hold it."""
    rows = "\n".join(f"| `{code}` | {code.meaning} |" for code in Code)
    return f"<!-- faults -->\n| code | what it means |\n|---|---|\n{rows}\n<!-- end of faults -->"


def test_the_table_of_faults_lists_every_code_and_what_it_means() -> None:
    assert table() in PAGE


@pytest.mark.parametrize("text", BLOCKS, ids=lambda text: text.split(":")[0])
def test_every_example_on_the_page_is_read_without_a_fault(text: str) -> None:
    faults = Faults([])
    block = read("page.yaml", text.encode(), faults)
    assert block is not None
    one_file = not block.pairs.keys() <= KINDS.keys()  # a key that opens no file stands inside one
    for key, node in block.pairs.items():
        part = block if one_file else Block({key: node}, block.place)
        Shape(KINDS[key]).read(part, key, faults)
        if one_file:
            break
    assert [str(problem) for problem in faults.problems] == []
