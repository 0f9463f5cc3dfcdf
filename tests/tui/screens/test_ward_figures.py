"""Every figure of a ward's page, worked out again from the published files by the csv module alone.

What is under "The independent script" imports nothing of the program and knows only DOMAIN.md section 5; what stands
below compares the page, the ranking and the sentences with it. The weights have one decimal place, so sums of them in
``Decimal`` are exact and a figure is either the same or wrong.
"""

from __future__ import annotations

import csv
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple

import pytest
from textual.widgets import Static

from db.actions import Subject
from db.loading.importing import import_file
from db.rank_ranges import ranges_of
from db.store import Store, make_store
from db.ward_pages import ward_page
from db.wards import ranking, ward_entries
from tests.db.made_releases import published, write_lookup
from tui.screens import ward_words
from tui.screens.ward import _made_of, _months
from tui.screens.ward_facts import ward_facts
from tui.session import Session
from tui.views.wards import WardsView
from tui.widgets.months import Months

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
DATA = Path(__file__).resolve().parents[3] / "core" / "data"
OLD, NEW = "202304-202503", "202306-202505"
MET, STREET = "MPS ward file 2023 on", "police.uk street crime type"
WEST_END, HEATHROW, ABBEY, OTHER_ABBEY, BLOOMSBURY = "E05013808", "E05013570", "E05013810", "E05014053", "E05013653"
AIRPORT = "Aviation Security (SO18)"
CHOSEN = (WEST_END, HEATHROW, ABBEY, OTHER_ABBEY)
"""The first by harm, one that is published under two boroughs, two of one name."""

# The independent script

Counts = Mapping[str, Mapping[str, Mapping[str, int]]]
"""Ward code to category to month to offences."""


@dataclass(frozen=True)
class Figures:
    """What a ward comes to. Harm in days: expected, low, high, on estimated shares; by category offences and days."""

    monthly: list[int]
    categories: dict[str, tuple[int, Decimal]]
    police: int
    doubtful: int
    harm: Decimal
    low: Decimal
    high: Decimal
    estimated: Decimal

    @property
    def offences(self) -> int:
        return sum(count for count, _ in self.categories.values())


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def of_release(file: Path) -> Counts:
    found: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for row in rows_of(file):
        found[row["WardCode"]][row["MinorText"]].update({name: int(n) for name, n in row.items() if name.isdigit()})
    return found


NO_OFFENCE = "Anti-social behaviour"


def of_street(file: Path, ward_of: Mapping[str, str]) -> Counts:
    found: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for row in rows_of(file):
        if row["LSOA code"] in ward_of and row["Crime type"] != NO_OFFENCE:
            found[ward_of[row["LSOA code"]]][row["Crime type"]][row["Month"].replace("-", "")] += 1
    return found


def antisocial(file: Path, ward_of: Mapping[str, str]) -> Counter[str]:
    """Ward code to what stands in the file beside offences."""
    rows = rows_of(file)
    return Counter(ward_of.get(row["LSOA code"], "") for row in rows if row["Crime type"] == NO_OFFENCE)


class Weight(NamedTuple):
    """Days of one offence in the harm: expected, low and high; and whether it is apart or estimated."""

    days: Decimal
    low: Decimal
    high: Decimal
    police: bool
    doubtful: bool
    estimated: bool


def weights(counts: Counts, scheme: str) -> dict[str, Weight]:
    """What a category weighs, without what is doubtful locally and what police find.

    One that held another before they were split weighs more where the other is not published: a later row says so.
    """
    there, found = {category for ward in counts.values() for category in ward}, {}
    for row in rows_of(DATA / "category_weights.csv"):
        if row["scheme"] == scheme and row["category"] in there and row["holds_also"] not in there:
            days, low, high = (Decimal(row[name]) for name in ("days", "low", "high"))
            if row["doubtful"]:
                high = days = days - Decimal(row["doubtful"])
            if police := row["police_detected"] == "yes":
                days = low = high = Decimal(0)
            flags = police, bool(row["doubtful"]), row["confidence"] == "estimated-shares"
            found[row["category"]] = Weight(days, min(low, days), high, *flags)
    return found


