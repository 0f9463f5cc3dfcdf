"""The timeline of a person: the weeks as bars, a caret under the week of the row, every record in order of its day."""

from __future__ import annotations

import pytest

from core.days import parse_day, uk
from db.people import explain
from db.scoring import RankingRequest
from db.store import Store
from tests.tui.conftest import Looks
from tests.tui.keyboard import Chair, MakeApp, seated
from tests.tui.people import TODAY, bare, furnished, top
from tui.screens.timeline import TimelinePage
from tui.widgets.weeks import Weeks, bars, place_of


@pytest.fixture
def city(city: Store) -> Store:
    """The synthetic London without cohorts and dated facts, so that a test gives its own."""
    return bare(city)


def caret(chair: Chair) -> str:
    """The line under the weeks."""
    shown = chair.app.screen.query_one(Weeks)
    return shown.caret_line(max(1, shown.size.width // 52))


async def test_every_allegation_and_marker_in_order_of_its_day(make_app: MakeApp, city: Store) -> None:
    first = furnished(city)[0].person
    found = explain(city, first, RankingRequest(TODAY))
    async with seated(make_app(), size=(120, 40)) as chair:
        await chair.press("meeting.item_4", "list.timeline")
        assert isinstance(chair.app.screen, TimelinePage)
        rows = [chair.cells(row) for row in range(chair.view().records.count)]
        days = [parse_day(row[0]) for row in rows]
        assert days == sorted(days)
        assert sum(row[1] == "allegation" for row in rows) == len(found.lines)
        assert [row[1] for row in rows if row[1] != "allegation"] == ["order", "order", "custody", "breach"]
        assert sum(row[5] == "yes" for row in rows) == len(found.counted)
        assert any(row[5].startswith("no: ") for row in rows)
        breach = next(row for row in rows if row[1] == "breach")
        assert (breach[3], breach[5]) == ("SHPO", "not followed up")
        assert chair.view().records.cursor_index == len(rows) - 1, "the cursor begins at the latest"


async def test_the_caret_stands_under_the_week_of_the_row(make_app: MakeApp, city: Store) -> None:
    first = top(city, 1)[0].person
    found = explain(city, first, RankingRequest(TODAY))
    async with seated(make_app(), size=(80, 24)) as chair:
        await chair.press("meeting.item_4", "list.timeline")
        shown = chair.app.screen.query_one(Weeks)
        for _ in range(chair.view().records.count):
            row = chair.cells()
            day = parse_day(row[0])
            place = place_of(day, TODAY, 52)
            if place is None:
                assert caret(chair) == f"{row[0]}: before these 52 weeks"
            else:
                ends = TODAY - 7 * (51 - place)
                assert ends - 7 < day <= ends
                assert caret(chair).index("^") == place
                harm = sum(one.days or 0 for one in found.counted if ends - 7 < one.row.reported_on <= ends)
                assert f"week to {uk(ends)}: {harm:,g} days" in caret(chair)
                assert shown.values[place] == harm
            assert caret(chair).strip() in await chair.screen_text()
            await chair.press("list.up")


async def test_from_the_page_of_a_person_and_enter_says_the_line_in_full(make_app: MakeApp, city: Store) -> None:
    async with seated(make_app()) as chair:
        await chair.press("meeting.item_4", "list.choose", "list.timeline")
        assert isinstance(chair.app.screen, TimelinePage)
        await chair.press("list.choose")
        assert "named by" in chair.toasts()[-1]
        assert ".csv:" in chair.toasts()[-1]


def test_bars_are_as_high_as_the_harm_and_the_least_is_seen() -> None:
    upper, lower = bars([0, 1, 500, 1000])
    assert lower == "·▁██"
    assert upper == "   █"
    assert bars([0, 0]) == ("  ", "··")


@pytest.mark.parametrize(("back", "place"), [(0, 51), (6, 51), (7, 50), (363, 0), (364, None), (-1, None)])
def test_the_week_of_a_day(back: int, place: int | None) -> None:
    assert place_of(TODAY - back, TODAY, 52) == place


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["small", "comfortable"])
async def test_how_it_looks(size: tuple[int, int], make_app: MakeApp, city: Store, looks: Looks) -> None:
    furnished(city)
    async with seated(make_app(), size=size) as chair:
        await chair.press("meeting.item_4", "list.timeline", *["list.up"] * 4)
        await looks(chair, "timeline")
        await chair.press("list.back", "list.choose")
        await looks(chair, "person-with-orders")
