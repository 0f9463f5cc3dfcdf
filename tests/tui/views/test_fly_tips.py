"""Fly-tip sites from the keyboard: listed, checked, planned, worked off, closed, undone."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from core.applying import WHY_NEEDED
from core.days import day_of, uk
from core.fly_tips import ISSUES
from db import actions, decisions, fly_tips
from db.actions import Subject
from db.store import Store, open_store
from tests.tui.conftest import AS_OF, CHAIR
from tests.tui.keyboard import Chair, MakeApp, MovedClock, entries, seated
from tui.dialogs.pick import Pick
from tui.screens.fly_tip import FlyTipPage
from tui.screens.pages import WhyPage
from tui.widgets.record_list import RecordList

TODAY = day_of(AS_OF)
"""A Saturday: two checks should have been made."""
WARD = "E05009367"


@pytest.fixture(scope="module")
def no_sites(tmp_path_factory: pytest.TempPathFactory, london: Path) -> Path:
    """The synthetic London without its sites; copy it, do not write to it."""
    path = tmp_path_factory.mktemp("sites") / "london.db"
    shutil.copy(london, path)
    with closing(sqlite3.connect(path)) as connection, connection:
        for table in ("fly_tip_check", "fly_tip_step", "fly_tip_site"):
            connection.execute(f"DELETE FROM {table}")  # noqa: S608
    return path


@pytest.fixture
def city(tmp_path: Path, no_sites: Path, moved: MovedClock) -> Iterator[Store]:
    """This test's own copy of the synthetic London, without sites until the test adds some."""
    path = tmp_path / "london.db"
    shutil.copy(no_sites, path)
    store = open_store(path, CHAIR, moved)
    yield store
    store.close()


def site(store: Store, place: str = "Mill Lane", reports: int = 7, back: int = 30) -> int:
    return fly_tips.add_site(store, place, WARD, reports, TODAY - back)


def facts(chair: Chair) -> str:
    return str(chair.app.screen.query_one(".facts").render())


async def test_the_worst_twenty_come_first_with_plan_and_checks(make_app: MakeApp, city: Store) -> None:
    numbers = [site(city, f"Yard {n:02}", 50 - n) for n in range(22)]
    closed = site(city, "Arch 12", 99)
    fly_tips.close_site(city, [closed], TODAY, "Gate fitted")
    fly_tips.plan(city, numbers[:1], "littering", "Patrol", "Ward team", TODAY - 1)
    for back in (0, 3):
        fly_tips.check(city, [numbers[0], numbers[21]], TODAY - back, "Ward team", "evidence" if not back else "clear")
    fly_tips.check(city, numbers[1:2], TODAY, "Ward team", "clear")
    async with seated(make_app(view="fly_tips"), size=(80, 24)) as chair:
        await chair.settled()
        await chair.press("list.first")
        assert chair.heading() == ("Worst 20 fly-tip sites, 16/11-22/11: 3 of 60 checks made, 37 due,  23 sites")
        assert chair.cells(0) == [
            "1", "Yard 00", "Brownswood", "CE", "Hackney", "50", "1/1 late", "2/3", "evidence 21/11",
        ]  # fmt: skip
        assert chair.cells(1)[6:] == ["no plan", "1/3 1 due", "clear 21/11"]
        assert chair.cell("checks", 19) == "0/3 2 due"
        assert chair.cells(20)[:2] + chair.cells(20)[7:] == ["21", "Yard 20", "", "never"]
        assert chair.cell("checks", 21) == "2", "no one asks for its checks"
        assert chair.cells(22)[:2] + chair.cells(22)[6:7] == ["-", "Arch 12", "closed"]
        text = await chair.screen_text()
        assert "Fly-tip sites" in text
        assert "evidence 21/11" in text, "every column fits into 80"
        here = chair.view().under_cursor()
        assert here is not None
        assert here.made_of == (
            "Yard 00, Brownswood, Hackney: 50 reports, open 30 days since 22/10/2026; 1 of 1 step open, 1 late; "
            "2 of 3 checks this week"
        )
        await chair.press("list.last")
        here = chair.view().under_cursor()
        assert here is not None
        assert here.made_of.endswith("closed 21/11/2026 after 30 days: Gate fitted")


