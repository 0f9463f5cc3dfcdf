"""CSS: as V100, by the ONS Crime Severity Score instead of the Cambridge index.

Source: DOMAIN.md section 1, last paragraph: the weight is the mean actual sentence, those not jailed included. The two
indexes give materially different priorities for the same data (Ashby 2017), so both are kept.
"""

from core.methods.base import Method

METHOD = Method(
    key="css",
    title="CSS",
    says="Weights of the ONS Crime Severity Score of every counted report, added up.",
    source="ONS Crime Severity Score; Ashby 2017",
    indexes=("CSS",),
    min_crimes=2,
)
