"""A code of a ward or a small area is the same place however a file writes it, and no word for a blank is a place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from db.loading.importing import import_file
from db.report_counts import REPORTS
from db.store import Store
from db.wards import ranking
from tests.db.files import take
from tests.db.made_releases import write_release
from tests.db.test_hostile_imports import FILES, SAMPLES

TODAY = date(2026, 11, 18)
_CODE = re.compile(r"\b[EW]0\d{7}\b")
HELD = sorted(kind for kind, sample in SAMPLES.items() if _CODE.search((FILES / f"{sample.file}.csv").read_text()))
_OF_ANY_MAP = {"census-ward", "lsoa-ward", "wards", "police-uk-street"}
"""What describes the wards of a map, be it the present one or an earlier, and what names no ward but small areas."""
HEAD = "crime_ref,ho_code,offence,committed_from,reported_on,ward_code,borough"


@pytest.mark.parametrize("kind", HELD)
def test_a_file_with_its_codes_in_small_letters_says_nothing_new(kind: str, store: Store, tmp_path: Path) -> None:
    source = FILES / f"{SAMPLES[kind].file}.csv"
    sound = import_file(store, source, today=TODAY)
    path = tmp_path / source.name
    path.write_text(_CODE.sub(lambda code: f" {code[0].lower()} ", source.read_text()))
    again = import_file(store, path, today=TODAY)
    assert again.profile == kind
    assert (again.taken, again.revised, again.quarantined) == (0, 0, sound.quarantined)
    assert again.unchanged == sound.taken + sound.revised


@pytest.mark.parametrize("kind", [kind for kind in HELD if kind not in _OF_ANY_MAP])
def test_a_code_of_an_earlier_map_is_said(kind: str, store: Store, tmp_path: Path) -> None:
    source = FILES / f"{SAMPLES[kind].file}.csv"
    path = tmp_path / source.name
    path.write_text(_CODE.sub("E05000213", source.read_text(), count=1))
    assert not any("earlier ward map" in note for note in import_file(store, source, today=TODAY).notes)
    said = [note for note in import_file(store, path, today=TODAY).notes if "earlier ward map" in note]
    assert len(said) == 1
    assert said[0].startswith("1 ward code is of an earlier ward map, as E05000213 (Winchmore Hill)")


def test_reports_without_a_ward_in_words_are_those_of_no_ward(store: Store, tmp_path: Path) -> None:
    words = ("n/a", "-", "Unknown", "E05009367", "e05009367")
    rows = (f"R{at},105/01,Common assault,01/10/2026,02/10/2026,{word},Hackney" for at, word in enumerate(words))
    path = tmp_path / "reports.csv"
    path.write_text("\n".join((HEAD, *rows, "R9,105/01,Common assault,01/11/2026,02/11/2026,,Hackney")) + "\n")
    assert take(store, path).taken == 6
    table = ranking(store, name=REPORTS, first="2026-10", last="2026-10").table
    assert [(one.ward_code, one.count) for one in table.entries] == [("E05009367", 2)]
    assert [(one.borough, one.count) for one in table.unplaced] == [("Hackney", 3)]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (("E05009367", "e05009367", "n/a", ""), ""),
        (("E05009367", "Brownswood"), "1 ward code is on no ward map, namely 'Brownswood': it counts as a ward"),
        (("E05999999", "Brownswood", "E05999999"), "2 ward codes are on no ward map, as 'Brownswood': each counts"),
        (("E05009367", "E05013806"), ""),  # the first is of 2014 and 2018, too
        (("E05000231", "E05009367"), "1 ward code is of an earlier ward map, as E05000231 (Brownswood), beside codes"),
    ],
)
def test_codes_that_no_map_has_are_said(written: Sequence[str], said: str, store: Store, tmp_path: Path) -> None:
    rows = [f"R{at},105/01,Assault,{at + 1}/10/2026,28/10/2026,{code},Hackney" for at, code in enumerate(written)]
    (reports := tmp_path / "reports.csv").write_text("\n".join((HEAD, *rows)) + "\n")
    named = [note for note in take(store, reports).notes if "ward map" in note]
    assert (len(named), "".join(named).startswith(said)) == (bool(said), True)
    counts = [
        ("Robbery", code, "Hackney", (at, 2)) for at, code in enumerate(dict.fromkeys(filter(str.strip, written)))
    ]
    release = take(store, write_release(tmp_path / "w.csv", ("202401", "202402"), counts))
    assert [note for note in release.notes if "ward map" in note] == named
