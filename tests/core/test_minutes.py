"""Papers as Markdown: the marking, the gaps before the figures, and names that stay names."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from core.harm import CITATION
from core.meetings import MARKING
from core.minutes import Document, Table, escaped, markdown
from core.text import plain

READER = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table")
LINES = st.text(st.characters(codec="utf-8"), max_size=40)


def words(tokens: list[Token]) -> list[str]:
    """The visible text of each inline part; anything that is no plain text shows as its kind."""
    return [
        "".join(
            child.content if child.type in ("text", "text_special") else f"<{child.type}>"
            for child in one.children or []
        )
        for one in tokens
        if one.type == "inline"
    ]


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", plain(text)).strip()


@given(LINES)
def test_a_cell_shows_what_is_stored_and_nothing_else(stored: str) -> None:
    page = markdown(Document("Title", [], [Table("T", ("A", "B"), [(stored, "end")])], []))
    shown = words(READER.parse(page))
    place = shown.index("B")
    assert [squeezed(one) for one in shown[place + 1 : place + 3]] == [squeezed(stored), "end"]


@given(LINES)
def test_a_gap_a_title_and_a_fact_show_what_is_stored(stored: str) -> None:
    text = f"x{stored}x"
    shown = [
        squeezed(one) for one in words(READER.parse(markdown(Document(text, [("Chair", text)], [], [text], [text]))))
    ]
    assert shown.count(squeezed(text)) == 3
    assert f"Chair: <strong_open>{squeezed(text)}<strong_close>" in shown


def test_a_line_cannot_become_a_list_a_heading_or_a_rule() -> None:
    for text in ("- item", "+ item", "1. item", "12) item", "# head", "=== ", "---", "***", "> said", "```"):
        page = markdown(Document("Title", [], [], [], [text]))
        kinds = {token.type for token in READER.parse(page)} & {"ordered_list_open", "hr", "blockquote_open", "fence"}
        assert not kinds, text
        assert squeezed(text) in [squeezed(one) for one in words(READER.parse(page))], text


def test_what_a_document_says_and_in_which_order() -> None:
    table = Table("People", ("Name", "Days"), [("A | B", 1825)])
    page = markdown(
        Document("Minutes", [("Chair", "X")], [table, Table("Bids", ("Who",), [])], ["No return: CN"], ["End"])
    )
    assert page.startswith(f"**{MARKING}**")
    assert page.endswith(f"**{MARKING}**\n")
    order = ["# Minutes", "- Chair: **X**", "## Data gaps", "- No return: CN", "## People", "## Bids", "End"]
    assert sorted(order, key=page.index) == order
    assert "| Name | Days |\n| --- | --- |\n| A \\| B | 1825 |" in page
    assert "## Bids\n\nNone." in page
    assert squeezed(CITATION) in [squeezed(one) for one in words(READER.parse(page))]


def test_no_gaps_are_said_too() -> None:
    assert "## Data gaps\n\nNone known." in markdown(Document("T", [], [], []))


def test_numbers_and_nothing_are_escaped_as_text() -> None:
    assert (escaped(None), escaped(1825), escaped("-")) == ("", "1825", "\\-")
