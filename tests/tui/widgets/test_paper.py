"""Papers on the screen: whole at every width."""

from __future__ import annotations

import pytest
from rich.console import Console

from tui.widgets.paper import Paper

WORDS = ("Neighbourhoods", "Investigation", "high-visibility", "Superintendent")


@pytest.mark.parametrize("width", [40, 60, 80])
def test_no_word_of_a_table_is_cut(width: int) -> None:
    heads = " | ".join(["Item", "What", "About", "As it was read back", "Reason", "By", "At"])
    rows = [f"| 1 Opening | roll-call | {word} | present | - | Det Supt Alma Reyes | 09:03 |" for word in WORDS]
    text = "\n".join([f"| {heads} |", "| --- | --- | --- | --- | --- | --- | --- |", *rows])
    console = Console(width=width)
    with console.capture() as drawn:
        console.print(Paper(text))
    shown = drawn.get()
    assert "…" not in shown
    letters = "".join(sorted(letter for letter in "".join(shown.split()) if letter.isalpha()))
    whole = "".join(sorted(letter for letter in text if letter.isalpha()))
    assert letters == whole, "every letter stands somewhere"
