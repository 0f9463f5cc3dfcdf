"""The extra ward officers: where they are placed, what was proposed, and what one post more or fewer costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType

from core.localities import NOWHERE, Locality
from core.officers import ADOPTED, POSTS
from core.text import counted, in_days, named
from db import report_counts
from db.actions import Subject
from db.not_counted import in_short, not_counted_of
from db.officers import Placement, Post, placement
from db.priority_wards import priority_wards
from db.releases import releases
from db.store import Store
from db.ward_map import ward_map
from tui.verb import verbs
from tui.views.base import View
from tui.views.column import PLAIN, ListColumn
from tui.views.localities import locality_columns
from tui.views.source import CountedFrom, Lines, Record, Source
from tui.views.wards import ward_number
from tui.widgets.record_list import Column


@dataclass(frozen=True)
class _Row:
    """The posts of a ward with its names, the mark of a priority ward, and the placement that they are of.

    read_from: the release that what is behind it is read from; None where the placement's is held no longer.
    """

    post: Post
    ward: str
    where: Locality
    mark: str
    plan: Placement
    read_from: str | None

    @property
    def moved(self) -> int:
        """Posts given by hand; negative where some were taken."""
        return self.post.posts - self.post.proposed

    @property
    def each(self) -> float | None:
        """Days of harm that a post stands for; None without a post."""
        return self.post.harm / self.post.posts if self.post.posts else None


_COLUMNS: tuple[ListColumn[_Row], ...] = (
    ListColumn("ward", "ward", 15, grow=True, show=lambda row: row.ward, holds=PLAIN),
    *locality_columns(lambda row: row.where, grow=True, borough=0),
    ListColumn("harm", "days", 9, "right", show=lambda row: f"{row.post.harm:,.0f}", sort=lambda row: row.post.harm),
    ListColumn(
        "each", "days each", 9, "right", priority=2,
        show=lambda row: "-" if row.each is None else f"{row.each:,.0f}", sort=lambda row: row.each,
    ),
    ListColumn(
        "share", "share", 6, "right", priority=1,
        show=lambda row: f"{row.post.share:.2f}", sort=lambda row: row.post.share,
    ),
    ListColumn(
        "proposed", "proposed", 8, "right", show=lambda row: str(row.post.proposed), sort=lambda row: row.post.proposed
    ),
    ListColumn("posts", "posts", 5, "right", show=lambda row: str(row.post.posts), sort=lambda row: row.post.posts),
    ListColumn(
        "change", "by hand", 7, "right",
        show=lambda row: f"{row.moved:+d}" if row.moved else "", sort=lambda row: row.moved,
    ),
    ListColumn("priority", "priority", 8, show=lambda row: row.mark, holds=PLAIN),
)  # fmt: skip


class OfficersView(View):
    """The placement in force, the wards of most need first."""

    columns: ClassVar[tuple[Column, ...]] = _COLUMNS
    title = "Extra officers"
    empty = f"No placement is kept. n places the {POSTS} extra officers in proportion to harm or to the composite."
    noun = "wards"
    BINDINGS: ClassVar[list[BindingType]] = [
        *verbs("place", "more_officers", "fewer_officers", "action", "decision"),
        *verbs("why", footer=False),
    ]

    def read(self) -> tuple[Source, str]:
        """The placement and the names of its wards."""
        current = placement(self.session.store)
        if current is None:
            return Lines(_COLUMNS, ()), "Extra ward officers: no placement,"
        wards = ward_map(self.session.store)
        adopted = {ward.ward_code for ward in priority_wards(self.session.store)}
        standing, read_from = _standing(self.session.store, current.release, self.session.counted_from)
        rows = []
        for code, post in current.posts.items():
            known = wards.get(code)
            ward, where = (known.name, Locality(known.bcu, known.borough)) if known else (code, NOWHERE)
            rows.append(_Row(post, ward, where, "P" if code in adopted else "", current, read_from))
        lines = Lines.of(_COLUMNS, rows, key=lambda row: ward_number(row.post.ward_code), record=_record)
        short = in_short(not_counted_of(self.session.store, current.release)) if read_from else ""
        lacking = [wards[code].name if code in wards else code for code in sorted(adopted - {*current.posts})]
        if current.among == ADOPTED and lacking:
            short = f"; {counted(len(lacking), 'priority ward')} not in it: {named(lacking)}{short}"
        return lines, f"{_words(current, standing)}{short};"


def _standing(store: Store, name: str, counted_from: str | None) -> tuple[str, str | None]:
    """What is to be said of the release of a placement, and its name where it is still held.

    A later release, or another source of ward numbers, moves no post by itself: the chair is told that it is there.
    counted_from: what ward numbers are from now; None for the latest release.
    """
    held = [head.name for head in releases(store)]
    if name not in (*held, report_counts.REPORTS):
        return " (there is none of that name now; n places anew)", None
    now = counted_from or next(iter(held), name)
    return ("" if now == name else f" (wards are counted from {report_counts.named(now)} now; n places anew)"), name


def _words(now: Placement, standing: str) -> str:
    by_hand = sum(abs(post.posts - post.proposed) for post in now.posts.values()) // 2
    limits = f"{now.limits.floor} to {now.limits.cap} a ward"
    return (
        f"Extra officers: {now.words}; among {now.among}, by {now.basis}, {limits}, {by_hand} moved by hand; "
        f"{report_counts.named(now.release)}{standing}, kept by {now.made_by}"
    )


def _share(row: _Row) -> str:
    """What a ward's share of the posts is in proportion to need, or by which limit it is held; before whole posts."""
    share, basis, limits = row.post.share, row.plan.basis, row.plan.limits
    if share >= limits.cap:
        return f"its share by {basis} is held at the cap of {limits.cap}"
    if share <= limits.floor and limits.floor:
        return f"its share by {basis} is raised to the floor of {limits.floor}"
    return f"{share:.2f} its share by {basis}"


def _record(row: _Row) -> Record:
    post = row.post
    worth = "no post" if row.each is None else f"a post stands for {in_days(row.each, ',.0f')} of harm"
    made_of = (
        f"{counted(post.posts, 'extra officer')}, {post.proposed} proposed, {_share(row)}; "
        f"{worth}{'; on top of 2 dedicated ward officers and 1 PCSO' if row.where.bcu else ''}"
    )
    if row.read_from is None:
        made_of += f"; placed by {report_counts.named(row.plan.release)}: there is none of that name now"
    subject, facts = Subject("ward", post.ward_code, row.ward), {"extra officers": str(post.posts)}
    return Record(subject, facts, made_of, detail=CountedFrom(row.read_from), wall=made_of)
