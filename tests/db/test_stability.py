from __future__ import annotations

import csv
import json
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from core.errors import NotFound, Problem, Refused
from core.extract import COLUMNS
from core.methods import METHODS
from core.pools import Pool
from core.ranking import place
from db import rankings
from db.loading.importing import import_file
from db.runs import make_run
from db.scoring import RankingRequest, standings
from db.stability import Stable, alternatives, band_of, stability, stability_of
from db.store import Store, make_store
from tui import exits
from tui.main import app

TODAY = date(2026, 11, 21)
AS_OF = TODAY.toordinal()
WriteExtract = Callable[..., Path]
RAPE = {"ho_code": "019/08", "offence": "Rape"}
WOUNDING = {"ho_code": "008/01", "offence": "Malicious wounding"}
ABH = {"ho_code": "008/06", "offence": "ABH"}
ASSAULT = {"ho_code": "105/01", "offence": "Common assault"}

REPORTS = {
    "R": ((RAPE, 12), (ASSAULT, 12)),
    "S": ((RAPE, 350), (ASSAULT, 10)),
    "W": ((WOUNDING, 10), (WOUNDING, 10)),
    "H": ((ABH, 10), (ABH, 10), (ABH, 10), (ABH, 10)),
    "O": ((RAPE, 380), (ASSAULT, 10), (ASSAULT, 10)),
}
"""Person to offences, each with how many days before the as-of day it was reported."""

LOW = "CCHI 2020, lowest split"
CSS = "CSS 2021, default split"
BY_HAND = {
    # Days of harm, CCHI 2020: rape 1825, wounding 547.5 or 19, ABH 10 or 182.5, assault 1.
    # default 365 d: R 1826, S 1826, W 1095, H 40, O 2. 335 d: S has one report. 395 d: O 1827.
    "CCHI 2020, default split, 335 d": {"R": 1, "W": 2, "H": 3, "O": 4},
    "CCHI 2020, default split, 365 d": {"R": 1, "S": 1, "W": 3, "H": 4, "O": 5},
    "CCHI 2020, default split, 395 d": {"O": 1, "R": 2, "S": 2, "W": 4, "H": 5},
    # lowest: W 38, H 40.
    f"{LOW}, 335 d": {"R": 1, "H": 2, "W": 3, "O": 4},
    f"{LOW}, 365 d": {"R": 1, "S": 1, "H": 3, "W": 4, "O": 5},
    f"{LOW}, 395 d": {"O": 1, "R": 2, "S": 2, "H": 4, "W": 5},
    # highest: W 1095, H 730.
    "CCHI 2020, highest split, 335 d": {"R": 1, "W": 2, "H": 3, "O": 4},
    "CCHI 2020, highest split, 365 d": {"R": 1, "S": 1, "W": 3, "H": 4, "O": 5},
    "CCHI 2020, highest split, 395 d": {"O": 1, "R": 2, "S": 2, "W": 4, "H": 5},
    # CSS 2021: rape 2952.94, wounding 189.15, ABH 189.15, assault 13.51: W 378.3, H 756.6, O 27.02 or 2979.96.
    f"{CSS}, 335 d": {"R": 1, "H": 2, "W": 3, "O": 4},
    f"{CSS}, 365 d": {"R": 1, "S": 1, "H": 3, "W": 4, "O": 5},
    f"{CSS}, 395 d": {"O": 1, "R": 2, "S": 2, "H": 4, "W": 5},
}


def _ago(days: int) -> str:
    return (TODAY - timedelta(days)).isoformat()


def _rows(**more: str) -> list[dict[str, str]]:
    return [
        {
            "crime_ref": f"{person}{turn}",
            "person_ref": person,
            "surname": f"Test{person.lower()}",
            "committed_from": _ago(ago),
            "reported_on": _ago(ago),
            "status": "bail" if person == "R" else "at large",
            **offence,
            **more,
        }
        for person, reports in REPORTS.items()
        for turn, (offence, ago) in enumerate(reports)
    ]


@pytest.fixture
def five(store: Store, write_extract: WriteExtract) -> Store:
    """Five people whose ranks are worked out by hand."""
    import_file(store, write_extract(_rows()), today=TODAY)
    return store


def _by_variant(found: Stable) -> dict[str, dict[str, int]]:
    ranks: dict[str, dict[str, int]] = {one.name: {} for one in found.variants}
    for band, _ in found.entries:
        for name, rank in band.ranks.items():
            if rank is not None:
                ranks[name][band.person] = rank
    return ranks


