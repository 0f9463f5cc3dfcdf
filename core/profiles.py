"""Which column is what: how a file is recognised, and how a force's own extract is read by a profile file.

A profile file is TOML::

    profile = "extract"            # the built-in profile it maps to
    [columns]                      # our name = "the header in the file"
    crime_ref = "CRIS ref"
    [values.role]                  # "their word" = "ours"
    "SUSPECT" = "named suspect"
    [fixed]                        # the same value in every row
    vawg = "yes"
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from core import (
    activity,
    census,
    deployments,
    editions,
    extract,
    fly_tips,
    lsoa,
    markers,
    panels,
    patrols,
    street,
    unsafe_places,
    ward_file,
    ward_reference,
)
from core.errors import Refused

EXTRACT, MPS_WARD, ACTIVITY, DEPLOYMENTS = "extract", "mps-ward", "activity", "deployments"
MARKERS, EDITION, CENSUS_WARD = "markers", "edition", "census-ward"
POLICE_UK_STREET, LSOA_WARD, WARDS = "police-uk-street", "lsoa-ward", "wards"
FLY_TIP_SITES = "fly-tip-sites"
WARD_PANEL, UNSAFE_PLACES, PATROLS = "ward-panel", "unsafe-places", "patrols"
NEEDED: Mapping[str, Sequence[str]] = {
    EXTRACT: extract.COLUMNS,
    ACTIVITY: activity.COLUMNS,
    DEPLOYMENTS: deployments.COLUMNS,
    MARKERS: markers.COLUMNS,
    EDITION: editions.COLUMNS,
    CENSUS_WARD: census.COLUMNS,
    POLICE_UK_STREET: street.COLUMNS,
    UNSAFE_PLACES: unsafe_places.COLUMNS,  # before the lookup: its places may have both codes
    LSOA_WARD: lsoa.COLUMNS,
    FLY_TIP_SITES: fly_tips.COLUMNS,
    WARDS: ward_reference.COLUMNS,
    WARD_PANEL: panels.COLUMNS,
    PATROLS: patrols.COLUMNS,
}
OPTIONAL: Mapping[str, Sequence[str]] = {
    EXTRACT: extract.OPTIONAL,
    EDITION: editions.OPTIONAL,
    POLICE_UK_STREET: street.OPTIONAL,
    LSOA_WARD: lsoa.OPTIONAL,
    FLY_TIP_SITES: fly_tips.OPTIONAL,
    WARDS: ward_reference.OPTIONAL,
    WARD_PANEL: panels.OPTIONAL,
    PATROLS: patrols.OPTIONAL,
    UNSAFE_PLACES: unsafe_places.OPTIONAL,
}
"""Columns that a file of a profile may have besides those it needs."""

BUILT_IN = (
    EXTRACT,
    MPS_WARD,
    POLICE_UK_STREET,
    LSOA_WARD,
    WARDS,
    ACTIVITY,
    DEPLOYMENTS,
    MARKERS,
    EDITION,
    CENSUS_WARD,
    FLY_TIP_SITES,
    WARD_PANEL,
    PATROLS,
    UNSAFE_PLACES,
)


@dataclass(frozen=True)
class Profile:
    """How to read one kind of file: our column names to theirs, their words to ours, values that are fixed."""

    name: str
    kind: str
    columns: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)

    @property
    def plain(self) -> bool:
        """Whether values are taken as they stand."""
        return not self.values and not self.fixed


def built_in(name: str) -> Profile:
    """A profile by its name. Raises Refused for a name that is not known."""
    if name not in BUILT_IN:
        raise Refused(f"There is no profile '{name}'. Use one of {', '.join(BUILT_IN)}, or a .toml file.")
    return Profile(name, name)


def recognise(header: Sequence[str], file: str) -> Profile:
    """The built-in profile whose header a file has. Raises Refused, naming what is missing."""
    names = [_name(name) for name in header]
    if ward_file.is_ward_file(header):
        return Profile(MPS_WARD, MPS_WARD)
    if lsoa.published_columns(header):
        return Profile(LSOA_WARD, LSOA_WARD)
    for kind in NEEDED:
        if kind != WARDS and not _missing(kind, names):
            return Profile(kind, kind)
    if ward_reference.is_reference(header):  # last: other files name wards and boroughs too
        return Profile(WARDS, WARDS)
    nearest = min(NEEDED, key=lambda kind: len(_missing(kind, names)) / len(NEEDED[kind]))
    raise Refused(
        f"{file} has the header of no profile that is known. Nearest is '{nearest}', which also needs: "
        f"{', '.join(_missing(nearest, names))}. Mend the header, or name a profile file with --profile."
    )


def _missing(kind: str, names: Sequence[str]) -> list[str]:
    """What a header, in small letters, lacks of what a profile needs."""
    if kind == UNSAFE_PLACES:
        return unsafe_places.missing(names)
    return [name for name in NEEDED[kind] if name not in names]


def from_toml(text: str, file: str) -> Profile:
    """Read a profile file. Raises Refused for TOML that cannot be read, or that names an unknown column."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Refused(f"Profile {file} is not readable as TOML: {error}.") from error
    kind = str(data.get("profile", EXTRACT))
    known = {*NEEDED.get(kind, ()), *OPTIONAL.get(kind, ())}
    if not known:
        raise Refused(f"Profile {file} maps to '{kind}'; use one of {', '.join(NEEDED)}.")
    sections = [_section(data, name, file) for name in ("columns", "values", "fixed")]
    for section in sections:
        for column in section:
            if column not in known:
                raise Refused(f"Profile {file} names '{column}', which is no column of '{kind}'.")
    columns, values, fixed = sections
    translated: dict[str, dict[str, str]] = {}
    for column, words in values.items():
        if not isinstance(words, dict):
            raise Refused(f'Profile {file}: write values as [values.COLUMN] with "their word" = "our word".')
        translated[column] = {_name(theirs): str(ours) for theirs, ours in words.items()}
    named = {c: str(name) for c, name in columns.items()}
    return Profile(file, kind, named, translated, {c: str(value) for c, value in fixed.items()})


