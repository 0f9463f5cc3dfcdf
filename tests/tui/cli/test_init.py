"""``tasking init`` makes a store that its maker owns, finishes one that was only begun, and changes no other file."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from core.errors import Conflict
from db import users
from db.store import access, make_store, open_store
from tui.main import app


def _init(place: Path) -> str:
    done = CliRunner().invoke(app, ["init", "--store", str(place)], catch_exceptions=False)
    return done.output


def test_a_store_that_was_only_begun_is_finished(tmp_path: Path) -> None:
    """The program was killed when the store was made and nobody owned it yet, or when its file was empty."""
    begun, empty = tmp_path / "begun.db", tmp_path / "empty.db"
    make_store(begun, "someone").close()
    empty.touch()
    for place in (begun, empty):
        assert "owns it" in _init(place)
        with closing(open_store(place, access.machine_user())) as store:
            assert [(user.login, user.role) for user in users.users(store)] == [(access.machine_user(), "owner")]


def test_what_holds_anything_is_left_alone(tmp_path: Path) -> None:
    owned, notes = tmp_path / "owned.db", tmp_path / "notes.txt"
    _init(owned)
    notes.write_text("Not a store", encoding="utf-8")
    for place in (owned, notes):
        before = place.read_bytes()
        with pytest.raises(Conflict, match="is there already"):
            _init(place)
        assert place.read_bytes() == before
