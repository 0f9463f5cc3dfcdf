"""Reads the figures that ship with the rules: one CSV table under ``core/data``."""

from __future__ import annotations

import csv

from core.shipped import shipped


def table(name: str) -> list[dict[str, str]]:
    """Give the rows of ``core/data/<name>.csv``, every value as text."""
    text = shipped(f"{name}.csv")
    return list(csv.DictReader(text.splitlines()))
