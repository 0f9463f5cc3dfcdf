"""Names of places and what is said of them are shown letter by letter, on every screen about places."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest

from core.composite_weights import KEYS
from core.days import uk
from core.geography import wards as ward_map_that_ships
from core.text import plain
from db import focus, focus_comments, officers, priority_wards
from db.imports import import_file
from db.store import Store
from db.weights import weights_of
from tests.tui.conftest import AS_OF
from tests.tui.keyboard import (
    Hands,
    MakeApp,
    cell,
    column,
    fault,
    fill,
    heading,
    press,
    screen_text,
    settled,
    toasts,
    typed,
    view,
)
from tests.tui.places import TODAY, adopted, emptied, go_to, ranked, said
from tui.screens.site import SitePage
from tui.screens.ward import WardPage

HOSTILE = (
    "[red]x[/]",
    "[/",
    "[@click=app.quit]x[/]",
    "\x1b[31mred",
    "](http://x.test)",
    "<b>x</b>",
    "\u202erighttoleft",
    "盗難と暴力の多い区" * 12,
    "x" * 400,
)
SMALL = (80, 24)
CHAIR = "[red]Chair[/] \x1b[31m"


def shown(text: str) -> str:
    """The beginning of a hostile text as it can be read on the screen; of wide letters, the first."""
    return plain(text)[:1] if ord(text[0]) > 0x3000 else plain(text)[:7]


def written(path: Path, header: str, rows: Sequence[tuple[str, ...]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([header.split(","), *rows])
    return path


@pytest.fixture
def wards(city: Store) -> dict[str, str]:
    """The first wards by the composite with the name that each gets."""
    return {one.ward.ward_code: name for one, name in zip(ranked(city), HOSTILE, strict=False)}


@pytest.fixture
def hostile(city: Store, wards: dict[str, str], tmp_path: Path) -> Store:
    """The synthetic London with hostile wards, priority wards, panel priorities, fly-tips, comments and items."""
    emptied(city, "priority_ward", "fly_tip_check", "fly_tip_step", "fly_tip_site")
    for one, text in zip(ranked(city), HOSTILE, strict=False):
        adopted(city, one, reason=text)
    week = focus.weeks(city)[0]
    every, day = ward_map_that_ships(), uk(TODAY - 400)
    named = {**wards, week.ward_code: HOSTILE[0]}
    for name, header, rows in (
        ("wards", "ward_code,ward,borough", [(code, name, every[code].borough) for code, name in named.items()]),
        ("panel", "ward_code,priority,set_on", [(code, name, day) for code, name in wards.items()]),
        ("sites", "place,ward_code,reports,since", [(name, week.ward_code, "99", day) for name in HOSTILE]),
    ):
        done = import_file(city, written(tmp_path / f"{name}.csv", header, rows), today=AS_OF)
        assert (done.taken + done.revised, done.quarantined) == (len(rows), 0), name
    item = week.items[0].id
    for text in HOSTILE[:3]:
        focus_comments.comment(
            city, ward_code=week.ward_code, week_id=week.id, councillor=text, words=text, nominates=text
        )
    focus.change_item(city, item, 3, HOSTILE[0])
    focus.agree(city, [item], by=CHAIR)
    focus.record(city, item, 2, HOSTILE[2])
    return city


async def seen(pilot: Hands, *texts: str) -> None:
    """Each of these hostile texts can be read on the screen, from its beginning."""
    on_screen = await screen_text(pilot)
    assert [text for text in texts if shown(text) not in on_screen] == []
    assert "\x1b" not in on_screen


async def test_the_names_came_in_as_they_were_written(hostile: Store, wards: dict[str, str]) -> None:
    assert {one.ward_code: one.ward for one in priority_wards.priority_wards(hostile)} == wards
    assert {one.reason for one in priority_wards.priority_wards(hostile)} == set(HOSTILE)


@pytest.mark.parametrize("size", [SMALL, (200, 60)], ids=["small", "large"])
async def test_priority_wards(size: tuple[int, int], hostile: Store, wards: dict[str, str], make_app: MakeApp) -> None:
    async with make_app(view="priority", store=hostile).run_test(size=size) as pilot:
        await settled(pilot)
        assert set(column(pilot, "ward")[: len(HOSTILE)]) == set(HOSTILE)
        await seen(pilot, *HOSTILE)
        reasons = []
        for _ in HOSTILE:
            reasons.append(said(pilot, ".made-of"))
            await press(pilot, "list.down")
        assert [text for text in HOSTILE if not any(f": {plain(text)}; " in words for words in reasons)] == []
        await go_to(pilot, next(iter(wards)))
        await press(pilot, "priority.adopt")
        await seen(pilot, HOSTILE[0])
        await fill(pilot, reason=HOSTILE[2])
        assert fault(pilot).startswith(f"{HOSTILE[0]} (E0")
        await press(pilot, "form.leave", "priority.review")
        await seen(pilot, HOSTILE[0])
        await fill(pilot, reason=HOSTILE[3])
        await press(pilot, "priority.drop")
        await fill(pilot, reason=HOSTILE[2], by=CHAIR)
        await press(pilot, "room.undo", "room.undo")
        await press(pilot, "list.filter")
        await pilot.press(*"[@cl")
        await settled(pilot)
        assert view(pilot).records.count == 1
        assert "filter [@cl: 1 of" in await screen_text(pilot)


@pytest.mark.parametrize("which", ["wards", "officers"])
async def test_the_lists_of_wards_and_of_extra_officers(
    which: str, hostile: Store, wards: dict[str, str], make_app: MakeApp
) -> None:
    async with make_app(view=which, store=hostile).run_test(size=SMALL) as pilot:
        await settled(pilot)
        for code, text in wards.items():
            await go_to(pilot, code)
            assert cell(pilot, "ward") == text
            await seen(pilot, text)
            if which == "officers":
                await press(pilot, "officers.fewer")
                assert shown(text) in plain(toasts(pilot)[-1])
                assert toasts(pilot)[-1].isprintable()
        pilot.app.clear_notifications()
        if which == "wards":
            await press(pilot, "list.first", "priority.adopt", "form.leave", "act.why", "list.back")
            assert view(pilot).records.count


async def test_moving_a_post_is_refused_by_a_hostile_name(
    hostile: Store, wards: dict[str, str], make_app: MakeApp
) -> None:
    plan = officers.plan(hostile)
    assert plan is not None
    async with make_app(view="officers", store=hostile).run_test(size=SMALL) as pilot:
        await settled(pilot)
        for code, text in wards.items():
            if plan.held[code] == plan.limits.cap:
                await go_to(pilot, code)
                await press(pilot, "officers.more")
                assert toasts(pilot)[-1].startswith(f"{plain(text)} has 4 posts, its cap is 4")
                await screen_text(pilot)
        assert toasts(pilot), "some ward is at its cap"


async def test_the_page_of_every_ward(hostile: Store, wards: dict[str, str], make_app: MakeApp) -> None:
    async with make_app(view="priority", store=hostile).run_test(size=SMALL) as pilot:
        await settled(pilot)
        for code, text in wards.items():
            await go_to(pilot, code)
            await press(pilot, "list.choose")
            assert isinstance(pilot.app.screen, WardPage)
            head = said(pilot)
            assert head.startswith(f"{plain(text)}, ")
            assert f": {plain(text)}" in next(one for one in head.splitlines() if one.startswith("priority ward"))
            assert plain(text) in next(one for one in head.splitlines() if one.startswith("ward panel asks"))
            await seen(pilot, text)
            await press(pilot, "ward.list", "act.action", "form.leave", "list.back")


async def test_the_focus_week(hostile: Store, make_app: MakeApp, tmp_path: Path) -> None:
    week = focus.weeks(hostile)[0]
    async with make_app(view="focus", store=hostile).run_test(size=SMALL) as pilot:
        await settled(pilot)
        assert f": {HOSTILE[0]} (" in heading(pilot)
        assert (cell(pilot, "what", 0), cell(pilot, "words", 0)) == (HOSTILE[0], HOSTILE[2])
        await seen(pilot, f": {HOSTILE[0]}", HOSTILE[2])
        assert f"{HOSTILE[0]} was chosen" in said(pilot, ".made-of")
        await press(pilot, "list.last")
        await seen(pilot, *(f"{text}: {text}"[:12] for text in HOSTILE[:3]))
        assert HOSTILE[0] in said(pilot, ".made-of")
        for text in HOSTILE:
            await press(pilot, "focus.comment")
            assert f"Councillor's comment: {HOSTILE[0]}"[:30] in await screen_text(pilot)
            await fill(pilot, councillor=text, words=text, nominates=text)
        for verb in ("done", "edit"):
            await press(pilot, "list.first", f"focus.{verb}")
            await seen(pilot, HOSTILE[0])
            await press(pilot, "form.leave")
        await press(pilot, "focus.propose")
        await fill(pilot, ward=HOSTILE[2])
        assert f"'{HOSTILE[2]}' fits 0 names" in fault(pilot)
        await fill(pilot, ward="[RED]x")
        assert focus.weeks(hostile)[0].ward_code == week.ward_code, "a hostile name can be typed"
        await press(pilot, "focus.letter")
        await fill(pilot, summary="\x1b[31m <img src=x> [x](javascript:y)", folder=str(tmp_path / "out"))
        page = next((tmp_path / "out").glob("*.html")).read_text("utf-8")
        assert "<img" not in page
        assert "<a " not in page
        assert "\x1b" not in page
        assert "[red]x[/]" in page
        assert "[@click=app.quit]x[/]" in page


async def test_the_councillors_comments_at_every_length(hostile: Store, make_app: MakeApp) -> None:
    week = focus.weeks(hostile)[0]
    for text in HOSTILE:
        focus_comments.comment(
            hostile, ward_code=week.ward_code, week_id=week.id, councillor=text, words=text, nominates=text
        )
    async with make_app(view="focus", store=hostile).run_test(size=SMALL) as pilot:
        await settled(pilot)
        await press(pilot, "list.last")
        for row in reversed(range(view(pilot).records.count)):
            if cell(pilot, "kind", row) == "comment":
                await seen(pilot, view(pilot).source.record(view(pilot).records.keys[row]).subject.label)
                await press(pilot, "list.up")


async def test_the_fly_tip_sites(hostile: Store, make_app: MakeApp) -> None:
    async with make_app(view="sites", store=hostile).run_test(size=SMALL) as pilot:
        await settled(pilot)
        assert view(pilot).records.count == len(HOSTILE)
        await seen(pilot, *HOSTILE)
        for _ in HOSTILE:
            here = view(pilot).under_cursor()
            assert here is not None
            await press(pilot, "list.choose")
            assert isinstance(pilot.app.screen, SitePage)
            assert plain(here.subject.label)[:40] in said(pilot)
            assert HOSTILE[0] in said(pilot), "the ward"
            await seen(pilot, here.subject.label)
            await press(pilot, "list.back", "list.down")


async def test_a_chair_of_that_name_keeps_weights_and_adopts(hostile: Store, make_app: MakeApp) -> None:
    app = make_app(view="priority", store=hostile)
    app.session.chair = CHAIR
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        await press(pilot, "priority.weights")
        for key in KEYS:
            pilot.app.screen.query_one(f"#part-{key}").value = "1" if key == "rate" else "0"  # type: ignore[attr-defined]
        await settled(pilot)
        await screen_text(pilot)
        await press(pilot, "weights.save")
        assert weights_of(hostile).name == f"set by {plain(CHAIR)} on 21/11/2026"
        assert f"weights: set by {plain(CHAIR)} on" in heading(pilot)
        await go_to(pilot, ranked(hostile)[20].ward.ward_code)
        await press(pilot, "priority.adopt")
        assert typed(pilot)["adopted_by"] == plain(CHAIR)
        await fill(pilot, reason=HOSTILE[0])
        await press(pilot, "list.first")
        await seen(pilot, *HOSTILE)


async def test_the_weights_name_hostile_wards_as_text(hostile: Store, make_app: MakeApp) -> None:
    async with make_app(view="priority", store=hostile).run_test(size=SMALL) as pilot:
        await settled(pilot)
        await press(pilot, "priority.weights")
        for key in KEYS:
            pilot.app.screen.query_one(f"#part-{key}").value = "1" if key == "deprivation" else "0"  # type: ignore[attr-defined]
        await settled(pilot)
        assert any(plain(text)[:12] in said(pilot, "#effect") for text in HOSTILE)
        text = await screen_text(pilot)
        assert "\x1b" not in text
        assert "ctrl+s keep" in text
