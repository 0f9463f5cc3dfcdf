"""Live facial recognition deployments, as the Met records them: the built-in profile ``lfr``.

One row is one deployment. A blank cell is unknown and not nought, and so are words that stand for a blank. False
alerts are told against faces seen and against alerts: the two say different things of the same deployments, and either
alone flatters or damns (DOMAIN2.md section 5: 0.0003% of faces, 0.48% of alerts).

Source: the Met's deployment records; columns as in their compiled list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from core.extract import count, day
from core.figures import is_unknown
from core.geography import borough_called

COLUMNS = ("date", "faces_seen", "total_alerts")
OPTIONAL = (
    "watchlist_size",
    "borough",
    "deployment",
    "lfr_use_case",
    "duration",
    "false_alerts_confirmed",
    "arrests",
    "other_disposal",
    "no_action",
)

_HEADS: Mapping[str, Sequence[str]] = {
    "date": ("date", "deployment date", "date of deployment"),
    "watchlist_size": ("watchlist size", "watchlist", "size of watchlist", "watch list size"),
    "faces_seen": ("faces seen", "number of faces seen", "estimated faces seen", "faces scanned", "faces"),
    "total_alerts": ("total alerts", "alerts", "number of alerts"),
    "borough": ("borough",),
    "deployment": ("deployment", "location", "deployment location", "place"),
    "lfr_use_case": ("lfr use case", "use case", "purpose"),
    "duration": ("duration", "deployment duration"),
    "false_alerts_confirmed": (
        *("false alerts confirmed", "confirmed false alerts", "false alerts", "false alert confirmed"),
        "confirmed false alert",
    ),
    "arrests": ("arrests", "arrest", "number of arrests"),
    "other_disposal": ("other disposal", "other disposals", "other action"),
    "no_action": ("no action", "no further action"),
}
"""Our column names to the words that publishers use for them, the first that a header has holds."""
COUNTS = (
    *("watchlist_size", "faces_seen", "total_alerts", "false_alerts_confirmed", "arrests", "other_disposal"),
    "no_action",
)
"""The columns that hold how many."""


class Deployment(NamedTuple):
    """One row, checked. ``day`` is a day number; texts are empty and numbers None where they are not known."""

    day: int
    watchlist: int | None
    faces: int | None
    alerts: int | None
    borough: str
    place: str
    use_case: str
    duration: str
    false_alerts: int | None
    arrests: int | None
    other_disposal: int | None
    no_action: int | None

    @property
    def key(self) -> tuple[int, str, str]:
        """What makes another row the same deployment: day, borough and place, in whatever capitals."""
        return self.day, _borough(self.borough).casefold(), self.place.casefold()


class Rate(NamedTuple):
    """False alerts in so many of something, over the deployments that tell both."""

    false_alerts: int
    of: int
    deployments: int

    @property
    def share(self) -> float | None:
        """False alerts as a share; None where there was nothing to be one of."""
        return self.false_alerts / self.of if self.of else None


def heads(header: Sequence[str]) -> dict[str, str]:
    """Our column names to those of a header, in whatever of the usual words it has them; the first word holds."""
    names = {" ".join(re.split(r"[\W_]+", name.casefold())).strip(): name for name in header}
    found = ((ours, next((names[word] for word in words if word in names), None)) for ours, words in _HEADS.items())
    return {ours: theirs for ours, theirs in found if theirs is not None}


def checked(fields: Sequence[str], today: int) -> Deployment:
    """Check one row: its values in the order of the columns, optional ones last; today: the latest day it may be of.

    Raises BadValue for a day that cannot be, and for a figure that is no whole number and no word for unknown.
    """
    values = dict(zip((*COLUMNS, *OPTIONAL), (" ".join(field.split()) for field in fields), strict=True))
    return Deployment(
        day=day("date", values["date"], today),
        watchlist=_figure(values, "watchlist_size"),
        faces=_figure(values, "faces_seen"),
        alerts=_figure(values, "total_alerts"),
        borough=_borough(_words(values, "borough")),
        place=_words(values, "deployment"),
        use_case=_words(values, "lfr_use_case"),
        duration=_words(values, "duration"),
        false_alerts=_figure(values, "false_alerts_confirmed"),
        arrests=_figure(values, "arrests"),
        other_disposal=_figure(values, "other_disposal"),
        no_action=_figure(values, "no_action"),
    )


def _borough(written: str) -> str:
    """A borough in its known spelling, else as it is written."""
    return borough_called(written) or written


def _figure(values: Mapping[str, str], column: str) -> int | None:
    """How many; None where it is not known. Raises BadValue."""
    text = values[column]
    return None if is_unknown(text) else count(column, text)


def paired(held: Mapping[int, Deployment], rows: Sequence[Deployment]) -> list[tuple[int, Deployment | None]]:
    """For each row of one day, borough and place: its number among them, and the held row that it stands in place of.

    Several deployments of a day and place are normal, and nothing but what a row says tells them apart. So rows that
    say the same are paired first, and the rest in their order; a row that is left over is a new one.
    """
    free = dict(sorted(held.items()))
    numbers: list[int | None] = []
    for row in rows:
        same = next((number for number, before in free.items() if before == row), None)
        numbers.append(same)
        if same is not None:
            del free[same]
    rest, added = iter(list(free)), max(held, default=0)
    found: list[tuple[int, Deployment | None]] = []
    for number in numbers:
        nth = next(rest, None) if number is None else number
        if nth is None:
            nth = added = added + 1
        found.append((nth, held.get(nth)))
    return found


def rate(pairs: Iterable[tuple[int | None, int | None]]) -> Rate:
    """The rate of false alerts over pairs of false alerts and what they are held against; unknown ones are left out."""
    known = [(false, of) for false, of in pairs if false is not None and of is not None]
    return Rate(sum(false for false, _ in known), sum(of for _, of in known), len(known))


def _words(values: Mapping[str, str], column: str) -> str:
    """The words of a cell; empty where they say that nothing is known."""
    return "" if is_unknown(values[column]) else values[column]
