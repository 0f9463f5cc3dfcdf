"""Files that a force writes: whatever is in them, they are read or refused in a sentence."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from core import bands, composite_weights, focus_model
from core.errors import Refused
from core.toml_part import TomlPart, figure_of, loads, shown

READERS: dict[str, tuple[Callable[[str, str], object], str]] = {
    "bands": (bands.read, bands.default().text),
    "weights": (composite_weights.read, composite_weights.written(composite_weights.default())),
    "focus": (focus_model.read, 'borough = "Harrow"\nofficers = 3\nweek_hours = 35\nleast_hours = 0\n'),
}
"""What reads each file, and a file that it begins like."""
DEEP = "[" * 3000 + "]" * 3000
LONG = "9" * 400
FAULTS = {
    "nested lists": f"x = {DEEP}",
    "nested tables": "x = " + "{ a = " * 3000 + "1" + " }" * 3000,
    "a dotted key": "x." + "a." * 3000 + "a = 1",
    "a long figure": f"x = {LONG}",
    "a longer figure": f"x = {LONG * 20}",
    "a long hexadecimal figure": f"x = 0x{'F' * 5000}",
    "a date that is none": "x = 2026-13-41",
    "a long key": f"{'k' * 5000} = 1",
}
PLACES = {"name": "name", "x": "x", "figure": "precursor_floor", "officers": "officers", "weights": "weights.harm"}


EACH = [
    (reader, fault, list(PLACES.values())[(nth + turn) % len(PLACES)])
    for nth, reader in enumerate(READERS)
    for turn, fault in enumerate(FAULTS)
]
"""Every reader with every fault, places taken by turns: a parser that gives up does so wherever the fault stands."""


def test_every_place_is_tried_by_every_reader() -> None:
    assert {(reader, key) for reader, _, key in EACH} == {
        (reader, key) for reader in READERS for key in PLACES.values()
    }


@pytest.mark.parametrize(("reader", "fault", "key"), EACH)
def test_no_file_ends_otherwise_than_in_a_short_sentence(reader: str, fault: str, key: str) -> None:
    read, begins = READERS[reader]
    kept = "\n".join(line for line in begins.splitlines() if not line.startswith((f"{key} ", "[weights]")))
    with pytest.raises(Refused) as refused:
        read(f"{FAULTS[fault].replace('x', key, 1)}\n{kept}", "force.toml")
    assert "force.toml" in refused.value.sentence
    assert len(refused.value.sentence) < 300
    assert refused.value.sentence.isprintable()


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "missing"), (3, "'3'"), (True, "'True'"), ({"a": 1}, "a table"), ([1], "a list"),
        (10**400, "a number of more than 30 digits"), (-(10**400), "a number of more than 30 digits"),
        ("x" * 61, f"'{'x' * 60}…'"), ("a\nb", "'a b'"), (float("nan"), "'nan'"),
    ],
)  # fmt: skip
def test_a_value_is_shown_short(value: object, words: str) -> None:
    assert shown(value) == words


@pytest.mark.parametrize("value", [True, "1", None, 10**400, -(10**400), float("nan"), float("inf"), -0.1, [1]])
def test_what_is_no_figure(value: object) -> None:
    assert figure_of(value, 0, 1e308) is None


def test_a_figure_within_its_range() -> None:
    assert (figure_of(0, 0, 0), figure_of(2, 1, 2), figure_of(2.5, 1, 2)) == (0, 2, None)


def test_a_file_may_name_itself_by_a_number_or_a_day() -> None:
    names = [TomlPart("F", loads(text)).name("f.toml") for text in ("", "name = 2026", "name = 2026-11-21")]
    assert names == ["f.toml", "2026", "2026-11-21"]
