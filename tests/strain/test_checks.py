"""What the harness looks for, it sees."""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random

import pytest

from tests.strain import checks
from tests.strain.__main__ import write_table
from tests.strain.bases import Bases
from tests.strain.damage import covered_rows
from tests.strain.files import hostile_file
from tests.strain.kills import lost_of
from tests.strain.rounds import dice


@pytest.mark.parametrize("raw", ["\x1b]52;c;x\x07", "\x9b2J", "\u202e", "\u2066", "a\x00b", "\r", "\ufeff"])
def test_what_no_terminal_must_get_is_seen(raw: str) -> None:
    assert checks.raw_in(f"sound\nwords {raw}".encode()) != ""
    assert checks.raw_in("Müller\t- 3,285 d ▸ ✓ 🙂\r\n".encode()) == ""


@pytest.mark.parametrize(
    ("code", "printed", "crash"),
    [
        (0, "", False),
        (1, "Not found: there is no person P1.", False),
        (1, "", True),
        (1, "Unforeseen fault: TypeError at rank.py:1.", True),
        (1, "Traceback (most recent call last):", True),
        (-11, "", True),
    ],
)
def test_what_is_no_sentence_is_seen(code: int, printed: str, crash: bool) -> None:
    assert bool(checks.crash_in(code, printed)) == crash


def test_an_entry_that_is_gone_or_another_is_seen(bases: Bases, tmp_path: Path) -> None:
    store = Path(shutil.copy(bases.sampled, tmp_path / "tasking.db"))
    held = checks.journaled(store)
    last = max(held)
    assert lost_of(held, store) == []
    assert lost_of({last: "0" * 64, last + 1: "0" * 64}, store) == [
        f"entry {number} was acknowledged and is gone" for number in (last, last + 1)
    ]


def test_a_store_that_is_cut_is_seen(bases: Bases, tmp_path: Path) -> None:
    store = Path(shutil.copy(bases.sampled, tmp_path / "tasking.db"))
    with store.open("r+b") as file:
        file.truncate(store.stat().st_size // 2)
    assert checks.own_check(store) != "ok"
    assert checks.unsound(store) != []


def test_what_the_journal_covers_is_every_entry_and_every_row_it_names(bases: Bases) -> None:
    rows = covered_rows(bases.sampled)
    assert sum(key.startswith("journal ") for key in rows) == len(checks.journaled(bases.sampled))
    assert any(key.startswith("batch ") for key in rows)


def test_the_same_round_has_the_same_file(tmp_path: Path) -> None:
    files = []
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        path, cells = hostile_file("extract", 40, dice(7, "cells", 3), tmp_path / folder)
        files.append((path.name, path.read_bytes(), cells))
    assert files[0] == files[1]
    assert files[0][2] >= 40
    assert Random(1).random() != dice(1, "cells", 1).random()


def test_the_table_is_written_between_its_marks_alone(tmp_path: Path) -> None:
    page = tmp_path / "reliability.md"
    page.write_text("By hand.\n<!-- strain -->\nold\n<!-- end of strain -->\nBy hand, too.\n", encoding="utf-8")
    write_table(page, "| new |")
    assert page.read_text("utf-8") == ("By hand.\n<!-- strain -->\n| new |\n<!-- end of strain -->\nBy hand, too.\n")
