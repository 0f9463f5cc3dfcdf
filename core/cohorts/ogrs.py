"""OGRS, the chance in a hundred of reoffending within two years, and its bands.

Source of the bands: DOMAIN.md section 4, general knowledge (G), not checked against a document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from core.markers import Marker

BANDS = ((90, "very high"), (75, "high"), (50, "medium"), (0, "low"))
_SCORE = re.compile(r"([0-9]{1,3})\s*%?")


def ogrs_band(score: int) -> str:
    """The band of a score: low 0-49, medium 50-74, high 75-89, very high 90 or more.

    Raises ValueError for a score outside 0 to 100.
    """
    if not 0 <= score <= 100:
        raise ValueError("an OGRS score is 0 to 100")
    return next(band for floor, band in BANDS if score >= floor)


def read_score(text: str) -> int | None:
    """The score of a recorded value such as ``78`` or ``78%``; None where it cannot be read or is above 100."""
    match = _SCORE.fullmatch(text.strip())
    return int(match[1]) if match and int(match[1]) <= 100 else None


def score_on(markers: Iterable[Marker], as_of: int) -> int | None:
    """The score known on a day: that of the latest assessment begun by then, the higher of two of the same day.

    None where there is none, or the latest cannot be read: an older score is not passed off as the present one.
    """
    known = [one for one in markers if one.kind == "ogrs" and one.starts <= as_of]
    latest = max((one.starts for one in known), default=None)
    scores = [read_score(one.value) for one in known if one.starts == latest]
    return max((score for score in scores if score is not None), default=None)
