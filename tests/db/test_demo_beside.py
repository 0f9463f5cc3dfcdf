"""The demo's files are the same whether a process beside writes them or the one that imports them."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from core.errors import Problem
from db.demo_beside import written_beside
from db.demo_files import Delivered

DAY = date(2026, 11, 21)


def _asked(folder: Path) -> Delivered:
    folder.mkdir()
    return Delivered(folder, DAY - timedelta(days=1), DAY, seed=1, suspects=100)


def test_both_write_the_same_files_in_the_same_order(tmp_path: Path) -> None:
    here, there = _asked(tmp_path / "here"), _asked(tmp_path / "there")
    alone = list(here.files())
    mornings = alone.count(None)
    with written_beside(there) as files:
        beside = [next(files) for _ in alone]
        with pytest.raises(Problem, match="came to an end"):
            next(files)
    names = [path and path.name for path in alone]
    assert [path and path.name for path in beside] == names
    assert mornings == 2
    assert names[:2] == ["ward-counts.csv", "ward-panels.csv"]
    for path, other in zip(filter(None, alone), filter(None, beside), strict=True):
        assert path.read_bytes() == other.read_bytes()


def test_a_file_that_cannot_be_written_is_told_and_nothing_goes_on(tmp_path: Path) -> None:
    asked = _asked(tmp_path / "gone")
    shutil.rmtree(asked.folder)
    with written_beside(asked) as files, pytest.raises(Problem, match=r"could not be written to .*gone: No such file"):
        next(files)