async def test_the_demo_has_more_sites_than_are_worked_and_most_checks_of_the_week(
    make_app: MakeApp, london: Path, tmp_path: Path, moved: MovedClock
) -> None:
    """Its last weekly meeting was on Wednesday: each of three days it checked three in four of the worst twenty."""
    shutil.copy(london, tmp_path / "demo.db")
    with closing(open_store(tmp_path / "demo.db", CHAIR, moved)) as demo:
        async with seated(make_app(view="fly_tips", store=demo), size=(80, 24)) as chair:
            await chair.settled()
            assert chair.heading() == "Worst 20 fly-tip sites, 16/11-22/11: 45 of 60 checks made,  26 sites"
            assert [chair.cell("checks", row)[:3] for row in range(4)] == ["2/3", "3/3", "2/3", "2/3"]
            assert {chair.cell("plan", row)[:3] for row in range(20)} == {"2/2"}, "each has a plan, late or not"
            assert {chair.cell("plan", row) for row in range(20, 26)} == {"no plan"}


async def test_the_first_site_by_words_of_its_ward_and_its_page_when_undo_takes_it_away(
    make_app: MakeApp, city: Store
) -> None:
    async with seated(make_app(view="fly_tips")) as chair:
        await chair.settled()
        assert "n adds one; or import a file of place, ward_code, reports" in await chair.screen_text()
        shown = chair.commands()
        assert shown["fly-tip.new"].enabled
        assert not shown["fly-tip.check"].enabled
        assert not shown["fly-tip.plan"].enabled
        await chair.press("fly-tip.new")
        assert chair.typed()["since"] == uk(TODAY)
        await chair.fill(place="Mill Lane", ward="green", reports="lots")
        assert "fits" in chair.fault()
        await chair.fill(ward="brownswood hack")
        assert chair.fault() == "Reports: 'lots' is no whole number of 0 to 99,999. Write 12."
        await chair.fill(reports="7", since=uk(TODAY + 1))
        assert "lies after 21/11/2026" in chair.fault()
        await chair.fill(since=uk(TODAY - 30))
        await chair.press("list.choose", "room.undo")
        assert "There is no fly-tip site" in facts(chair)
        await chair.press("room.redo")
        assert "rank 1" in facts(chair)
        await chair.press("list.back", "fly-tip.new")
        await chair.fill(place="mill lane", ward="brownswood hack", reports="12", since="01/11/2026")
        assert "is on the list of fly-tip sites already" in chair.fault()
        assert chair.typed()["reports"] == "12", "nothing typed is lost"
        await chair.fill(place="Canal  bridge")
        assert [(one.place, one.reports, one.since) for one in fly_tips.sites(city, TODAY)] == [
            ("Canal bridge", 12, TODAY - 20), ("Mill Lane", 7, TODAY - 30),
        ]  # fmt: skip
        await chair.press("room.undo")
        assert chair.view().records.count == 1


async def test_marked_sites_are_checked_in_one_command(make_app: MakeApp, city: Store) -> None:
    numbers = [site(city, f"Yard {n}", 9 - n) for n in range(3)]
    async with seated(make_app(view="fly_tips")) as chair:
        await chair.settled()
        before = len(entries(city))
        await chair.press("list.mark", "list.mark", "fly-tip.check")
        await chair.fill(found="nothing", by="Ward team")
        assert chair.fault() == "What was found must be one of: clear, fly-tip, evidence."
        await chair.fill(found="Evidence", day=uk(TODAY + 1))
        assert "lies after" in chair.fault()
        await chair.fill(day=uk(TODAY - 1), note="Letters")
        assert entries(city)[before:] == ["Yard 0 and 1 more checked: evidence"]
        assert chair.toasts()[-1] == "Yard 0 and 1 more checked: evidence. u undoes."
        found = [fly_tips.checks(city, number) for number in numbers]
        assert [[(one.day, one.found, one.note) for one in made] for made in found] == [
            [(TODAY - 1, "evidence", "Letters")], [(TODAY - 1, "evidence", "Letters")], [],
        ]  # fmt: skip
        assert chair.cells(0)[7:] == ["1/3 1 due", "evidence 20/11"]
        here = chair.view().under_cursor()
        assert here is not None
        assert here.subject.ref == str(numbers[2]), "the cursor is on the next"
        await chair.press("room.undo")
        assert chair.cells(0)[7:] == ["0/3 2 due", "never"]


