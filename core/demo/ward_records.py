"""What a synthetic London says and does about its wards: panels, places flagged unsafe, patrols, fly-tip sites."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import accumulate

from core.demo.chance import pick, spread, stream, uk_day
from core.demo.places import DemoWard, by_code, ward_pull

PANEL_HEADER = ("ward_code", "priority", "set_on", "ends_on")
UNSAFE_HEADER = ("ref", "reported_on", "reason", "ward_code")
PATROLS_HEADER = ("day", "ward_code", "unit", "officers", "hours", "tactic")
FLY_TIPS_HEADER = ("place", "ward_code", "reports", "since")

# A ward team holds at least three priorities (DOMAIN.md section 5, S3); the words are the demo's own.
_PRIORITIES = (
    "street robbery near the station",
    "drug dealing on the estate",
    "mopeds on the pavement",
    "burglary of homes",
    "shoplifting in the high street",
    "nuisance drinking in the park",
    "catalytic converter theft",
    "youths gathering at the shops",
    "harassment of women at night",
    "begging at cash machines",
)
_PANELS_WITH_MORE = 0.25
_REASONS = spread(
    ("poor lighting", 34),
    ("followed or shouted at", 22),
    ("empty at night", 18),
    ("drug use", 14),
    ("group loitering", 12),
)
_FLAGS = 900
_YEAR, _PATROL_DAYS = 365, 28
_TACTICS = ("high-visibility patrol", "weapon sweep", "problem premises visit", "reassurance visits")
_SHIFTS = (2.0, 3.0, 4.0, 6.0)
_STREETS = (
    "Alder",
    "Beacon",
    "Cedar",
    "Dial",
    "Elm",
    "Forge",
    "Grange",
    "Heath",
    "Ivy",
    "Juniper",
    "Kiln",
    "Larch",
    "Mill",
)
_SPOTS = ("rear of the shops, {} Parade", "garages, {} Close", "alley beside {} Road", "recycling point, {} Street")
_SITES = 26


def ward_panels(wards: Sequence[DemoWard], as_of: date, seed: int = 1) -> Iterator[tuple[str, ...]]:
    """Give what every ward panel asks for: three priorities, four in a quarter of the wards; a few have ended."""
    rng = stream(seed, "panels", as_of)
    for ward in by_code(wards):
        begin = int(rng.random() * len(_PRIORITIES))
        many = 3 + (rng.random() < _PANELS_WITH_MORE)
        for turn in range(many):
            words = _PRIORITIES[(begin + 3 * turn) % len(_PRIORITIES)]
            set_on = as_of.toordinal() - int(rng.random() * 200) - 1
            ended = rng.random() < 0.08
            yield ward.code, words, uk_day(set_on), uk_day(as_of.toordinal() - 1) if ended else ""


def unsafe_places(wards: Sequence[DemoWard], as_of: date, seed: int = 1) -> Iterator[tuple[str, ...]]:
    """Give the places that the public flagged as unsafe in the twelve months before *as_of*, more where harm is."""
    rng = stream(seed, "unsafe places", as_of)
    placed = by_code(wards)
    sums = list(accumulate(ward_pull(placed)))
    for number in range(_FLAGS):
        at = min(bisect_right(sums, rng.random() * sums[-1]), len(placed) - 1)
        day = as_of.toordinal() - 1 - int(rng.random() * _YEAR)
        yield f"F{number + 1:05d}", uk_day(day), pick(rng, _REASONS), placed[at].code


def patrols(wards: Sequence[DemoWard], as_of: date, seed: int = 1) -> Iterator[tuple[str, ...]]:
    """Give the patrols of the four weeks before *as_of*: each ward team of the eighty worst wards, most days."""
    rng = stream(seed, "patrols", as_of)
    placed = by_code(wards)
    pulls = zip(ward_pull(placed), placed, strict=True)
    worst = [ward for _, ward in sorted(pulls, key=lambda pair: -pair[0])][:80]
    for back in range(_PATROL_DAYS, 0, -1):
        day = uk_day(as_of.toordinal() - back)
        for ward in worst:
            if rng.random() < 0.55:
                officers = 2 + int(rng.random() * 3)
                hours = officers * pick(rng, _SHIFTS)
                yield day, ward.code, f"{ward.name} ward team", str(officers), f"{hours:g}", pick(rng, _TACTICS)


def fly_tips(wards: Sequence[DemoWard], as_of: date, seed: int = 1) -> Iterator[tuple[str, ...]]:
    """Give the fly-tip sites of the wards, which are those of one borough: more than the twenty that are worked."""
    rng = stream(seed, "fly-tips", as_of)
    placed = by_code(wards)
    for number in range(_SITES):
        ward = placed[number % len(placed)]
        street = _STREETS[number % len(_STREETS)]
        spot = _SPOTS[(number // len(_STREETS) + number) % len(_SPOTS)].format(street)
        since = as_of.toordinal() - 20 - int(rng.random() * 400)
        yield spot, ward.code, str(3 + int(rng.random() ** 2 * 60)), uk_day(since)
