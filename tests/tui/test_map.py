"""London at a glance, and the way down from it: borough, ward, named suspect, and back."""

from __future__ import annotations

import re

import pytest
from textual.widgets import Static

from core.tile_map import tiles
from db import deployments
from db import wards as rankings
from db.rankings import entry_of
from db.store import Store
from db.ward_people import people_of_ward
from tests.tui.conftest import Looks
from tests.tui.keyboard import (
    Hands,
    MakeApp,
    cell,
    cells,
    column,
    commands,
    fill,
    form,
    heading,
    keys,
    press,
    screen_text,
    toasts,
    typed,
    view,
)
from tui.screens.borough import BoroughPage
from tui.screens.map import MapPage
from tui.screens.person import PersonPage
from tui.screens.room import MeetingRoom
from tui.screens.ward import WardPage
from tui.widgets.tile_map import TileMap

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["small", "comfortable"])
Size = tuple[int, int]
TO_THE_MAP = ("meeting.item_5", "wards.map")


def tile_map(pilot: Hands) -> TileMap:
    return pilot.app.screen.query_one(TileMap)


def said(pilot: Hands, what: str = ".made-of") -> str:
    return str(pilot.app.screen.query_one(what, Static).content)


async def go_to(pilot: Hands, code: str) -> None:
    """Put the cursor on a tile without walking there."""
    tile_map(pilot).here = next(tile for tile in tiles() if tile.code == code)
    await press(pilot, "room.refresh")


async def test_from_london_to_a_person_and_back_by_keyboard(make_app: MakeApp, city: Store) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await keys(pilot, "5", "B")
        assert isinstance(app.screen, MapPage)
        assert tile_map(pilot).here.borough == "Tower Hamlets", "the cursor begins where most harm is"
        await keys(pilot, "up", "j", "enter")
        assert isinstance(app.screen, BoroughPage)
        assert cell(pilot, "borough") == "Tower Hamlets"
        await keys(pilot, "enter")
        assert isinstance(app.screen, WardPage)
        await keys(pilot, "tab", "j")
        second = cells(pilot)
        await keys(pilot, "enter")
        assert isinstance(app.screen, PersonPage)
        entry = entry_of(city, app.session.run_id, second[3])
        assert entry is not None
        assert str(entry.rank) == second[0]
        await keys(pilot, "a")
        assert entry.name in str(form(pilot).query_one("#box").border_title)
        await fill(pilot, action="Arrest", owner="VCTF command", due="+1d")
        for page in (WardPage, BoroughPage, MapPage, MeetingRoom):
            await keys(pilot, "escape")
            assert isinstance(app.screen, page)
            if page is WardPage:
                assert cells(pilot)[3] == second[3], "the cursor is where it was"


async def test_keys_go_from_tile_to_tile_by_place_and_letters_are_claimed_once(make_app: MakeApp) -> None:
    async with make_app().run_test(size=(80, 24)) as pilot:
        await press(pilot, "meeting.item_5")
        listed = [one.title for one in pilot.app.get_system_commands(pilot.app.screen)]
        assert "by borough  (B)" in listed, "the map is in the palette of the wards"
        await press(pilot, "wards.map")
        found = commands(pilot)
        assert {"map.open", "map.shade", "map.back", "room.help", "room.undo", "room.leave"} <= set(found)
        assert all(one.enabled for name, one in found.items() if name.startswith("map."))
        ways = {
            "up": "HCK",
            "left": "ISL",
            "k": "HGY",
            "right": "WTF",
            "down": "HCK",
            "l": "RDB",
            "j": "NWM",
            "h": "TWH",
        }
        for key, code in ways.items():
            await keys(pilot, key)
            assert tile_map(pilot).here.code == code, key
            assert said(pilot).startswith(tile_map(pilot).here.borough)
        await keys(pilot, "left")
        assert said(pilot) == "City of London: its own force; not among the boroughs of the Met"
        await keys(pilot, "enter")
        assert isinstance(pilot.app.screen, MapPage)
        assert "its own force" in toasts(pilot)[-1]


async def test_every_tile_says_its_step_in_a_digit(make_app: MakeApp) -> None:
    async with make_app().run_test(size=(80, 24)) as pilot:
        await press(pilot, *TO_THE_MAP)
        for title in ("HARM", "CHANGE", "OFFICERS"):
            assert title in said(pilot, ".heading")
            text = await screen_text(pilot)
            faces = tile_map(pilot).faces
            for tile in tiles():
                face = faces[tile.borough]
                assert re.search(rf"{tile.code} {face.bcu} *{face.said}", text), tile
                assert face.figure in text
            assert {face.said for face in faces.values() if not face.apart} <= set("12345")
            assert faces["City of London"].said == "-"
            await press(pilot, "map.shade")
        assert "HARM" in said(pilot, ".heading")
        await press(pilot, "map.shade_before")
        assert "OFFICERS" in said(pilot, ".heading")


async def test_what_is_not_held_is_unknown_and_never_nothing(make_app: MakeApp, store: Store) -> None:
    async with make_app(store=store).run_test(size=(80, 24)) as pilot:
        await press(pilot, *TO_THE_MAP)
        for words in ("No ward counts. Import", "No ward counts. Import", "not known: the store holds no unit"):
            assert words in said(pilot, ".heading")
            assert said(pilot, ".legend") == "? unknown"
            assert "harm not known, deployments not known" in said(pilot)
            found = {(face.said, face.figure) for face in tile_map(pilot).faces.values() if not face.apart}
            assert found == {("?", "unknown")}
            await press(pilot, "map.shade")


