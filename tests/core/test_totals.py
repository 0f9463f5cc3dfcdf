"""Lines of totals are told from names."""

from __future__ import annotations

import pytest

from core.extract import BadValue
from core.totals import is_total, refuse_total


@pytest.mark.parametrize(
    "label",
    ["Total", "TOTAL (12)", "Total:", "Grand total", "Sub-total", "sub total", "North Total", "Total units", "All",
     "Sum", "TOTAL OFFENCES 7", "Total of all wards"],
)  # fmt: skip
def test_a_line_of_totals(label: str) -> None:
    assert is_total(label)
    with pytest.raises(BadValue, match="a line of totals is no ward"):
        refuse_total("ward", label, "ward")


@pytest.mark.parametrize("label", ["", "V1", "All Saints", "All 2", "Total petrol station", "Totteridge", "Sumner"])
def test_a_name(label: str) -> None:
    assert not is_total(label)
    refuse_total("ward", label, "ward")
