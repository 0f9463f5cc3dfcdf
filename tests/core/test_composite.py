from __future__ import annotations

import math
import random
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.composite import (
    PARTS,
    Placed,
    WardFigures,
    Weighed,
    harm_held,
    most_harm_held,
    placed,
    places_moved,
    settled,
    weigh,
)
from core.composite_scales import scales
from core.composite_weights import KEYS, Keeps, Weights, default, read
from core.errors import Refused

Values = Mapping[str, float | None]


def _ward(
    code: str, values: Values, harm: float = 0.0, population: int = 9000, before: float | None = None
) -> WardFigures:
    every: dict[str, float | None] = {**dict.fromkeys(KEYS, 0.0), "harm": harm}
    return WardFigures(code, f"Ward {code}", "X", population, harm, 1, 1, 1, {**every, **values}, before)


def _weights(**parts: float) -> Weights:
    return Weights("test", dict.fromkeys(KEYS, 0.0) | parts)


def test_the_weights_that_ship_say_whose_they_are() -> None:
    assert default().name == "project default, not the Met's: how the Met picks priority wards is not published"
    assert default().parts == {
        "harm": 55, "rate": 10, "trend": 5, "borough_share": 0, "deprivation": 0, "hot_violence": 15,
        "repeat_victims": 5, "ward_panel": 5, "unsafe_places": 5,
    }  # fmt: skip
    assert sum(default().parts.values()) == 100, "so a weight is the per cent of the score"
    assert tuple(PARTS) == tuple(scales()) == KEYS
    assert {scale.cap for scale in scales().values()} == {5}
    assert default().keeps == Keeps(10, 0.9, 3)


def test_a_file_from_before_a_part_was_known_weighs_it_nothing() -> None:
    older = ("harm", "rate", "trend", "borough_share", "deprivation", "hot_violence", "repeat_victims")
    found = read("[weights]\n" + "\n".join(f"{key} = 10" for key in older), "older.toml")
    assert {key: weight for key, weight in found.parts.items() if key not in older} == {
        "ward_panel": 0, "unsafe_places": 0,
    }  # fmt: skip
    wards = placed([_ward("A", {"ward_panel": 9, "unsafe_places": 9}), _ward("B", {}, 1)])
    assert [one.ward.ward_code for one in weigh(wards, found)] == ["B", "A"]


