"""Which kind an incident is, by the rows of DOMAIN2.md section 1."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from core.extract import INJURIES, WEAPONS, BadValue
from core.incident_file import checked
from core.incident_series import Compared, proposed
from core.incidents import COUNTED, KINDS, Facts, age_band, counted_as, kind_of, reported_as, weapon_of, worst
from core.particulars import NOTHING, knife_used, minute, particulars

DAY = date(2026, 11, 20).toordinal()
PLAIN = Facts("", "", False, False, "", "", "", -1)
RULES = [
    (PLAIN._replace(code="001/01"), {"homicide"}),
    (PLAIN._replace(code="002/00", title="Attempted murder"), {"serious-assault"}),
    (PLAIN._replace(code="004/04", injury="fatal"), set()),
    (
        PLAIN._replace(code="005/01", weapon="knife", injury="fatal", victim_age=24),
        {"homicide", "stabbing", "stabbing-under-25", "knife-crime"},
    ),
    (PLAIN._replace(code="005/01", knife=True), {"stabbing", "knife-crime"}),
    (PLAIN._replace(code="005/01", knife=True, injury="none"), {"knife-crime"}),
    (PLAIN._replace(code="008/01", knife=True, victim_age=17, domestic=True), {"stabbing", "knife-crime"}),
    (PLAIN._replace(code="008/01"), {"serious-assault"}),
    (PLAIN._replace(code="008/01", weapon="imitation"), {"gun-crime"}),
    (PLAIN._replace(code="034/01", knife=True), {"knife-crime", "robbery"}),
    (PLAIN._replace(code="034/01", weapon="imitation"), {"gun-crime", "robbery"}),
    (PLAIN._replace(code="034/01"), {"robbery"}),
    (PLAIN._replace(code="149/00", weapon="firearm", features="moped; shots fired"), {"shooting", "gun-crime"}),
    (PLAIN._replace(code="005/01", weapon="firearm", injury="serious"), {"shooting", "gun-crime"}),
    (PLAIN._replace(code="008/26", knife=True), set()),
    (PLAIN._replace(code="081/03", weapon="firearm"), set()),
    (PLAIN._replace(code="019/08"), {"serious-sexual"}),
    (PLAIN._replace(code="020/05"), set()),
    (PLAIN._replace(code="105/01", domestic=True, features="DASH 14"), {"high-risk-da"}),
    (PLAIN._replace(code="105/01", domestic=True, features="DASH 13"), set()),
    (PLAIN._replace(code="105/01", features="high risk"), set()),
]


@pytest.mark.parametrize(("facts", "counts"), RULES)
def test_what_a_row_counts_as(facts: Facts, counts: set[str]) -> None:
    assert counted_as(facts) == counts


@given(
    some.builds(
        Facts,
        some.sampled_from(("001/01", "005/01", "034/01", "019/08", "008/26", "")),
        some.just(""),
        some.booleans(),
        some.booleans(),
        some.sampled_from(("", *WEAPONS)),
        some.sampled_from(("", *INJURIES)),
        some.sampled_from(("", "fired", "high risk")),
        some.integers(-1, 120),
    )
)
def test_counts_overlap_as_the_table_says(facts: Facts) -> None:
    counts = counted_as(facts)
    assert counts <= set(COUNTED)
    assert "stabbing" not in counts or "knife-crime" in counts
    assert "shooting" not in counts or "gun-crime" in counts
    assert "stabbing-under-25" not in counts or ("stabbing" in counts and facts.victim_age < 25 and not facts.domestic)
    assert kind_of(counts) in (*KINDS, "")


def test_the_first_kind_that_holds() -> None:
    assert kind_of({"knife-crime", "stabbing", "homicide"}) == "homicide"
    assert kind_of({"robbery"}) == ""
    assert kind_of(reported_as("stabbing", "fatal", 20)) == "homicide"
    assert reported_as("shooting", "", -1) == {"shooting", "gun-crime"}
    assert [age_band(age) for age in (-1, 17, 24, 70)] == ["?", "under 18", "18-24", "65 and over"]
    assert worst(("minor", "fatal", "")) == "fatal"


def test_the_weapon_that_a_kind_says_by_itself() -> None:
    told = {kind: weapon_of(reported_as(kind, "", -1)) for kind in KINDS}
    said = {kind: weapon for kind, weapon in told.items() if weapon}
    assert said == {"shooting": "firearm", "stabbing": "knife", "knife-crime": "knife"}
    assert weapon_of(reported_as("stabbing", "fatal", 20)) == "knife", "though it is a homicide, too"


def test_what_a_row_tells_besides() -> None:
    told = particulars(("2:05", "19", "f", "Life Threatening", "Knife", " moped;  fired ", "X1", "Held"))
    assert tuple(told) == (125, 19, "F", "life-threatening", "knife", "moped; fired", "X1", "held")
    assert particulars(("",) * 8) == NOTHING
    for at, value, reason in (
        (0, "25:00", "no time of day"),
        (1, "140", "nobody is 140 years old"),
        (3, "ouch", "unknown; use one of"),
    ):
        values = [""] * 8
        values[at] = value
        with pytest.raises(BadValue, match=reason):
            particulars(values)


@pytest.mark.parametrize(("knife", "weapon", "used"), [("", "knife", True), ("no", "none", False), ("yes", "", True)])
def test_a_knife_by_two_columns(knife: str, weapon: str, used: bool) -> None:
    assert knife_used(knife, weapon) is used


@pytest.mark.parametrize(("knife", "weapon"), [("no", "knife"), ("yes", "firearm"), ("yes", "none")])
def test_two_columns_that_contradict_each_other(knife: str, weapon: str) -> None:
    with pytest.raises(BadValue, match="the row says"):
        knife_used(knife, weapon)


def test_an_incident_of_a_file() -> None:
    row = ["I1", "Stabbing", "2026-11-20 03:00", "E1", "17", "serious", "named", "", "seen"]
    told = checked(row, DAY, 200, {"E1"})
    assert told[:6] == ("I1", "stabbing", DAY, 180, "E1", 17)
    assert checked(["I2", "stabbing", "2026-11-20", "", "", "", "", "", ""], DAY, 0, ()).minute == -1
    for at, value, reason in ((1, "fight", "unknown"), (2, "2026-11-20 03:30", "future"), (3, "E9", "unknown ward")):
        with pytest.raises(BadValue, match=reason):
            checked([*row[:at], value, *row[at + 1 :]], DAY, 200, {"E1"})
    with pytest.raises(BadValue, match="clocks go forward"):
        checked([*row[:2], "2026-03-29 01:30", *row[3:]], DAY, 200, {"E1"})


def test_a_series_is_proposed_with_its_reason() -> None:
    one = Compared("A", "stabbing", 10, "E05009367", "knife", ("P1",), ())
    same, far = one._replace(ref="B", day=4, kind="robbery", weapon=""), one._replace(ref="C", ward_code="E05013806")
    named = one._replace(ref="D", ward_code="", people=(), linked=("C",))
    assert [found.refs for found in proposed([one], [same, far])] == [("A", "B")]
    [found] = proposed([named], [far])
    assert found.reason == "one report names the other"
    assert proposed([far], [one]) == []


@pytest.mark.parametrize(
    ("written", "of_day"),
    [
        *(("08:30", 510), ("8:30", 510), ("0830", 510), ("08:30:00", 510), ("08:30:00.000", 510), ("8.30am", 510)),
        *(("8:30 PM", 1230), ("12.05 a.m.", 5), ("12:05pm", 725), ("2359", 1439), ("0000", 0), ("n/a", -1), ("", -1)),
    ],
)
def test_an_hour_is_read_as_people_write_it(written: str, of_day: int) -> None:
    assert minute("committed_at", written) == of_day


@pytest.mark.parametrize("written", ["0.35", "8.30", "830", "24:00", "2400", "13:00 pm", "0:30am", "1260", "half past"])
def test_what_may_be_no_hour_is_refused(written: str) -> None:
    with pytest.raises(BadValue, match="no time of day"):
        minute("committed_at", written)
