from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.bands import MEASURES, default, read
from core.errors import Refused

TEXT = default().text


@pytest.mark.parametrize(
    ("measure", "steps"),
    [
        ("recency", {0: 25, 7: 25, 8: 20, 30: 20, 31: 12, 90: 12, 91: 6, 180: 6, 181: 3, 365: 3, 366: 0}),
        ("frequency", {0: 0, 1: 3, 2: 8, 3: 14, 4: 14, 5: 20, 9: 20, 10: 25, 99: 25}),
        ("gravity", {1: 2, 5: 2, 5.5: 6, 19: 6, 84: 15, 365: 15, 547.5: 21, 1460: 21, 1461: 25, 5475: 25}),
        ("victims", {0: 0, 1: 5, 2: 12, 3: 18, 4: 18, 5: 25, 15: 25}),
    ],
)
def test_the_bands_that_ship_are_those_of_the_domain_page(measure: str, steps: dict[float, float]) -> None:
    assert {value: default().points(measure, value) for value in steps} == steps


def test_four_measures_make_a_hundred_at_most() -> None:
    most = {measure: max(band.points for band in default().tables[measure]) for measure in MEASURES}
    assert most["recency"] + most["frequency"] + most["gravity"] + most["victims"] == 100
    assert most["harm"] == most["gravity"]


def test_what_is_not_known_has_no_points() -> None:
    assert default().points("gravity", None) == 0


def test_the_table_says_whose_it_is() -> None:
    assert default().name == "project default, not a force's"


@given(st.sampled_from(MEASURES), st.floats(0, 20_000), st.floats(0, 20_000))
def test_more_is_never_fewer_points_and_older_never_more(measure: str, one: float, other: float) -> None:
    low, high = sorted((one, other))
    less, more = default().points(measure, low), default().points(measure, high)
    assert less >= more if measure == "recency" else less <= more


def _changed(change: Callable[[str], str]) -> str:
    text = change(TEXT)
    assert text != TEXT
    return text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            _changed(lambda t: t.replace("above = 7, to = 30", "above = 8, to = 30")),
            r"\[recency\] band 2 leaves a hole",
        ),
        (_changed(lambda t: t.replace("above = 7, to = 30", "above = 6, to = 30")), r"\[recency\] band 2 overlaps"),
        (_changed(lambda t: t.replace("{ above = 7, to = 30", "{ to = 30")), r"\[recency\] band 2 overlaps"),
        (_changed(lambda t: t.replace("{ to = 7,", "{ above = 0, to = 7,")), "have no points; leave 'above' out"),
        (
            _changed(lambda t: t.replace("above = 365, points = 0", "above = 365, to = 900, points = 0")),
            "leave its 'to'",
        ),
        (_changed(lambda t: t.replace("above = 30, to = 90", "above = 30, to = 30")), "is empty"),
        (_changed(lambda t: t.replace("points = 25", "points = -25", 1)), "'-25' is no figure of 0 to 1,000,000,000"),
        (_changed(lambda t: t.replace("points = 25", "points = 1e308", 1)), r"'1e\+308' is no figure of 0 to"),
        (_changed(lambda t: t.replace("points = 25", 'points = "many"', 1)), "'many' is no figure"),
        (_changed(lambda t: t.replace("points = 25", "points = nan", 1)), "'nan' is no figure"),
        (_changed(lambda t: t.replace("points = 25", "point = 25", 1)), "'point' is not known"),
        (_changed(lambda t: t.replace("[recency]", "[recentness]")), "'recentness', which is no measure"),
        (_changed(lambda t: t.replace("[victims]", "[gravity2]")), "'gravity2', which is no measure"),
        (_changed(lambda t: re.sub(r"(?s)\[victims\].*", "", t)), "has no bands for 'victims'"),
        (_changed(lambda t: t.replace("precursor_floor = 365", "precursor_floor = true")), "precursor_floor: 'True'"),
        ("[recency", "is not readable as TOML"),
        ("", "has no bands for 'recency'"),
    ],
)
def test_a_band_file_that_is_not_whole_is_refused_in_one_sentence(text: str, said: str) -> None:
    with pytest.raises(Refused, match=said) as refused:
        read(text, "force.toml")
    assert "force.toml" in refused.value.sentence
    assert "\n" not in refused.value.sentence.strip()


def test_a_force_can_put_its_own_bands() -> None:
    own = read(
        TEXT.replace("to = 7, points = 25", "to = 7, points = 30").replace("project default", "Force X"), "x.toml"
    )
    assert own.points("recency", 7) == 30
    assert own.name.startswith("Force X")


def _tables() -> dict[str, Any]:
    return {name: section["bands"] for name, section in tomllib.loads(TEXT).items() if isinstance(section, dict)}


@given(st.sampled_from(MEASURES), st.data())
def test_moving_any_inner_end_makes_a_hole_or_an_overlap(measure: str, data: st.DataObject) -> None:
    inner = [row for row in _tables()[measure] if "above" in row]
    row = data.draw(st.sampled_from(inner))
    moved = row["above"] + data.draw(st.sampled_from([-1, -0.5, 0.5, 1]))
    head, _, tail = TEXT.partition(f"[{measure}]")
    text = head + f"[{measure}]" + tail.replace(f"above = {row['above']}", f"above = {moved}", 1)
    with pytest.raises(Refused, match=r"hole|overlaps|empty|no figure"):
        read(text, "moved.toml")
