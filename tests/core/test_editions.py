from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import harm
from core.editions import COLUMNS, DEFAULT, OPTIONAL, Edition, Weight, built_in, edition_named, read
from core.errors import Refused
from core.text import plain

CSS_EXAMPLES = [
    ("001/01", "Murder of a person aged 1 year or over", 7973.39, "published"),
    ("004/01", "Manslaughter", 7973.39, "published"),
    ("002/00", "Attempted murder", 4654.3, "published"),
    ("019/08", "Rape of a female aged 16 or over", 2952.94, "published"),
    ("034/01", "Robbery (of Personal Property)", 799.63, "published"),
    ("028/03", "Burglary - Residential - Dwelling", 465.38, "published"),
    ("008/66", "Stalking involving serious alarm/distress", 56.35, "published"),
    ("195/12", "Pursue a course of conduct which amounts to stalking", 56.35, "published"),
    ("195/94", "Harassment", 36.1, "published"),
    ("092/61", "Having possession of a controlled drug - Cannabis", 1.77, "published"),
    ("008/06", "Assault occasioning actual bodily harm", 189.15, "published"),
    ("008/06", "Assault occasioning actual bodily harm of a constable", 401.42, "published"),
    ("008/67", "Engage in controlling/coercive behaviour", 36.1, "derived"),
    ("008/77", "Strangulation or suffocation, non-fatal", 189.15, "derived"),
    ("", "Breach of a stalking protection order (Stalking Protection Act 2019 s8)", 72.51, "derived"),
]
"""Offences and days of the Crime Severity Score as DOMAIN.md section 1 and its table list them."""

CELLS = st.dictionaries(st.sampled_from([*COLUMNS, *OPTIONAL]), st.text(max_size=60))
"""Some cells of a row, with anything in them."""


def rows(*more: dict[str, str], **first: str) -> list[tuple[int, dict[str, str]]]:
    """The rows of a small edition file: a good first one, changed as said, and more after it."""
    good = {"index": "NEW", "edition": "NEW 2030", "dated": "2030-01-31", "code": "105/01", "title": "", "days": "3"}
    blank = dict.fromkeys(COLUMNS, "")
    return list(enumerate([good | first, *(blank | row for row in more)], start=2))


def test_the_default_edition_ships_with_another_index_beside_it() -> None:
    found = {name: (edition.index, edition.dated) for name, edition in built_in().items()}
    assert found[DEFAULT] == ("CCHI", "2020-10-06")
    assert found["CSS 2021"] == ("CSS", "2021-01-01")
    assert built_in()[DEFAULT].citation == harm.CITATION
    assert "Office for National Statistics" in built_in()["CSS 2021"].citation


@pytest.mark.parametrize(("code", "offence", "days", "confidence"), CSS_EXAMPLES)
def test_examples_of_the_crime_severity_score(code: str, offence: str, days: float, confidence: str) -> None:
    found = harm.weigh(code, offence, edition=built_in()["CSS 2021"])
    assert (found.days, found.confidence) == (days, confidence)


def test_every_severity_weight_is_that_of_the_class_it_names(shared: Path) -> None:
    with (shared / "domain" / "ons_css.csv").open(encoding="utf-8", newline="") as stream:
        classes = {row["ons_offence_code"]: float(row["css_weight"]) for row in csv.DictReader(stream)}
    for weight in _all(built_in()["CSS 2021"]):
        kind, ons = weight.basis.split(" class ")
        assert weight.days == classes[ons], weight
        assert (kind == "own") == (weight.confidence == "published"), weight


def test_every_notifiable_code_but_fraud_has_a_severity_weight(shared: Path) -> None:
    with (shared / "domain" / "home_office_codes.csv").open(encoding="utf-8", newline="") as stream:
        codes = {row["home_office_code"] for row in csv.DictReader(stream)}
    without = codes - set(built_in()["CSS 2021"].weights)
    assert without == {"051/04", "053/34", "053/40", "053/42", "053/46"}


