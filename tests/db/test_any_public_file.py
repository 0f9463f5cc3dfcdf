"""Files as forces and other programs write them: each is read right, or refused with the word that helps."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from core.errors import Problem, Refused
from db import report_repeats
from db.loading import profiles, textrecords
from db.loading.batches import batches
from db.loading.importing import BatchResult, import_file
from db.loading.quarantined import quarantined
from db.loading.textfile import TextFile
from db.loading.withdraw import withdraw
from db.store import Store
from db.wards import ranking
from tests.db.files import TODAY, counts, rows_of

HEAD = "crime_ref,ho_code,offence,committed_from,reported_on,person_ref,role,vawg,named_by,victim_ref"
WARDS = "MajorText,MinorText,WardName,WardCode,LookUp_BoroughName"


def _row(ref: str, day: str, person: str = "P7", victim: str = "V7") -> str:
    role = "named suspect" if person else ""
    return f"{ref},105/01,Common assault,{day},{day},{person},{role},yes,{'victim' if person else ''},{victim}"


class Take:
    """Writes lines to a file and takes it in, by its header or by a profile file."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.store, self.folder = store, folder

    def __call__(self, *lines: str, toml: str = "", name: str = "", again: bool = False) -> BatchResult:
        path = self.folder / (name or f"{len(list(self.folder.iterdir()))}.csv")
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        mapping = profiles.from_toml(toml, "own.toml") if toml else None
        return import_file(self.store, path, mapping, today=TODAY, take_repeats=again)


@pytest.fixture
def take(store: Store, tmp_path: Path) -> Take:
    folder = tmp_path / "files"
    folder.mkdir()
    return Take(store, folder)


def _days(store: Store) -> list[str]:
    from core.days import iso

    return [str(iso(row[0])) for row in rows_of(store, "SELECT reported_on FROM report_row ORDER BY line")]


# Dates


@pytest.mark.parametrize(
    ("above", "line"), [(("Crime extract", "Produced 2025", ""), "4, and 3 lines"), (("",), "2, and 1 line")]
)
def test_what_stands_above_a_header_is_to_be_taken_out(take: Take, above: tuple[str, ...], line: str) -> None:
    with pytest.raises(Refused, match=f"has its header on line {line} above it that"):
        take(*above, HEAD, _row("A", "05/06/2025"))


def test_one_value_that_proves_month_first_refuses_the_file(store: Store, take: Take) -> None:
    lines = (HEAD, _row("A", "05/06/2025"), _row("B", "05/27/2025"))
    with pytest.raises(Refused, match=r"month first in 'reported_on', '05/27/2025'.* dates = \"mm/dd/yyyy\""):
        take(*lines)
    assert rows_of(store, "SELECT COUNT(*) FROM batch") == [(0,)]
    assert take(*lines, toml='dates = "mm/dd/yyyy"').taken == 2
    assert _days(store) == ["2025-05-06", "2025-05-27"]


def test_a_column_that_goes_both_ways_is_refused_and_by_a_named_format_only_the_odd_row(take: Take) -> None:
    lines = (HEAD, _row("A", "27/05/2025"), _row("B", "05/27/2025"))
    with pytest.raises(Refused, match=r"line 2 has '27/05/2025', .* line 3 has '05/27/2025'"):
        take(*lines)
    assert counts(take(*lines, toml='dates = "dd/mm/yyyy"')) == (2, 1, 0, 0, 1)
    [odd] = quarantined(take.store)
    assert (odd.value, odd.reason) == ("05/27/2025", "no such date; the profile names dd/mm/yyyy")


def test_both_orders_of_a_column_name_their_lines_whichever_comes_first(take: Take) -> None:
    lines = (HEAD, _row("A", "05/27/2025"), _row("B", "05/06/2025"), _row("C", "27/05/2025"))
    with pytest.raises(Refused) as fault:
        take(*lines)
    said = fault.value.sentence
    assert "both orders of day and month in 'reported_on': line 4 has '27/05/2025', with the day first" in said
    assert "line 2 has '05/27/2025', with the month first" in said
    assert 'as dates = "dd/mm/yyyy" or dates = "mm/dd/yyyy", and give that with --profile' in said
    assert counts(take(*lines, toml='dates = "mm/dd/yyyy"')) == (3, 2, 0, 0, 1)


