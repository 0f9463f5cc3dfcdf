"""Every number that files bring says beside it which rows of them are in quarantine, printed and in JSON."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from core.errors import Problem
from db import meetings
from db.batch_kinds import OF_EVERY_DAY
from db.gaps import gaps
from db.store import open_store
from tui.main import app

FILES = {
    "extract": (
        "crime_ref,ho_code,offence,committed_from,reported_on,vawg,person_ref,role,named_by",
        "A,105/01,Common assault,01/11/2026,02/11/2026,yes,P1,named suspect,victim",
        "B,034/01,Robbery,01/11/2026,02/11/2026,yes,P1,named suspect,victim",
        "C,105/01,Common assault,31/11/2026,02/11/2026,yes,P1,named suspect,victim",
        "D,105/01,Common assault,01/11/2026,31/11/2026,yes, P9 ,named suspect,victim",
        "E,034/01,Robbery,11/11/2026,12/11/2026,yes,P1,named suspect,victim",
    ),
    "markers": ("person_ref,marker,value,starts", "P1,ogrs,75,2026-11-01", "P1,ogrs,750,2026-11-01"),
    "deployments": ("unit,officers,base", "V1,8,north", "V2,eight,north"),
    "patrols": ("day,ward_code,unit,officers,hours", "2026-11-01,E05009367,V1,4,2", "2026-11-01,E05009367,V2,4,two"),
    "fly-tip-sites": ("place,ward_code,reports", "Canal,E05009367,7", "Yard,E05009367,12.5"),
    "unsafe-places": ("reported_on,reason,ward_code", "2026-11-01,Dark,E05009367", "2026-11-01,,E05009367"),
    "ward-panel": ("ward_code,priority,set_on", "E05009367,Knife crime,2026-11-01", "E05009367,,2026-11-01"),
    "mps-ward": (
        "MajorText,MinorText,WardName,WardCode,LookUp_BoroughName,202609,202610",
        "ROBBERY,ROBBERY OF PERSONAL PROPERTY,Clissold,E05009369,Hackney,1,2",
    ),
}
ASKED = {
    "rank --as-of 2026-11-21": ("extract",),
    "rank --as-of 2026-11-21 --compare v100,rfg": ("extract",),
    "explain P1 --as-of 2026-11-21": ("extract",),
    "stability --as-of 2026-11-21": ("extract",),
    "stability --as-of 2026-11-21 --person P1": ("extract",),
    "movement": ("extract",),
    "proportionality": ("extract",),
    "backtest --of people --as-of 2026-11-02 --days 10 --first 1": ("extract", "markers"),
    "cohorts --as-of 2026-11-21": ("extract", "markers"),
    "cohorts --as-of 2026-11-21 --cohort iom-flex": ("extract", "markers"),
    "deployments": ("deployments",),
    "priority": ("extract", "unsafe-places", "ward-panel"),
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store with a row in quarantine of every kind, and two runs."""
    folder = tmp_path_factory.mktemp("beside")
    path = str(folder / "s.db")
    for kind, lines in FILES.items():
        file = folder / f"{kind}.csv"
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        _tasking("import", str(file), "--store", path)
    for day in ("2026-11-20", "2026-11-21"):
        _tasking("rank", "--as-of", day, "--store", path)
    return path


def _tasking(*words: str) -> str:
    done = CliRunner().invoke(app, words)
    assert done.exit_code in (0, 3), done.output
    return done.output


def _refused(*words: str) -> str:
    found = CliRunner().invoke(app, words).exception
    assert isinstance(found, Problem)
    return found.sentence


@pytest.mark.parametrize("asked", ASKED)
def test_a_number_says_which_rows_of_its_files_are_in_quarantine(store: str, asked: str) -> None:
    words = [*asked.split(), "--store", store]
    kinds, numbers = ASKED[asked], [*FILES]
    found = json.loads(CliRunner().invoke(app, [*words, "--json"]).stdout)
    told = (found[0] if isinstance(found, list) else found).get("not_counted") or found.get("left_out")
    [one] = [one for one in told if one["kind"] == "quarantined"]
    assert {batch["batch"] for batch in one["batches"]} == {numbers.index(kind) + 1 for kind in kinds}
    assert one["sentence"] in " ".join(_tasking(*words).split())


def test_a_meeting_opens_with_what_is_in_quarantine_of_every_kind_that_counts_on_every_day(store: str) -> None:
    with open_store(Path(store), "Chair") as held:
        daily = meetings.open_meeting(held, "daily", "Chair", date(2026, 11, 21))
        said = gaps(held, daily, held.now())
    for kind in OF_EVERY_DAY:
        [told] = [gap for gap in said if gap.startswith(f"{kind.title}: ")]
        rows = f" of batch {[*FILES].index(kind.profile) + 1} ({kind.profile}.csv)."
        assert rows in told


def test_a_person_is_told_which_rows_in_quarantine_have_their_reference(store: str) -> None:
    said = " ".join(_tasking("explain", "P1", "--as-of", "2026-11-21", "--store", store).split())
    assert "1 of these has the value P1: line 4 of batch 1 (extract.csv)." in said
    said = _refused("explain", "P9", "--as-of", "2026-11-21", "--store", store)
    assert "No person has that reference. 2 rows are in quarantine and not counted" in said
    assert "1 of these has the value P9: line 5 of batch 1 (extract.csv)." in said
    said = _refused("explain", "P7", "--store", store)
    assert "No person has that reference. 'tasking rank --top all' lists references." in said
