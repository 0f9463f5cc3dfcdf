"""Reads the figures that ship with the rules: one CSV table under ``core/data``."""

from __future__ import annotations

import csv
from importlib.resources import files


def table(name: str) -> list[dict[str, str]]:
    """Give the rows of ``core/data/<name>.csv``, every value as text."""
    text = (files("core") / "data" / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