@pytest.mark.parametrize("name", list(built_in()))
def test_every_code_is_written_as_the_home_office_does_and_a_split_one_has_a_default(name: str) -> None:
    for code, weights in built_in()[name].weights.items():
        assert {weight.code for weight in weights} == {code}
        if name == "CSS 2021" and len({weight.days for weight in weights}) > 1 and code:
            assert sum(weight.default for weight in weights) == 1


def test_a_third_edition_weighs_in_its_own_way_and_leaves_the_others_alone() -> None:
    third = read(rows({"title": "Being rude", "days": "0.5"}, {"code": "8/6", "days": "12"}), "new.csv")
    assert (third.name, third.index, third.dated, third.citation) == ("NEW 2030", "NEW", "2030-01-31", "")
    assert harm.weigh("105/01", "Common assault", edition=third).days == 3
    assert harm.weigh("00806", "ABH", edition=third).days == 12
    assert harm.weigh("", "being RUDE", edition=third).days == 0.5
    assert harm.weigh("001/01", "Murder", edition=third).note == "no weight for 001/01 in NEW 2030"
    assert harm.weigh("105/01", "Common assault").days == 1
    assert hash(third) != hash(read(rows(), "new.csv"))


def test_what_a_file_may_leave_out() -> None:
    [weight] = _all(read(rows(), "new.csv"))
    assert weight == Weight("105/01", "", 3.0, "published", "", False)
    said = {"confidence": "derived", "basis": "near offence", "default": "yes", "citation": "A paper"}
    edition = read(rows(**said, category="", subgroup=""), "new.csv")
    assert list(_all(edition)) == [Weight("105/01", "", 3.0, "derived", "near offence", True)]
    assert edition.citation == "A paper"


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({"days": "-1"}, "'-1' is no number of days"),
        ({"days": ""}, "'' is no number of days"),
        ({"days": "nan"}, "'nan' is no number of days"),
        ({"days": "inf"}, "'inf' is no number of days"),
        ({"days": "9" * 400}, "is no number of days"),
        ({"days": "1000000000.5"}, r"'1000000000.5' is no number of days. Write 0 to 1,000,000,000"),
        ({"days": "5,475"}, "'5,475' is no number of days"),
        ({"days": "１０"}, "'１０' is no number of days"),
        ({"code": "", "title": " "}, "neither a code nor a title"),
        ({"code": "08-Jun"}, "a spreadsheet made a date of '08-Jun'"),
        ({"edition": "NEW 2031"}, "edition is 'NEW 2031', but 'NEW 2030' above"),
        ({"index": "OLD"}, "index is 'OLD', but 'NEW' above"),
        ({"dated": "2031-01-31"}, "dated is '2031-01-31', but '2030-01-31' above"),
        ({"code": "105/1", "days": "4"}, "'105/01' has 4 days, but 3 days above"),
        ({"confidence": "sure"}, "'sure' is no confidence"),
        ({"default": "maybe"}, "'maybe' does not say whether it is the default"),
    ],
)
def test_a_row_that_is_not_sound_refuses_the_file_in_one_sentence(row: dict[str, str], says: str) -> None:
    with pytest.raises(Refused) as refused:
        read(rows({"code": "008/06", "days": "10"} | row), "new.csv")
    assert refused.value.sentence.startswith("new.csv, line 3: ")
    assert says in refused.value.sentence
    assert len(refused.value.sentence) < 200


@pytest.mark.parametrize(
    ("first", "says"),
    [
        ({"dated": "2030-02-30"}, "'2030-02-30' is no date"),
        ({"dated": "2030"}, "'2030' is no date"),
        ({"dated": "20300131"}, "'20300131' is no date"),
        ({"dated": ""}, "dated is ''"),
        ({"edition": ""}, "edition is ''"),
        ({"index": " "}, "index is ''"),
    ],
)
def test_the_first_row_names_and_dates_the_edition(first: dict[str, str], says: str) -> None:
    with pytest.raises(Refused, match=says) as refused:
        read(rows(**first), "new.csv")
    assert refused.value.sentence.startswith("new.csv, line 2: ")


