"""The first screen of a meeting: what to know first, then who is there; the chair is a name."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from core.scope import scope_of
from db import actions, meetings
from db.actions import Subject
from db.store import Store
from tests.tui.keyboard import Chair, MakeApp, entries, seated
from tui.session import CHAIR, Session
from tui.views import attendance
from tui.views.brief import Brief, BriefLine, read_brief
from tui.views.detail import Detail
from tui.views.source import Record
from tui.wall import Told, Who

HOSTILE = "[red]of[/red] a\nfile"
SEEN = "[red]of[/red] a"
Gaps = Callable[[int], None]


def brief(chair: Chair) -> str:
    """The lines above the roll-call."""
    return str(chair.view().query_one(Brief).content)


def said(session: Session) -> dict[str, Sequence[Told]]:
    """What the brief says, by the label of the line."""
    return {line.label: line.words for line in read_brief(session)}


@pytest.fixture
def many_gaps(monkeypatch: pytest.MonkeyPatch) -> Gaps:
    """Lets a meeting have so many gaps, each with a file's name in it."""

    def have(many: int) -> None:
        known = [f"Gap {number} {HOSTILE}." for number in range(1, many + 1)]
        monkeypatch.setattr(attendance, "gaps", lambda *_: known)

    return have


async def test_the_brief_then_the_roll_call_with_one_key_for_all(make_app: MakeApp, city: Store) -> None:
    app = make_app()
    app.session.login = app.session.chair = "root"
    async with seated(app, size=(80, 24)) as chair:
        await chair.settled()
        lines = brief(chair).splitlines()
        labels = ("Who chairs?", "Actions", "Risers in", "Wanted in", "Units", "Gaps")
        assert all(line.startswith(label) for line, label in zip(lines, labels, strict=True)), lines
        assert "overdue" in lines[1]
        named = next(line for line in lines if line.startswith("Wanted")).partition(": ")[2].split(" ")[0]
        await chair.press("roll.name")
        assert chair.typed()["name"] == "", "a login is not offered as a name"
        await chair.fill(name="Det Supt Vale")
        assert "Who chairs?" not in brief(chair)
        assert app.session.chair == app.session.remembered.get(CHAIR) == "Det Supt Vale"
        assert meetings.meeting(city, app.session.meeting_id or 0).chair == "Det Supt Vale"
        await chair.press("roll.all_present")
        assert set(chair.column("state")) == {"present"}
        assert "All present: " in chair.toasts()[-1]
        await chair.press("roll.all_present")
        assert "Everyone has been called" in chair.toasts()[-1]
        await chair.press("room.undo", "room.undo")
        assert meetings.meeting(city, app.session.meeting_id or 0).chair != "Det Supt Vale"
        assert entries(city)[-1].startswith("Undo")
        await chair.press("room.projector")
        assert named not in brief(chair), "no name stands on a wall"
    async with seated(make_app(), size=(60, 15)) as chair:
        assert "▸" in await chair.screen_text(), "rows, and no brief in their place"
        assert brief(chair) == ""


def test_the_brief_tells_of_the_scope_that_is_looked_at(make_app: MakeApp, city: Store) -> None:
    session = make_app().session
    of_force = said(session)
    session.scope = scope_of("NW")
    of_bcu = said(session)
    held = actions.counts(city, session.now(), session.register or None, session.scope)
    assert of_bcu["Actions"] == (f"{held.overdue} overdue, {held.due} due, {held.open} open",) != of_force["Actions"]
    assert "Wanted in the first 100 of NW" in of_bcu
    session.widened = True
    assert said(session) == of_force


@pytest.mark.parametrize("kind", ["daily", "task-force"])
async def test_every_role_is_in_sight_in_a_terminal_of_24_lines(kind: str, make_app: MakeApp, many_gaps: Gaps) -> None:
    many_gaps(4)
    async with seated(make_app(kind), size=(80, 24)) as chair:
        await chair.painted()
        text = await chair.screen_text()
        roles = chair.column("role")
        assert len(roles) == 6
        assert [role for role in roles if f" {role} " not in text] == []
        assert all(
            line in text for line in ("Actions  ", "Risers in ", "Wanted in ", "Units  ", "Gaps  ", "Data gaps: ")
        )


async def test_a_line_of_the_brief_names_fewer_where_it_would_be_two(make_app: MakeApp) -> None:
    people = ("NAME, One", "NAME, Two", "NAME, Three")
    words: list[Told] = [("3: ", *(Who(f"{one}; ") for one in people[:many])) for many in (3, 2, 1)]
    line = BriefLine("Wanted", words)
    async with seated(make_app(), size=(80, 24)) as chair:
        shown = chair.view().query_one(Brief)
        assert [str(shown._fitting(line, room)).count("NAME") for room in (80, 39, 28, 20)] == [3, 2, 1, 2]
        long = BriefLine("Wanted", ["x " * 200])
        assert str(shown._fitting(long, 20)) == f"Wanted  {'x ' * 200}", "nothing is cut"


async def test_beside_the_list_each_gap_stands_by_itself_and_is_plain_text(make_app: MakeApp, many_gaps: Gaps) -> None:
    many_gaps(3)
    async with seated(make_app(), size=(120, 40)) as chair:
        await chair.painted()
        lines = [line.strip() for line in str(chair.view().query_one(Detail).render()).splitlines()]
        assert [line[:8] for line in lines if line[:2] in ("1.", "2.", "3.")] == ["1. Gap 1", "2. Gap 2", "3. Gap 3"]
        assert "Data gaps:" in lines
        assert any(SEEN in line for line in lines), "markup is text, and its line is not broken by what it holds"
        await chair.press("room.projector")
        assert "2. Gap 2" in str(chair.view().query_one(Detail).render()), "gaps stand on a wall"
        await chair.press("act.why")
        assert "\n 2. Gap 2" in await chair.screen_text()
    async with seated(make_app(), size=(80, 24)) as chair:
        await chair.painted()
        first, *_ = str(chair.view().query_one(Detail).render()).splitlines()
        assert first.startswith("Data gaps: 1. Gap 1")


@pytest.mark.parametrize("asked", [True, False])
def test_a_line_in_parts_hides_on_a_wall_as_a_whole(asked: bool) -> None:
    record = Record(
        Subject("person", "P1", "NAME, One"), {}, "NAME, One; said", wall="said", parts=("NAME, One;", "said")
    )
    assert record.told_apart(hidden=False) == record.parts
    assert record.told_apart(hidden=True, asked=asked) == (record.told(hidden=True, asked=asked),)
    assert "NAME" not in record.told(hidden=True, asked=asked)


async def test_that_there_is_no_quorum_is_said_when_too_few_are_left(make_app: MakeApp) -> None:
    async with seated(make_app(), size=(80, 24)) as chair:
        await chair.settled()
        for absent in range(4):
            words = "Quorum: 1 there so far, 4 needed." if absent < 3 else "NO QUORUM: 1 there, 4 needed"
            assert chair.heading().startswith(words)
            assert chair.column("state").count("absent") == absent
            await chair.press("list.first", *["list.down"] * (absent + 1))
            for _ in range(3):
                await chair.press("roll.call", "list.first", *["list.down"] * (absent + 1))
