"""Bars and sparks beside numbers."""

from __future__ import annotations

from rich.cells import cell_len

from tui.widgets.columns import Column, lay_out
from tui.widgets.pictures import bar, spark

COLUMNS = (
    Column("name", "name", 10, grow=True),
    Column("harm", "days", 6, "right"),
    Column("bar", "harm", 8, picture=True, priority=1),
    Column("weeks", "12 weeks", 12, picture=True, priority=2),
    Column("reports", "rep", 3, "right", priority=9),
    Column("words", "words", 6, priority=3),
    Column("last", "last", 8, "right"),
)


def keys(room: int, **how: object) -> list[str]:
    """The columns in so many cells."""
    return [placed.column.key for placed in lay_out(COLUMNS, room, **how)]  # type: ignore[arg-type]


def test_a_bar_is_as_long_as_its_figure_and_the_least_is_seen() -> None:
    assert [bar(value, 100, 8) for value in (0, 0.01, 50, 100, 200)] == ["", "▏", "████", "████████", "████████"]
    assert bar(5, 0, 8) == ""
    assert spark((0, 1, None, 8)) == "·▁?█"
    assert spark(()) == ""
    assert cell_len(bar(1, 3, 8)) <= 8


def test_a_picture_goes_before_a_number_and_words_of_less_weight_before_it() -> None:
    assert keys(80) == ["name", "harm", "bar", "weeks", "reports", "words", "last"]
    assert keys(53) == ["name", "harm", "bar", "weeks", "reports", "last"]
    assert keys(44) == ["name", "harm", "bar", "reports", "last"]
    assert keys(32) == ["name", "harm", "reports", "last"]
    assert keys(28) == ["name", "harm", "last"]
    wide = {1: 9}
    assert "weeks" not in [placed.column.key for placed in lay_out(COLUMNS, 53, wide)], "for a number that is wider"


def test_columns_are_chosen_and_panned_and_the_first_ones_stay() -> None:
    chosen = {"weeks": True, "last": False}
    assert keys(40, chosen=chosen) == ["name", "harm", "weeks", "reports"]
    assert "last" not in keys(200, chosen=chosen)
    assert keys(40, pan=1) == ["name", "bar", "weeks", "reports"]
    assert keys(40, pan=4) == ["name", "words", "last"]
