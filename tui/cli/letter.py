"""``tasking letter``: the summary of the focus week and the next menu, as a letter to the wards' councillors."""

from __future__ import annotations

from pathlib import Path

from core.days import iso
from core.focus_letter import markdown, title
from db.focus import model_of
from db.focus_letter import letter
from db.store.viewings import export
from tui.cli.common import existing, say
from tui.cli.focus import week_asked
from tui.printing import say_all


def run(path: Path | None, week: str | None, folder: Path | None, recipient: str) -> None:
    """Print the letter at the end of a week as Markdown, or write it into a folder for someone."""
    with existing(path) as store:
        monday = week_asked(store, week)
        found = letter(store, model_of(store), monday)
        what = f"the letter of {iso(monday)}"
        allowed = None if folder is None else export(store, what, "", folder, recipient)
    if folder is None or allowed is None:
        say_all(markdown(found).rstrip("\n"))
        return
    from tui.documents import write_documents

    papers = {f"{iso(monday)}-focus-ward-letter": (title(found), markdown(found))}
    for file in write_documents(folder, papers, allowed):
        say(f"Written: {file}")
    say("Summary, results and words of items stand as they were typed: read the letter before it goes out.")
