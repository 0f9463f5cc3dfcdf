"""Methods and pools in the ranked list: switched by a key, in a worker, and two of them against each other."""

from __future__ import annotations

import threading

import pytest

from core.days import day_of
from core.pools import Pool
from db import memberships, rankings
from db.rankings import RunHead
from db.runs import run_like
from db.scoring import RankingRequest
from db.store import Store
from tests.tui.conftest import AS_OF, Looks
from tests.tui.keyboard import (
    MakeApp,
    cells,
    commands,
    entries,
    fault,
    fill,
    heading,
    keys,
    press,
    screen_text,
    settled,
    tasking,
    toasts,
    typed,
    view,
)
from tests.tui.people import adopted, as_victim, bare, furnished, top
from tui.dialogs.method import MethodPick
from tui.screens.person import PersonPage

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["small", "comfortable"])
TODAY = day_of(AS_OF)


@pytest.fixture
def city(city: Store) -> Store:
    """The synthetic London without cohorts and dated facts, so that a test gives its own."""
    return bare(city)


async def test_another_method_ranks_the_same_day_and_everything_follows_it(make_app: MakeApp, city: Store) -> None:
    async with make_app().run_test(size=(120, 40)) as pilot:
        await press(pilot, "meeting.item_4", "list.down", "list.down")
        here = view(pilot).under_cursor()
        assert here is not None
        assert heading(pilot).startswith("V100 CCHI 2020, 365 d to 21/11/2026, vawg, 2+ reports")
        await press(pilot, "list.method")
        assert isinstance(pilot.app.screen, MethodPick)
        await press(pilot, "list.down", "list.down", "list.down", "list.choose")
        head = rankings.run(city, tasking(pilot).session.run_id or 0)
        assert (head.method, head.as_of, head.pool) == ("rfh", TODAY, "vawg")
        assert heading(pilot).startswith("RFH CCHI 2020, 365 d to 21/11/2026, vawg, bands project default")
        assert "pts" in await screen_text(pilot)
        stays = view(pilot).under_cursor()
        assert stays is not None
        assert stays.subject == here.subject, "the cursor stays on the person"
        assert stays.facts["score"].endswith(" pt")
        assert "recency" in stays.made_of
        await press(pilot, "list.choose")
        assert isinstance(pilot.app.screen, PersonPage)
        assert "(RFH)" in await screen_text(pilot)
        await press(pilot, "act.why")
        assert " pt = recency" in heading(pilot)


async def test_tab_goes_through_the_pools_and_back_to_v100_is_the_run_of_the_meeting(
    make_app: MakeApp, city: Store
) -> None:
    async with make_app().run_test() as pilot:
        meetings_run = tasking(pilot).session.run_id
        await press(pilot, "meeting.item_4", "list.method")
        assert "vawg, the method's own" in await screen_text(pilot)
        await press(pilot, "pick.pool", "pick.pool")
        assert "Pool: violence" in await screen_text(pilot)
        await press(pilot, "list.choose")
        head = rankings.run(city, tasking(pilot).session.run_id or 0)
        assert (head.method, head.ranked_in) == ("v100", Pool.VIOLENCE)
        assert ", violence, " in heading(pilot)
        await press(pilot, "list.method", "pick.pool_before", "pick.pool_before", "list.choose")
        assert tasking(pilot).session.run_id == meetings_run
        await press(pilot, "list.method", "pick.leave")
        assert tasking(pilot).session.run_id == meetings_run


async def test_a_sealed_meeting_can_be_read_by_another_method(make_app: MakeApp) -> None:
    async with make_app().run_test() as pilot:
        await press(pilot, "meeting.item_6", "meeting.seal")
        await fill(pilot)
        await press(pilot, "confirm.yes", "meeting.item_4", "list.method", "list.down", "list.choose")
        assert heading(pilot).startswith("RFG CCHI 2020")
        await press(pilot, "cohort.adopt")
        assert "sealed" in toasts(pilot)[-1]


