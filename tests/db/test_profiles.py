"""Every profile that is declared: recognised by its own header and by no other, told of, with a way to take it back."""

from __future__ import annotations

import subprocess
import sys

import pytest

from core import activity, deployments, extract, lsoa, unsafe_places, ward_file
from core.errors import Refused
from db.loading.importing import import_file
from db.loading.profiles import DEFAULT, built_in, from_toml, profiles, recognise, recognising
from db.store import Store
from tests.db.test_hostile_imports import FILES, SAMPLES, TODAY

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
LEAST = {
    "deployments": ("unit", "base", "officers"),
    "edition": ("index", "edition", "dated", "days", "code"),
    "mps-ward": (*ward_file.COLUMNS[:-1], "202601"),
    "police-uk-street": ("Month", "Reported by", "LSOA code", "Crime type"),
    "unsafe-places": (*unsafe_places.COLUMNS, "ward_code"),
}
"""The shortest header that proves a profile, where it is not just the columns that are needed."""
PLAIN = ("fly-tip-sites", "lsoa-ward", "unsafe-places", "wards")
"""Profiles whose columns other files have, too: one column of another kind, and the header proves nothing."""


def _needed(kind: str) -> list[str]:
    profile = profiles()[kind]
    return [column for column in profile.columns if column not in profile.blank]


def _headers(kind: str) -> list[list[str]]:
    """Headers of a profile: the shortest, the longest, the longest shouted and backwards with one more, and spaced."""
    profile = profiles()[kind]
    least = LEAST.get(kind, tuple(_needed(kind)))
    whole = [column if "YYYYMM" not in column else "202601" for column in (*profile.columns, *profile.optional)]
    extra = [] if kind in PLAIN else [" Extra "]
    spaced = [[name.replace("_", " ") for name in whole]] if profile.unproved is None else []
    return [list(least), whole, [*extra, *(name.upper() for name in reversed(whole))], *spaced]


@pytest.mark.parametrize("kind", KINDS)
def test_a_profile_is_recognised_by_headers_of_its_own_and_by_no_other(kind: str) -> None:
    for header in _headers(kind):
        assert [profile.kind for profile in recognising(header)] == [kind]
        assert recognise(header, "f.csv") == built_in(kind)


@pytest.mark.parametrize("kind", KINDS)
def test_only_a_profile_that_gives_way_shares_its_columns(kind: str) -> None:
    """So that a new one which is recognised beside another says so, and does not win by where it stands."""
    for header in _headers(kind):
        others = {each.kind for each in profiles().values() if not each.lacking_proof(header)} - {kind}
        assert all(profiles()[other].gives_way > profiles()[kind].gives_way for other in others)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if profiles()[kind].mapped])
def test_a_column_short_is_refused_or_another_kind_and_never_this_one(kind: str) -> None:
    for gone in _needed(kind):
        short = [name for name in _needed(kind) if name != gone]
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


def test_profiles_are_in_order_and_an_extract_needs_few_of_its_columns() -> None:
    assert list(profiles()) == [DEFAULT, *sorted(set(KINDS) - {DEFAULT})]
    first = profiles()[DEFAULT]
    assert first.needed == extract.NEEDED
    assert {*first.blank, *first.optional} == {*extract.COLUMNS, *extract.OPTIONAL} - set(extract.NEEDED)


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
        (["Reference", "Reported_On", "Reason", "Lat", "Lon"], "unsafe-places"),
    ],
)
def test_a_header_as_it_is_met(header: list[str], kind: str) -> None:
    assert recognise(header, "f.csv").kind == kind


