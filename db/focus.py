"""Focus weeks: proposed from the rota, agreed item by item, worked, and summed up for the councillors.

Source: DOMAIN.md section 5, S3. Officers work only items that the weekly tasking meeting agreed, so nothing can be
recorded against another one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from core import focus_model
from core.applying import Unfit, all_or_none, reason_given
from core.days import moment_of, monday_of, uk
from core.errors import Conflict, NotFound, Problem
from core.focus import AGREED, LEFT_OUT, OFFERED, Draft, GivenWeek, draft, ward_name
from core.focus_model import FocusModel
from core.geography import Ward
from core.text import named
from db.areas import areas
from db.focus_comments import needs
from db.store import Store, settings
from db.store.engine import Row
from db.store.rows import from_row
from db.ward_map import ward_map

if TYPE_CHECKING:
    from db.store.journal import Values, Writing

MOST = 99_999
"""The most of an option that can be planned or done in a week."""


@dataclass(frozen=True)
class ItemView:
    """One option on a week's menu. ``state`` is offered, agreed or left out; ``done`` is None until it is recorded."""

    id: int
    week_id: int
    option: str
    words: str
    planned: int
    hours_each: float
    state: str
    done: int | None
    result: str

    @property
    def hours(self) -> float:
        """Officer-hours planned."""
        return round(self.planned * self.hours_each, 2)


@dataclass(frozen=True)
class WeekView:
    """One week's focus ward with its menu. ``monday`` is a day number; agreed once ``agreed_at`` is filled."""

    id: int
    meeting_id: int | None
    monday: int
    area: str
    ward_code: str
    ward: str
    hours: float
    chosen_because: str
    agreed_by: str
    agreed_at: datetime | None
    summary: str
    items: tuple[ItemView, ...]

    @property
    def hours_planned(self) -> float:
        """Officer-hours of every item that is not left out; more than ``hours`` where the menu is too full."""
        return round(sum(item.hours for item in self.items if item.state != LEFT_OUT), 2)

    @property
    def hours_agreed(self) -> float:
        """Officer-hours of the agreed items."""
        return round(sum(item.hours for item in self.items if item.state == AGREED), 2)


def model_of(store: Store) -> FocusModel:
    """The focus-ward model: what a command put in force, else ``focus.toml`` beside the store, else what ships.

    Raises Problem where the file is there and cannot be read, Refused where it is wrong.
    """
    text = settings.read(store, focus_model.FILE)
    return focus_model.default() if text is None else focus_model.read(text, focus_model.FILE)


def unfit(store: Store, model: FocusModel) -> str:
    """Why a store has no focus week: no file is of London, and the model that ships is Harrow's. Empty where it has."""
    held = areas(store)
    if held.london or model != focus_model.default():
        return ""
    own = "Put a model of your own in force: tasking focus --model FILE."
    return f"{held.lacks(f'The focus week of {model.borough}')} {own}"


def save_model(store: Store, text: str, file: str) -> FocusModel:
    """Put the TOML of a focus-ward model in force for this store; gives it. Raises Refused where it is wrong."""
    model = focus_model.read(text, file)
    settings.write(store, focus_model.FILE, focus_model.TITLE, text)
    return model


_WEEKS = (
    "SELECT id, meeting_id, monday, area, ward_code, hours, chosen_because, agreed_by, agreed_at, summary "
    "FROM focus_week "
)
_ITEMS = "SELECT id, week_id, option, words, planned, hours_each, state, done, result FROM focus_item "


def weeks(store: Store) -> list[WeekView]:
    """Every focus week, the latest first."""
    items: dict[int, list[ItemView]] = {}
    for row in store.read.rows(_ITEMS + "ORDER BY id"):
        items.setdefault(row["week_id"], []).append(from_row(ItemView, row))
    known = ward_map(store)
    rows = store.read.rows(_WEEKS + "ORDER BY monday DESC")
    return [_week(row, items.get(row["id"], []), known) for row in rows]


def week(store: Store, number: int) -> WeekView:
    """One focus week by its number. Raises NotFound."""
    found = store.read.rows(_WEEKS + "WHERE id = :id", id=number)
    if not found:
        raise NotFound(f"There is no focus week {number}.")
    return _with_items(store, found[0])


def week_of(store: Store, day: int) -> WeekView | None:
    """The focus week that a day is in, or None where none was proposed."""
    found = store.read.rows(_WEEKS + "WHERE monday = :monday", monday=monday_of(day))
    return _with_items(store, found[0]) if found else None


def _with_items(store: Store, row: Row) -> WeekView:
    items = store.read.rows(_ITEMS + "WHERE week_id = :id ORDER BY id", id=row["id"])
    return _week(row, [from_row(ItemView, item) for item in items], ward_map(store))