async def test_keys_go_on_while_it_ranks_and_the_heading_says_so(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()

    def slowly(store: Store, asked: RankingRequest) -> RunHead:
        assert threading.current_thread() is not threading.main_thread()
        assert go_on.wait(20)
        return run_like(store, asked)

    monkeypatch.setattr("db.runs.run_like", slowly)
    async with make_app().run_test() as pilot:
        await press(pilot, "meeting.item_4")
        await pilot.press("m", "j", "enter")
        while "Ranking by RFG…" not in heading(pilot):
            await pilot.pause(0.01)
        await pilot.press("j", "j")
        assert view(pilot).records.cursor_index == 2, "no key waits for the ranking"
        assert not go_on.is_set()
        go_on.set()
        await settled(pilot)
        assert heading(pilot).startswith("RFG")


async def test_where_nothing_can_be_ranked_it_is_said(make_app: MakeApp, store: Store) -> None:
    async with make_app(store=store).run_test() as pilot:
        await press(pilot, "meeting.item_4", "list.method", "list.choose")
        assert "Import an extract first" in toasts(pilot)[-1]
        assert "Ranking" not in heading(pilot)
        await press(pilot, "list.disagree")
        assert "No one is ranked yet" in toasts(pilot)[-1]


async def test_badges_and_the_victim_flag_stand_beside_the_rank(make_app: MakeApp, city: Store) -> None:
    first, second = (one.person for one in top(city, 2))
    as_victim(city, first)
    adopted(city, "dauntless-plus", second)
    adopted(city, "v100", second)
    async with make_app(view="suspects").run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert cells(pilot, 0)[3] == "victim"
        assert cells(pilot, 1)[3] == ""
        assert (cells(pilot, 0)[10], cells(pilot, 1)[10]) == ("", "V D+")
        here = view(pilot).under_cursor()
        assert here is not None
        assert "also a victim" in here.made_of
        lines = (await screen_text(pilot)).splitlines()
        head = next(place for place, line in enumerate(lines) if " coh " in line)
        rows = [line for line in lines[head + 1 :] if line.strip()]
        assert "victim" in rows[0], "at 80 columns, too"
        assert "V D+" in rows[1]
    memberships.leave(city, [one.id for one in memberships.members(city)], on=TODAY, reason="moved", by="x")
    async with make_app(view="suspects").run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert cells(pilot, 1)[10] == "", "who has left is in no list"


async def test_those_on_whom_two_methods_disagree(make_app: MakeApp, city: Store) -> None:
    async with make_app().run_test(size=(120, 40)) as pilot:
        await press(pilot, "meeting.item_4", "list.disagree")
        assert typed(pilot) == {"method": "rfg", "places": "20"}
        await fill(pilot, method="v100")
        assert "must be one of" in fault(pilot)
        await fill(pilot, method="rfh", places="many")
        assert "is no whole number" in fault(pilot)
        before = len(entries(city))
        await fill(pilot, places="40")
        assert heading(pilot).startswith("V100 and RFH more than 40 places apart, 365 d to 21/11/2026, vawg")
        shown = [cells(pilot, row) for row in range(view(pilot).records.count)]
        assert shown
        for _, _, _, first, second, apart, *_ in shown:
            if "-" in (first, second):
                assert apart.startswith("only ")
            else:
                assert abs(int(first) - int(second)) > 40
                assert int(apart) == int(first) - int(second)
        best = [min(int(rank) for rank in row[3:5] if rank != "-") for row in shown]
        assert best == sorted(best), "the highest on either list first"
        here = view(pilot).under_cursor()
        assert here is not None
        assert here.made_of.startswith("V100 ")
        assert len(entries(city)) == before, "looking writes nothing"
        await press(pilot, "list.filter")
        await keys(pilot, *shown[3][0].split(",")[0].casefold(), "enter")
        assert view(pilot).records.count < len(shown)
        assert shown[3][1] in [cells(pilot, row)[1] for row in range(view(pilot).records.count)]
        await press(pilot, "list.back", "list.choose")
        assert isinstance(pilot.app.screen, PersonPage)


async def test_sorted_by_how_far_apart(make_app: MakeApp) -> None:
    async with make_app().run_test(size=(120, 40)) as pilot:
        await press(pilot, "meeting.item_4", "list.disagree")
        await fill(pilot, method="rfgv")
        await press(pilot, *["list.sort_right"] * 6)
        assert view(pilot).records.sort_column == "places"
        apart = [cells(pilot, row)[5] for row in range(view(pilot).records.count)]
        figures = [abs(int(one)) for one in apart if not one.startswith("only")]
        assert figures == sorted(figures, reverse=True)
        assert "list.disagree" not in commands(pilot)


@SIZES
async def test_how_it_looks(size: tuple[int, int], make_app: MakeApp, city: Store, looks: Looks) -> None:
    furnished(city)
    async with make_app().run_test(size=size) as pilot:
        await press(pilot, "meeting.item_4")
        await looks(pilot, "ranked-by-v100")
        await press(pilot, "list.method", "list.down", "list.down", "list.down")
        await looks(pilot, "method")
        await press(pilot, "list.choose")
        await looks(pilot, "ranked-by-rfh")
        await press(pilot, "list.disagree")
        await fill(pilot, method="v100", places="40")
        await looks(pilot, "disagree")
