"""The page of a ward: what stands at its head, its months as bars, what its harm is made of."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from core.days import day_of, uk
from core.deployments import State
from db import actions, deployments, focus, officers, panels, patrols, priority_wards
from db.actions import Subject
from db.rank_ranges import ranges_of
from db.store import Store
from db.ward_pages import ward_page
from db.wards import ranking, ward_entries
from tests.db.files import take
from tests.tui.conftest import AS_OF, CHAIR
from tests.tui.keyboard import Chair, MakeApp, seated
from tests.tui.places import TODAY, adopted, emptied, go_to, placed_everywhere, ranked, said
from tui.screens.ward import WardPage
from tui.views.source import Record
from tui.widgets.months import FRAGMENT, UNKNOWN, Month, Months, month_lines, months_of
from tui.widgets.shares import Bar, Bars, Shares, bar_lines

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["small", "comfortable"])
Size = tuple[int, int]


async def opened(chair: Chair, code: str) -> None:
    """Open the page of a ward from the list."""
    await chair.settled()
    await go_to(chair, code)
    await chair.press("list.choose")
    assert isinstance(chair.app.screen, WardPage)


def lines(chair: Chair) -> list[str]:
    return said(chair).splitlines()


def line(chair: Chair, beginning: str) -> str:
    """The one line of the head that begins so."""
    found = [one for one in lines(chair) if one.startswith(beginning)]
    assert len(found) == 1, lines(chair)
    return found[0]


# What stands at the head


async def test_harm_with_its_band_and_the_ranks_that_are_open(make_app: MakeApp, city: Store) -> None:
    found = ranking(city)
    spans, entries = ranges_of(city, found), ward_entries(found)
    settled_one = next(code for code, span in spans.items() if span.settled)
    open_one = next(code for code, span in spans.items() if not span.settled)
    async with seated(make_app(view="wards"), size=(120, 40)) as chair:
        for code in (settled_one, open_one):
            one, span = entries[code], spans[code]
            ranks = "sure" if span.settled else f"({span.best} to {span.worst})"
            await opened(chair, code)
            assert lines(chair)[0].startswith(f"{one.ward}, {one.borough}, BCU {one.bcu}  {code}")
            assert lines(chair)[1].startswith(
                f"{one.harm:,.0f} days of harm in 12 months ({one.harm_low:,.0f} to {one.harm_high:,.0f}), "
                f"rank {one.rank} {ranks} of {len(entries)}"
            )
            await chair.press("list.back")


@SIZES
async def test_the_head_and_what_the_harm_is_made_of_can_be_read(size: Size, make_app: MakeApp, city: Store) -> None:
    code = priority_wards.priority_wards(city)[0].ward_code
    entry, most = ward_entries(ranking(city))[code], ward_page(city, code).categories[0]
    async with seated(make_app(view="wards"), size=size) as chair:
        await opened(chair, code)
        text = await chair.screen_text()
        shown = [one for one in lines(chair) if one[:30] not in text]
        assert shown == [], "every line begins on the screen"
        assert f"{100 * entry.harm_estimated / entry.harm:.0f}% on estimated shares" in text
        assert f"{entry.count:,} offences" in text
        assert f"{most.harm:,.0f} days" in text
        assert most.category.lower()[:20] in text
        assert "offences by month, release" in text
        assert chair.app.screen.query_one(Months).region.height >= 2


async def test_whose_priority_it_is_until_when_and_its_extra_officers(make_app: MakeApp, city: Store) -> None:
    emptied(city, "priority_ward")
    placement = placed_everywhere(city)
    one = next(one for one in ranked(city) if placement.held[one.ward.ward_code] == 2)
    async with seated(make_app(view="wards"), size=(120, 40)) as chair:
        await opened(chair, one.ward.ward_code)
        assert line(chair, "no priority ward")
        assert "extra officers: 2 (of 442" in line(chair, "ward team")
        number = adopted(city, one, reason="Knife crime")
        officers.move(city, one.ward.ward_code, 1)
        await chair.press("room.refresh")
        assert line(chair, "priority ward").startswith(
            f"priority ward since {uk(TODAY - 40)}, review {uk(TODAY + 10)}: Knife crime"
        )
        assert CHAIR not in said(chair), "the adopting person is no part of the head"
        assert "extra officers: 3, 2 proposed (of 442" in line(chair, "ward team")
        priority_wards.review(city, [number], on=TODAY - 9, review_on=TODAY, reason="")
        emptied(city, "officer_post", "officer_plan")
        await chair.press("room.refresh")
        assert f"review {uk(TODAY)} DUE: Knife crime" in line(chair, "priority ward")
        assert "extra officers: none placed yet" in line(chair, "ward team")


async def test_what_the_ward_panel_asks_for_and_that_it_is_the_focus_ward(make_app: MakeApp, city: Store) -> None:
    asked: dict[str, list[str]] = {}
    there = ward_entries(ranking(city))
    for one in (one for one in panels.panel_priorities(city, day_of(AS_OF)) if one.ward_code in there):
        asked.setdefault(one.ward_code, []).append(one.priority)
    week = focus.weeks(city)[0]
    async with seated(make_app(view="wards"), size=(120, 40)) as chair:
        for many, more in ((3, ""), (4, " and 1 more")):
            code = next(code for code, found in asked.items() if len(found) == many)
            await opened(chair, code)
            assert line(chair, "ward panel asks: ") == f"ward panel asks: {'; '.join(asked[code][:3])}{more}"
            assert line(chair, "local priorities")
            await chair.press("list.back")
        await opened(chair, week.ward_code)
        assert f"; focus ward in the week of {uk(week.monday)}" in said(chair)


async def test_patrol_and_units_and_what_comes_next(make_app: MakeApp, city: Store) -> None:
    known = {one.ward_code for one in deployments.board(city).deployments}
    done = {one.ward_code: _patrolled(city, one.ward_code) for one in ranking(city).table.entries}
    known |= set(actions.open_by_subject(city, "ward"))
    code = next(code for code, found in done.items() if found.patrols and code not in known)
    never = next(code for code, found in done.items() if not found.patrols and code not in known)
    async with seated(make_app(view="wards"), size=(120, 40)) as chair:
        await opened(chair, code)
        past = f"{done[code].hours:,g} officer-hours in {done[code].patrols} patrol"
        assert line(chair, "here now: ") == "here now: no unit"
        assert line(chair, "28 days: ").startswith(f"28 days: no deployment is over, {past}")
        await chair.press("deployment.deploy")
        free = next(one.unit for one in deployments.units(city) if one.is_free and not one.whom)
        await chair.fill(unit=free, tactic="high-visibility patrol", until="+12h")
        assert line(chair, "here now: ").endswith(" to 21:00: high-visibility patrol")
        assert past in line(chair, "28 days: ")
        await chair.press("room.undo")
        assert line(chair, "here now: no unit")
        for action, due in (("Later", "+3d"), ("Sooner", "+1d")):
            await chair.press("act.action")
            await chair.fill(action=action, owner="Ward team", due=due)
        assert line(chair, "open actions: ") == "open actions: 2; next 22/11 09:00 Ward team: Sooner"
        assert {"Later", "Sooner"} <= set(chair.column("words"))
        await chair.press("list.back")
        await opened(chair, never)
        assert line(chair, "28 days: ") == "28 days: no deployment is over, no patrol recorded"


async def test_no_patrol_is_said_with_the_rows_of_patrols_in_quarantine(
    make_app: MakeApp, city: Store, tmp_path: Path
) -> None:
    file = tmp_path / "patrols.csv"
    code = next(one.ward_code for one in ranking(city).table.entries if not _patrolled(city, one.ward_code).patrols)
    file.write_text(f"day,ward_code,unit,officers,hours\n20/11/2026,{code},V1,4,two\n", encoding="utf-8")
    take(city, file)
    async with seated(make_app(view="wards"), size=(120, 40)) as chair:
        await opened(chair, code)
        assert line(chair, "28 days: ").endswith("no patrol recorded, 1 row of patrols in quarantine")


async def test_hours_of_deployments_are_not_told_again_as_those_of_patrols(make_app: MakeApp, city: Store) -> None:
    now = city.now()
    ended = [one for one in deployments.spans(city, now - timedelta(days=28), now, now) if one.state is State.OVER]
    code = next(one.ward_code for one in ended if _patrolled(city, one.ward_code).patrols)
    found = _patrolled(city, code)
    async with seated(make_app(view="wards"), size=(120, 40)) as chair:
        await opened(chair, code)
        told = line(chair, "28 days: ")
        assert " officer-hours in " in told
        assert " deployment" in told
        assert told.endswith(f", with patrols {found.hours:,g} in {found.patrols}"), "a sum, and not so much besides"


def _patrolled(store: Store, code: str) -> patrols.Delivered:
    return patrols.delivered(store, code, TODAY - 27, TODAY)


async def test_a_ward_that_the_release_does_not_hold_has_a_page(make_app: MakeApp, city: Store) -> None:
    async with seated(make_app(view="wards"), size=(120, 40)) as chair:
        await chair.settled()
        session = chair.app.screen.session  # type: ignore[attr-defined]
        chair.app.push_screen(WardPage(session, Record(Subject("ward", "E05099001", "New Ward"))))
        await chair.settled()
        assert "does not hold ward E05099001" in lines(chair)[0]
        assert line(chair, "no priority ward")
        assert not chair.app.screen.query(Months)
        await chair.press("ward.list", "list.back")
        assert not isinstance(chair.app.screen, WardPage)


async def test_of_an_empty_store_nothing_is_said_to_be_zero(make_app: MakeApp, store: Store) -> None:
    async with seated(make_app(view="wards", store=store), size=(120, 40)) as chair:
        await chair.settled()
        session = chair.app.screen.session  # type: ignore[attr-defined]
        chair.app.push_screen(WardPage(session, Record(Subject("ward", "E05013808", "West End"))))
        await chair.settled()
        assert "no ward counts" in lines(chair)[0]
        assert line(chair, "deployed here: not known")
        assert line(chair, "named suspects reported here: not known")
        assert line(chair, "ward team").endswith("extra officers: none placed yet")


# The months


def names_of(many: int, first: int = 0) -> list[str]:
    """So many months in a row, the first so many after January 2024."""
    return [f"{2024 + at // 12}{at % 12 + 1:02d}" for at in range(first, first + many)]


def test_the_months_of_a_release_with_its_gaps() -> None:
    found = months_of(["202401", "202403", "202404"], [4, 0, 9], {"202402"}, {"202404"})
    assert found == [
        Month("202401", 4),
        Month("202402", None),
        Month("202403", 0),
        Month("202404", 9, fragment=True),
    ]


def test_a_month_not_held_is_a_question_mark_and_never_zero() -> None:
    drawn = month_lines([Month("202401", 8), Month("202402", None), Month("202403", 0)], 15, 8)
    *bars, months, years = drawn
    assert months == "01   02   03   "
    assert years == "2024           "
    assert bars[-1] == "████ ?    ···· "
    assert {one[5] for one in bars[:-1]} == {" "}


def test_a_fragment_is_drawn_hollow() -> None:
    whole, part = (month_lines([Month("202401", 8), Month("202402", 8, fragment=on)], 10, 8) for on in (False, True))
    assert {one[:4] for one in part[:-2]} == {"████"}
    assert {one[5:9] for one in part[:-2]} == {FRAGMENT * 4}
    assert whole[-2:] == part[-2:]
    assert FRAGMENT not in "".join(whole)


def test_bars_are_as_high_as_the_counts() -> None:
    drawn = month_lines([Month("202401", 6), Month("202402", 3), Month("202403", 1)], 15, 8)
    heights = [sum(one[place] not in " ·" for one in drawn[:-2]) for place in (0, 5, 10)]
    assert heights == [6, 3, 1]


def test_years_stand_under_their_january() -> None:
    *_, months, years = month_lines([Month(name, 1) for name in names_of(24, first=6)], 120, 8)
    assert months.startswith("07   08   ")
    assert [years.index(year) for year in ("2024", "2025", "2026")] == [0, 30, 90]
    assert [months.index("01"), months.index("01", 31)] == [30, 90]


def test_only_as_many_as_there_is_room_for_the_latest() -> None:
    *_, months, years = month_lines([Month(name, 1) for name in names_of(24)], 30, 8)
    assert months.split() == [f"{number:02d}" for number in range(3, 13)]
    assert years.strip() == "2025"


def test_in_few_lines_a_january_is_its_year() -> None:
    *_, months = month_lines([Month(name, 1) for name in names_of(14, first=11)], 60, 3)
    assert months.split() == ["D", "25", *"FMAMJJASOND", "26"]


def test_no_month_and_no_room() -> None:
    assert set(month_lines([], 80, 8)) == {""}
    assert set(month_lines([Month("202401", 1)], 2, 8)) == {""}


made_months = st.builds(
    lambda first, counts: [
        Month(name, count, fragment)
        for name, (count, fragment) in zip(names_of(len(counts), first), counts, strict=True)
    ],
    st.integers(0, 11),
    st.lists(st.tuples(st.none() | st.integers(0, 9999), st.booleans()), max_size=40),
)


@given(made_months, st.integers(20, 200), st.integers(1, 12))
@example([Month(name, 1) for name in names_of(13)], 39, 8)  # the last is a January, with no room for its year
@example([Month("202401", 1)], 20, 8)
def test_every_line_is_of_one_length(months: list[Month], width: int, height: int) -> None:
    drawn = month_lines(months, width, height)
    assert len({len(one) for one in drawn}) == 1
    assert len(drawn[0]) <= width
    assert len(drawn) == max(height, 2)


@given(made_months, st.integers(20, 200), st.integers(5, 12))
def test_what_is_not_held_is_never_drawn_as_a_count(months: list[Month], width: int, height: int) -> None:
    *bars, _, _ = month_lines(months, width, height)
    each = min(5, max(3, width // max(1, len(months))))
    shown = months[-(width // each) :]
    for place, month in enumerate(shown):
        column = {one[place * each : (place + 1) * each - 1].strip() for one in bars} - {""}
        if month.count is None:
            assert column == {UNKNOWN}
        elif month.count == 0:
            assert column == {"·" * (each - 1)}
        else:
            assert column
            assert not column & {UNKNOWN, "·" * (each - 1)}
            assert (column == {FRAGMENT * (each - 1)}) == month.fragment


# What a whole is made of


def test_bars_are_drawn_against_the_largest() -> None:
    drawn = bar_lines(Bars("by harm", [Bar("robbery", 8, "8 d"), Bar("theft", 4, "4 d"), Bar("drugs", 0, "0 d")]), 40)
    assert drawn[0] == "by harm".ljust(40)
    assert [one.count("█") for one in drawn[1:]] == [15, 7, 0]
    assert [one.count("▌") for one in drawn[1:]] == [0, 1, 0]
    assert all(one.endswith(" d") for one in drawn[1:])


def test_the_least_of_anything_is_seen_and_nothing_is_not() -> None:
    _, _, least, none = bar_lines(Bars("t", [Bar("a", 1e9, "1"), Bar("b", 0.1, "2"), Bar("c", 0, "3")]), 60)
    assert "▌" in least
    assert not set("█▌") & set(none)


def test_of_nothing_at_all_no_bar_is_drawn() -> None:
    drawn = bar_lines(Bars("t", [Bar("a", 0, "0 d"), Bar("b", 0, "0 d")]), 60)
    assert not set("█▌") & set("".join(drawn))
    assert bar_lines(Bars("t", []), 60) == ["t".ljust(60)]


labels = st.text(st.characters(codec="utf-8"), max_size=60) | st.sampled_from(
    ["[red]x[/]", "\x1b[31mred", "盗難と暴力" * 9, "é́" * 20, "x" * 300]
)
parts = st.builds(
    Bar,
    labels,
    st.just(0.0) | st.floats(0, 1e9, allow_nan=False),
    st.from_regex(r"[0-9,]{1,9}( d)? [ 0-9]{3}%", fullmatch=True),
)


@given(labels, st.lists(parts, max_size=6), st.integers(20, 200))
def test_every_bar_line_is_exactly_as_wide_as_asked(title: str, made: list[Bar], width: int) -> None:
    drawn = bar_lines(Bars(title, made), width)
    assert len(drawn) == 1 + len(made)
    assert {cell_len(one) for one in drawn} == {width}
    assert "\x1b" not in "".join(drawn)


@pytest.mark.parametrize("width", [60, 200])
async def test_two_lists_stand_side_by_side(width: int, make_app: MakeApp) -> None:
    left = Bars("[red]left[/]", [Bar("盗難", 3, "3"), Bar("b", 0, "0")])
    shown = Shares(left, Bars("right", [Bar("r", 1, "1")]))
    async with seated(make_app(view="wards"), size=(width, 24)) as chair:
        await chair.app.screen.mount(shown)
        await chair.settled()
        while not shown.size.width:
            await chair.pilot.pause()
        text = str(shown.render()).splitlines()
        assert len(text) == 3
        assert text[0].startswith("[red]left[/] ")
        assert "right" in text[0]
        assert text[1].startswith("盗難")
        assert len({cell_len(one) for one in text}) == 1
        assert cell_len(text[0]) <= shown.size.width
