"""Protected characteristics are never inputs: exchange or blank them, and no score, rank or place changes."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from core import cohorts, methods
from core.cohorts import Case
from core.extract import COLUMNS, OPTIONAL
from core.methods import METHODS, Measures
from core.pools import Pool
from core.ranking import Standing
from core.reports import ReportRow
from db import rankings, runs, scoring
from db.loading.importing import import_file
from db.runs import make_run
from db.scoring import RankingRequest
from db.store import make_store
from tests.conftest import WriteExtract

TODAY = date(2026, 11, 21)
PROTECTED = ("surname", "forenames", "born_on", "sex", "ethnicity")
OFFENCES = (
    ("105/01", "Common assault"),
    ("008/06", "Actual bodily harm"),
    ("019/08", "Rape of a female aged 16 or over"),
    ("008/66", "Stalking involving serious alarm"),
    ("034/01", "Robbery of personal property"),
    ("008/67", "Controlling or coercive behaviour"),
)
Rows = list[dict[str, str]]
Place = tuple[str, int | None, int, float, int | None]


def _extract(seed: int = 7) -> Rows:
    """Reports against 60 people who differ in every characteristic; many of them tie."""
    chance = random.Random(seed)
    people = [
        {
            "person_ref": f"P{number:03}",
            "surname": chance.choice(("Ash", "Oak", "Yew")),
            "forenames": chance.choice(("Al", "Bo", "Cy")),
            "born_on": f"{chance.randint(1, 28):02}/{chance.randint(1, 12):02}/{chance.randint(1950, 2011)}",
            "sex": chance.choice(("M", "F", "")),
            "ethnicity": chance.choice(("White British", "IC3", "A1", "Mixed", "")),
            "status": "at large",
        }
        for number in range(60)
    ]
    rows = []
    for number in range(240):
        code, offence = chance.choice(OFFENCES)
        on = (TODAY - timedelta(days=chance.randint(0, 400))).isoformat()
        said = {"ho_code": code, "offence": offence, "committed_from": on, "reported_on": on}
        victim = f"V{chance.randint(0, 30)}"
        rows.append({**chance.choice(people), "crime_ref": f"C{number}", **said, "victim_ref": victim})
    return rows


def _blank(rows: Rows) -> Rows:
    return [{**row, **dict.fromkeys(PROTECTED, "")} for row in rows]


def _exchanged(rows: Rows) -> Rows:
    """Everyone described as someone else."""
    described = {row["person_ref"]: {name: row[name] for name in PROTECTED} for row in rows}
    others = list(described.values())
    random.Random(3).shuffle(others)
    given = dict(zip(described, others, strict=True))
    assert given != described
    return [{**row, **given[row["person_ref"]]} for row in rows]


def _turned(rows: Rows) -> Rows:
    """Everyone's sex the other, everyone a child, and a name that sorts the other way."""
    other = {"M": "F", "F": "M", "": "M"}
    new = {"born_on": "01/01/2015", "ethnicity": "Other", "surname": "Zz"}
    return [{**row, "sex": other[row["sex"]], "forenames": row["person_ref"][::-1], **new} for row in rows]


@pytest.fixture
def places(tmp_path: Path, write_extract: WriteExtract) -> Callable[[str, Rows], dict[str, list[Place]]]:
    """Imports an extract into a store of its own, and ranks by every method, for its own pool and for everything."""

    def ranked(name: str, rows: Rows) -> dict[str, list[Place]]:
        store = make_store(tmp_path / f"{name}.db", "tester", lambda: datetime(2026, 11, 21, 9, tzinfo=UTC))
        result = import_file(store, write_extract(rows, f"{name}.csv"), today=TODAY)
        assert (result.taken, result.quarantined) == (len(rows), 0)
        found: dict[str, list[Place]] = {}
        for method in METHODS:
            for pool in (None, Pool.EVERYTHING):
                before = make_run(store, RankingRequest(TODAY.toordinal() - 30, method=method, pool=pool))
                head = make_run(store, RankingRequest(TODAY.toordinal(), method=method, pool=pool))
                assert before.ranked
                every = rankings.entries_at(store, head.id, rankings.order(store, head.id))
                found[f"{method} {head.pool}"] = [
                    (one.person, one.rank, one.position, one.score, one.previous_rank) for one in every.values()
                ]
                listed = [one.person for one in rankings.entries(store, head.id)]
                assert listed == [place[0] for place in found[f"{method} {head.pool}"] if place[1] is not None]
        store.close()
        return found

    return ranked


@pytest.mark.parametrize("change", [_blank, _exchanged, _turned])
def test_no_score_rank_or_place_changes_with_them(
    places: Callable[[str, Rows], dict[str, list[Place]]], change: Callable[[Rows], Rows]
) -> None:
    rows = _extract()
    as_it_was = places("first", rows)
    assert len(as_it_was) == 2 * len(METHODS)
    assert all(len({place[3] for place in placed}) > 5 for placed in as_it_was.values())
    assert places("second", change(rows)) == as_it_was


def test_what_methods_and_rules_are_given_holds_none_of_them() -> None:
    given = {*Measures._fields, *Standing._fields, *ReportRow._fields}
    assert not given & {*PROTECTED, "name", "age", "gender", "race", "religion", "status"}
    # The serial perpetrator's rule is for those aged 16 or over (DOMAIN.md section 3), so a case knows the birth date.
    assert {field.name for field in fields(Case)} & set(PROTECTED) == {"born_on"}
    assert set(PROTECTED) <= {*COLUMNS, *OPTIONAL}


def test_no_method_or_score_names_one_and_a_birth_date_decides_one_cohort() -> None:
    files = [*Path(methods.__file__).parent.glob("*.py"), Path(scoring.__file__), Path(runs.__file__)]
    assert len(files) > len(METHODS)
    for file in files:
        code = file.read_text(encoding="utf-8").casefold().replace("sex, ethnicity, age and name", "")
        code = code.replace("sex,\nethnicity, age and name", "")
        assert not [name for name in PROTECTED if name in code], file.name
    rules = [file for file in Path(cohorts.__file__).parent.glob("*.py") if "born_on" in file.read_text("utf-8")]
    assert {file.name for file in rules} == {"case.py", "domestic.py"}