def test_every_variant_ranks_as_worked_out_by_hand(five: Store) -> None:
    found = stability(five, RankingRequest(AS_OF))
    assert _by_variant(found) == BY_HAND
    assert list(_by_variant(found)) == list(BY_HAND)
    assert [band.person for band, _ in found.entries] == ["S", "R", "W", "H", "O"]  # S has the later report
    assert [band.rank for band, _ in found.entries] == [1, 1, 3, 4, 5]
    assert (found.cut.score, found.cut.near, found.left_out) == (None, (), ())


def test_a_band_says_what_moves_it(five: Store) -> None:
    band = band_of(five, RankingRequest(AS_OF), "w")
    assert (band.rank, band.best, band.worst, band.median) == (3, 2, 5, 3.5)
    assert band.lowest_in == f"{LOW}, 395 d"
    assert (
        band_of(five, RankingRequest(AS_OF), "S").sentence == "top 10 in 8 of 12 variants, 1-2; not ranked in 4 of 12"
    )


def test_the_top_takes_in_a_tie_at_its_end(five: Store) -> None:
    assert [name for _, name in stability(five, RankingRequest(AS_OF), 1).entries] == ["TESTS, Al", "TESTR, Al"]
    assert len(stability(five, RankingRequest(AS_OF), 3).entries) == 3
    assert len(stability(five, RankingRequest(AS_OF), None).entries) == 5


def test_someone_unranked_has_a_band_as_well(five: Store, write_extract: WriteExtract) -> None:
    other = {"crime_ref": "N1", "person_ref": "N", "reported_on": _ago(900), "committed_from": _ago(900)}
    import_file(five, write_extract([other], "other.csv"), today=TODAY)
    assert band_of(five, RankingRequest(AS_OF), "N").sentence == "not ranked in any of 12 variants"
    asked = RankingRequest(AS_OF, window=335)
    assert band_of(five, asked, "S").rank is None
    assert band_of(five, asked, "S").sentence == "top 10 in 4 of 12 variants, 1; not ranked in 8 of 12"
    with pytest.raises(NotFound):
        stability_of(five, RankingRequest(AS_OF), "X")


def test_no_run_is_made(five: Store) -> None:
    stability(five, RankingRequest(AS_OF))
    assert rankings.runs(five) == []


@pytest.mark.parametrize(
    ("method", "weights"),
    [
        ("css", ["CSS 2021, default split", "CSS 2021, lowest split", "CSS 2021, highest split",
                 "CCHI 2020, default split"]),
        ("violence", ["CCHI 2020 + CSS 2021, default split", "CCHI 2020 + CSS 2021, lowest split",
                      "CCHI 2020 + CSS 2021, highest split", "CCHI 2020, default split", "CSS 2021, default split"]),
        ("rfg", ["CCHI 2020, default split", "CCHI 2020, lowest split", "CCHI 2020, highest split"]),
    ],
)  # fmt: skip
def test_the_variants_of_a_method(five: Store, method: str, weights: list[str]) -> None:
    tried, _ = alternatives(five, RankingRequest(AS_OF, method=method))
    assert [(one.variant.weights, one.variant.window) for one in tried] == [
        (name, days) for name in weights for days in (335, 365, 395)
    ]


def test_the_split_asked_for_is_the_one_that_other_indexes_and_windows_keep(five: Store) -> None:
    found = stability(five, RankingRequest(AS_OF, split="lowest"))
    assert [one.weights for one in found.variants[::3]] == _weights("lowest")
    ranks = {band.person: band.rank for band, _ in found.entries}
    assert ranks == BY_HAND[f"{LOW}, 365 d"]


def _weights(split: str) -> list[str]:
    return [f"CCHI 2020, {each} split" for each in ("default", "lowest", "highest")] + [f"CSS 2021, {split} split"]


EDITION = "index,edition,dated,code,title,days"


def _edition(folder: Path, *lines: str) -> Path:
    path = folder / "edition.csv"
    path.write_text("\n".join((EDITION, "CCHI,CCHI 2030,2030-01-01,019/08,Rape,1", *lines)) + "\n", encoding="utf-8")
    return path


def test_a_further_edition_adds_three_variants(five: Store, tmp_path: Path) -> None:
    import_file(five, _edition(tmp_path, ",,,105/01,Common assault,9", ",,,008/01,Wounding,5", ",,,008/06,ABH,2"))
    found = _by_variant(stability(five, RankingRequest(AS_OF)))
    assert len(found) == 15
    # 365 d: R and S 10, W 10, H 8, O 18.
    assert found["CCHI 2030, default split, 365 d"] == {"O": 1, "R": 2, "S": 2, "W": 2, "H": 5}
    base = stability(five, RankingRequest(AS_OF, editions=("cchi-2030",)))
    assert base.recipe.edition == "CCHI 2030"
    assert next(band.person for band, _ in base.entries) == "O"
    assert "CCHI 2020, default split, 365 d" in _by_variant(base)


