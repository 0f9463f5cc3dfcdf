"""The violent crime task force's units: where each has been, is and will be around a day, doing what."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import NamedTuple

from core.demo.chance import pick, stream
from core.demo.places import DemoWard, by_code, ward_pull

DEPLOYMENTS_HEADER = ("unit", "base", "officers", "ward_code", "tactic", "starts", "ends", "status")
"""Columns of the deployments file; one row a unit, times dd/mm/yyyy HH:MM, London time."""

# Strength 272 on four bases (DOMAIN.md section 6); the split into units is the demo's own.
_UNITS = (
    ("VCTF North 1", "north", 20), ("VCTF North 2", "north", 20), ("VCTF North 3", "north", 19),
    ("VCTF North 4", "north", 18), ("VCTF South 1", "south", 20), ("VCTF South 2", "south", 20),
    ("VCTF South 3", "south", 19), ("VCTF South 4", "south", 18), ("VCTF East 1", "east", 20),
    ("VCTF East 2", "east", 20), ("VCTF East 3", "east", 19), ("VCTF West 1", "west", 20),
    ("VCTF West 2", "west", 20), ("VCTF West 3", "west", 19),
)  # fmt: skip
# The demo's own guess at which BCUs lie nearest a base; both names of the two southern BCUs that were renamed.
_NEAREST = {
    "north": ("NA", "NW", "CN"),
    "south": ("SN", "SA", "AS", "SC", "SE"),
    "east": ("EA", "NE", "CE"),
    "west": ("WA", "SW", "CW"),
}
# What a unit of eighteen to twenty officers is sent out to do. A convoy takes more than one unit, and a few officers
# are enough for ANPR, so neither is drawn.
_TACTICS = (
    "high-visibility patrol",
    "intelligence-led stop and search",
    "weapon sweep",
    "warrant",
    "manhunt",
    "knife arch",
    "habitual knife carrier enquiries",
    "joint operation",
)
# What it does through the night, when few pass an arch and nobody searches a park.
_AT_NIGHT = ("high-visibility patrol", "intelligence-led stop and search", "manhunt", "joint operation")
# Hours after midnight of the day, and hours of duty. At 09:00 the early ones are on, the late ones still to come.
_EARLY = ((6, 8), (7, 8), (7, 10), (8, 8))
_LATE = ((14, 8), (18, 8), (22, 8))
_HIGH_HARM = 8  # wards of a base's own from which a unit's ward is drawn


class _Duty(NamedTuple):
    """A duty of a unit: where, doing what, from when to when."""

    unit: str
    ward: str
    tactic: str
    starts: datetime
    ends: datetime


def deployments(wards: Sequence[DemoWard], as_of: date, seed: int = 1) -> Iterator[tuple[str, ...]]:
    """Give one row for every unit: eight sent out, two stood down after last night's duty, four free.

    Of the eight one has ended its duty by nine on the morning of *as_of*, four are on, three start later that day. Each
    has one duty a day: the file of the next morning gives a late one as it was planned, ended or stood down, and sends
    that unit nowhere else, so that nobody is moved from a duty without a word.
    """
    worst = _worst_first(wards)
    late, before = _late(worst, as_of, seed), _late(worst, as_of - timedelta(days=1), seed)
    held = {duty.unit: duty for duty in before}
    out = {duty.unit: duty for duty in (*late, *_early(worst, as_of, seed, (*late, *before)))}
    for unit, base, officers in _UNITS:
        if (duty := out.get(unit) or held.get(unit)) is None:
            yield unit, base, str(officers), "", "", "", "", "free"
            continue
        stood_down = unit in held and duty.starts.hour != _LATE[-1][0]
        status = "stood down" if stood_down else "deployed"
        yield unit, base, str(officers), duty.ward, duty.tactic, _clock(duty.starts), _clock(duty.ends), status


def late_units(day: date, seed: int = 1) -> list[str]:
    """The units that have a duty in the afternoon or the night of a day."""
    return [unit for unit, _, _ in _late_turn(day, seed)]


def early_units(day: date, seed: int = 1) -> list[str]:
    """The units that have a duty in the morning of a day."""
    return [unit for unit, _, _ in _early_turn(stream(seed, "deployments", day), day, seed)]


def _early_turn(rng: Random, day: date, seed: int) -> list[tuple[str, str, int]]:
    """Units of a morning: of those that have a duty neither late on that day nor late on the day before."""
    busy = {*late_units(day, seed), *late_units(day - timedelta(days=1), seed)}
    free = [unit for unit in _UNITS if unit[0] not in busy]
    rng.shuffle(free)
    return free[: len(_EARLY)]


def _late_turn(day: date, seed: int) -> list[tuple[str, str, int]]:
    order = list(_UNITS)
    stream(seed, "units").shuffle(order)
    return [order[(len(_LATE) * day.toordinal() + place) % len(order)] for place in range(len(_LATE))]


def _late(worst: Sequence[DemoWard], day: date, seed: int) -> list[_Duty]:
    """The duties of an afternoon and a night: three units after three others, round all of them."""
    turn = day.toordinal()
    units = _late_turn(day, seed)
    # Every second ward in turn, so that nobody goes where another has just been.
    rng = stream(seed, "late units", day)
    return _duties(rng, units, _LATE, day, worst, lambda place: place % 2 == turn % 2)


def _early(worst: Sequence[DemoWard], day: date, seed: int, others: Sequence[_Duty]) -> list[_Duty]:
    """The duties of a morning, of units that have no other."""
    rng = stream(seed, "deployments", day)
    units, taken = _early_turn(rng, day, seed), {duty.ward for duty in others}
    near = [ward for ward in worst if ward.code not in taken]
    return _duties(rng, units, _EARLY, day, near, lambda _: True)


def _duties(
    rng: Random,
    units: Sequence[tuple[str, str, int]],
    hours: Sequence[tuple[int, int]],
    day: date,
    worst: Sequence[DemoWard],
    may: Callable[[int], bool],
) -> list[_Duty]:
    """A duty for each unit, in one of the worst wards near its base.

    may: whether one is drawn from, by its place.
    """
    made: list[_Duty] = []
    for (unit, base, _), (after, length) in zip(units, hours, strict=True):
        near = [ward for ward in worst if ward.bcu in _NEAREST[base]] or list(worst)
        some = [ward.code for place, ward in enumerate(near[:_HIGH_HARM]) if may(place)]
        taken = {duty.ward for duty in made}
        ward = pick(rng, [code for code in some if code not in taken] or [one.code for one in near])
        starts = datetime.combine(day, time()) + timedelta(hours=after)
        tactic = pick(rng, _AT_NIGHT if after == _LATE[-1][0] else _TACTICS)
        made.append(_Duty(unit, ward, tactic, starts, starts + timedelta(hours=length)))
    return made


def _worst_first(wards: Sequence[DemoWard]) -> list[DemoWard]:
    pulls = zip(ward_pull(wards), by_code(wards), strict=True)
    return [ward for _, ward in sorted(pulls, key=lambda pair: -pair[0])]


def _clock(moment: datetime) -> str:
    return f"{moment.day:02d}/{moment.month:02d}/{moment.year:04d} {moment.hour:02d}:{moment.minute:02d}"
