"""Writes sealed documents as files: Markdown as it is, and HTML that needs nothing beside it."""

from __future__ import annotations

import html
import re
from pathlib import Path

from core.errors import Problem
from core.papers import BRIEFING, PAPERS, report_of
from core.scope import FORCE
from core.text import plain, plain_lines
from db.meetings import MeetingView
from db.store.owned import OnRecord, create, make_folder

_STYLE = """
body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}
h1{font-size:1.5rem}h2{font-size:1.1rem;margin-top:1.6rem;border-bottom:1px solid #999}
table{border-collapse:collapse;width:100%}th,td{border:1px solid #bbb;padding:.25rem .5rem;text-align:left;
vertical-align:top}th{background:#eee}@media print{body{margin:0}tr{break-inside:avoid}}
"""


def to_html(markdown: str, title: str) -> str:
    """Give Markdown as one HTML page with its style inside: no script, no link to anything outside."""
    from markdown_it import MarkdownIt

    body = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table").render(markdown)
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        f'<!doctype html>\n<html lang="en-GB"><head><meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        f"<title>{html.escape(title)}</title><style>{_STYLE}</style></head>\n<body>\n{body}</body></html>\n"
    )


FORMS = 2
"""Files of each document: Markdown and HTML."""


def write_documents(folder: Path, documents: dict[str, tuple[str, str]], allowed: OnRecord) -> list[Path]:
    """Write documents into a folder, made if it is not there; a file that is there already is never overwritten.

    documents: file stem to (title, Markdown). Gives the files written, all or none. Raises Problem where the folder
    cannot be used.
    """
    written: list[Path] = []
    try:
        make_folder(folder)
        for stem, (title, words) in documents.items():
            markdown = plain_lines(words)  # a paper that an earlier version sealed is plain on paper, too
            for ending, text in ((".md", markdown), (".html", to_html(markdown, plain(title)))):  # as many as FORMS
                target = _free(folder / f"{_plain_stem(stem)}{ending}")
                with create(target, allowed) as stream:
                    written.append(target)
                    stream.write(text)
    except OSError as error:
        for half in written:
            half.unlink(missing_ok=True)
        raise Problem(
            f"{folder} cannot be written: {error.strerror}; nothing was left. Choose another folder, or make room."
        ) from error
    return written


def _plain_stem(stem: str) -> str:
    return re.sub(r"[^\w-]+", "-", stem).strip("-").lower()


def _free(path: Path) -> Path:
    candidate, number = path, 2
    while candidate.exists():
        candidate = path.with_stem(f"{path.stem}-{number}")
        number += 1
    return candidate


def papers_of(meeting: MeetingView, minutes: str, report: str) -> dict[str, tuple[str, str]]:
    """The papers of a meeting: file stem to (title, Markdown). A paper without text, as a report, is left out."""
    kind = meeting.kind if meeting.scope == FORCE else f"{meeting.kind}-{meeting.scope}"
    of = "" if kind == "daily" else f"{kind}-"
    names = {"meeting": meeting.title, "kind": kind, "day": meeting.as_of.isoformat(), "of": of}
    called = report_of(meeting.agenda.views) or BRIEFING
    names |= {"report": called.title, "name": called.name}
    texts = {"minutes": minutes, "report": report}
    return {
        paper.stem.format(**names): (paper.title.format(**names), texts[paper.key])
        for paper in PAPERS.values()
        if texts[paper.key]
    }
