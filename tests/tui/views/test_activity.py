"""The task force's own work in a meeting: totals with their gaps, noughts dimmed, what is unknown marked."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from core.geography import bcus
from db import activity
from db.loading.importing import import_file
from db.store import Store
from tests.tui.conftest import AS_OF
from tests.tui.keyboard import MakeApp, seated
from tui.means import Meaning
from tui.views.activity import figure


def test_nought_is_dimmed_and_unknown_has_a_mark_of_its_own() -> None:
    words = ("0", "?", "12", "0+", "96+ (SW missing)")
    assert [figure(one).style for one in words] == [Meaning.NOUGHT, Meaning.UNKNOWN, "", "", ""]


async def test_a_missing_return_is_said_in_total_head_and_foot(make_app: MakeApp, city: Store, tmp_path: Path) -> None:
    day = AS_OF - timedelta(days=1)
    lines = [f"{day:%d/%m/%Y},{bcu},arrests,8\n" for bcu in bcus() if bcu != "SW"]
    path = tmp_path / "returns.csv"
    path.write_text("day,bcu,measure,count\n" + "".join(lines))
    import_file(city, path, today=AS_OF)
    looked_at = activity.of_meeting(city, AS_OF)
    silent = looked_at.missing.get(day.toordinal(), ())
    async with seated(make_app()) as chair:
        await chair.press("meeting.item_3", "meeting.view")
        row = next(row for row in range(chair.view().records.count) if chair.cell("measure", row) == "arrests")
        words = next(one.total.words for one in looked_at.rows if one.measure == "arrests")
        assert chair.cell("total", row) == words
        assert ("missing" in words) == bool(silent)
        assert ("NO RETURN" in chair.heading()) == bool(silent)
        record = chair.view().source.record(chair.view().records.keys[row])
        means = ", ".join(f"{_mean(city, day.toordinal(), days):.1f} ({days} days)" for days in (7, 28))
        assert f"mean of a day {means}, of those that returned" in record.made_of


def _mean(store: Store, last: int, days: int) -> float:
    """The arrests of a day by a mean of the returns that came, times the twelve BCUs."""
    query = (
        "SELECT SUM(CASE WHEN measure = 'arrests' THEN count ELSE 0 END) * 12.0 / COUNT(DISTINCT bcu || day) AS mean "
        "FROM activity WHERE replaced_by IS NULL AND day BETWEEN :first AND :last"
    )
    return float(store.read.rows(query, first=last - days + 1, last=last)[0]["mean"])
