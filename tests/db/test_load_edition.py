from __future__ import annotations

import json
from pathlib import Path

import pytest

from core.editions import COLUMNS
from core.errors import Refused
from db import editions
from db.loading import profiles
from db.loading.importing import import_file
from db.loading.withdraw import withdraw
from db.store import Store
from db.store.verify import verify
from tests.db.files import Write, counts, file_writer, rows_of

HEAD = ",".join(COLUMNS)
FIRST = "NCI,NCI 2030,2030-01-31,105/01,Common assault,3"
SECOND = ",,,8/6,Actual bodily harm,20.5"


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes an edition file, each row a line."""

    return file_writer(tmp_path, "edition.csv", HEAD)


def _days(store: Store, code: str) -> float:
    return editions.named(store, "nci-2030").weights[code][0].days


def test_an_edition_is_recognised_and_stands_beside_those_that_ship(store: Store, write: Write) -> None:
    before = set(editions.known(store))
    result = import_file(store, write(FIRST, SECOND))
    assert result.profile == "edition"
    assert counts(result) == (2, 2, 0, 0, 0)
    assert set(editions.known(store)) == before | {"NCI 2030"}
    assert _days(store, "008/06") == 20.5
    assert editions.imported(store, "NCI 2030")
    assert verify(store).fault is None


def test_optional_columns_are_kept(store: Store, write: Write) -> None:
    head = f"{HEAD.upper()},default,Confidence,citation"
    import_file(store, write(f"{FIRST},yes,derived,© Someone 2030", f"{SECOND},,,", header=head))
    edition = editions.named(store, "NCI")
    assert edition.citation == "© Someone 2030"
    assert [(w.confidence, w.default) for w in edition.weights["105/01"]] == [("derived", True)]
    [(weights,)] = store.read.rows("SELECT weights FROM edition_file")
    assert set(json.loads(weights)[1]) == set(COLUMNS)


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ([FIRST, ",,,,,2"], "edition.csv, line 3: '' is neither a code nor a title"),
        ([FIRST, ",,,8/6,Harm,-2"], "line 3: '-2' is no number of days"),
        ([FIRST, ",NCI 2031,,8/6,Harm,2"], "line 3: edition is 'NCI 2031'"),
        ([FIRST, ",,,8/6,Harm"], "line 3: the row has 5 values where the header has 6"),
        ([FIRST, ",,,8/6,Harm,2", ",,,8/7"], "line 4: the row has 4 values"),
        ([FIRST.replace("2030-01-31", "31/01/2030")], "line 2: '31/01/2030' is no date"),
    ],
)
def test_any_fault_refuses_the_whole_file(store: Store, write: Write, lines: list[str], sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        import_file(store, write(*lines))
    for table in ("batch", "edition_file", "quarantined", "journal"):
        assert rows_of(store, f"SELECT COUNT(*) FROM {table}") == [(0,)]  # noqa: S608 - names from the test


def test_a_column_that_is_not_known_refuses_the_file(store: Store, write: Write) -> None:
    with pytest.raises(Refused, match="line 1: the column 'defualt' is not known"):
        import_file(store, write(f"{FIRST},yes", header=f"{HEAD},defualt"))


@pytest.mark.parametrize("name", ["CCHI 2020", "CSS 2021", "cchi-2020", "css_2021", "CCHI", "Css"])
def test_an_edition_that_ships_is_never_overwritten(store: Store, write: Write, name: str) -> None:
    before = editions.known(store)
    with pytest.raises(Refused, match="ships with the program and is never overwritten"):
        import_file(store, write(FIRST.replace("NCI 2030", name)))
    assert editions.known(store) == before


def test_one_name_is_written_one_way(store: Store, write: Write) -> None:
    import_file(store, write(FIRST))
    with pytest.raises(Refused, match="'nci-2030' is known as 'NCI 2030'"):
        import_file(store, write(FIRST.replace("NCI 2030", "nci-2030"), name="n.csv"))


def test_the_same_again_is_unchanged_and_other_weights_are_revised(store: Store, write: Write) -> None:
    path = write(FIRST, SECOND)
    import_file(store, path)
    assert counts(import_file(store, path)) == (2, 0, 2, 0, 0)
    again = import_file(store, write(FIRST, SECOND, "", name="blank.csv"))
    assert counts(again) == (2, 0, 2, 0, 0)
    assert rows_of(store, "SELECT COUNT(*) FROM edition_file") == [(1,)]
    newer = import_file(store, write(FIRST, SECOND.replace("20.5", "21"), ",,,34/1,Robbery,365", name="n.csv"))
    assert counts(newer) == (3, 1, 1, 1, 0)
    assert _days(store, "008/06") == 21


def test_a_withdrawn_edition_is_gone_and_the_earlier_stands_again(store: Store, write: Write) -> None:
    import_file(store, write(FIRST, SECOND))
    newer = write(FIRST, SECOND.replace("20.5", "21"), name="n.csv")
    import_file(store, newer)
    withdraw(store, 2)
    assert _days(store, "008/06") == 20.5
    assert import_file(store, newer).revised == 1
    withdraw(store, 3)
    withdraw(store, 1)
    assert "NCI 2030" not in editions.known(store)
    assert verify(store).fault is None


def test_a_profile_file_reads_a_force_s_own_table(store: Store, write: Write) -> None:
    toml = """
        profile = "edition"
        [columns]
        code = "HO"
        days = "Weight"
        basis = "Why"
        [fixed]
        index = "NCI"
        edition = "NCI 2030"
        dated = "2030-01-31"
    """
    path = write("105/01,Common assault,3,guess,x", header="HO,title,Weight,why,further")
    assert import_file(store, path, profiles.from_toml(toml, "own.toml")).taken == 1
    assert editions.named(store, "NCI 2030").weights["105/01"][0].basis == "guess"
