"""Keys as a user wants them: the file, its faults, and the keys in the running program."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import Problem
from tests.tui.keyboard import MakeApp, seated
from tui.dialogs.form import Form
from tui.keymap import TAKEN, keymap_path, read_keymap
from tui.screens.room import MeetingRoom


def test_a_keymap_is_read(tmp_path: Path) -> None:
    path = tmp_path / "keys.toml"
    path.write_text('[keys]\n"act.action" = "f2"\n"room.undo" = "ctrl+z, f9"\n', "utf-8")
    assert read_keymap(path) == {"act.action": "f2", "room.undo": "ctrl+z, f9"}


def test_no_file_and_an_empty_file_change_nothing(tmp_path: Path) -> None:
    assert read_keymap(tmp_path / "none.toml") == {}
    (tmp_path / "keys.toml").write_text("")
    assert read_keymap(tmp_path / "keys.toml") == {}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"[keys\n", "cannot be read"),
        (b'[keys]\n"act.action" = "\xff"\n', "cannot be read"),
        (b"keys = " + b"[" * 3000 + b"]" * 3000 + b"\n", "nested too deep"),
        (b"keys = " + b"9" * 5000 + b"\n", "cannot be read"),
        (b'keys = "a"\n', "must hold"),
        (b'[keys]\n"act.action" = 2\n', "must hold"),
        (b'[keys]\n"act.action" = ["a"]\n', "must hold"),
        *((f'[keys]\n"act.action" = "f2, {key}"\n'.encode(), "many terminals") for key in TAKEN),
    ],
)
def test_a_file_that_cannot_be_used_is_named_with_what_to_do(tmp_path: Path, text: bytes, said: str) -> None:
    path = tmp_path / "keys.toml"
    path.write_bytes(text)
    with pytest.raises(Problem, match=said) as problem:
        read_keymap(path)
    assert str(path) in problem.value.sentence


def test_the_file_is_where_the_environment_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TASKING_KEYS", str(tmp_path / "mine.toml"))
    assert keymap_path() == tmp_path / "mine.toml"
    monkeypatch.delenv("TASKING_KEYS")
    assert keymap_path().name == "keys.toml"


async def test_a_command_that_was_moved_works_on_its_new_key_only(make_app: MakeApp) -> None:
    async with seated(make_app(keys={"act.action": "f2", "meeting.next": "n,f3"})) as chair:
        await chair.press("meeting.item_4")
        assert chair.commands()["act.action"].key == "f2"
        await chair.keys("a")
        assert not isinstance(chair.app.screen, Form)
        await chair.keys("f2")
        chair.form()
        await chair.press("form.leave")
        await chair.keys("n")
        assert isinstance(chair.app.screen, MeetingRoom)
        assert chair.app.screen.item.key == "next"
