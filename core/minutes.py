"""The minutes of a meeting, and the Daily Violent Crime Strategic Briefing Report, as Markdown.

Both are made from plain values when the meeting is sealed. What came from records is escaped, so that a name cannot
become a heading, a link or a tag. Source of the report's content: DOMAIN.md section 6 (previous 24 hours' activity
with counts of stops and searches, warrants, arrests, items seized); of the minutes: section 7.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.harm import CITATION
from core.meetings import HANDLING, MARKING
from core.text import plain

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~&#])|^([-+=]|\d+(?=[.)]))")


def escaped(value: object) -> str:
    """A stored value as Markdown shows it literally, on one line."""
    return _SPECIAL.sub(_escape, plain(value))


def _escape(match: re.Match[str]) -> str:
    number = match[2] and match[2][0].isdigit()
    return f"{match[2]}\\" if number else f"\\{match[0]}"


@dataclass(frozen=True)
class Table:
    """A table of a document: a title, the heads of its columns, its rows, and what to say when there are none."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[object]]
    empty: str = "None."


@dataclass(frozen=True)
class Document:
    """A document before it is written: title, facts about it, tables in order, gaps in the data, closing lines.

    gone_over: what was open when it was sealed all the same; the section is left out where there is nothing.
    """

    title: str
    facts: Sequence[tuple[str, object]]
    tables: Sequence[Table]
    gaps: Sequence[str]
    closing: Sequence[str] = ()
    gone_over: Sequence[str] = ()


_TOLD = "Who sealed it was told of all this and went on."


def markdown(document: Document) -> str:
    """Write a document as Markdown: marking first and last, data gaps before the figures."""
    parts = [f"**{MARKING}** {escaped(HANDLING)}", f"# {escaped(document.title)}"]
    parts.append("\n".join(f"- {escaped(name)}: **{escaped(value)}**" for name, value in document.facts))
    parts.append(f"## Data gaps\n\n{_points(document.gaps) or 'None known.'}")
    if document.gone_over:
        parts.append(f"## Open when it was sealed\n\n{_TOLD}\n\n{_points(document.gone_over)}")
    parts += [as_table(table) for table in document.tables]
    parts += [escaped(line) for line in (*document.closing, CITATION)]
    parts.append(f"**{MARKING}**")
    return "\n\n".join(parts) + "\n"


def as_table(table: Table) -> str:
    """A table with its title as Markdown; what it says when it is empty where it has no rows."""
    title = f"## {escaped(table.title)}"
    if not table.rows:
        return f"{title}\n\n{escaped(table.empty)}"
    rows = [[escaped(cell) for cell in row] for row in table.rows]
    return f"{title}\n\n{table_lines([escaped(head) for head in table.heads], rows)}"


def _points(sentences: Sequence[str]) -> str:
    return "\n".join(f"- {escaped(sentence)}" for sentence in sentences)


def on_first_page(paper: str, part: str) -> str:
    """A paper as Markdown with one more part before its first section, so below title and facts."""
    head, section, rest = paper.partition("\n\n## ")
    return f"{head}\n\n{part}{section}{rest}"


def table_lines(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table of cells that are escaped already."""
    lines = (f"| {' | '.join(cells)} |" for cells in rows)
    return "\n".join([f"| {' | '.join(heads)} |", "|" + " --- |" * len(heads), *lines])
