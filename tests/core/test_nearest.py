from __future__ import annotations

from math import cos, radians

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.nearest import Spot, in_cells, latitude, longitude, metres, nearest

CHARING_CROSS, GREENWICH = (51.5073, -0.1276), (51.4769, 0.0005)
_NEAR = st.tuples(st.floats(51.45, 51.55), st.floats(-0.05, 0.05))
_ANYWHERE = st.tuples(st.floats(49, 61), st.floats(-9, 2))


def test_metres_along_the_sphere() -> None:
    assert metres(CHARING_CROSS, CHARING_CROSS) == 0
    assert metres(CHARING_CROSS, GREENWICH) == pytest.approx(9_494, abs=15)
    assert metres((51.0, 0.0), (52.0, 0.0)) == pytest.approx(radians(1) * 6_371_008.8)
    assert metres((60.0, 0.0), (60.0, 1.0)) == pytest.approx(metres((0.0, 0.0), (0.0, 1.0)) / 2, rel=1e-4)


@given(_ANYWHERE, _ANYWHERE)
def test_a_distance_is_the_same_from_either_end(one: tuple[float, float], other: tuple[float, float]) -> None:
    assert metres(one, other) == pytest.approx(metres(other, one), abs=1e-6)


def _brute(spots: list[Spot], place: tuple[float, float], reach: float) -> Spot | None:
    inside = [(metres(place, spot[:2]), spot.name, spot) for spot in spots if metres(place, spot[:2]) <= reach]
    return min(inside)[2] if inside else None


@given(st.lists(_NEAR, max_size=40), _NEAR, st.floats(1, 3000))
def test_the_nearest_is_what_looking_at_every_point_gives(
    points: list[tuple[float, float]], place: tuple[float, float], reach: float
) -> None:
    spots = [Spot(*point, f"{at:02d}") for at, point in enumerate(points)]
    assert nearest(in_cells(spots), *place, reach) == _brute(spots, place, reach)


@given(_ANYWHERE, st.tuples(st.floats(-0.006, 0.006), st.floats(-0.009, 0.009)), st.floats(1, 800))
def test_a_point_close_by_is_found_wherever_it_is(
    place: tuple[float, float], aside: tuple[float, float], reach: float
) -> None:
    spots = [Spot(place[0] + aside[0], place[1] + aside[1], "X"), Spot(place[0] - aside[0], place[1] - aside[1], "Y")]
    assert nearest(in_cells(spots), *place, reach) == _brute(spots, place, reach)


@pytest.mark.parametrize("up", [49.0, 51.5, 60.0])
@pytest.mark.parametrize("direction", [-1, 1])
def test_a_point_due_east_or_west_is_found_at_the_end_of_reach(up: float, direction: int) -> None:
    spot = Spot(up, direction * 490 / (111_195 * cos(radians(up))), "X")
    assert metres((up, 0.0), spot[:2]) == pytest.approx(490, abs=0.1)
    assert nearest(in_cells([spot]), up, 0.0, 500) == spot
    assert nearest(in_cells([spot]), up, 0.0, 480) is None


def test_reach_is_kept_and_the_first_name_of_equals_is_taken() -> None:
    spots = [Spot(51.5, 0.0, "B"), Spot(51.5, 0.0, "A")]
    away = metres((51.503, 0.0), (51.5, 0.0))
    assert nearest(in_cells(spots), 51.503, 0.0, away + 0.001) == spots[1]
    assert nearest(in_cells(spots), 51.503, 0.0, away - 0.001) is None
    assert nearest({}, 51.5, 0.0, 500) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [("51.5", 51.5), ("+51.50", 51.5), ("49", 49), ("61.", 61), ("48.99", None), ("61.01", None), ("", None),
     (" 51.5", None), ("nan", None), ("inf", None), ("5_1", None), ("٥١", None), ("51,5", None), ("51.5N", None),
     ("9" * 400, None)],
)  # fmt: skip
def test_a_latitude_is_a_number_within_britain(text: str, expected: float | None) -> None:
    assert latitude(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("-0.1", -0.1), ("-6.2e-05", -6.2e-05), ("2", 2), ("-9", -9), ("2.1", None), ("51.5", None)]
)
def test_a_longitude_is_a_number_within_britain(text: str, expected: float | None) -> None:
    assert longitude(text) == expected
