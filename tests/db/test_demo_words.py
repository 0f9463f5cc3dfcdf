"""What the demo's meetings say of people, sentence by sentence, against what the records held at that moment."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from core.demo.stories import may_ask, may_decide
from core.demo.words import TASKS
from core.demo.words_night import INCIDENT_TASKS
from core.demo.words_places import WARD_TASKS


class Told(NamedTuple):
    """Something that was said of a person, and when."""

    person: str
    at: str
    words: str


@dataclass(frozen=True)
class Known:
    """What the records held of a person at a moment: worked out here by itself, not as the program does."""

    status: str
    child: bool
    reports: list[sqlite3.Row]
    markers: list[sqlite3.Row]
    day: int

    def count(self, holds: Callable[[sqlite3.Row], bool]) -> int:
        """How many reports something holds of."""
        return sum(map(holds, self.reports))

    def orders(self) -> set[str]:
        """The orders in force."""
        return {
            one["value"] for one in self.markers if one["kind"] == "order" and (one["ends"] or self.day) >= self.day
        }

    def wanted(self) -> set[str]:
        """The days since when they are wanted, as the words give them."""
        return {f"{date.fromordinal(one['starts']):%d/%m/%Y}" for one in self.markers if one["kind"] == "wanted"}

    def breached(self) -> bool:
        """Whether a breach of an order is not followed up."""
        return any(one["kind"] == "breach" and one["ends"] is None for one in self.markers)

    def killed(self) -> int:
        """Reports of a killing."""
        return self.count(lambda row: row["title"].startswith(("Murder", "Manslaughter")))


@pytest.fixture(scope="module")
def rows(demo_store: Path) -> Iterator[sqlite3.Connection]:
    """The store, past the program."""
    with closing(sqlite3.connect(f"file:{demo_store}?mode=ro", uri=True)) as store:
        store.row_factory = sqlite3.Row
        yield store


def told(rows: sqlite3.Connection) -> list[Told]:
    """Every sentence about a person that the meetings left behind."""
    queries = (
        "SELECT subject_ref, set_at, action FROM action WHERE subject_kind = 'person'",
        "SELECT subject_ref, closed_at, result FROM action WHERE subject_kind = 'person' AND status = 'done'",
        "SELECT subject_ref, decided_at, decision FROM decision",
        "SELECT subject_ref, decided_at, reason FROM decision",
        "SELECT person_ref, adopted_at, reason FROM membership",
        "SELECT m.person_ref, k.opened_at, m.left_reason FROM membership m JOIN meeting k ON k.id = m.left_meeting_id",
    )
    return [Told(*row) for query in queries for row in rows.execute(query).fetchall()]


_REPORTS = (
    "SELECT r.crime_ref, o.title, c.outcome, c.role, c.domestic_abuse, r.victim_ref, l.borough, r.reported_on "
    "FROM report_row r JOIN offence o ON o.id = r.offence_id JOIN circumstance c ON c.id = r.circumstance_id "
    "JOIN place l ON l.id = r.place_id JOIN batch b ON b.id = r.batch_id LEFT JOIN batch n ON n.id = r.replaced_by "
    "JOIN person p ON p.id = r.person_id WHERE p.ref = ? AND b.imported_at <= ? "
    "AND (n.id IS NULL OR n.imported_at > ?) AND c.vawg AND c.named_by IN (1, 2) AND c.role <> 4 "
    "AND c.outcome <> 'cancelled' AND r.reported_on > ?"
)
_MARKERS = (
    "SELECT m.* FROM marker m JOIN batch b ON b.id = m.batch_id LEFT JOIN batch n ON n.id = m.replaced_by "
    "WHERE m.person_ref = ? AND b.imported_at <= ? AND (n.id IS NULL OR n.imported_at > ?)"
)
_STATUS = (
    "SELECT v.status, v.born_on FROM person_version v JOIN person p ON p.id = v.person_id "
    "JOIN batch b ON b.id = v.batch_id WHERE p.ref = ? AND b.imported_at <= ? ORDER BY v.id DESC LIMIT 1"
)


def known(rows: sqlite3.Connection, person: str, at: str) -> Known:
    """What the records held of a person at a moment."""
    moment = datetime.fromisoformat(at).date()
    run = "SELECT MAX(as_of) FROM run WHERE made_at <= ?"
    after = rows.execute(run, (at,)).fetchone()[0] - 365
    reports = rows.execute(_REPORTS, (person, at, at, after)).fetchall()
    markers = rows.execute(_MARKERS, (person, at, at)).fetchall()
    status, born = rows.execute(_STATUS, (person, at)).fetchone()
    birthday = date.fromordinal(born)
    grown = birthday.replace(year=birthday.year + 18, day=min(birthday.day, 28))
    return Known(status, grown > moment, reports, markers, moment.toordinal())


_CHARGED = (2, 3)
_SHARE = r"(?P<part>all|none|\d+|the one|no)(?: of)? ?(?P<every>\d+)? reports?"
_SHARES: dict[str, Callable[[sqlite3.Row], bool]] = {
    "harged on ": lambda row: row["role"] in _CHARGED,
    "onvicted on ": lambda row: row["role"] == 3,
    "(?:no support on|[Cc]lose) ": lambda row: row["outcome"] == "victim does not support",
    "(?:[Ss]till open: |Open: |file on |statements on |a charge on |work on |Under investigation: )": lambda row: (
        row["outcome"] == "under investigation"
    ),
    "Domestic: ": lambda row: bool(row["domestic_abuse"]),
    "Stalking(?:,| in) ": lambda row: "talking" in row["title"],
}
"""What stands before a share of someone's reports, and which reports it is a share of."""

