"""Bands: how many points a measure is worth, as a table that a force can replace by its own.

Source: DOMAIN.md section 3; no force's table was found in public, so the one that ships says that it is a default.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any, NamedTuple

from core.errors import Refused
from core.shipped import shipped
from core.toml_part import TomlPart, figure_of, shown

MEASURES = ("recency", "frequency", "gravity", "harm", "victims")
"""What is banded: days since the last report, reports, heaviest report in days, harm in days, victims."""
_MOST = 1_000_000_000
"""The largest figure of a band: with larger ones, points that are added up would no longer be a figure."""


class Band(NamedTuple):
    """Points for a measure above ``above`` and up to ``to``; an end that is left out is None."""

    above: float | None
    to: float | None
    points: float


class Bands(NamedTuple):
    """A table of bands by measure. ``precursor_floor`` is in days of harm. ``text`` is the file it was read from."""

    name: str
    precursor_floor: float
    tables: Mapping[str, tuple[Band, ...]]
    text: str

    def points(self, measure: str, value: float | None) -> float:
        """The points of a value; a value that is not known has none."""
        if value is None:
            return 0.0
        return next(band.points for band in self.tables[measure] if band.to is None or value <= band.to)


@cache
def default() -> Bands:
    """The bands that ship: a project default, not a force's."""
    return read(shipped("bands.toml"), "bands.toml")


@lru_cache(maxsize=16)  # a run names its bands by their text, and a list asks for its run at every key
def read(text: str, file: str) -> Bands:
    """Read a band file. Raises Refused for TOML that cannot be read, a hole, an overlap or a figure that is wrong."""
    top = TomlPart.read(text, f"Band file {file}")
    top.only(*MEASURES, "name", "precursor_floor", what="no measure", hint=f"use {', '.join(MEASURES)}")
    floor = _figure(top.values.get("precursor_floor", 0), f"{file}, precursor_floor")
    tables = {measure: _table(top.values, measure, file) for measure in MEASURES}
    return Bands(top.name(file), floor, tables, text)


def _table(data: Mapping[str, Any], measure: str, file: str) -> tuple[Band, ...]:
    """The bands of one measure, from the lowest to the one without an upper end, each beginning where one ended."""
    section = data.get(measure)
    rows = section.get("bands") if isinstance(section, dict) else None
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        raise Refused(f"Band file {file} has no bands for '{measure}'; write [{measure}] with bands = [ … ].")
    bands: list[Band] = []
    for number, row in enumerate(rows, 1):
        where = f"{file}, [{measure}] band {number}"
        band = _band(row, where)
        _joins(bands[-1] if bands else None, band, where, last=number == len(rows))
        bands.append(band)
    return tuple(bands)


def _band(row: Mapping[str, Any], where: str) -> Band:
    odd = sorted(set(row) - {"above", "to", "points"})
    if odd or "points" not in row:
        what = f"{shown(odd[0])} is not known" if odd else "points are missing"
        raise Refused(f"{where}: {what}; write above, to and points.")
    ends = [_end(row, name, where) for name in ("above", "to")]
    return Band(ends[0], ends[1], _figure(row["points"], where))


def _end(row: Mapping[str, Any], name: str, where: str) -> float | None:
    return _figure(row[name], f"{where}, {name}") if name in row else None


def _figure(value: object, where: str) -> float:
    figure = figure_of(value, 0, _MOST)
    if figure is None:
        raise Refused(f"{where}: {shown(value)} is no figure of 0 to {_MOST:,}; write one, as 12.")
    return figure


def _joins(before: Band | None, band: Band, where: str, *, last: bool) -> None:
    """Check that a band begins where the one before it ends. Raises Refused for a hole or an overlap."""
    if before is None:
        if band.above is not None:
            raise Refused(f"{where}: values up to {band.above:g} have no points; leave 'above' out of the first band.")
    elif band.above is None or before.to is None or band.above < before.to:
        end = "without end" if before.to is None else f"to {before.to:g}"
        begin = "from the lowest value" if band.above is None else f"above {band.above:g}"
        raise Refused(
            f"{where} overlaps the band before it: that one goes {end}, this one begins {begin}. "
            "Let each begin where the one before it ends."
        )
    elif band.above > before.to:
        hole = f"values above {before.to:g} up to {band.above:g} have no points"
        raise Refused(f"{where} leaves a hole: {hole}. Let it begin above {before.to:g}.")
    if band.to is not None and band.to <= (band.above if band.above is not None else -1):
        raise Refused(f"{where} is empty: it goes up to {band.to:g} from above {band.above or 0:g}. Take it out.")
    if last and band.to is not None:
        raise Refused(f"{where} is the last, so values above {band.to:g} have no points; leave its 'to' out.")
