"""Live facial recognition deployments (DOMAIN2.md section 5)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import lfr
from core.extract import BadValue
from core.lfr import Rate

TODAY = date(2026, 11, 21).toordinal()
ROW = ["2025-03-13", "19320", "10", "15693", "Ealing", "Ealing B’way", "Crime Hotspot", "06:03:00", "1", "4", "2", "3"]
SOME = st.none() | st.integers(0, 99)


def _checked(**changed: str) -> lfr.Deployment:
    names = (*lfr.COLUMNS, *lfr.OPTIONAL)
    return lfr.checked([changed.get(name, cell) for name, cell in zip(names, ROW, strict=True)], TODAY)


def test_a_row() -> None:
    assert _checked() == (
        date(2025, 3, 13).toordinal(), 15693, 19320, 10, "Ealing", "Ealing B’way", "Crime Hotspot", "06:03:00", 1, 4,
        2, 3,
    )  # fmt: skip


@pytest.mark.parametrize("blank", ["", " ", "N/A", "n/a", "-", "Unknown", "TBC", "not recorded", "None", "#N/A"])
def test_a_blank_is_unknown_and_not_nought(blank: str) -> None:
    row = _checked(faces_seen=blank, false_alerts_confirmed=blank, borough=blank, duration=blank)
    assert (row.faces, row.false_alerts, row.borough, row.duration) == (None, None, "", "")
    assert _checked(arrests="0").arrests == 0


@pytest.mark.parametrize(("text", "number"), [("1234", 1234), (" 12 ", 12)])
def test_figures_once_they_are_plain(text: str, number: int) -> None:
    assert _checked(faces_seen=text).faces == number


@pytest.mark.parametrize("text", ["12a", "-3", "1.5", "1,23", "about 300", "1e3", "£5", "١٢", "9" * 400])
def test_a_figure_that_is_none_keeps_a_row_out(text: str) -> None:
    with pytest.raises(BadValue, match="not a count") as bad:
        _checked(total_alerts=text)
    assert (bad.value.column, bad.value.value) == ("total_alerts", text)


@pytest.mark.parametrize("on", ["", "soon", "2026-11-22"])
def test_a_day_that_cannot_be_keeps_a_row_out(on: str) -> None:
    with pytest.raises(BadValue):
        _checked(date=on)


def test_a_header_is_known_by_the_usual_words() -> None:
    header = ["Deployment Date", "Location", "Watchlist Size", "Faces Seen", "Total Alerts", "Alerts", "False Alerts"]
    assert lfr.heads(header) == {
        "date": "Deployment Date", "deployment": "Location", "watchlist_size": "Watchlist Size",
        "faces_seen": "Faces Seen", "total_alerts": "Total Alerts", "false_alerts_confirmed": "False Alerts",
    }  # fmt: skip
    assert lfr.heads([*lfr.COLUMNS, *lfr.OPTIONAL]) == {name: name for name in (*lfr.COLUMNS, *lfr.OPTIONAL)}


def test_capitals_do_not_make_another_deployment() -> None:
    assert _checked(deployment="EALING B’WAY", faces_seen="1").key == _checked().key
    assert _checked(borough="Brent").key != _checked().key


def test_a_rate_is_over_the_deployments_that_tell_both() -> None:
    assert lfr.rate([(1, 1000), (None, 5000), (0, 3000), (2, None)]) == Rate(1, 4000, 2)
    assert lfr.rate([(1, 1000), (0, 3000)]).share == 0.00025
    assert lfr.rate([(None, 5)]) == Rate(0, 0, 0)
    assert lfr.rate([(0, 0)]).share is None


@given(st.lists(st.tuples(SOME, SOME)))
def test_a_rate_leaves_out_what_is_not_known_and_nothing_else(pairs: list[tuple[int | None, int | None]]) -> None:
    found = lfr.rate(pairs)
    assert found.deployments == sum(None not in pair for pair in pairs)
    assert found == lfr.rate([*pairs, (None, 4), (3, None)])


def test_a_borough_is_one_however_it_is_written() -> None:
    rows = [_checked(borough=borough) for borough in ("Hackney", "London Borough of Hackney", "LB HACKNEY")]
    assert {row.borough for row in rows} == {"Hackney"}
    assert rows[0]._replace(borough="LB Hackney").key == rows[0].key
    assert _checked(borough="Kent").borough == "Kent"
