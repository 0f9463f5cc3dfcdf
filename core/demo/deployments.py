"""The violent crime task force's units: where each has been, is and will be around a day, doing what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

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
# Hours after midnight of the day, and hours of duty: over, on through the morning, and still to come at 09:00.
_DEPLOYED = ((-2, 8), (6, 8), (7, 8), (7, 10), (8, 8), (14, 8), (16, 8), (18, 8))
_STOOD_DOWN = ((-10, 8), (-6, 8))
_HIGH_HARM = 8  # wards of a base's own from which a unit's ward is drawn


def deployments(wards: Sequence[DemoWard], as_of: date, seed: int = 1) -> Iterator[tuple[str, ...]]:
    """Give one row for every unit: eight sent out, two stood down after last night's duty, four free.

    Of the eight one has ended its duty by nine on the morning of *as_of*, four are on, three start later that day.
    """
    rng = stream(seed, "deployments", as_of)
    worst = _worst_first(wards)
    duties = [*(("deployed", duty) for duty in _DEPLOYED), *(("stood down", duty) for duty in _STOOD_DOWN)]
    states = [*duties, *[None] * (len(_UNITS) - len(duties))]
    rng.shuffle(states)
    taken: set[str] = set()
    for (unit, base, officers), state in zip(_UNITS, states, strict=True):
        if state is None:
            yield unit, base, str(officers), "", "", "", "", "free"
            continue
        status, (after, hours) = state
        starts = datetime.combine(as_of, time()) + timedelta(hours=after)
        near = [ward for ward in worst if ward.bcu in _NEAREST[base]] or worst
        ward = pick(rng, [ward for ward in near if ward.code not in taken][:_HIGH_HARM] or near)
        taken.add(ward.code)
        ends = starts + timedelta(hours=hours)
        yield unit, base, str(officers), ward.code, pick(rng, _TACTICS), _clock(starts), _clock(ends), status


def _worst_first(wards: Sequence[DemoWard]) -> list[DemoWard]:
    pulls = zip(ward_pull(wards), by_code(wards), strict=True)
    return [ward for _, ward in sorted(pulls, key=lambda pair: -pair[0])]


def _clock(moment: datetime) -> str:
    return f"{moment.day:02d}/{moment.month:02d}/{moment.year:04d} {moment.hour:02d}:{moment.minute:02d}"
