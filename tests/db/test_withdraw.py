"""A withdrawn batch leaves the store as if it had not been imported."""

from __future__ import annotations

from datetime import date

import pytest

from core.days import day_of
from core.errors import Conflict, NotFound
from db import activity, deployments
from db.loading.importing import import_file
from db.loading.withdraw import withdraw
from db.people import explain
from db.scoring import RankingRequest
from db.store import Store
from db.store.verify import verify
from tests.conftest import WriteExtract

TODAY = date(2026, 11, 21)
ASKED = RankingRequest(day_of(TODAY))
TABLES = ("report_row", "person", "activity", "deployment")


def _current(store: Store) -> list[object]:
    rows = store.read.rows(
        "SELECT r.crime_ref, r.person_id, c.role, r.admitted, r.leading FROM report_row r "
        "JOIN circumstance c ON c.id = r.circumstance_id WHERE r.replaced_by IS NULL ORDER BY r.id"
    )
    return [tuple(row) for row in rows]


def test_revised_rows_stand_again(store: Store, write_extract: WriteExtract) -> None:
    import_file(store, write_extract([{"crime_ref": "C1"}, {"crime_ref": "C2"}]), today=TODAY)
    before = _current(store)
    newer = write_extract(
        [
            {"crime_ref": "C1", "role": "eliminated", "status": "serving"},
            {"crime_ref": "C2", "victim_ref": "V2", "ho_code": "019/08", "offence": "Rape", "status": "serving"},
            {"crime_ref": "C3", "status": "serving"},
        ]
    )
    batch = import_file(store, newer, today=TODAY).batch
    assert explain(store, "P1", ASKED).score == 1825 + 1
    assert batch is not None
    withdraw(store, batch)
    assert _current(store) == before
    found = explain(store, "P1", ASKED)
    assert found.score == 2
    assert found.person.status == "at large"
    assert verify(store).fault is None
    again = import_file(store, newer, today=TODAY)
    assert (again.taken, again.revised) == (2, 1) or again.taken + again.revised == 3
    assert explain(store, "P1", ASKED).score == 1825 + 1


def test_units_and_activity_go_back(store: Store, tmp_path: object, write_extract: WriteExtract) -> None:
    from pathlib import Path

    folder = Path(str(tmp_path))
    head = "unit,base,officers,ward_code,tactic,starts,ends,status\n"
    (folder / "u1.csv").write_text(head + "N1,north,8,,,,,free\n")
    (folder / "u2.csv").write_text(head + "N1,north,9,,,,,free\nN2,north,7,,,,,free\n")
    (folder / "a1.csv").write_text("day,bcu,measure,count\n20/11/2026,CE,arrests,3\n")
    (folder / "a2.csv").write_text("day,bcu,measure,count\n20/11/2026,CE,arrests,5\n")
    for name in ("u1", "a1", "u2", "a2"):
        import_file(store, folder / f"{name}.csv", today=TODAY)
    withdraw(store, 4)
    withdraw(store, 3)
    assert [(unit.unit, unit.officers) for unit in deployments.units(store)] == [("N1", 8)]
    counted = {row.measure: row.total.known for row in activity.of_meeting(store, TODAY).rows}
    assert counted["arrests"] == 3
    assert verify(store).fault is None


def test_only_the_latest_batch(store: Store, write_extract: WriteExtract) -> None:
    import_file(store, write_extract([{"crime_ref": "C1"}]), today=TODAY)
    import_file(store, write_extract([{"crime_ref": "C2"}]), today=TODAY)
    with pytest.raises(Conflict, match="withdraw that first"):
        withdraw(store, 1)
    with pytest.raises(NotFound):
        withdraw(store, 9)
    withdraw(store, 2)
    with pytest.raises(NotFound):
        withdraw(store, 2)
    withdraw(store, 1)
    assert _current(store) == []
