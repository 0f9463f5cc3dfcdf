"""How London's recorded crime is shared out over its wards: the table that gives the demo's wards their real order.

``core/data/demo_wards.csv`` has a row for every ward of the 2022 map: of every 100,000 offences of a group that were
recorded in London, how many were recorded in the ward. It is worked from one release: Metropolitan Police Service,
"Recorded Crime: Geographic Breakdown", ward level, most recent 24 months, June 2023 to May 2025 (London Datastore),
Open Government Licence v3.0. Method (``python -m tests.core.demo_wards RELEASE``): the 24 months of every category
are added up by ward code, whatever borough the row names; categories are added into the groups of :func:`group_of`;
each ward's sum is divided by London's and rounded. No count of the release is kept, and no share of a rare category
such as homicide by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from core.tables import table

GROUPS = (
    "violence",
    "sexual",
    "robbery",
    "burglary",
    "vehicle",
    "shoplifting",
    "person_theft",
    "other_theft",
    "drugs_weapons",
    "disorder",
)
"""The groups that wards differ by, in the order of the table's columns."""
OF = 100_000
_LONDONERS = 8_900_000
_MAJOR = {
    "VIOLENCE AGAINST THE PERSON": "violence",
    "SEXUAL OFFENCES": "sexual",
    "ROBBERY": "robbery",
    "BURGLARY": "burglary",
    "VEHICLE OFFENCES": "vehicle",
    "THEFT": "other_theft",
    "DRUG OFFENCES": "drugs_weapons",
    "POSSESSION OF WEAPONS": "drugs_weapons",
}
_MINOR = {"SHOPLIFTING": "shoplifting", "THEFT FROM THE PERSON": "person_theft"}
_CLASSES = {
    **dict.fromkeys(("019", "020", "021", "022", "023", "088"), "sexual"),
    "028": "burglary",
    "034": "robbery",
    "039": "person_theft",
    "045": "vehicle",
    "046": "shoplifting",
    "048": "vehicle",
    "081": "drugs_weapons",
    "092": "drugs_weapons",
}
_CODES = dict.fromkeys(("008/11", "008/26"), "drugs_weapons")


def group_of(major: str, minor: str) -> str:
    """The group of a category of the release, by its major and minor text as published."""
    return _MINOR.get(minor) or _MAJOR.get(major, "disorder")


@cache
def group_of_code(code: str) -> str:
    """The group of a Home Office code: violence, where nothing else is said of it."""
    return _CODES.get(code) or _CLASSES.get(code.split("/")[0], "violence")


def share(code: str, group: str, residents: int) -> float:
    """What a ward has of London's offences of a group, 0 to 1 and never 0, so that no ward is without any crime.

    code: the ward's. A ward that the table does not know has the share of its residents.
    """
    known = _table().get(code)
    return max(known[group], 1) / OF if known else max(residents, 500) / _LONDONERS


@cache
def _table() -> Mapping[str, Mapping[str, int]]:
    return {row["code"]: {group: int(row[group]) for group in GROUPS} for row in table("demo_wards")}
