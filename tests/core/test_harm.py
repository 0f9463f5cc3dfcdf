from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import get_args

import pytest

from core import harm
from core.editions import built_in
from core.harm import Split, home_office_code, kind, total, weigh, weights

ANCHORS = [
    ("001/01", "Murder - of persons aged 1 year or over", 5475),
    ("002/00", "Attempted murder", 3285),
    ("034/01", "Robbery (of Personal Property)", 365),
    ("036/01", "Kidnapping - Kidnapping", 1460),
    ("036/03", "Kidnapping - False imprisonment", 1460),
    ("008/66", "Harassment - Stalking involving serious alarm/distress", 252),
    ("105/01", "Assault without Injury - Common assault and battery", 1),
    ("046/00", "Theft from shops and stalls", 1),
    ("019/08", "Rape of a female aged 16 or over", 1825),
    ("005/01", "Wounding with intent to do grievous bodily harm", 1460),
    ("028/03", "Burglary - Residential - Dwelling", 19),
    ("008/06", "Assault occasioning actual bodily harm", 10),
]
"""Offences and days as DOMAIN.md section 1 lists them."""
NEAR = {"068/04", "066/93"}
"""Codes that the index does not weigh, and that weigh as the nearest offence does."""
SPLITS: tuple[Split, ...] = ("lowest", "default", "highest")


def test_the_index_is_the_published_one(shared: Path) -> None:
    with (shared / "domain" / "cchi.csv").open(encoding="utf-8", newline="") as stream:
        rows = [(r["home_office_code"], r["offence"], float(r["cchi_days"])) for r in csv.DictReader(stream)]
    ours = [(row.code, row.title, row.days) for found in weights().values() for row in found]
    assert _plain([row for row in ours if row[0] not in NEAR]) == _plain(rows)
    assert {code for code, *_ in ours} - {code for code, *_ in rows} == NEAR


def _plain(rows: list[tuple[str, str, float]]) -> list[tuple[str, str, float]]:
    """The rows with the words of their titles: the workbook's stray dashes and full stops are tidied in ours."""
    return sorted((code, " ".join(re.findall(r"\w+", title)).casefold(), days) for code, title, days in rows)


@pytest.mark.parametrize(("code", "offence", "days"), ANCHORS)
def test_anchors(code: str, offence: str, days: float) -> None:
    assert weigh(code, offence).days == days


def test_the_index_has_698_published_and_23_derived_rows() -> None:
    rows = [row for rows in weights().values() for row in rows]
    assert (len(rows), sum(row.confidence == "derived" for row in rows)) == (721, 23)
    assert max(row.days for row in rows) == 5475


@pytest.mark.parametrize(
    ("code", "offence", "severity", "days", "default"),
    [
        ("005/01", "Wounding with intent to do grievous bodily harm", "", 1460, True),
        ("005/01", "Assault Police - wounding with intent to do grievous bodily harm", "", 1825, False),
        ("005/01", "Wounding with intent", "victim is a constable", 1825, False),
        ("008/01", "Malicious wounding", "", 547.5, True),
        ("008/01", "Malicious wounding", "serious wound", 547.5, False),
        ("008/01", "Malicious wounding", "minor wound", 19, False),
        ("008/01", "Malicious wounding of a police officer", "serious wound", 912.5, False),
        ("008/01", "Malicious wounding of a police officer", "minor", 182.5, False),
        ("008/06", "Assault occasioning actual bodily harm", "", 10, True),
        ("008/06", "Assault occasioning actual bodily harm", "on an emergency worker", 182.5, False),
        ("028/03", "Burglary", "", 19, True),
        ("028/03", "Burglary dwelling", "", 19, False),
        ("028/03", "Distraction burglary - residential - dwelling", "", 365, False),
        ("028/03", "Burglary - residential - non-dwelling", "", 10, False),
        ("028/03", "Distraction burglary - residential - non-dwelling", "", 126, False),
        ("019/08", "Rape of a female aged 16 or over", "", 1825, True),
        ("019/08", "Rape of a female aged 16 or over", "multiple undefined offenders", 2555, False),
    ],
)
def test_split_codes_take_the_weight_the_words_describe(
    code: str, offence: str, severity: str, days: float, default: bool
) -> None:
    found = weigh(code, offence, severity)
    assert found.days == days
    assert found.note.startswith("split code, ")
    assert f"{days:g} d of" in found.note
    assert default or "as recorded" in found.note
    assert ("default" in found.note) == (found.confidence == "derived")


@pytest.mark.parametrize("code", ["005/01", "008/01", "008/06", "028/03", "019/08"])
def test_a_split_code_without_words_takes_its_stated_default_and_says_so(code: str) -> None:
    [default] = {row.days for row in weights()[code] if row.default}
    found = weigh(code, "")
    assert (found.days, found.confidence) == (default, "derived")
    assert "severity not given, default" in found.note


def test_every_row_of_the_index_weighs_itself() -> None:
    """Even among the weights of a split code, the index's own title finds its own days."""
    for code, rows in weights().items():
        for row in rows:
            if code:
                assert weigh(code, row.title).days == (row.days if row.days >= 1 else None), row.title


