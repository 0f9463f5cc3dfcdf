"""Every screen at every size in every look, as contact sheets: ``python -m tests.tui.grid FOLDER [WORD ...]``.

Words narrow what is drawn: names of looks (``light``), depths (``256``), sizes (``60x15``), screens (``suspects``). One
sheet a look and size shows all of its screens beside each other; pictures of single screens stand beside the sheets.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from core.days import at_clock
from db import demo, meetings
from db.store import open_store
from tests.tui.contrast import faint
from tests.tui.keyboard import Chair, MovedClock, seated
from tui.app import TaskingApp
from tui.palettes import Depth, Ground
from tui.session import Session

DAY = date(2026, 11, 21)
SIZES = ((60, 15), (80, 24), (120, 40), (200, 60))
KINDS = ("daily", "weekly")
_ACROSS = 3
_BOX = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')


async def stops(chair: Chair) -> AsyncIterator[str]:
    """Go through every view of the meeting that is open, then a page, why, a form, help and the map; name each."""
    meeting, kind = chair.tasking().session.meeting, chair.tasking().session.kind
    assert meeting is not None
    for number, item in enumerate(meeting.agenda.items, 1):
        await chair.press(f"meeting.item_{number}")
        for name in item.views:
            yield f"{kind}-{number}-{name}"
            if name != item.views[-1]:
                await chair.press("meeting.view")
    if kind != "daily":
        return
    await chair.press("meeting.item_4", "list.first", "list.choose")
    yield "person"
    await chair.press("act.why")
    yield "why-person"
    await chair.keys("q", "q")
    await chair.press("list.mark", "list.filter")
    yield "filter"
    await chair.keys("escape")
    await chair.press("act.action")
    yield "form"
    await chair.press("form.leave", "room.help")
    yield "help"
    await chair.keys("escape")
    await chair.press("meeting.item_5", "list.choose")
    yield "ward"
    await chair.keys("q")
    await chair.press("wards.map")
    yield "map"


def sheet(pictures: list[tuple[str, str]]) -> str:
    """Pictures with their names, so many beside each other, as one picture."""
    panes, top, left, high, wide = [], 0.0, 0.0, 0.0, 0.0
    for number, (name, picture) in enumerate(pictures):
        if number and not number % _ACROSS:
            top, left, high = top + high, 0.0, 0.0
        size = _BOX.search(picture)
        assert size is not None
        width, height = float(size[1]), float(size[2])
        apart = picture.replace("terminal", f"terminal{number}")  # the styles of one must not colour another
        panes.append(f'<text x="{left + 8:g}" y="{top + 24:g}" font-size="20" fill="white">{name}</text>')
        panes.append(
            apart.replace("<svg ", f'<svg x="{left:g}" y="{top + 30:g}" width="{width:g}" height="{height:g}" ', 1)
        )
        left, high = left + width + 10, max(high, height + 40)
        wide = max(wide, left)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:g} {top + high:g}">'
    return "\n".join([head, '<rect width="100%" height="100%" fill="#444"/>', *panes, "</svg>\n"])


async def draw(store: Path, folder: Path, kind: str, size: tuple[int, int], depth: Depth, words: set[str]) -> list[str]:
    """Draw the screens of a meeting at one size and depth in every look; gives what is not read easily enough."""
    moved = MovedClock(at_clock(DAY, 9))
    found: list[str] = []
    opened = open_store(store, "Det Supt A. Chair", moved)
    session = Session(opened, "Det Supt A. Chair", DAY, kind, moved, folder)
    session.meeting = meetings.open_meeting(opened, kind, session.chair, DAY)
    session.run_id = session.meeting.run_id
    app = TaskingApp(session, None, None, depth=depth)
    app.animation_level = "none"
    grounds = [ground for ground in Ground if _wanted(words, {one.value for one in Ground}, ground.value)]
    sheets: dict[Ground, list[tuple[str, str]]] = {ground: [] for ground in grounds}
    async with seated(app, size=size) as chair:
        async for name in stops(chair):
            if not _wanted(words, _rest(words), *name.split("-"), name):
                continue
            for ground in grounds:
                app.wear(ground)
                await chair.painted()
                picture = app.export_screenshot(title=name, simplify=True)
                sheets[ground].append((name, picture))
                found += [f"{name} {size} {ground} {depth}: {words}" for words in faint(picture, depth)]
    opened.close()
    for ground, pictures in sheets.items():
        if pictures:
            title = f"{kind}-{size[0]}x{size[1]}-{ground}-{depth}"
            (folder / f"{title}.svg").write_text(sheet(pictures), encoding="utf-8")
            for name, picture in pictures:
                (folder / "single" / f"{title}-{name}.svg").write_text(picture, encoding="utf-8")
    return found


def _known() -> set[str]:
    sizes = {f"{wide}x{high}" for wide, high in SIZES}
    return {*sizes, *(one.value for one in Ground), *(one.value for one in Depth), *KINDS}


def _rest(words: set[str]) -> set[str]:
    """The words that name screens."""
    return words - _known()


def _wanted(words: set[str], among: set[str], *names: str) -> bool:
    """Whether something is drawn: where words name things of its sort, it must be one of them."""
    asked = words & among
    return not asked or bool(asked & set(names))


def make(folder: Path, words: set[str]) -> list[str]:
    """Draw the grid into a folder; gives what is not read easily enough."""
    (folder / "single").mkdir(parents=True, exist_ok=True)
    found: list[str] = []
    with TemporaryDirectory() as place:
        built = Path(place) / "built.db"
        demo.build(built, DAY, step=lambda *_: None, suspects=600).close()
        content = built.read_bytes()
        for depth in Depth:
            if depth is Depth.NONE:
                os.environ["NO_COLOR"] = "1"
            for size in SIZES:
                for kind in KINDS:
                    sorts = [
                        ({one.value for one in Depth}, depth.value),
                        ({f"{wide}x{high}" for wide, high in SIZES}, f"{size[0]}x{size[1]}"),
                        (set(KINDS), kind),
                    ]
                    if all(_wanted(words, among, name) for among, name in sorts):
                        store = Path(place) / "london.db"
                        store.write_bytes(content)
                        found += asyncio.run(draw(store, folder, kind, size, depth, words))
        os.environ.pop("NO_COLOR", None)
    return found


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("Say into which folder: python -m tests.tui.grid FOLDER [WORD ...]")
    said = make(Path(sys.argv[1]), set(sys.argv[2:]))
    sys.stdout.write("\n".join([*said, "Every word is read easily enough." if not said else ""]))
    sys.exit(bool(said))
