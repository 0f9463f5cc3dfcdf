"""The make-up of a kept ranking, from extracts and census to groups."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from core.census import COLUMNS, GROUP_COLUMNS
from core.characteristics import AGE, ETHNICITY, NOT_RECORDED, SEX
from core.errors import NotFound
from core.proportionality import Group
from db.loading.importing import import_file
from db.loading.withdraw import withdraw
from db.proportionality import MakeUp, make_up
from db.runs import make_run
from db.scoring import RankingRequest
from db.store import Store
from tests.conftest import WriteExtract

TODAY = date(2026, 11, 21)
ASKED = RankingRequest(TODAY.toordinal(), min_crimes=1)
Rows = list[dict[str, str]]


def _people(number: int, first: int, offence: str, **about: str) -> Rows:
    """So many people with a report each, all by the same offence and described the same."""
    return [
        {"crime_ref": f"C{turn}", "person_ref": f"P{turn:03}", "ho_code": offence, "offence": "", **about}
        for turn in range(first, first + number)
    ]


def _ranked(store: Store, path: Path) -> int:
    import_file(store, path, today=TODAY)
    return make_run(store, ASKED).id


def _census(path: Path, **numbers: int) -> Path:
    """A census of one ward with so many residents in some columns and none in the others."""
    row = dict.fromkeys(COLUMNS, "0") | {"ward_code": "E1", "local_authority_name": "Hackney"}
    row |= {column: str(number) for column, number in numbers.items()}
    row["all_usual_residents"] = str(sum(int(row[column]) for column in GROUP_COLUMNS))
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS)
        writer.writeheader()
        writer.writerow(row)
    return path


def _group(found: MakeUp, characteristic: str, name: str) -> Group:
    [group] = [one for one in found.groups if (one.characteristic, one.name) == (characteristic, name)]
    return group


def _names(found: MakeUp, characteristic: str) -> list[str]:
    return [one.name for one in found.groups if one.characteristic == characteristic]


@pytest.fixture
def rows() -> Rows:
    """20 people by a grave offence, who fill the top, above 40 by a lesser one."""
    return [
        *_people(12, 0, "019/08", ethnicity="White British", sex="m", born_on="21/11/2000"),
        *_people(8, 12, "019/08", ethnicity="B2 - African", sex="Female", born_on="22/11/2008"),
        *_people(16, 20, "105/01", ethnicity="IC1", sex="male", born_on="1960-01-01"),
        *_people(14, 36, "105/01", ethnicity="Black Caribbean", sex="F", born_on="1990-01-01"),
        *_people(10, 50, "105/01", ethnicity="Martian", sex="", born_on=""),
    ]


def test_the_top_of_a_run_beside_everyone_in_it(store: Store, write_extract: WriteExtract, rows: Rows) -> None:
    run = _ranked(store, write_extract(rows))
    found = make_up(store, top=20)
    assert (found.run.id, found.list_size, found.pool_size) == (run, 20, 60)
    men = _group(found, SEX, "male")
    assert (men.listed.count, men.pool.count) == (12, 28)
    assert men.to_pool is not None
    assert men.to_pool.value == pytest.approx((12 / 20) / (28 / 60))
    assert (men.residents, men.to_residents) == (None, None)
    women, unknown = _group(found, SEX, "female"), _group(found, SEX, NOT_RECORDED)
    assert (women.pool.count, unknown.pool.count) == (22, 10)
    # No one of the list has no recorded sex, which would follow if the women were shown.
    assert women.listed.suppressed
    assert unknown.listed.suppressed
    assert women.to_pool is None
    assert _group(found, ETHNICITY, "White").pool.count == 28
    # Asian, Mixed and Other are nought; hidden together with the ten not recorded.
    assert _group(found, ETHNICITY, NOT_RECORDED).pool.suppressed
    assert _group(found, ETHNICITY, "Black").pool.count == 22
    assert _group(found, AGE, "55+").pool.count == 16
    assert any(note.startswith("No census is imported") for note in found.notes)


def test_ties_at_the_end_are_on_the_list(store: Store, write_extract: WriteExtract, rows: Rows) -> None:
    _ranked(store, write_extract(rows))
    assert [make_up(store, top=top).list_size for top in (1, 20, 21, None)] == [20, 20, 60, 60]


def test_people_too_few_reports_rank_are_in_the_pool_alone(store: Store, write_extract: WriteExtract) -> None:
    rows = [*_people(10, 0, "105/01", sex="m"), *_people(10, 0, "008/06", sex="m"), *_people(10, 20, "105/01", sex="f")]
    for turn, row in enumerate(rows):
        row["crime_ref"] = f"R{turn}"
    import_file(store, write_extract(rows), today=TODAY)
    make_run(store, RankingRequest(TODAY.toordinal(), min_crimes=2))
    found = make_up(store, top=None)
    assert (found.list_size, found.pool_size) == (10, 20)
    assert _group(found, SEX, "female").pool.count == 10


def test_residents_are_those_of_the_census(
    store: Store, write_extract: WriteExtract, tmp_path: Path, rows: Rows
) -> None:
    path = write_extract([*rows[:20], *rows[20:50]])
    _ranked(store, path)
    census = _census(tmp_path / "census.csv", white_british=700, white_irish=50, black_african=250)
    import_file(store, census, today=TODAY)
    found = make_up(store, top=None)
    black = _group(found, ETHNICITY, "Black")
    assert (black.residents, _group(found, ETHNICITY, "White").residents) == (0.25, 0.75)
    assert any("1,000 people of every age in 1 ward, from census.csv." in note for note in found.notes)
    assert _group(found, SEX, "male").residents is None
    withdraw(store, 2)
    assert _group(make_up(store, top=None), ETHNICITY, "Black").residents is None


def test_what_no_one_has_recorded_is_said_in_words(store: Store, write_extract: WriteExtract) -> None:
    _ranked(store, write_extract(_people(10, 0, "105/01", ethnicity="", sex="m", born_on="")))
    found = make_up(store)
    assert _names(found, ETHNICITY) == _names(found, AGE) == [NOT_RECORDED]
    assert _names(found, SEX) == ["female", "male"]
    assert "No one in this ranking has a recorded ethnicity." in found.notes


def test_people_are_as_they_were_described_when_they_were_ranked(store: Store, write_extract: WriteExtract) -> None:
    rows = _people(10, 0, "105/01", sex="m") + _people(10, 10, "105/01", sex="f")
    run = _ranked(store, write_extract(rows))
    before = make_up(store, run)
    changed = [{**row, "sex": "f", "outcome": "charged"} for row in rows]
    newer = _ranked(store, write_extract(changed, "n.csv"))
    assert make_up(store, run) == before
    assert _group(make_up(store, newer), SEX, "female").pool.suppressed
    assert _group(before, SEX, "female").pool.count == 10


def test_a_run_that_is_not_there(store: Store) -> None:
    with pytest.raises(NotFound, match="no V100 ranking yet"):
        make_up(store)
    with pytest.raises(NotFound, match="no run 7"):
        make_up(store, 7)
