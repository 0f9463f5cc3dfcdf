from __future__ import annotations

import csv
from pathlib import Path

import pytest

from core.category_weights import OLD_SCHEME, SCHEMES, category_weights, is_antisocial, scheme_of, weights_of

NEW_SCHEME = SCHEMES["mps-ward"]
OLD = ["Theft from Person", "Domestic Burglary", "Drug Trafficking", "Rape"]
NEW = ["THEFT FROM THE PERSON", "BURGLARY IN A DWELLING", "TRAFFICKING OF DRUGS", "RAPE"]


@pytest.mark.parametrize(
    ("categories", "scheme"),
    [
        (OLD, OLD_SCHEME),
        ([name.upper() for name in OLD], OLD_SCHEME),
        (NEW, NEW_SCHEME),
        ([*NEW, "DOMESTIC BURGLARY"], NEW_SCHEME),
        (["Rape", "Violence with Injury"], OLD_SCHEME),
        (["RAPE", "VIOLENCE WITH INJURY"], NEW_SCHEME),
        (["Nothing known"], NEW_SCHEME),
    ],
)
def test_the_scheme_that_knows_more_of_the_categories_is_chosen(categories: list[str], scheme: str) -> None:
    assert scheme_of("mps-ward", categories) == scheme


def test_a_category_that_its_scheme_does_not_know_takes_the_weight_of_the_other() -> None:
    weights = weights_of("mps-ward", [*NEW, "DOMESTIC BURGLARY", "New thing"])
    assert weights["domestic burglary"].days == 30.4
    assert weights["rape"] == category_weights(NEW_SCHEME)["rape", ""]
    assert "new thing" not in weights
    assert weights_of("mps-ward", OLD)["rape"] == category_weights(OLD_SCHEME)["rape", ""]


@pytest.mark.parametrize("scheme", [OLD_SCHEME, SCHEMES["police-uk-street"]])
def test_the_weights_are_those_of_the_published_table(shared: Path, scheme: str) -> None:
    with (shared / "domain" / "category_weights.csv").open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["scheme"] == scheme]
    offences = [row for row in rows if not is_antisocial(row["category"])]
    assert all(float(row["days_expected"]) == 0 for row in rows if row not in offences)
    assert len(offences) == len(category_weights(scheme))
    for row in offences:
        ours = category_weights(scheme)[row["category"].casefold(), ""]
        assert (ours.days, ours.low, ours.high) == (float(row["days_expected"]), float(row["low"]), float(row["high"]))


def test_the_types_of_data_police_uk_have_weights() -> None:
    weights = weights_of("police-uk-street", ["Anti-social behaviour", "Robbery", "Drugs", "Other crime"])
    assert ("anti-social behaviour" in weights, weights["robbery"].days) == (False, 365.0)  # it is no offence
    assert weights["drugs"].police_detected
    assert weights["other crime"].without_doubt().days == 0.0
