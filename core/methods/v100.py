"""V100: the harm of every counted report, added up.

Source: DOMAIN.md section 2 (Guardian Jul 2023, BBC Mar 2025): days of the Cambridge Crime Harm Index per allegation as
if convicted as a first offender, summed per suspect, then ranked; at least two reports is the 2025 rule.
"""

from core.methods.base import Method

METHOD = Method(
    key="v100",
    title="V100",
    says="Days of the Cambridge Crime Harm Index of every counted report, added up.",
    source="Press on V100, 2023 to 2025",
    min_crimes=2,
    any_index=True,
)