_COUNTS: dict[str, Callable[[Known], int]] = {
    r"(\d+) victims?": lambda known: len({row["victim_ref"] for row in known.reports}),
    r"(\d+) boroughs": lambda known: len({row["borough"] for row in known.reports}),
    r"(\d+) domestic reports?": lambda known: known.count(lambda row: bool(row["domestic_abuse"])),
    r"(\d+) stalking reports?": lambda known: known.count(lambda row: "talking" in row["title"]),
    r"(\d+) open reports?": lambda known: known.count(lambda row: row["outcome"] == "under investigation"),
    r"(?<!of )(?<!all )\b(\d+) reports?": lambda known: len(known.reports),
}
"""Figures in sentences, and what they count."""

FAMILIES: dict[str, Callable[[Known], bool]] = {
    r"^Locate and arrest|^Arrest first|^Build the case before arrest|covert unit|local team; no central": (
        lambda known: known.status == "at large" and not known.child
    ),
    r"Circulate |^Circulated|Wanted since|^Bank and phone|^To the arrest team|press held back|platform by transport": (
        lambda known: known.status == "wanted" and bool(known.wanted())
    ),
    r"bail conditions|time on bail|^On bail|on bail with checks|tighter curfew|bail runs|home both times": (
        lambda known: known.status == "bail"
    ),
    r"[Pp]lan for arrest": lambda known: known.status in ("at large", "bail"),
    r"at risk of more": lambda known: known.status in ("at large", "bail", "wanted") and not known.killed(),
    r"to every victim|told the victims|victims' wishes": lambda known: not known.killed(),
    r"protected person|at the door": (
        lambda known: bool(known.orders() & {"NMO", "RO", "DVPO", "SPO"}) and known.status in ("at large", "bail")
    ),
    r"[Cc]onditions (?:are )?kept so far": lambda known: known.status == "bail" and not known.breached(),
    r"next court date|objection to bail|[Oo]n remand|tasked while held|not charged while held|reports, held;": (
        lambda known: known.status == "remand" and known.count(lambda row: row["role"] in _CHARGED) > 0
    ),
    r"release date and licence|^Serving|Plan for release": lambda known: known.status == "serving",
    r"[Rr]ecall|parole board": lambda known: known.status == "recalled",
    r"Ask the prison|^Prison |by the prison": lambda known: known.status in ("remand", "serving", "recalled"),
    r"^Child|^A child|youth|Safeguarding leads": lambda known: known.child,
    r"abroad": lambda known: known.status == "abroad",
    r"[Ss]talking": lambda known: known.count(lambda row: "talking" in row["title"]) > 0,
    r"stalking protection order|Stalking adviser": lambda known: "SPO" not in known.orders(),
    r"[Dd]omestic": lambda known: known.count(lambda row: bool(row["domestic_abuse"])) > 0,
    r"Ask legal services for a protection order": lambda known: not known.orders(),
    r"Family liaison": lambda known: known.killed() > 0,
    r"every victim|specialist officer|Victim seen|one victim, who": lambda known: not known.killed(),
    r"one victim|^Victim seen": lambda known: len({row["victim_ref"] for row in known.reports}) == 1,
    r"Victim seen at work": lambda known: known.count(lambda row: row["outcome"] == "victim does not support") == 0,
    r"without a victim's statement": (
        lambda known: known.count(lambda row: row["outcome"] == "victim does not support") > 0
    ),
    r"school and youth team|^Meeting held|Safeguarding leads": lambda known: known.status in ("at large", "bail"),
    r"^Not taken into the V100": lambda known: known.status == "remand",
    r"sentenced|Sentenced|convicted": lambda known: known.count(lambda row: row["role"] == 3) > 0,
}
"""What sentences say, family by family, and what must hold of whom they say it."""


