from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from core.errors import NotFound, Problem
from db.loading.importing import import_file
from db.store import Store, make_store
from db.wards import ranking, release, releases, series, ward_entries

OLD, NEW = "202304-202503", "202306-202505"
TODAY = date(2026, 11, 21)
POLICE = "yes"
HELD = ("VIOLENCE WITHOUT INJURY", "STALKING AND HARASSMENT", 32.9)


def _file(shared: Path, name: str) -> Path:
    return shared / "domain" / "real" / "as-published" / f"MPS Ward Level Crime (most recent 24 months) {name}.csv"


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Path]]:
    """A store of both releases as published, and the folder they are in."""
    folder = Path(__file__).resolve().parents[2].parent / "shared"
    if not folder.is_dir():
        pytest.skip("the published releases are not beside the project")
    store = make_store(tmp_path_factory.mktemp("wards") / "w.db", "tester", lambda: datetime(2026, 11, 21, tzinfo=UTC))
    for name in (NEW, OLD):
        result = import_file(store, _file(folder, name), today=TODAY)
        assert result.quarantined == 0
    yield store, folder
    store.close()


def _by_hand(shared: Path, name: str, months: slice, *, with_doubtful: bool) -> dict[str, tuple[int, float]]:
    """Count and harm of every ward, straight from the file and the table of weights."""
    with (shared / "domain" / "category_weights.csv").open(encoding="utf-8", newline="") as stream:
        table = {r["category"].upper(): r for r in csv.DictReader(stream) if r["scheme"] == "MPS ward file 2023 on"}
    with _file(shared, name).open(encoding="utf-8-sig", newline="") as stream:
        header, *rows = list(csv.reader(stream))
    days = {c: 0.0 if r["police_detected"] == POLICE else float(r["days_expected"]) for c, r in table.items()}
    if not with_doubtful:
        days |= {"MISC CRIMES AGAINST SOCIETY": 0.0, "OTHER THEFT": 2.1}
    if HELD[1] not in {row[1].upper() for row in rows}:
        days[HELD[0]] = HELD[2]
    at = [i for i, name in enumerate(header) if re.fullmatch(r"20\d{4}", name.strip())][months]
    found: dict[str, tuple[int, float]] = defaultdict(lambda: (0, 0.0))
    for row in rows:
        count, harm = found[row[3].strip()]
        n = sum(int(row[i]) for i in at)
        found[row[3].strip()] = count + n, harm + n * days.get(row[1].strip().upper(), 0.0)
    return found


@pytest.mark.parametrize("name", [OLD, NEW])
@pytest.mark.parametrize("with_doubtful", [False, True])
def test_the_ranking_is_what_an_independent_script_gives(
    real: tuple[Store, Path], name: str, with_doubtful: bool
) -> None:
    store, shared = real
    found = ranking(store, name=name, with_doubtful=with_doubtful)
    expected = _by_hand(shared, name, slice(-12, None), with_doubtful=with_doubtful)
    assert {w.ward_code: w.count for w in found.table.entries} == {code: count for code, (count, _) in expected.items()}
    for ward in found.table.entries:
        assert ward.harm == pytest.approx(expected[ward.ward_code][1], abs=0.06)
        assert ward.harm_low <= ward.harm <= ward.harm_high
    harms = sorted((round(harm, 1) for _, harm in expected.values()), reverse=True)
    assert [w.harm for w in found.table.entries] == pytest.approx(harms, abs=0.11)


def test_the_known_facts_of_the_last_twelve_months(real: tuple[Store, Path]) -> None:
    found = ranking(real[0])
    wards = found.table.entries
    assert (found.release.name, found.first, found.last) == (NEW, "202406", "202505")
    assert (len(wards), sum(w.count for w in wards)) == (679, 895_864)
    assert [w.ward for w in wards[:2]] == ["West End", "St James's"]
    by_count = {w.ward_code for w in ranking(real[0], by="count").table.entries[:50]}
    assert len(by_count & {w.ward_code for w in wards[:50]}) == 37
    with_misc = ranking(real[0], with_doubtful=True).table.entries
    assert next(w.rank for w in with_misc if w.ward == "Heathrow Villages") == 3
    assert next(w.rank for w in wards if w.ward == "Heathrow Villages") > 3
    assert found.table.unweighted == {}
    assert set(found.table.doubtful) == {"MISC CRIMES AGAINST SOCIETY", "OTHER THEFT"}


