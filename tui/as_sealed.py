"""Is a paper in someone's hands, Markdown or HTML, word for word what was sealed?

The entry and the hash that a paper names say nothing of its other words: who edits a paper leaves them as they are.
"""

from __future__ import annotations

import html
import re
from itertools import takewhile

from core.text import plain_lines
from db.anchored import sealed_with
from db.store import Store
from tui.documents import to_html

_TAG = re.compile(r"<[^>]*>")


def edited(store: Store, hashed: str, paper: str) -> str | None:
    """Where a paper leaves what was sealed with the hash that it names, in words that tell no record; None if nowhere.

    It may have all of the addenda, or those that there were when it was printed. How its lines are folded is no matter.
    """
    marked = "<body>" in paper
    said = _words(paper)
    alike = 0
    for sealed in map(plain_lines, sealed_with(store, hashed)):
        words = _words(to_html(sealed, "") if marked else sealed)
        if words == said:
            return None
        alike = max(alike, sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(words, said, strict=False))))
    return f"word {alike + 1:,} of {len(said):,}" if marked else f"line {_line(paper, alike)}"


def _words(paper: str) -> list[str]:
    _, marked, body = paper.partition("<body>")
    return html.unescape(_TAG.sub(" ", body)).split() if marked else paper.split()


def _line(paper: str, words: int) -> int:
    """The number of the line that the word after so many stands in; the last where the paper has no more."""
    seen = 0
    lines = paper.splitlines()
    for number, line in enumerate(lines, 1):
        seen += len(line.split())
        if seen > words:
            return number
    return len(lines)
