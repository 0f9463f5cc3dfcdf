"""Every abbreviation that the program itself puts on a screen is spelt out in the glossary."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files

from tui.dialogs.glossary import glossary

SHORT = re.compile(r"\b[A-Z]{3,}[0-9]*\b")
SOURCE = re.compile(r"DOMAIN2?")


def strings(value: object) -> Iterator[str]:
    """Every string in a TOML file, keys as well."""
    if isinstance(value, dict):
        for key, held in value.items():
            yield key
            yield from strings(held)
    elif isinstance(value, list):
        for held in value:
            yield from strings(held)
    elif isinstance(value, str):
        yield value


def test_what_templates_tactics_and_priorities_say_in_short_is_in_the_glossary() -> None:
    data = files("core") / "data"
    said = [
        text
        for name in ("actions.toml", "tactics.toml")
        for text in strings(tomllib.loads((data / name).read_text("utf-8")))
    ]
    boroughs = csv.DictReader((data / "boroughs.csv").read_text("utf-8").splitlines())
    said += [row[f"priority_{number}"] for row in boroughs for number in (1, 2, 3)]
    short = {word for text in said for word in SHORT.findall(text) if not SOURCE.match(word)}
    assert {"VWI", "DVPN", "ANPR"} <= short
    assert short <= {word for meant in glossary().values() for term in meant for word in SHORT.findall(term)}
