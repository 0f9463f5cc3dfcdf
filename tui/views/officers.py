"""The extra ward officers: where they are placed, what was proposed, and what one post more or fewer costs."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from core.officers import POSTS
from core.text import counted
from db.actions import Subject
from db.officers import Plan, Post, plan
from db.priority_wards import priority_wards
from db.ward_map import ward_map
from tui.verb import verbs
from tui.views.base import View
from tui.views.source import Line, Lines, Record, Source
from tui.views.wards import ward_number
from tui.widgets.record_list import Column

_COLUMNS = (
    Column("ward", "ward", 16, grow=True),
    Column("borough", "borough", 12, grow=True),
    Column("harm", "days", 9, "right"),
    Column("each", "d each", 8, "right", priority=1),
    Column("share", "share", 6, "right"),
    Column("proposed", "prop", 4, "right"),
    Column("posts", "posts", 5, "right"),
    Column("change", "hand", 4, "right"),
    Column("priority", "pri", 3),
)


class OfficersView(View):
    """The plan in force, the wards of most need first."""

    columns: ClassVar[tuple[Column, ...]] = _COLUMNS
    empty = f"No plan is kept. n places the {POSTS} extra officers in proportion to harm or to the composite."
    noun = "wards"
    BINDINGS: ClassVar[list[BindingType]] = [
        *verbs("place", "more_officers", "fewer_officers", "action", "decision"),
        *verbs("why", footer=False),
    ]

    def read(self) -> tuple[Source, str]:
        """The plan and the names of its wards."""
        now = plan(self.session.store)
        if now is None:
            return Lines(_COLUMNS, ()), "Extra ward officers: no plan,"
        wards = ward_map(self.session.store)
        adopted = {one.ward_code for one in priority_wards(self.session.store)}
        lines = []
        for post in now.posts.values():
            known = wards.get(post.ward_code)
            name, borough = (known.name, known.borough) if known else (post.ward_code, "")
            mark = "P" if post.ward_code in adopted else ""
            lines.append(
                _line(ward_number(post.ward_code), now, post, Subject("ward", post.ward_code, name), (borough, mark))
            )
        return Lines(_COLUMNS, lines), _words(now)


def _words(now: Plan) -> str:
    placed = sum(post.posts for post in now.posts.values())
    with_posts = sum(post.posts > 0 for post in now.posts.values())
    by_hand = sum(abs(post.posts - post.proposed) for post in now.posts.values()) // 2
    limits = f"{now.limits.floor} to {now.limits.cap} a ward"
    return (
        f"{counted(placed, 'extra officer')} in {counted(with_posts, 'ward')}, by {now.basis}, {limits}, "
        f"{by_hand} moved by hand; release {now.release}, kept by {now.made_by};"
    )


def _line(number: int, now: Plan, post: Post, ward: Subject, beside: tuple[str, str]) -> Line:
    """One ward; *beside* are its borough and the mark of a priority ward."""
    borough, mark = beside
    change = post.posts - post.proposed
    each = post.harm / post.posts if post.posts else None
    cells = (
        ward.label,
        borough,
        f"{post.harm:,.0f}",
        "-" if each is None else f"{each:,.0f}",
        f"{post.share:.2f}",
        str(post.proposed),
        str(post.posts),
        f"{change:+d}" if change else "",
        mark,
    )
    values = (ward.label, borough, post.harm, each, post.share, post.proposed, post.posts, change, mark)
    stands = "no post" if each is None else f"a post stands for {each:,.0f} d of harm"
    made_of = (
        f"{counted(post.posts, 'extra officer')}, {post.proposed} proposed, {post.share:.2f} its share by {now.basis}; "
        f"{stands}; on top of 2 dedicated ward officers and 1 PCSO"
    )
    return Line(number, cells, Record(ward, {"extra officers": str(post.posts)}, made_of), values)
