"""Methods and pools in the ranked list: switched by a key, in a worker, and two of them against each other."""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Sequence
from typing import Any

import pytest

from core.days import day_of
from core.movement import Kind
from core.pools import Pool
from db import decisions, memberships, placing, rankings
from db.kept_state import State
from db.placing import Placing
from db.rankings import RunHead
from db.runs import run_like
from db.scoring import RankingRequest
from db.store import Store
from tests.tui.conftest import AS_OF, Looks
from tests.tui.keyboard import MakeApp, entries, seated
from tests.tui.people import adopted, as_victim, bare, furnished, top
from tui.dialogs.method import MethodPick
from tui.screens.pages import WhyPage
from tui.screens.person import PersonPage
from tui.session import Session
from tui.views import ranked, ranked_entries, suspects
from tui.views.base import View
from tui.views.detail import Detail
from tui.views.list_reading import Heading
from tui.views.ranked_entries import Page
from tui.views.ranked_moves import Moves
from tui.views.ranked_person import facts_of
from tui.views.source import Source
from tui.views.suspects import SuspectsView, _Made

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["small", "comfortable"])
TODAY = day_of(AS_OF)


@pytest.fixture
def city(city: Store) -> Store:
    """The synthetic London without cohorts and dated facts, so that a test gives its own."""
    return bare(city)


async def test_another_method_ranks_the_same_day_and_everything_follows_it(make_app: MakeApp, city: Store) -> None:
    async with seated(make_app(), size=(120, 40)) as chair:
        await chair.press("meeting.item_4", "list.down", "list.down")
        here = chair.view().under_cursor()
        assert here is not None
        assert chair.heading().startswith("V100 CCHI 2020, 365 days to 21/11/26, VAWG, 2+ reports")
        await chair.press("list.method")
        assert isinstance(chair.app.screen, MethodPick)
        await chair.press("list.down", "list.down", "list.down", "list.choose")
        head = rankings.run(city, chair.tasking().session.run_id or 0)
        assert (head.method, head.as_of, head.pool) == ("rfh", TODAY, "vawg")
        assert chair.heading().startswith("RFH CCHI 2020, 365 days to 21/11/26, VAWG, bands project default")
        assert "points" in await chair.screen_text()
        stays = chair.view().under_cursor()
        assert stays is not None
        assert stays.subject == here.subject, "the cursor stays on the person"
        assert stays.facts["score"].endswith(" pt")
        assert "recency" in stays.made_of
        await chair.press("list.choose")
        assert isinstance(chair.app.screen, PersonPage)
        assert "(RFH)" in await chair.screen_text()
        await chair.press("act.why")
        assert " pt = recency" in chair.heading()


async def test_the_choice_of_methods_says_the_least_reports_that_its_ranking_takes(
    make_app: MakeApp, city: Store
) -> None:
    async with seated(make_app("task-force"), size=(80, 24)) as chair:
        await chair.press("meeting.item_3")
        in_pools = set()
        for step in range(len(Pool) + 1):
            await chair.press("list.method", *["pick.pool"] * step)
            [told] = re.findall(r"V100 +days of harm .*?(\d)\+", await chair.screen_text())
            await chair.press("list.choose")
            await chair.settled()
            head = rankings.run(city, chair.tasking().session.run_id or 0)
            assert head.min_crimes == int(told), head.ranked_in
            in_pools.add((head.ranked_in, int(told)))
        assert {least for _, least in in_pools} == {1, 2}


async def test_tab_goes_through_the_pools_and_back_to_v100_is_the_run_of_the_meeting(
    make_app: MakeApp, city: Store
) -> None:
    async with seated(make_app()) as chair:
        meetings_run = chair.tasking().session.run_id
        await chair.press("meeting.item_4", "list.method")
        assert "vawg, the method's own" in await chair.screen_text()
        await chair.press("pick.pool", "pick.pool")
        assert "Pool: violence" in await chair.screen_text()
        await chair.press("list.choose")
        head = rankings.run(city, chair.tasking().session.run_id or 0)
        assert (head.method, head.ranked_in) == ("v100", Pool.VIOLENCE)
        assert ", violence, " in chair.heading()
        await chair.press("list.method", "pick.pool_before", "pick.pool_before", "list.choose")
        assert chair.tasking().session.run_id == meetings_run
        await chair.press("list.method", "pick.leave")
        assert chair.tasking().session.run_id == meetings_run


