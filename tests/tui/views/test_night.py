"""The night on the screen: where no file tells of it, nothing is said to have not happened."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from core.days import LONDON, day_of
from db import gaps, meetings, night_papers
from db.incidents import Incident
from db.store import Store, make_store
from tests.db.files import file_writer, take
from tests.tui.keyboard import MakeApp, MovedClock, seated
from tui.pulse import Pulse
from tui.screens.base import topmost
from tui.views.night import _when
from tui.widgets.header import RoomHeader

STATES = "unit,base,officers,ward_code,tactic,starts,ends,status"


async def test_a_night_that_no_file_tells_of_is_not_said_to_be_quiet(
    make_app: MakeApp, city: Store, moved: MovedClock
) -> None:
    came = f"{moved().astimezone(LONDON):%d/%m %H:%M}"
    moved.forward(days=5)
    for view in ("night", "counts"):
        app = make_app("bcu-daily", view, scope="SW")
        app.session.as_of = moved().date()
        async with seated(app, size=(120, 40)) as chair:
            await chair.settled()
            said = str(chair.heading())
            assert "not known" in said
            assert "no homicide" not in said
            assert "nothing" not in said
            assert came.partition(" ")[0] in said, "the day of the last file, not that on which the night began"
            if view == "night":
                assert "what happened after it is not known" in chair.view().records.empty_text
            else:
                assert set(chair.column("count")) == {"?"}
                assert set(chair.column("basis")) == {"no file tells of this span"}


async def test_units_of_today_make_no_old_crime_reports_fresh(city: Store, moved: MovedClock, tmp_path: Path) -> None:
    moved.forward(days=5)
    take(city, file_writer(tmp_path, "units.csv", STATES)("VCTF North 9,north,8,,,,,free"))
    assert Pulse().totals(city, moved()).stale == "STALE"
    meeting = meetings.open_meeting(city, "bcu-daily", "root", moved().date(), scope="SW")
    [said] = [gap for gap in gaps.gaps(city, meeting, moved()) if "stale" in gap]
    assert said.startswith("Crime reports are stale: the last file of them came in on 21/11/2026")
    tables, notes = night_papers.tables(city, meeting, moved())
    assert [row[1] for row in tables[0].rows if row[0] == "Incidents"] == ["?, and 0 that became known late"]
    assert any("came in at 21/11/2026" in note for note in notes)


async def test_a_store_without_records_has_no_data_rather_than_old_ones(
    make_app: MakeApp, tmp_path: Path, moved: MovedClock
) -> None:
    with make_store(tmp_path / "empty.db", "root", moved) as store:
        app = make_app(store=store)
        async with seated(app, size=(120, 40)) as chair:
            await chair.settled()
            room = topmost(app)
            assert room is not None
            assert room.query_one(RoomHeader).head.stale == "NO data"


async def test_a_list_that_holds_nothing_says_so_also_of_a_bcu(
    make_app: MakeApp, tmp_path: Path, moved: MovedClock
) -> None:
    with make_store(tmp_path / "empty.db", "root", moved) as store:
        for view, says in (("cohorts", "No one is in a cohort."), ("loop", "NW has raised no action yet.")):
            async with seated(make_app(view=view, store=store, scope="NW"), size=(120, 40)) as chair:
                await chair.settled()
                assert chair.view().records.empty_text.startswith(says)


@pytest.mark.parametrize(
    ("at", "told"),
    [
        (datetime(2026, 11, 20, 23, 10), ("20/11 23:10", "20/11 23:10")),
        (datetime(2025, 12, 31, 23, 10), ("31/12/2025", "31/12/2025 23:10")),
    ],
)
def test_an_incident_of_another_year_is_told_with_it(at: datetime, told: tuple[str, str]) -> None:
    one = SimpleNamespace(day=day_of(at.date()), at=at)
    assert _when(cast(Incident, one), 2026) == told
    day_alone = tuple(words.removesuffix(" 23:10") for words in told)
    assert _when(cast(Incident, SimpleNamespace(day=one.day, at=None)), 2026) == day_alone
