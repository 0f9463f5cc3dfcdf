"""What ``w`` shows behind a row: who decided a bid, which file a unit came from, what a ward's score is made of."""

from __future__ import annotations

import re

import pytest
from textual.widgets import Static

from core.composite import weigh
from core.performance import EVERY
from db import bids, deployments, performance, trail
from db.actions import Subject
from db.composite import parts
from db.composite_weights import weights_of
from db.priority_wards import Proposal, adopt
from db.report_counts import REPORTS
from db.store import Store
from db.ward_map import current_wards
from tests.tui.keyboard import Chair, MakeApp, seated
from tests.tui.people import TODAY
from tui.dialogs.whole import Whole
from tui.views.registry import SOURCE
from tui.views.source import Record
from tui.views.wards import WardsView
from tui.views.why import AllegationsView, CategoriesView, explained
from tui.views.why_composite import PartsView
from tui.views.why_measure import ReportsView, ReturnsView
from tui.views.why_rule import RuleView
from tui.wall import HIDDEN


def made_of(chair: Chair) -> Record:
    """The row under the cursor."""
    found = chair.view().under_cursor()
    assert found is not None
    return found


async def test_a_bid_says_who_raised_it_when_and_in_which_meeting(make_app: MakeApp, city: Store) -> None:
    async with seated(make_app("weekly")) as chair:
        await chair.press("meeting.item_6", "bid.new")
        await chair.fill(requester="SW", bcu="SW", problem="Knives", resource="Arch", place="Clapham", starts="Fri")
        put = max(bids.bids(city), key=lambda one: one.id)
        assert chair.view().records.move_to_key(put.id)
        await chair.press("act.why")
        [entry] = trail.written(city, [("bid", put.id)])
        assert chair.cell("source") == f"entry {entry.entry}"
        assert chair.cell("who") == chair.tasking().session.chair
        assert chair.cell("at") == "21/11/2026 09:00"
        assert made_of(chair).wall.endswith("21/11/2026 09:00, Weekly tasking 21/11/26")
        assert "Arch" in chair.cell("words")
        await chair.press("room.projector")
        assert chair.cell("words") == HIDDEN, "an entry of the journal may name anyone"


async def test_a_person_is_placed_by_the_latest_report_that_counts(make_app: MakeApp, city: Store) -> None:
    async with seated(make_app(view="suspects"), size=(160, 40)) as chair:
        await chair.settled()
        bcu, borough = chair.cell("bcu"), chair.cell("borough")
        await chair.press("act.why")
        counts = chair.column("counts").index("yes")
        assert (chair.cell("bcu", counts), chair.cell("borough", counts)) == (bcu, borough)
        view = chair.view()
        assert view.records.move_to_key(counts + 1)
        assert made_of(chair).made_of.startswith(f"latest that counts, so BCU and borough are {bcu}, {borough}; ")
        told = [line for line in chair.column("counts") if line == "yes"]
        assert len(told) > 1, "of several that count one places the person"


async def test_a_unit_ends_at_the_line_of_its_file_and_at_what_was_decided_since(
    make_app: MakeApp, city: Store
) -> None:
    async with seated(make_app()) as chair:
        await chair.press("meeting.item_5", "meeting.view")
        free = next(one for one in deployments.units(city) if one.is_free)
        assert chair.view().records.move_to_key(free.id)
        await chair.press("deployment.deploy")
        await chair.fill(ward="bromley north", tactic="weapon sweep")
        assert chair.view().records.move_to_key(free.id)
        await chair.press("act.why")
        sent, *before = chair.column("source")
        assert sent.startswith("entry ")
        assert re.search(r"deployments-[\d-]+\.csv:\d+$", before[-1])
        assert "sent to Bromley North" in chair.cell("words", 0)


async def test_a_priority_ward_shows_what_each_part_adds_to_its_score(make_app: MakeApp, city: Store) -> None:
    found = parts(city)
    first = weigh(found.wards, weights_of(city))[0]
    async with seated(make_app(view="priority"), size=(160, 40)) as chair:
        await chair.settled()
        ward = made_of(chair).subject
        await chair.press("act.why")
        added = [float(adds) for adds in chair.column("adds")]
        one = next(one for one in weigh(found.wards, weights_of(city)) if one.ward.ward_code == ward.ref)
        assert one.score is not None
        assert sum(added) == pytest.approx(one.score, abs=0.05)
        assert chair.column("part")[0] == "harm (days)"
        assert chair.cell("value", 0) == f"{one.ward.harm:,.0f}"
        assert chair.cell("source", 0).startswith("ward-counts.csv:")
        if one.capped("harm"):
            assert chair.cell("times", 0).endswith("cap 5")
    assert first.rank == 1


async def test_figures_of_the_week_are_the_reports_that_w_lists(make_app: MakeApp, city: Store) -> None:
    async with seated(make_app("weekly"), size=(120, 30)) as chair:
        await chair.press("meeting.item_3")
        week = performance.week(city, chair.tasking().session.as_of.toordinal())[0]
        assert week.measure == EVERY
        await chair.press("act.why")
        assert isinstance(chair.view(), ReportsView)
        assert chair.column("week").count("now") == week.reports
        assert chair.column("week").count("before") == week.reports_before


