"""The ward composite: nine parts of why a ward may be a priority, each on the same scale, weighed into one score.

Rule (DOMAIN.md section 5: how the Met picks priority wards is not published, so the composite is open and keeps its
parts; DOMAIN2.md section 8: which scale keeps concentration). The scale: a part says how many times the average ward
of London a ward is, five times at the most (``core/data/composite_scales.toml`` states it for each part). So a score
reads aloud: 2.7 times the average ward, harm gives 1.4. A place among the wards would not do: it gives a ward of
sixteen times the harm hardly more than one of twice the harm, so that the worst wards come behind middling ones.

A part that is not known for a ward drops its weight there; nothing is guessed. Wards of one score, to the two places
it is shown with, are in the order of their harm, so that what lies above a cap is not lost. Where weights promise what
the first wards hold (:class:`core.composite_weights.Keeps`) and would not hold it, the parts other than harm weigh less
by tenths until they do. That ends: by harm alone the order is that of harm.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from core.composite_scales import LONDON, Scale, scales
from core.composite_weights import KEYS, Keeps, Weights
from core.wards import few_residents


@dataclass(frozen=True)
class Part:
    """One part: how it is headed, what its figure says, and what is missing where it is unknown.

    decimals: of the figure as it is read; a count has none.
    """

    key: str
    head: str
    meaning: str
    missing: str
    decimals: int = 1


PARTS: Mapping[str, Part] = {
    part.key: part
    for part in (
        Part("harm", "harm (days)", "days of harm in the twelve months", "no harm is known"),
        Part("rate", "per 1,000", "offences per 1,000 residents", "the residents are not known"),
        Part(
            "trend",
            "trend (%)",
            "change of harm in per cent against the same months the year before; counts against that of all wards",
            "no harm is known in the same months the year before, or those months are not held at a like level",
        ),
        Part(
            "borough_share", "of borough (%)", "share of the borough's harm in per cent", "the borough has no harm", 2
        ),
        Part(
            "deprivation",
            "IMD decile",
            "decile of the Index of Multiple Deprivation; 1 is the most deprived and counts the most",
            "the decile of this ward is not known",
            2,
        ),
        Part(
            "hot_violence",
            "hot violence",
            "violence with injury and robbery in the last three months; weapons are found by police, so not in it",
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
_TREND = "trend"
_TENTHS = 10
SHOWN = 2
"""Decimals of a score as it is shown and ranked by: what nobody can read puts no ward above another."""


@dataclass(frozen=True)
class WardFigures:
    """What is known of one ward. ``values`` has every part as its own figure, None where it is unknown. They are not
    rounded: a score is not made of what was rounded to be read.

    harm_before: days of harm in the same months the year before, None where they are unknown or there was none.
    """

    ward_code: str
    ward: str
    borough: str
    population: int
    harm: float
    harm_rank: int
    count: int
    count_rank: int
    values: Mapping[str, float | None]
    harm_before: float | None = None

    @property
    def shown(self) -> Mapping[str, float | None]:
        """Every part as it is read, by the decimals of each."""
        return {key: None if value is None else round(value, PARTS[key].decimals) for key, value in self.values.items()}

    @property
    def few_residents(self) -> bool:
        """Whether so few people live here, or so few of those who are here, that the rate per 1,000 says little."""
        return few_residents(self.population, self.shown.get("rate"))


@dataclass(frozen=True)
class Placed:
    """A ward with what each part says of it: how many times the average ward, None where the part is unknown.

    times: as it is. ratios: as it counts, not above the cap of the part.
    """

    figures: WardFigures
    times: Mapping[str, float | None]
    ratios: Mapping[str, float | None]


@dataclass(frozen=True)
class Weighed:
    """A ward under some weights: its rank, its score in times the average ward, and what each part adds to it.

    score: None where every part that weighs anything is unknown. adds: 0 where a part is unknown, for its weight is
    dropped.
    """

    rank: int
    score: float | None
    ward: WardFigures
    adds: Mapping[str, float]
    times: Mapping[str, float | None] = field(default_factory=dict)
    ratios: Mapping[str, float | None] = field(default_factory=dict)

    def capped(self, key: str) -> bool:
        """Whether a part counts for less than it is."""
        return self.times[key] != self.ratios[key]

    @property
    def words(self) -> str:
        """The score as it is shown; ``?`` where it is unknown."""
        return "?" if self.score is None else f"{self.score:.{SHOWN}f}"


def placed(wards: Sequence[WardFigures]) -> tuple[Placed, ...]:
    """Say of every ward how many times the average ward it is in each part; done once, whatever the weights."""
    known = scales()
    times = {key: _times(key, wards, scale) for key, scale in known.items()}
    return tuple(
        Placed(
            ward,
            {key: times[key][at] for key in KEYS},
            {key: known[key].counted(times[key][at]) for key in KEYS},
        )
        for at, ward in enumerate(wards)
    )


def london(wards: Sequence[Placed]) -> dict[str, float | None]:
    """The figure of the average ward of London in each part, as the part shows it; None where no ward has one.

    Of the trend it is the change of London's harm in per cent.
    """
    known = scales()
    figures = [ward.figures for ward in wards]
    return {key: _as_shown(key, _average(key, figures, known[key]), known[key]) for key in KEYS}


def _as_shown(key: str, average: float | None, scale: Scale) -> float | None:
    if average is None:
        return None
    if key == _TREND:
        return 100 * (average - 1)
    return average if scale.turned is None else scale.turned - average


def _times(key: str, wards: Sequence[WardFigures], scale: Scale) -> list[float | None]:
    """The figure of every ward over London's; where London has none, every ward is the average one."""
    figures = [_over(*_parts_of(key, ward, scale)) for ward in wards]
    average = _average(key, wards, scale)
    return [None if figure is None else figure / average if average else 1.0 for figure in figures]


