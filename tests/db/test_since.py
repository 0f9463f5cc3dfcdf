"""Moves are told against the ranking that the last sealed meeting of the kind and scope looked at."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from core.movement import Move
from core.ranking import MOVES_AMONG
from db import actions, meetings, papers, rankings, since_papers
from db.loading.importing import import_file
from db.meetings import MeetingView, Papers
from db.movements import moves
from db.rankings import RunHead
from db.runs import make_run
from db.scoring import RankingRequest
from db.since import since
from db.store import Store

DAY = date(2026, 11, 27)
WriteExtract = Callable[..., Path]
INCIDENT = (
    "ref,kind,at,ward_code,victim_age,injury,suspect_state,owner,note\n"
    "INC-1,stabbing,2026-11-26 22:40,E05009367,17,serious,outstanding,,\n"
)
MARKER = "person_ref,marker,value,starts,ends,note\nB,wanted,019/08,10/11/2026,,\n"
_RAPE = {"ho_code": "019/08", "offence": "Rape of a female aged 16 or over"}


@pytest.fixture
def ranked(store: Store, write_extract: WriteExtract) -> Store:
    rows = [
        {"crime_ref": f"{person}{number}", "person_ref": person, "surname": person, "reported_on": "01/11/2026"}
        for person in "AB"
        for number in range(3 if person == "A" else 2)
    ]
    rows.append({**_RAPE, "crime_ref": "B9", "person_ref": "B", "surname": "B", "reported_on": "25/11/2026"})
    import_file(store, write_extract(rows), today=DAY)
    return store


def run(store: Store, back: int, **asked: object) -> RunHead:
    return make_run(store, RankingRequest(DAY.toordinal() - back, **asked))  # type: ignore[arg-type]


def held(store: Store, kind: str, back: int, head: RunHead | None, *, sealed: bool = True) -> MeetingView:
    number = None if head is None else head.id
    made = meetings.open_meeting(store, kind, "Chair", DAY - timedelta(days=back), number)
    if sealed:
        meetings.seal_meeting(store, made.id, lambda: Papers("minutes", "report"))
    return made


def test_the_weekly_moves_since_last_weeks_and_the_daily_since_the_last(ranked: Store) -> None:
    week, yesterday = run(ranked, 7), run(ranked, 1)
    held(ranked, "weekly", 7, week)
    held(ranked, "daily", 1, yesterday)
    now = run(ranked, 0)
    assert now.earlier == yesterday.id
    weekly, daily = (held(ranked, kind, 0, now, sealed=False) for kind in ("weekly", "daily"))
    moved = since(ranked, now, weekly)
    assert (moved.run, moved.words) == (week.id, "moves since Fri 20/11")
    assert moved.as_json() == {"day": "2026-11-20", "run": week.id, "words": "moves since Fri 20/11"}
    assert since(ranked, now, daily).words == since(ranked, now, None).words == "moves since Thu 26/11"
    ranks = [(one.person, one.rank, one.previous_rank) for one in rankings.entries(ranked, now.id, since=moved.run)]
    assert ranks == [("B", 1, 2), ("A", 2, 1)]
    assert "moves since Fri 20/11" in papers.minutes(ranked, weekly, ranked.now())


def test_a_first_meeting_says_so_and_one_that_was_not_sealed_was_not_held(ranked: Store) -> None:
    first = run(ranked, 2)
    held(ranked, "daily", 2, first, sealed=False)
    now = run(ranked, 0)
    today = held(ranked, "daily", 0, now, sealed=False)
    assert since(ranked, now, today).words == "no earlier meeting: moves since the ranking of Wed 25/11"
    assert since(ranked, first, None).words == "first ranking of its kind: no moves"
    assert since(ranked, first, None).as_json() is None


def test_a_ranking_of_another_kind_moves_from_one_of_its_kind(ranked: Store) -> None:
    held(ranked, "daily", 3, run(ranked, 3))
    before, same_day = run(ranked, 5, method="rfg"), run(ranked, 3, method="rfg")
    run(ranked, 1, method="rfg")
    now = run(ranked, 0, method="rfg")
    today = held(ranked, "daily", 0, None, sealed=False)
    assert since(ranked, now, today).run == same_day.id
    other = run(ranked, 0, method="rfh")
    assert since(ranked, other, today).run is None
    assert before.id != same_day.id


def test_moves_sort_by_size_within_the_first_few_hundred_first(ranked: Store) -> None:
    first, now = run(ranked, 7, min_crimes=1), run(ranked, 0, min_crimes=1)
    ranks = [  # before, now: the head of the list is whoever is or was within it
        (MOVES_AMONG + 2000, 176), (None, 5), (4, 9), (9, MOVES_AMONG + 60), (3, 3), (290, None),
        (5000, 9000), (400, 401), (None, 8000), (None, None),
    ]  # fmt: skip
    with closing(sqlite3.connect(ranked.path)) as past_the_program, past_the_program:
        past_the_program.execute("UPDATE run SET step_id = NULL")
        for person, (before, after) in enumerate(ranks, 1):
            past_the_program.execute(_ENTRY, {"run": now.id, "place": person, "rank": after})
            past_the_program.execute(_PERSON, {"id": person})
            if before is not None:
                past_the_program.execute(_ENTRY, {"run": first.id, "place": person, "rank": before})

    def by_move(*, descending: bool) -> list[int]:
        return list(rankings.order(ranked, now.id, "move", descending, since=first.id))

    assert by_move(descending=True) == [1, 4, 2, 6, 3, 5, 7, 8, 9, 10]
    assert by_move(descending=False) == [5, 3, 6, 2, 4, 1, 8, 7, 9, 10]


def test_the_report_tells_who_moved_and_why_and_what_came_of_what_was_said(ranked: Store) -> None:
    first = held(ranked, "daily", 3, run(ranked, 3), sealed=False)
    subject, due = actions.Subject("person", "B", "B, Al"), ranked.now() + timedelta(days=9)
    done, left = (
        actions.raise_actions(ranked, [subject], words, "Investigation", due, meeting_id=first.id)[0]
        for words in ("Arrest B", "See the victim")
    )
    actions.close_actions(ranked, [done], "Arrested at home")
    meetings.seal_meeting(ranked, first.id, lambda: Papers("minutes", "report"))
    second = held(ranked, "daily", 0, run(ranked, 0), sealed=False)
    assert left != done
    movers, results = since_papers.movers(ranked, second), since_papers.results(ranked, second, ranked.now())
    assert "moves since Tue 24/11; 1 person of the first 100" in movers.title
    assert movers.rows == [("2", "1", "+1", "B, Al", "B", "new allegation +1,825 d")]
    assert [(str(row[2]).partition(";")[0], *row[4:]) for row in results.rows] == [
        (f"{done}: Arrest B", "yes", "done: Arrested at home"),
        (f"{left}: See the victim", "not yet", f"open, due {due:%d/%m %H:%M}"),
    ]
    assert "since the meeting of 24/11/2026" in results.title
    masked = held(ranked, "council-focus", 0, run(ranked, 0), sealed=False)
    assert since_papers.results(ranked, masked, ranked.now()).rows == []


def test_movers_are_worked_out_once_until_a_file_that_may_tell_of_people_comes_in(
    ranked: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def counted(of: Store, *runs: int) -> list[Move]:
        asked.append(1)
        return moves(of, *runs)

    monkeypatch.setattr(since_papers, "moves", counted)
    held(ranked, "daily", 3, run(ranked, 3))
    today = held(ranked, "daily", 0, run(ranked, 0), sealed=False)
    told = [since_papers.movers(ranked, today).rows]
    for name, text, times in (("incidents.csv", INCIDENT, 1), ("markers.csv", MARKER, 2)):
        (tmp_path / name).write_text(text, encoding="utf-8")
        import_file(ranked, tmp_path / name, today=DAY)
        told.append(since_papers.movers(ranked, today).rows)
        assert len(asked) == times, name
    assert told[0]
    assert told.count(told[0]) == 3


_PERSON = "INSERT INTO person (id, ref, version_id) VALUES (:id, 'P' || :id, 1) ON CONFLICT DO NOTHING"
_ENTRY = (
    "INSERT INTO run_entry (run_id, position, rank, person_id, person_version_id, score, recency, gravity, harm, "
    "allegations, crimes, victims, historic, last_allegation) "
    "VALUES (:run, :place, :rank, :place, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1)"
)


def test_a_ranking_of_an_earlier_day_moves_from_nothing_that_came_later(ranked: Store) -> None:
    """As a decision of then shows it: the meeting that looks at it comes after what was held since."""
    first, then, later = run(ranked, 9), run(ranked, 7), run(ranked, 1)
    held(ranked, "daily", 9, first)
    held(ranked, "daily", 7, then)
    held(ranked, "daily", 1, later)
    today = held(ranked, "daily", 0, run(ranked, 0), sealed=False)
    moved = since(ranked, then, today)
    assert (moved.run, moved.words) == (first.id, "moves since Wed 18/11")
    assert since(ranked, first, today).run is None
