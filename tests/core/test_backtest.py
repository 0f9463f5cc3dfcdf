from __future__ import annotations

import math
from random import Random
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.backtest import BANDS, Followed, calibration, entries, gini
from core.backtest_picture import svg
from core.backtest_words import against_others, dated_line, headline, made, verdict
from core.errors import Problem

SEEDS = range(100)
N, FIRST = 200, 10


def _harms(random: Random) -> list[float]:
    """Wards, most near the mean and a few far above (Gini .35, as London's: DOMAIN2 6)."""
    return [math.exp(random.gauss(0, 0.65)) for _ in range(N)]


def test_noise_is_taken_for_chance_at_the_rate_of_the_interval() -> None:
    random = (Random(seed) for seed in SEEDS)
    found = [entries(Followed("harm", tuple(_harms(one))), [FIRST])[0] for one in random]
    assert sum(one.low <= one.chance <= one.high for one in found) >= 90
    assert sum(one.beats_chance for one in found) <= 6


def test_a_list_of_those_whose_next_year_repeats_beats_chance() -> None:
    beats = 0
    for seed in SEEDS:
        random = Random(seed)
        levels = sorted(_harms(random), reverse=True)
        [one] = entries(Followed("harm", tuple(level * random.uniform(0.5, 1.5) for level in levels)), [FIRST])
        beats += one.beats_chance
    assert beats == len(SEEDS)


def test_few_heavy_reports_are_taken_for_chance_too() -> None:
    """One person in eight has harm that follows, some of it heavy: ten often hold none, and nothing is not sure."""
    held = 0
    for seed in SEEDS:
        random = Random(seed)
        harms = [math.exp(random.gauss(5, 1.3)) if random.random() < 0.12 else 0.0 for _ in range(N)]
        [one] = entries(Followed("v100", tuple(harms)), [FIRST])
        held += one.low <= one.chance <= one.high
    assert held >= 90


@given(st.lists(st.floats(0, 6000), min_size=1, max_size=40), st.data())
def test_what_is_held_lies_between_none_and_the_best(harms: list[float], data: st.DataObject) -> None:
    listed = data.draw(st.integers(1, len(harms)))
    followed = Followed("harm", tuple(harms[:listed]), tuple(harms[listed:]))
    if sum(harms) <= 0:
        with pytest.raises(Problem, match="No harm followed"):
            entries(followed, [1])
        return
    first = data.draw(st.integers(1, listed))
    [one] = entries(followed, [first])
    assert one.captured == pytest.approx(sum(harms[:first]) / sum(harms))
    assert one.best == pytest.approx(sum(sorted(harms, reverse=True)[:first]) / sum(harms))
    assert one.chance == first / len(harms)
    assert 0 <= one.low <= one.captured + 1e-9
    assert one.captured - 1e-9 <= one.high <= 1
    assert entries(followed, [first]) == (one,)


def test_more_than_the_list_holds_is_refused() -> None:
    with pytest.raises(Problem, match="--first 4 is not on the list, which has 3"):
        entries(Followed("harm", (1.0, 2.0, 3.0), (5.0,)), [4])


def test_bands_stop_where_the_list_ends() -> None:
    listed = tuple(float(n) for n in range(60, 0, -1))
    bands = calibration(Followed("harm", listed, (500.0,)))
    assert [(one.first, one.last, one.heads, one.per_head) for one in bands] == [
        (1, 10, 10, 55.5),
        (11, 50, 40, 30.5),
        (51, 60, 10, 5.5),
    ]
    assert BANDS[0] == (1, 10)


@pytest.mark.parametrize(("harms", "expected"), [([3, 3, 3], 0.0), ([0, 0, 0, 8], 0.75), ([1, 3], 0.25), ([0, 0], 0.0)])
def test_gini_by_hand(harms: list[float], expected: float) -> None:
    assert gini(harms) == pytest.approx(expected)


def test_it_is_told_in_words_and_a_picture() -> None:
    listed = tuple(float(n) for n in (*[40] * 10, 38, *[2] * 89))
    followed = [Followed("harm", listed), Followed("<b>&", tuple(reversed(listed)))]
    found = made("wards", {"release": "a"}, ("ranked on 2024", "2025"), followed, [10, 20], ())
    one = found.entries[0]
    assert headline(one) == "The first ten by harm held 100 of every 100 days that any ten could."
    assert verdict(one, "wards").startswith("That is better than chance: 64.9% of all harm")
    assert "10 of 100 wards by lot hold 10.0%" in verdict(one, "wards")
    assert against_others(one, found.at(10)) == "Beside it: <b>& 3.2%."
    assert "predict" not in dated_line(found, "28/11/2026")
    assert dated_line(found, "28/11/2026").startswith("Backtest worked on 28/11/2026: The first ten by harm held 100")
    picture = ElementTree.fromstring(svg(found))  # noqa: S314 - our own
    assert sum(tag.tag.endswith("polyline") for tag in picture.iter()) == 4
    assert [e["ranking"] for e in found.as_json()["entries"]] == ["harm", "<b>&", "harm", "<b>&"]