@pytest.mark.parametrize(
    "kept_out",
    [
        ",105/01,Common assault,05/27/2025,05/27/2025,,,,,",
        "B,105/01,Common assault,05/27/2025,,,,,,",
        "B,105/01,Common assault,05/27/2025",
        "B,105/01,Common assault,05/27/2025,05/27/2025,,,,,,one,more",
    ],
)
def test_a_value_proves_its_order_though_its_row_is_kept_out(store: Store, take: Take, kept_out: str) -> None:
    lines = (HEAD, _row("A", "05/06/2025"), kept_out, _row("C", "05/07/2025"))
    with pytest.raises(Refused, match=r"month first in '(committed_from|reported_on)', '05/27/2025' on line 3"):
        take(*lines)
    day_first = (lines[0], lines[1], kept_out.replace("05/27", "27/05"))
    assert not any("committed_from" in note for note in take(*day_first).notes)


def test_no_birth_date_is_shown_and_another_profile_is_named(take: Take) -> None:
    born = ("crime_ref,committed_from,reported_on,person_ref,role,born_on", "A,2025-05-06,2025-05-06,P1,charged,{}")
    with pytest.raises(Refused, match="line 3 has one value, with the day first, and line 2 has one value,"):
        take(born[0], born[1].format("05/27/1990"), born[1].format("27/05/1990"))
    with pytest.raises(
        Refused, match=r'on line 3, so no date .* as profile = "lfr" and dates = "mm/dd/yyyy", and give'
    ):
        take(LFR, "04/03/2025,Gap,Square,1,2", "04/25/2025,Gap,Square,1,2")


def test_years_of_two_digits_are_noted_for_columns_that_hold_any(take: Take) -> None:
    done = take(HEAD, _row("A", "27/05/25"), toml='dates = "dd/mm/yy"')
    assert [note.split(":")[0] for note in done.notes] == ["committed_from", "reported_on"]


def test_a_column_that_proves_nothing_is_read_day_first_by_a_published_profile_and_the_batch_says_so(
    store: Store, take: Take
) -> None:
    done = take(HEAD, _row("A", "05/06/2025"), _row("B", "07/07/2025"))
    notes = tuple(
        f"{name}: read day first (dd/mm/yyyy); no value proves it." for name in ("committed_from", "reported_on")
    )
    assert (done.notes, batches(store)[0].notes) == (notes, notes)
    assert _days(store)[0] == "2025-06-05"
    assert take(HEAD, _row("C", "05/08/2025"), _row("D", "28/06/2025")).notes == ()
    assert take(HEAD, _row("E", "2025-06-07"), _row("F", "09/09/2025")).notes == ()


def test_a_profile_file_that_names_no_format_does_not_decide(take: Take) -> None:
    own = '[columns]\ncrime_ref = "No"\n'
    lines = (HEAD.replace("crime_ref", "No"), _row("A", "05/06/2025"))
    with pytest.raises(Refused, match="no value of 'committed_from' proves whether day or month comes first"):
        take(*lines, toml=own)
    assert take(*lines, toml=f'dates = "day-first"\n{own}').notes[0].startswith("committed_from: read as day-first, as")
    with pytest.raises(
        Refused, match="says that 'committed_from' is dd/mm/yyyy, but '05/27/2025' on line 3 has day and month"
    ):
        take(HEAD, _row("A", "05/06/2025"), _row("B", "05/27/2025"), toml='dates = "dd/mm/yyyy"')