@pytest.mark.parametrize("code", ["068/04", "066/93"])
def test_a_breach_without_a_row_in_the_workbook_weighs_as_its_near_offence(code: str) -> None:
    found = weigh(code, "As an extract may call it")
    assert (found.days, found.confidence) == (weigh("066/39", "Breach of non-molestation order").days, "derived")
    assert (found.days, kind(found.confidence, found.note)) == (5, "derived")


def test_every_code_of_every_table_weighs_a_day_or_more_or_is_unweighed(shared: Path) -> None:
    """Nothing notifiable scores 0; the floor is 1 day (DOMAIN.md section 1)."""
    with (shared / "domain" / "home_office_codes.csv").open(encoding="utf-8", newline="") as stream:
        codes = {row["home_office_code"]: row["offence"] for row in csv.DictReader(stream)}
    codes |= {row.code: row.title for rows in weights().values() for row in rows}
    for edition in built_in().values():
        for code, title in codes.items():
            for split in get_args(Split):
                found = weigh(code, title, edition=edition, split=split)
                unweighed = found.days is None and kind(found.confidence, found.note) == "unweighed" and found.note
                assert unweighed or (found.days or 0) >= 1, (edition.name, code)


@pytest.mark.parametrize("title", ["Domestic abuse non-crime incident", "Missing person report"])
def test_an_incident_without_a_score_is_unweighed_and_not_0(title: str) -> None:
    assert weigh("", title).days is None


def test_the_kind_of_a_weight_is_one_word() -> None:
    every = [weigh(code, row.title) for code, rows in weights().items() for row in rows if code]
    assert {kind(one.confidence, one.note) for one in every} == {"published", "proxy", "derived", "unweighed"}
    assert all((kind(one.confidence, one.note) == "proxy") == ("proxy" in one.note) for one in every)


def test_derived_rows_say_so() -> None:
    strangled = weigh("008/77", "Strangulation or suffocation, non-fatal (Serious Crime Act 2015 s75A)")
    assert (strangled.days, strangled.confidence) == (365, "derived")
    assert strangled.note == "weight by derivation"


def test_a_known_title_without_a_code_is_found_and_an_unknown_one_is_not() -> None:
    title = "Breach of a stalking protection order (Stalking Protection Act 2019 s8)"
    assert weigh("", title.upper()).days == 5
    assert weigh("  ", "").days is None
    assert weigh("", "Murder").note == "no weight for an empty code in CCHI 2020"


def test_no_weight_is_none_and_never_nothing() -> None:
    found = weigh("999/99", "Something new")
    assert (found.days, found.confidence, found.title) == (None, "none", "Something new")
    assert found.note == f"no weight for 999/99 in {harm.EDITION}"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("8/1", "008/01"),
        ("00801", "008/01"),
        (" 008/01 ", "008/01"),
        ("8 / 01", "008/01"),
        ("008/1", "008/01"),
        ("105/01", "105/01"),
        ("", ""),
        ("8/1/1", "8/1/1"),
        ("A0801", "A0801"),
        ("０/１", "０/１"),
    ],
)
def test_codes_are_written_as_the_index_writes_them(written: str, code: str) -> None:
    assert home_office_code(written) == code


def test_the_sum_of_days_is_the_same_in_any_order() -> None:
    days = [0.1, 0.3, 5475.0, 547.5, 0.1, 0.3, 912.5]
    assert total(days) == total(reversed(days)) == 6935.8
    assert total([]) == 0


@pytest.mark.parametrize(
    ("code", "lowest", "default", "highest"),
    [("005/01", 1460, 1460, 1825), ("008/01", 19, 547.5, 912.5), ("008/06", 10, 10, 182.5), ("028/03", 10, 19, 365)],
)
def test_a_severity_that_was_not_given_can_be_taken_low_or_high(
    code: str, lowest: float, default: float, highest: float
) -> None:
    assert weigh(code, "") == weigh(code, "", split="default")
    for split, days in zip(SPLITS, (lowest, default, highest), strict=True):
        found = weigh(code, "", split=split)
        assert (found.days, found.confidence) == (days, "derived")
        assert found.note == f"split code, severity not given, {split}: {days:g} d of {lowest:g} to {highest:g} d"


@pytest.mark.parametrize("split", ["lowest", "highest"])
def test_a_weight_that_is_not_open_is_the_same_however_split_codes_are_taken(split: Split) -> None:
    for code, rows in weights().items():
        for row in rows:
            if "as recorded" in weigh(code, row.title).note or len({other.days for other in rows}) == 1:
                assert weigh(code, row.title, split=split) == weigh(code, row.title), row.title


def test_only_the_weights_that_the_words_leave_open_are_taken_low_or_high() -> None:
    """A wounding of an officer is never weighed as a wounding of somebody else."""
    on_police = "Malicious wounding of a police officer"
    assert weigh("008/01", on_police, split="lowest").days == 182.5
    assert weigh("008/01", on_police, split="highest").days == 912.5


def test_the_default_lies_between_the_lowest_and_the_highest() -> None:
    for code in filter(None, weights()):
        days = [weigh(code, "", split=split).days or 0 for split in SPLITS]
        assert days == sorted(days), code