def test_two_defaults_of_one_code_are_refused() -> None:
    yes = {"code": "105/01", "default": "yes"}
    with pytest.raises(Refused, match="the default of '105/01' has 9 days, but 3 days above"):
        read(rows(yes | {"title": "Other", "days": "9"}, **yes), "new.csv")


def test_codes_of_another_scheme_are_taken_as_crime_reports_take_them() -> None:
    edition = read(rows(code=" 18.2-57 ", title="Assault and battery"), "new.csv")
    assert [weight.code for weight in _all(edition)] == ["18.2-57"]


@pytest.mark.parametrize("column", ["code", "title"])
def test_a_file_may_be_without_the_code_or_the_title(column: str) -> None:
    [(line, row)] = rows(code="105/01", title="Common assault")
    del row[column]
    assert len(list(_all(read([(line, row)], "new.csv")))) == 1


@pytest.mark.parametrize("column", ["index", "edition", "dated", "days", "code"])
def test_a_column_that_is_needed_is_missed(column: str) -> None:
    [(line, row)] = rows()
    del row[column]
    if column == "code":
        del row["title"]
    with pytest.raises(Refused, match=rf"^new\.csv, line 1: there is no column '{column}'"):
        read([(line, row)], "new.csv")


def test_a_column_that_is_misspelt_is_not_passed_over() -> None:
    with pytest.raises(Refused, match="the column 'confidance' is not known"):
        read(rows(confidance="derived"), "new.csv")


def test_a_file_without_rows_is_refused() -> None:
    with pytest.raises(Refused, match=r"new\.csv has no rows"):
        read([], "new.csv")


@given(CELLS, CELLS)
def test_a_file_of_anything_is_an_edition_or_one_sentence(first: dict[str, str], second: dict[str, str]) -> None:
    sentence, found = "", None
    try:
        found = read(rows(second, **first), "new.csv")
    except Refused as refused:
        sentence = refused.sentence
    if found is None:
        assert sentence.startswith(("new.csv, line 2: ", "new.csv, line 3: "))
        assert sentence == plain(sentence)
    else:
        assert all(weight.days >= 0 and (weight.code or weight.title) for weight in _all(found))


@given(st.integers(0, 10**9), st.integers(0, 999), st.integers(0, 99))
def test_days_and_codes_are_read_as_written(hundredths: int, group: int, item: int) -> None:
    days = f"{hundredths // 100}.{hundredths % 100:02d}"
    [weight] = _all(read(rows(code=f"{group}/{item}", days=days), "new.csv"))
    assert (weight.code, weight.days) == (f"{group:03d}/{item:02d}", hundredths / 100)


@pytest.mark.parametrize("text", ["CSS 2021", "css 2021", " css-2021 ", "CSS_2021", "css"])
def test_an_edition_is_found_by_its_name_or_its_index(text: str) -> None:
    assert edition_named(text, built_in()).name == "CSS 2021"


def test_an_index_alone_means_its_latest_edition() -> None:
    dated = {"NEW 2031": "2031-01-01", "NEW 2030": "2030-01-31"}
    editions = {name: read(rows(edition=name, dated=day), "new.csv") for name, day in dated.items()}
    assert edition_named("new", editions).name == "NEW 2031"
    assert edition_named("new 2030", editions).name == "NEW 2030"


@pytest.mark.parametrize("text", ["", "CCHI 1999", "[/]"])
def test_a_name_that_is_not_known_lists_those_that_are(text: str) -> None:
    with pytest.raises(Refused) as refused:
        edition_named(text, built_in())
    assert refused.value.sentence == f"There is no edition '{text}'. Use one of: CCHI 2020, CSS 2021."


def _all(edition: Edition) -> list[Weight]:
    return [weight for weights in edition.weights.values() for weight in weights]