@pytest.mark.parametrize(
    ("named", "written", "day"),
    [
        ("mm/dd/yyyy", "03/04/2025 11:30:00 PM", "2025-03-04"),
        ("mm/dd/yyyy hh:mm:ss a", "3/4/2025", "2025-03-04"),
        ("dd.mm.yyyy", "4.3.2025", "2025-03-04"),
        ("d. mmmm yyyy", "4. März 2025", "2025-03-04"),
        ("mmm d yyyy", "Mar 4 2025", "2025-03-04"),
        ("mmm d yyyy", "March 4, 2025", "2025-03-04"),
        ("ddd, dd mmm yyyy", "Tue, 04 Mar 2025", "2025-03-04"),
        ("m/d/yy", "3/4/25", "2025-03-04"),
        ("dd-mmm-yy", "04-MAR-25", "2025-03-04"),
        ("yyyymmdd", "20250304", "2025-03-04"),
        ("mm/dd/yyyy", "2025-06-30T23:30:00Z", "2025-07-01"),
    ],
)
def test_a_profile_file_names_the_format(store: Store, take: Take, named: str, written: str, day: str) -> None:
    assert take(HEAD, _row("A", f'"{written}"'), toml=f'dates = "{named}"').taken == 1
    assert _days(store) == [day]


def test_year_month_and_day_in_three_columns_and_a_pivot(store: Store, take: Take) -> None:
    toml = (
        'profile = "extract"\n[dates]\npivot = 30\nborn_on = "m/d/yy"\n'
        'reported_on = { year = "Y", month = "Month", day = "D" }\n'
        'committed_from = { year = "Y", month = "Month", day = "D" }\n'
    )
    done = take(
        "crime_ref,Y,Month,D,person_ref,role,born_on", "A,2025,March,4,P1,charged,5/17/30",
        "B,2025.0,3.0,14.0,P2,charged,5/17/20", "C,,,,,,", toml=toml,
    )  # fmt: skip
    assert counts(done) == (3, 2, 0, 0, 1)
    assert done.notes == ("born_on: years of two digits below 30 are read as 20yy, the others as 19yy.",)
    assert _days(store) == ["2025-03-04", "2025-03-14"]
    assert quarantined(store)[0].column in ("reported_on", "committed_from")


@pytest.mark.parametrize(
    ("stamp", "day"),
    [
        ("2025-06-30T23:30:00Z", "2025-07-01"),
        ("2025-06-30 23:30:00+00:00", "2025-07-01"),
        ("2025-06-30T20:00:00-05:00", "2025-07-01"),
        ("2025-07-01T00:30:00+02:00", "2025-06-30"),
        ("2025/06/30 23:30:00+00", "2025-07-01"),
        ("2025-12-31T23:30:00Z", "2025-12-31"),
        ("2025-06-30T23:30:00", "2025-06-30"),
    ],
)
def test_a_stamp_is_the_day_it_was_in_london(store: Store, take: Take, stamp: str, day: str) -> None:
    take(HEAD, _row("A", stamp))
    assert _days(store) == [day]


