"""London at a glance, and the way down from it: borough, ward, named suspect, and back."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from textual.widgets import Static

from core.tile_map import tiles
from core.units import UnitState
from db import deployments
from db import wards as rankings
from db.rankings import entry_of
from db.store import Store
from db.ward_people import people_of_ward
from tests.tui.conftest import Looks
from tests.tui.keyboard import Chair, MakeApp, seated
from tui.screens.borough import BoroughPage
from tui.screens.map import MapPage
from tui.screens.person import PersonPage
from tui.screens.room import MeetingRoom
from tui.screens.ward import WardPage
from tui.widgets.tile_map import TileMap

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["small", "comfortable"])
Size = tuple[int, int]
TO_THE_MAP = ("meeting.item_5", "wards.map")


def tile_map(chair: Chair) -> TileMap:
    return chair.app.screen.query_one(TileMap)


def said(chair: Chair, what: str = ".made-of") -> str:
    return str(chair.app.screen.query_one(what, Static).content)


async def go_to(chair: Chair, code: str) -> None:
    """Put the cursor on a tile without walking there."""
    tile_map(chair).here = next(tile for tile in tiles() if tile.code == code)
    await chair.press("room.refresh")


async def test_from_london_to_a_person_and_back_by_keyboard(make_app: MakeApp, city: Store) -> None:
    app = make_app()
    async with seated(app, size=(80, 24)) as chair:
        await chair.keys("5", "B")
        assert isinstance(app.screen, MapPage)
        assert tile_map(chair).here.borough == "Westminster", "the cursor begins where most harm is"
        await chair.keys("up", "j", "enter")
        assert isinstance(app.screen, BoroughPage)
        assert chair.cell("borough") == "Westminster"
        await chair.keys("enter")
        assert isinstance(app.screen, WardPage)
        await chair.keys("tab", "j")
        second = chair.cells()
        await chair.keys("enter")
        assert isinstance(app.screen, PersonPage)
        entry = entry_of(city, app.session.run_id, second[3])
        assert entry is not None
        assert str(entry.rank or "-") == second[0]
        await chair.keys("a")
        assert entry.name in str(chair.form().query_one("#box").border_title)
        await chair.fill(action="Arrest", owner="VCTF command", due="+1d")
        for page in (WardPage, BoroughPage, MapPage, MeetingRoom):
            await chair.keys("escape")
            assert isinstance(app.screen, page)
            if page is WardPage:
                assert chair.cells()[3] == second[3], "the cursor is where it was"


async def test_keys_go_from_tile_to_tile_by_place_and_letters_are_claimed_once(make_app: MakeApp) -> None:
    async with seated(make_app(), size=(80, 24)) as chair:
        await chair.press("meeting.item_5")
        listed = [one.title for one in chair.app.get_system_commands(chair.app.screen)]
        assert "by borough  (B)" in listed, "the map is in the palette of the wards"
        await chair.press("wards.map")
        found = chair.commands()
        assert {"map.open", "map.shade", "map.back", "room.help", "room.undo", "room.leave"} <= set(found)
        assert all(one.enabled for name, one in found.items() if name.startswith("map."))
        ways = {
            "up": "CMD",
            "left": "BRT",
            "k": "HRW",
            "right": "BNT",
            "down": "CMD",
            "l": "ISL",
            "j": "CTY",
            "h": "WST",
        }
        for key, code in ways.items():
            await chair.keys(key)
            assert tile_map(chair).here.code == code, key
            assert said(chair).startswith(tile_map(chair).here.borough)
        await chair.keys("right")
        assert said(chair) == "City of London: its own force; not among the boroughs of the Met"
        await chair.keys("enter")
        assert isinstance(chair.app.screen, MapPage)
        assert "its own force" in chair.toasts()[-1]


async def test_the_tile_under_the_cursor_is_in_sight_on_the_smallest_screen(make_app: MakeApp) -> None:
    async with seated(make_app(), size=(60, 15)) as chair:
        await chair.press(*TO_THE_MAP)
        seen = set()
        for way in ("", *("map.down",) * 6, *("map.right",) * 8, *("map.up",) * 8, *("map.left",) * 8):
            if way:
                await chair.press(way)
            here = tile_map(chair).here
            assert f"▸{here.code} " in await chair.screen_text()
            seen.add(here.code)
        assert len(seen) > 12


async def test_every_tile_says_its_step_in_a_digit(make_app: MakeApp) -> None:
    async with seated(make_app(), size=(80, 24)) as chair:
        await chair.press(*TO_THE_MAP)
        for title in ("HARM", "CHANGE", "OFFICERS", "UNITS", "TENSION"):
            assert title in said(chair, ".heading")
            text = await chair.screen_text()
            faces = tile_map(chair).faces
            for tile in tiles():
                face = faces[tile.borough]
                assert re.search(rf"{tile.code} {face.bcu} *{face.said}", text), tile
                assert face.figure in text
            assert {face.said for face in faces.values() if not face.apart} <= set("12345")
            assert faces["City of London"].said == "-"
            await chair.press("map.shade")
        assert "HARM" in said(chair, ".heading")
        await chair.press("map.shade_before")
        assert "TENSION" in said(chair, ".heading")


async def test_what_is_not_held_is_unknown_and_never_nothing(make_app: MakeApp, store: Store) -> None:
    async with seated(make_app(store=store), size=(80, 24)) as chair:
        await chair.press(*TO_THE_MAP)
        no_unit = "not known: the store holds no unit"
        for words in ("No ward counts. Import", "No ward counts. Import", no_unit, no_unit):
            assert words in said(chair, ".heading")
            assert said(chair, ".legend") == "? unknown"
            assert "harm not known, deployments not known" in said(chair)
            found = {(face.said, face.figure) for face in tile_map(chair).faces.values() if not face.apart}
            assert found == {("?", "unknown")}
            await chair.press("map.shade")


async def test_the_line_below_a_tile_and_the_borough_behind_it(make_app: MakeApp, city: Store) -> None:
    every = rankings.ranking(city).table.entries
    sent = [one for one in deployments.units(city) if one.state is UnitState.OUT and one.borough]
    tile = next(tile for tile in tiles() if tile.borough == sent[0].borough)
    entries = [one for one in every if one.borough == tile.borough]
    units = [one for one in sent if one.borough == tile.borough]
    async with seated(make_app(), size=(120, 40)) as chair:
        await chair.press(*TO_THE_MAP)
        await go_to(chair, tile.code)
        line = said(chair)
        harm = sum(one.harm for one in entries)
        assert line.startswith(f"{tile.borough}, {entries[0].bcu}: {harm:,.0f} days of harm in 12 months, rank ")
        assert re.search(r"rank \d+ of 32, (-|\+)\d+\.\d % on the year before, ", line)
        many = "1 unit" if len(units) == 1 else f"{len(units)} units"
        assert f"{many}, {sum(one.officers for one in units)} officers" in line
        assert f"{sum(one.count for one in entries):,} offences in {len(entries)} wards" in line
        assert f"most harm in {entries[0].ward}" in line
        await go_to(chair, "HCK")
        await chair.press("map.open")
        assert set(chair.column("borough")) == {"Hackney"}
        assert chair.view().records.count == len([one for one in every if one.borough == "Hackney"]) > 1
        assert chair.heading().startswith("Wards of Hackney by harm")
        assert "local priorities (published 2018-19): Burglary; Theft" in said(chair, ".facts")
        depth = len(chair.app.screen_stack)
        await chair.press("list.choose", "list.back", "wards.map")
        assert isinstance(chair.app.screen, MapPage), "its key goes back up"
        assert len(chair.app.screen_stack) == depth - 1


async def test_a_unit_sent_from_the_wards_of_a_borough_is_on_the_map(make_app: MakeApp, city: Store) -> None:
    async with seated(make_app(), size=(120, 40)) as chair:
        await chair.press(*TO_THE_MAP, "map.shade", "map.shade")
        await go_to(chair, "KNG")
        assert tile_map(chair).faces["Kingston upon Thames"].figure == "0"
        await chair.press("map.open", "deployment.deploy")
        free = next(one for one in deployments.units(city) if one.is_free and not one.whom)
        await chair.fill(unit=free.unit, tactic="high-visibility patrol", until="+12h")
        await chair.press("list.back")
        assert tile_map(chair).faces["Kingston upon Thames"].figure == str(free.officers)
        assert f"1 unit, {free.officers} officers" in said(chair)
        await chair.press("room.undo")
        assert tile_map(chair).faces["Kingston upon Thames"].figure == "0"


async def test_units_out_planned_and_asked_for_stand_in_their_borough_and_free_ones_at_their_base(
    make_app: MakeApp, city: Store
) -> None:
    every = deployments.units(city)
    planned = next(unit for unit in every if unit.state is UnitState.PLANNED)
    free = Counter(unit.base for unit in every if unit.is_free and not unit.whom)
    async with seated(make_app(), size=(120, 40)) as chair:
        await chair.press(*TO_THE_MAP, "map.shade", "map.shade", "map.shade")
        out = [unit for unit in every if unit.state is UnitState.OUT and unit.borough == planned.borough]
        figure = tile_map(chair).faces[planned.borough].figure
        assert figure.startswith(f"{len({unit.id for unit in out})}+"), figure
        said_of_free = said(chair, ".heading").partition("free (officers): ")[2]
        assert [part.split()[0:2] for part in said_of_free.split(", ")] == [[str(n), base] for base, n in free.items()]
        await go_to(chair, "KNG")
        assert tile_map(chair).faces["Kingston upon Thames"].figure == "none"
        await chair.press("map.open", "deployment.deploy")
        await chair.fill(unit=next(unit.unit for unit in every if unit.is_free and unit.whom), until="+12h")
        await chair.press("list.back")
        assert tile_map(chair).faces["Kingston upon Thames"].figure == "0?1"
        assert "?1 asked for" in said(chair, ".heading")


# The page of a ward


async def test_a_ward_names_who_was_reported_there_and_what_is_done(make_app: MakeApp, city: Store) -> None:
    from db import rankings as runs

    app = make_app()
    unit = next(one for one in deployments.units(city) if one.state is UnitState.OUT)
    async with seated(app, size=(120, 40)) as chair:
        await chair.press(*TO_THE_MAP)
        await go_to(chair, next(tile.code for tile in tiles() if tile.borough == unit.borough))
        await chair.press("map.open")
        place = chair.column("ward").index(unit.ward)
        await chair.keys(*["down"] * place, "enter")
        assert f"here now: {unit.unit} ({unit.officers})" in said(chair, ".facts")
        assert "open actions: none" in said(chair, ".facts")
        await chair.press("act.action")
        await chair.fill(action="Patrol plan", owner="Ward team", due="+1d")
        assert "open actions: 1; next 22/11 09:00 Ward team: Patrol plan" in said(chair, ".facts")
        await chair.press("room.undo")
        assert "open actions: none" in said(chair, ".facts")
        assert app.session.run_id is not None
        people = people_of_ward(city, runs.run(city, app.session.run_id), unit.ward_code)
        await chair.press("ward.list")
        shown = [chair.cells(row) for row in range(chair.view().records.count)]
        assert [(row[3], row[6]) for row in shown] == [(one.entry.person, str(one.reports)) for one in people]
        name, ref = chair.cells()[1], chair.cells()[3]
        assert name in await chair.screen_text()
        await chair.press("room.projector")
        text = await chair.screen_text()
        assert name not in text, "the projector hides names"
        assert text.count(ref) >= 2, "in the head and in the list"


# Pictures


@SIZES
async def test_how_london_looks(size: Size, make_app: MakeApp, looks: Looks) -> None:
    async with seated(make_app(), size=size) as chair:
        await chair.press(*TO_THE_MAP)
        for name in ("harm", "change", "officers", "units"):
            await looks(chair, f"london-by-{name}")
            await chair.press("map.shade", "map.up")
        await chair.press("map.open")
        await looks(chair, "borough")


@SIZES
async def test_how_the_people_of_a_ward_look(size: Size, make_app: MakeApp, looks: Looks) -> None:
    async with seated(make_app(), size=size) as chair:
        await chair.press(*TO_THE_MAP, "map.open", "list.choose", "ward.list")
        await looks(chair, "people-of-a-ward")


async def test_how_london_looks_without_colour(
    make_app: MakeApp, looks: Looks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with seated(make_app(), size=(80, 24)) as chair:
        await chair.press(*TO_THE_MAP)
        await looks(chair, "london-no-color")


async def test_how_london_looks_where_nothing_is_known(make_app: MakeApp, store: Store, looks: Looks) -> None:
    async with seated(make_app(store=store), size=(80, 24)) as chair:
        await chair.press(*TO_THE_MAP)
        await looks(chair, "london-unknown")
