"""The weights of the ward composite: what they would do is seen before they are kept."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing

import pytest
from textual.widgets import Input, Static

from core.composite import PARTS, WardFigures, Weighed, harm_held, most_harm_held, places_moved, weigh
from core.composite_weights import KEYS, Weights, default
from db.composite import parts
from db.composite_weights import weights_of
from db.store import Store
from tests.tui.conftest import CHAIR
from tests.tui.keyboard import Chair, MakeApp, seated
from tests.tui.places import adopted, emptied, go_to, here, ranked, said
from tui.dialogs.weights import WeightsScreen, effect_of
from tui.screens.room import MeetingRoom

ONLY_RATE = {**dict.fromkeys(KEYS, ""), "rate": "10"}


async def opened(chair: Chair) -> None:
    """Open the weights from the list of priority wards."""
    await chair.settled()
    await chair.press("priority.weights")
    assert isinstance(chair.app.screen, WeightsScreen)


async def write(chair: Chair, **weights: str) -> None:
    """Write into the fields of some parts."""
    for key, weight in weights.items():
        chair.app.screen.query_one(f"#part-{key}", Input).value = weight
    await chair.settled()


def fields(chair: Chair) -> dict[str, str]:
    return {key: chair.app.screen.query_one(f"#part-{key}", Input).value for key in PARTS}


def effect(chair: Chair) -> list[str]:
    return said(chair, "#effect").splitlines()


def kept(store: Store) -> bool:
    return bool(store.read.rows("SELECT 1 FROM setting"))


async def test_on_the_smallest_screen_parts_effect_and_keys_are_in_sight(make_app: MakeApp) -> None:
    async with seated(make_app(view="priority"), size=(60, 15)) as chair:
        await opened(chair)
        text = await chair.screen_text()
        for words in (*(part.head for part in PARTS.values()), "No ward moves.", "ctrl+s keep"):
            assert words in text


async def test_it_opens_with_the_weights_in_force_and_fits_a_small_terminal(make_app: MakeApp) -> None:
    async with seated(make_app(view="priority"), size=(80, 24)) as chair:
        await opened(chair)
        assert fields(chair) == {key: f"{weight:g}" for key, weight in default().parts.items()}
        assert effect(chair) == ["No ward moves."]
        assert said(chair, "#backtest").startswith("No backtest. The release before ")
        text = await chair.screen_text()
        assert said(chair, "#backtest") in " ".join(re.sub(r"[│\s]+", " ", text).split()), "whole"
        for key, part in PARTS.items():
            assert part.head in text
            assert said(chair, f"#share-{key}").strip() == f"{100 * default().shares[key]:.0f}%  {part.meaning}"
        await write(chair, **ONLY_RATE)
        text = await chair.screen_text()
        for words in (
            *(part.head for part in PARTS.values()),
            "The first 10",
            "in: ",
            "out: ",
            "most places",
            "ctrl+s",
        ):
            assert words in text
        assert chair.app.screen.query_one("#keys", Static).region.height == 1


async def test_keys_go_from_part_to_part_and_letters_cannot_be_typed(make_app: MakeApp) -> None:
    async with seated(make_app(view="priority")) as chair:
        await opened(chair)
        await chair.keys("end", *"x-u5")
        assert fields(chair)["harm"] == f"{default().parts['harm']:g}5"
        for key, part in (("down", KEYS[1]), ("up", KEYS[0]), ("up", KEYS[-1])):
            await chair.keys(key)
            assert chair.app.focused is chair.app.screen.query_one(f"#part-{part}")
        await chair.keys("enter")
        assert chair.app.focused is chair.app.screen.query_one(f"#part-{KEYS[0]}")


async def test_the_effect_is_seen_before_anything_is_kept_and_leaving_changes_nothing(
    make_app: MakeApp, city: Store
) -> None:
    before = ranked(city)
    after = weigh(parts(city).wards, Weights("", {**dict.fromkeys(KEYS, 0.0), "rate": 10.0}))
    first = {one.ward.ward_code for one in before[:10]}
    comes = [one.ward.ward for one in after[:10] if one.ward.ward_code not in first]
    async with seated(make_app(view="priority")) as chair:
        await chair.settled()
        listed = chair.column("ward")
        await opened(chair)
        await write(chair, **ONLY_RATE)
        assert said(chair, "#share-rate").strip().startswith("100%")
        assert said(chair, "#share-harm").strip().startswith("0%")
        held, _still, into, out, most = effect(chair)
        now, then = 100 * harm_held(before, 10), 100 * harm_held(after, 10)
        best = f"best {100 * most_harm_held(before, 10):.1f}%"
        assert held == f"The first 10 would hold {then:.1f}% of the harm, now {now:.1f}%, {best}."
        more = f" and {len(comes) - 4} more" if len(comes) > 4 else ""
        assert into == f"in: {', '.join(comes[:4])}{more}"
        assert out.startswith("out: ")
        moved = places_moved(before, after)
        farthest = max(moved, key=lambda code: abs(moved[code]))
        name = next(one.ward.ward for one in after if one.ward.ward_code == farthest)
        assert most.startswith("most places: ")
        assert name in most
        await chair.press("weights.leave")
        assert isinstance(chair.app.screen, MeetingRoom)
        assert not kept(city)
        assert weights_of(city) == default()
        assert chair.column("ward") == listed
        assert chair.toasts() == []
        await opened(chair)
        assert fields(chair)["rate"] == f"{default().parts['rate']:g}"


NONSENSE = (
    ({"harm": "1.2.3"}, "harm: '1.2.3' is no weight"),
    ({"hot_violence": "much"}, "hot violence: 'much' is no weight"),
    ({"rate": "1001"}, "rate: '1001.0' is no weight of 0 to 1,000"),
    (dict.fromkeys(KEYS, "0"), "No part weighs anything"),
    (dict.fromkeys(KEYS, ""), "No part weighs anything"),
)


async def test_nonsense_and_what_cannot_be_written_are_said_and_nothing_is_kept(make_app: MakeApp, city: Store) -> None:
    async with seated(make_app(view="priority")) as chair:
        await opened(chair)
        for weights, words in NONSENSE:
            await chair.press("weights.ship")
            assert effect(chair) == ["No ward moves."]
            await write(chair, **weights)
            assert words in said(chair, "#effect")
            await chair.press("weights.save")
            assert isinstance(chair.app.screen, WeightsScreen), "it stays open"
            assert words in said(chair, "#effect")
            assert fields(chair).items() >= weights.items(), "nothing typed is lost"
            assert not kept(city)
        await chair.press("weights.ship")
        await write(chair, rate="50")
        with closing(sqlite3.connect(city.path)) as past_the_program:
            past_the_program.execute(
                "CREATE TRIGGER full BEFORE INSERT ON setting BEGIN SELECT RAISE(ABORT, 'disk full'); END"
            )
        await chair.press("weights.save")
        assert "could not be used: disk full. Nothing was changed." in said(chair, "#effect")
        assert fields(chair)["rate"] == "50"
        assert not kept(city)


async def test_kept_weights_rank_the_list_until_those_that_ship_are_kept_again(make_app: MakeApp, city: Store) -> None:
    emptied(city, "priority_ward")
    old = ranked(city)
    adopted(city, old[30])
    stays = old[100].ward.ward_code
    async with seated(make_app(view="priority")) as chair:
        await chair.settled()
        await go_to(chair, stays)
        await chair.press("list.mark")
        await go_to(chair, stays)
        await opened(chair)
        await write(chair, **ONLY_RATE)
        await chair.press("weights.save")
        assert isinstance(chair.app.screen, MeetingRoom)
        assert chair.toasts()[-1] == "Weights put in force for this store. u undoes."
        assert weights_of(city) == Weights(f"set by {CHAIR} on 21/11/2026", {**dict.fromkeys(KEYS, 0.0), "rate": 10.0})
        after = ranked(city)
        rest = [one.ward.ward for one in after if one.ward.ward_code != old[30].ward.ward_code]
        assert chair.column("ward") == [old[30].ward.ward, *rest], "the priority ward stays first"
        assert f"weights: set by {CHAIR} on 21/11/2026" in chair.heading()
        assert here(chair) == stays, "the cursor stays on its ward"
        assert [one.subject.ref for one in chair.view().acted_on()] == [stays], "so does the mark"
        await opened(chair)
        assert fields(chair)["rate"] == "10"
        await chair.press("weights.ship")
        assert fields(chair) == {key: f"{weight:g}" for key, weight in default().parts.items()}
        assert weights_of(city).parts["harm"] == 0, "not kept yet"
        await chair.press("weights.save")
        assert weights_of(city).parts == default().parts
        await chair.press("room.undo")
        assert weights_of(city).parts["rate"] == 10
        await chair.press("room.undo")
        assert weights_of(city) == default()
        assert f"weights: {default().name.partition(':')[0]};" in chair.heading()


# The effect in words


def weighed(*harms: float, order: str = "") -> tuple[Weighed, ...]:
    """Wards A, B and so on of some harm, ranked in an order of their letters, theirs own if none is given."""
    letters = "ABCDEFGH"[: len(harms)]
    by_letter = dict(zip(letters, harms, strict=True))
    found = []
    for rank, letter in enumerate(order or letters, 1):
        ward = WardFigures(letter, f"Ward {letter}", "X", 9000, by_letter[letter], rank, 1, rank, {})
        found.append(Weighed(rank, 100.0 - rank, ward, {}))
    return tuple(found)


def test_nothing_moves() -> None:
    assert effect_of(weighed(5, 3), weighed(5, 3)) == ["No ward moves."]
    assert effect_of((), ()) == ["No ward moves."]


def test_fewer_wards_than_are_looked_at() -> None:
    assert effect_of(weighed(6, 3, 1), weighed(6, 3, 1, order="BAC")) == [
        "The first 3 would hold 100.0% of the harm, now 100.0%, best 100.0%.",
        "1 ward of 3 would not move.",
        "in: none",
        "out: none",
        "most places: Ward B 2 to 1; Ward A 1 to 2; Ward C 3 to 3",
    ]


def test_who_comes_into_the_first_wards_and_who_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.dialogs.weights._FIRST", 2)
    monkeypatch.setattr("tui.dialogs.weights._MOVERS", 1)
    assert effect_of(weighed(8, 4, 2, 2), weighed(8, 4, 2, 2, order="DCBA")) == [
        "The first 2 would hold 25.0% of the harm, now 75.0%, best 75.0%.",
        "0 wards of 4 would not move.",
        "in: Ward D and 1 more",
        "out: Ward A and 1 more",
        "most places: Ward D 4 to 1",
    ]
