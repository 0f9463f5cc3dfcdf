"""Nothing that the demo says contradicts another of its records: walked over the whole of it, past the program."""

from __future__ import annotations

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from core.authority import Authority, refuse_too_long
from core.days import LONDON
from core.demo.bids import BIDS
from core.geography import bcu_of, current_wards
from core.templates import agendas
from core.templates import template as agenda
from db import rankings
from db.demo import times_of
from db.store import Store

AS_OF = date(2026, 11, 21)
_WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEKDAY = re.compile(rf"\b({'|'.join(_WEEK)})\b")
_IN_CUSTODY = (
    "SELECT person_ref AS ref, starts, COALESCE(ends, 9999999) AS ends FROM marker "
    "WHERE kind = 'custody' AND replaced_by IS NULL"
)


@pytest.fixture(scope="module")
def rows(demo_store: Path) -> Iterator[sqlite3.Connection]:
    """The store, past the program."""
    with closing(sqlite3.connect(f"file:{demo_store}?mode=ro", uri=True)) as store:
        store.row_factory = sqlite3.Row
        yield store


def years_on(day: int, years: int) -> int:
    start = date.fromordinal(day)
    leap = (start.month, start.day) == (2, 29)
    return (date(start.year + years, 3, 1) if leap else start.replace(year=start.year + years)).toordinal()


def births(rows: sqlite3.Connection) -> dict[str, int]:
    query = "SELECT p.ref, v.born_on FROM person p JOIN person_version v ON v.id = p.version_id"
    return dict(rows.execute(query).fetchall())


def test_what_items_took_adds_up_to_the_meeting_at_most(rows: sqlite3.Connection) -> None:
    query = (
        "SELECT m.id, m.opened_at, m.sealed_at, SUM(i.seconds) AS spent, MIN(i.seconds) AS least "
        "FROM meeting m JOIN meeting_item i ON i.meeting_id = m.id WHERE m.sealed_at IS NOT NULL GROUP BY m.id"
    )
    sealed = rows.execute(query).fetchall()
    assert len(sealed) == 87
    for one in sealed:
        length = datetime.fromisoformat(one["sealed_at"]) - datetime.fromisoformat(one["opened_at"])
        assert 0 < one["spent"] <= length.total_seconds(), one["id"]
        assert one["least"] > 0


def test_all_that_a_meeting_did_names_the_item_it_was_done_at(rows: sqlite3.Connection) -> None:
    query = "SELECT what, item FROM journal WHERE meeting_id IS NOT NULL"
    nowhere = {row["what"].split()[0] for row in rows.execute(query) if not row["item"]}
    assert nowhere == {"Open", "Seal"}, "a meeting is opened and sealed at no item"
    raised = {tuple(row) for row in rows.execute("SELECT DISTINCT meeting_kind, item FROM action")}
    assert all(item in [one.key for one in agenda(kind).items] for kind, item in raised)


@pytest.mark.parametrize("kind", ["daily", "weekly"])
def test_on_any_day_items_fit_into_their_meeting_and_some_are_over(kind: str) -> None:
    agenda = agendas()[kind]
    for turn in range(18):
        times = times_of(agenda, turn)
        assert sum(times) <= agenda.minutes * 60
        assert min(times) > 0
    assert any(took > item.minutes * 60 for took, item in zip(times_of(agenda, 3), agenda.items, strict=True))


def test_nobody_commits_an_offence_in_custody(rows: sqlite3.Connection) -> None:
    query = (
        f"SELECT r.crime_ref, c.* FROM ({_IN_CUSTODY}) c JOIN person p ON p.ref = c.ref "  # noqa: S608
        "JOIN report_row r ON r.person_id = p.id WHERE r.replaced_by IS NULL "
        "AND r.committed_from <= c.ends AND COALESCE(r.committed_to, r.committed_from) >= c.starts"
    )
    assert not [tuple(row) for row in rows.execute(query)]
    assert rows.execute(_IN_CUSTODY).fetchall()


