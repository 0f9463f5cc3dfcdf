"""A store of another force than London's: the room shows its own areas and says what it lacks."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.widgets import Static

from core.errors import Problem
from core.extract import COLUMNS
from db import focus, meetings, papers
from db.areas import areas
from db.boroughs import london
from db.loading.importing import import_file
from db.store import Store, make_store
from db.ward_map import current_wards
from tests.db.made_releases import write_lookup, write_street
from tests.tui.conftest import AS_OF, CHAIR
from tests.tui.keyboard import MakeApp, MovedClock, seated
from tui.dialogs.pick import Pick
from tui.screens.map import MapPage
from tui.screens.ward import WardPage
from tui.widgets.tile_map import TileMap

NOT_HERE = ("Met", "Harrow", "London", "PCSO", "BCU NW", "Westminster")


def _report(number: int, ward: str, borough: str) -> list[str]:
    row = dict.fromkeys(COLUMNS, "") | {"crime_ref": f"Q{number}", "ho_code": "008/01", "offence": "Wounding"}
    row |= {"committed_from": "2026-11-02", "reported_on": "2026-11-03", "vawg": "yes", "role": "named suspect"}
    row |= {"person_ref": f"N{number % 2}", "surname": "Made", "named_by": "victim", "victim_ref": f"V{number % 3}"}
    row |= {"ward_code": ward, "borough": borough, "domestic_abuse": "no", "detected_by": "public"}
    return list(row.values())


@pytest.fixture
def fen(tmp_path: Path, moved: MovedClock) -> Iterator[Store]:
    """A month of street-level crime, a lookup and crime reports of a force in the Fens."""
    usual = {"Month": "2026-09", "Reported by": "Fen Police", "Crime type": "Robbery", "LSOA name": "Fenland 003C"}
    rows = [{**usual, "LSOA code": code} for code in ("E01088001", "E01088001", "E01088002")]
    lookup = [["E01088001", "E05088001", "Mere", "Fenland"], ["E01088002", "E05088002", "Wash", "Fenland"]]
    with (tmp_path / "r.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([COLUMNS, *(_report(n, "E05088001", "Fenland") for n in range(4))])
    store = make_store(tmp_path / "fen.db", CHAIR, moved)
    header = ("lsoa_code", "ward_code", "ward", "borough")
    for path in (
        write_street(tmp_path / "s.csv", rows), write_lookup(tmp_path / "l.csv", lookup, header), tmp_path / "r.csv",
    ):  # fmt: skip
        import_file(store, path, today=AS_OF)
    yield store
    store.close()


def _nothing_of_london(words: str) -> None:
    assert not [name for name in NOT_HERE if name in words.replace("is of London, and no file", "")], words


def test_areas_and_their_names_come_from_the_files(fen: Store) -> None:
    assert (areas(fen).boroughs, areas(fen).london) == (("Fenland",), False)
    assert [(ward.name, ward.borough) for ward in current_wards(fen)] == [("Mere", "Fenland"), ("Wash", "Fenland")]
    known = london(fen)
    assert {name: (one.wards, one.worst, one.rank) for name, one in known.boroughs.items()} == {
        "Fenland": (2, "Mere", 1)
    }
    with pytest.raises(Problem, match=r"focus week of Harrow is of London.*tasking focus --model FILE"):
        focus.propose(fen, focus.model_of(fen), AS_OF.toordinal())


@pytest.fixture
def ulster(tmp_path: Path, moved: MovedClock) -> Iterator[Store]:
    """A month of street-level crime of a force that publishes no small areas."""
    usual = {"Month": "2026-09", "Reported by": "Police Service of Northern Ireland", "Crime type": "Robbery"}
    rows = [{**usual, "LSOA code": "", "LSOA name": ""}] * 3
    store = make_store(tmp_path / "ulster.db", CHAIR, moved)
    import_file(store, write_street(tmp_path / "s.csv", rows), today=AS_OF)
    yield store
    store.close()


async def test_a_force_that_names_no_area_is_not_londons(make_app: MakeApp, ulster: Store) -> None:
    assert (areas(ulster).boroughs, areas(ulster).london, current_wards(ulster)) == ((), False, ())
    assert london(ulster).boroughs == {}
    with pytest.raises(Problem, match="is of London, and no file of this store is; no borough or district is named"):
        focus.propose(ulster, focus.model_of(ulster), AS_OF.toordinal())
    app = make_app(store=ulster, view="wards")
    async with seated(app, size=(120, 40)) as chair:
        await chair.press("wards.map")
        assert isinstance(app.screen, MapPage)
        assert not app.screen.query_one(TileMap).display
        _nothing_of_london(str(app.screen.query_one(".elsewhere", Static).content))


def test_the_papers_say_what_they_lack(fen: Store) -> None:
    meeting = meetings.open_meeting(fen, "daily", CHAIR, AS_OF)
    report = papers.report(fen, meeting, fen.now())
    assert "Previous 24 hours of the task force" in report
    assert report.count("by the Met's command units is of London, and no file of this store is; held: Fenland") == 2
    assert "No 24-hour return" not in report
    assert "Mere" in report


def test_a_report_with_a_ward_code_of_london_is_of_london_whatever_the_borough_is_called(
    store: Store, tmp_path: Path
) -> None:
    path = tmp_path / "r.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([COLUMNS, _report(1, "E05014053", "Barking")])
    assert import_file(store, path, today=AS_OF).taken == 1
    assert (areas(store).boroughs, areas(store).london) == (("Barking and Dagenham",), True)


async def test_the_map_the_ward_page_and_the_localities_are_its_own(make_app: MakeApp, fen: Store) -> None:
    app = make_app(store=fen, view="wards")
    async with seated(app, size=(120, 40)) as chair:
        await chair.settled()
        assert chair.column("ward") == ["Mere", "Wash"]
        await chair.press("wards.map")
        assert isinstance(app.screen, MapPage)
        assert not app.screen.query_one(TileMap).display
        words = str(app.screen.query_one(".elsewhere", Static).content)
        assert "Fenland: 1,095 days of harm in 1 month, rank 1 of 1" in words
        _nothing_of_london(words)
        await chair.press("map.back")
        await chair.press("list.locality")
        assert isinstance(app.screen, Pick)
        assert "Fenland: not in London" in await chair.screen_text()
        await chair.keys("escape", "enter")
        assert isinstance(app.screen, WardPage)
        shown = await chair.screen_text()
        assert "Mere, Fenland" in shown
        assert "residents not known" in shown
        _nothing_of_london(shown)


async def test_the_focus_week_and_the_returns_say_what_they_lack(make_app: MakeApp, fen: Store) -> None:
    for view, words in (("focus", "The focus week of Harrow is of London"), ("activity", "The 24-hour return")):
        app = make_app(store=fen, view=view)
        async with seated(app, size=(120, 40)) as chair:
            await chair.settled()
            assert words in chair.heading()


async def test_a_unit_is_sent_to_a_ward_of_its_own(make_app: MakeApp, fen: Store, tmp_path: Path) -> None:
    path = tmp_path / "units.csv"
    path.write_text(
        "unit,base,officers,ward_code,tactic,starts,ends,status\nF1,Ely,6,,,,,free\nF2,March,4,E05088002,drone,,,deployed\n"
    )
    assert import_file(fen, path).taken == 2
    app = make_app(store=fen, view="deployments")
    async with seated(app, size=(120, 40)) as chair:
        await chair.settled()
        assert chair.column("borough")[-2:] == ["", "Fenland"]
        _nothing_of_london(await chair.screen_text())