async def test_a_count_of_the_last_24_hours_is_the_returns_that_w_lists(make_app: MakeApp) -> None:
    async with seated(make_app(), size=(120, 30)) as chair:
        await chair.press("meeting.item_3", "meeting.view")
        total = chair.cell("total").split("+")[0].replace(",", "")
        await chair.press("act.why")
        assert isinstance(chair.view(), ReturnsView)
        rows = zip(chair.column("period"), chair.column("count"), strict=True)
        assert sum(int(count.replace(",", "")) for period, count in rows if period == "now") == int(total)


async def test_a_habitual_knife_carrier_is_one_by_the_reports_that_w_lists(make_app: MakeApp) -> None:
    async with seated(make_app(view="cohorts"), size=(120, 30)) as chair:
        await chair.press("cohort.qualify")
        await chair.keys("j", "j", "j", "j", "enter")
        await chair.settled()
        because = made_of(chair).facts["because"]
        assert "weapon or knife-injury reports" in because
        await chair.press("act.why")
        assert isinstance(chair.view(), RuleView)
        reports = {
            words.partition(":")[0]
            for words, kind in zip(chair.column("words"), chair.column("kind"), strict=True)
            if kind == "report"
        }
        assert len(reports) == int(because.split()[0])


async def test_a_priority_ward_that_the_release_does_not_hold_stays_on_the_list(make_app: MakeApp, city: Store) -> None:
    held = {one.figures.ward_code for one in parts(city).wards}
    ward = next(one for one in current_wards(city) if one.code not in held)
    asked = Proposal(ward.code, "named by hand", {})
    adopt(city, [asked], since=TODAY - 1, reason="Asked for", adopted_by="Supt", review_on=TODAY + 9)
    async with seated(make_app(view="priority"), size=(120, 30)) as chair:
        await chair.settled()
        row = chair.column("ward").index(ward.name)
        assert (chair.cell("rank", row), chair.cell("score", row), chair.cell("bcu", row)) == ("?", "?", ward.bcu)
        assert chair.view().records.move_to_key(chair.view().records.keys[row])
        assert "does not hold this ward: its figures are unknown, not zero" in made_of(chair).made_of
        await chair.press("act.why")
        assert chair.cell("source").startswith("entry ")
        assert "adopted as a priority ward: Asked for" in chair.cell("words")


async def test_what_is_behind_a_ward_is_from_the_source_of_its_row(make_app: MakeApp) -> None:
    async with seated(make_app("weekly"), size=(120, 30)) as chair:
        session = chair.tasking().session
        listed, _ = WardsView(session).read()
        published = listed.record(listed.order(None, descending=False, needle="")[0])
        session.counted_from = REPORTS
        source, head = CategoriesView(session, published).read()
        assert REPORTS not in head
        assert f"{published.facts['harm'].split()[0]} days in" in head
        listed, _ = WardsView(session).read()
        by_reports = listed.record(listed.order(None, descending=False, needle="")[0])
        session.counted_from = None
        source, head = CategoriesView(session, by_reports).read()
        assert f"({REPORTS})" in head
        keys = source.order(None, descending=False, needle="")
        names = [column.key for column in source.columns]
        rows = [dict(zip(names, map(str, cells), strict=True)) for cells in source.cells(keys)]
        assert [row["category"] for row in rows if row["count"] != "0" and not row[SOURCE]] == []


async def test_enter_shows_in_full_what_a_message_would_cut(make_app: MakeApp, city: Store) -> None:
    async with seated(make_app(view="priority"), size=(80, 24)) as chair:
        await chair.settled()
        await chair.press("act.why")
        source = chair.view().source
        key = max(range(1, source.total() + 1), key=lambda key: len(source.record(key).made_of))
        assert chair.view().records.move_to_key(key)
        words = made_of(chair).made_of
        await chair.press("list.choose")
        assert isinstance(chair.app.screen, Whole)
        shown = str(chair.app.screen.query_one(Static).render())
        assert shown == words
        assert len(shown) > 160
        await chair.press("whole.close")
        assert isinstance(chair.view(), PartsView)


async def test_when_a_bid_is_for_is_whole_at_every_width(make_app: MakeApp, city: Store) -> None:
    for size in ((80, 24), (120, 40)):
        async with seated(make_app(view="bids"), size=size) as chair:
            await chair.settled()
            text = await chair.screen_text()
            waiting = [bid for bid in bids.bids(city) if not bid.outcome]
            assert waiting
            assert all(bid.starts in text for bid in waiting), size


async def test_a_historic_allegation_says_so_in_its_row(make_app: MakeApp, city: Store) -> None:
    query = (
        "SELECT p.ref FROM report_row r JOIN person p ON p.id = r.person_id JOIN kept_measure e ON e.person_id = p.id "
        "WHERE r.replaced_by IS NULL AND r.committed_from < r.reported_on - 365 AND e.crimes > 1 "
        "ORDER BY e.harm DESC LIMIT 1"
    )
    [(ref,)] = city.read.rows(query)
    async with seated(make_app(view="suspects"), size=(120, 40)) as chair:
        await chair.settled()
        session = chair.tasking().session
        lines = explained(session, ref).lines
        old = [nth for nth, line in enumerate(lines, 1) if line.historic]
        view = AllegationsView(session, Record(Subject("person", ref, ref), {}, ""))
        source, _ = view.read()
        assert old
        counts = [column.key for column in source.columns].index("counts")
        cells = source.cells(range(1, len(lines) + 1))
        assert [nth for nth, row in enumerate(cells, 1) if str(row[counts]).endswith(" hist")] == old
