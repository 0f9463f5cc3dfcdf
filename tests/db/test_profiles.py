"""Every profile that is declared: recognised by its own header and by no other, told of, with a way to take it back."""

from __future__ import annotations

import subprocess
import sys

import pytest

from core import activity, deployments, extract, lsoa, unsafe_places, ward_reference
from core.errors import Refused
from db.loading.profiles import DEFAULT, built_in, from_toml, profile_table, profiles, recognise, recognising

KINDS = list(profiles())
PLACES = ["MajorText", "MinorText", "WardName", "WardCode", "LookUp_BoroughName"]
STREET = [
    "Crime ID", "Month", "Reported by", "Falls within", "Longitude", "Latitude", "Location", "LSOA code", "LSOA name",
    "Crime type", "Last outcome category", "Context",
]  # fmt: skip
STOPS = [
    "Type", "Date", "Part of a policing operation", "Policing operation", "Latitude", "Longitude", "Gender",
    "Age range", "Self-defined ethnicity", "Officer-defined ethnicity", "Legislation", "Object of search", "Outcome",
    "Outcome linked to object of search", "Removal of more than just outer clothing",
]  # fmt: skip
LFR = [
    "date", "borough", "deployment", "lfr_use_case", "duration", "watchlist_size", "faces_seen", "total_alerts",
    "false_alerts_confirmed", "arrests", "other_disposal", "no_action",
]  # fmt: skip
REFERENCE = (
    "ward_code", "ward_name", "borough", "borough_code", "bcu_code", "editions", "population_2021", "population_2015",
    "imd2025_mean_decile", "imd2025_share_lsoas_decile1_2", "harrow_pet_area", "source",
)  # fmt: skip
LEAST = {"unsafe-places": (*unsafe_places.COLUMNS, "ward_code")}
"""The shortest header of a profile, where it is not just the columns that are needed."""


def _headers(kind: str) -> list[list[str]]:
    """Headers of a profile: the shortest, the longest, and the longest shouted, the other way round, with one more."""
    profile = profiles()[kind]
    least = LEAST.get(kind, profile.columns)
    whole = [*profile.columns, *profile.optional]
    return [list(least), whole, [" Extra ", *(name.upper() for name in reversed(whole))]]


@pytest.mark.parametrize("kind", KINDS)
def test_a_profile_is_recognised_by_headers_of_its_own_and_by_no_other(kind: str) -> None:
    for header in _headers(kind):
        assert [profile.kind for profile in recognising(header)] == [kind]
        assert recognise(header, "f.csv") == built_in(kind)


@pytest.mark.parametrize("kind", KINDS)
def test_only_a_profile_that_gives_way_shares_its_columns(kind: str) -> None:
    """So that a new one which is recognised beside another says so, and does not win by where it stands."""
    for header in _headers(kind):
        others = {each.kind for each in profiles().values() if not each.missing(header)} - {kind}
        assert all(profiles()[other].gives_way > profiles()[kind].gives_way for other in others)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if profiles()[kind].mapped])
def test_a_column_short_is_refused_or_another_kind_and_never_this_one(kind: str) -> None:
    for gone in profiles()[kind].columns:
        short = [name for name in profiles()[kind].columns if name != gone]
        assert kind not in [profile.kind for profile in recognising(short)]
        assert profiles()[kind].missing(short)


@pytest.mark.parametrize("kind", KINDS)
def test_a_declaration_is_whole(kind: str) -> None:
    profile = profiles()[kind]
    assert profile.withdraw, "how is a batch taken back?"
    assert profile.rule.__name__.startswith("core.")
    assert profile.says == profile.says.strip()
    assert not profile.says.endswith(".")
    assert "\n" not in profile.says
    assert not set(profile.columns) & set(profile.optional)