def test_an_edition_that_lacks_a_code_is_left_out_and_refused_where_it_is_asked_for(
    five: Store, tmp_path: Path
) -> None:
    import_file(five, _edition(tmp_path, ",,,105/01,Common assault,9", ",,,008/01,Wounding,5"))
    found = stability(five, RankingRequest(AS_OF))
    assert len(found.variants) == 12
    assert len(found.left_out) == 1
    assert "'CCHI 2030' has no weight for codes that occur: 008/06 (4 reports)" in found.left_out[0]
    with pytest.raises(Refused, match="CCHI 2030"):
        stability(five, RankingRequest(AS_OF, editions=("CCHI 2030",)))


def test_an_as_of_date_before_the_data_is_one_sentence(five: Store) -> None:
    with pytest.raises(Problem, match="No one in the pool 'vawg' was named between"):
        stability(five, RankingRequest(AS_OF - 5000))
    with pytest.raises(Problem, match="No one with the status dead in the pool"):
        stability(five, RankingRequest(AS_OF, statuses=("dead",)))
    # People are there, but none has enough reports for a rank.
    assert stability(five, RankingRequest(AS_OF, min_crimes=9)).entries == ()


def test_an_empty_store_has_nothing_to_rank(store: Store) -> None:
    with pytest.raises(Problem, match="Import an extract first"):
        stability(store, RankingRequest(AS_OF))


@pytest.mark.parametrize("method", METHODS)
def test_people_of_other_statuses_are_not_ranked_in_any_variant(five: Store, method: str) -> None:
    asked = RankingRequest(AS_OF, method=method, pool=Pool.EVERYTHING, statuses=("At Large",))
    tried, _ = alternatives(five, asked)
    found = _by_variant(stability(five, asked, None))
    for one in tried:
        made = rankings.entries(five, make_run(five, one.scoring.request).id)
        assert found[one.variant.name] == {entry.person: entry.rank for entry in made}
        assert "R" not in found[one.variant.name]


_BACK = (0, 1, 30, 31, 89, 90, 91, 334, 335, 336, 364, 365, 366, 394, 395, 396, 500)
_DAYS = st.sampled_from(_BACK).map(_ago)


@st.composite
def _row(draw: st.DrawFn) -> dict[str, str]:
    offence = draw(st.sampled_from([RAPE, WOUNDING, ABH, ASSAULT, {"ho_code": "105/99", "offence": "Out of it"}]))
    return {
        **offence,
        "crime_ref": draw(st.sampled_from([f"C{n}" for n in range(9)])),
        "committed_from": draw(_DAYS),
        "reported_on": draw(_DAYS),
        "vawg": draw(st.sampled_from(["yes", "yes", "no"])),
        "outcome": draw(st.sampled_from(["charged", "charged", "charged", "cancelled"])),
        "person_ref": draw(st.sampled_from([f"P{n}" for n in range(6)])),
        "role": draw(st.sampled_from(["named suspect", "charged", "eliminated"])),
        "named_by": draw(st.sampled_from(["victim", "witness", "police", ""])),
        "victim_ref": draw(st.sampled_from(["", "V1", "V2", "V3"])),
    }


