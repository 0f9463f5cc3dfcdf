"""The order of a list by the size of moves, as SQL: the head of the list first, then the rest."""

from __future__ import annotations

from core.ranking import MOVES_AMONG

_BESIDE = MOVES_AMONG + 1


def earlier(since: int | None) -> str:
    """Joins the ranks of another run; the ranks that a run kept of the one before it are beside them if None."""
    return "" if since is None else f"LEFT JOIN run_entry b ON b.run_id = {int(since)} AND b.person_id = e.person_id "


def by_size(since: int | None, *, descending: bool) -> list[str]:
    """Orders by the size of moves, those first, either way, who are or were within the first MOVES_AMONG.

    Who came into the head of the list, or left it altogether, counts as moved from or to the rank right after it:
    how far beyond it they were is not known. In the rest they come last.
    """
    before = "e.previous_rank" if since is None else "b.rank"
    within = f"COALESCE(MIN(e.rank, {before}), e.rank, {before}, {_BESIDE}) <= {MOVES_AMONG}"
    size = (
        f"CASE WHEN {within} THEN ABS(COALESCE(e.rank, {_BESIDE}) - COALESCE({before}, {_BESIDE})) "
        f"ELSE ABS(e.rank - {before}) END"
    )
    return [f"{within} DESC", f"{size} IS NULL", f"{size} {'DESC' if descending else 'ASC'}"]