async def test_a_plan_is_offered_the_standard_action_of_its_issue(make_app: MakeApp, city: Store) -> None:
    number = site(city)
    async with seated(make_app(view="fly_tips")) as chair:
        await chair.settled()
        await chair.press("fly-tip.plan")
        assert isinstance(chair.app.screen, Pick)
        await chair.press("list.down", "list.choose")
        assert chair.typed() == {
            "issue": ISSUES[1].title, "action": ISSUES[1].action, "owner": "", "due": uk(TODAY + 14),
        }  # fmt: skip
        await chair.fill()
        assert chair.fault() == "Owner (role) is needed."
        await chair.fill(owner="Licensing", due=uk(TODAY - 1))
        assert "lies before 21/11/2026" in chair.fault()
        await chair.fill(due="+7d")
        step = fly_tips.steps(city, number)[0]
        assert (step.issue, step.owner, step.due_on, step.done_on) == ("suspected HMO", "Licensing", TODAY + 7, None)
        assert chair.cell("plan", 0) == "1/1"
        await chair.press("fly-tip.plan", "list.last", "list.choose")
        assert chair.typed()["issue"] == ""
        await chair.fill(issue="Broken gate", action="Mend it", owner="Council")
        assert {one.issue for one in fly_tips.steps(city, number)} == {"suspected HMO", "Broken gate"}
        await chair.press("room.undo", "room.undo")
        assert fly_tips.steps(city, number) == []


async def test_a_site_is_closed_with_a_reason(make_app: MakeApp, city: Store) -> None:
    number = site(city)
    fly_tips.plan(city, [number], "littering", "Patrol", "Ward team", TODAY)
    async with seated(make_app(view="fly_tips")) as chair:
        await chair.settled()
        await chair.press("fly-tip.close")
        assert "1 step of the plan still open" in await chair.screen_text()
        await chair.fill()
        assert chair.fault() == WHY_NEEDED
        await chair.fill(reason="Gate fitted")
        stands = fly_tips.site(city, number, TODAY)
        assert (stands.closed_on, stands.closed_reason) == (TODAY, "Gate fitted")
        assert chair.cell("plan", 0) == "closed"
        await chair.press("fly-tip.check")
        assert chair.toasts()[-1] == f"Mill Lane is closed already, since {uk(TODAY)}. Nothing was changed."
        await chair.press("room.undo")
        assert fly_tips.site(city, number, TODAY).closed_on is None


