"""``tasking ward``: one ward, category by category, from published counts or from crime reports."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from core.not_counted import NotCounted
from core.releases import dashed
from core.text import counted, figure, plain
from db.composite import repeat_victims
from db.not_counted import not_counted_of
from db.ward_pages import WardPage, ward_page
from db.wards import source_of
from tui.cli.common import existing, number, print_json, print_table, say, say_not_counted
from tui.cli.releases import say_caveats, say_flags
from tui.cli.source import release_asked


def run(path: Path | None, code: str, release: str | None, source: str, *, json: bool) -> None:
    """Print one ward. Raises NotFound where the release does not hold it."""
    name = release_asked(source, release)
    with existing(path) as store:
        page = ward_page(store, code.strip(), name)
        missing = not_counted_of(store, page.release.name)
        victims = repeat_victims(store).get(page.code)
    if json:
        print_json(_as_json(page, missing, victims))
    else:
        _print(page, missing, victims)


def _as_json(page: WardPage, missing: tuple[NotCounted, ...], victims: int | None) -> dict[str, Any]:
    return {
        "source": source_of(page.release),
        "release": page.release.name,
        "ward_code": page.code,
        "ward": page.ward,
        "borough": page.borough,
        "residents": page.population or None,
        "months": [dashed(month) for month in page.counted],
        "caveats": list(page.caveats),
        "count": page.offences,
        "harm": number(page.harm),
        "repeat_victims": victims,
        "not_counted": [one.as_json() for one in missing],
        "categories": [
            {
                "category": line.category,
                "count": line.count,
                "days_each": None if line.weight is None else number(line.weight.days),
                "harm": number(line.harm),
                "apart": line.apart or None,
                "lines": list(line.lines),
            }
            for line in page.categories
        ],
    }


def _print(page: WardPage, missing: tuple[NotCounted, ...], victims: int | None) -> None:
    rows = [
        (
            line.category,
            f"{line.count:,}",
            "-" if line.weight is None else figure(line.weight.days),
            f"{line.harm:,.0f}",
            line.apart,
        )
        for line in page.categories
    ]
    print_table(("category", "offences", "days each", "harm (days)", "apart"), rows, right=(1, 2, 3))
    residents = counted(page.population, "resident") if page.population else "residents not known"
    span = f"{dashed(page.counted[0])} to {dashed(page.counted[-1])}"
    say(
        f"{plain(page.ward)} ({plain(page.code)}), {plain(page.borough)}, {residents}: {page.harm:,.0f} d of harm, "
        f"{counted(page.offences, 'offence')}, {span}."
    )
    known = "not known" if victims is None else f"{victims:,}"
    say(f"Repeat victims in the crime reports of twelve months: {known}.")
    say(f"Release {plain(page.release.name)}, source: {source_of(page.release)}.")
    say_caveats(page.caveats)
    say_flags("Left out:", page.left_out)
    say_not_counted([one for one in missing if not one.of_a_month])
