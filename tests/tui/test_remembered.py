"""What a room remembers: kept over a restart, private, and never a reason to stop."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tui.remembered import Remembered, Value


@pytest.fixture
def remembered(tmp_path: Path) -> Remembered:
    """The memory of a store that has none yet."""
    return Remembered.of(tmp_path / "tasking.db")


def test_it_stands_beside_the_store_and_nothing_is_known_at_first(remembered: Remembered, tmp_path: Path) -> None:
    assert remembered.path == tmp_path / "tasking.db.room"
    assert remembered.get("projector") is None
    assert not remembered.unreadable
    assert not remembered.path.exists(), "to look writes nothing"


def test_values_are_kept_by_name_until_they_are_forgotten(remembered: Remembered) -> None:
    place: Value = {"item": "suspects", "cursor": 7, "filter": "hackney", "views": ["a", "b"]}
    assert remembered.put("projector", True)
    assert remembered.put("place", place)
    again = Remembered(remembered.path, remembered.path.with_suffix(""))
    assert (again.get("projector"), again.get("place")) == (True, place)
    assert again.put("projector", None)
    assert (remembered.get("projector"), remembered.get("place")) == (None, place)


def test_only_its_owner_may_read_it(remembered: Remembered) -> None:
    remembered.put("projector", True)
    remembered.path.chmod(0o644)
    before = os.umask(0)
    try:
        remembered.put("projector", False)
    finally:
        os.umask(before)
    assert remembered.path.stat().st_mode & 0o777 == 0o600
    assert list(remembered.path.parent.iterdir()) == [remembered.path], "no half-written file is left"


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"\xff", b"7", b"[" * 100_000, b" " * (1 << 20) + b"{}"])
def test_what_cannot_be_read_is_not_known_and_begun_anew(remembered: Remembered, content: bytes) -> None:
    remembered.path.write_bytes(content)
    assert remembered.unreadable
    assert remembered.get("projector") is None
    assert remembered.put("projector", True)
    assert (remembered.get("projector"), remembered.unreadable) == (True, False)


def test_a_place_that_cannot_be_written_is_told(remembered: Remembered) -> None:
    remembered.path.mkdir()
    assert remembered.unreadable
    assert not remembered.put("projector", True)
    assert list(remembered.path.parent.iterdir()) == [remembered.path]
    assert not Remembered(remembered.path / "gone" / "x.room", remembered.path).put("projector", True)
