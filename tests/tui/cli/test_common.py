"""What the commands share: figures, tables and files that no terminal or spreadsheet will act on."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from core.errors import Problem
from db.store.owned import OnRecord
from tui.cli.common import number, print_json, print_table, write_csv

HOSTILE = "a\x1b[31mb\u202ec\x00d\r\ne[/red]"


@pytest.mark.parametrize(("value", "shown"), [(1825.0, 1825), (0.5, 0.5), (None, None), (0.0, 0)])
def test_whole_figures_are_whole_in_json(value: float | None, shown: float | int | None) -> None:
    assert number(value) == shown
    assert type(number(value)) is type(shown)


def test_json_holds_nothing_that_a_terminal_acts_on(capsys: pytest.CaptureFixture[str]) -> None:
    print_json([HOSTILE, "Zoë 王"])
    printed = capsys.readouterr().out
    assert printed.isascii()
    assert "\x1b" not in printed


def test_a_table_shows_hostile_text_as_it_is_and_cuts_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(("name", "days"), [(HOSTILE, 7), ("王" * 30, "1,825")], right=(1,))
    printed = capsys.readouterr().out
    assert not {"\x1b", "\u202e", "\x00", "\r"} & set(printed)
    assert "[/red]" in printed
    assert "王" * 30 in printed
    assert "…" not in printed


@pytest.mark.parametrize(
    "value",
    ["=1+1", "+44", "-1", "@SUM(A1)", " =1", "\t=1", "\u3000=1", "\r=1", "\n@x", "\x00=1", "\ufeff=1", "\u200b=1"],
)
def test_no_value_is_a_formula_in_a_spreadsheet(value: str, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    write_csv(path, [("head",), (value,)], OnRecord(""))
    with path.open(encoding="utf-8-sig", newline="") as stream:
        (_, (cell,)) = csv.reader(stream)
    assert cell.lstrip()[:1] not in {"=", "+", "-", "@", "\t", "\r"}


@pytest.mark.parametrize(
    ("value", "cell"),
    [("x;=1+1", "x;'=1+1"), ("x| @y", "x|' @y"), ("x,=1", "x,'=1"), ("x\t=1", "x =1"), ("51.5,-0.1", "51.5,-0.1")],
)
def test_no_part_of_a_value_is_a_formula_where_cells_are_parted_otherwise(
    value: str, cell: str, tmp_path: Path
) -> None:
    write_csv(tmp_path / "out.csv", [(value,)], OnRecord(""))
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert next(csv.reader(stream)) == [cell]


def test_a_file_that_is_there_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(Problem, match="there already"):
        write_csv(path, [("head",)], OnRecord(""))
    assert path.read_text(encoding="utf-8") == "mine"
    with pytest.raises(Problem, match="cannot be written"):
        write_csv(tmp_path / "no" / "folder" / "out.csv", [("head",)], OnRecord(""))
