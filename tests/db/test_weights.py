from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from core.composite_weights import KEYS, default, typed, written
from core.errors import Problem, Refused
from db.composite_weights import FILE, save_weights, weights_of
from db.store import Store
from db.store.settings import overruled
from db.store.undo import redo, undo
from db.store.verify import verify


def test_the_weights_that_ship_hold_where_the_store_has_none(store: Store, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / FILE).write_text("[weights]\nharm = 1\n")
    assert weights_of(store) == default()


def test_a_file_beside_the_store_takes_their_place(store: Store, tmp_path: Path) -> None:
    (tmp_path / "composite.toml").write_text('name = "Ours"\n[weights]\nrate = 3\n')
    found = weights_of(store)
    assert (found.name, found.parts) == ("Ours", {**dict.fromkeys(KEYS, 0), "rate": 3})
    (tmp_path / "composite.toml").unlink()
    assert weights_of(store) == default(), "it is read anew"


def test_what_is_saved_is_in_force_whole(store: Store, tmp_path: Path) -> None:
    ours = typed('Zoë\'s "own"\x1b', {"harm": "33.333333", "trend": "1000"})
    save_weights(store, ours)
    assert weights_of(store) == replace(ours, name='Zoë\'s "own"\u241b')
    save_weights(store, default())
    assert weights_of(store) == default()
    assert undo(store) == "Weights of the ward composite put in force"
    assert weights_of(store) == replace(ours, name='Zoë\'s "own"\u241b')
    undo(store)
    assert weights_of(store) == default()
    redo(store)
    assert weights_of(store).parts["trend"] == 1000
    assert verify(store).fault is None


def test_a_file_beside_the_store_is_said_not_to_be_in_force_where_a_command_put_other_weights_there(
    store: Store, tmp_path: Path
) -> None:
    assert overruled(store, FILE) is None
    (tmp_path / FILE).write_text("[weights]\nrate = 3\n")
    assert overruled(store, FILE) is None, "it is in force"
    save_weights(store, default())
    assert overruled(store, FILE) == tmp_path / FILE
    (tmp_path / FILE).write_bytes(b"\xff")
    assert overruled(store, FILE) == tmp_path / FILE
    (tmp_path / FILE).write_text(written(default()))
    assert overruled(store, FILE) is None


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"[weights\n", r"^Weight file composite\.toml is not readable as TOML: .*line 1"),
        (b"[weights]\nharm = 30\nsmell = 3\n", r"^Weight file composite\.toml has 'smell', which is no part; use harm"),
        (b"[weights]\nharm = -1\n", r"^Weight file composite\.toml, harm: '-1' is no weight of 0 to 1,000"),
        (b"", r"^Weight file composite\.toml has no weights; write \[weights\]"),
    ],
)
def test_a_broken_file_says_where(store: Store, tmp_path: Path, content: bytes, sentence: str) -> None:
    (tmp_path / FILE).write_bytes(content)
    with pytest.raises(Refused, match=sentence):
        weights_of(store)
    save_weights(store, default())
    assert weights_of(store) == default(), "saving anew mends it"


def test_a_file_that_cannot_be_read_is_named_with_its_folder(store: Store, tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"name = '\xff'")
    with pytest.raises(Problem) as problem:
        weights_of(store)
    assert problem.value.sentence == (
        f"{tmp_path / FILE} cannot be read: it is not UTF-8 text. Mend or remove the file."
    )
    (tmp_path / FILE).unlink()
    (tmp_path / FILE).mkdir()
    with pytest.raises(Problem) as problem:
        weights_of(store)
    assert problem.value.sentence.startswith(f"{tmp_path / FILE} cannot be read: ")
