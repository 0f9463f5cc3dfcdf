"""Which column of a file is what: by our own names, or as a force's own profile file maps its columns to ours.

A profile file is TOML::

    profile = "extract"            # the profile it maps to
    [columns]                      # our name = "the header in the file"
    crime_ref = "CRIS ref"
    [values.role]                  # "their word" = "ours"
    "SUSPECT" = "named suspect"
    [fixed]                        # the same value in every row
    vawg = "yes"
    [dates]                        # how dates are written; every = "…" holds for all that are not named
    reported_on = "mm/dd/yyyy"
    committed_from = { year = "YEAR", month = "MONTH", day = "DAY" }

``decimal = ","`` names the decimal mark, and ``key = ["person_ref", "committed_from"]`` the columns that tell one
report from another where its reference does not; both stand above the tables.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from core import toml_part
from core.date_columns import DateColumn, DateColumns
from core.date_formats import PIVOT, THREE_COLUMNS, DateFormat, date_format
from core.errors import Refused
from core.figures import MARKS
from core.toml_part import words_of

_SECTIONS = ("profile", "columns", "values", "fixed", "dates", "decimal", "key")
_PARTS = ("year", "month", "day")

Pick = Callable[[Sequence[Sequence[str]]], list[Sequence[str]]]
"""Gives the wanted columns of at least one record, all as wide as the header."""


@dataclass(frozen=True)
class ColumnMap:
    """How to read one file: the columns of its profile, theirs for ours, their words for ours, values that are fixed.

    name: what the batch is told by, the kind of profile or the name of a profile file. kind: the profile it maps to.
    needed, optional: the columns of that profile, by our names. blank: those of the needed that may be empty in every
    row, and so may be missing. dated: its columns of dates. reference: the column that a key stands in for.

    dates: how some of these are written, the year, month and day of three columns among them (parts); every_date: how
    the others are. decimal: the decimal mark, empty where the file decides. key: columns that make the reference.
    """

    name: str
    kind: str
    needed: Sequence[str]
    optional: Sequence[str] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    blank: Sequence[str] = ()
    dated: Sequence[str] = ()
    reference: str = ""
    dates: Mapping[str, DateFormat] = field(default_factory=dict)
    every_date: DateFormat | None = None
    parts: Mapping[str, tuple[str, str, str]] = field(default_factory=dict)
    decimal: str = ""
    key: Sequence[str] = ()

    @property
    def own(self) -> bool:
        """Whether it is a profile file of a user, and not a profile that is published."""
        return self.name != self.kind

    def date_columns(self, file: str) -> DateColumns:
        """What reads the dates of one file."""
        forms = (self.dates.get(column, self.every_date) for column in self.dated)
        pairs = zip(self.dated, forms, strict=True)
        return DateColumns(
            (DateColumn(name, file, form, settled=not self.own, kind=self.kind) for name, form in pairs), self.dated
        )

    def with_names(self, published: Mapping[str, str]) -> ColumnMap:
        """The same map where columns are called as published, too; a name that a profile file gives holds."""
        return replace(self, columns={**published, **self.columns})

    def positions(self, header: Sequence[str], wanted: Sequence[str], file: str) -> list[int | None]:
        """Where each wanted column stands in a file; None for one that is fixed or optional and not there.

        Raises Refused where a column is missing or stands twice.
        """
        names = [column_name(name) for name in header]
        twice = {name for name in names if name and names.count(name) > 1}
        places: list[int | None] = []
        missing: list[str] = []
        for column in wanted:
            theirs = column_name(self.columns.get(column, column))
            made = column in self.parts or (column == self.reference and self.key)
            if theirs in twice and not made:
                raise Refused(f"{file} has the column '{theirs}' twice; take one out.")
            if theirs in names and not made:
                places.append(names.index(theirs))
            else:
                places.append(None)
                if column not in self.fixed and not made and not self.may_lack(column):
                    missing.append(self.columns.get(column, column))
        if missing:
            article = "an" if self.kind[:1] in "aeiou" else "a"
            how = "Write in the profile file each header as it stands in the file" if self.own else "Mend the header"
            said = f"{file} is not {article} '{self.kind}' file: it has no column {', '.join(missing)}"
            raise Refused(f"{said}. {how}, and import it again.")
        return places

    def may_lack(self, column: str) -> bool:
        """Whether a file may be without a column; not where a profile file says what it is called there."""
        return (column in self.optional or column in self.blank) and column not in self.columns

    def picker(self, header: Sequence[str], wanted: Sequence[str], file: str) -> Pick:
        """What picks the wanted columns out of records of a file, in the wanted order and in our words.

        Raises Refused where the file lacks a column.
        """
        places = self.positions(header, wanted, file)
        fixed = [self.fixed.get(column) for column in wanted]
        words = [self.values.get(column, {}) for column in wanted]
        made = {wanted.index(column): make for column, make in self._made(header, file).items() if column in wanted}

        def pick(records: Sequence[Sequence[str]]) -> list[Sequence[str]]:
            standing = list(zip(*records, strict=True))
            picked = [
                _translated(
                    (given or "",) * len(records) if place is None or given is not None else standing[place], ours
                )
                for place, given, ours in zip(places, fixed, words, strict=True)
            ]
            for at, make in made.items():
                picked[at] = make(records)
            return picked

        return pick

    def _made(self, header: Sequence[str], file: str) -> dict[str, Callable[[Sequence[Sequence[str]]], list[str]]]:
        """What makes the columns that are put together of several: dates of three columns, a reference of a key."""
        made = {}
        for column, theirs in self.parts.items():
            three = replace(self, columns=dict(zip(_PARTS, theirs, strict=True)), parts={}, key=())
            made[column] = _joined(three.positions(header, _PARTS, file), "-")
        if self.key:
            bare = replace(self, key=())
            columns = {name: self.columns.get(name, name) for name in self.key}
            every = [theirs for name in self.key for theirs in self.parts.get(name, (columns[name],))]
            plain = replace(bare, columns={}, parts={}, blank=(), optional=())
            made[self.reference] = _joined(plain.positions(header, every, file), "/")
        return made


def from_toml(text: str, file: str, profiles: Mapping[str, ColumnMap], default: str) -> ColumnMap:
    """Read a profile file.

    profiles: what it may map to, by kind. default: the kind it maps to where it names none. Raises Refused for TOML
    that cannot be read, or that names an unknown profile or column.
    """
    try:
        data = toml_part.loads(text)
    except ValueError as error:
        raise Refused(f"Profile {file} is not readable as TOML: {error}.") from error
    if odd := sorted(set(data) - set(_SECTIONS)):
        raise Refused(f"Profile {file} has {toml_part.shown(odd[0])}, which is not known; use {', '.join(_SECTIONS)}.")
    kind = words_of(data.get("profile", default), f"Profile {file}: profile")
    profile = profiles.get(kind)
    if profile is None:
        raise Refused(f"Profile {file} maps to {toml_part.shown(kind)}; use one of {', '.join(profiles)}.")
    columns, values, fixed = (_section(data, name, file) for name in ("columns", "values", "fixed"))
    written = _Written.read(data.get("dates", {}), profile, file)
    key = _key(data.get("key", []), profile, file)
    for section in (columns, values, fixed, dict.fromkeys(key)):
        for column in section:
            if column not in profile.needed and column not in profile.optional:
                raise Refused(f"Profile {file} names {toml_part.shown(column)}, which is no column of '{kind}'.")
    decimal = data.get("decimal", "")
    if decimal not in ("", *MARKS):
        raise Refused(f'Profile {file}: the decimal mark is {toml_part.shown(decimal)}; write "," or ".".')
    translated: dict[str, dict[str, str]] = {}
    for column, words in values.items():
        if not isinstance(words, dict):
            raise Refused(f'Profile {file}: write values as [values.COLUMN] with "their word" = "our word".')
        translated[column] = {
            folded(theirs): words_of(ours, f"Profile {file}, values of {column}: a word")
            for theirs, ours in words.items()
        }
    return replace(
        profile,
        name=file,
        columns=_all_words(columns, f"Profile {file}, columns"),
        values=translated,
        fixed=_all_words(fixed, f"Profile {file}, fixed"),
        dates=written.dates,
        every_date=written.every,
        parts=written.parts,
        decimal=decimal,
        key=key,
    )


def _all_words(section: Mapping[str, object], where: str) -> dict[str, str]:
    return {column: words_of(value, f"{where}: {column}") for column, value in section.items()}


@dataclass(frozen=True)
class _Written:
    """What a profile file says of dates: of each column, of every other, and of those in three columns."""

    dates: dict[str, DateFormat]
    every: DateFormat | None
    parts: dict[str, tuple[str, str, str]]

    @classmethod
    def read(cls, section: object, profile: ColumnMap, file: str) -> _Written:
        """Read the table ``[dates]``, or a format alone, which holds for every column. Raises Refused."""
        where = f"Profile {file}, dates"
        table = {"every": section} if isinstance(section, str) else section
        if not isinstance(table, dict):
            raise Refused(f'{where}: write [dates] and a format for each column, as reported_on = "mm/dd/yyyy".')
        pivot = table.get("pivot", PIVOT)
        if not isinstance(pivot, int) or not 0 <= pivot <= 100:
            raise Refused(f"{where}: pivot is {toml_part.shown(pivot)}; write a whole number of 0 to 100.")
        read = cls({}, None, {})
        for column, named in table.items():
            if column not in ("every", "pivot", *profile.dated):
                raise Refused(
                    f"{where} names {toml_part.shown(column)}, which is no column of dates of '{profile.kind}'."
                )
            if column != "pivot":
                read = read._with(column, named, pivot, where)
        return read

    def _with(self, column: str, named: object, pivot: int, where: str) -> _Written:
        if isinstance(named, dict) and sorted(named) == sorted(_PARTS) and column != "every":
            words = _all_words(named, f"{where}, {column}")
            theirs = (words["year"], words["month"], words["day"])
            return replace(self, dates={**self.dates, column: THREE_COLUMNS}, parts={**self.parts, column: theirs})
        if not isinstance(named, str):
            raise Refused(
                f'{where}: {column} is {toml_part.shown(named)}; write a format as "mm/dd/yyyy", or the columns as '
                '{ year = "…", month = "…", day = "…" }.'
            )
        form = date_format(named, where, pivot)
        return replace(self, every=form) if column == "every" else replace(self, dates={**self.dates, column: form})


def _key(names: object, profile: ColumnMap, file: str) -> tuple[str, ...]:
    """The columns that make a reference. Raises Refused."""
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise Refused(f'Profile {file}: write the key as a list of columns, as key = ["person_ref", "committed_from"].')
    if names and (not profile.reference or profile.reference in names):
        raise Refused(
            f"Profile {file}: a key stands for the column '{profile.reference or 'crime_ref'}' of crime reports, so it "
            "cannot hold it."
        )
    return tuple(names)


def _joined(places: Sequence[int | None], mark: str) -> Callable[[Sequence[Sequence[str]]], list[str]]:
    """What puts the values of some columns together; nothing where all of them are empty."""
    held = [place for place in places if place is not None]

    def make(records: Sequence[Sequence[str]]) -> list[str]:
        values = ([record[place].strip() for place in held] for record in records)
        return [mark.join(parts) if any(parts) else "" for parts in values]

    return make


_BETWEEN = re.compile(r"[\s_-]+")


def folded(text: str) -> str:
    """A word as it is compared: capitals and the spaces around it do not matter."""
    return text.strip().casefold()


def column_name(text: str) -> str:
    """A column name as it is compared: folded, and with one underscore for blanks and hyphens between its words."""
    return _BETWEEN.sub("_", folded(text))


def _translated(values: Sequence[str], words: Mapping[str, str]) -> Sequence[str]:
    return [words.get(folded(value), value) for value in values] if words else values


def _section(data: dict[str, object], name: str, file: str) -> dict[str, object]:
    section = data.get(name, {})
    if not isinstance(section, dict):
        raise Refused(f"Profile {file}: '{name}' must be a table, [{name}].")
    return section