def figures(counts: Counts, weigh: Mapping[str, Weight]) -> dict[str, Figures]:
    """Every ward over the last twelve months held."""
    months = sorted({month for ward in counts.values() for series in ward.values() for month in series})
    found = {}
    for code, ward in counts.items():
        last = {name: sum(series.get(month, 0) for month in months[-12:]) for name, series in ward.items()}
        found[code] = Figures(
            monthly=[sum(series.get(month, 0) for series in ward.values()) for month in months],
            categories={name: (n, n * weigh[name].days) for name, n in last.items()},
            police=sum(n for name, n in last.items() if weigh[name].police),
            doubtful=sum(n for name, n in last.items() if weigh[name].doubtful),
            harm=sum((n * weigh[name].days for name, n in last.items()), Decimal(0)),
            low=sum((n * weigh[name].low for name, n in last.items()), Decimal(0)),
            high=sum((n * weigh[name].high for name, n in last.items()), Decimal(0)),
            estimated=sum((n * weigh[name].days for name, n in last.items() if weigh[name].estimated), Decimal(0)),
        )
    return found


def open_ranks(code: str, every: Mapping[str, Figures], weigh: Mapping[str, Weight]) -> tuple[int, int]:
    """Best and worst rank: every pair, under those weights of the categories that are worst for the first of it."""

    def surely_above(one: Figures, other: Figures) -> bool:
        least = Decimal(0)
        for name, weight in weigh.items():
            more = one.categories.get(name, (0,))[0] - other.categories.get(name, (0,))[0]
            least += min(more * weight.low, more * weight.high)
        return least > 0

    mine, others = every[code], [figure for other, figure in every.items() if other != code]
    above, below = (sum(surely_above(*pair) for pair in pairs) for pairs in (
        [(other, mine) for other in others], [(mine, other) for other in others],
    ))  # fmt: skip
    return 1 + above, len(every) - below


# What the program says


@dataclass(frozen=True)
class Case:
    """One release as the program holds it, and what the script makes of the same file."""

    store: Store
    months: int
    weigh: Mapping[str, Weight]
    every: Mapping[str, Figures]
    chosen: Mapping[str, tuple[int, int]]
    """Ward code to the ranks that are open, of the wards that are looked at one by one."""
    antisocial: Mapping[str, int]

    @property
    def session(self) -> Session:
        return Session(self.store, "Chair", date(2026, 11, 21), "weekly", lambda: NOW, Path())

    @cached_property
    def rank(self) -> dict[str, int]:
        harms = [one.harm for one in self.every.values()]
        return {code: 1 + sum(harm > one.harm for harm in harms) for code, one in self.every.items()}

    @cached_property
    def rank_by_count(self) -> dict[str, int]:
        counts = [one.offences for one in self.every.values()]
        return {code: 1 + sum(count > one.offences for count in counts) for code, one in self.every.items()}

    def held(self, code: str) -> Decimal:
        """The share of all harm, in per cent, of this ward and those before it."""
        harms = [one.harm for one in self.every.values()]
        return 100 * Decimal(sum(harm for harm in harms if harm >= self.every[code].harm)) / Decimal(sum(harms))


@cache
def map_rows() -> dict[str, dict[str, str]]:
    return {row["code"]: row for row in rows_of(DATA / "wards.csv")}


def residents(code: str) -> int:
    return int(map_rows()[code]["population"])


