"""`facts`, `indicators` and `assess`, as other people's programs call them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bot.commands import DONE, WRONG_USE
from bot.commands.assessing import NoRules, _answer
from bot.core.catalogue import Area, Catalogue, Words
from tests.commands.conftest import Run

ROOT = Path(__file__).parents[2]
INFORMATION = {"role": "public", "danger_now": "no", "child_identifiable": "no"}
SHARED_FACTS = (
    "role danger_now child_identifiable child_age other_age position_of_trust moved looked_after "
    "other_authority open_case disabled offence_evidence judged_category"
)
FINDING = {
    "area",
    "level",
    "action",
    "emergency",
    "routes",
    "advice",
    "because",
    "near_misses",
    "not_asked",
    "editions",
}


def test_facts_are_a_list_with_the_question_that_asks_each(run: Run) -> None:
    told = run("facts", "--area", "wirral", "--json")
    assert told.code == DONE
    facts = {fact["id"]: fact for fact in told.json}
    assert facts["danger_now"] == {
        "id": "danger_now",
        "type": "choice",
        "values": ["yes", "no"],
        "unsure": True,
        "asks": "Is a child in danger right now?",
        "source": "Wirral, Intelligence and Information Gathering",
    }
    assert all(fact["asks"] for fact in facts.values())


def test_an_area_without_rules_has_no_facts_and_no_indicators() -> None:
    bare = Catalogue("", {}, {}, {}, {}, {}, {"east": Area("east", "East")}, Words({}), {}, {})
    assert [_answer(name, bare, {"area": "east"}) for name in ("facts", "indicators")] == [[], []]
    with pytest.raises(NoRules, match="no_rules_for_this_area_yet"):
        _answer("assess", bare, {"area": "east"})


def test_newham_gives_each_indicator_with_its_columns_and_the_lowest(run: Run) -> None:
    signs = {sign["id"]: sign for sign in run("indicators", "--area", "newham", "--json").json}
    assert (signs["clipping"]["level"], signs["clipping"]["levels"]) == (2, [2, 3])
    assert (signs["red_light_district"]["level"], signs["strangers_cars"]["levels"]) == (
        3,
        [1, 2, 3],
    )
    assert {sign["kind"] for sign in signs.values()} == {"harm", "risk", "background"}


def test_newham_reads_the_facts_that_others_send(run: Run) -> None:
    facts = {fact["id"]: fact for fact in run("facts", "--area", "newham", "--json").json}
    assert facts.keys() >= set(SHARED_FACTS.split())
    assert facts["offence_evidence"]["values"] == ["none", "exchange", "habitual"]
    assert all(fact["asks"] for fact in facts.values())


def test_newham_gives_a_category_and_a_role_instead_of_a_personal_address(run: Run) -> None:
    known = {
        "area": "newham",
        "facts": {
            "role": "social_worker",
            "danger_now": "no",
            "open_case": "yes",
            "barriers": "yes",
        },
        "indicators": {"clipping": "yes", "late_home": "unsure"},
    }
    told = run("assess", "-", stdin=json.dumps(known).encode())
    found = json.loads(told.out)
    assert (found["level"], found["action"]) == (2, "refer")
    mase = [route for route in found["routes"] if route["id"] == "newham_mase"]
    assert [(r["mailbox"], r["address"]) for r in mase] == [
        ("newham_cse", "ChildSexualExploitation@newham.gov.uk"),
        ("newham_case_reports", None),
    ]
    assert mase[0]["forms"] == ["mase_referral"]


def test_assess_gives_the_whole_finding(run: Run, folder: Path) -> None:
    (folder / "facts.json").write_text(json.dumps(INFORMATION))
    told = run("assess", "--area", "wirral", "--facts", "facts.json", "--json")
    assert told.code == DONE
    assert told.json.keys() == FINDING
    assert (told.json["action"], told.json["level"]) == ("intelligence", None)
    route = told.json["routes"][0]
    assert route["address"] == "A.BCU.MFH@merseyside.pnn.police.uk"
    assert route["subject"] == "CSE Intelligence"


def test_a_file_may_hold_the_whole_question(run: Run) -> None:
    whole = {"area": "wirral", "on": "2026-03-01", "facts": {"child_identifiable": "yes"}}
    told = run("assess", "--facts", "-", "--json", stdin=json.dumps(whole).encode())
    assert told.json["action"] == "refer"
    assert told.json["routes"][0]["due"]["date"] == "2026-03-02"


def test_without_json_the_same_value_is_laid_out_for_reading(run: Run) -> None:
    told = run("assess", "--area", "wirral", "--facts", "-", stdin=b"{}")
    assert json.loads(told.out).keys() == FINDING
    assert told.out.count("\n") > 10


def test_nothing_given_is_not_asked_and_never_a_no(run: Run) -> None:
    told = run("assess", "--area", "wirral", "--facts", "-", "--json", stdin=b"{}").json
    assert told["action"] == "advise"
    assert {"danger_now", "child_identifiable"} <= set(told["not_asked"])


@pytest.mark.parametrize(
    ("facts", "code", "at"),
    [
        (b"[]", "bad_json", ""),
        (b"\xff", "bad_json", ""),
        (b'{"danger_now": NaN}', "bad_json", ""),
        (b'{"danger_now": "no", "danger_now": "yes"}', "duplicate_key", ""),
        (b'{"danger_now": null}', "null", "facts.danger_now"),
        (b'{"danger_now": "marker"}', "wrong_value", "facts.danger_now"),
        (b'{"marker": "yes"}', "unknown_facts", "facts"),
        (b'{"facts": {}, "marker": 1}', "unknown_key", ""),
        (b'{"facts": []}', "wrong_type", ""),
        (b'{"facts": {}, "on": "20260301"}', "wrong_date", ""),
        (b'{"facts": {}, "on": "2026-02-30"}', "wrong_date", ""),
        (b'{"facts": {}, "indicators": {"marker": "yes"}}', "unknown_indicators", "indicators"),
        (b" " * 1_000_001, "too_long", ""),
    ],
)
def test_what_cannot_be_used_is_named_and_never_repeated(
    facts: bytes, code: str, at: str, run: Run
) -> None:
    told = run("assess", "--area", "wirral", "--facts", "-", "--json", stdin=facts)
    assert told.code == WRONG_USE
    assert (told.json["error"]["code"], told.json["error"]["at"]) == (code, at)
    assert "marker" not in told.out + told.err


def test_a_file_that_is_not_there_is_wrong_use(run: Run) -> None:
    told = run("assess", "--area", "wirral", "--facts", "marker.json")
    assert (told.code, told.err) == (WRONG_USE, "The file of facts cannot be read.\n")


def test_lines_are_answered_in_order_and_a_bad_one_stops_nothing(run: Run) -> None:
    lines = [
        {"facts": INFORMATION},
        {"area": "newham"},
        {"area": "nowhere marker"},
        {"facts": {"danger_now": "yes"}},
        {"fact": {}},
    ]
    text = "\n\n".join(map(json.dumps, lines)) + "\nnot json marker\n{}\n"
    told = run("assess", "-", "--area", "wirral", stdin=text.encode())
    assert (told.code, told.err) == (DONE, "")
    answers = [json.loads(line) for line in told.out.splitlines()]
    said = [a.get("action") or a["error"]["code"] for a in answers]
    assert said == [
        "intelligence",
        "advise",
        "unknown_area",
        "emergency",
        "unknown_key",
        "bad_json",
        "advise",
    ]
    assert "marker" not in told.out
    assert answers[4]["error"]["did_you_mean"] == ["facts"]


def test_facts_and_indicators_answer_lines_too(run: Run) -> None:
    told = run("facts", "-", stdin=b'{"area": "wirral"}\n{"area": "newham"}\n')
    assert [len(json.loads(line)) > 0 for line in told.out.splitlines()] == [True, True]
    told = run("indicators", "-", "--area", "newham", stdin=b"{}")
    assert len(json.loads(told.out)) > 0


def test_each_answer_is_flushed_before_the_next_line_is_read(folder: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "assess", "-", "--area", "wirral"],
        env={"PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for line in (b"{}\n", b'{"facts": {"danger_now": "unsure"}}\n'):
            process.stdin.write(line)
            process.stdin.flush()
            assert json.loads(process.stdout.readline()).keys() == FINDING
        process.stdin.close()
        assert process.wait() == DONE
