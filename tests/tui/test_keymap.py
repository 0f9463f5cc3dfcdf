"""Keys as a user wants them: the file, its faults, and the keys in the running program."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from core.errors import Problem
from db.store import Store
from tests.tui.declared import declared
from tests.tui.keyboard import MakeApp, seated
from tui import exits
from tui.cli.keys import keys_for_a_room
from tui.dialogs.form import Form
from tui.keymap import TAKEN, keymap_path, read_keymap
from tui.main import app
from tui.screens.room import MeetingRoom


def test_a_keymap_is_read(tmp_path: Path) -> None:
    path = tmp_path / "keys.toml"
    path.write_text('[keys]\n"act.action" = "f2"\n"room.undo" = "ctrl+z, f9"\n', "utf-8")
    assert read_keymap(path) == {"act.action": "f2", "room.undo": "ctrl+z, f9"}


def test_names_of_earlier_versions_are_taken_and_that_of_today_holds_over_one(tmp_path: Path) -> None:
    path = tmp_path / "keys.toml"
    path.write_text('[keys]\n"unit.deploy" = "f2"\n"site.new" = "f3"\n"deployment.deploy" = "f4"\n', "utf-8")
    assert read_keymap(path) == {"deployment.deploy": "f4", "fly-tip.new": "f3"}


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
        (b'"act.action" = "b"\n[keys]\n', "has 'act.action' outside of .keys., where nothing is used"),
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


def test_a_folder_is_no_file_of_keys(tmp_path: Path) -> None:
    with pytest.raises(Problem, match=r"cannot be read: .* Mend or remove the file"):
        read_keymap(tmp_path)


def test_the_file_is_where_the_environment_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TASKING_KEYS", str(tmp_path / "mine.toml"))
    assert keymap_path() == tmp_path / "mine.toml"
    monkeypatch.delenv("TASKING_KEYS")
    assert keymap_path().name == "keys.toml"


KEYS = """[keys]
"act.action" = "b"
"act.wrong" = "f5"
"act.decision" = "f4"
"act.close" = "f4, f6"
'meeting.next' = "f3 , right_square_bracket"
"""


@pytest.fixture
def odd_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of keys with an unknown command, and two keys that are for two commands."""
    path = tmp_path / "keys.toml"
    path.write_text(KEYS, encoding="utf-8")
    monkeypatch.setenv("TASKING_KEYS", str(path))
    return path


def test_an_unknown_command_and_a_key_for_two_are_named_with_their_lines(odd_keys: Path) -> None:
    done = CliRunner().invoke(app, ["keys"], env={"COLUMNS": "200"})
    assert done.exit_code == exits.REFUSED
    said = done.stderr.splitlines()
    of_two = "line 2: b is for 'act.action' and for 'list.locality', which has it unless it is moved, too."
    assert [line.removeprefix(f"Keys: {odd_keys}, ") for line in said] == [
        "line 3: there is no command 'act.wrong'. docs/keys.md has the names.",
        f"{of_two} Give each a key of its own.",
        "line 4 and line 5: f4 is for 'act.decision' and for 'act.close'. Give each a key of its own.",
    ]
    assert "meeting.next" in done.stdout


def test_the_room_opens_with_the_default_keys_for_what_cannot_be_used(odd_keys: Path) -> None:
    keys, said = keys_for_a_room()
    assert keys == {"meeting.next": "f3,right_square_bracket"}
    line_3 = "keys.toml, line 3: there is no command 'act.wrong'. docs/keys.md has the names."
    assert said == [f"{line_3} 2 more: tasking keys names them."]
    odd_keys.write_text("[keys\n", encoding="utf-8")
    keys, said = keys_for_a_room()
    assert keys == {}
    assert "cannot be read" in said[0]
    assert said[0].endswith("All keys are as they are by default.")


def test_every_command_with_its_default_key_is_a_file_without_fault(odd_keys: Path) -> None:
    default = {binding.id: binding.key for _, binding in declared() if binding.id}
    lines = "".join(f'"{name}" = "{keys}"\n' for name, keys in default.items())
    odd_keys.write_text(f"[keys]\n{lines}", encoding="utf-8")
    done = CliRunner().invoke(app, ["keys"])
    assert (done.exit_code, done.stderr) == (exits.OK, "")
    assert all(name in done.stdout for name in default)


async def test_the_room_says_at_its_opening_what_it_was_given_to_say(make_app: MakeApp, city: Store) -> None:
    told = make_app()
    told._notices = ["keys.toml, line 3: there is no command 'act.wrong'.", "Check \x1b[31mthe clock."]
    async with seated(told) as chair:
        heard = [note.message for note in chair.app._notifications]
        assert heard == ["keys.toml, line 3: there is no command 'act.wrong'.", "Check ␛[31mthe clock."]
        city.tell("The clock of this computer says 01/11/2026 09:00")
        await chair.settled()
        assert "The clock of this computer" in [note.message for note in chair.app._notifications][-1]


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