def test_every_family_of_words_holds_of_whom_it_is_said(rows: sqlite3.Connection) -> None:
    used: Counter[str] = Counter()
    for said in told(rows):
        about = known(rows, said.person, said.at)
        for family, holds in FAMILIES.items():
            if re.search(family, said.words):
                used[family] += 1
                assert holds(about), (said, family, about.status)
    assert len(used) >= 12


def test_every_share_of_reports_is_that_share(rows: sqlite3.Connection) -> None:
    seen: Counter[str] = Counter()
    for said in told(rows):
        about = known(rows, said.person, said.at)
        for before, holds in _SHARES.items():
            for share in re.finditer(before + _SHARE, said.words):
                seen[before] += 1
                every, part = len(about.reports), about.count(holds)
                given = {"all": every, "the one": 1, "none": 0, "no": 0}.get(share["part"])
                assert part == (int(share["part"]) if given is None else given), (said, part)
                assert share["every"] in (None, str(every)), (said, every)
                assert part, f"nothing is said of no report: {said}"
    assert len(seen) >= 5


def test_every_figure_counts_what_it_names(rows: sqlite3.Connection) -> None:
    seen: Counter[str] = Counter()
    for said in told(rows):
        about = known(rows, said.person, said.at)
        for figure, count in _COUNTS.items():
            for number in re.findall(figure, said.words):
                seen[figure] += 1
                assert int(number) == count(about), (said, figure)
    assert len(seen) >= 4


def test_every_day_order_and_place_named_is_of_that_person(rows: sqlite3.Connection) -> None:
    for said in told(rows):
        about = known(rows, said.person, said.at)
        for day in re.findall(r"[Ww]anted since (\S+)[;,]", said.words):
            assert day in about.wanted(), said
        for day in re.findall(r"Reported again on (\S+);", said.words):
            assert day == f"{date.fromordinal(max(row['reported_on'] for row in about.reports)):%d/%m/%Y}", said
        for order in re.findall(r"\b(DVPO|SPO|SHPO|CBO|NMO|RO|TAG)\b", said.words):
            assert order in about.orders(), said
        for borough in re.findall(r"nowhere but in ([A-Z][\w ]+);", said.words):
            assert {row["borough"] for row in about.reports} == {borough}, said
        for offence in re.findall(r"(?:the gravest|Gravest report is) ([^;]+);", said.words):
            assert offence in {row["title"] for row in about.reports}, said


def test_nothing_is_decided_against_an_action_or_asked_against_a_decision(rows: sqlite3.Connection) -> None:
    asked = rows.execute("SELECT subject_ref, action, set_at FROM action WHERE subject_kind = 'person'").fetchall()
    decided = rows.execute("SELECT subject_ref, decision, decided_at FROM decision WHERE amends IS NULL").fetchall()
    both = 0
    for person, decision, at in decided:
        theirs = [(words, when) for ref, words, when in asked if ref == person]
        both += bool(theirs)
        assert may_decide(decision, [words for words, when in theirs if when <= at]), (person, decision)
        assert all(may_ask(words, [], decision) for words, when in theirs if when > at), (person, decision)
    for person in {ref for ref, _, _ in asked}:
        told = [words for ref, words, _ in asked if ref == person]
        assert all(may_ask(words, [other for other in told if other != words], "") for words in told), told
    assert both > 2


