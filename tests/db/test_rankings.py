"""The one test that matters most: what the database adds up in bulk is what the rules say line by line."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from core.allegations import By
from core.errors import NotFound, Problem
from core.extract import COLUMNS
from core.harm import Harm
from core.methods import METHODS
from core.pools import Pool
from core.ranking import place
from core.stability import Variant
from db.first import people_first
from db.loading.importing import import_file
from db.loading.withdraw import withdraw
from db.people import explain, explain_in, person
from db.rankings import entries, entries_at, latest_run, order, request_again, run
from db.runs import make_run
from db.scoring import RankingRequest, scoring_of, standings
from db.since import since
from db.stability import Alternative, _given, _sums
from db.store import Store, make_store
from tests.db.files import rows_of

TODAY = date(2026, 11, 21)
AS_OF = TODAY.toordinal()
HOSTILE = "\x1b[31m[/red]'; --"
WriteExtract = Callable[..., Path]
Rows = list[dict[str, str]]

_BACK = (0, 1, 5, 199, 200, 201, 364, 365, 366, 367, 564, 565, 566, 700, 701, 702, 900)
"""Days before the latest as-of day, at and around the edges of every window that is asked for."""
_DAYS = st.sampled_from(_BACK).map(lambda back: date.fromordinal(AS_OF - back).isoformat())
_OFFENCES = st.sampled_from(
    [
        ("105/01", "Common assault"),
        ("008/06", "Actual bodily harm"),
        ("019/08", "Rape of a female aged 16 or over"),
        ("008/01", "Malicious wounding"),
        ("", "Anti-social behaviour incident"),
        ("008/66", "Stalking involving serious alarm"),
        ("034/01", "Robbery of personal property"),
        ("008/26", "Article with a blade"),
        ("105/99", "Out of the index"),
    ]
)


@st.composite
def _row(draw: st.DrawFn) -> dict[str, str]:
    code, offence = draw(_OFFENCES)
    who = draw(st.sampled_from(["P1", "P1", "P1", "p1", "P2", ""]))
    return {
        "crime_ref": draw(st.sampled_from([f"C{n}" for n in range(4)])),
        "ho_code": code,
        "offence": offence,
        "committed_from": draw(_DAYS),
        "reported_on": draw(_DAYS),
        "vawg": draw(st.sampled_from(["yes", "yes", "yes", "no"])),
        "domestic_abuse": draw(st.sampled_from(["yes", "no"])),
        "outcome": draw(st.sampled_from(["charged", "charged", "cancelled"])),
        "person_ref": who,
        "surname": "Testcase" if who else "",
        "role": draw(st.sampled_from(["named suspect", "charged", "eliminated"])) if who else "",
        "named_by": draw(st.sampled_from(["victim", "victim", "witness", "police", "intelligence", ""])),
        "victim_ref": draw(st.sampled_from(["", "V1", "V2", "V3"])),
    }


def _take(store: Store, path: Path, rows: Rows) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS, restval="")
        writer.writeheader()
        writer.writerows(rows)
    import_file(store, path, today=TODAY)


@settings(
    max_examples=settings().max_examples // 2,
    derandomize=True,
    deadline=None,
    phases=[Phase.generate],  # making a failure smaller takes minutes, as every step imports a file
    suppress_health_check=list(HealthCheck),
)
@given(st.lists(_row(), min_size=10, max_size=40), st.lists(_row(), max_size=10))
def test_the_bulk_ranking_and_the_explanation_agree(first: Rows, later: Rows) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = make_store(Path(folder) / "tasking.db", "tester", lambda: datetime(2026, 11, 21, 9, tzinfo=UTC))
        for number, rows in enumerate(rows for rows in (first, later) if rows):
            _take(store, Path(folder) / f"{number}.csv", rows)
            for by in ("reported", "committed"):
                for asked in (
                    RankingRequest(AS_OF, by),
                    RankingRequest(AS_OF - 200, by),
                    RankingRequest(AS_OF - 1, by, window=700, min_crimes=1),
                    RankingRequest(AS_OF, by, window=700, historic="apart"),
                    RankingRequest(AS_OF, by, window=700, pool=Pool.KNIFE),
                ):
                    _agree(store, asked)
            for turn, method in enumerate(METHODS):
                pool = list(Pool)[(turn + number) % len(Pool)]
                _agree(
                    store,
                    RankingRequest(AS_OF, method=method, pool=pool, split=("default", "lowest", "highest")[turn % 3]),
                )
        store.close()


def _agree(store: Store, asked: RankingRequest) -> None:
    bulk = {one.ref: one for one in standings(store, asked)}
    placed = {}
    if bulk:
        head = make_run(store, asked)
        placed = {one.person: one for one in entries_at(store, head.id, order(store, head.id)).values()}
        ordered = [
            (rank, one.ref, one.score)
            for _, rank, one in place(bulk.values(), asked.at_least, people_first(store, asked))
        ]
        assert ordered == [
            (one.rank, one.person, one.score) for _, one in sorted((o.position, o) for o in placed.values())
        ]
        assert head.people == len(bulk) == len(placed)
        assert head.ranked == sum(one.rank is not None for one in placed.values())
    unweighted = historic = 0
    apart = asked.historic == "apart"
    for (ref,) in store.read.rows("SELECT ref FROM person"):
        found = explain(store, ref, asked)
        inside = [line for line in found.lines if line.in_pool]
        unweighted += sum(line.days is None for line in inside)
        historic += len(found.historic)
        assert apart or list(found.historic) == [line for line in inside if line.historic]
        assert (ref in bulk) == bool(inside)
        if not inside:
            continue
        one, entry = bulk[ref], placed[ref]
        last = max(line.row.reported_on for line in inside)
        heaviest = max((line.days for line in inside if line.days is not None), default=None)
        assert (one.score, one.allegations, one.crimes, one.last) == (
            found.score, len(found.counted), found.crimes, last,
        )  # fmt: skip
        assert (entry.score, entry.allegations, entry.crimes, entry.victims, entry.last_allegation) == (
            found.score, len(found.counted), found.crimes, found.victims, last,
        )  # fmt: skip
        assert (one.gravity, entry.gravity) == (heaviest, heaviest)
        assert (one.recency, one.harm, one.victims) == (found.measures.recency, found.measures.harm, found.victims)
        assert entry.measures == found.measures
        assert head.parts(entry) == found.parts
        assert (entry.rank is not None) == (found.crimes >= asked.at_least)
    if bulk:
        assert (sum(head.unweighted.values()), head.historic) == (unweighted, historic)


def test_the_row_that_leads_a_report_is_the_same_by_every_index(store: Store, write_extract: WriteExtract) -> None:
    stalking = {"ho_code": "008/66", "offence": "Stalking involving serious alarm", "victim_ref": "V1"}
    wounding = {"ho_code": "008/01", "offence": "Malicious wounding", "severity": "minor", "victim_ref": "V2"}
    rows = [{"crime_ref": "1", **one} for one in (wounding, stalking)]
    import_file(store, write_extract(rows, columns=(*COLUMNS, "severity")))
    scores = {}
    for method in ("v100", "css"):
        asked = RankingRequest(AS_OF, method=method, min_crimes=1)
        [entry] = entries(store, make_run(store, asked).id)
        assert entry.score == explain(store, "P1", asked).score
        scores[method] = entry.score
    assert scores == {"v100": 252.0, "css": 56.35}


def test_a_run_by_an_imported_edition_is_explained_by_it(
    store: Store, write_extract: WriteExtract, tmp_path: Path
) -> None:
    import_file(store, write_extract([{"crime_ref": "1"}, {"crime_ref": "2"}]))
    path = tmp_path / "own.csv"
    path.write_text("index,edition,dated,code,title,days\nCCHI,CCHI own,2026-02-01,105/01,Common assault,7\n")
    import_file(store, path)
    head = make_run(store, RankingRequest(AS_OF, editions=("CCHI own",)))
    [entry] = entries(store, head.id)
    found = explain_in(store, "P1", head)
    assert (entry.score, found.score, found.edition, head.edition) == (14.0, 14.0, "CCHI own", "CCHI own")
    assert request_again(store, head).editions == ("CCHI own",)
    again = request_again(store, head)
    made_by = {key: make_run(store, replace(again, method=key)).edition for key in ("css", "rfh")}
    assert made_by == {"css": "CSS 2021", "rfh": "CCHI own"}
    latest = store.read.rows("SELECT MAX(id) FROM batch")[0][0]
    withdraw(store, latest)
    assert (request_again(store, head).editions, explain_in(store, "P1", head).score) == ((), 14.0)


def test_the_latest_run_is_one_by_the_usual_rules(store: Store, write_extract: WriteExtract) -> None:
    import_file(store, _three(write_extract))
    usual = make_run(store, RankingRequest(AS_OF))
    for other in (
        RankingRequest(AS_OF, window=90),
        RankingRequest(AS_OF, min_crimes=1),
        RankingRequest(AS_OF, "committed"),
        RankingRequest(AS_OF, pool=Pool.VIOLENCE),
        RankingRequest(AS_OF, split="lowest"),
        RankingRequest(AS_OF, statuses=("at large",)),
    ):
        make_run(store, other)
    assert latest_run(store) == usual


def _three(write_extract: WriteExtract, **changed: str) -> Path:
    """A: two reports, 11 days; B: two reports, 2 days; C: one report, 1825 days."""
    return write_extract(
        [
            {"crime_ref": "1", "person_ref": "A", "surname": "Ash", "ho_code": "008/06", "offence": "ABH"},
            {"crime_ref": "2", "person_ref": "A", "surname": "Ash"},
            {
                "crime_ref": "3",
                "person_ref": "B",
                "surname": "100%_sure!",
                "forenames": HOSTILE,
                **changed,
            },
            {"crime_ref": "4", "person_ref": "B", "surname": "100%_sure!", "forenames": HOSTILE},
            {"crime_ref": "5", "person_ref": "C", "surname": "Birch", "ho_code": "019/08", "offence": "Rape"},
        ],
        name=f"{len(changed)}.csv",
    )


def test_a_run_ranks_and_never_changes(store: Store, write_extract: WriteExtract) -> None:
    import_file(store, _three(write_extract))
    first = make_run(store, RankingRequest(AS_OF - 7))
    head = make_run(store, RankingRequest(AS_OF))
    before = entries(store, head.id)
    assert [(e.rank, e.previous_rank, e.person, e.score) for e in before] == [(1, 1, "A", 11.0), (2, 2, "B", 2.0)]
    assert (head.people, head.ranked, head.historic, head.unweighted) == (3, 2, 0, {})
    assert [since(store, one, None).run for one in (head, first)] == [first.id, None]

    import_file(store, _three(write_extract, ho_code="019/08", offence="Rape"))
    assert entries(store, head.id) == before
    assert run(store, head.id) == head
    after = make_run(store, RankingRequest(AS_OF))
    assert [(e.rank, e.previous_rank, e.person, e.score) for e in entries(store, after.id)] == [
        (1, 2, "B", 1826.0),
        (2, 1, "A", 11.0),
    ]
    assert latest_run(store) == after


def test_only_a_run_of_the_same_kind_is_the_previous_one(store: Store, write_extract: WriteExtract) -> None:
    import_file(store, _three(write_extract))
    for other in (
        RankingRequest(AS_OF - 7, window=30),
        RankingRequest(AS_OF - 7, "committed"),
        RankingRequest(AS_OF - 7, min_crimes=1),
    ):
        make_run(store, other)
    assert {e.previous_rank for e in entries(store, make_run(store, RankingRequest(AS_OF)).id)} == {None}
    make_run(store, RankingRequest(AS_OF - 1))
    assert [e.previous_rank for e in entries(store, make_run(store, RankingRequest(AS_OF)).id)] == [1, 2]


def test_what_could_not_be_weighed_and_what_is_old_stands_on_the_head(
    store: Store, write_extract: WriteExtract
) -> None:
    rows = [
        {"crime_ref": "1", "ho_code": "105/99", "offence": "new"},
        {"crime_ref": "2", "ho_code": "105/99", "offence": "newer"},
        {"crime_ref": "3", "ho_code": "", "offence": "words only"},
        {"crime_ref": "4", "committed_from": "01/11/2025"},
        {"crime_ref": "5", "committed_from": "02/11/2025"},
        {"crime_ref": "6", "ho_code": "105/99", "offence": "new", "vawg": "no"},
        {
            "crime_ref": "7",
            "ho_code": "105/99",
            "offence": "new",
            "reported_on": "20/11/2025",
            "committed_from": "20/11/2025",
        },
    ]
    import_file(store, write_extract(rows))
    head = make_run(store, RankingRequest(AS_OF))
    assert (head.unweighted, head.historic) == ({"(no code)": 1, "105/99": 2}, 1)
    [entry] = entries(store, head.id)
    assert (entry.crimes, entry.allegations, entry.score, entry.largest_days) == (5, 2, 2.0, 1.0)


def test_a_report_of_many_rows_counts_once_and_each_victim_once(store: Store, write_extract: WriteExtract) -> None:
    rows = [{"crime_ref": ref, "victim_ref": victim} for ref in ("1", "2") for victim in ("V1", "V2", "V3", "")]
    import_file(store, write_extract(rows))
    [entry] = entries(store, make_run(store, RankingRequest(AS_OF)).id)
    assert (entry.crimes, entry.allegations, entry.score, entry.victims) == (2, 2, 2.0, 3)


@pytest.mark.parametrize(("back", "inside"), [(-1, False), (0, True), (364, True), (365, False)])
@pytest.mark.parametrize("by", ["reported", "committed"])
def test_the_edges_of_the_window(store: Store, write_extract: WriteExtract, back: int, inside: bool, by: By) -> None:
    as_of = date(2026, 11, 20).toordinal()
    day = date.fromordinal(as_of - back).isoformat()
    import_file(store, write_extract([{"crime_ref": "1", "committed_from": day, "reported_on": day}]))
    assert len(standings(store, RankingRequest(as_of, by))) == inside


def test_ties_at_the_end_of_the_top_are_shown(store: Store, write_extract: WriteExtract) -> None:
    import_file(store, write_extract([{"crime_ref": str(n), "person_ref": f"P{n % 4}"} for n in range(8)]))
    head = make_run(store, RankingRequest(AS_OF))
    assert [(e.rank, e.position, e.person) for e in entries(store, head.id, 1)] == [
        (1, 1, "P0"), (1, 2, "P1"), (1, 3, "P2"), (1, 4, "P3"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("needle", "found"),
    [
        ("", "ABC"),
        ("ash", "A"),
        ("100%_", "B"),
        ("%", "B"),
        ("_", "B"),
        ("!", "B"),
        ("!!", ""),
        ("ASH birch", ""),
        ("a ash at large", "A"),
        ("[/RED]'; --", "B"),
        ("\x1b[31m", "B"),
        ("#1", "A"),
        ("hackney birch", "C"),
        ("'", "B"),
    ],
)
def test_the_filter_takes_every_character_as_it_is(
    store: Store, write_extract: WriteExtract, needle: str, found: str
) -> None:
    import_file(store, _three(write_extract))
    head = make_run(store, RankingRequest(AS_OF))
    ids = order(store, head.id, needle=needle)
    shown = entries_at(store, head.id, ids)
    assert "".join(shown[number].person for number in ids) == found


def test_sorting_by_every_column_both_ways(store: Store, write_extract: WriteExtract) -> None:
    import_file(store, _three(write_extract))
    make_run(store, RankingRequest(AS_OF - 3))
    head = make_run(store, RankingRequest(AS_OF))
    people = {number: one.person for number, one in entries_at(store, head.id, order(store, head.id)).items()}

    def by(sort: str, descending: bool = False) -> str:
        return "".join(people[number] for number in order(store, head.id, sort, descending))

    assert (by("rank"), by("rank", True)) == ("ABC", "CBA")
    assert (by("score"), by("score", True)) == ("BAC", "CAB")
    assert (by("name"), by("name", True)) == ("BAC", "CAB")
    assert (by("allegations"), by("allegations", True)) == ("CAB", "ABC")
    for sort in ("victims", "last", "status", "borough"):
        assert (by(sort), by(sort, True)) == ("ABC", "ABC"), sort
    assert (by("move"), by("move", True)) == ("ABC", "ABC")


@pytest.mark.parametrize("needle", ["Öztürk", "öztürk", "ÖZTÜRK", "strauß", "ŁUKASZ", "łukasz", "o'neill"])
@pytest.mark.parametrize("written", [str.title, str.upper, str.lower])
def test_a_name_with_other_letters_is_found_however_it_is_typed(
    store: Store, write_extract: WriteExtract, needle: str, written: Callable[[str], str]
) -> None:
    if needle == "strauß" and written is str.upper:
        pytest.skip("capitals have no ß")
    names = {"surname": written("öztürk strauß"), "forenames": written("łukasz o'neill")}
    import_file(store, write_extract([{"crime_ref": "1", **names}, {"crime_ref": "2", **names}]))
    assert len(order(store, make_run(store, RankingRequest(AS_OF)).id, needle=needle)) == 1


def test_nothing_to_rank_says_what_to_do(store: Store, write_extract: WriteExtract) -> None:
    with pytest.raises(Problem, match=r"holds no crime reports\. Import an extract first") as empty:
        make_run(store, RankingRequest(AS_OF))
    assert empty.value.title == "Nothing to rank"
    import_file(store, _three(write_extract))
    with pytest.raises(Problem, match=r"between 22/11/2018 and 21/11/2019.*run from 02/11/2026 to 02/11/2026"):
        make_run(store, RankingRequest(date(2019, 11, 21).toordinal()))
    assert rows_of(store, "SELECT COUNT(*) FROM run") == [(0,)]
    assert latest_run(store) is None
    with pytest.raises(NotFound):
        run(store, 1)


def test_a_person_is_found_by_reference_then_by_a_surname_of_one(store: Store, write_extract: WriteExtract) -> None:
    rows = [
        {"crime_ref": str(n), "person_ref": f"p{n}", "surname": name} for n, name in enumerate(("Ash", "Oak", "Oak"))
    ]
    import_file(store, write_extract(rows))
    assert person(store, " p0 ").name == "ASH, Al"
    assert person(store, "P0").ref == person(store, "ash").ref == "p0"
    with pytest.raises(NotFound, match=r"p1, p2 …\)\. Give the reference"):
        person(store, "OAK")
    with pytest.raises(NotFound, match="No person has that reference"):
        person(store, "p9")


@pytest.mark.parametrize("by", ["reported", "committed"])
def test_scoring_reads_the_index_and_not_the_table(store: Store, write_extract: WriteExtract, by: By) -> None:
    import_file(store, _three(write_extract))
    for method in METHODS:
        asked = RankingRequest(AS_OF, by, method=method)
        scoring = scoring_of(store, asked)
        rows = store.read.rows(f"EXPLAIN QUERY PLAN {scoring.sql()}", **scoring.parameters)
        plan = [row["detail"] for row in rows]
        assert any("COVERING INDEX report_row_score" in step for step in plan), plan


@pytest.mark.parametrize("offences", [1, 40, 400])
def test_weights_of_a_long_table_are_found_by_an_index_and_people_by_theirs(
    store: Store, write_extract: WriteExtract, offences: int
) -> None:
    import_file(store, _three(write_extract))
    weights = {number: Harm(float(number), "Offence", "published", "") for number in range(1, offences + 1)}
    request = RankingRequest(AS_OF, method="css")
    scoring = scoring_of(store, request)._replace(weights=weights)
    tried = [Alternative(Variant("as asked for", 365), scoring)]
    for query, values in ((scoring.sql(), scoring.parameters), (_sums(tried, 0), _given(request))):
        plan = [row["detail"] for row in store.read.rows(f"EXPLAIN QUERY PLAN {query}", **values)]
        assert any("COVERING INDEX report_row_score" in step for step in plan), plan
        assert offences < 400 or any("USING AUTOMATIC" in step and "offence_id=?" in step for step in plan), plan


def test_the_journal_refuses_to_be_changed(store: Store, write_extract: WriteExtract) -> None:
    import_file(store, _three(write_extract))
    make_run(store, RankingRequest(AS_OF))
    from db.store.engine import engine

    made = engine(store.path)
    with pytest.raises(DBAPIError, match="journal is append-only"), made.begin() as connection:
        connection.execute(text("UPDATE journal SET who = 'someone else'"))
    made.dispose()
