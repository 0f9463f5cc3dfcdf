"""What the map of London says: the figure and the step of each tile, the legend, the line on the tile one is at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from core.releases import YEAR, dashed
from core.text import counted, in_days, signed
from core.tile_map import CHANGE_BORDERS, TENSION_BORDERS, fifths, quarters, step_of
from db.boroughs import BoroughView, London
from db.not_counted import in_short
from tui.widgets.tile_map import FILLS, UNKNOWN, Face


@dataclass(frozen=True)
class Shading:
    """One thing the map can be shaded by.

    of: the figure of a borough, None where it is not known. short: how a tile writes it. border: how the legend writes
    a border. borders: the borders of all figures. over: what the figures are and of when, or
    why none is known. tells: what a tile says instead of the figure, where it has more to say.
    """

    title: str
    of: Callable[[BoroughView], float | None]
    short: Callable[[float], str]
    border: Callable[[float], str]
    borders: Callable[[Sequence[float]], tuple[float, ...]]
    over: Callable[[London], str]
    tells: Callable[[BoroughView], str] | None = None


def compact(days: float) -> str:
    """A figure short enough for a tile: ``1,655k`` from ten thousand on."""
    return f"{days:,.0f}" if days < 10_000 else f"{days / 1000:,.0f}k"


def percent(value: float) -> str:
    """A change in per cent with its sign, none where it rounds to nothing."""
    return f"{signed(value, '.1f', '0.0')} %"


def _whole(value: float) -> str:
    return f"{value:,.0f}"


def _level(value: float) -> str:
    return f"level {value:.0f}" if value else "none"


_NO_COUNTS = "No ward counts. Import a Met ward-level file: tasking import FILE."


def _harm_over(london: London) -> str:
    if london.release is None:
        return _NO_COUNTS
    span = _span(london.months)
    return f"in days, {span}{_caveats(london)} of {london.release.name}{in_short(london.not_counted)}"


def _change_over(london: London) -> str:
    if london.release is None:
        return _NO_COUNTS
    if not london.before:
        return f"not known: {london.release.name} does not hold 24 full months in a row"
    return f"{_span(london.months)} against {_span(london.before)}{in_short(london.not_counted)}"


def _officers_over(london: London) -> str:
    units = [one.units for one in london.boroughs.values() if one.units is not None]
    if not units:
        return "not known: the store holds no unit"
    officers = sum(one.officers or 0 for one in london.boroughs.values())
    return f"deployed now: {counted(officers, 'officer')} in {counted(sum(units), 'unit')}"


def _units_at(one: BoroughView) -> float | None:
    return None if one.units is None else one.units + one.planned + one.asked


def _signed_units(one: BoroughView) -> str:
    """How many units are out, planned and asked for: ``2+1?1``."""
    more = f"{f'+{one.planned}' if one.planned else ''}{f'?{one.asked}' if one.asked else ''}"
    return f"{one.units}{more}" if one.units or more else "none"


def _units_over(london: London) -> str:
    known = [one for one in london.boroughs.values() if one.units is not None]
    if not known:
        return "not known: the store holds no unit"
    out, planned, asked = (
        sum(one.units or 0 for one in known),
        sum(one.planned for one in known),
        sum(one.asked for one in known),
    )
    free = ", ".join(f"{many} {base} ({officers})" for base, many, officers in london.free)
    return f"{out} out, +{planned} planned, ?{asked} asked for; free (officers): {free or 'none'}"


def _tension_over(london: London) -> str:
    noted = sum(bool(one.tension) for one in london.boroughs.values())
    return f"noted in {counted(noted, 'borough')}; highest level, 1 to 6"


SHADINGS = (
    Shading("harm", lambda one: one.harm, compact, compact, fifths, _harm_over),
    Shading(
        "change", lambda one: one.change, percent, lambda value: f"{value:+g} %",
        lambda _: CHANGE_BORDERS, _change_over,
    ),
    Shading("officers", lambda one: one.officers, _whole, _whole, quarters, _officers_over),
    Shading("units", _units_at, _whole, _whole, quarters, _units_over, _signed_units),
    Shading("tension", lambda one: one.tension, _level, _whole, lambda _: TENSION_BORDERS, _tension_over),
)  # fmt: skip
"""In the order that tab goes through."""


def faces(london: London, shading: Shading) -> dict[str, Face]:
    """Every tile; a place without a command unit of the Met stands apart."""
    borders = _borders(london, shading)
    found: dict[str, Face] = {}
    for name, one in london.boroughs.items():
        value = shading.of(one)
        if not one.bcu:
            found[name] = Face("", "", None, apart=True)
        elif value is None:
            found[name] = Face(one.bcu, "unknown", None)
        else:
            told = shading.short(value) if shading.tells is None else shading.tells(one)
            found[name] = Face(one.bcu, told, step_of(value, borders))
    return found


def _borders(london: London, shading: Shading) -> tuple[float, ...]:
    known = [value for one in london.boroughs.values() if one.bcu and (value := shading.of(one)) is not None]
    return shading.borders(known)


def heading(london: London, shading: Shading) -> str:
    """What is shaded, over which months, and what else there is to shade by."""
    others = "|".join(one.title.upper() if one is shading else one.title for one in SHADINGS)
    return f"[{others}] {shading.over(london)}"


def _span(months: Sequence[str]) -> str:
    return f"{dashed(months[0])} to {dashed(months[-1])}"


def legend(london: London, shading: Shading) -> str:
    """The steps with their fill and the border each goes up to; a step that none can be in is left out."""
    known = [one for one in london.boroughs.values() if one.bcu]
    unknown = f"{UNKNOWN} unknown"
    if all(shading.of(one) is None for one in known):
        return unknown
    borders = _borders(london, shading)
    steps = [
        f"{number} {FILLS[number - 1]} {'none' if border == 0 else f'≤{shading.border(border)}'}"
        for number, border in enumerate(borders, 1)
        if number == 1 or border > borders[number - 2]
    ]
    steps.append(f"{len(FILLS)} {FILLS[-1]} more")
    if any(shading.of(one) is None for one in known):
        steps.append(unknown)
    return "  ".join(steps)


def _caveats(london: London) -> str:
    return f" ({'; '.join(london.caveats)})" if london.caveats else ""


def elsewhere_lines(london: London) -> list[str]:
    """The boroughs or districts of another force than London's, those of the most harm first, a line each."""
    ordered = sorted(london.boroughs.values(), key=lambda one: (one.rank or len(london.boroughs), one.name))
    release = london.release.name if london.release else ""
    over = (
        f"Harm over {_span(london.months)}{_caveats(london)}{in_short(london.not_counted)}"
        if london.months
        else "No ward counts"
    )
    return [f"{over}.", *(_made_of(one, release, len(london.months)) for one in ordered)]