def test_who_comes_in_is_not_held_and_who_goes_is(rows: sqlite3.Connection) -> None:
    held = ("remand", "serving", "recalled")
    joined = rows.execute("SELECT person_ref, adopted_at FROM membership").fetchall()
    assert joined
    assert not [person for person, at in joined if known(rows, person, at).status in held]
    query = "SELECT m.person_ref, k.opened_at FROM membership m JOIN meeting k ON k.id = m.left_meeting_id"
    assert all(known(rows, person, at).status in held for person, at in rows.execute(query).fetchall())
    kept_out = (
        "SELECT COUNT(*) FROM decision d JOIN membership m ON m.person_ref = d.subject_ref WHERE d.decision LIKE ?"
    )
    assert rows.execute(kept_out, ("Not taken into%",)).fetchone()[0] == 0


def test_a_bank_is_waited_for_by_whoever_asked_it(rows: sqlite3.Connection) -> None:
    results = rows.execute("SELECT action, result FROM action WHERE status = 'done'").fetchall()
    assert not [words for words, result in results if "bank" in result.lower() and not words.startswith("Bank")]


def test_wards_are_said_to_have_what_their_records_have(rows: sqlite3.Connection) -> None:
    asked = "SELECT 1 FROM panel_priority WHERE ward_code = ? AND priority = ? AND ends_on IS NULL"
    words = [
        *rows.execute("SELECT subject_ref, action, set_at FROM action WHERE subject_kind = 'ward'").fetchall(),
        *rows.execute("SELECT ward_code, reason, adopted_at FROM priority_ward").fetchall(),
    ]
    flagged = (
        "SELECT COUNT(*) FROM unsafe_place u JOIN batch b ON b.id = u.batch_id WHERE u.ward_code = ? "
        "AND b.imported_at <= ? AND u.reported_on >= julianday(substr(?, 1, 10)) - 1721424.5 - 365"
    )
    told = Counter[str]()
    for ward, said, at in words:
        for priority in re.findall(
            r"(?:asks(?: first)? about|patrol plan against|cover is asked for|flagged and) ([a-z ]+?)(?:[:,;]| asked)",
            said,
        ):
            assert rows.execute(asked, (ward, priority)).fetchone(), (ward, said)
            told["panel"] += 1
        for number in re.findall(r"(\d+) places", said):
            assert rows.execute(flagged, (ward, at, at)).fetchone()[0] == int(number), (ward, said)
            told["flagged"] += 1
    assert min(told["panel"], told["flagged"]) > 3


def test_nobody_is_asked_the_same_twice_and_no_sentence_is_a_formula(rows: sqlite3.Connection) -> None:
    asked = Counter(map(tuple, rows.execute("SELECT subject_ref, action FROM action").fetchall()))
    assert max(asked.values()) == 1
    decided = Counter(
        ref for (ref,) in rows.execute("SELECT subject_ref FROM decision WHERE amends IS NULL").fetchall()
    )
    assert max(decided.values()) == 1, "a decision stands until it is amended"
    for query, most in (
        ("SELECT result FROM action WHERE status = 'done'", 3),
        ("SELECT reason FROM decision", 3),
        ("SELECT reason FROM membership", 4),
        ("SELECT reason FROM priority_ward", 3),
    ):
        texts = Counter(text for (text,) in rows.execute(query).fetchall())
        assert max(texts.values()) <= most, texts.most_common(2)


def test_every_result_says_by_whom_and_what_next(rows: sqlite3.Connection) -> None:
    results = [text for (text,) in rows.execute("SELECT result FROM action WHERE status = 'done'").fetchall()]
    assert all(len(re.split(r"[,;.:]", text)) >= 2 and len(text) > 50 for text in results)


def test_what_an_action_is_to_bring_is_what_it_is_for(rows: sqlite3.Connection) -> None:
    brings = {task.expects for task in (*TASKS, *WARD_TASKS, *INCIDENT_TASKS)}
    asked = rows.execute("SELECT action, expected FROM action WHERE expected <> ''").fetchall()
    assert len(asked) > 5
    for words, expected in asked:
        of = [one for one in (*TASKS, *WARD_TASKS, *INCIDENT_TASKS) if words.startswith(one.says.words.split("{")[0])]
        assert expected in {one.expects for one in of} <= brings, (words, expected)
