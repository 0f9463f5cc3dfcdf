"""The night of a store: what became known, by kind, late, changed, by scope, up to where the files tell (DOMAIN2 1)."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import core.templates
from core.days import LONDON
from core.errors import NotFound, Refused
from core.extract import COLUMNS
from core.nights import Night
from core.scope import WHOLE_FORCE, Scope, scope_of
from db import actions, incident_series, incidents, meetings, night, papers, templates
from db.actions import Subject
from db.incident_rows import Full, every_version
from db.incidents import Incident
from db.loading.importing import import_file
from db.meetings import Papers
from db.night import Seen
from db.store import Store, open_store
from tui.cli.night import as_json

WriteExtract = Callable[..., Path]
DAY, NEXT = date(2026, 11, 18), date(2026, 11, 19)
TOLD = (*COLUMNS, "committed_at", "victim_age", "injury", "weapon", "suspect_state")
IN_NIGHT = {"committed_from": "17/11/2026", "reported_on": "18/11/2026"}
STABBED = {"ho_code": "008/01", "offence": "Wounding or GBH", "injury": "serious", "weapon": "knife", **IN_NIGHT}
NOBODY = dict.fromkeys(("person_ref", "surname", "forenames", "born_on", "sex", "status", "role", "named_by"), "")


def _row(ref: str, **told: str) -> dict[str, str]:
    return {"crime_ref": ref, "domestic_abuse": "no", "vawg": "no", **told}


def _seen(store: Store, scope: Scope = WHOLE_FORCE, since: datetime | None = None) -> Seen:
    return night.seen(store, night.night_of(store, "daily", scope, DAY, since), scope)


def _at(store: Store, day: int, hour: int, minute: int = 0) -> Store:
    """The same store on another day of November, at an hour."""
    return open_store(store.path, "tester", lambda: datetime(2026, 11, day, hour, minute, tzinfo=UTC))


def _by_ref(seen: Seen) -> dict[str, Incident]:
    return {one.ref: one for one in seen.incidents}


def _observed(seen: Seen) -> dict[str, int]:
    return {one.kind: one.observed for one in seen.usual}


def test_each_is_of_the_first_kind_that_holds_and_counts_overlap(store: Store, write_extract: WriteExtract) -> None:
    rows = [
        _row("1/26", **STABBED, committed_at="22:15", victim_age="19"),
        _row("2/26", **STABBED | {"injury": "fatal"}, committed_at="23:40", victim_age="30"),
        _row("3/26", **IN_NIGHT, committed_at="12:00"),  # a common assault
        _row("4/26", **STABBED | {"committed_from": "02/09/2026"}),
    ]
    import_file(store, write_extract(rows, columns=TOLD), today=DAY)
    seen = _seen(store, since=datetime(2026, 11, 17, 9, tzinfo=LONDON))
    known = _by_ref(seen)
    assert {ref: one.kind for ref, one in known.items()} == {"1/26": "stabbing", "2/26": "homicide", "4/26": "stabbing"}
    assert [ref for ref, one in known.items() if one.late] == ["4/26"]
    counts = _observed(seen)
    assert (counts["homicide"], counts["stabbing"], counts["stabbing-under-25"], counts["knife-crime"]) == (1, 2, 1, 2)
    printed: dict[str, Any] = as_json(seen)
    first = next(one for one in printed["incidents"] if one["ref"] == "1/26")
    assert first["at"] == "2026-11-17T22:15:00+00:00"
    assert (first["day"], first["victim_age"], first["injury"]) == ("2026-11-17", 19, "serious")
    assert first["why"] == [{"file": "extract.csv", "line": 2}]
    assert next(one for one in printed["incidents"] if one["ref"] == "4/26")["at"] is None


def test_a_kind_that_changes_overnight_is_told_with_what_it_was(store: Store, write_extract: WriteExtract) -> None:
    with _at(store, 18, 8) as early:
        import_file(early, write_extract([_row("1/26", **STABBED, committed_at="22:15")], columns=TOLD), today=DAY)
        assert night.seen(early, night.night_of(early, "daily", WHOLE_FORCE, DAY), WHOLE_FORCE).incidents
    with _at(store, 18, 9) as room:
        held = meetings.open_meeting(room, "daily", "Chair", DAY)
        meetings.seal_meeting(room, held.id, lambda: Papers("minutes", "report"))
    with _at(store, 19, 8) as later:
        died = [_row("1/26", **STABBED | {"injury": "fatal"}, committed_at="22:15")]
        import_file(later, write_extract(died, "later.csv", TOLD), today=NEXT)
        seen = night.seen(later, night.night_of(later, "daily", WHOLE_FORCE, NEXT), WHOLE_FORCE)
    changed = _by_ref(seen)["1/26"]
    assert (changed.kind, changed.changed_from) == ("homicide", "stabbing")
    assert as_json(seen)["incidents"][0]["changed_from"] == "stabbing"
    assert changed.condition == "fatal (told 19/11 08:00)"


def test_a_stabbing_that_no_report_tells_of_was_with_a_knife(
    store: Store, write_extract: WriteExtract, tmp_path: Path
) -> None:
    lines = ["I1,stabbing", "I2,shooting", "I3,gun-crime", "2/26,stabbing"]
    file = tmp_path / "incidents.csv"
    file.write_text("ref,kind,at,ward_code\n" + "".join(f"{line},2026-11-17 22:00,\n" for line in lines))
    other = _row("1/26", **STABBED | {"weapon": "other"}, committed_at="22:15")
    flagged = _row("2/26", **STABBED | {"weapon": ""}, committed_at="22:15", knife="yes")
    import_file(store, write_extract([other, flagged], columns=(*TOLD, "knife")), today=DAY)
    import_file(store, file, today=DAY)
    seen = _seen(store, since=datetime(2026, 11, 17, 9, tzinfo=LONDON))
    assert {ref: one.weapon for ref, one in _by_ref(seen).items()} == {
        "I1": "knife", "I2": "firearm", "I3": "", "1/26": "other", "2/26": "knife",
    }  # fmt: skip
    assert not [one for one in seen.gaps if "the weapon" in one], "none of a report is not known"


def _held(store: Store, day: int, hour: int, kind: str, scope: str) -> None:
    """A meeting that was opened and sealed in an hour of November."""
    with _at(store, day, hour) as room:
        one = meetings.open_meeting(room, kind, "Chair", date(2026, 11, day), scope=scope)
        meetings.seal_meeting(room, one.id, lambda: Papers("minutes", "report"))


def test_a_suspect_whom_nobody_knows_is_told_and_one_that_is_not_told_is_blank(
    store: Store, write_extract: WriteExtract
) -> None:
    rows = [
        _row("1/26", **STABBED, **NOBODY, committed_at="22:15", suspect_state="unknown"),
        _row("2/26", **STABBED, **NOBODY, committed_at="22:15", suspect_state=""),
    ]
    import_file(store, write_extract(rows, columns=TOLD), today=DAY)
    seen = _seen(store, since=datetime(2026, 11, 17, 9, tzinfo=LONDON))
    assert {ref: one.suspect for ref, one in _by_ref(seen).items()} == {"1/26": "unknown", "2/26": ""}
    assert [one["suspect"] for one in as_json(seen)["incidents"]] == ["unknown", None]
    assert "Not told of 1 of 2 incidents: where the suspect stands (suspect_state)." in seen.gaps


def test_what_crime_reports_alone_tell_is_not_known_while_none_came_in(
    store: Store, write_extract: WriteExtract, tmp_path: Path
) -> None:
    with _at(store, 17, 8) as early:
        import_file(early, write_extract([_row("1/26", **STABBED, committed_at="22:15")], columns=TOLD), today=DAY)
    log = tmp_path / "incidents.csv"
    log.write_text("ref,kind,at,ward_code\nI1,stabbing,2026-11-18 02:00,\n")
    with _at(store, 18, 8) as room:
        import_file(room, log, today=DAY)
        seen = _seen(room, since=datetime(2026, 11, 17, 9, tzinfo=LONDON))
        figures = {one.kind: seen.figure(one.observed, one.words, one.kind) for one in seen.usual}
        assert {kind for kind, words in figures.items() if words == "?"} == {
            "serious-assault", "serious-sexual", "robbery",
        }  # fmt: skip
        assert not [one for one in seen.usual if one.kind in seen.untold and one.outside]
        told = {one["kind"]: one["observed"] for one in as_json(seen)["usual"]}
        assert (told["stabbing"], told["homicide"], told["robbery"]) == (2, 0, None)
    with _at(store, 18, 9) as later:
        import_file(later, write_extract([_row("2/26", **IN_NIGHT)], "later.csv", TOLD), today=DAY)
        assert not _seen(later, since=datetime(2026, 11, 17, 9, tzinfo=LONDON)).untold


def test_monday_covers_what_happened_since_the_meeting_of_friday(store: Store, write_extract: WriteExtract) -> None:
    friday, monday = 20, 23
    rows = [_row("before/26", **STABBED | _on(date(2026, 11, friday)), committed_at="08:10")]
    with _at(store, friday, 9) as early:
        import_file(early, write_extract(rows, columns=TOLD), today=date(2026, 11, friday))
    _held(store, friday, 10, "bcu-daily", "CE")
    for day, kind, scope in ((21, "bcu-daily", "NW"), (22, "daily", "force"), (22, "bcu-daily", "Hackney")):
        _held(store, day, 10, kind, scope)  # neither another scope's meeting nor another template's ends the weekend
    hours = {"fri": (20, "22:40"), "sat": (21, "23:15"), "sun": (22, "03:05"), "mon": (23, "02:20")}
    rows += [
        _row(f"{name}/26", **STABBED | _on(date(2026, 11, day)), committed_at=at) for name, (day, at) in hours.items()
    ]
    with _at(store, monday, 10) as room:
        import_file(room, write_extract(rows, "monday.csv", TOLD), today=date(2026, 11, monday))
        bcu = scope_of("CE")
        span = night.night_of(room, "bcu-daily", bcu, room.now())
        assert (span.since, span.until, span.hours) == (
            datetime(2026, 11, friday, 10, tzinfo=LONDON), datetime(2026, 11, monday, 10, tzinfo=LONDON), 72,
        )  # fmt: skip
        seen = night.seen(room, span, bcu)
        assert set(_by_ref(seen)) == {f"{name}/26" for name in hours}
        assert not any(one.late for one in seen.incidents)
        [stabbings] = [one for one in seen.usual if one.kind == "stabbing"]
        assert (stabbings.observed, stabbings.low, stabbings.high) == (4, 0, 7), "what is usual is of three days, too"
        report = papers.report(
            room, meetings.open_meeting(room, "bcu-daily", "C", room.now().date(), scope="CE"), room.now()
        )
        assert "| From | 20/11/2026 10:00 |" in report
        assert "| Until | 23/11/2026 10:00 (72 hours) |" in report
    with _at(store, monday, 9, 30) as room:
        held = meetings.meetings(room, "bcu-daily")[0]
        assert "| Until | 23/11/2026 09:30 (71.5 hours) |" in papers.report(room, held, room.now())


def test_the_report_of_a_bcu_tells_what_is_its_own(store: Store, write_extract: WriteExtract) -> None:
    brent = {"ward_code": "E05013496", "borough": "Brent"}
    rows = [_row(f"{ref}/26", **STABBED, committed_at="22:15") for ref in (1, 2)]
    rows += [_row(f"{ref}/26", **STABBED | brent, committed_at="23:15") for ref in (3, 4)]
    with _at(store, 18, 7) as early:
        import_file(early, write_extract(rows, columns=TOLD), today=DAY)
    with _at(store, 18, 8) as room:
        for refs in (["1/26", "2/26"], ["3/26", "4/26"]):
            incident_series.accept_series(room, refs, "same weapon", accepted_by="DI Y")
        for scope, words in (("force", "no calls from the High Street"), ("NW", "nobody hurt in Brent")):
            actions.raise_actions(
                room, [Subject("ward", "E05013496", "Alperton")], "Patrol", "Intelligence", room.now(),
                details=actions.Details(expected=words, expected_on=str(DAY)), scope=scope,
            )  # fmt: skip
        of_bcu = papers.report(room, meetings.open_meeting(room, "bcu-daily", "C", DAY, scope="NW"), room.now())
        of_force = papers.report(room, meetings.open_meeting(room, "daily", "C", DAY), room.now())
    for words, force_alone in (
        ("| 1/26, 2/26 |", True), ("no calls from the High Street", True),
        ("| 3/26, 4/26 |", False), ("nobody hurt in Brent", False),
    ):  # fmt: skip
        assert words in of_force
        assert (words not in of_bcu) is force_alone, words
    assert "| serious (told 18/11 07:00) | knife |" in of_bcu, "a condition stands with its time"
    assert "No deployment is on or planned in NW" in of_bcu
    assert "No deployment is on or planned." in of_force
    assert "Crime reports end with" not in of_bcu


def test_a_meeting_looks_back_as_its_template_said_when_it_was_opened(
    store: Store, write_extract: WriteExtract
) -> None:
    import_file(store, write_extract([_row("1/26", **STABBED, committed_at="22:15")], columns=TOLD), today=DAY)
    file = store.path.parent / templates.FOLDER / "local.toml"
    file.parent.mkdir()
    shipped = Path(core.templates.__file__).parent / "data" / "templates" / "daily.toml"
    text = shipped.read_text(encoding="utf-8").replace('since = "last meeting"', 'since = "7 days"')
    file.write_text(text, encoding="utf-8")
    held = meetings.open_meeting(store, "local", "Chair", DAY)
    file.unlink()
    now = datetime(2026, 11, 18, 9, tzinfo=UTC)
    assert "| From | 11/11/2026 09:00 |" in papers.report(store, held, now)


def test_scopes_part_the_force(store: Store, write_extract: WriteExtract) -> None:
    rows = [_row("1/26", **STABBED, committed_at="22:15"), _row("2/26", **STABBED, ward_code="", borough="")]
    import_file(store, write_extract(rows, columns=TOLD), today=DAY)
    assert set(_by_ref(_seen(store))) == {"1/26", "2/26"}
    assert set(_by_ref(_seen(store, scope_of("Hackney")))) == {"1/26"}
    assert set(_by_ref(_seen(store, scope_of("NW")))) == set()


def test_the_days_around_a_night_are_read_once_until_a_file_comes_in(
    store: Store, write_extract: WriteExtract, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By meetings that follow one another: their spans differ by minutes and scope, and each has what is its own."""
    asked: list[int] = []

    def versions(of: Store, refs: Collection[str]) -> dict[str, list[Full]]:
        asked.append(len(refs))
        return every_version(of, refs)

    monkeypatch.setattr("db.incidents.every_version", versions)
    late = _row("2/26", **STABBED, committed_at="23:40")
    import_file(store, write_extract([_row("1/26", **STABBED, committed_at="22:15")], columns=TOLD), today=DAY)
    with _at(store, 18, 8) as room:
        first = Night(datetime(2026, 11, 17, 9, tzinfo=LONDON), datetime(2026, 11, 18, 8, tzinfo=LONDON))
        spans = (first, first._replace(since=datetime(2026, 11, 17, 22, 30, tzinfo=LONDON)))
        found = [[one.ref for one in incidents.of_night(room, span).counted if not one.late] for span in spans]
        assert (found, asked) == ([["1/26"], []], [1])
        import_file(room, write_extract([late], "later.csv", TOLD), today=DAY)
        assert {one.ref for one in incidents.of_night(room, first).counted} == {"1/26", "2/26"}
        assert asked == [1, 2]