def _week(row: Row, items: Sequence[ItemView], known: Mapping[str, Ward]) -> WeekView:
    return from_row(
        WeekView,
        row,
        ward=ward_name(row["ward_code"], known),
        agreed_at=moment_of(row["agreed_at"]) if row["agreed_at"] else None,
        items=tuple(items),
    )


def drafted(
    store: Store, model: FocusModel, day: int, *, area: str | None = None, ward_code: str | None = None
) -> Draft:
    """What :func:`propose` would store for the week of a day. Stores nothing; raises Problem as it does."""
    if reason := unfit(store, model):
        raise Problem(reason, "No focus week")
    monday = monday_of(day)
    query = "SELECT monday, area, ward_code FROM focus_week WHERE monday < :monday"
    past = [from_row(GivenWeek, row) for row in store.read.rows(query, monday=monday)]
    return draft(model, monday, past, needs(store), area=area, ward_code=ward_code, known=ward_map(store))


def propose(
    store: Store,
    model: FocusModel,
    day: int,
    *,
    area: str | None = None,
    ward_code: str | None = None,
    meeting_id: int | None = None,
) -> int:
    """Give the week of a day to the ward that the rota or the caller names, every option offered; gives its number.

    Raises Conflict where the week has a focus ward or the meeting is sealed, Problem for an area or a ward that the
    model does not have.
    """
    with store.change("Propose a focus ward", meeting=meeting_id) as writing:
        if (taken := week_of(store, day)) is not None:
            raise Conflict(
                f"The week of {uk(taken.monday)} has a focus ward, {taken.ward}. Undo it or take another week."
            )
        new = drafted(store, model, day, area=area, ward_code=ward_code)
        writing.says(f"{new.ward} proposed as the focus ward of the week of {uk(new.monday)}")
        number = writing.insert(
            "focus_week",
            meeting_id=meeting_id,
            monday=new.monday,
            area=new.area,
            ward_code=new.ward_code,
            hours=new.hours,
            chosen_because=new.because,
            agreed_by="",
            agreed_at=None,
            summary="",
        )
        for line in new.lines:
            writing.insert("focus_item", week_id=number, **vars(line), state=OFFERED, done=None, result="")
        return number


def change_item(store: Store, item_id: int, planned: int, words: str, *, meeting_id: int | None = None) -> None:
    """Change how many are planned and what the item says; it is offered then, so one that was agreed is agreed anew.

    Raises Problem for a number below 0 or no words, Conflict where its outcome is recorded or the meeting is sealed.
    """
    _whole(planned, "planned")
    if not words.strip():
        raise Problem("An item of the menu needs words. Write what is to be done.")
    with store.change("Change an item", meeting=meeting_id) as writing:
        [item] = _items_not_done(writing, [item_id])
        new = writing.typed("focus_item", item_id, planned=planned, words=words.strip())
        kept = {**item, **new}
        planned, words = kept["planned"], kept["words"]
        if (item["planned"], item["words"]) == (planned, words):
            all_or_none([Unfit(str(item_id), item["words"], f"is {planned:,} planned already")])
        anew = "; to be agreed anew" if item["state"] == AGREED else ""
        writing.says(f"{words}, {_where(store, writing, [item])}: {planned:,} planned{anew}")
        writing.update("focus_item", item_id, **new, state=OFFERED, meeting_id=meeting_id)


def agree(store: Store, item_ids: Sequence[int], *, by: str, meeting_id: int | None = None) -> None:
    """Agree items: officers work them in their week. The week is agreed with its first item, by the person named.

    Raises Problem without a person, Conflict where an item is agreed already, has nothing planned or its outcome is
    recorded, or where the meeting is sealed or is not weekly tasking.
    """
    if not by.strip():
        raise Problem("A person agrees the items of the focus ward. Give the name.")
    with store.change("Agree items", meeting=meeting_id) as writing:
        _weekly(store, meeting_id)
        items = _items_not_done(writing, item_ids)
        all_or_none([_not_to_agree(item) for item in items])
        writing.says(f"{_called(items)} agreed for {_where(store, writing, items)}")
        for number, item in zip(item_ids, items, strict=True):
            writing.update("focus_item", number, state=AGREED, meeting_id=meeting_id)
            row = writing.row("focus_week", item["week_id"])
            if row is not None and row["agreed_at"] is None:
                meeting = row["meeting_id"] if meeting_id is None else meeting_id
                writing.update("focus_week", row["id"], agreed_by=by.strip(), agreed_at=writing.now, meeting_id=meeting)


def leave_out(store: Store, item_ids: Sequence[int], why: str, *, meeting_id: int | None = None) -> None:
    """Take items off the menu, with the reason, which the journal keeps; they stay in the week as left out.

    Raises Problem without a reason, Conflict where one is left out already or its outcome is recorded.
    """
    reason = reason_given(why)
    with store.change("Leave out items", meeting=meeting_id) as writing:
        items = _items_not_done(writing, item_ids)
        all_or_none([_out_already(item) for item in items])
        writing.says(f"{_called(items)} left out of the menu of {_where(store, writing, items)}: {reason}")
        for number in item_ids:
            writing.update("focus_item", number, state=LEFT_OUT, meeting_id=meeting_id)