async def test_the_line_below_a_tile_and_the_borough_behind_it(make_app: MakeApp, city: Store) -> None:
    every = rankings.ranking(city).table.entries
    entries = [one for one in every if one.borough == "Harrow"]
    units = [one for one in deployments.units(city) if one.status == "deployed" and one.borough == "Harrow"]
    async with make_app().run_test(size=(120, 40)) as pilot:
        await press(pilot, *TO_THE_MAP)
        await go_to(pilot, "HRW")
        line = said(pilot)
        assert line.startswith(f"Harrow, NW: {sum(one.harm for one in entries):,.0f} d of harm in 12 months, rank ")
        assert re.search(r"rank \d+ of 32, (-|\+)\d+\.\d % on the year before, ", line)
        assert f"{len(units)} units, {sum(one.officers for one in units)} officers" in line
        assert f"{sum(one.count for one in entries):,} offences in {len(entries)} wards" in line
        assert f"most harm in {entries[0].ward}" in line
        await go_to(pilot, "HCK")
        await press(pilot, "map.open")
        assert set(column(pilot, "borough")) == {"Hackney"}
        assert view(pilot).records.count == len([one for one in every if one.borough == "Hackney"]) > 1
        assert heading(pilot).startswith("Wards of Hackney by harm")
        assert "local priorities (published 2018-19): Burglary; Theft" in said(pilot, ".facts")
        depth = len(pilot.app.screen_stack)
        await press(pilot, "list.choose", "list.back", "wards.map")
        assert isinstance(pilot.app.screen, MapPage), "its key goes back up"
        assert len(pilot.app.screen_stack) == depth - 1


async def test_a_unit_sent_from_the_wards_of_a_borough_is_on_the_map(make_app: MakeApp, city: Store) -> None:
    async with make_app().run_test(size=(120, 40)) as pilot:
        await press(pilot, *TO_THE_MAP, "map.shade", "map.shade")
        await go_to(pilot, "KNG")
        assert tile_map(pilot).faces["Kingston upon Thames"].figure == "0"
        await press(pilot, "map.open", "unit.deploy")
        free = next(one for one in deployments.units(city) if one.unit == typed(pilot)["unit"])
        await fill(pilot, tactic="Hot spot patrol", until="+12h")
        await press(pilot, "list.back")
        assert tile_map(pilot).faces["Kingston upon Thames"].figure == str(free.officers)
        assert f"1 unit, {free.officers} officers" in said(pilot)
        await press(pilot, "room.undo")
        assert tile_map(pilot).faces["Kingston upon Thames"].figure == "0"


# The page of a ward


async def test_a_ward_names_who_was_reported_there_and_what_is_done(make_app: MakeApp, city: Store) -> None:
    from db import rankings as runs

    app = make_app()
    unit = next(one for one in deployments.units(city) if one.status == "deployed")
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, *TO_THE_MAP)
        await go_to(pilot, next(tile.code for tile in tiles() if tile.borough == unit.borough))
        await press(pilot, "map.open")
        place = column(pilot, "ward").index(unit.ward)
        await keys(pilot, *["down"] * place, "enter")
        assert f"officers = {unit.unit} ({unit.officers})" in said(pilot, ".facts")
        assert "open actions: none" in said(pilot, ".facts")
        await press(pilot, "act.action")
        await fill(pilot, action="Patrol plan", owner="Ward team", due="+1d")
        assert "open actions: 1; next 22/11 09:00 Ward team: Patrol plan" in said(pilot, ".facts")
        await press(pilot, "room.undo")
        assert "open actions: none" in said(pilot, ".facts")
        assert app.session.run_id is not None
        people = people_of_ward(city, runs.run(city, app.session.run_id), unit.ward_code)
        await press(pilot, "ward.list")
        shown = [cells(pilot, row) for row in range(view(pilot).records.count)]
        assert [(row[3], row[4]) for row in shown] == [(one.entry.person, str(one.reports)) for one in people]
        name, ref = cells(pilot)[1], cells(pilot)[3]
        assert name in await screen_text(pilot)
        await press(pilot, "room.projector")
        text = await screen_text(pilot)
        assert name not in text, "the projector hides names"
        assert text.count(ref) >= 2, "in the head and in the list"


# Pictures


@SIZES
async def test_how_london_looks(size: Size, make_app: MakeApp, looks: Looks) -> None:
    async with make_app().run_test(size=size) as pilot:
        await press(pilot, *TO_THE_MAP)
        for name in ("harm", "change", "officers"):
            await looks(pilot, f"london-by-{name}")
            await press(pilot, "map.shade", "map.up")
        await press(pilot, "map.open")
        await looks(pilot, "borough")


@SIZES
async def test_how_the_people_of_a_ward_look(size: Size, make_app: MakeApp, looks: Looks) -> None:
    async with make_app().run_test(size=size) as pilot:
        await press(pilot, *TO_THE_MAP, "map.open", "list.choose", "ward.list")
        await looks(pilot, "people-of-a-ward")


async def test_how_london_looks_without_colour(
    make_app: MakeApp, looks: Looks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with make_app().run_test(size=(80, 24)) as pilot:
        await press(pilot, *TO_THE_MAP)
        await looks(pilot, "london-no-color")


@pytest.mark.parametrize("theme", ["high-contrast", "textual-light"])
async def test_how_london_looks_in_other_themes(theme: str, make_app: MakeApp, looks: Looks) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        app.theme = theme
        await press(pilot, *TO_THE_MAP)
        await looks(pilot, f"london-{theme}")


async def test_how_london_looks_where_nothing_is_known(make_app: MakeApp, store: Store, looks: Looks) -> None:
    async with make_app(store=store).run_test(size=(80, 24)) as pilot:
        await press(pilot, *TO_THE_MAP)
        await looks(pilot, "london-unknown")