def split(file: Path, path: Path) -> Path:
    """Some wards of a release as if stalking and harassment had been published apart: a third of its category."""
    held, apart = "VIOLENCE WITHOUT INJURY", "STALKING AND HARASSMENT"
    rows = [row for row in rows_of(file) if row["LookUp_BoroughName"] in ("Westminster", "Merton", AIRPORT)]
    rows += [
        {name: str(int(value) // 3) if name.isdigit() else value for name, value in row.items()} | {"MinorText": apart}
        for row in rows
        if row["MinorText"] == held
    ]
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def lookup(file: Path) -> dict[str, str]:
    """Small areas dealt out to wards in turn; those of two boroughs get none."""
    areas = {row["LSOA code"]: row["LSOA name"] for row in rows_of(file) if row["LSOA code"]}
    wards = (*CHOSEN, BLOOMSBURY)
    there = sorted(code for code, name in areas.items() if not name.startswith(("Hackney", "Southwark")))
    return {code: wards[at % len(wards)] for at, code in enumerate(there)}


@pytest.fixture(scope="module", params=["older", "both", "split", "street"])
def case(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    """The older release alone; the newer beside it; one of categories that were split; a month of data.police.uk."""
    shared = Path(__file__).resolve().parents[3].parent / "shared"
    if not shared.is_dir():
        pytest.skip("the published files are not beside the project")
    folder = tmp_path_factory.mktemp(request.param)
    store = make_store(folder / "w.db", "tester", lambda: NOW)
    beside: Mapping[str, int] = {}
    if request.param == "street":
        file = shared / "domain/real/as-published/2018-01-city-of-london-street.csv"
        ward_of = lookup(file)
        counts, scheme, beside = of_street(file, ward_of), STREET, antisocial(file, ward_of)
        files = [write_lookup(folder / "lookup.csv", list(ward_of.items())), file]
    else:
        files = [
            published(shared, name) for name in {"older": [OLD], "both": [OLD, NEW], "split": [NEW]}[request.param]
        ]
        if request.param == "split":
            files = [split(files[0], folder / "split.csv")]
        counts, scheme = of_release(files[-1]), MET
    for one in files:
        assert import_file(store, one).quarantined == 0
    weigh = weights(counts, scheme)
    every = figures(counts, weigh)
    chosen = {*CHOSEN, random.Random(4).choice(sorted(every))} & set(every)
    open_to = {code: open_ranks(code, every, weigh) for code in sorted(chosen)}
    yield Case(store, len(every[WEST_END].monthly), weigh, every, open_to, beside)
    store.close()


def by_harm(figure: Figures) -> list[tuple[str, int, Decimal]]:
    lines = [(name, count, days) for name, (count, days) in figure.categories.items()]
    return sorted(lines, key=lambda line: (-line[2], -line[1], line[0]))


def by_count(figure: Figures) -> list[tuple[str, int, Decimal]]:
    return sorted(by_harm(figure), key=lambda line: (-line[1], line[0]))


def test_the_files_are_what_the_cases_need(case: Case) -> None:
    offences = sum(one.offences for one in case.every.values())
    if case.months == 1:
        assert (len(case.every), offences + sum(case.antisocial[code] for code in case.every)) == (5, 675)
        return
    apart = "STALKING AND HARASSMENT" in case.weigh
    assert case.weigh["VIOLENCE WITHOUT INJURY"].days == Decimal("37.4" if apart else "32.9")
    assert (case.months, len(case.every)) == (24, 39 if apart else 679)
    assert {WEST_END, HEATHROW, ABBEY} < set(case.chosen)


def test_the_ranking_of_every_ward(case: Case) -> None:
    found = ranking(case.store).table
    by_count = {one.ward_code: one.rank for one in ranking(case.store, by="count").table.entries}
    assert {one.ward_code for one in found.entries} == set(case.every)
    for one in found.entries:
        mine = case.every[one.ward_code]
        assert (one.count, one.police_detected, one.doubtful) == (mine.offences, mine.police, mine.doubtful)
        harms = one.harm, one.harm_low, one.harm_high, one.harm_estimated
        assert harms == tuple(map(float, (mine.harm, mine.low, mine.high, mine.estimated))), one.ward
        assert one.rank == case.rank[one.ward_code]
        assert by_count[one.ward_code] == case.rank_by_count[one.ward_code]
        assert one.antisocial == case.antisocial.get(one.ward_code, 0)
        assert one.population == residents(one.ward_code)
        assert one.rate_per_1000 == round(1000 * mine.offences / one.population, 1)


def test_the_ranks_that_the_weights_leave_open(case: Case) -> None:
    found = ranges_of(case.store, ranking(case.store))
    for code, ranks in case.chosen.items():
        assert (found[code].best, found[code].worst) == ranks


def test_the_months_and_the_categories_of_a_page(case: Case) -> None:
    for code in case.chosen:
        page, mine = ward_page(case.store, code), case.every[code]
        assert list(page.monthly) == mine.monthly
        assert len(page.counted) == min(12, case.months)
        assert [(line.category, line.count, Decimal(str(line.harm))) for line in page.categories] == by_harm(mine)
        assert Decimal(str(page.harm)) == mine.harm
        police = {line.category for line in page.categories if line.apart == "found by police work"}
        doubtful = {line.category for line in page.categories if "doubtful" in line.apart}
        assert police == {name for name in mine.categories if case.weigh[name].police}
        assert doubtful == {name for name in mine.categories if case.weigh[name].doubtful}


def test_a_ward_under_two_boroughs_is_one_page(case: Case) -> None:
    if case.months == 1:
        pytest.skip("a street-level file names no borough")
    entry, page = ward_entries(ranking(case.store))[HEATHROW], ward_page(case.store, HEATHROW)
    assert entry.also_under == (AIRPORT,)
    assert (page.borough, page.bcu) == (entry.borough, entry.bcu) == ("Hillingdon", "WA")


def few(case: Case, offences: int, code: str) -> bool:
    """Fewer than 5,000 residents, or more than one offence a year for every two of them."""
    a_year = offences * (12 if case.months == 1 else 1)
    return residents(code) < 5000 or 2 * a_year > residents(code)


def says(words: str, *phrases: str) -> None:
    """Every phrase stands in the words, and not as the end of a longer figure."""
    for phrase in phrases:
        assert re.search(rf"(?<![\d,.]){re.escape(phrase)}", words), f"{phrase!r} is not in {words!r}"


def test_the_sentences_at_the_head(case: Case) -> None:
    for code, (best, worst) in case.chosen.items():
        page, mine, row = ward_page(case.store, code), case.every[code], map_rows()[code]
        standing = ward_facts(case.session, Subject("ward", code, page.ward)).standing
        sparse = " (few for a rate)" if few(case, mine.offences, code) else ""
        says(ward_words.place_words(page), f"{row['ward']}, {row['borough']}, BCU {row['bcu']}  {code}")
        says(ward_words.place_words(page), f"{residents(code):,} residents{sparse}")
        harm, most = ward_words.first_words(page, 3)
        span = "sure" if best == worst else f"({best} to {worst})"
        says(
            "\n".join((ward_words.harm_words(page, standing), harm, most)),
            f"{mine.harm:,.0f} days of harm in {'1 month' if case.months == 1 else '12 months'} ",
            f"({mine.low:,.0f} to {mine.high:,.0f}), rank {case.rank[code]} {span} of {len(case.every)}",
            f"{mine.offences:,} offences",
            f"{100 * mine.estimated / mine.harm:.0f}% on estimated shares",
        )
        first = [f"{days:,.0f} days {name.lower()}" for name, _, days in by_harm(mine)[:3] if days]
        assert harm.endswith(": " + "; ".join(first))
        assert most.endswith(": " + "; ".join(f"{n:,} {name.lower()}" for name, n, _ in by_count(mine)[:3]))


def test_the_pictures(case: Case) -> None:
    for code in case.chosen:
        page, mine = ward_page(case.store, code), case.every[code]
        harm, most = _made_of(page)
        assert [(part.label, part.value, part.words) for part in harm.parts] == [
            (name.lower(), float(days), f"{days:,.0f} days {100 * days / mine.harm:>3.0f}%")
            for name, _, days in by_harm(mine)[:5]
        ]
        assert [(part.label, part.value, part.words) for part in most.parts] == [
            (name.lower(), n, f"{n:,} {100 * n / mine.offences:>3.0f}%") for name, n, _ in by_count(mine)[:5]
        ]
        caption, months = _months(page)
        assert isinstance(caption, Static)
        assert isinstance(months, Months)
        says(str(caption.content), f"lowest {min(mine.monthly):,}, highest {max(mine.monthly):,}")
        assert [month.count for month in months._months] == mine.monthly


def test_the_line_in_the_list(case: Case) -> None:
    view = WardsView(case.session)
    source, _ = view.read()
    for key in source.order(None, descending=False, needle=""):
        record, [cells] = source.record(key), source.cells([key])
        code, shown = record.subject.ref, dict(zip((column.key for column in view.columns), cells, strict=True))
        if code not in case.chosen:
            continue
        (best, worst), mine, rank = case.chosen[code], case.every[code], case.rank[code]
        sparse = few(case, mine.offences, code)
        settled = "sure" if best == worst else f"not settled: {best} to {worst}"
        assert record.made_of == (
            f"{mine.harm:,.0f} days ({mine.low:,.0f} to {mine.high:,.0f}), rank {rank} {settled}; "
            f"{'the first ward holds' if rank == 1 else f'the first {rank} hold'} {case.held(code):.1f}%; "
            f"{mine.offences:,} offences, {mine.police:,} found by police and "
            f"{mine.doubtful:,} doubtful apart; {100 * mine.estimated / mine.harm:.0f}% estimated"
            + (f"; {case.antisocial[code]:,} anti-social, no offences" if case.antisocial.get(code) else "")
            + (f"; * {residents(code):,} residents, few for a rate" if sparse else "")
        )
        assert (shown["rank"], shown["by_count"]) == (str(rank), str(case.rank_by_count[code]))
        assert shown["between"] == ("sure" if best == worst else f"{best}-{worst}")
        assert (shown["harm"], shown["count"]) == (f"{mine.harm:,.0f}", f"{mine.offences:,}")
        assert shown["band"] == f"{mine.low:,.0f}-{mine.high:,.0f}"
        assert shown["rate"] == f"{1000 * mine.offences / residents(code):,.1f}{'*' if sparse else ''}"