def test_nobody_is_wanted_tagged_or_in_breach_in_custody(rows: sqlite3.Connection) -> None:
    query = (
        f"SELECT m.kind, m.value, c.* FROM ({_IN_CUSTODY}) c JOIN marker m ON m.person_ref = c.ref "  # noqa: S608
        "WHERE m.replaced_by IS NULL AND m.starts <= c.ends AND (m.kind = 'wanted' AND COALESCE(m.ends, 9999999) "
        ">= c.starts OR m.value = 'TAG' AND COALESCE(m.ends, 9999999) >= c.starts "
        "OR m.kind = 'breach' AND m.starts >= c.starts)"
    )
    assert not [tuple(row) for row in rows.execute(query)]


def test_what_was_done_about_a_breach_fits_where_someone_stands(rows: sqlite3.Connection) -> None:
    stands = {"bailed": {"bail"}, "charged": {"remand", "serving"}, "licence": {"recalled"}, "wanted": set()}
    query = (
        "SELECT m.note, v.status FROM marker m JOIN person p ON p.ref = m.person_ref "
        "JOIN person_version v ON v.id = p.version_id WHERE m.kind = 'breach'"
    )
    for note, status in rows.execute(query):
        assert all(status in statuses for word, statuses in stands.items() if word in note), (note, status)


def test_orders_and_custody_go_by_the_age_on_their_first_day(rows: sqlite3.Connection) -> None:
    born = births(rows)
    seen: Counter[str] = Counter()
    for one in rows.execute("SELECT * FROM marker WHERE kind IN ('order', 'custody') AND replaced_by IS NULL"):
        child = one["starts"] < years_on(born[one["person_ref"]], 18)
        seen[f"{one['value']} {child}"] += 1
        if one["kind"] == "custody":
            assert (one["value"] == "youth detention") is child, tuple(one)
        elif child and one["value"] == "CBO":
            least, most = years_on(one["starts"], 1), years_on(one["starts"], 3)
            assert least <= one["ends"] <= most, "DOMAIN2.md section 3: one to three years under 18"
        elif child:
            assert one["value"] not in ("DVPN", "DVPO"), "DOMAIN2.md section 3: 18 or over"
    assert len(seen) > 6


def test_what_was_carried_to_a_day_was_not_done_before_it(rows: sqlite3.Connection) -> None:
    query = (
        "SELECT u.at, u.words, a.due_at, a.closed_at FROM action_update u JOIN action a ON a.id = u.action_id "
        "WHERE u.words LIKE 'carried%'"
    )
    carried = rows.execute(query).fetchall()
    assert carried
    for one in carried:
        said, due = (datetime.fromisoformat(one[key]) for key in ("at", "due_at"))
        assert said < due
        assert one["closed_at"] is None or datetime.fromisoformat(one["closed_at"]) >= due
        for name in _WEEKDAY.findall(one["words"]):
            waits = next(said + timedelta(days=ahead) for ahead in range(7) if _named(said, ahead) == name)
            assert said < waits < due, tuple(one)


def test_a_weekday_in_a_sentence_lies_a_few_days_ahead(rows: sqlite3.Connection) -> None:
    queries = (
        "SELECT closed_at, result FROM action WHERE status = 'done'",
        "SELECT decided_at, reason FROM decision",
        "SELECT set_at, action FROM action",
    )
    told = [(datetime.fromisoformat(at), words) for query in queries for at, words in rows.execute(query)]
    named = [(at, name) for at, words in told for name in _WEEKDAY.findall(words) if f"each {name}" not in words]
    assert len(named) > 5
    for at, name in named:
        assert name in {_named(at, ahead) for ahead in (2, 3, 4, 5, 6)}, (at, name)


def _named(at: datetime, ahead: int) -> str:
    return _WEEK[(at + timedelta(days=ahead)).weekday()]


