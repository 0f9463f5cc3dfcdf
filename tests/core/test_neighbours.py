"""The table of neighbours: checks that GEOMETRY states of its source hold of what is worked from it."""

from __future__ import annotations

from core.geography import current_wards, wards
from core.neighbours import kilometres, lying, nearest, neighbours_of, same_or_beside

CODES = {(ward.name, ward.borough): ward.code for ward in current_wards()}
SEVEN_SISTERS, WOODBERRY_DOWN = CODES["Seven Sisters", "Haringey"], CODES["Woodberry Down", "Hackney"]
WATERLOO, ST_JAMES = CODES["Waterloo & South Bank", "Lambeth"], CODES["St James's", "Westminster"]


def test_every_ward_of_the_present_map_lies_somewhere_and_neighbours_are_mutual() -> None:
    assert lying().keys() == {ward.code for ward in current_wards()}
    pairs = {(code, other) for code, one in lying().items() for other in one.neighbours}
    assert len(pairs) == 2 * 1853
    assert all((other, code) in pairs and other != code for code, other in pairs)
    assert sum(wards()[one].borough != wards()[other].borough for one, other in pairs) == 2 * 432


def test_neighbours_lie_across_borough_borders_and_not_across_the_tidal_thames() -> None:
    assert same_or_beside(SEVEN_SISTERS, WOODBERRY_DOWN)
    assert same_or_beside(SEVEN_SISTERS, SEVEN_SISTERS)
    assert not same_or_beside(WATERLOO, ST_JAMES)
    assert not same_or_beside("", "")
    assert neighbours_of("E05000026") == frozenset(), "a ward of an earlier map has none that are known"


def test_distances_are_between_centres_and_unknown_for_another_map() -> None:
    assert kilometres(WATERLOO, ST_JAMES) == kilometres(ST_JAMES, WATERLOO)
    assert kilometres(WATERLOO, WATERLOO) == 0
    assert kilometres(WATERLOO, "E05000026") is None
    far, first = nearest(WATERLOO, [ST_JAMES, WATERLOO, SEVEN_SISTERS, "E05000026"])[0]
    assert (far, first) == (0, WATERLOO)
    assert [code for _, code in nearest(WATERLOO, [SEVEN_SISTERS, ST_JAMES])] == [ST_JAMES, SEVEN_SISTERS]