def made_of(one: BoroughView, release: str, months: int = YEAR) -> str:
    """What the tile of a borough is made of, in one sentence. months: over how many its harm is."""
    if not one.bcu:
        return f"{one.name}: its own force; not among the boroughs of the Met"
    return _made_of(one, release, months)


def _made_of(one: BoroughView, release: str, months: int) -> str:
    parts = [_harm(one, months), _change(one), _units(one)]
    if one.open:
        parts.append(f"{counted(one.open, 'open action')} on its wards")
    if one.tension:
        parts.append(f"tension up to level {one.tension}")
    made = ", ".join(part for part in parts if part)
    if one.harm is not None:
        made += (
            f"; {counted(one.count, 'offence')} in {counted(one.wards, 'ward')}, most harm in {one.worst} ({release})"
        )
    if one.unplaced:
        made += f"; {in_days(one.unplaced, ',.0f')} without a ward apart"
    return f"{one.name}, {one.bcu}: {made}" if one.bcu else f"{one.name}: {made}"


def _harm(one: BoroughView, months: int) -> str:
    if one.harm is None:
        return "harm not known"
    return f"{in_days(one.harm, ',.0f')} of harm in {counted(months, 'month')}, rank {one.rank} of {one.ranked}"


def _change(one: BoroughView) -> str:
    if one.change is not None:
        return f"{percent(one.change)} on the year before"
    return "" if one.harm is None else "change on the year before not known"


def _units(one: BoroughView) -> str:
    if one.units is None or one.officers is None:
        return "deployments not known"
    here = f"{counted(one.units, 'unit')}, {counted(one.officers, 'officer')}" if one.units else "no unit deployed"
    rest = "" if one.stand is None else one.stand._replace(on=0).words
    return f"{here}, {rest}" if rest else here
