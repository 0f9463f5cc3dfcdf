"""What the database leaves to the rules of cohorts is everyone whom the rules would take."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from core.cohorts import COHORTS
from core.errors import Conflict, Problem
from core.extract import COLUMNS
from core.markers import COLUMNS as MARKERS
from db import cohorts, memberships
from db.badges import badges_by_person
from db.loading.importing import import_file
from db.memberships import Proposal
from db.runs import make_run
from db.scoring import RankingRequest
from db.store import Store

TODAY = date(2026, 11, 21)
AS_OF = TODAY.toordinal()
WriteExtract = Callable[..., Path]


def _write(path: Path, columns: tuple[str, ...], rows: list[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def _reports(chance: random.Random) -> list[dict[str, str]]:
    rows = []
    offences = [("008/26", "Article with a blade"), ("008/06", "ABH"), ("034/01", "Robbery"), ("045/10", "Theft")]
    for number in range(900):
        day = TODAY - timedelta(days=chance.choice([0, 30, 364, 365, 366, 730, 731, 1095, 1096, 1097, 1200]))
        code, offence = chance.choice(offences)
        row = {"crime_ref": f"C{number}", "ho_code": code, "offence": offence, "reported_on": day.isoformat()}
        row |= {"committed_from": day.isoformat(), "borough": chance.choice(["Brent", "Camden", "Ealing", ""])}
        row |= {
            "domestic_abuse": chance.choice(["yes", "no"]),
            "outcome": chance.choice(["charged"] * 5 + ["cancelled"]),
        }
        row |= {"person_ref": f"P{chance.randrange(40)}", "victim_ref": chance.choice(["", "V1", "V2", "V3"])}
        row |= {"role": chance.choice(["named suspect", "charged", "eliminated"]), "vawg": "yes"}
        row |= {"named_by": chance.choice(["victim", "police", "intelligence", ""]), "surname": "Testcase"}
        rows.append(row | {"knife": chance.choice(["yes", "no"])})
    return rows


def _markers(chance: random.Random) -> list[dict[str, str]]:
    kinds = [
        ("ogrs", "80"),
        ("ogrs", "60"),
        ("mappa", "1/2"),
        ("rso", "registered"),
        ("arms", "low"),
        ("order", "SHPO"),
    ]
    kinds += [("wanted", "019/08"), ("wanted", "105/01"), ("custody", "prison")]
    rows = []
    for number in range(60):
        kind, value = chance.choice(kinds)
        starts = TODAY - timedelta(days=chance.choice([10, 400, 1200, 1500]) + number)
        rows.append({"person_ref": f"P{number % 40}", "marker": kind, "value": value, "starts": starts.isoformat()})
    return rows


@pytest.mark.parametrize("seed", range(3))
def test_who_qualifies_is_whom_the_rule_takes_among_everyone(store: Store, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    import_file(store, _write(tmp_path / "r.csv", (*COLUMNS, "knife"), _reports(chance)))
    import_file(store, _write(tmp_path / "m.csv", MARKERS, _markers(chance)))
    everyone = {ref: cohorts.case_of(store, ref) for (ref,) in store.read.rows("SELECT ref FROM person")}
    found_any = set()
    for cohort in COHORTS.values():
        if cohort.needs == "ranking":
            continue
        for as_of in (AS_OF, AS_OF - 365):
            taken = {ref: cohort.qualifies(case, as_of) for ref, case in everyone.items()}
            expected = {ref: because.facts for ref, because in taken.items() if because}
            found = {one.person: one.facts for one in cohorts.qualifying(store, cohort, as_of)}
            assert found == expected, cohort.key
            found_any |= {cohort.key} if found else set()
    assert {"dauntless", "dauntless-plus", "serial", "habitual-knife-carrier", "mappa", "rso", "orders"} <= found_any


def test_someone_known_by_markers_alone_qualifies_too(store: Store, tmp_path: Path) -> None:
    row = {"person_ref": "P9", "marker": "mappa", "value": "1/2", "starts": "2026-01-01"}
    import_file(store, _write(tmp_path / "m.csv", MARKERS, [row]))
    [one] = cohorts.qualifying(store, COHORTS["mappa"], AS_OF)
    assert (one.person, one.name, one.status) == ("P9", "", "")


def test_a_rank_proposes_for_v100(store: Store, write_extract: WriteExtract) -> None:
    with pytest.raises(Problem, match="no V100 ranking"):
        cohorts.qualifying(store, COHORTS["v100"], AS_OF)
    import_file(store, write_extract([{"crime_ref": "1"}, {"crime_ref": "2"}, {"crime_ref": "3", "person_ref": "P2"}]))
    head = make_run(store, RankingRequest(AS_OF))
    [one] = cohorts.qualifying(store, COHORTS["v100"], AS_OF)
    assert (one.person, one.facts["rank"], one.facts["run"]) == ("P1", 1, head.id)


def test_where_every_report_was_kept_out_it_says_so(store: Store, write_extract: WriteExtract) -> None:
    import_file(store, write_extract([{"reported_on": "31/31/2026"}] * 4, name="bad.csv"))
    said = r"no crime reports\. 4 rows are in quarantine and not counted: 4 of batch 1 \(bad\.csv\).* import the file"
    with pytest.raises(Problem, match=said):
        cohorts.qualifying(store, COHORTS["serial"], AS_OF)
    with pytest.raises(Problem, match=said):
        make_run(store, RankingRequest(AS_OF))


def test_before_the_data_there_is_nothing_to_say(store: Store, write_extract: WriteExtract) -> None:
    with pytest.raises(Problem, match="holds no crime reports"):
        cohorts.qualifying(store, COHORTS["serial"], AS_OF)
    import_file(store, write_extract([{"crime_ref": "1"}]))
    with pytest.raises(Problem, match="01/01/2019 lies before the data"):
        cohorts.qualifying(store, COHORTS["serial"], date(2019, 1, 1).toordinal())


def _adopt(store: Store, *people: str, **changed: object) -> list[int]:
    given = {"since": AS_OF, "reason": "three victims", "adopted_by": "Supt Chair", "review_on": AS_OF + 31, **changed}
    proposals = [Proposal(person, "rule", {"victims": 3}) for person in people]
    return memberships.adopt(store, "dauntless-plus", proposals, **given)  # type: ignore[arg-type]


def test_a_person_adopts_and_a_person_ends_it(store: Store) -> None:
    [number] = _adopt(store, "P1")
    [member] = memberships.members(store, "dauntless-plus")
    assert (member.person, member.proposed_by, member.adopted_by) == ("P1", "rule", "Supt Chair")
    assert member.facts == {"victims": 3}
    assert badges_by_person(store) == {"P1": ["D+"]}
    assert (member.due(AS_OF + 30), member.due(AS_OF + 31)) == (False, True)
    memberships.review(store, [number], AS_OF + 90, "still at large")
    assert memberships.member(store, number).review_on == AS_OF + 90
    memberships.leave(store, [number], on=AS_OF + 5, reason="sentenced", by="Supt Chair")
    assert memberships.members(store) == []
    assert badges_by_person(store) == {}
    [past] = memberships.history(store, "P1")
    assert (past.ended_on, past.ended_reason, past.ended_by) == (AS_OF + 5, "sentenced", "Supt Chair")
    assert _adopt(store, "P1") != [number]


@pytest.mark.parametrize("changed", [{"reason": " "}, {"adopted_by": ""}, {"review_on": AS_OF}])
def test_without_a_reason_a_person_or_a_review_no_one_is_adopted(store: Store, changed: dict[str, object]) -> None:
    with pytest.raises(Problem):
        _adopt(store, "P1", **changed)
    assert memberships.members(store) == []


def test_no_one_is_twice_in_a_cohort_and_nothing_is_half_done(store: Store) -> None:
    [number] = _adopt(store, "P1")
    with pytest.raises(Conflict, match="P1 is in Dauntless Plus already"):
        _adopt(store, "P2", "P1")
    assert [member.person for member in memberships.members(store)] == ["P1"]
    with pytest.raises(Conflict, match="P3 is in Dauntless Plus already"):
        _adopt(store, "P3", "P3")
    with pytest.raises(Problem, match="It has been a membership only since 21/11/2026; end it on that day or later"):
        memberships.leave(store, [number], on=AS_OF - 1, reason="moved", by="Supt Chair")
    for day in (AS_OF - 1, AS_OF):
        with pytest.raises(Problem, match=r"The next review, .*, must lie after 21/11/2026"):
            memberships.review(store, [number], day, "seen")
    assert [member.person for member in memberships.members(store)] == ["P1"]
    with pytest.raises(Problem, match="Why is needed"):
        memberships.leave(store, [number], on=AS_OF, reason="", by="Supt Chair")
    memberships.leave(store, [number], on=AS_OF, reason="moved", by="Supt Chair")
    with pytest.raises(Conflict):
        memberships.leave(store, [number], on=AS_OF, reason="moved", by="Supt Chair")
    with pytest.raises(Conflict):
        memberships.review(store, [number], AS_OF + 9, "again")


def test_a_reactive_sex_offender_must_leave_on_a_new_order(store: Store, tmp_path: Path) -> None:
    rso = {"person_ref": "P9", "marker": "rso", "value": "registered", "starts": "2015-01-01"}
    low = {"person_ref": "P9", "marker": "arms", "value": "low", "starts": "2020-01-01"}
    import_file(store, _write(tmp_path / "m.csv", MARKERS, [rso, low]))
    [one] = cohorts.qualifying(store, COHORTS["rso-reactive"], AS_OF)
    given = {"since": AS_OF - 30, "reason": "low for years", "adopted_by": "DI Lead", "review_on": AS_OF + 31}
    memberships.adopt(store, "rso-reactive", [Proposal(one.person, "the rule", one.facts)], **given)  # type: ignore[arg-type]
    [member] = memberships.members(store, "rso-reactive")
    assert cohorts.must_leave(store, member, AS_OF) is None
    order = {"person_ref": "P9", "marker": "order", "value": "SHPO", "starts": "2026-11-20", "ends": "2031-11-20"}
    import_file(store, _write(tmp_path / "n.csv", MARKERS, [order]))
    assert "SHPO" in (cohorts.must_leave(store, member, AS_OF) or "")
    assert cohorts.qualifying(store, COHORTS["rso-reactive"], AS_OF) == []


@pytest.mark.parametrize(("since", "said"), [("2025-12-01", "1 now, not known then"), ("2025-01-01", "1 now, 1 then")])
def test_the_wanted_are_set_against_a_year_before(store: Store, tmp_path: Path, since: str, said: str) -> None:
    wanted = {"person_ref": "P9", "marker": "wanted", "value": "019/08", "starts": since}
    import_file(store, _write(tmp_path / "m.csv", MARKERS, [wanted]))
    cohort = COHORTS["wanted-high-harm"]
    found = cohorts.qualifying(store, cohort, AS_OF)
    assert said in cohorts.against_target(store, cohort, AS_OF, len(found))
    assert cohorts.against_target(store, COHORTS["mappa"], AS_OF, 5) == ""
