"""RFH: recency, frequency, harm; the gravity of the heaviest report gives way to the harm of all of them.

The Met moved from RFG to RFH in July 2020 because RFG under-weighted coercive control and similar precursors
(DOMAIN.md section 3, PCD 931). So that no precursor is under-weighted here, a report of coercive control, stalking,
strangulation or breach of a protective order counts with at least the floor that the band file states.
"""

from __future__ import annotations

from collections.abc import Sequence

from core.bands import Bands
from core.harm import Harm
from core.methods.base import Method
from core.pools import Trait


def floored(found: Sequence[Harm], traits: Trait, bands: Bands) -> Harm:
    """The harm of an offence, a precursor's raised to the floor of the bands (days)."""
    harm = found[0]
    if Trait.PRECURSOR not in traits or (harm.days is not None and harm.days >= bands.precursor_floor):
        return harm
    was = "no weight" if harm.days is None else f"{harm.days:g} d"
    note = f"precursor: raised from {was} to {bands.precursor_floor:g} d"
    note = f"{harm.note}; {note}" if harm.note and harm.days is not None else note
    return harm._replace(days=bands.precursor_floor, confidence="derived", note=note)


METHOD = Method(
    key="rfh",
    title="RFH",
    says="Points for recency, frequency and the harm of all reports, precursors of homicide raised to a floor.",
    source="Met decision of July 2020 (PCD 931); bands and floor are a project default",
    measures=("recency", "frequency", "harm"),
    combine=floored,
)
