from __future__ import annotations

from pathlib import Path

from bot.commands import DONE, WRONG_USE
from tests.commands.conftest import Run


def test_a_dialog_is_drawn_as_svg_and_as_mermaid(run: Run, folder: Path) -> None:
    told = run("map", "wirral/refer", "--out", "pictures")
    assert told.code == DONE
    files = [folder / "pictures/wirral" / name for name in ("refer.svg", "refer.mmd")]
    assert told.out.split() == [str(Path("pictures/wirral") / file.name) for file in files]
    assert files[0].read_text("utf-8").startswith("<svg ")
    assert "flowchart TD" in files[1].read_text("utf-8")


def test_without_a_name_every_dialog_is_drawn(run: Run, folder: Path) -> None:
    assert run("map").code == DONE
    assert (folder / "common/start.svg").exists()
    assert len(list(folder.rglob("*.svg"))) == len(list(folder.rglob("*.mmd"))) > 20


def test_the_pathway_of_an_area_is_drawn_as_svg_and_as_png(run: Run, folder: Path) -> None:
    told = run("map", "--pathway", "wirral", "--out", ".")
    assert told.code == DONE
    assert (folder / "wirral_pathway.png").read_bytes().startswith(b"\x89PNG")
    assert (folder / "wirral_pathway.svg").exists()


def test_the_files_are_listed_as_json_on_request(run: Run) -> None:
    told = run("map", "wirral/refer", "--json")
    assert told.json == [str(Path("wirral") / name) for name in ("refer.svg", "refer.mmd")]


def test_a_folder_that_cannot_be_written_is_wrong_use(run: Run, folder: Path) -> None:
    (folder / "taken").write_text("a file", "utf-8")
    told = run("map", "wirral/refer", "--out", "taken", "--json")
    assert told.code == WRONG_USE
    assert told.json["error"]["code"] == "not_written"


def test_a_dialog_or_an_area_that_there_is_not_is_wrong_use(run: Run) -> None:
    wrong = run("map", "wirral/screenin")
    assert wrong.code == WRONG_USE
    assert "wirral/screening" in wrong.err
    assert run("map", "--pathway", "wiral").code == WRONG_USE
