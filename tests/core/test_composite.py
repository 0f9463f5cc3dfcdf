from __future__ import annotations

import time
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.composite import PARTS, WardFigures, harm_held, most_harm_held, placed, places_moved, weigh
from core.composite_weights import KEYS, Weights, default, read
from core.errors import Refused

Values = Mapping[str, float | None]


def _ward(code: str, values: Values, harm: float = 0.0, population: int = 9000) -> WardFigures:
    every: dict[str, float | None] = dict.fromkeys(KEYS, 0.0)
    return WardFigures(code, f"Ward {code}", "X", population, harm, 1, 1, 1, {**every, **values})


def _weights(**parts: float) -> Weights:
    return Weights("test", dict.fromkeys(KEYS, 0.0) | parts)


def test_the_weights_that_ship_say_whose_they_are() -> None:
    assert default().name == "project default, not the Met's: how the Met picks priority wards is not published"
    assert default().parts == {
        "harm": 35, "rate": 10, "trend": 5, "borough_share": 10, "deprivation": 10, "hot_violence": 15,
        "repeat_victims": 5, "ward_panel": 5, "unsafe_places": 5,
    }  # fmt: skip
    assert sum(default().parts.values()) == 100, "so a weight is the per cent of the score"
    assert tuple(PARTS) == KEYS


def test_a_file_from_before_a_part_was_known_weighs_it_nothing() -> None:
    older = ("harm", "rate", "trend", "borough_share", "deprivation", "hot_violence", "repeat_victims")
    found = read("[weights]\n" + "\n".join(f"{key} = 10" for key in older), "older.toml")
    assert {key: weight for key, weight in found.parts.items() if key not in older} == {
        "ward_panel": 0, "unsafe_places": 0,
    }  # fmt: skip
    wards = placed([_ward("A", {"ward_panel": 9, "unsafe_places": 9}), _ward("B", {"harm": 1})])
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


def test_points_are_the_share_of_the_other_wards_below() -> None:
    wards = placed([_ward(code, {"harm": harm}) for code, harm in zip("ABCDE", [5, 1, 1, 900, 0], strict=True)])
    assert [ward.points["harm"] for ward in wards] == [75, 25, 25, 100, 0]


def test_the_most_deprived_has_the_most_points() -> None:
    wards = placed([_ward(code, {"deprivation": decile}) for code, decile in zip("ABC", [1.2, 9, 5], strict=True)])
    assert [ward.points["deprivation"] for ward in wards] == [100, 0, 50]


def test_what_is_unknown_has_no_points_and_is_no_ward_below() -> None:
    wards = placed([_ward(code, {"trend": trend}) for code, trend in zip("ABC", [None, -5.0, 3.0], strict=True)])
    assert [ward.points["trend"] for ward in wards] == [0, 0, 100]


def test_a_score_is_what_its_parts_add() -> None:
    wards = placed(
        [_ward("A", {"harm": 9, "rate": None}), _ward("B", {"harm": 1, "rate": 7}), _ward("C", {"harm": 5, "rate": 3})]
    )
    first, second, third = weigh(wards, _weights(harm=3, rate=1))
    assert [(one.rank, one.ward.ward_code, one.score) for one in (first, second, third)] == [
        (1, "A", 75.0), (2, "C", 37.5), (3, "B", 25.0),
    ]  # fmt: skip
    assert (first.adds["harm"], first.adds["rate"], second.adds["harm"]) == (75, 0, 37.5)


def test_equal_scores_share_a_rank_in_the_order_of_the_codes() -> None:
    wards = placed([_ward(code, {"harm": harm}) for code, harm in zip("CBA", [1, 1, 0], strict=True)])
    found = weigh(wards, _weights(harm=1))
    assert [(one.rank, one.ward.ward_code) for one in found] == [(1, "B"), (1, "C"), (3, "A")]


def test_places_moved_and_harm_held() -> None:
    wards = placed(
        [
            _ward("A", {"harm": 60, "rate": 1}, harm=60),
            _ward("B", {"harm": 30, "rate": 3}, harm=30),
            _ward("C", {"harm": 10, "rate": 2}, harm=10),
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


_VALUE = st.none() | st.floats(-1000, 1_000_000)


@given(
    st.lists(st.fixed_dictionaries(dict.fromkeys(KEYS, _VALUE)), max_size=12),
    st.fixed_dictionaries(dict.fromkeys(KEYS, st.floats(0, 1000))).filter(lambda parts: any(parts.values())),
)
def test_every_score_is_from_0_to_100_and_the_sum_of_its_parts(values: list[Values], parts: dict[str, float]) -> None:
    found = weigh(placed([_ward(f"{at:02d}", one) for at, one in enumerate(values)]), Weights("any", parts))
    assert sorted(one.ward.ward_code for one in found) == [f"{at:02d}" for at in range(len(values))]
    for one in found:
        assert 0 <= one.score <= 100.000001
        assert one.score == pytest.approx(sum(one.adds.values()), abs=1e-6)
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


def test_every_ward_of_london_is_weighed_anew_without_a_pause() -> None:
    wards = placed([_ward(f"{at:03d}", dict.fromkeys(KEYS, at * 7919 % (at + 3))) for at in range(679)])
    taken = []
    for _ in range(5):
        start = time.perf_counter()
        weigh(wards, default())
        taken.append(time.perf_counter() - start)
    assert min(taken) < 0.05
