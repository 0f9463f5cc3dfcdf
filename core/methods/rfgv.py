"""RFGV: recency, frequency, gravity and victims, each banded into points, 0 to 100 together.

Source: DOMAIN.md section 3 (Cleveland, North Yorkshire). The bands are a project default, not a force's.
"""

from core.methods.base import Method

METHOD = Method(
    key="rfgv",
    title="RFGV",
    says="Points for recency, frequency, gravity and the number of victims, 0 to 100.",
    source="Cleveland and North Yorkshire; bands are a project default",
    measures=("recency", "frequency", "gravity", "victims"),
)
