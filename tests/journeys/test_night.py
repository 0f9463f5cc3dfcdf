"""The chair of a BCU's daily at 80x24: what happened, who is out, what is unusual, what nobody owns; in few keys."""

from __future__ import annotations

import csv
import time
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path

from core.days import at_clock
from core.extract import COLUMNS
from db.loading.importing import import_file
from db.store import open_store
from tests.journeys.conftest import Json
from tests.journeys.terminal import DAY, Terminal
from tests.journeys.test_practised_daily import Counted

MOST = 12
"""Keys until all four are answered, those that are typed counted."""
_LONGEST = 120.0
"""Seconds in which the chair has the answers, on a machine that does much else."""
_WARDS = ("E05013496", "E05013497", "E05013498", "E05013499", "E05013500", "E05013501")
"""Wards of Brent, which lies in NW."""
_BEFORE = DAY - timedelta(days=1)


def _wrote(path: Path, columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def _a_bad_night(store: Path) -> None:
    """Six stabbings in Brent that nobody owns; for one of them somebody is named and still to be found."""
    told = [
        {"ref": f"N{number}", "kind": "stabbing", "at": f"{DAY} 0{number}:20", "ward_code": code, "injury": "serious"}
        for number, code in enumerate(_WARDS[1:], 1)
    ]
    report = {
        "crime_ref": "9/26", "ho_code": "008/01", "offence": "Wounding or GBH", "committed_from": f"{DAY:%d/%m/%Y}",
        "committed_at": "04:10", "reported_on": f"{DAY:%d/%m/%Y}", "ward_code": _WARDS[0], "domestic_abuse": "no",
        "vawg": "no", "victim_age": "19", "injury": "life-threatening", "weapon": "knife", "person_ref": "PEND1",
        "surname": "Pending", "forenames": "Amos", "role": "named suspect", "named_by": "witness",
        "suspect_state": "outstanding",
    }  # fmt: skip
    columns = (*COLUMNS, "committed_at", "victim_age", "injury", "weapon", "suspect_state")
    with open_store(store, "tester", lambda: at_clock(DAY, 9)) as held:
        import_file(held, _wrote(store.with_name("told.csv"), tuple(told[0]), told), today=DAY)
        import_file(held, _wrote(store.with_name("night.csv"), columns, [report]), today=DAY)


def test_the_chair_of_a_bcu_answers_the_four_questions_within_a_dozen_keys(store: Path, called_json: Json) -> None:
    _a_bad_night(store)
    asked = ("night", "--store", store, "--meeting", "bcu-daily", "--scope", "NW", "--as-of", f"{DAY}T10:20")
    known = called_json(*asked)
    found = known["incidents"]
    nobodys = [one for one in found if one["owner"] is None]
    out = [one["ref"] for one in found if one["suspect"] == "outstanding"]
    [stabbings] = [one for one in known["usual"] if one["kind"] == "stabbing"]
    assert "9/26" in out
    assert len(nobodys) >= 6
    assert stabbings["observed"] >= 6 > stabbings["high"]
    began = time.monotonic()
    with Counted.meeting(store, "--meeting", "bcu-daily", "--scope", "NW", at="10:20", folder=store.parent) as room:
        assert isinstance(room, Counted)
        room.wait_for("1/6: Opening")
        room.press("2")  # what happened, and what is owned by nobody
        shown = room.wait_for("2/6: What happened", "Blank: ")
        head = " ".join(shown.split())
        assert f"stabbing {stabbings['observed']} (above {stabbings['low']}-{stabbings['high']})" in head
        assert f"{len(nobodys)} unowned, {len(out)} outstanding." in head
        assert f"{len(found)} incidents" in head
        assert "nothing unusual" not in head
        _unowned_first(room, sum(not one["late"] for one in nobodys))
        room.press("/")
        room.wait_for("filter")
        room.type("outs")  # who is outstanding
        room.press("enter")
        room.wait_for(f"{len(out)} of {len(found)}")
        assert [one for one in _rows(room) if " outstandi" not in one] == []
        assert len(_rows(room)) == len(out)
        room.wait_row("▸", "Stabbing", "19 life-t")
        room.wait_for("suspect outstanding: PENDING, Amos")
        room.press("esc")
        room.wait_for(f"{len(found)} incidents")
        room.press("tab")  # what is unusual
        room.wait_for("USUAL OR NOT")
        room.wait_row("▸ above", "stabbings (hurt by a knife)", f"{stabbings['low']}-{stabbings['high']}")
        room.press("w")  # and where that is written
        room.wait_for("night.csv:2", "told.csv:2")
        assert room.keys <= MOST, room.keys
    assert time.monotonic() - began < _LONGEST


def _unowned_first(room: Terminal, many: int) -> None:
    """What nobody owns stands on top: no other row above the last of them."""
    rows = [row.split(" ", 1)[0] for row in _rows(room)]
    assert rows[:many] == ["unowned"] * min(many, len(rows))
    assert "unowned" not in rows[many:]


def _rows(room: Terminal) -> list[str]:
    """The rows of the list of the night that stand on the screen."""
    return [line[2:] for line in room.lines if line[2:].startswith(("unowned ", "owned ", "late "))]
