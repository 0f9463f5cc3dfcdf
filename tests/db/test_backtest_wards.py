from __future__ import annotations

import csv
import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from core.backtest_words import Backtest
from core.composite_weights import KEYS, default, typed
from core.errors import NotFound, Problem
from db import meetings, papers
from db.backtest_papers import wards_line
from db.backtest_wards import RANKINGS, asked, backtest, usual
from db.backtest_weights import followed
from db.loading.importing import import_file
from db.store import Store, make_store
from tests.db.made_releases import published, write_release

TODAY = date(2026, 11, 21)
OLD, NEW = "202304-202503", "202306-202505"
CODES = [f"E0501{number:04d}" for number in range(3462, 3502)]
YEAR = [f"2024{month:02d}" for month in range(1, 13)]
WEIGHTS = Path(__file__).resolve().parents[2] / "core" / "data" / "category_weights.csv"


def _weights(names: set[str]) -> dict[str, float]:
    """Days of each category: found by police none, without what is doubtful locally."""
    with WEIGHTS.open(encoding="utf-8", newline="") as stream:
        table = [row for row in csv.DictReader(stream) if row["scheme"] == "MPS ward file 2023 on"]
    table.sort(key=lambda row: row["holds_also"] != "")
    days = {}
    for row in table:
        if not row["holds_also"] or row["holds_also"].upper() not in names:
            police = row["police_detected"] == "yes"
            days[row["category"].upper()] = 0.0 if police else float(row["days"]) - float(row["doubtful"] or 0)
    return days


def _script(before: Path, after: Path, span: list[str], firsts: list[int]) -> dict[tuple[str, int], tuple[float, ...]]:
    """Captured, best and chance by harm and by count, from the files alone."""
    sums: list[dict[str, list[float]]] = []
    for path, months in ((before, None), (after, span)):
        ward: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
        days = _weights({row["MinorText"].upper() for row in rows})
        named = months or [key for key in rows[0] if key.isdigit()][-12:]
        for row in rows:
            count = sum(int(row[month]) for month in named)
            ward[row["WardCode"]][0] += count * days[row["MinorText"].upper()]
            ward[row["WardCode"]][1] += count
        sums.append(ward)
    harm = {code: held[0] for code, held in sums[1].items()}
    most, total = sorted(harm.values(), reverse=True), sum(harm.values())
    found: dict[tuple[str, int], tuple[float, ...]] = {}
    for at, name in enumerate(("harm", "count")):
        values = {code: round(held[at], 1) for code, held in sums[0].items()}
        order = sorted(values, key=lambda code: (-values[code], code))
        for n in firsts:
            held = sum(harm.get(code, 0.0) for code in order[:n])
            found[name, n] = held / total, sum(most[:n]) / total, n / len(values.keys() | harm.keys())
    return found


def _agrees(found: Backtest, before: Path, after: Path, span: list[str], firsts: list[int]) -> None:
    worked = {(one.ranking, one.first): one for one in found.entries}
    for key, shares in _script(before, after, span, firsts).items():
        one = worked[key]
        assert (one.captured, one.best, one.chance) == pytest.approx(shares, abs=2e-5), key


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Path]]:
    folder = Path(__file__).resolve().parents[2].parent / "shared"
    if not folder.is_dir():
        pytest.skip("the published releases are not beside the project")
    store = make_store(tmp_path_factory.mktemp("b") / "w.db", "tester", lambda: datetime(2026, 11, 21, tzinfo=UTC))
    for name in (OLD, NEW):
        import_file(store, published(folder, name), today=TODAY)
    yield store, folder
    store.close()


def test_a_script_gives_the_same_of_the_published_releases(real: tuple[Store, Path]) -> None:
    store, shared = real
    what = usual(store)
    assert (what.release.name, what.against.name, what.first, what.last) == (OLD, NEW, "202504", "202505")
    found = backtest(store, what, [10, 20, 68])
    _agrees(found, published(shared, OLD), published(shared, NEW), ["202504", "202505"], [10, 20, 68])
    assert [one.ranking for one in found.at(20)] == list(RANKINGS)
    assert {one.pool for one in found.entries} == {679}
    assert all(one.beats_chance for one in found.entries)


def _made(folder: Path, name: str, months: list[str], counts: Callable[[str], list[int]], codes: list[str]) -> Path:
    rows = [
        (category, code, "Hackney", counts(category))
        for code in codes
        for category in ("VIOLENCE WITH INJURY", "ROBBERY OF PERSONAL PROPERTY", "POSSESSION OF DRUGS", "OTHER THEFT")
    ]
    return write_release(folder / name, months, rows)


