"""What councillors say of the focus wards, the places they nominate, and the need that follows.

Source: DOMAIN.md section 5, S3: councillors comment on the menu and nominate places for enforcement.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from core.days import moment_of
from core.errors import NotFound, Problem
from core.focus import Need
from db.store import Store
from db.store.engine import Row
from db.store.rows import from_row, lookup
from db.ward_map import name_of


@dataclass(frozen=True)
class CommentView:
    """One comment. ``nominates`` is the place put forward for enforcement, empty where none is."""

    id: int
    week_id: int | None
    ward_code: str
    at: datetime
    councillor: str
    words: str
    nominates: str


_COLUMNS = "SELECT c.id, c.week_id, c.ward_code, c.at, c.councillor, c.words, c.nominates FROM focus_comment c "
_OPEN = (
    "WHERE c.nominates <> '' AND NOT EXISTS (SELECT 1 FROM focus_week w WHERE w.ward_code = c.ward_code "
    "AND w.agreed_at > c.at) "
)


def comment(
    store: Store,
    *,
    ward_code: str,
    week_id: int | None,
    councillor: str,
    words: str,
    nominates: str = "",
    meeting_id: int | None = None,
) -> int:
    """Record what a councillor says of a ward, and of one of its weeks where that is named; gives its number.

    Raises Problem without a councillor, a ward, or either words or a nomination, and where the week is another ward's;
    NotFound where there is no such week; Conflict where the meeting is sealed.
    """
    if not councillor.strip() or not ward_code.strip():
        raise Problem("A comment needs the councillor and the ward. Give both.")
    if not words.strip() and not nominates.strip():
        raise Problem("A comment needs words or a place that is nominated. Write one of them.")
    with store.change(
        f"Comment of {councillor.strip()} on {name_of(store, ward_code)} kept", meeting=meeting_id
    ) as writing:
        if week_id is not None:
            row = writing.row("focus_week", week_id)
            if row is None:
                raise NotFound(f"There is no focus week {week_id}.")
            if row["ward_code"] != ward_code:
                raise Problem(f"That week's focus ward is {name_of(store, row['ward_code'])}. Leave the week out.")
        return writing.insert(
            "focus_comment",
            meeting_id=meeting_id,
            week_id=week_id,
            ward_code=ward_code,
            at=writing.now,
            councillor=councillor.strip(),
            words=words.strip(),
            nominates=nominates.strip(),
        )


def comments(store: Store, ward_code: str | None = None) -> list[CommentView]:
    """Every comment on a ward, or on all, the latest first."""
    where = "WHERE :every OR c.ward_code = :code ORDER BY c.id DESC"
    return _views(store.read.rows(_COLUMNS + where, every=ward_code is None, code=ward_code or ""))


def nominations(store: Store) -> list[CommentView]:
    """The comments whose nomination is open, the oldest first: no focus week was agreed in the ward since."""
    return _views(store.read.rows(_COLUMNS + _OPEN + "ORDER BY c.id"))


def needs(store: Store) -> dict[str, Need]:
    """The need of every ward that has any: its open nominations and its open fly-tip sites."""
    nominated = _counts(store, f"SELECT c.ward_code, COUNT(*) FROM focus_comment c {_OPEN}GROUP BY c.ward_code")  # noqa: S608
    sites = _counts(store, "SELECT ward_code, COUNT(*) FROM fly_tip_site WHERE closed_on IS NULL GROUP BY ward_code")
    return {code: Need(nominated.get(code, 0), sites.get(code, 0)) for code in sorted({*nominated, *sites})}


def _counts(store: Store, query: str) -> dict[str, int]:
    return lookup(store.read.rows(query))


def _views(rows: Iterable[Row]) -> list[CommentView]:
    return [from_row(CommentView, row, at=moment_of(row["at"])) for row in rows]