def test_every_importer_decides_by_the_file(take: Take) -> None:
    with pytest.raises(Refused, match="month first in 'day'"):
        take("day,bcu,measure,count", "05/06/2025,CE,arrests,4", "05/27/2025,CE,arrests,4")
    with pytest.raises(Refused, match="month first in 'starts'"):
        take("unit,base,officers,starts", "U1,Base,4,05/27/2025 10:00")
    done = take("unit,base,officers,status,starts", "U1,Base,4.0,deployed,2025-06-30T23:30:00Z")
    assert rows_of(take.store, "SELECT starts, officers FROM deployment") == [("2025-06-30T23:30:00+00:00", 4)]
    assert done.taken == 1


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ('dates = "mm/dd"', "'mm/dd' is no format of dates"),
        ('dates = "whenever"', "no format of dates"),
        ('[dates]\nvawg = "mm/dd/yyyy"', "names 'vawg', which is no column of dates of 'extract'"),
        ("[dates]\nreported_on = 5", "write a format as"),
        ("[dates]\npivot = 500", "a whole number of 0 to 100"),
        ("dates = 5", r"write \[dates\]"),
        ('decimal = ";"', "the decimal mark is"),
        ('key = "person_ref"', "as a list of columns"),
        ('key = ["crime_ref"]', "cannot hold it"),
        ('key = ["hair"]', "names 'hair', which is no column"),
        ('profile = "activity"\nkey = ["day"]', "stands for the column 'crime_ref'"),
        ('[date]\nreported_on = "mm/dd/yyyy"', "has 'date', which is not known; use profile, columns"),
    ],
)
def test_what_a_profile_file_says_wrong_is_refused(toml: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        profiles.from_toml(toml, "own.toml")


# What a header proves, what it may lack, how it is parted


def test_a_list_of_crimes_is_no_list_of_flagged_places(store: Store, take: Take) -> None:
    with pytest.raises(Refused, match="could be 'unsafe-places'"):
        take("Date,Category,Ward code", "2026-04-01,Burglary,E05099980")
    assert rows_of(store, "SELECT COUNT(*) FROM unsafe_place") == [(0,)]


def test_the_borough_file_is_told_what_the_ward_file_has_besides(take: Take) -> None:
    with pytest.raises(Refused, match="Nearest is 'mps-ward', which also needs: WardName, WardCode"):
        take("MajorText,MinorText,LookUp_BoroughName,202404,202405", "BURGLARY,BURGLARY IN A DWELLING,Barnet,4,6")


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize("first", ["", "sep={}\n"])
def test_any_usual_mark_parts_columns_and_excel_may_name_it(store: Store, take: Take, mark: str, first: str) -> None:
    lines = [line.replace(",", mark) for line in (HEAD, _row("A", "2025-06-30"), _row("", "2025-06-30"))]
    done = take(first.format(mark) + lines[0], *lines[1:])
    assert counts(done) == (2, 1, 0, 0, 1)
    assert quarantined(store)[0].line == (4 if first else 3)


def test_columns_that_may_be_empty_may_be_missing(store: Store, take: Take) -> None:
    assert take("crime_ref,committed_from,reported_on", "A,2025-06-29,2025-06-30").taken == 1
    assert take("unit,base,officers", "U1,Base,4").taken == 1
    assert take("person_ref,marker,value,starts", "P1,victim,yes,2025-06-30").taken == 1
    assert take("index,edition,dated,days,code", "OWN,OWN 1,2025-01-01,3,18.2-57").taken == 1
    with pytest.raises(Refused, match=r"it has no column No\. Write in the profile file each header as it stands"):
        take(HEAD, _row("A", "2025-06-30"), toml='[columns]\nvictim_ref = "No"')


def test_an_edition_weighs_the_codes_that_crime_reports_have(store: Store, take: Take) -> None:
    from core import harm
    from db import editions

    take("index,edition,dated,code,title,days", "OWN,OWN 1,2025-01-01,18.2-57,Assault and battery,30")
    assert harm.weigh("18.2-57", "Assault", "", editions.named(store, "OWN")).days == 30


LFR = "Date,Borough,Location,Faces seen,Alerts"
STOPS = "Type,Date,Object of search,Outcome"


@pytest.mark.parametrize(
    ("kind", "head", "row"),
    [("lfr", LFR, "{},Gap,Square,1,2"), ("stop-and-search", STOPS, "Person search,{},Drugs,Arrest")],
)
def test_deployments_and_stops_have_their_dates_as_the_file_decides(
    store: Store, take: Take, kind: str, head: str, row: str
) -> None:
    proven = [row.format(on) for on in ("04/03/2025 23:59", "04/25/2025")]
    with pytest.raises(Refused, match=r"month first in 'date', '04/25/2025' on line 3, so no date"):
        take(head, *proven)
    doubtful = take(head, row.format("04/03/2025"), name="open.csv")
    assert doubtful.notes == ("date: read day first (dd/mm/yyyy); no value proves it.",)
    withdraw(store, doubtful.batch or 0)
    assert take(head, *proven, toml=f'profile = "{kind}"\ndates = "mm/dd/yyyy"').taken == 2
    stamps = ("2025-06-30T22:59:00+00:00", "2025-06-30T23:30:00+00:00", "06/30/2025 23:30 +00:00")
    mixed = f'profile = "{kind}"\ndates = "mm/dd/yyyy"'
    assert take(head, *map(row.format, stamps), toml=mixed, name="stamps.csv").taken == 3
    query = "SELECT day FROM stop UNION ALL SELECT day FROM lfr_deployment ORDER BY day"
    days = [date.fromordinal(day).isoformat() for (day,) in rows_of(store, query)]
    assert days[-5:] == ["2025-04-03", "2025-04-25", "2025-06-30", "2025-07-01", "2025-07-01"]


# Figures


def test_counts_as_other_programs_write_them(store: Store, take: Take) -> None:
    rows = [f"A,B,Ward {n},E0509998{n},Gapton,{count}" for n, count in enumerate(("7.0", '"2,104"', "2 104", "2.104"))]
    assert counts(take(f"{WARDS},202604", *rows)) == (4, 3, 0, 0, 1)
    assert [entry.count for entry in ranking(store, by="count").table.entries] == [2104, 2104, 7]
    assert quarantined(store)[0].value == "2.104"


def test_a_file_parted_by_semicolons_has_decimal_commas(store: Store, take: Take) -> None:
    ward = "E05013806"
    done = take(
        "day;ward_code;unit;officers;hours",
        f"2025-06-30;{ward};A;1.004;7,5", f"2025-06-30;{ward};B;4,0;7.5", f"2025-06-30;{ward};C;1,004;1",
    )  # fmt: skip
    assert counts(done) == (3, 2, 0, 0, 1)
    assert rows_of(store, "SELECT officers, hours FROM patrol ORDER BY line") == [(1004, 7.5), (4, 7.5)]
    lines = ("day\tward_code\tunit\tofficers\thours", f"2025-06-30\t{ward}\tD\t2.004\t1.000,5")
    assert take(*lines, toml='profile = "patrols"\ndecimal = ","\n').taken == 1


# Rows that come again


def test_rows_that_repeat_others_of_the_file_are_said_as_that(store: Store, take: Take) -> None:
    done = take(HEAD, *[_row("A", "2025-06-30")] * 3)
    assert (counts(done), done.repeated) == ((3, 1, 0, 0, 0), 2)
    assert (batches(store)[0].repeated, batches(store)[0].unchanged) == (2, 0)
    again = take(HEAD, *[_row("A", "2025-06-30")] * 3, name="0.csv")
    assert (again.batch, again.unchanged, again.repeated) == (1, 1, 2)


NEW = [_row(str(900 + n), f"2025-06-{n + 10}") for n in range(4)]


def test_reports_under_new_references_wait_for_a_decision(store: Store, take: Take) -> None:
    take(HEAD, *(_row(str(n), f"2025-06-{n + 10}") for n in range(4)))
    with pytest.raises(Refused, match=r"4 of 5 new rows repeat reports held under another reference .*--take-repeats"):
        take(HEAD, *NEW, _row("950", "2025-07-01"))
    assert rows_of(store, "SELECT COUNT(*) FROM report_row") == [(4,)]
    done = take(HEAD, *NEW, _row("950", "2025-07-01"), again=True)
    assert (done.taken, done.notes[0][:25]) == (5, "4 of 5 new rows repeat re")
    withdraw(store, done.batch or 0)
    assert take(HEAD, _row("0", "2025-06-10", victim="V8"), _row("77", "2025-06-10", person="P8")).taken == 2


def test_rows_that_name_no_one_can_be_alike_by_chance(store: Store, take: Take) -> None:
    take(HEAD, _row("1", "2025-06-10", "", ""))
    done = take(HEAD, *(_row(str(900 + n), f"2025-06-{n + 10}", "", "") for n in range(3)))
    assert done.notes[0].startswith("1 of 3 new rows repeats a report held under another reference; so few can be")
    with pytest.raises(Refused, match="2 of 3 new rows repeat"):
        take(HEAD, *(_row(str(77 + n), f"2025-06-{n + 11}", "", "") for n in range(3)))
    take(HEAD, _row("80", "2025-06-20"))
    assert take(HEAD, _row("81", "2025-06-20")).notes[0].startswith("1 of 1 new row repeats a report")


def test_reports_that_come_again_within_one_file_are_said(take: Take) -> None:
    twice = [_row(f"{ref}{n}", f"2025-06-{n + 10}") for ref in "AB" for n in range(6)]
    said = "6 of 12 new rows repeat reports of this file under another reference"
    done = take(HEAD, *twice)
    alike = " (same person, days, offence, place and victim)"
    assert (done.taken, done.notes[0].split(";")[0]) == (12, said + alike)
    assert "they count twice: withdraw the batch" in done.notes[0]
    assert report_repeats.told(take.store) == (f"Batch {done.batch} (0.csv): {done.notes[0]}",)
    assert report_repeats.in_short(take.store) == (f"batch {done.batch}: {said}",)
    withdraw(take.store, done.batch or 0)
    assert report_repeats.told(take.store) == ()
    asked = take(HEAD, *twice, again=True)
    assert (asked.taken, asked.notes) == (12, (f"{said}{alike}; taken all the same, as was asked for.",))
    later = [_row(ref, "2025-08-10") for ref in ("C", "D")]
    assert (
        take(HEAD, twice[0], *later, _row("E", "2025-08-11")).notes[0].startswith("1 of 3 new rows repeats a report of")
    )
    assert take(HEAD, _row("F", "2025-09-01"), _row("F", "2025-09-01"), _row("G", "2025-09-01", "", "")).notes == ()


@pytest.mark.parametrize("held", [[], [_row("Z", "2025-05-01", "P8")]], ids=["first", "later"])
def test_rows_that_say_otherwise_of_one_report_suspect_and_victim_are_said(take: Take, held: list[str]) -> None:
    if held:
        take(HEAD, *held, name="held.csv")
    twice = [_row("A", "2025-06-30"), _row("A", "2025-07-01"), _row("A", "2025-07-01", victim="V8")]
    none_told = [_row("B", "2025-06-12", "", ""), _row("B", "2025-06-13", "", "")]
    done = take(HEAD, *twice, twice[0], *none_told, _row("A", "2025-07-02"))
    assert (done.taken, done.repeated) == (6, 1)
    assert done.notes[-1] == (
        "2 rows say otherwise of a report, suspect and victim that another row of this file tells of (first: line 3); "
        "each report counts once, by its heaviest row that the pool takes in, the first of equal ones."
    )
    assert not any("otherwise" in note for note in take(HEAD, _row("A", "2025-07-03"), name="new.csv").notes)


def test_a_key_tells_reports_apart_where_their_references_do_not(store: Store, take: Take) -> None:
    toml = 'key = ["person_ref", "committed_from", "ho_code"]'
    assert take(HEAD, *(_row(str(n), f"2025-06-{n + 10}") for n in range(4)), toml=toml).taken == 4
    assert counts(take(HEAD, *NEW, _row("950", "2025-07-01"), toml=toml)) == (5, 1, 4, 0, 0)
    assert rows_of(store, "SELECT crime_ref FROM report_row WHERE line = 2")[0] == ("P7/2025-06-10/105/01",)


def test_taking_repeats_goes_with_crime_reports_alone(take: Take) -> None:
    with pytest.raises(Refused, match="--take-repeats goes with crime reports alone"):
        take("unit,base,officers", "U1,Base,4", again=True)


# Categories


def test_a_major_category_counts_as_all_of_its_minor_ones(store: Store, take: Take) -> None:
    take(
        f"{WARDS},202604,202605",
        "SEXUAL OFFENCES,RAPE,Ward 5,E05099985,Gapton,20,30",
        "SEXUAL OFFENCES,OTHER SEXUAL,Ward 5,E05099985,Gapton,1,1",
        "BURGLARY,BURGLARY IN A DWELLING,Ward 6,E05099986,Gapton,7,8",
    )  # fmt: skip
    found = ranking(store, by="count", categories=["Sexual offences", "BURGLARY"])
    assert [(entry.ward, entry.count) for entry in found.table.entries] == [("Ward 5", 52), ("Ward 6", 15)]
    assert found.categories == ("BURGLARY IN A DWELLING", "OTHER SEXUAL", "RAPE")
    with pytest.raises(Problem, match=r"no category like 'BURGLRY' \(nearest: BURGLARY\)"):
        ranking(store, categories=["RAPE", "BURGLRY"])


# Bytes


def test_one_stray_byte_costs_its_own_line_only(store: Store, take: Take) -> None:
    path = take.folder / "stray.csv"
    lines = [f"{n},2025-06-29,2025-06-30,P{n},charged,M\u00fcller" for n in range(4)]
    text = "\n".join(("crime_ref,committed_from,reported_on,person_ref,role,surname", *lines)) + "\n"
    path.write_bytes(text.encode().replace(b"P2,charged,M\xc3\xbcller", b"P2,charged,M\xfcller"))
    assert counts(import_file(store, path, today=TODAY)) == (4, 3, 0, 0, 1)
    assert rows_of(store, "SELECT DISTINCT surname FROM person_version") == [("M\u00fcller",)]
    [odd] = quarantined(store)
    assert (odd.line, odd.value, odd.fields[-1]) == (4, "M\\xfcller", "M\\xfcller")
    assert "byte that is not of the file's encoding" in odd.reason


def test_a_file_that_is_written_anew_while_it_is_read_is_refused(
    store: Store, take: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    inspected = textrecords.header

    def change(file: TextFile) -> tuple[list[str], str]:
        found = inspected(file)
        file.path.write_text(file.path.read_text().replace("P7", "P8"))
        return found

    monkeypatch.setattr("db.loading.importing.header", change)
    with pytest.raises(Refused, match="was changed while it was read"):
        take(HEAD, _row("A", "2025-06-30"))
    assert rows_of(store, "SELECT COUNT(*) FROM batch") == [(0,)]


def test_rows_that_differ_in_the_particulars_alone_are_no_repeats(store: Store, take: Take) -> None:
    head = f"{HEAD},injury,victim_age,committed_at"
    rows = [
        f"{_row('A', '2025-06-30')},{told}" for told in ("minor,20,22:15", "serious,20,22:15", "minor,20,22:15", ",,")
    ]
    done = take(head, *rows, _row("A", "2025-06-30") + ",minor,20,23:15")
    assert (done.read, done.taken, done.repeated) == (5, 4, 1)
    assert done.notes[-1].startswith("3 rows say otherwise of a report, suspect and victim that another row")
    again = take(head, *rows, _row("A", "2025-06-30") + ",minor,20,23:15", "", name="again.csv")
    assert (again.taken, again.revised, again.repeated + again.unchanged) == (0, 0, 5)


def test_a_count_that_could_be_either_is_told_of_no_profile_file_where_none_can_be_of_its_kind(
    store: Store, take: Take
) -> None:
    take(f"{WARDS},202501", "ROBBERY,ROBBERY,Ward,E05009367,Hackney,1.203", name="w.csv")
    [(reason,)] = rows_of(store, "SELECT reason FROM quarantined")
    assert reason == "not a count: it could mean thousands (1,203) or a fraction (1.203); write it without a mark"


def test_rows_without_a_value_of_their_key_are_said(store: Store, take: Take) -> None:
    toml = 'key = ["person_ref", "committed_from", "ho_code"]'
    rows = [_row("1", "2025-06-10"), *(_row(str(n), "2025-06-11", "", f"V{n}") for n in range(2, 5))]
    done = take(HEAD, *rows, toml=toml)
    [note] = [note for note in done.notes if "column of the key" in note]
    assert note == (
        "3 rows have nothing in a column of the key (person_ref; first: line 3): rows that agree in the rest of the "
        "key count as one report. Where they are several, withdraw the batch and name a further column in the key."
    )
    assert rows_of(store, "SELECT COUNT(*), COUNT(DISTINCT crime_ref) FROM report_row") == [(4, 2)]
    told = take(HEAD, _row("1", "2025-07-10"), toml=toml, name="b.csv").notes
    assert not any("column of the key" in note for note in told)
