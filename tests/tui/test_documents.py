"""The papers as files: whole in themselves, without scripts, never written over, hostile names shown literally."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from core.errors import Problem
from core.minutes import Document, Table, markdown
from db.store.owned import OnRecord
from tui.documents import to_html, write_documents

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "![x](http://x.test/y.png)",
    "http://x.test",
    "<http://x.test>",
    "&lt;b&gt;",
    "| a | b |",
    "# head",
    "1. item",
    "- item",
    "*bold* _under_ `code` ~~gone~~",
    "\\",
    "[red]x[/]",
)


def paper(*names: str) -> str:
    rows = [(name, f"Said {name}") for name in names]
    table = Table("People", ("Name", "Words"), rows)
    return markdown(Document(names[0], [("Chair", names[0])], [table], [names[0]], [names[0]]))


def visible(page: str) -> str:
    """What a browser shows of a page."""
    import html

    body = page[page.index("<body>") :]
    return html.unescape(re.sub(r"<[^>]*>", "\n", body))


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_shown_letter_by_letter(name: str) -> None:
    page = to_html(paper(name), name)
    lines = [line.strip() for line in visible(page).splitlines()]
    assert lines.count(name) >= 5, "in the title, a fact, a gap, the table and the closing"
    assert f"Said {name}" in lines
    assert not re.search(r"<(script|img|a|b|em|code|del)\b", page[page.index("<body>") :].replace("<strong>", ""))


def test_a_page_needs_nothing_beside_it() -> None:
    page = to_html(paper("A"), "<b>Minutes & more</b>")
    assert page.startswith("<!doctype html>")
    assert "<title>&lt;b&gt;Minutes &amp; more&lt;/b&gt;</title>" in page
    assert "default-src 'none'" in page
    assert not re.search(r"<(script|link|img|iframe|object|base)\b|\bon\w+=|url\(|@import|https?:", page)
    assert "<table>" in page
    assert page.endswith("</html>\n")


def test_papers_are_written_as_they_are_and_never_over_another(tmp_path: Path) -> None:
    folder = tmp_path / "made" / "for it"
    text = paper("Ünï <b>") + "\r\n"
    first = write_documents(folder, {"Minutes: 1/2": ("Minutes", text)}, OnRecord(""))
    assert [path.name for path in first] == ["minutes-1-2.md", "minutes-1-2.html"]
    assert first[0].read_bytes() == text.encode()
    assert first[1].read_bytes() == to_html(text, "Minutes").encode()
    first[0].write_text("mine")
    second = write_documents(folder, {"Minutes: 1/2": ("Minutes", text)}, OnRecord(""))
    third = write_documents(folder, {"Minutes: 1/2": ("Minutes", text)}, OnRecord(""))
    assert [path.name for path in (*second, *third)] == [
        "minutes-1-2-2.md",
        "minutes-1-2-2.html",
        "minutes-1-2-3.md",
        "minutes-1-2-3.html",
    ]
    assert first[0].read_text() == "mine"


def test_a_stem_never_leaves_the_folder(tmp_path: Path) -> None:
    written = write_documents(tmp_path / "papers", {"../../etc/passwd": ("x", "x\n")}, OnRecord(""))
    assert {path.parent for path in written} == {tmp_path / "papers"}


def test_a_folder_that_cannot_be_used_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(Problem, match="Choose another folder"):
        write_documents(tmp_path / "file" / "papers", {"minutes": ("x", "x\n")}, OnRecord(""))
