"""The ward composite: nine parts of why a ward may be a priority, each on the same scale, weighed into one score.

Rule (DOMAIN.md section 5: how the Met picks priority wards is not published, so the composite is open and keeps its
parts). The scale: a part gives a ward the share of the other wards, 0 to 100, that stand strictly below it. So 90 says
"higher than 90 in 100 wards", whatever the part counts, and a weight means the same for every part. A share of the
highest ward would not do: the West End has sixteen times the harm of the middle ward, so that nine wards in ten would
get under 13 points for harm while deprivation, which no ward dwarfs, would settle the ranking alone. What the scale
gives up is how far apart two wards are; the figures themselves stand beside the points for that.

A part that is not known for a ward gives 0 points and says that it is unknown; nothing is guessed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.composite_weights import KEYS, Weights
from core.wards import few_residents


@dataclass(frozen=True)
class Part:
    """One part: how it is headed, what its figure says, and what is missing where it is unknown."""

    key: str
    head: str
    meaning: str
    missing: str


PARTS: Mapping[str, Part] = {
    part.key: part
    for part in (
        Part("harm", "harm (days)", "days of harm in the twelve months", "no harm is known"),
        Part("rate", "per 1,000", "offences per 1,000 residents", "the residents are not known"),
        Part(
            "trend",
            "trend (%)",
            "change of harm in per cent against the same months the year before",
            "no harm is known in the same months the year before",
        ),
        Part("borough_share", "of borough (%)", "share of the borough's harm in per cent", "the borough has no harm"),
        Part(
            "deprivation",
            "IMD decile",
            "decile of the Index of Multiple Deprivation; 1 is the most deprived and gets the most points",
            "the decile of this ward is not known",
        ),
        Part(
            "hot_violence",
            "hot violence",
            "violence with injury, robbery and weapons offences in the last three months",
            "the release does not show violence with injury apart",
        ),
        Part(
            "repeat_victims",
            "repeat victims",
            "victims of two or more reports in the ward in twelve months",
            "the extract names no victim in this ward",
        ),
        Part(
            "ward_panel",
            "panel asks",
            "priorities that the ward panel has standing on the day of the last report",
            "no priority of any ward panel is imported",
        ),
        Part(
            "unsafe_places",
            "unsafe places",
            "places in the ward that the public flagged as unsafe in twelve months",
            "no place that the public flagged is imported",
        ),
    )
}
"""Every part, in the order of :data:`core.composite_weights.KEYS`."""
INJURY = frozenset({"violence with injury"})
"""The published categories of violence with injury, in small letters; a release without one does not show it apart."""
HOT = INJURY | {
    "robbery of personal property",
    "robbery of business property",
    "robbery",
    "possession of weapons",
    "possession of article with blade or point",
    "possession of other weapon",
    "possession of firearm with intent",
    "possession of firearms offences",
    "other firearm offences",
    "other knife offences",
}
"""Hot violence: published categories of injury, robbery and weapons, in small letters, of every scheme."""
HOT_MONTHS = 3
"""Hot violence is counted in so many months, the latest: a project default."""
_LOW_IS_MORE = "deprivation"


@dataclass(frozen=True)
class WardFigures:
    """What is known of one ward. ``values`` has every part as its own figure, None where it is unknown."""

    ward_code: str
    ward: str
    borough: str
    population: int
    harm: float
    harm_rank: int
    count: int
    count_rank: int
    values: Mapping[str, float | None]

    @property
    def few_residents(self) -> bool:
        """Whether so few people live here, or so few of those who are here, that the rate per 1,000 says little."""
        return few_residents(self.population, self.values.get("rate"))


@dataclass(frozen=True)
class Placed:
    """A ward with the points of each part, 0 to 100, among the wards it was placed with."""

    figures: WardFigures
    points: Mapping[str, float]


@dataclass(frozen=True)
class Weighed:
    """A ward under some weights: its rank, its score of 0 to 100, and what each part adds to the score."""

    rank: int
    score: float
    ward: WardFigures
    points: Mapping[str, float]
    adds: Mapping[str, float]


def placed(wards: Sequence[WardFigures]) -> tuple[Placed, ...]:
    """Give every ward its points in each part; done once, whatever the weights."""
    columns = {key: _points([_upwards(key, ward.values[key]) for ward in wards]) for key in KEYS}
    return tuple(Placed(ward, {key: columns[key][at] for key in KEYS}) for at, ward in enumerate(wards))


def _upwards(key: str, value: float | None) -> float | None:
    return -value if value is not None and key == _LOW_IS_MORE else value


def _points(values: Sequence[float | None]) -> list[float]:
    known = sorted(value for value in values if value is not None)
    others = max(len(known) - 1, 1)
    return [0.0 if value is None else 100 * bisect_left(known, value) / others for value in values]


def weigh(wards: Sequence[Placed], weights: Weights) -> tuple[Weighed, ...]:
    """Rank wards under some weights, the highest score first; equal scores have one rank, in the order of the codes."""
    shares = weights.shares
    scored = []
    for ward in wards:
        adds = {key: ward.points[key] * share for key, share in shares.items()}
        scored.append((round(sum(adds.values()), 6), ward, adds))
    scored.sort(key=lambda one: (-one[0], one[1].figures.ward_code))
    found: list[Weighed] = []
    for position, (score, ward, adds) in enumerate(scored, 1):
        rank = found[-1].rank if found and found[-1].score == score else position
        found.append(Weighed(rank, score, ward.figures, ward.points, adds))
    return tuple(found)


def places_moved(before: Sequence[Weighed], after: Sequence[Weighed]) -> dict[str, int]:
    """Ward code to the places it goes up (down if negative) from one weighing to another of the same wards."""
    ranks = {one.ward.ward_code: one.rank for one in before}
    return {one.ward.ward_code: ranks[one.ward.ward_code] - one.rank for one in after}


def harm_held(ranked: Sequence[Weighed], first: int) -> float:
    """The share of the harm of all these wards, 0 to 1, that the first of them hold."""
    every = sum(one.ward.harm for one in ranked)
    return sum(one.ward.harm for one in ranked[:first]) / every if every else 0.0


def most_harm_held(ranked: Sequence[Weighed], first: int) -> float:
    """The share that as many wards could hold at the most: those of the most harm."""
    return harm_held(sorted(ranked, key=lambda one: (-one.ward.harm, one.ward.ward_code)), first)