def _average(key: str, wards: Sequence[WardFigures], scale: Scale) -> float | None:
    """The figure that every ward is set against; None where it is known of no ward."""
    known = [parts for ward in wards if _over(*(parts := _parts_of(key, ward, scale))) is not None]
    above = math.fsum(above for above, _ in known if above is not None)
    below = math.fsum(below or 0 for _, below in known) if scale.against == LONDON else len(known)
    return above / below if below else None


def _parts_of(key: str, ward: WardFigures, scale: Scale) -> tuple[float | None, float | None]:
    """A figure as what is above and below its line."""
    if key == _TREND:
        return ward.harm, ward.harm_before
    value = ward.values[key]
    return (value if value is None or scale.turned is None else scale.turned - value), 1.0


def _over(above: float | None, below: float | None) -> float | None:
    return None if above is None or not below else above / below


def weigh(wards: Sequence[Placed], weights: Weights) -> tuple[Weighed, ...]:
    """Rank wards under some weights, as :func:`settled` leaves them, the highest score first.

    Scores that are shown alike are in the order of harm; where that is equal, too, they have one rank, in the order of
    the codes.
    """
    return _settle(wards, weights)[1]


def settled(wards: Sequence[Placed], weights: Weights) -> Weights:
    """The weights by which these wards are ranked: those given, or with less for the parts other than harm.

    They are the given ones wherever they keep what they promise (:attr:`core.composite_weights.Weights.keeps`).
    """
    return _settle(wards, weights)[0]


def _settle(wards: Sequence[Placed], weights: Weights) -> tuple[Weights, tuple[Weighed, ...]]:
    ranked = _ranked(wards, weights)
    tried = weights
    for tenths in range(_TENTHS - 1, -1, -1):
        if weights.keeps is None or _kept(ranked, weights.keeps):
            break
        tried = weights.others_at(tenths / _TENTHS)
        ranked = _ranked(wards, tried)
    return tried, ranked


def _kept(ranked: Sequence[Weighed], keeps: Keeps) -> bool:
    most = max((one.ward.harm for one in ranked), default=0.0)
    leads = all(one.ward.harm < most for one in ranked if one.rank > keeps.leader)
    return leads and harm_held(ranked, keeps.first) >= keeps.of_most * most_harm_held(ranked, keeps.first)


def _ranked(wards: Sequence[Placed], weights: Weights) -> tuple[Weighed, ...]:
    weighing = {key: weight for key, weight in weights.parts.items() if weight}
    nothing = dict.fromkeys(weights.parts, 0.0)
    scored = []
    for ward in wards:
        score, adds = _score(ward, weighing)
        shown = math.inf if score is None else -round(score, SHOWN)
        scored.append(((shown, -ward.figures.harm), ward, score, nothing | adds))
    scored.sort(key=lambda one: (one[0], one[1].figures.ward_code))
    found: list[Weighed] = []
    last: tuple[float, float] | None = None
    for position, (order, ward, score, adds) in enumerate(scored, 1):
        rank = found[-1].rank if order == last else position
        found.append(Weighed(rank, score, ward.figures, adds, ward.times, ward.ratios))
        last = order
    return tuple(found)


def _score(ward: Placed, weighing: Mapping[str, float]) -> tuple[float | None, dict[str, float]]:
    """The weighted mean of the parts that are known, and what each adds to it."""
    ratios, counted, known = ward.ratios, {}, 0.0
    for key, weight in weighing.items():
        if (ratio := ratios[key]) is not None:
            counted[key] = ratio * weight
            known += weight
    if not known:
        return None, {}
    return round(sum(counted.values()) / known, 6), {key: value / known for key, value in counted.items()}


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