def _releases(store: Store, folder: Path, seed: int = 1, codes: list[str] = CODES) -> tuple[Path, Path]:
    draw = random.Random(seed)
    old = _made(folder, "old.csv", YEAR, lambda _: [draw.randrange(40) for _ in YEAR], CODES)
    months = [*YEAR[2:], "202501", "202502"]
    new = _made(folder, "new.csv", months, lambda _: [draw.randrange(40) for _ in months], codes)
    for path in (old, new):
        import_file(store, path, today=TODAY)
    return old, new


def _worked(store: Store, first: str = "2025-01", last: str = "2025-02", firsts: tuple[int, ...] = (5,)) -> Backtest:
    return backtest(store, asked(store, "202401-202412", "202403-202502", first, last), firsts)


def test_a_script_gives_the_same_of_a_random_store(store: Store, tmp_path: Path) -> None:
    old, new = _releases(store, tmp_path)
    found = _worked(store, firsts=(1, 7, 40))
    _agrees(found, old, new, ["202501", "202502"], [1, 7, 40])
    said = [one.placed for one in found.left_out]
    assert any("Release 202403-202502, 2025-01 to 2025-02" in one and "found by police work" in one for one in said)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2024-12", "2025-02", "what is ranked on and what followed would overlap. Begin with 2025-01"),
        ("2023-01", "2023-02", "would overlap"),
        ("2025-01", "2025-03", "Neither release holds 2025-03"),
        ("2025-02", "2025-01", "--from 2025-02 is after --to 2025-01"),
        ("2025-13", "2025-02", "--from '2025-13' is no month"),
    ],
)
def test_months_that_cannot_be_worked(store: Store, tmp_path: Path, first: str, last: str, words: str) -> None:
    _releases(store, tmp_path)
    with pytest.raises(Problem, match=words):
        _worked(store, first, last)


def test_more_wards_than_there_are_and_no_harm(store: Store, tmp_path: Path) -> None:
    _releases(store, tmp_path)
    with pytest.raises(Problem, match="--first 41 is more than the 40 wards of the map"):
        _worked(store, firsts=(10, 41))


def test_two_ward_maps_are_refused_and_a_lone_ward_is_said(store: Store, tmp_path: Path) -> None:
    _releases(store, tmp_path, codes=[*CODES[:20], *(f"E0900{number:04d}" for number in range(20))])
    with pytest.raises(Problem, match="two ward maps: 20 wards only in the first and 20 only in the second"):
        _worked(store)


def test_a_ward_of_one_release_alone_is_said(store: Store, tmp_path: Path) -> None:
    _releases(store, tmp_path, codes=CODES[:-1])
    found = _worked(store)
    assert {one.pool for one in found.entries} == {40}
    assert any(
        "1 ward of release 202401-202412 is not in release 202403-202502" in one.sentence for one in found.left_out
    )


def test_other_weights_are_worked_anew_and_papers_have_a_line_with_its_date(store: Store, tmp_path: Path) -> None:
    now = datetime(2026, 11, 21, 9, tzinfo=UTC)
    assert wards_line(store, now) == []
    with pytest.raises(NotFound, match="holds no ward counts"):
        followed(store)
    _releases(store, tmp_path)
    what = usual(store)
    found = followed(store)
    by_harm = typed("harm alone", dict.fromkeys(KEYS, "") | {"harm": "10"})
    worked = {one.ranking: one for one in backtest(store, what, [10], by_harm).entries}
    assert found.held(by_harm, 10) == pytest.approx(worked["composite"].captured)
    assert found.held(by_harm, 10) == pytest.approx(worked["harm"].captured)
    assert "Backtest, 2025-01 to 2025-02: the first 10 would have held" in found.words(default(), by_harm, 10)
    [line] = wards_line(store, now)
    assert line.startswith("Backtest worked on 21/11/2026: The first ten by harm held")
    assert "predict" not in line
    meeting = meetings.open_meeting(store, "daily", "Chair", TODAY)
    for paper in (papers.minutes(store, meeting, now, draft=True), papers.report(store, meeting, now, draft=True)):
        assert paper.replace("\\", "").count("Backtest worked on 21/11/2026") == 1


def test_the_release_that_is_missing_is_named(store: Store, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="holds no ward counts"):
        usual(store)
    draw = random.Random(2)
    import_file(store, _made(tmp_path, "a.csv", YEAR, lambda _: [draw.randrange(9) for _ in YEAR], CODES), today=TODAY)
    with pytest.raises(NotFound, match="The release before 202401-202412 is missing"):
        usual(store)
