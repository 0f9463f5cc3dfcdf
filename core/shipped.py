"""Reads the files of figures that ship with the rules."""

from __future__ import annotations

from pathlib import Path

DATA = Path(__file__).parent / "data"
"""The folder that they stand in: a plain path, since the library of packed resources takes longer to load."""


def shipped(name: str) -> str:
    """Give the text of ``core/data/<name>``."""
    return (DATA / name).read_text(encoding="utf-8")
