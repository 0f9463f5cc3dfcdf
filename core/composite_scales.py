"""What the figure of each part of the ward composite is divided by, and the most that it counts.

Source: ``core/data/composite_scales.toml`` (DOMAIN2.md section 8).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from core.composite_weights import KEYS
from core.shipped import shipped
from core.toml_part import TomlPart

MEAN, LONDON = "mean", "London"
_MOST = 1000


@dataclass(frozen=True)
class Scale:
    """The scale of one part.

    against: ``mean``, the mean of the wards where the figure is known, or ``London``, the figure of them all together.
    cap: the most times that count. turned: what the figure is taken from first, where low is more; None elsewhere.
    """

    against: str
    cap: float
    turned: float | None

    def counted(self, times: float | None) -> float | None:
        """What so many times the average ward count; None where it is unknown."""
        return None if times is None else min(times, self.cap)


@cache
def scales() -> Mapping[str, Scale]:
    """The scale of every part, in the order of :data:`core.composite_weights.KEYS`."""
    text = shipped("composite_scales.toml")
    return read(text, "composite_scales.toml")


def read(text: str, file: str) -> dict[str, Scale]:
    """Read the scales of every part. Raises Refused where a part has none, or has one that is no scale."""
    top = TomlPart.read(text, f"Scale file {file}")
    top.only(*KEYS, what="no part")
    return {key: _scale(TomlPart(f"{top.where}, {key}", _table(top, key))) for key in KEYS}


def _table(top: TomlPart, key: str) -> Mapping[str, object]:
    value = top.values.get(key)
    return value if isinstance(value, dict) else {}


def _scale(part: TomlPart) -> Scale:
    part.only("against", "cap", "turned")
    turned = part.figure("turned", 0, _MOST) if "turned" in part.values else None
    return Scale(part.one_of("against", MEAN, LONDON), part.figure("cap", 1, _MOST), turned)