def test_a_night_without_a_report_is_like_every_span_and_a_ward_knows_its_own(
    store: Store, write_extract: WriteExtract
) -> None:
    rows = [_row(f"{number}/26", **STABBED | _on(DAY - timedelta(weeks=number))) for number in range(1, 9)]
    import_file(store, write_extract(rows, columns=TOLD), today=DAY)
    [stabbings] = [one for one in _seen(store).usual if one.kind == "stabbing"]
    assert (stabbings.observed, stabbings.basis.partition(":")[0]) == (0, "store")
    weeks = Night(datetime(2026, 11, 1, tzinfo=LONDON), datetime(2026, 11, 18, 9, tzinfo=LONDON))
    assert [one.ref for one in night.in_ward(store, weeks, "E05009367")] == ["1/26", "2/26"]
    assert night.in_ward(store, weeks, "E05009368") == []


def _on(day: date) -> dict[str, str]:
    return {"committed_from": f"{day:%d/%m/%Y}", "reported_on": f"{day:%d/%m/%Y}"}


def test_what_is_usual_is_said_up_to_the_last_file(store: Store, write_extract: WriteExtract) -> None:
    with _at(store, 18, 8) as early:
        import_file(early, write_extract([_row("1/26", **STABBED)], columns=TOLD), today=DAY)
        whole = night.night_of(early, "daily", WHOLE_FORCE, DAY)
        assert night.covered_of(early, whole) == whole._replace(until=datetime(2026, 11, 18, 8, tzinfo=LONDON))
        [gap] = [gap for gap in night.seen(early, whole, WHOLE_FORCE).gaps if "came in at 18/11/2026 08:00" in gap]
        assert gap.endswith("is said up to it.")
        before = night.night_of(early, "daily", WHOLE_FORCE, date(2026, 11, 10))
        assert night.covered_of(early, before) == before, "a day that is over is told of whole"


def test_a_store_that_can_know_no_night_says_which_file_would_tell_it(store: Store) -> None:
    with pytest.raises(NotFound, match=r"profile extract.*profile incidents"):
        _seen(store)
    with pytest.raises(Refused, match="not before its end"):
        night.night_of(store, "daily", WHOLE_FORCE, DAY, datetime(2026, 11, 30, tzinfo=LONDON))


def test_a_row_that_contradicts_itself_is_quarantined(store: Store, write_extract: WriteExtract) -> None:
    wrong = [
        _row("1/26", **STABBED | {"weapon": "firearm"}, knife="yes"),
        _row("2/26", **STABBED, victim_age="140"),
        _row("3/26", **STABBED, committed_at="25:10"),
    ]
    done = import_file(store, write_extract(wrong, columns=(*TOLD, "knife")), today=DAY)
    assert (done.taken, done.quarantined) == (0, 3)
