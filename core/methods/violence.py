"""Violence: in the manner of the Violence Harm Assessment, scored with both indexes.

Source: DOMAIN.md section 2, sister tool (Met, 13 Feb 2024): scored with Cambridge and ONS methods. How the two are put
together is not published; here each report weighs the mean of its two weights, both in days, and both are shown.
"""

from __future__ import annotations

from collections.abc import Sequence

from core.bands import Bands
from core.harm import Harm
from core.methods.base import Method
from core.pools import Pool, Trait


def both(found: Sequence[Harm], _traits: Trait, _bands: Bands) -> Harm:
    """The mean of what two indexes say, in days; where one has no weight, the other alone."""
    cambridge, ons = found
    if cambridge.days is None or ons.days is None:
        one = cambridge if ons.days is None else ons
        return Harm(one.days, one.title, "derived" if one.days is not None else "none", _alone(cambridge, ons))
    sure = {cambridge.confidence, ons.confidence} == {"published"}
    note = f"mean of CCHI {cambridge.days:g} d and CSS {ons.days:g} d"
    notes = "; ".join(part for part in (note, cambridge.note, ons.note) if part)
    return Harm(round((cambridge.days + ons.days) / 2, 2), cambridge.title, "published" if sure else "derived", notes)


def _alone(cambridge: Harm, ons: Harm) -> str:
    missing = [harm.note for harm in (cambridge, ons) if harm.days is None]
    return "; ".join(missing)


METHOD = Method(
    key="violence",
    title="Violence",
    says="The mean of the Cambridge and the ONS weight of every counted violent report, added up.",
    source="Violence Harm Assessment (Met, Feb 2024); the mean is a project default",
    indexes=("CCHI", "CSS"),
    pool=Pool.VIOLENCE,
    min_crimes=2,
    combine=both,
)
