"""The focus-ward model of a council as data: areas, officers, the menu's options, measures and their baselines.

Source: DOMAIN.md section 5, S3 (Harrow's Priority Enforcement Team). The file that ships says which figures are the
council's and which are defaults of this project.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from core.errors import Refused
from core.shipped import shipped
from core.toml_part import TomlPart, shown

FILE, TITLE = "focus.toml", "Model of the focus ward"
_CODE = re.compile(r"[EW]05\d{6}")
_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_HOURS_IN_A_WEEK = 168
_MOST = 100_000


@dataclass(frozen=True)
class Option:
    """One option of the menu: ``hours`` are officer-hours for one unit, ``output`` is what it produces."""

    key: str
    title: str
    unit: str
    hours: float
    output: str


@dataclass(frozen=True)
class Measure:
    """A measure of success against its baseline.

    better: ``more`` or ``fewer``. per: ``month``, or ``day`` for a stock read on a day. option: the key of the option
    whose done items it adds up; empty for a measure that is read.
    """

    key: str
    title: str
    baseline: float
    better: str
    per: str
    option: str


@dataclass(frozen=True)
class FocusModel:
    """How a council runs its focus wards. ``areas`` are in the order of the rota, each with the codes of its wards.

    week_hours: of one officer. least_hours: the fewest of a focus ward.
    """

    borough: str
    officers: int
    week_hours: float
    least_hours: int
    areas: Mapping[str, tuple[str, ...]]
    options: tuple[Option, ...]
    measures: tuple[Measure, ...]

    @property
    def capacity(self) -> int:
        """Whole officer-hours that the team of one area has in a week: every area has an equal part of the officers."""
        return _capacity(self.officers, self.week_hours, len(self.areas))

    def area_of(self, ward_code: str) -> str | None:
        """The area a ward is in, or None."""
        return next((area for area, codes in self.areas.items() if ward_code in codes), None)

    def unit(self, key: str) -> str:
        """The unit an option is counted in; empty where the file has the option no longer."""
        option = self.option(key)
        return option.unit if option else ""

    def title(self, key: str) -> str:
        """The title of an option; its key where the file has the option no longer."""
        option = self.option(key)
        return option.title if option else key

    def option(self, key: str) -> Option | None:
        """The option of a key, or None where the file has it no longer."""
        return next((one for one in self.options if one.key == key), None)


def _capacity(officers: int, week_hours: float, areas: int) -> int:
    return math.floor(officers * week_hours / areas)


@cache
def default() -> FocusModel:
    """The model that ships: Harrow's."""
    return read(shipped(FILE), FILE)


def read(text: str, file: str) -> FocusModel:
    """Read a file of the focus-ward model.

    Raises Refused for TOML that cannot be read, a key that is not known or missing, a ward in two areas, a file without
    areas or options, a figure out of its range, and a measure that adds up an option that is not there.
    """
    top = TomlPart.read(text, f"Focus file {file}")
    top.only("borough", "officers", "week_hours", "least_hours", "areas", "options", "measures")
    areas = _areas(top)
    options = tuple(_option(part) for part in top.parts("options", least=1))
    measures = tuple(_measure(part, options) for part in top.parts("measures"))
    _each_once(top, "option", [one.key for one in options])
    _each_once(top, "measure", [one.key for one in measures])
    officers, week_hours = top.whole("officers", 1, 1000), top.figure("week_hours", 1, _HOURS_IN_A_WEEK)
    return FocusModel(
        borough=top.words("borough"),
        officers=officers,
        week_hours=week_hours,
        least_hours=top.whole("least_hours", 0, _capacity(officers, week_hours, len(areas))),
        areas=areas,
        options=options,
        measures=measures,
    )


def _areas(top: TomlPart) -> dict[str, tuple[str, ...]]:
    given = top.values.get("areas")
    if not isinstance(given, dict) or not given:
        raise Refused(f'{top.where} has no areas; write [areas] with a line for each, as East = ["E05013542"].')
    area_of: dict[str, str] = {}
    for area, codes in given.items():
        where = f"{top.where}, area {area}"
        if not isinstance(codes, list) or not codes:
            raise Refused(f'{where} has no wards; write a list of ward codes, as ["E05013542"].')
        for code in codes:
            if not isinstance(code, str) or not _CODE.fullmatch(code):
                raise Refused(f'{where}: {shown(code)} is no ward code; write one, as "E05013542".')
            if code in area_of:
                raise Refused(f"{where}: ward {code} is in {area_of[code]} already; leave it in one area, once.")
            area_of[code] = area
    return {area: tuple(codes) for area, codes in given.items()}


def _key(part: TomlPart) -> str:
    key = part.words("key")
    if not _KEY.fullmatch(key):
        raise Refused(
            f"{part.where}: key {shown(key)} is not made of small letters, digits and hyphens; write hmo-visits."
        )
    return key


def _option(part: TomlPart) -> Option:
    part.only("key", "title", "unit", "hours", "output")
    hours = part.figure("hours", 0.05, _HOURS_IN_A_WEEK)
    return Option(_key(part), part.words("title"), part.words("unit"), hours, part.words("output"))


def _measure(part: TomlPart, options: Sequence[Option]) -> Measure:
    part.only("key", "title", "baseline", "better", "per", "from")
    per, option = part.one_of("per", "month", "day"), part.words("from") if "from" in part.values else ""
    if option and option not in {one.key for one in options}:
        raise Refused(
            f"{part.where}: from is {shown(option)}, which is no option; use the key of one, or leave it out."
        )
    if option and per == "day":
        raise Refused(f'{part.where} adds up what is done, which is not read on a day; write per = "month".')
    baseline = part.figure("baseline", 0, _MOST)
    return Measure(_key(part), part.words("title"), baseline, part.one_of("better", "more", "fewer"), per, option)


def _each_once(top: TomlPart, name: str, keys: Sequence[str]) -> None:
    if twice := [key for key in keys if keys.count(key) > 1]:
        raise Refused(f"{top.where} has {name} '{twice[0]}' twice; give each a key of its own.")
