"""RFG: recency, frequency, gravity, each banded into points.

Source: DOMAIN.md section 3 (Operation Dauntless, S2). The bands are a project default, not a force's.
"""

from core.methods.base import Method

METHOD = Method(
    key="rfg",
    title="RFG",
    says="Points for the recency of the last report, the number of reports and the gravity of the heaviest.",
    source="Operation Dauntless, Met Business Plan 2018-21; bands are a project default",
    measures=("recency", "frequency", "gravity"),
)