def test_a_bid_agrees_with_its_own_figures(rows: sqlite3.Connection) -> None:
    wards = {ward.code: ward for ward in current_wards()}
    bids = rows.execute("SELECT b.*, m.as_of FROM bid b LEFT JOIN meeting m ON m.id = b.meeting_id").fetchall()
    assert {bid["outcome"] for bid in bids} >= {"granted", "part", "refused", ""}
    for bid in bids:
        assert bcu_of(bid["place"]) == bid["bcu"]
        assert bid["requester"].startswith(bid["bcu"])
        assert wards[bid["ward_code"]].borough == bid["place"]
        starts, ends = (datetime.fromisoformat(bid[name]).astimezone(LONDON) for name in ("starts_at", "ends_at"))
        assert starts > datetime.fromisoformat(bid["made_at"]), "asked for before it starts"
        assert starts.date() >= date.fromisoformat(bid["as_of"] or bid["made_at"][:10]), "decided before it starts"
        assert bid["starts"] == f"{starts:%a %d/%m %H:%M}-{ends:%H:%M}"
        assert starts.hour >= 14 or not re.search("evening|afternoon|night", bid["resource"])
        assert ends - starts <= timedelta(hours=8), "a bid is for one duty"
        said = ("objective", "control_strategy", "risk", "community", "exit", "tactic", "officers")
        assert all(bid[name] for name in said), "the whole form is filled in"
    scored = [bool(bid["answers"]) for bid in bids]
    assert scored == [True] * (len(bids) - 1) + [False], "the last that came in is still to be scored"
    put_off = rows.execute(
        "SELECT COUNT(*) FROM journal, json_each(changes) c WHERE json_extract(c.value, '$.table') = 'bid' "
        "AND json_extract(c.value, '$.after.outcome') = 'deferred'"
    )
    assert put_off.fetchone()[0] >= 1


def test_what_a_bid_was_given_is_a_deployment_of_who_was_free_then(rows: sqlite3.Connection) -> None:
    wards, traced = {ward.code: ward for ward in current_wards()}, 0
    bids = rows.execute("SELECT * FROM bid").fetchall()
    for bid in bids:
        given = rows.execute("SELECT * FROM deployment_record WHERE bid_id = ?", (bid["id"],)).fetchall()
        if bid["outcome"] not in ("granted", "part"):
            assert (given, bid["deployment_id"], bid["result_due"]) == ([], None, None)
            continue
        [one] = given
        assert one["id"] == bid["deployment_id"]
        terms = ("ward_code", "tactic", "objective")
        assert [one[name] for name in terms] == [bid[name] for name in terms]
        assert (one["starts"], one["ends"], one["end_test"]) == (bid["starts_at"], bid["ends_at"], bid["exit"])
        assert (one["over_at"], one["stopped_why"]) == (one["ends"], ""), "nobody was taken off it"
        assert one["why"] == bid["reason"]
        links = rows.execute("SELECT * FROM deployment_unit WHERE deployment_id = ?", (one["id"],)).fetchall()
        officers = sum(link["officers"] for link in links)
        assert officers == bid["officers"] if bid["outcome"] == "granted" else 0 < officers < bid["officers"]
        for link in links:
            assert not rows.execute(_ELSEWHERE, {"link": link["id"]}).fetchall(), "elsewhere then"
            assert (link["asked"] == "") or link["answer"] == "agreed"
        asked = next(one for one in BIDS if one.problem == bid["problem"])
        assert (wards[one["ward_code"]].borough, officers) == (
            asked.borough, asked.decided[-1].officers or asked.officers,
        )  # fmt: skip
        traced += 1
    assert traced >= 6


_ELSEWHERE = """
SELECT d.id FROM deployment_unit mine JOIN deployment_record here ON here.id = mine.deployment_id
JOIN deployment_unit other ON other.unit_id = mine.unit_id AND other.id <> mine.id AND other.answer <> 'refused'
JOIN deployment_record d ON d.id = other.deployment_id
WHERE mine.id = :link AND d.starts < here.ends AND MIN(d.over_at, COALESCE(other.left_at, d.over_at)) > here.starts
"""


def test_results_are_told_at_a_meeting_or_with_the_next_bid_or_are_owed(rows: sqlite3.Connection) -> None:
    now = datetime.combine(AS_OF, time(10), LONDON)
    given = [one for one in rows.execute("SELECT * FROM bid ORDER BY id").fetchall() if one["deployment_id"]]
    for one in given:
        ends, due = datetime.fromisoformat(one["ends_at"]), datetime.fromisoformat(one["result_due"])
        assert due == ends + timedelta(days=7)
    entries = [json.loads(entry["changes"]) for entry in rows.execute("SELECT changes FROM journal").fetchall()]
    told = [
        [change["table"] for change in changes]
        for changes in entries
        if any(change["table"] == "bid" and (change["after"] or {}).get("result") for change in changes)
    ]
    assert ["bid"] in told, "told at a meeting"
    assert ["bid", "bid"] in told, "told with the next bid of the same requester, which asked for it"
    owed = [one for one in given if not one["result"] and datetime.fromisoformat(one["result_due"]) <= now]
    assert len(owed) == 1
    assert [one for one in given if not one["result"] and datetime.fromisoformat(one["result_due"]) > now], "to come"
    asked_since = "SELECT COUNT(*) AS many FROM bid WHERE requester = ? AND made_at > ?"
    assert [rows.execute(asked_since, (one["requester"], one["result_due"])).fetchone()["many"] for one in owed] == [0]


