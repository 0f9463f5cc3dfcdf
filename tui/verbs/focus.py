"""Verbs on the focus ward: propose a week, agree and record its items, comments, readings, the letter."""

from __future__ import annotations

from pathlib import Path

from core.days import day_of, iso, monday_of, uk
from core.errors import Problem
from core.focus_letter import markdown, title
from core.text import counted
from db import focus, focus_comments, focus_letter, focus_measures
from db.store.viewings import export
from tui.dialogs.form import Field, Values, why_field
from tui.documents import write_documents
from tui.verbs.choosing import names_of, the_one
from tui.verbs.context import (
    PLAIN,
    RECIPIENT,
    VerbContext,
    day_hint,
    recipient_fields,
    typed_day,
    typed_number,
)
from tui.views.focus import ITEM, FocusRow
from tui.views.source import details

_NAMED = "empty: whose turn it is"


def propose(context: VerbContext) -> None:
    """Ask for the week; the ward is the one whose turn it is unless another is named."""
    session = context.session
    model = focus.model_of(session.store)
    wards = names_of(session.store, [code for codes in model.areas.values() for code in codes])
    day = _first_free(context)
    draft = focus.drafted(session.store, model, day)
    in_turn = f"{draft.ward} ({draft.area})"

    def save(values: Values) -> str:
        named = the_one(values["ward"], wards) if values["ward"] else ""
        monday = monday_of(typed_day(values["day"], session))
        focus.propose(
            session.store, model, monday, ward_code=wards[named] if named else None, meeting_id=session.meeting_id
        )
        proposed = focus.week_of(session.store, monday)
        ward = proposed.ward if proposed else "A ward"
        return f"{ward} proposed as the focus ward of the week of {uk(monday)}"

    fields = [
        Field("day", "A day of the week", uk(day), hint=day_hint(session)),
        Field("ward", f"Ward, if not {in_turn}", choices=list(wards), needed=False, hint=_NAMED),
    ]
    context.ask("Propose the focus ward", fields, save)


def _first_free(context: VerbContext) -> int:
    """The Monday of the first week without a focus ward, from the one that is shown on."""
    taken = {week.monday for week in focus.weeks(context.session.store)}
    shown = _shown_monday(context)
    monday = monday_of(day_of(context.session.as_of)) if shown is None else shown
    while monday in taken:
        monday += 7
    return monday


def agree(context: VerbContext) -> None:
    """Agree the marked items in the name of the chair; undo takes it back, so nothing is asked."""
    session, ids = context.session, _items(context)

    def change() -> str:
        focus.agree(session.store, ids, by=session.chair, meeting_id=session.meeting_id)
        return f"{context.about} agreed"

    context.make(change)


def leave_out(context: VerbContext) -> None:
    """Ask for the reason, then take the marked items off the menu."""
    session, ids = context.session, _items(context)
    focus.refuse_left_out([item for item in _week(context).items if item.id in ids])

    def save(values: Values) -> str:
        focus.leave_out(session.store, ids, values["reason"], meeting_id=session.meeting_id)
        return f"{context.about} left out: {values['reason']}"

    context.ask(f"Leave out: {context.about}", [why_field()], save)


def edit(context: VerbContext) -> None:
    """Change an item's words and how many are planned."""
    session, item = context.session, _item(context)
    focus.refuse_done([item])

    def save(values: Values) -> str:
        planned = typed_number(values["planned"], "Planned")
        focus.change_item(session.store, item.id, planned, values["words"], meeting_id=session.meeting_id)
        return f"{values['words']}: {planned:,} planned"

    fields = [
        Field("planned", "How many", str(item.planned), hint=f"{item.hours_each:g} officer-hours each"),
        Field("words", "What is to be done", item.words),
    ]
    context.ask(f"Menu: {item.words}", fields, save)


