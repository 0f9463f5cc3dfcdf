"""The pictures in docs/, made from a synthetic London of 35,000 suspects: ``python -m tests.tui.pictured``."""

from __future__ import annotations

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

from core.days import at_clock
from db import meetings
from db.demo import build
from db.store import Store, open_store
from tests.tui.conftest import AS_OF, CHAIR
from tests.tui.keyboard import MovedClock, seated
from tui.app import TaskingApp
from tui.session import Session

DOCS = Path(__file__).resolve().parents[2] / "docs"
SIZE = (120, 40)
KEYS = {
    "meeting": ("4", "down", "down"),
    "map": ("5", "B"),
    "ward": ("5", "enter"),
}
"""What is pressed in a daily meeting that has just been opened, by the name of the picture."""


async def picture(store: Store, moved: MovedClock, papers: Path, keys: tuple[str, ...]) -> str:
    """Open the meeting, press *keys*, and give the screen as SVG."""
    session = Session(store, CHAIR, AS_OF, "daily", moved, papers)
    session.meeting = meetings.open_meeting(store, "daily", CHAIR, AS_OF)
    session.run_id = session.meeting.run_id
    app = TaskingApp(session, None, None)
    app.animation_level = "none"
    async with seated(app, size=SIZE) as chair:
        await chair.keys(*keys)
        await chair.settled()
        await chair.pilot.pause(0.5)
        await chair.settled()
        chair.app.clear_notifications()
        return chair.app.export_screenshot(title="tasking")


def make(folder: Path) -> None:
    """Write every picture into *folder*."""
    with TemporaryDirectory() as place:
        moved = MovedClock(at_clock(AS_OF, 9))
        path = Path(place) / "london.db"
        build(path, AS_OF, lambda *_: None).close()
        store = open_store(path, CHAIR, moved)
        for name, keys in KEYS.items():
            drawn = asyncio.run(picture(store, moved, Path(place), keys))
            (folder / f"{name}.svg").write_text(drawn, encoding="utf-8")
        store.close()


if __name__ == "__main__":
    make(DOCS)