def test_a_part_left_out_weighs_nothing_and_the_name_is_that_of_the_file() -> None:
    found = read("[weights]\nharm = 1\nrate = 3.0", "ours.toml")
    assert (found.name, found.shares["harm"], found.shares["rate"], found.parts["trend"]) == (
        "ours.toml",
        0.25,
        0.75,
        0,
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[weights", "Weight file f.toml is not readable as TOML: "),
        ("harm = 30", "Weight file f.toml has 'harm', which is not known; write name and [weights]."),
        ("name = 'x'", "Weight file f.toml has no weights; write [weights] with a line for each part, as harm = 30."),
        ("weights = 3", "Weight file f.toml has no weights; write [weights]"),
        ("[weights]\nharms = 3", "Weight file f.toml has 'harms', which is no part; use harm, rate, trend, "),
        ("[weights]\nharm = -1", "Weight file f.toml, harm: '-1' is no weight of 0 to 1,000; write one, as 30."),
        ("[weights]\nrate = nan", "Weight file f.toml, rate: 'nan' is no weight"),
        ("[weights]\nrate = inf", "Weight file f.toml, rate: 'inf' is no weight"),
        ("[weights]\nrate = true", "Weight file f.toml, rate: 'True' is no weight"),
        ("[weights]\nrate = '3'", "Weight file f.toml, rate: '3' is no weight"),
        (
            "[weights]\nharm = 0\nrate = 0.0",
            "Weight file f.toml gives no part a weight above 0; give one, as harm = 30.",
        ),
        ("[weights]", "Weight file f.toml gives no part a weight above 0"),
    ],
)
def test_every_fault_is_one_sentence(text: str, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        read(text, "f.toml")
    assert refused.value.sentence.startswith(sentence)


def test_a_part_is_how_many_times_the_average_ward_a_ward_is() -> None:
    wards = placed([_ward(code, {"rate": rate}) for code, rate in zip("ABCD", [6, 2, 0, 0], strict=True)])
    assert [ward.times["rate"] for ward in wards] == [3, 1, 0, 0]


def test_a_part_counts_five_times_the_average_at_the_most_and_a_ward_above_is_marked() -> None:
    wards = placed([_ward(f"{at:02d}", {"hot_violence": 90 if not at else 1}) for at in range(11)])
    first = weigh(wards, _weights(hot_violence=2))[0]
    assert (round(first.times["hot_violence"] or 0, 6), first.ratios["hot_violence"]) == (9.9, 5)
    assert (first.score, first.capped("hot_violence"), first.capped("harm")) == (5, True, False)


def test_the_most_deprived_counts_the_most() -> None:
    wards = placed([_ward(code, {"deprivation": decile}) for code, decile in zip("ABC", [1, 9, 5], strict=True)])
    assert [ward.times["deprivation"] for ward in wards] == pytest.approx([10 / 6, 2 / 6, 1])


def test_the_trend_is_harm_over_that_of_the_year_before_against_londons() -> None:
    wards = placed([_ward("A", {}, 30, before=10), _ward("B", {}, 30, before=50), _ward("C", {}, 9, before=None)])
    assert [ward.times["trend"] for ward in wards] == [3, 0.6, None], "London stayed as it was: 60 over 60"


def test_where_london_has_none_every_ward_is_the_average_one() -> None:
    wards = placed([_ward("A", {"ward_panel": 0}), _ward("B", {"ward_panel": 0})])
    assert [ward.times["ward_panel"] for ward in wards] == [1, 1]


def test_an_unknown_part_drops_its_weight() -> None:
    wards = placed([_ward("A", {"rate": None}, 30), _ward("B", {"rate": 7}, 10), _ward("C", {"rate": 3}, 20)])
    assert [ward.times["rate"] for ward in wards] == [None, 1.4, 0.6], "the mean is that of the wards where it is known"
    first, second, third = weigh(wards, _weights(harm=3, rate=1))
    assert [(one.rank, one.ward.ward_code, one.score) for one in (first, second, third)] == [
        (1, "A", 1.5), (2, "C", 0.9), (3, "B", 0.725),
    ]  # fmt: skip
    assert (first.adds["harm"], first.adds["rate"]) == (1.5, 0)
    assert (second.adds["harm"], second.adds["rate"]) == pytest.approx((0.75, 0.15))


def test_where_nothing_that_weighs_is_known_there_is_no_score_and_the_ward_is_last() -> None:
    found = weigh(placed([_ward("A", {"rate": None}, 9), _ward("B", {"rate": 1})]), _weights(rate=1))
    assert [(one.rank, one.ward.ward_code, one.words) for one in found] == [(1, "B", "1.00"), (2, "A", "?")]


def test_equal_scores_are_in_the_order_of_harm_then_share_a_rank() -> None:
    wards = placed([_ward(code, {"rate": 1}, harm) for code, harm in zip("CBAD", [1, 1, 0, 2], strict=True)])
    found = weigh(wards, _weights(rate=1))
    assert [(one.rank, one.ward.ward_code) for one in found] == [(1, "D"), (2, "B"), (2, "C"), (4, "A")]


def test_a_score_that_is_shown_alike_puts_no_ward_above_one_of_more_harm() -> None:
    wards = placed([_ward("A", {"rate": 100.001}, 1), _ward("B", {"rate": 100.0}, 9)])
    found = weigh(wards, _weights(rate=1))
    assert [(one.ward.ward_code, one.rank, one.words) for one in found] == [("B", 1, "1.00"), ("A", 2, "1.00")]


def test_places_moved_and_harm_held() -> None:
    wards = placed(
        [
            _ward("A", {"rate": 1}, harm=60),
            _ward("B", {"rate": 3}, harm=30),
            _ward("C", {"rate": 2}, harm=10),
        ]
    )
    before, after = weigh(wards, _weights(harm=1)), weigh(wards, _weights(rate=1))
    assert places_moved(before, after) == {"A": -2, "B": 1, "C": 1}
    assert (harm_held(before, 1), harm_held(after, 2), most_harm_held(after, 2)) == (0.6, 0.4, 0.9)
    assert harm_held((), 5) == 0


def test_few_residents_are_said() -> None:
    assert _ward("A", {}, population=4999).few_residents
    assert not _ward("A", {}, population=5000).few_residents
    assert not _ward("A", {}, population=0).few_residents
    assert not _ward("A", {"rate": 500.0}, population=11_260).few_residents
    assert _ward("A", {"rate": 3_240.0}, population=11_260).few_residents, "the West End by its published figures"


_VALUE = st.none() | st.floats(0, 1_000_000)
_DECILE = st.none() | st.floats(1, 10)
_HARM = st.just(0.0) | st.floats(0, 1_000_000) | st.integers(0, 4).map(lambda power: 10.0**power)


@st.composite
def _wards(draw: st.DrawFn, most: int = 12) -> list[WardFigures]:
    parts = {key: _DECILE if key == "deprivation" else _VALUE for key in KEYS if key != "harm"}
    count = draw(st.integers(0, most))
    return [
        _ward(f"{at:02d}", draw(st.fixed_dictionaries(parts)), draw(_HARM), before=draw(st.none() | st.floats(1, 1e6)))
        for at in range(count)
    ]


@given(
    _wards(), st.fixed_dictionaries(dict.fromkeys(KEYS, st.floats(0, 1000))).filter(lambda parts: any(parts.values()))
)
def test_every_score_is_from_0_to_5_and_the_sum_of_its_parts(wards: list[WardFigures], parts: dict[str, float]) -> None:
    found = weigh(placed(wards), Weights("any", parts))
    assert sorted(one.ward.ward_code for one in found) == [ward.ward_code for ward in wards]
    for one in found:
        assert one.score is None or 0 <= one.score <= 5.000001
        assert (one.score or 0) == pytest.approx(sum(one.adds.values()), abs=1e-6)
        assert all(not one.adds[key] for key in KEYS if one.ratios[key] is None)
    order = [(math.inf if one.score is None else -round(one.score, 2), -one.ward.harm) for one in found]
    assert order == sorted(order)


def _holds_what_it_promises(found: Sequence[Weighed]) -> None:
    most = max((one.ward.harm for one in found), default=0)
    assert all(one.rank <= 3 for one in found if one.ward.harm == most)
    assert harm_held(found, 10) >= 0.9 * most_harm_held(found, 10) - 1e-12


@given(_wards(most=25))
def test_what_ships_keeps_the_concentration_of_harm_whatever_the_figures(wards: list[WardFigures]) -> None:
    _holds_what_it_promises(weigh(placed(wards), default()))


@pytest.mark.parametrize("tail", [0.6, 1.0, 1.4, 2.5, 9.0])
@pytest.mark.parametrize("seed", range(3))
def test_what_ships_keeps_it_in_a_london_of_any_tail(tail: float, seed: int) -> None:
    chance = random.Random(f"{tail} {seed}")
    wards = [
        _ward(
            f"{at:03d}",
            {key: None if not chance.randrange(9) else chance.paretovariate(tail) for key in KEYS[1:]}
            | {"deprivation": chance.uniform(1, 10)},
            1000 * chance.paretovariate(tail),
            before=1000 * chance.paretovariate(tail),
        )
        for at in range(679)
    ]
    _holds_what_it_promises(weigh(placed(wards), default()))


def _against_harm() -> tuple[Placed, ...]:
    """Twenty wards of much harm and nothing else, and ten of half of it that are first in all else."""
    much = [_ward(f"A{at:02d}", {}, 2000 + at, before=5000) for at in range(20)]
    less = [_ward(f"B{at:02d}", {"rate": 9, "hot_violence": 9, "ward_panel": 9}, 1000, before=10) for at in range(10)]
    return placed([*much, *less, *(_ward(f"C{at:03d}", {}, 1, before=1) for at in range(300))])


def test_where_the_weights_would_not_keep_it_the_other_parts_weigh_less_by_tenths_and_that_is_said() -> None:
    wards = _against_harm()
    promised, plainly = default(), replace(default(), keeps=None)
    assert harm_held(weigh(wards, plainly), 10) < 0.9 * most_harm_held(weigh(wards, plainly), 10)
    used = settled(wards, promised)
    assert 0 <= used.others < 1
    assert used.parts == {
        key: weight if key == "harm" else weight * used.others for key, weight in promised.parts.items()
    }
    assert used.meant == f"parts other than harm at {100 * used.others:.0f}% of their weight, to keep harm concentrated"
    _holds_what_it_promises(weigh(wards, promised))
    assert weigh(wards, used) == weigh(wards, promised), "what is settled is settled"
    assert settled(wards, used) == used
    one_more = promised.others_at(used.others + 0.1)
    assert harm_held(weigh(wards, replace(one_more, keeps=None)), 10) < 0.9 * most_harm_held(weigh(wards, used), 10)


def test_weights_that_promise_nothing_are_taken_as_they_are() -> None:
    wards = _against_harm()
    assert settled(wards, _weights(rate=1)) == _weights(rate=1)
    assert settled((), default()) == default()


def test_every_ward_of_london_is_weighed_anew_without_a_pause() -> None:
    wards = placed([_ward(f"{at:03d}", dict.fromkeys(KEYS, at * 7919 % (at + 3)), at) for at in range(679)])
    assert settled(wards, default()).others < 1, "as long as it takes"
    for weights, limit in ((replace(default(), keeps=None), 0.05), (default(), 1.0)):
        taken = []
        for _ in range(5):
            start = time.perf_counter()
            weigh(wards, weights)
            taken.append(time.perf_counter() - start)
        assert min(taken) < limit