def test_the_table_for_the_documentation_is_that_of_the_declarations() -> None:
    table = profile_table()
    assert [row.name for row in table] == [DEFAULT, *sorted(set(KINDS) - {DEFAULT})]
    assert table[0].columns == extract.COLUMNS
    assert table[0].optional == extract.OPTIONAL


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ([*PLACES, "202601", "202602"], "mps-ward"),
        (["Group", "SubGroup", "WardName", "WardCode", "LookUp_BoroughName", "202601"], "mps-ward"),
        (["MinorText", "ward", "ward_code", "borough", "202401", "202402"], "mps-ward"),
        (STREET, "police-uk-street"),
        (STOPS, "stop-and-search"),
        ([*STOPS[:12], "Outcome", "station"], "stop-and-search"),
        (LFR, "lfr"),
        (["Deployment Date", "Location", "Watchlist Size", "Faces Seen", "Alerts", "Confirmed False Alerts"], "lfr"),
        (["LSOA21CD", "LSOA21NM", "WD22CD", "WD22NM", "LAD22CD", "LAD22NM"], "lsoa-ward"),
        (["FID", "LSOA11CD", "LSOA11NM", "WD18CD", "WD18NM"], "lsoa-ward"),
        (["LSOA11CD", "LSOA21CD", "WD22CD", "WD23CD"], "lsoa-ward"),
        (["LSOA21CD", "WD22CD", "WD22NM", "LAD22NM", "ward_code", "ward", "borough"], "lsoa-ward"),
        ([*lsoa.COLUMNS, *lsoa.OPTIONAL], "lsoa-ward"),
        (REFERENCE, "wards"),
        (["ward", "borough", *deployments.COLUMNS], "deployments"),
        (["ward", *extract.COLUMNS, "type"], "extract"),
        (["id", "created", "category", "lat", "lng"], "unsafe-places"),
        (["Reference", "Date_Reported", "Issue", "Lat", "Lon", "Comments", "Borough", "Ward"], "unsafe-places"),
        (["Date", "Type", "ward_code", "lsoa_code", "Ward", "Borough"], "unsafe-places"),
    ],
)
def test_a_header_as_it_is_met(header: list[str], kind: str) -> None:
    assert recognise(header, "f.csv").kind == kind


@pytest.mark.parametrize(
    ("header", "sentence"),
    [
        ([], r"f\.csv has the header of no profile that is known\. Nearest is 'extract', which also needs: crime_ref"),
        (["a", "b"], "Nearest is 'extract', which also needs: crime_ref"),
        (extract.COLUMNS[:-1], "Nearest is 'extract', which also needs: victim_ref"),
        (["MajorText", "MinorText", "LookUp_BoroughName", "202601"], "header of no profile"),
        ([*STREET[:9], "Outcome type"], "Nearest is 'police-uk-street', which also needs: crime type"),
        (STOPS[:-3], "Nearest is 'stop-and-search', which also needs: outcome"),
        ([*LFR[:6], *LFR[7:]], "Nearest is 'lfr', which also needs: faces_seen"),
        (["ward_code", "ward_name", "population_2021"], "has the header of no profile"),
        (["reported_on", "reason"], "Nearest is 'unsafe-places', which also needs: a place"),
        (["date", "type", "latitude"], "Nearest is 'unsafe-places', which also needs: a place"),
        (["ward_code", "latitude", "longitude", "date"], "Nearest is 'unsafe-places', which also needs: reason"),
        (
            [*activity.COLUMNS, *deployments.COLUMNS],
            "f.csv has the columns of 'activity' and of 'deployments'. Name the one to read it by with --profile.",
        ),
        ([*ward_reference.COLUMNS[:2], "population"], "Nearest is 'wards', which also needs: borough"),
    ],
)
def test_a_header_of_none_or_of_two_is_refused_in_a_sentence(header: list[str], sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        recognise(header, "f.csv")


def test_a_profile_that_is_not_there_is_refused_and_those_that_are_are_named() -> None:
    with pytest.raises(Refused, match=f"no profile 'nonsense'. Use one of {', '.join(KINDS)}, or a .toml file"):
        built_in("nonsense")
    with pytest.raises(Refused, match="maps to 'other'; use one of extract, activity, "):
        from_toml('profile = "other"', "p.toml")
    with pytest.raises(Refused, match="maps to 'mps-ward'"):
        from_toml('profile = "mps-ward"', "p.toml")


def test_no_profile_is_looked_for_before_a_file_is_to_be_read() -> None:
    script = "import sys, tui.main; print([name for name in sys.modules if name.startswith('db.loading')])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
