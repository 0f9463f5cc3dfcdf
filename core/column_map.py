"""Which column of a file is what: by our own names, or as a force's own profile file maps its columns to ours.

A profile file is TOML::

    profile = "extract"            # the profile it maps to
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
from dataclasses import dataclass, field, replace

from core.errors import Refused

Pick = Callable[[Sequence[Sequence[str]]], list[Sequence[str]]]
"""Gives the wanted columns of at least one record, all as wide as the header."""


@dataclass(frozen=True)
class ColumnMap:
    """How to read one file: the columns of its profile, theirs for ours, their words for ours, values that are fixed.

    name: what the batch is told by, the kind of profile or the name of a profile file. kind: the profile it maps to.
    needed, optional: the columns of that profile, by our names.
    """

    name: str
    kind: str
    needed: Sequence[str]
    optional: Sequence[str] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)

    def with_names(self, published: Mapping[str, str]) -> ColumnMap:
        """The same map where columns are called as published, too; a name that a profile file gives holds."""
        return replace(self, columns={**published, **self.columns})

    def positions(self, header: Sequence[str], wanted: Sequence[str], file: str) -> list[int | None]:
        """Where each wanted column stands in a file; None for one that is fixed or optional and not there.

        Raises Refused where a column is missing or stands twice.
        """
        names = [folded(name) for name in header]
        twice = {name for name in names if name and names.count(name) > 1}
        places: list[int | None] = []
        missing: list[str] = []
        for column in wanted:
            theirs = folded(self.columns.get(column, column))
            if theirs in twice:
                raise Refused(f"{file} has the column '{theirs}' twice; take one out.")
            if theirs in names:
                places.append(names.index(theirs))
            else:
                places.append(None)
                if column not in self.fixed and column not in self.optional:
                    missing.append(self.columns.get(column, column))
        if missing:
            raise Refused(f"{file} is not a '{self.kind}' file: it has no column {', '.join(missing)}.")
        return places

    def picker(self, header: Sequence[str], wanted: Sequence[str], file: str) -> Pick:
        """What picks the wanted columns out of records of a file, in the wanted order and in our words.

        Raises Refused where the file lacks a column.
        """
        places = self.positions(header, wanted, file)
        fixed = [self.fixed.get(column) for column in wanted]
        words = [self.values.get(column, {}) for column in wanted]

        def pick(records: Sequence[Sequence[str]]) -> list[Sequence[str]]:
            standing = list(zip(*records, strict=True))
            return [
                _translated(
                    (given or "",) * len(records) if place is None or given is not None else standing[place], ours
                )
                for place, given, ours in zip(places, fixed, words, strict=True)
            ]

        return pick


def from_toml(text: str, file: str, profiles: Mapping[str, ColumnMap], default: str) -> ColumnMap:
    """Read a profile file.

    profiles: what it may map to, by kind. default: the kind it maps to where it names none. Raises Refused for TOML
    that cannot be read, or that names an unknown profile or column.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Refused(f"Profile {file} is not readable as TOML: {error}.") from error
    kind = str(data.get("profile", default))
    profile = profiles.get(kind)
    if profile is None:
        raise Refused(f"Profile {file} maps to '{kind}'; use one of {', '.join(profiles)}.")
    columns, values, fixed = (_section(data, name, file) for name in ("columns", "values", "fixed"))
    for section in (columns, values, fixed):
        for column in section:
            if column not in profile.needed and column not in profile.optional:
                raise Refused(f"Profile {file} names '{column}', which is no column of '{kind}'.")
    translated: dict[str, dict[str, str]] = {}
    for column, words in values.items():
        if not isinstance(words, dict):
            raise Refused(f'Profile {file}: write values as [values.COLUMN] with "their word" = "our word".')
        translated[column] = {folded(theirs): str(ours) for theirs, ours in words.items()}
    return replace(
        profile,
        name=file,
        columns={column: str(name) for column, name in columns.items()},
        values=translated,
        fixed={column: str(value) for column, value in fixed.items()},
    )


def folded(text: str) -> str:
    """A column name or word as it is compared: capitals and the spaces around it do not matter."""
    return text.strip().casefold()


def _translated(values: Sequence[str], words: Mapping[str, str]) -> Sequence[str]:
    return [words.get(folded(value), value) for value in values] if words else values


def _section(data: dict[str, object], name: str, file: str) -> dict[str, object]:
    section = data.get(name, {})
    if not isinstance(section, dict):
        raise Refused(f"Profile {file}: '{name}' must be a table, [{name}].")
    return section
