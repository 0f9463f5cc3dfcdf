"""The violent crime task force's units: where each is over the next 24 hours, doing what."""

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
_TACTICS = (
    "intelligence-led stop and search",
    "weapon sweep",
    "warrant",
    "manhunt",
    "surveillance",
    "habitual knife carrier enquiries",
    "street crime and quick wins",
    "ANPR",
    "knife arch",
    "test purchase",
    "joint operation",
    "convoy",
)
_HOURS = (7, 10, 14, 16, 18, 20, 22)
_HIGH_HARM = 8  # wards of a base's own from which a unit's ward is drawn


def deployments(wards: Sequence[DemoWard], as_of: date, seed: int = 1) -> Iterator[tuple[str, ...]]:
    """Give one row for every unit: eight deployed to high-harm wards on *as_of*, two stood down, four free."""
    rng = stream(seed, "deployments", as_of)
    worst = _worst_first(wards, seed)
    states = ["deployed"] * 8 + ["stood down"] * 2 + ["free"] * 4
    rng.shuffle(states)
    for (unit, base, officers), state in zip(_UNITS, states, strict=True):
        if state == "free":
            yield unit, base, str(officers), "", "", "", "", state
            continue
        starts = datetime.combine(as_of, time(pick(rng, _HOURS)))
        ends = starts + timedelta(hours=pick(rng, (4, 6, 8, 10)))
        near = [ward for ward in worst if ward.bcu in _NEAREST[base]] or worst
        ward = pick(rng, near[:_HIGH_HARM])
        yield unit, base, str(officers), ward.code, pick(rng, _TACTICS), _clock(starts), _clock(ends), state


def _worst_first(wards: Sequence[DemoWard], seed: int) -> list[DemoWard]:
    pulls = zip(ward_pull(wards, seed), by_code(wards), strict=True)
    return [ward for _, ward in sorted(pulls, key=lambda pair: -pair[0])]


def _clock(moment: datetime) -> str:
    return f"{moment.day:02d}/{moment.month:02d}/{moment.year:04d} {moment.hour:02d}:{moment.minute:02d}"
