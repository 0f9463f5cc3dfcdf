"""V100 as a cohort: a rank within the capacity proposes, a person adopts.

Source: DOMAIN.md section 2: 100 is a capacity line, not a threshold of risk; the list is refreshed monthly.
"""

from __future__ import annotations

from core.cohorts.case import Case
from core.cohorts.cohort import Cohort, Qualifies


def _never(_case: Case, _as_of: int) -> Qualifies | None:
    """No rule over one person's records alone can say it: the rank is among all."""
    return None


V100 = Cohort(
    key="v100",
    title="V100",
    rule="Ranked 1 to 100 in the latest V100 ranking; 100 is a capacity, not a threshold.",
    source="Press on V100, 2023 to 2025",
    review_days=31,
    needs="ranking",
    qualifies=_never,
)