@settings(
    max_examples=settings().max_examples // 6,
    derandomize=True,
    deadline=None,
    phases=[Phase.generate],  # making a failure smaller takes minutes, as every step imports a file
    suppress_health_check=list(HealthCheck),
)
@given(st.lists(_row(), min_size=40, max_size=80))
def test_every_variant_ranks_as_a_ranking_of_it_would(rows: list[dict[str, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = make_store(Path(folder) / "tasking.db", "tester", lambda: datetime(2026, 11, 21, 9, tzinfo=UTC))
        path = Path(folder) / "extract.csv"
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, COLUMNS, restval="")
            writer.writeheader()
            writer.writerows({"surname": "Testcase", **row} for row in rows)
        import_file(store, path, today=TODAY)
        for turn, method in enumerate(METHODS):
            for asked in (
                RankingRequest(AS_OF, method=method),
                RankingRequest(
                    AS_OF, "committed", 60, 1, method, Pool.EVERYTHING, split=("highest", "lowest")[turn % 2]
                ),
            ):
                _agree(store, asked)
        store.close()


def _agree(store: Store, asked: RankingRequest) -> None:
    tried, _ = alternatives(store, asked)
    wanted = {
        one.variant.name: {
            each.ref: rank for _, rank, each in place(standings(store, one.scoring.request), asked.at_least)
        }
        for one in tried
    }
    if not standings(store, asked):
        with pytest.raises(Problem):
            stability(store, asked, None)
        return
    found = stability(store, asked, None)
    asked_for = place(standings(store, asked), asked.at_least)
    assert [(band.person, band.rank) for band, _ in found.entries] == [
        (each.ref, rank) for _, rank, each in asked_for if rank is not None
    ]
    for band, _ in found.entries:
        assert band.ranks == {name: ranks.get(band.person) for name, ranks in wanted.items()}
    for (ref,) in store.read.rows("SELECT ref FROM person ORDER BY id DESC LIMIT 1"):
        assert band_of(store, asked, ref).ranks == {name: ranks.get(ref) for name, ranks in wanted.items()}


def _many(write_extract: WriteExtract) -> Path:
    """P001 to P104 with two common assaults each; the first three have a third."""
    rows = [
        {**ASSAULT, "crime_ref": f"{person}-{turn}", "person_ref": f"P{person:03d}", "surname": "\x1b[31mTest"}
        for person in range(1, 105)
        for turn in range(3 if person <= 3 else 2)
    ]
    return write_extract(rows, "many.csv")


def test_a_tie_across_the_line_stands_in_the_cut(store: Store, write_extract: WriteExtract) -> None:
    import_file(store, _many(write_extract), today=TODAY)
    found = stability(store, RankingRequest(AS_OF), 3)
    assert [band.rank for band, _ in found.entries] == [1, 1, 1]
    assert found.cut.score == 2
    assert [one.person for one in found.cut.near] == [f"P{n:03d}" for n in range(4, 105)]
    assert {(one.rank, one.score, one.gap, one.tied) for one in found.cut.near} == {(4, 2.0, 0.0, True)}


def _tasking(store: Store, *words: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["stability", "--store", str(store.path), "--as-of", TODAY.isoformat(), *words])
    return done.exit_code, done.output


def test_the_command_gives_json(five: Store) -> None:
    code, output = _tasking(five, "--json", "--top", "3")
    said = json.loads(output)
    assert code == exits.OK
    head = {"method": "v100", "index": "CCHI", "edition": "CCHI 2020", "as_of": "2026-11-21", "window_days": 365}
    assert {name: said[name] for name in head} == head
    assert said["pool"] == "vawg"
    assert said["variants"][3] == {"name": f"{LOW}, 335 d", "weights": LOW, "window_days": 335}
    assert [entry["person"] for entry in said["entries"]] == ["S", "R", "W"]
    assert said["entries"][2] == {
        "person": "W",
        "name": "TESTW, Al",
        "also_victim": False,
        "child": False,
        "rank": 3,
        "best": 2,
        "worst": 5,
        "median": 3.5,
        "tops": {"10": 12, "20": 12, "50": 12, "100": 12},
        "variants": 12,
        "sentence": "top 10 in 12 of 12 variants, 2-5",
        "ranks": {name: ranks["W"] for name, ranks in BY_HAND.items()},
    }
    assert said["entries"][0]["ranks"][f"{CSS}, 335 d"] is None
    assert said["cut"] == {"capacity": 100, "score_at_cut": None, "entries": []}


def test_the_command_prints_a_table_and_the_cut(store: Store, write_extract: WriteExtract) -> None:
    import_file(store, _many(write_extract), today=TODAY)
    code, output = _tasking(store, "--top", "1")
    assert code == exits.OK
    assert "\x1b" not in output
    assert "top 10 in 12 of 12 variants, 1" in output
    assert "101 tied exactly" in output
    assert "P004, P005, P006, P007, P008, P009, P010, P011 and 93 more" in output
    code, output = _tasking(store, "--json", "--person", "P104")
    said = json.loads(output)
    assert [(entry["person"], entry["rank"]) for entry in said["entries"]] == [("P104", 4)]
    assert said["cut"]["score_at_cut"] == 2
    assert said["cut"]["entries"][0] == {"rank": 4, "person": "P004", "score": 2, "gap": 0, "tied": True}


def test_the_command_shows_one_person_variant_by_variant(five: Store) -> None:
    code, output = _tasking(five, "--person", "S")
    assert code == exits.OK
    assert [line.split()[-1] for line in output.splitlines() if line.startswith(f" {CSS}")] == ["ranked", "1", "2"]
    assert "As asked: rank 1; top 10 in 8 of 12 variants, 1-2; not ranked in 4 of 12, median 1.5." in output
    code, output = _tasking(five, "--method", "rfh", "--top", "all")
    assert "its index and its bands are not varied" in output