def test_a_decision_keeps_the_figures_of_its_run(rows: sqlite3.Connection, demo_store: Path) -> None:
    query = (
        "SELECT d.facts, d.subject_ref, m.run_id FROM decision d JOIN meeting m ON m.id = d.meeting_id "
        "JOIN person p ON p.ref = d.subject_ref WHERE d.amends IS NULL"
    )
    decided = rows.execute(query).fetchall()
    assert decided
    with Store(demo_store, "tester") as store:
        for facts, ref, run in decided:
            entry = rankings.entry_of(store, run, ref)
            assert entry is not None
            shown = {"rank": str(entry.rank), "score": f"{entry.score:,g} d", "allegations": str(entry.allegations)}
            assert json.loads(facts) == shown


def test_posts_are_said_to_be_moved_by_hand_where_some_were(rows: sqlite3.Connection) -> None:
    minutes = [text for (text,) in rows.execute("SELECT minutes FROM meeting WHERE kind = 'weekly' AND sealed_at > ''")]
    assert minutes
    for text in minutes:
        assert "No post was moved by hand." in text
        assert ", moved by hand" not in text


def test_what_is_short_of_a_focus_week_is_not_promised_for_the_next_ward(rows: sqlite3.Connection) -> None:
    said = [text for (text,) in rows.execute("SELECT result FROM focus_item WHERE result <> ''")]
    assert not [text for text in said if "next week" in text]


def test_what_needs_an_authority_has_it_within_its_hours_and_papers_tell_it(rows: sqlite3.Connection) -> None:
    extended, waits = [], []
    for one in rows.execute("SELECT * FROM deployment_record WHERE tactic IN ('Section 60', 'surveillance')"):
        authority = Authority(**json.loads(one["authority"]))
        starts, ends = datetime.fromisoformat(one["starts"]), datetime.fromisoformat(one["ends"])
        refuse_too_long(authority, starts, ends)
        paper = rows.execute("SELECT minutes FROM meeting WHERE id = ?", (one["meeting_id"],)).fetchone()["minutes"]
        if one["tactic"] == "surveillance":
            assert authority == Authority(authority.kind, reference=authority.reference), "nothing else is kept"
            assert authority.reference in paper
            continue
        assert (authority.rank, authority.grounds != "", authority.area != "", one["place"] != "") == (
            "inspector", True, True, True,
        )  # fmt: skip
        assert f"section 60 by inspector: {authority.grounds}" in paper
        if authority.extended_by:
            extended.append((authority.extended_by, (ends - starts) / timedelta(hours=1)))
        if starts.date() == AS_OF:
            waits.append(one["id"])
    assert extended == [("superintendent", 48.0)]
    assert len(waits) == 1, "one is still to come on the day of the demo"
    told = rows.execute("SELECT COUNT(*) AS many FROM meeting WHERE minutes LIKE '%extended by superintendent%'")
    assert told.fetchone()["many"] >= 1
    [answer] = rows.execute(
        "SELECT l.asked, l.answer FROM deployment_unit l JOIN deployment_record d ON d.id = l.deployment_id "
        "WHERE d.tactic = 'Section 60' AND l.asked <> ''"
    ).fetchall()
    assert tuple(answer) == ("TSG reserve desk", "agreed")


def test_what_meetings_plan_names_the_site_or_streets(rows: sqlite3.Connection) -> None:
    named = rows.execute(
        "SELECT place, objective FROM deployment_record WHERE objective <> '' AND place <> ''"
    ).fetchall()
    assert len(named) >= 15
    assert len({one["place"] for one in named}) >= 5