def positions(profile: Profile, header: Sequence[str], wanted: Sequence[str], file: str) -> list[int | None]:
    """Where each wanted column stands in a file; None for one that is fixed or optional and not there.

    Raises Refused where a column is missing or stands twice.
    """
    names = [_name(name) for name in header]
    twice = {name for name in names if name and names.count(name) > 1}
    optional = OPTIONAL.get(profile.kind, ())
    found: list[int | None] = []
    missing: list[str] = []
    for column in wanted:
        theirs = _name(profile.columns.get(column, column))
        if theirs in twice:
            raise Refused(f"{file} has the column '{theirs}' twice; take one out.")
        if theirs in names:
            found.append(names.index(theirs))
        else:
            found.append(None)
            if column not in profile.fixed and column not in optional:
                missing.append(profile.columns.get(column, column))
    if missing:
        raise Refused(f"{file} is not a '{profile.kind}' file: it has no column {', '.join(missing)}.")
    return found


def columns(
    profile: Profile, header: Sequence[str], wanted: Sequence[str], file: str
) -> Callable[[Sequence[Sequence[str]]], list[Sequence[str]]]:
    """What picks the wanted columns out of records of a file, in the wanted order and in our words.

    It takes at least one record, all as wide as the header. Raises Refused where the file lacks a column.
    """
    places = positions(profile, header, wanted, file)
    fixed = [profile.fixed.get(column) for column in wanted]
    words = [profile.values.get(column, {}) for column in wanted]

    def pick(records: Sequence[Sequence[str]]) -> list[Sequence[str]]:
        standing = list(zip(*records, strict=True))
        return [
            _translated((given or "",) * len(records) if place is None or given is not None else standing[place], ours)
            for place, given, ours in zip(places, fixed, words, strict=True)
        ]

    return pick


def _translated(values: Sequence[str], words: Mapping[str, str]) -> Sequence[str]:
    return [words.get(_name(value), value) for value in values] if words else values


def _name(text: str) -> str:
    return text.strip().casefold()


def _section(data: dict[str, object], name: str, file: str) -> dict[str, object]:
    section = data.get(name, {})
    if not isinstance(section, dict):
        raise Refused(f"Profile {file}: '{name}' must be a table, [{name}].")
    return section