def record(store: Store, item_id: int, done: int, result: str, *, meeting_id: int | None = None) -> None:
    """Record how many of an item were done, in its unit, and what came of it; again to put it right.

    Raises Conflict where the item is not agreed, Problem for a number below 0.
    """
    _whole(done, "done")
    with store.change("Record an outcome", meeting=meeting_id) as writing:
        item = _item(writing, item_id)
        all_or_none([_not_agreed(item)])
        new = writing.typed("focus_item", item_id, done=done, result=result.strip())
        kept = {**item, **new}
        done, result = kept["done"], kept["result"]
        if (item["done"], item["result"]) == (done, result):
            all_or_none([Unfit(str(item_id), item["words"], "has this outcome already")])
        came = f", {result}" if result else ""
        writing.says(f"{item['words']}, {_where(store, writing, [item])}: {done:,} done{came}")
        writing.update("focus_item", item_id, **new)


def summarise(store: Store, week_id: int, text: str, *, meeting_id: int | None = None) -> None:
    """Write the summary of a week for its ward's councillors.

    Raises Problem without words, Conflict where the week is gone or the meeting is sealed.
    """
    if not text.strip():
        raise Problem("The summary is empty. Write what was done in the ward.")
    with store.change("Sum up a focus week", meeting=meeting_id) as writing:
        row = writing.row("focus_week", week_id)
        if row is not None:
            writing.says(f"Summary of {_week_called(store, row)} written")
        writing.update("focus_week", week_id, summary=text.strip())


def _item(writing: Writing, number: int) -> Values:
    row = writing.row("focus_item", number)
    if row is None:
        raise Conflict("This item of the focus ward is no longer in the store. Refresh with ctrl+r.")
    return row


def _items_not_done(writing: Writing, ids: Sequence[int]) -> list[Values]:
    """Items without an outcome. Raises Conflict, which names those that have one."""
    items = [_item(writing, number) for number in ids]
    all_or_none([_done_already(item) for item in items])
    return items


def _done_already(item: Values) -> Unfit | None:
    if item["done"] is None:
        return None
    return Unfit(str(item["id"]), item["words"], f"has its outcome already, {item['done']:,} done")


def _not_to_agree(item: Values) -> Unfit | None:
    if item["state"] == AGREED:
        return Unfit(str(item["id"]), item["words"], "is agreed already")
    return (
        None if item["planned"] else Unfit(str(item["id"]), item["words"], "has nothing planned: plan a number first")
    )


def _out_already(item: Values) -> Unfit | None:
    return Unfit(str(item["id"]), item["words"], "is left out already") if item["state"] == LEFT_OUT else None


def refuse_done(items: Sequence[ItemView]) -> None:
    """Raise Conflict, which names them, where items have an outcome: before anyone is asked for what is not kept."""
    all_or_none([_done_already(vars(item)) for item in items])


def refuse_left_out(items: Sequence[ItemView]) -> None:
    """Raise Conflict, which names them, where items have an outcome or are left out already."""
    all_or_none([_done_already(vars(item)) or _out_already(vars(item)) for item in items])


def refuse_not_agreed(items: Sequence[ItemView]) -> None:
    """Raise Conflict, which names them, where items are not agreed, so that officers do not work them."""
    all_or_none([_not_agreed(vars(item)) for item in items])


def _not_agreed(item: Values) -> Unfit | None:
    if item["state"] == AGREED:
        return None
    state = f"is {item['state']}: officers work only what weekly tasking has agreed"
    return Unfit(str(item["id"]), item["words"], state)


def _called(items: Sequence[Values]) -> str:
    return named([item["words"] for item in items])


def _where(store: Store, writing: Writing, items: Sequence[Values]) -> str:
    """The focus ward and the week that items are of."""
    row = writing.row("focus_week", items[0]["week_id"])
    return _week_called(store, row) if row else "a focus week"


def _week_called(store: Store, row: Values) -> str:
    return f"{ward_name(row['ward_code'], ward_map(store))}, week of {uk(row['monday'])}"


def _whole(number: int, what: str) -> None:
    if not 0 <= number <= MOST:
        raise Problem(f"{number} {what} cannot be; write a whole number of 0 to {MOST:,}.")


def _weekly(store: Store, meeting_id: int | None) -> None:
    found = store.read.rows("SELECT kind FROM meeting WHERE id = :id", id=meeting_id) if meeting_id else []
    if found and found[0][0] != "weekly":
        raise Conflict("Only the weekly tasking meeting agrees the items of the focus ward. Raise it there.")
