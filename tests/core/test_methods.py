from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import bands
from core.editions import built_in
from core.errors import Refused
from core.methods import METHODS, Measures, method_named, score
from core.methods.base import points, recipe
from core.pools import POOLS, Pool, Trait, of_offence, pool_named, traits

PRECURSORS = [
    ("008/67", "Engage in controlling/coercive behaviour"),
    ("008/65", "Stalking involving fear of violence"),
    ("008/66", "Stalking involving serious alarm/distress"),
    ("008/77", "Strangulation or suffocation, non-fatal"),
    ("008/31", "Breach of a restraining order"),
    ("066/39", "Breach of non-molestation order"),
    ("068/08", "Breach SHPO"),
    ("", "Breach of a stalking protection order (Stalking Protection Act 2019 s8)"),
]


def test_the_registry_holds_every_method_by_its_name() -> None:
    assert list(METHODS) == ["v100", "rfg", "rfgv", "rfh", "css", "violence"]
    assert all(method.key == key and method.source and method.says for key, method in METHODS.items())
    assert method_named(" RFH ").key == "rfh"
    with pytest.raises(Refused, match=r"no method 'x'\. Use one of: v100, rfg"):
        method_named("x")


@pytest.mark.parametrize(
    ("method", "parts"),
    [
        ("v100", {"harm": 1927}),
        ("css", {"harm": 1927}),
        ("violence", {"harm": 1927}),
        ("rfg", {"recency": 20, "frequency": 20, "gravity": 25}),
        ("rfgv", {"recency": 20, "frequency": 20, "gravity": 25, "victims": 18}),
        ("rfh", {"recency": 20, "frequency": 20, "harm": 21}),
    ],
)
def test_what_a_score_is_made_of(method: str, parts: dict[str, float]) -> None:
    measures = Measures(recency=8, frequency=6, gravity=1825.0, harm=1927.0, victims=3)
    found = score(METHODS[method], measures, bands.default())
    assert {part.measure: part.adds for part in found} == parts
    assert points(found) == sum(parts.values())


@pytest.mark.parametrize(("code", "title"), PRECURSORS)
def test_a_precursor_is_never_light_in_rfh(code: str, title: str) -> None:
    floored = recipe(METHODS["rfh"]).weigh(code, title)
    plain = recipe(METHODS["v100"]).weigh(code, title)
    assert Trait.PRECURSOR in traits(code, title)
    assert floored.days is not None
    assert floored.days >= 365
    assert floored.days >= (plain.days or 0)
    if plain.days is None or plain.days < 365:
        assert (floored.confidence, "precursor: raised from" in floored.note) == ("derived", True)


@pytest.mark.parametrize(("code", "title"), [("105/01", "Common assault"), ("019/08", "Rape"), ("034/01", "Robbery")])
def test_no_other_offence_is_raised(code: str, title: str) -> None:
    assert recipe(METHODS["rfh"]).weigh(code, title) == recipe(METHODS["v100"]).weigh(code, title)


def test_the_floor_is_that_of_the_band_file() -> None:
    own = bands.read(bands.default().text.replace("precursor_floor = 365", "precursor_floor = 100"), "x.toml")
    assert recipe(METHODS["rfh"], bands=own).weigh("008/31", "Breach of a restraining order").days == 100
    assert recipe(METHODS["rfh"], bands=own).weigh("008/66", "Stalking involving serious alarm").days == 252


def test_css_weighs_by_the_second_index() -> None:
    made = recipe(METHODS["css"])
    assert (made.edition, made.index) == ("CSS 2021", "CSS")
    assert made.weigh("034/01", "Robbery of personal property").days == 799.63


def test_violence_weighs_by_both() -> None:
    made = recipe(METHODS["violence"])
    assert made.edition == "CCHI 2020 + CSS 2021"
    found = made.weigh("034/01", "Robbery of personal property")
    assert found.days == pytest.approx((365 + 799.63) / 2, abs=0.01)
    assert "mean of CCHI 365 d and CSS 799.63 d" in found.note
    assert METHODS["violence"].pool is Pool.VIOLENCE


def test_an_edition_that_is_named_stands_in_for_the_one_of_its_index() -> None:
    own = replace(built_in()["CCHI 2020"], name="CCHI own", dated="2026-02-01")
    assert recipe(METHODS["v100"], [own]).edition == "CCHI own"
    assert recipe(METHODS["rfg"], [own]).edition == "CCHI own"
    assert recipe(METHODS["violence"], [own]).edition == "CCHI own + CSS 2021"
    assert recipe(METHODS["css"], [own]).edition == "CSS 2021"  # an edition of another index is none of its
    assert recipe(METHODS["v100"], [built_in()["CSS 2021"]]).edition == "CSS 2021"


@given(
    st.integers(0, 2000),
    st.integers(1, 40),
    st.none() | st.floats(0, 5475),
    st.floats(0, 60_000),
    st.integers(0, 20),
)
def test_rfgv_is_from_0_to_100(recency: int, frequency: int, gravity: float | None, harm: float, victims: int) -> None:
    measures = Measures(recency, frequency, gravity, harm, victims)
    assert 0 <= points(score(METHODS["rfgv"], measures, bands.default())) <= 100


@pytest.mark.parametrize(
    ("code", "title", "pools"),
    [
        ("105/01", "Common assault", {"violence", "violent-crime", "everything"}),
        (
            "008/26",
            "Having an article with a blade or point in a public place",
            {"knife", "violent-crime", "everything"},
        ),
        ("034/01", "Robbery of personal property", {"robbery", "neighbourhood", "everything"}),
        ("034/01", "Robbery (of a Business Property)", {"robbery", "everything"}),
        ("028/01", "Burglary in a dwelling", {"neighbourhood", "everything"}),
        ("045/10", "Theft from a motor vehicle", {"neighbourhood", "everything"}),
        ("019/08", "Rape of a female aged 16 or over", {"everything"}),
        ("008/06", "ABH with a knife", {"violence", "knife", "violent-crime", "everything"}),
        ("034/01", "Robbery at knifepoint", {"robbery", "neighbourhood", "knife", "violent-crime", "everything"}),
        ("", "Anti-social behaviour", {"everything"}),
    ],
)
def test_which_pools_an_offence_belongs_to(code: str, title: str, pools: set[str]) -> None:
    assert {pool.words for pool in of_offence(code, title)} == pools


def test_a_pool_is_found_however_it_is_written() -> None:
    assert pool_named(" Domestic_Abuse ") is pool_named("domestic abuse") is Pool.DOMESTIC_ABUSE
    assert list(POOLS) == [
        "vawg", "violence", "knife", "robbery", "neighbourhood", "domestic-abuse", "everything", "violent-crime",
    ]  # fmt: skip
    with pytest.raises(Refused, match="no pool 'gangs'"):
        pool_named("gangs")
