"""Where the figure of each part of a ward's composite was read: files with their lines, and tables that ship."""

from __future__ import annotations

from collections.abc import Iterable

from core.hot_violence import is_hot
from core.text import plain, spans
from db.composite import WardParts, repeat_victim_lines
from db.panels import panel_priorities
from db.store import Store
from db.unsafe_places import lines_of
from db.ward_pages import ward_page

SHIPPED = "the ward map that ships with the program"


def part_sources(store: Store, found: WardParts, ward_code: str) -> dict[str, str]:
    """Part to the files and lines that its figure was read from, for one ward; empty where there is none.

    Raises NotFound where the release does not hold the ward.
    """
    page = ward_page(store, ward_code)
    file = page.release.file
    every = _lines((file, line) for one in page.categories for line in one.lines)
    hot = _lines((file, line) for one in page.categories if is_hot(one.category) for line in one.lines)
    reference = _reference(store, ward_code)
    panel = panel_priorities(store, found.panels_on, ward_code) if found.panels_on is not None else []
    places = found.flagged
    flags = lines_of(store, ward_code, places.first, places.last) if places is not None else []
    victims: list[tuple[str, int]] = []
    if found.victims_from is not None and found.victims_to is not None:
        victims = repeat_victim_lines(store, ward_code, found.victims_from, found.victims_to)
    return {
        "harm": every,
        "rate": f"{every}; residents: {reference}",
        "trend": every,
        "borough_share": f"{every}; the other wards of the borough in the same file",
        "deprivation": reference,
        "hot_violence": hot,
        "repeat_victims": _lines(victims),
        "ward_panel": _lines((one.file, one.line) for one in panel),
        "unsafe_places": _lines(flags),
    }


def _lines(found: Iterable[tuple[str, int]]) -> str:
    """``ward-counts.csv:12-44``, of several files one after the other."""
    files: dict[str, list[int]] = {}
    for file, line in found:
        files.setdefault(file, []).append(line)
    return "; ".join(f"{plain(file)}:{spans(lines)}" for file, lines in files.items())


def _reference(store: Store, ward_code: str) -> str:
    rows = store.read.rows(
        "SELECT b.file, r.line FROM ward_reference r JOIN batch b ON b.id = r.batch_id "
        "WHERE b.withdrawn = :no AND r.ward_code = :code ORDER BY r.id DESC LIMIT 1",
        no=False,
        code=ward_code,
    )
    return _lines((row["file"], row["line"]) for row in rows) or SHIPPED
