"""Lines that add up the others, as spreadsheets, pivot tables and pandas write them below a table or within it.

Such a line is no unit, no ward, no category and no place: taken, all that it adds up would count twice.
"""

from __future__ import annotations

import re
from functools import lru_cache

from core.extract import BadValue

_WORDS = re.compile(r"[^\W\d_]+")
_SUB = re.compile(r"\bsub[ -]+total")
_TOTAL = frozenset(("total", "totals", "subtotal", "subtotals"))
_BESIDE = frozenset(
    (
        *("all", "boroughs", "count", "crimes", "grand", "hours", "london", "of", "offences", "officers", "overall"),
        *("places", "records", "reports", "rows", "sites", "sum", "the", "units", "wards"),
    )
)
"""Words that leave a total a total. Behind it others make a name: a petrol station is called Total, too."""
_WHOLE = frozenset(("all", "sum"))
"""Words that tell of a total where nothing else stands beside them: a ward may be called All Saints."""


@lru_cache(4096)
def is_total(label: str) -> bool:
    """Whether a label is that of a line of totals: ``Grand total:``, ``North Total``, ``TOTAL (12)``, ``All``."""
    words = _WORDS.findall(_SUB.sub("subtotal", label.casefold()))
    if not _TOTAL.intersection(words):
        return len(words) == 1 and words[0] in _WHOLE and label.strip().isalpha()
    return words[-1] in _TOTAL or _TOTAL.union(_BESIDE).issuperset(words)


def refuse_total(column: str, label: str, what: str) -> None:
    """Raise BadValue where a label is that of a line of totals; what: what it is none of, as ``unit``."""
    if is_total(label):
        reason = f"a line of totals is no {what}, and what it adds up would count twice; take it out"
        raise BadValue(column, label, reason)