def done(context: VerbContext) -> None:
    """Record how many of an agreed item were done."""
    session, item = context.session, _item(context)
    focus.refuse_not_agreed([item])

    def save(values: Values) -> str:
        number = typed_number(values["done"], "Done")
        focus.record(session.store, item.id, number, values["result"], meeting_id=session.meeting_id)
        return f"{item.words}: {number:,} done"

    fields = [
        Field(
            "done", "How many were done", "" if item.done is None else str(item.done), hint=f"{item.planned} planned"
        ),
        Field("result", "What came of it", item.result, needed=False),
    ]
    context.ask(f"Done: {item.words}", fields, save)


def comment(context: VerbContext) -> None:
    """Write down what a councillor says of the ward that is shown, and the place they nominate."""
    session = context.session
    week = _week(context)

    def save(values: Values) -> str:
        focus_comments.comment(
            session.store,
            ward_code=week.ward_code,
            week_id=week.id,
            councillor=values["councillor"],
            words=values["words"],
            nominates=values["nominates"],
            meeting_id=session.meeting_id,
        )
        return f"Comment of {values['councillor']} on {week.ward} kept"

    fields = [
        Field("councillor", "Councillor"),
        Field("words", "What they say"),
        Field("nominates", "Place they nominate for enforcement", needed=False, hint="empty: none"),
    ]
    context.ask(f"Councillor's comment: {week.ward}", fields, save)


def reading(context: VerbContext) -> None:
    """Write down a measure as it was read on a day."""
    session = context.session
    model = focus.model_of(session.store)
    read = {measure.title: measure for measure in model.measures if not measure.option}
    if not read:
        raise Problem("Every measure of this model is added up from what is done. There is none to read.")

    def save(values: Values) -> str:
        measure = next(known for title, known in read.items() if title.casefold() == values["measure"].casefold())
        day, value = typed_day(values["day"], session), float(typed_number(values["value"], "Value"))
        focus_measures.read_measure(session.store, measure, day, value, values["by"], meeting_id=session.meeting_id)
        return f"{measure.title}: {value:g} on {uk(day)}"

    fields = [
        Field("measure", "Measure", next(iter(read)), choices=list(read), only=True),
        Field("value", "Value"),
        Field("day", "Read on", uk(day_of(session.as_of)), hint=day_hint(session)),
        Field("by", "Read by", session.chair, holds=PLAIN),
    ]
    context.ask("Reading of a measure", fields, save)


def letter(context: VerbContext) -> None:
    """Ask for the summary of the week, then write the letter to councillors as Markdown and HTML."""
    session, week = context.session, _week(context)

    def save(values: Values) -> str:
        if values["summary"] != week.summary:
            focus.summarise(session.store, week.id, values["summary"], meeting_id=session.meeting_id)
        model = focus.model_of(session.store)
        to_councillors = focus_letter.letter(session.store, model, week.monday)
        folder = Path(values["folder"]).expanduser()
        what = f"the letter of {iso(week.monday)}"
        allowed = export(session.store, what, "", folder, values.get(RECIPIENT, ""))
        papers = {f"{iso(week.monday)}-focus-ward-letter": (title(to_councillors), markdown(to_councillors))}
        written = write_documents(folder, papers, allowed)
        return f"Letter on {week.ward}: {counted(len(written), 'file')} written to {folder}"

    fields = [
        Field("summary", f"Summary of the week in {week.ward}", week.summary),
        Field("folder", "Folder", str(session.folder), holds=PLAIN),
        *recipient_fields(session.store),
    ]
    context.ask("Letter to councillors", fields, save, final=True)


def _week(context: VerbContext) -> focus.WeekView:
    """The week that the list shows: its rows say which. Raises Problem where there is none."""
    monday = _shown_monday(context)
    shown = None if monday is None else focus.week_of(context.session.store, monday)
    if shown is None:
        raise Problem("This week has no focus ward yet. n proposes one.")
    return shown


def _shown_monday(context: VerbContext) -> int | None:
    """The Monday of the week that the list shows, as a day number; None where it has no row."""
    return next((row.monday for row in details(context.records[:1], FocusRow)), None)


def _items(context: VerbContext) -> list[int]:
    return context.numbers(ITEM)


def _item(context: VerbContext) -> focus.ItemView:
    ref = context.record.subject.ref
    _items(context)
    return next(item for item in _week(context).items if str(item.id) == ref)