@pytest.mark.parametrize(
    ("header", "sentence"),
    [
        ([], r"f\.csv has the header of no profile that is known, and none is near\. Crime reports under other names"),
        (["a", "b"], "none is near"),
        (["crime_ref|ho_code"], r"a header of one column, 'crime_ref\|ho_code'\. Columns are to be parted by comma"),
        (["crime_ref", "ho_code", "offence", "reported_on"], "Nearest is 'extract', which also needs: committed_from"),
        (
            ["MajorText", "MinorText", "LookUp_BoroughName", "202601"],
            "Nearest is 'mps-ward', which also needs: WardName, WardCode",
        ),
        ([*STREET[:9], "Outcome type"], "f.csv holds outcomes of crimes, .* Import the street file"),
        (STOPS[:-3], "Nearest is 'stop-and-search', which also needs: outcome"),
        ([*LFR[:6], *LFR[7:]], "Nearest is 'lfr', which also needs: faces_seen"),
        (["reported_on", "reason"], "Nearest is 'unsafe-places', which also needs: a place"),
        (
            [*activity.COLUMNS, *deployments.COLUMNS],
            "f.csv has the columns of 'activity' and of 'deployments'. Name the one to read it by with --profile.",
        ),
    ],
)
def test_a_header_of_none_or_of_two_is_refused_in_a_sentence(header: list[str], sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        recognise(header, "f.csv")


FOREIGN = {
    "a list of crimes": (["Date", "Category", "Ward code"], "unsafe-places"),
    "arrests by ward": (["reported_on", "reason", "ward_code", "arrested"], "unsafe-places"),
    "people by ward": (["ward_code", "reason", "reported_on", "person"], "unsafe-places"),
    "crimes at points": (["id", "created", "category", "lat", "lng"], "unsafe-places"),
    "service requests": (["Date", "Issue", "Lat", "Lon", "Ward"], "unsafe-places"),
    "crimes by area and ward": (["lsoa_code", "ward_code", "offence"], "lsoa-ward"),
    "people by area and ward": (["LSOA21CD", "WD22CD", "Residents"], "lsoa-ward"),
    "counts by ward": (["ward_code", "ward", "borough", "Offences"], "wards"),
    "reports by place": (["place", "ward_code", "reports", "population"], "fly-tip-sites"),
    "officers by unit": (["unit", "officers", "precinct"], "deployments"),
    "places flagged, in our words with blanks": (["Reported On", "Reason", "Ward Code", "LSOA code"], "unsafe-places"),
    "places flagged, and who says so": (["reported_on", "reason", "ward_code", "lsoa_code", "By"], "unsafe-places"),
    "types by month": (["Month", "Crime type", "Count"], "police-uk-street"),
}
"""Plausible files of another kind, and the profile that each could be."""


@pytest.mark.parametrize("what", FOREIGN)
def test_a_file_that_only_could_be_of_a_profile_is_not_taken_unasked(what: str) -> None:
    header, kind = FOREIGN[what]
    assert not recognising(header)
    with pytest.raises(Refused, match=rf"could be '{kind}'.* by its columns.* say so: --profile {kind}\."):
        recognise(header, "f.csv")


@pytest.mark.parametrize("kind", SAMPLES)
def test_a_file_that_is_plainly_of_one_profile_is_not_read_as_another(kind: str, store: Store) -> None:
    path = FILES / f"{SAMPLES[kind].file}.csv"
    for other in sorted(profiles().keys() - {kind}):
        with pytest.raises(Refused):
            import_file(store, path, built_in(other), today=TODAY)
    assert import_file(store, path, built_in(kind), today=TODAY).taken


def test_patrols_are_no_units_although_they_have_what_units_need(store: Store) -> None:
    with pytest.raises(Refused, match="has the header of 'patrols', so it is not read as 'deployments'"):
        import_file(store, FILES / "patrols.csv", built_in("deployments"), today=TODAY)


FORCES = (
    "Case Number,Date,Block,IUCR,Primary Type,Description,Arrest,Domestic,Beat,District,Ward,Year,Latitude,Longitude",
    "DR_NO,Date Rptd,DATE OCC,TIME OCC,AREA NAME,Rpt Dist No,Crm Cd,Crm Cd Desc,Vict Age,Status,LOCATION,LAT,LON",
    "INCIDENT_NUMBER,OFFENSE_CODE,OFFENSE_DESCRIPTION,DISTRICT,SHOOTING,OCCURRED_ON_DATE,YEAR,MONTH,STREET,Lat,Long",
    "TYPE,YEAR,MONTH,DAY,HOUR,MINUTE,HUNDRED_BLOCK,NEIGHBOURHOOD,X,Y",
    "EVENT_UNIQUE_ID,REPORT_DATE,OCC_DATE,DIVISION,UCR_CODE,OFFENCE,MCI_CATEGORY,HOOD_158,LONG_WGS84,LAT_WGS84",
    "Schlüssel,Straftat,Gemeindeschlüssel,Stadt-/Landkreis,Anzahl erfasste Fälle,Tatverdächtige insgesamt",
    "Date,Borough,Ward,Offence,Count",
    "Area,Population,Crimes,Rate",
)
"""Headers as other forces publish them: none is of a profile, whatever single columns they share with one."""


@pytest.mark.parametrize("names", FORCES)
def test_files_of_other_forces_are_of_no_profile(names: str) -> None:
    assert not [profile.kind for profile in recognising(names.split(","))]
    with pytest.raises(Refused, match=r"^f\.csv "):
        recognise(names.split(","), "f.csv")


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


@pytest.mark.parametrize("section", ['[values.role]\n"SUSP" = "nonsense"', '[fixed]\nrole = "nonsense"'])
def test_a_word_that_is_none_of_ours_is_refused_with_those_that_are(section: str) -> None:
    with pytest.raises(Refused, match=r"role cannot be .*nonsense.*; use one of: named suspect, charged, convicted"):
        from_toml(section, "own.toml")
    assert from_toml('[values.vawg]\n"J" = "Yes"\n"N" = ""', "own.toml").values["vawg"] == {"j": "Yes", "n": ""}