async def test_the_page_of_a_site_works_off_its_plan(make_app: MakeApp, city: Store) -> None:
    number = site(city)
    async with seated(make_app(view="fly_tips"), size=(80, 24)) as chair:
        await chair.settled()
        await chair.press("list.choose")
        assert isinstance(chair.app.screen, FlyTipPage)
        assert facts(chair).splitlines() == [
            "Mill Lane  Brownswood, Hackney  E05009367",
            "7 reported, open 30 days since 22/10/2026; no plan",
            "rank 1, among the worst 20; 0 of 3 checks this week, 2 due by 21/11/2026",
            "never checked",
        ]
        assert "No plan yet. i adds" in await chair.screen_text()
        assert not chair.commands()["fly-tip.done"].enabled
        await chair.press("fly-tip.plan", "list.choose")
        await chair.fill(owner="Licensing")
        await chair.press("fly-tip.plan", "list.last", "list.choose")
        await chair.fill(issue="Gate", action="Mend", owner="Council", due=uk(TODAY))
        assert [chair.cells(row)[0] for row in (0, 1)] == ["Gate", "street trading"], "first what is due first"
        await chair.press("list.first", "fly-tip.done")
        await chair.fill(result="Mended", day=uk(TODAY + 1))
        assert "lies after" in chair.fault()
        await chair.fill(day=uk(TODAY))
        assert chair.cells(1)[:5] == ["Gate", "Mend", "Council", uk(TODAY), "done 21/11"]
        assert "1 of 2 steps open" in facts(chair)
        done = fly_tips.steps(city, number)[-1]
        assert (done.issue, done.result) == ("Gate", "Mended")
        await chair.press("list.last", "fly-tip.done")
        assert "Gate is done already" in chair.toasts()[-1]
        await chair.press("room.undo")
        assert "2 of 2 steps open" in facts(chair)


async def test_actions_and_decisions_are_about_the_site(make_app: MakeApp, city: Store) -> None:
    number = site(city)
    fly_tips.plan(city, [number], "littering", "Patrol", "Ward team", TODAY - 1)
    about = Subject("site", str(number), "Mill Lane")
    async with seated(make_app(view="fly_tips")) as chair:
        await chair.settled()
        await chair.press("act.decision")
        await chair.fill(decision="Cover it by camera", reason="Evidence twice")
        kept = decisions.about(city, about)[0]
        assert (kept.decision, kept.facts["plan"]) == ("Cover it by camera", "1 of 1 step open, 1 late")
        await chair.press("list.choose")
        assert chair.cells(0)[4] == "LATE"
        await chair.press("act.action")
        await chair.fill(action="Lend the camera", owner="Street cleansing", due="17:00")
        raised = actions.about(city, about, chair.view().session.now())
        assert [one.action for one in raised] == ["Lend the camera"], "on the site, not on the step"
        await chair.press("fly-tip.list")
        assert [chair.cells(row)[3] for row in (0, 1)] == ["Lend the camera", "Cover it by camera"]
        await chair.press("list.choose")
        assert isinstance(chair.app.screen, WhyPage), "who wrote it down, and when"
        assert chair.cell("words").startswith("Action ")
        assert len(chair.app.screen_stack) == 3
    async with seated(make_app(view="actions")) as chair:
        await chair.settled()
        row = next(n for n in range(chair.view().records.count) if chair.cells(n)[4] == "Mill Lane")
        chair.view().records.move_to_key(chair.view().records.keys[row])
        await chair.press("list.choose")
        assert isinstance(chair.app.screen, FlyTipPage)


async def test_what_is_stored_is_shown_as_it_is_and_not_all_of_it_on_a_wall(make_app: MakeApp, city: Store) -> None:
    number = site(city, "[/] [b]Mill Lane")
    for back in range(5):
        fly_tips.check(city, [number], TODAY - back, f"PC {back}[/]", "clear", "[@click=app.quit]letter")
    async with seated(make_app(view="fly_tips"), size=(120, 40)) as chair:
        await chair.settled()
        assert "[/] [b]Mill Lane" in await chair.screen_text()
        await chair.press("list.choose")
        text = await chair.screen_text()
        assert "checked 21/11/2026: clear, [@click=app.quit]letter (PC 0[/])" in text
        assert "and 1 earlier" in text
        await chair.press("room.projector")
        text = await chair.screen_text()
        assert "checked 21/11/2026: clear" in text
        assert "PC 0" not in text
        assert "letter" not in text


async def test_issues_are_taken_one_at_a_time_so_none_is_marked(make_app: MakeApp, city: Store) -> None:
    site(city)
    async with seated(make_app(view="fly_tips")) as chair:
        await chair.settled()
        await chair.press("fly-tip.plan")
        await chair.keys("space", "v")
        assert chair.app.screen.query_one(RecordList).marked == ()