def test_months_are_slices_of_the_release(real: tuple[Store, Path]) -> None:
    store, shared = real
    one = ranking(store, first="2024-02", last="2024-02")
    assert (one.first, one.last) == ("202402", "202402")
    by_hand = _by_hand(shared, NEW, slice(8, 9), with_doubtful=False)
    assert {w.ward_code: w.count for w in one.table.entries} == {code: n for code, (n, _) in by_hand.items()}
    assert (ranking(store, last="202403").first, ranking(store, first="202503").last) == ("202306", "202505")
    whole = ranking(store, first="202306", last="202505")
    halves = [ranking(store, first="202306", last="202405"), ranking(store, first="202406", last="202505")]
    total: Counter[str] = Counter()
    for half in halves:
        total.update({w.ward_code: w.count for w in half.table.entries})
    assert {w.ward_code: w.count for w in whole.table.entries} == total


def test_releases_stand_side_by_side_the_latest_first(real: tuple[Store, Path]) -> None:
    store, _ = real
    assert [one.name for one in releases(store)] == [NEW, OLD]
    assert release(store).name == NEW
    assert (len(release(store, OLD).months), release(store, OLD).months[0]) == (24, "202304")
    assert len(ward_entries(ranking(store, name=OLD))) == 679


def test_the_same_question_has_the_same_answer_and_another_store_its_own(
    real: tuple[Store, Path], store: Store, tmp_path: Path
) -> None:
    assert ranking(real[0]) is ranking(real[0])
    assert ranking(real[0], by="count").by == "count"
    import_file(store, _small(tmp_path))
    assert sum(w.count for w in ranking(store).table.entries) == 12
    import_file(store, _small(tmp_path, "202402", 7))
    assert sum(w.count for w in ranking(store).table.entries) == 19
    assert {one.category for one in series(store, release(store))} == {"HOMICIDE", "NEW CRIME"}


def test_categories_are_chosen_by_part_of_their_name(real: tuple[Store, Path]) -> None:
    robbery = ranking(real[0], categories=["robbery of"])
    every = ranking(real[0], categories=["ROBBERY OF PERSONAL", "robbery of business"])
    assert [w.count for w in robbery.table.entries] == [w.count for w in every.table.entries]
    with pytest.raises(Problem, match=f"Release {NEW} has no category like 'wizardry'. It has: AGGRAVATED VEHICLE"):
        ranking(real[0], categories=["wizardry"])


def _small(folder: Path, last: str = "202401", more: int = 0) -> Path:
    path = folder / f"{last}.csv"
    months = ["202312", "202401", "202402"][: 2 if last == "202401" else 3]
    counts = ["2", "3", str(more)][: len(months)]
    rows = [
        ["MajorText", "MinorText", "WardName", "WardCode", "LookUp_BoroughName", *months],
        ["X", "HOMICIDE", "Ward", "E05013806", "Westminster", *counts],
        ["X", "NEW CRIME", "Ward", "E05013806", "Kensington and Chelsea", "3", "4", "0"][: 5 + len(months)],
    ]
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)
    return path


def test_a_category_without_a_weight_is_named_and_counted(store: Store, tmp_path: Path) -> None:
    import_file(store, _small(tmp_path))
    table = ranking(store).table
    [ward] = table.entries
    assert (table.unweighted, ward.count, ward.borough) == ({"NEW CRIME": 7}, 12, "Westminster")


def test_what_is_not_there_is_said_in_a_sentence(store: Store, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="holds no ward counts"):
        ranking(store)
    import_file(store, _small(tmp_path))
    with pytest.raises(NotFound, match=r"no release 'x'\. There are: 202312-202401\."):
        ranking(store, name="x")
    for month in ("2024-02", "2023-11"):
        with pytest.raises(Problem, match=f"no month {month}; it runs from 2023-12 to 2024-01"):
            ranking(store, first=month)
    for text in ("2023-13", "12/2023", "2023-00", "soon", "2023"):
        said = rf"'{text}' is no month. Write year and month, 01 to 12, as yyyy-mm; .* runs from 2023-12 to 2024-01"
        with pytest.raises(Problem, match=said):
            ranking(store, first=text)
    with pytest.raises(Problem, match=r"--from 2024-01 is after --to 2023-12\. Swap them\."):
        ranking(store, first="2024-01", last="2023-12")