async def test_a_sealed_meeting_can_be_read_by_another_method(make_app: MakeApp) -> None:
    async with seated(make_app()) as chair:
        await chair.press("meeting.item_6", "meeting.seal")
        await chair.fill()
        await chair.press("confirm.yes", "meeting.item_4", "list.method", "list.down", "list.choose")
        assert chair.heading().startswith("RFG CCHI 2020")
        await chair.press("cohort.adopt")
        assert chair.toasts()[-1].startswith("Sealed at 09:00")


async def test_keys_go_on_while_it_ranks_and_the_heading_says_so(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()

    def slowly(store: Store, asked: RankingRequest) -> RunHead:
        assert threading.current_thread() is not threading.main_thread()
        assert go_on.wait(20)
        return run_like(store, asked)

    monkeypatch.setattr("db.runs.run_like", slowly)
    async with seated(make_app()) as chair:
        await chair.press("meeting.item_4")
        await chair.pilot.press("m", "j", "enter")
        while "Ranking by RFG…" not in chair.heading():
            await chair.pilot.pause(0.01)
        await chair.pilot.press("j", "j")
        assert chair.view().records.cursor_index == 2, "no key waits for the ranking"
        assert not go_on.is_set()
        go_on.set()
        await chair.settled()
        assert chair.heading().startswith("RFG")


async def test_the_rows_stay_until_those_of_the_next_ranking_are_read_and_the_cursor_goes_to_the_same_person(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with seated(make_app(), size=(120, 40)) as chair:
        await chair.press("meeting.item_4", "list.down", "list.down")
        view, seen = chair.view(), []
        here = view.under_cursor()
        show = view.records.show

        def showing(keys: Sequence[int], *more: Any, **told: Any) -> None:
            seen.append(len(keys))
            show(keys, *more, **told)

        monkeypatch.setattr(view.records, "show", showing)
        go_on, reads = threading.Event(), view._reading._read

        def read() -> tuple[Source, Heading]:
            assert go_on.wait(20)
            return reads()

        monkeypatch.setattr(view._reading, "_read", read)
        put_in_order = placing._placed
        by_the_screen: list[bool] = []

        def placed(store: Store, state: State) -> Placing:
            by_the_screen.append(threading.current_thread() is threading.main_thread())
            return put_in_order(store, state)

        monkeypatch.setattr(placing, "_placed", placed)
        await chair.press("list.method", "list.down")
        await chair.pilot.press("enter")
        async with asyncio.timeout(15):
            while not chair.heading().startswith("RFG"):
                await chair.pilot.pause(0.01)
        assert by_the_screen == [False], "everyone is put in order beside, before a key asks where someone stands"
        assert chair.heading().startswith("RFG")
        assert seen[0] == 0, "rows of another ranking are others by the same numbers"
        assert seen[1] > 0
        there = view.under_cursor()
        assert here is not None
        assert there is not None
        assert there.subject.ref == here.subject.ref
        assert there.facts != here.facts
        stood = view.records.cursor_index
        await chair.pilot.press("j")
        assert view.records.cursor_index == stood + 1, (
            "the rows came with the ranking; what came meanwhile is read beside"
        )
        assert not go_on.is_set()
        go_on.set()
        await chair.settled()
        assert view.records.cursor_index == stood + 1


async def test_a_page_that_says_why_says_nothing_of_another_ranking_than_that_of_its_records(
    make_app: MakeApp, city: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()

    def slowly(store: Store, asked: RankingRequest) -> RunHead:
        assert go_on.wait(20)
        return run_like(store, asked)

    monkeypatch.setattr("db.runs.run_like", slowly)
    async with seated(make_app(), size=(120, 40)) as chair:
        await chair.press("meeting.item_4")
        here = chair.view().under_cursor()
        assert here is not None
        made_of = here.made_of.split(";")[0]
        await chair.pilot.press("m", "j", "enter")
        while "Ranking by RFG…" not in chair.heading():
            await chair.pilot.pause(0.01)
        await chair.pilot.press("w")
        while not isinstance(chair.app.screen, WhyPage):
            await chair.pilot.pause(0.01)
        assert made_of[:20] in str(chair.app.screen.query_one(".facts").render())
        before = chair.tasking().session.run_id
        go_on.set()
        while chair.tasking().session.run_id == before:
            await chair.pilot.pause(0.01)
        await chair.settled()
        facts = str(chair.app.screen.query_one(".facts").render())
        assert made_of[:20] not in facts
        assert "Another ranking is looked at" in facts
        await chair.press("act.decision")
        await chair.fill(decision="Look again", reason="The figures are others")
        decision, *_ = decisions.about(city, here.subject)
        now = rankings.entry_of(city, chair.tasking().session.run_id, here.subject.ref)
        assert now is not None
        assert decision.facts == facts_of(rankings.run(city, int(decision.rationale.shown["ranking"])), now)


async def test_another_ranking_is_read_once_and_other_screens_read_it_too(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app()
    async with seated(app) as chair:
        await chair.press("meeting.item_4")
        shown, before = chair.view(), app.session.run_id
        source = shown.source
        reads: list[View] = []
        monkeypatch.setattr(View, "reload", reads.append)
        await chair.press("list.least")
        assert app.session.run_id != before
        assert shown.source is not source
        assert reads == []
        assert not shown.stale


async def test_where_nothing_can_be_ranked_it_is_said(make_app: MakeApp, store: Store) -> None:
    async with seated(make_app(store=store)) as chair:
        await chair.press("meeting.item_4", "list.method", "list.choose")
        assert "Import an extract first" in chair.toasts()[-1]
        assert "Ranking" not in chair.heading()
        await chair.press("list.disagree")
        assert "No one is ranked yet" in chair.toasts()[-1]


async def test_the_smallest_list_shows_the_harm_that_it_ranks_by(make_app: MakeApp) -> None:
    async with seated(make_app(), size=(60, 15)) as chair:
        await chair.press("meeting.item_4")
        shown = (await chair.screen_text()).splitlines()
        head = next(line for line in shown if "named suspect" in line)
        assert {"rank", "days", "status", "open"} <= set(head.split())
        assert chair.cell("score") in next(line for line in shown if line.startswith("▸"))


async def test_badges_and_the_victim_flag_stand_beside_the_rank(make_app: MakeApp, city: Store) -> None:
    first, second = (one.person for one in top(city, 2))
    as_victim(city, first)
    adopted(city, "dauntless-plus", second)
    adopted(city, "v100", second)
    async with seated(make_app(view="suspects"), size=(80, 24)) as chair:
        await chair.settled()
        assert chair.cells(0)[3] in ("victim", "child v")
        assert "v" not in chair.cells(1)[3]
        assert (chair.cell("cohorts", 0), chair.cell("cohorts", 1)) == ("", "V D+")
        here = chair.view().under_cursor()
        assert here is not None
        assert "also a victim" in here.made_of
        lines = (await chair.screen_text()).splitlines()
        head = next(place for place, line in enumerate(lines) if " cohorts " in line)
        rows = [line for line in lines[head + 1 :] if line.strip()]
        assert "victim" in rows[0], "at 80 columns, too"
        assert "V D+" in rows[1]
    memberships.leave(city, [one.id for one in memberships.members(city)], on=TODAY, reason="moved", by="x")
    async with seated(make_app(view="suspects"), size=(80, 24)) as chair:
        await chair.settled()
        assert chair.cell("cohorts", 1) == "", "who has left is in no list"


async def test_those_on_whom_two_methods_disagree(make_app: MakeApp, city: Store) -> None:
    async with seated(make_app(), size=(120, 40)) as chair:
        await chair.press("meeting.item_4", "list.disagree")
        assert chair.typed() == {"method": "rfg", "places": "20"}
        await chair.fill(method="v100")
        assert "must be one of" in chair.fault()
        await chair.fill(method="rfh", places="many")
        assert "is no whole number" in chair.fault()
        before = len(entries(city))
        await chair.fill(places="40")
        assert chair.heading().startswith("V100 and RFH more than 40 places apart, 365 days to 21/11/26, VAWG")
        shown = [chair.cells(row) for row in range(chair.view().records.count)]
        assert shown
        for _, _, _, first, second, apart, *_ in shown:
            if "-" in (first, second):
                assert apart.startswith("only ")
            else:
                assert abs(int(first) - int(second)) > 40
                assert int(apart) == int(first) - int(second)
        best = [min(int(rank) for rank in row[3:5] if rank != "-") for row in shown]
        assert best == sorted(best), "the highest on either list first"
        here = chair.view().under_cursor()
        assert here is not None
        assert here.made_of.startswith("V100 ")
        assert len(entries(city)) == before, "looking writes nothing"
        await chair.press("list.filter")
        await chair.keys(*shown[3][0].split(",")[0].casefold(), "enter")
        assert chair.view().records.count < len(shown)
        assert shown[3][1] in [chair.cells(row)[1] for row in range(chair.view().records.count)]
        await chair.press("list.back", "list.choose")
        assert isinstance(chair.app.screen, PersonPage)


async def test_sorted_by_how_far_apart(make_app: MakeApp) -> None:
    async with seated(make_app(), size=(120, 40)) as chair:
        await chair.press("meeting.item_4", "list.disagree")
        await chair.fill(method="rfgv")
        while chair.view().records.sort_column != "places":
            await chair.press("list.sort_right")
        apart = [chair.cells(row)[5] for row in range(chair.view().records.count)]
        figures = [abs(int(one)) for one in apart if not one.startswith("only")]
        assert figures == sorted(figures, reverse=True)
        assert "list.disagree" not in chair.commands()


@SIZES
async def test_how_it_looks(size: tuple[int, int], make_app: MakeApp, city: Store, looks: Looks) -> None:
    furnished(city)
    async with seated(make_app(), size=size) as chair:
        await chair.press("meeting.item_4")
        await looks(chair, "ranked-by-v100")
        await chair.press("list.method", "list.down", "list.down", "list.down")
        await looks(chair, "method")
        await chair.press("list.choose")
        await looks(chair, "ranked-by-rfh")
        await chair.press("list.disagree")
        await chair.fill(method="v100", places="40")
        await looks(chair, "disagree")


async def test_the_head_says_how_many_are_ranked_below_a_first_line_that_is_cut(make_app: MakeApp, city: Store) -> None:
    async with seated(make_app(), size=(60, 24)) as chair:
        await chair.press("meeting.item_4")
        assert "moves since Fri 20/11" in chair.heading()
        assert "169 ranked of 600" in await chair.screen_text()


async def test_what_moved_the_person_under_the_cursor_is_said_once_it_is_known(
    make_app: MakeApp, city: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Moves, "find", lambda _, people: dict.fromkeys(people, Kind.NEW.letter))
    async with seated(make_app(), size=(120, 40)) as chair:
        await chair.press("meeting.item_4")
        while chair.view().records.sort_column != "move":
            await chair.press("list.sort_right")
        for _ in range(2):
            await chair.painted()
            here = chair.view().under_cursor()
            assert here is not None
            assert f": {Kind.NEW.value};" in here.made_of
            assert chair.view().query_one(Detail).told.plain == here.made_of
            await chair.press("room.refresh")  # the store is read again, and what moved people is found out anew


async def test_the_first_rows_of_a_new_ranking_are_read_beside_the_screen_round_whom_the_cursor_is_on(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    beside: list[bool] = []
    real = ranked_entries.read_page

    def read(*asked: Any, **how: Any) -> Page:
        beside.append(threading.current_thread() is not threading.main_thread())
        return real(*asked, **how)

    monkeypatch.setattr(ranked, "read_page", read)
    async with seated(make_app(view="suspects"), size=(80, 24)) as chair:
        await chair.press("list.last", *["list.up"] * 300)
        here = chair.cell("ref")
        beside.clear()
        monkeypatch.setattr(SuspectsView, "reload", lambda _: None)  # it is read again as whatever else shows it is
        await chair.press("list.method", "list.down", "list.choose")
        await chair.painted()
        assert "RFG" in chair.heading()
        assert chair.cell("ref") == here
        assert chair.view().records.scroll_offset.y > 100
        assert beside == [True]


async def test_rows_of_a_ranking_that_another_has_overtaken_are_not_shown(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    goes_on, real = threading.Event(), suspects._with_rows

    def slow(session: Session, made: _Made, person: str) -> _Made:
        if str(made.loaded.heading).startswith("RFG"):
            goes_on.wait(10)
        return real(session, made, person)

    monkeypatch.setattr(suspects, "_with_rows", slow)
    async with seated(make_app(view="suspects"), size=(80, 24)) as chair:
        view = chair.view()
        assert isinstance(view, SuspectsView)
        view._rank_beside("One", RankingRequest(TODAY, method="rfg"))
        while view._rows._worker is None:
            await asyncio.sleep(0.001)
        view._rank_beside("Another", RankingRequest(TODAY, method="rfh"))
        goes_on.set()
        shown = set()
        while "RFH" not in chair.heading():
            await asyncio.sleep(0.001)
            shown.add(chair.heading()[:3])
        await chair.settled()
        assert "RFG" not in shown
        assert "RFH" in chair.heading()
