"""Weights as someone types them, and the file that is written of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.composite_scales import read as read_scales
from core.composite_weights import KEYS, Weights, default, read, typed, written
from core.errors import Refused
from core.text import plain

HOSTILE = (
    '"',
    "\\",
    "'''",
    "a\nharm = 999",
    "\x1b[31m[/red]",
    "\x7f",
    "\u202e",
    "\ud800",
    "𝔚 😀",
    "[weights]",
    "#",
    "",
)
NAMES = st.text(st.characters()) | st.sampled_from(HOSTILE)
PARTS = st.fixed_dictionaries(dict.fromkeys(KEYS, st.floats(0, 1000))).filter(lambda parts: any(parts.values()))


def test_what_is_typed_is_what_the_parts_weigh() -> None:
    found = typed("by hand", {"harm": " 30 ", "rate": "2.5", "trend": "", "deprivation": "0", "hot_violence": "1e3"})
    assert found.name == "by hand"
    assert found.parts == {**dict.fromkeys(KEYS, 0), "harm": 30, "rate": 2.5, "hot_violence": 1000}
    assert tuple(found.parts) == KEYS
    assert sum(found.shares.values()) == pytest.approx(1)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"harm": "lots"}, "harm: 'lots' is no weight of 0 to 1,000; write one, as 30."),
        ({"harm": "30", "hot_violence": "-1"}, "hot violence: '-1.0' is no weight of 0 to 1,000"),
        ({"rate": "1000.5"}, "rate: '1000.5' is no weight"),
        ({"rate": "nan"}, "rate: 'nan' is no weight"),
        ({"rate": "inf"}, "rate: 'inf' is no weight"),
        ({"rate": "3%"}, "rate: '3%' is no weight"),
        ({"harm": "0", "rate": " "}, "No part weighs anything; give one a weight, as 30 for harm."),
        ({}, "No part weighs anything"),
    ],
)
def test_what_is_typed_wrong_is_refused_in_a_sentence(values: dict[str, str], sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        typed("x", values)
    assert refused.value.sentence.startswith(sentence)


def test_a_file_of_weights_can_be_read_by_people() -> None:
    weights = Weights('Met "2026"', {**dict.fromkeys(KEYS, 0.0), "harm": 30.0, "trend": 2.5})
    assert written(weights).splitlines()[:7] == [
        r'name = "Met \"2026\""', 'scale = "times the average ward"', "", "[weights]", "harm = 30", "rate = 0",
        "trend = 2.5",
    ]  # fmt: skip
    assert read(written(default()), "f.toml") == default(), "with what it promises"


def test_a_file_that_names_no_scale_is_read_and_what_it_means_is_said() -> None:
    older = read('name = "set by Chair on 01/06/2026"\n\n[weights]\nharm = 35\nborough_share = 10\n', "f.toml")
    assert (older.parts["harm"], older.parts["borough_share"], older.keeps) == (35, 10, None)
    assert older.meant == "they name no scale, so each weighs times the average ward, not 0 to 100 points as before"
    assert (default().meant, read(written(older), "f.toml").meant) == ("", ""), "once it is kept, it is for this scale"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("scale = 'points'\n[weights]\nharm = 1", "Weight file f.toml: scale is 'points'; use times the average ward."),
        ("keeps = 3\n[weights]\nharm = 1", "Weight file f.toml: keeps is '3'; write [keeps] with first, of_most and"),
        ("[weights]\nrate = 1\n[keeps]\nfirst = 1", "Weight file f.toml gives harm no weight, so it cannot promise"),
        ("[weights]\nharm = 1\n[keeps]\nfirst = 0", "Weight file f.toml, keeps: first is '0'; write a whole number"),
        ("[weights]\nharm = 1\n[keeps]\nfirst = 9\nof_most = 2", "Weight file f.toml, keeps: of_most is '2'; write"),
        ("[weights]\nharm = 1\n[keeps]\nlast = 9", "Weight file f.toml, keeps has 'last', which is not known; use"),
    ],
)
def test_a_promise_that_is_none_is_refused_in_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        read(text, "f.toml")
    assert refused.value.sentence.startswith(sentence)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[smell]\ncap = 5", "Scale file s.toml has 'smell', which is no part; use harm"),
        ("", "Scale file s.toml, harm has no against; write it in quotes"),
        ("[harm]\nagainst = 'mean'\ncap = 0", "Scale file s.toml, harm: cap is '0'; write a figure of 1 to 1,000."),
        ("[harm]\nagainst = 'moon'\ncap = 5", "Scale file s.toml, harm: against is 'moon'; use mean or London."),
    ],
)
def test_a_scale_that_is_none_is_refused_in_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        read_scales(text, "s.toml")
    assert refused.value.sentence.startswith(sentence)


@given(NAMES, PARTS)
def test_what_is_written_is_read_as_it_was(name: str, parts: dict[str, float]) -> None:
    text = written(Weights(name, parts))
    assert read(text, "f.toml") == Weights(plain(name), parts)
    assert len(text.encode().splitlines()) == 4 + len(KEYS), "no name adds a line"
    assert plain(text.splitlines()[0]) == text.splitlines()[0], "no name reaches a terminal that shows the file"


@given(PARTS)
def test_what_is_typed_as_it_stands_is_the_same_weights(parts: dict[str, float]) -> None:
    assert typed("x", {key: str(weight) for key, weight in parts.items()}) == Weights("x", parts)


@pytest.mark.parametrize("text", ["[weights]\nharm = " + "9" * 5000, "[weights]\nharm = 2026-13-41", "name = '\x1b"])
def test_no_file_however_odd_ends_otherwise_than_in_a_sentence(text: str) -> None:
    with pytest.raises(Refused, match=r"Weight file f\.toml is not readable as TOML: "):
        read(text, "f.toml")
