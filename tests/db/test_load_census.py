from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from core.census import BROAD, COLUMNS, GROUP_COLUMNS, ethnic_group
from db.census import residents
from db.loading.importing import BatchResult, import_file
from db.loading.quarantined import quarantined
from db.loading.withdraw import withdraw
from db.store import Store
from db.store.verify import verify
from tests.db.files import rows_of

Ward = dict[str, str]
Write = Callable[..., Path]


def _ward(code: str, first: int = 100, **other: str) -> Ward:
    """A ward of *first* White British residents and one of every other group."""
    groups = dict.fromkeys(GROUP_COLUMNS, "1") | {"white_british": str(first)}
    head = {"ward_code": code, "ward_name": "Ward", "local_authority_code": "E09000012"}
    return {**head, "local_authority_name": "Hackney", "all_usual_residents": str(first + 18), **groups, **other}


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a census file with the percentages that the published one has."""

    def writer(*wards: Ward, name: str = "census.csv") -> Path:
        path = tmp_path / name
        with path.open("w", encoding="utf-8", newline="") as stream:
            out = csv.DictWriter(stream, (*COLUMNS, "white_percentage"), restval="0.5")
            out.writeheader()
            out.writerows(wards)
        return path

    return writer


def _counts(result: BatchResult) -> tuple[int, int, int, int, int]:
    return result.read, result.taken, result.unchanged, result.revised, result.quarantined


def _total(store: Store) -> int:
    found = residents(store)
    return 0 if found is None else found.total


def test_a_ward_is_one_row_for_each_group(store: Store, write: Write) -> None:
    result = import_file(store, write(_ward("E05009367"), _ward("E05009368", 200)))
    assert result.profile == "census-ward"
    assert _counts(result) == (2, 2, 0, 0, 0)
    rows = rows_of(store, "SELECT line, borough, ethnicity, residents FROM census WHERE ward_code = 'E05009368'")
    assert len(rows) == 19
    assert (3, "Hackney", "White: British", 200) in rows
    found = residents(store)
    assert found is not None
    assert found.by_group == {"Asian": 10, "Black": 6, "Mixed": 8, "White": 308, "Other": 4}
    assert (found.wards, found.file, found.left_out, found.total) == (2, "census.csv", 0, 336)


def test_bad_wards_are_kept_out(store: Store, write: Write) -> None:
    wards = (
        _ward("E05009367"),
        _ward(""),
        _ward("E05009369", local_authority_name=" "),
        _ward("E05009370", black_other="-1"),
        _ward("E05009371", all_usual_residents="many"),
        _ward("E05009372", asian_indian="2"),
        _ward("E05009367", local_authority_name="Brent"),
    )
    assert _counts(import_file(store, write(*wards))) == (7, 1, 0, 0, 6)
    assert [(row.line, row.column, row.value) for row in quarantined(store)] == [
        (3, "ward_code", ""), (4, "local_authority_name", ""), (5, "black_other", "-1"),
        (6, "all_usual_residents", "many"), (7, "all_usual_residents", "118"), (8, "ward_code", "E05009367"),
    ]  # fmt: skip
    found = residents(store)
    assert found is not None
    assert (found.wards, found.left_out) == (1, 6)


def test_the_same_again_is_unchanged(store: Store, write: Write) -> None:
    path = write(_ward("E05009367"), _ward("E05009368"))
    import_file(store, path)
    assert _counts(import_file(store, path)) == (2, 0, 2, 0, 0)
    other = write(_ward("E05009368", ward_name="Renamed"), _ward("E05009367"), name="other.csv")
    assert _counts(import_file(store, other)) == (2, 0, 2, 0, 0)
    assert rows_of(store, "SELECT COUNT(*) FROM census") == [(38,)]


def test_a_later_file_replaces_the_earlier_one_as_a_whole(store: Store, write: Write) -> None:
    import_file(store, write(_ward("E05009367"), _ward("E05009368"), _ward("E05009369")))
    newer = write(_ward("E05009367"), _ward("E05009368", 50), _ward("E05009370", 7), name="n.csv")
    assert _counts(import_file(store, newer)) == (3, 1, 1, 1, 0)
    assert _total(store) == 118 + 68 + 25
    withdraw(store, 2)
    assert _total(store) == 3 * 118
    assert verify(store).fault is None
    fewer = import_file(store, write(_ward("E05009367"), name="f.csv"))
    assert _counts(fewer) == (1, 0, 1, 0, 0)
    assert _total(store) == 118
    withdraw(store, 3)
    withdraw(store, 1)
    assert residents(store) is None


def test_a_file_without_one_good_ward_replaces_nothing(store: Store, write: Write) -> None:
    import_file(store, write(_ward("E05009367")))
    assert _counts(import_file(store, write(_ward(""), name="bad.csv"))) == (1, 0, 0, 0, 1)
    assert _total(store) == 118


def test_the_groups_have_readable_names() -> None:
    assert ethnic_group("white_gypsy_irish_traveller") == ("White: Gypsy or Irish Traveller", "White")
    assert ethnic_group("other_any_other") == ("Other: any other ethnic group", "Other")
    assert len({ethnic_group(column).name for column in GROUP_COLUMNS}) == len(GROUP_COLUMNS) == 19
    assert {ethnic_group(column).broad for column in GROUP_COLUMNS} == set(BROAD)


def test_the_published_file_is_taken_as_it_is(store: Store, shared: Path) -> None:
    path = shared / "domain/real/census2021_ward_population_ethnicity.csv"
    if not path.exists():
        pytest.skip("the published census is not here")
    result = import_file(store, path)
    assert (result.profile, _counts(result)) == ("census-ward", (680, 680, 0, 0, 0))
    with path.open(encoding="utf-8", newline="") as stream:
        published = list(csv.DictReader(stream))
    found = residents(store)
    assert found is not None
    assert found.total == sum(int(row["all_usual_residents"]) for row in published) == 8_799_868
    asian = sum(int(value) for row in published for name, value in row.items() if name in GROUP_COLUMNS[9:14])
    assert found.by_group["Asian"] == asian
    assert _counts(import_file(store, path)) == (680, 0, 680, 0, 0)
