"""The pages say what is true: settings, commands, links, YAML, alarms and tests that exist."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from bot.commands import COMMANDS
from bot.settings import NAMES, Settings, from_environment, read_env_file

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")
NAMED = re.compile(r"\b((?:docs|tests|bot|demo|dialogs|rules|tools)/[\w./-]*\w)")
COMMAND = re.compile(r"python -m bot ([a-z]+)")
FENCE = re.compile(r"^( *)```yaml\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
CODES = {
    "alarm",
    "_alarm",
    "Hold",
    "Never",
    "StoreUnavailable",
    "MailboxUnavailable",
    "MailboxRefused",
    "SealingError",
    "KeyringError",
}


def _page(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


# ---- settings ----


def test_the_example_names_exactly_the_settings_there_are() -> None:
    named = re.findall(r"^(BOT_[A-Z_]+)=", _page(".env.example"), re.MULTILINE)
    assert sorted(named) == sorted(NAMES)


def test_the_example_can_be_copied_and_is_the_default() -> None:
    assert from_environment(read_env_file(ROOT / ".env.example")) == Settings()


def test_the_example_says_something_about_every_setting() -> None:
    lines = _page(".env.example").splitlines()
    bare = [
        line
        for before, line in zip(["", *lines], lines, strict=False)
        if line.startswith("BOT_") and not before.startswith(("#", "BOT_"))
    ]
    assert bare == []


# ---- commands, links, files ----


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_on_a_page_exists(page: Path) -> None:
    text = page.read_text("utf-8")
    assert [name for name in COMMAND.findall(text) if name not in COMMANDS] == []


def test_every_command_for_operators_stands_on_their_page() -> None:
    named = set(COMMAND.findall(_page("docs/OPERATING.md")))
    assert {"check", "doctor", "run", "outbox", "retention"} <= named


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_and_every_file_named_on_a_page_is_there(page: Path) -> None:
    text = page.read_text("utf-8")
    links = [link for link in LINK.findall(text) if "://" not in link]
    missing = [link for link in links if not (page.parent / link).exists()]
    missing += [name for name in NAMED.findall(text) if not _there(name)]
    assert missing == []


def _there(name: str) -> bool:
    """A file, a folder, or a name with a placeholder or without its ending in the text."""
    path = ROOT / name
    return path.exists() or path.with_suffix(".py").exists() or "…" in name


@pytest.mark.parametrize(
    "target", re.findall(r"^([a-z]+):(?: |$)", _page("Makefile"), re.MULTILINE)
)
def test_make_targets_are_phony(target: str) -> None:
    phony = re.search(r"^\.PHONY: (.*)$", _page("Makefile"), re.MULTILINE)
    assert phony is not None
    assert target in phony.group(1).split()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_make_target_on_a_page_exists(page: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):(?: |$)", _page("Makefile"), re.MULTILINE))
    named = re.findall(r"(?:^|`)make ([a-z-]+)", page.read_text("utf-8"), re.MULTILINE)
    assert [name for name in named if name not in targets] == []


# ---- YAML on the pages ----


def _fences() -> Iterator[tuple[str, str]]:
    for page in PAGES:
        for indent, body in FENCE.findall(page.read_text("utf-8")):
            yield page.name, "\n".join(line.removeprefix(indent) for line in body.split("\n"))


@pytest.mark.parametrize(("page", "body"), list(_fences()))
def test_yaml_on_a_page_can_be_read(page: str, body: str) -> None:
    found = yaml.load(body, yaml.BaseLoader)  # noqa: S506 - strings only
    assert isinstance(found, dict), page


def test_there_is_yaml_to_read_on_the_pages() -> None:
    assert {page for page, _ in _fences()} >= {"WRITING-DIALOGS.md", "OPERATING.md"}


# ---- changes, alarms, threats ----


def test_the_changelog_tells_of_this_version() -> None:
    version = re.search(r'^version = "([^"]+)"', _page("pyproject.toml"), re.MULTILINE)
    assert version is not None
    assert f"## {version.group(1)}" in _page("CHANGELOG.md")


def _codes() -> dict[str, str]:
    """Every code that the program can alarm with, and where; of `f"late_{x}"` the beginning."""
    found: dict[str, str] = {}
    for path in sorted((ROOT / "bot").rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and _called(node.func) in CODES and node.args:
                for text in _texts(node.args[0]):
                    found[text] = path.name
    return found


def _called(func: ast.expr) -> str:
    return getattr(func, "id", "") or getattr(func, "attr", "")


def _texts(given: ast.expr) -> Iterator[str]:
    match given:
        case ast.Constant(value=str(text)) if text:
            yield text
        case ast.JoinedStr(values=[ast.Constant(value=str(text)), *_]):
            yield text
        case ast.BinOp(left=left):
            yield from _texts(left)
        case ast.Call(args=args):
            yield from (text for one in args for text in _texts(one))
        case _:
            return


def test_every_alarm_stands_on_the_operators_page_with_what_to_do() -> None:
    page = _page("docs/OPERATING.md")
    codes = _codes()
    assert len(codes) > 40
    assert {code: where for code, where in codes.items() if f"`{code}" not in page} == {}


def test_no_alarm_on_the_operators_page_is_gone_from_the_program() -> None:
    page = _page("docs/OPERATING.md")
    table = page[page.index("| code | what it means") : page.index("python -m bot outbox retry")]
    named = [
        code
        for row in table.splitlines()
        for code in re.findall(r"`([a-z][a-z_]+)`", row.split("|")[1] if "|" in row else "")
    ]
    program = "\n".join(path.read_text("utf-8") for path in (ROOT / "bot").rglob("*.py"))
    prefixed = {code for code in named if code.startswith("database_without_")}
    gone = [c for c in named if f'"{c}"' not in program and c not in prefixed]
    assert len(named) > 40
    assert gone == []
    for code in prefixed:
        assert code.removeprefix("database_without_") in program


def test_every_test_named_in_the_threat_model_exists() -> None:
    named = set(re.findall(r"`(test_\w+)`", _page("docs/THREAT-MODEL.md")))
    assert len(named) > 40
    assert named - _tests_there_are() == set()


def _tests_there_are() -> set[str]:
    return {
        name
        for path in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"def (test_\w+)", path.read_text("utf-8"))
    }


def test_every_line_of_the_threat_model_names_a_test_or_admits_a_gap() -> None:
    rows = [r for r in _page("docs/THREAT-MODEL.md").splitlines() if r.startswith("| ")]
    lines = [row for row in rows if not row.startswith("| if ")]
    assert len(lines) > 30
    assert [row for row in lines if "`test_" not in row and "**gap**" not in row] == []


@pytest.mark.parametrize(
    "gap",
    [
        "the relay stamps the time",
        "solid-state disk may keep what was overwritten",
        "sealed frames in the order of their writing",
        "Telegram knows",
        "verified TLS covers our hop alone",
        "a live host cannot hide from its owner",
    ],
)
def test_what_cannot_be_mended_is_admitted(gap: str) -> None:
    assert gap in _page("docs/THREAT-MODEL.md")


def test_every_row_of_the_faults_names_a_test_that_exists() -> None:
    page = _page("docs/FAULTS.md").split("## Figures")[0]
    rows = [r for r in page.splitlines() if r.startswith("| ") and not r.startswith("| fault |")]
    written = _tests_there_are()
    assert len(rows) > 25
    assert [
        row for row in rows if not re.findall(r"`(test_\w+)` *(?:, `test_\w+`)* *\|$", row)
    ] == []
    assert set(re.findall(r"`(test_\w+)`", page)) - written == set()


def test_the_faults_hold_the_figures_of_a_run() -> None:
    page = _page("docs/FAULTS.md")
    for name in ("kills", "seed", "reports acknowledged"):
        assert re.search(rf"^\| {name} \| [\d,]+ \|$", page, re.MULTILINE)
    assert "| acknowledged and lost, under two Message-IDs, in plain text | 0, 0, 0 |" in page
