"""The page of a ward: its harm and what it is made of, who was reported there, what is done there, its 24 months."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import ContentSwitcher

from core.text import counted
from db.ward_pages import CategoryLine
from db.ward_pages import WardPage as ReleasePage
from db.ward_people import WardPerson
from tui.commands import command
from tui.safe import plain_lines, safe
from tui.screens import ward_words as words
from tui.screens.base import RoomScreen
from tui.screens.borough import priorities_of
from tui.screens.page import SubjectPage
from tui.screens.ward_facts import WardFacts, ward_facts
from tui.session import Session, named
from tui.views.base import View
from tui.views.source import Record
from tui.views.ward import WardHistoryView, WardPeopleView
from tui.wall import Piece, Told, Who
from tui.widgets.fact_lines import FactLines
from tui.widgets.months import Months, months_of
from tui.widgets.shares import Bar, Bars, Shares
from tui.widgets.static import Static

_FIRST = 3
"""How many categories and how many people are named in a line."""
_BARS = 5
_MONTHS = 24


class WardPage(SubjectPage[WardFacts]):
    """One ward, with two lists: what was done about it, and the named suspects reported in it."""

    DEFAULT_CSS = """
    WardPage .facts { max-height: 12; text-wrap: nowrap; text-overflow: ellipsis; }
    WardPage .first { height: auto; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; display: none; }
    WardPage.narrow .first, WardPage.low .first { display: block; }
    WardPage.-lowest .first { display: none; }
    WardPage.narrow Shares, WardPage.low Shares { display: none; }
    WardPage Shares { margin: 1 0; }
    WardPage.low Months { height: 2; }
    WardPage.low .made-of { height: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        command("tab", "other_list", "people/done", "The named suspects of this ward, or what was done", "ward.list"),
    ]
    where = "Ward"

    def __init__(self, session: Session, record: Record, item: str = "") -> None:
        super().__init__(session, record, item)
        self._drawn: ReleasePage | None = None
        self._people: tuple[WardPerson, ...] | None = None

    def read(self) -> WardFacts:
        """The ward, in the release or out of it."""
        return ward_facts(self.session, self.record.subject)

    # What stands at the head

    def sentences(self, known: WardFacts) -> Sequence[Told]:
        """Where; the harm; whose priority; who; what is done there now."""
        head: tuple[Told, ...] = (known.missing,)
        if page := known.page:
            where = words.place_words(page) + words.elsewhere_words(known.standing)
            missing = words.not_counted_words(known.standing)
            head = (where, words.harm_words(page, known.standing), words.caveats_words(page), missing)
        return (
            *head,
            words.priority_words(known),
            self._people_line(),
            words.there_words(known),
            words.delivered_words(known),
            words.incidents_words(known),
            words.tension_words(known) or "",
            words.actions_words(known),
            words.panel_words(known),
            priorities_of(known.borough) if known.in_london else "",
            words.team_words(known),
        )

    def _people_line(self) -> Told:
        people = self._people
        if people is None:
            return "named suspects reported here: not known" if self.session.run_id is None else "reading who…"
        if not people:
            return "named suspects reported here: none of this ranking"
        pieces: list[Piece] = []
        for one in people[:_FIRST]:
            rank = "unranked" if one.entry.rank is None else f"#{one.entry.rank}"
            pieces += [
                f"{'; ' if pieces else ''}{rank} ",
                Who(named(one.entry.name, one.entry.person), one.entry.person),
            ]
        lead, more = f"{counted(len(people), 'named suspect')} reported here (tab): ", "; …" if people[_FIRST:] else ""
        return lead, *pieces, more

    # The pictures and the lists

    def body(self) -> Iterable[Widget]:
        """The facts and the two lists; the pictures come between them when they are known."""
        yield self.facts()
        with ContentSwitcher(initial="done", id="views"):
            yield self.history()
            yield WardPeopleView(self.session, self.record.subject, self.item, id="people")

    def fill(self, known: WardFacts) -> None:
        """What the harm is made of, and the months; of a ward that the release does not hold there is neither."""
        if known.page == self._drawn:
            return
        self._drawn = known.page
        self.query(".first, Shares, .caption, Months").remove()
        if known.page is not None:
            first = FactLines(plain_lines(words.first_words(known.page, _FIRST)), classes="first")
            self.mount(first, Shares(*_made_of(known.page)), *_months(known.page), after=".facts")

    def history(self) -> View:
        """What was done about the ward."""
        return WardHistoryView(self.session, self.record, self.item, id="done")

    def view(self) -> View:
        """The list that is shown."""
        return self.query_one(f"#{self.query_one('#views', ContentSwitcher).current}", View)

    @on(WardPeopleView.PeopleRead)
    def _know_the_people(self, message: WardPeopleView.PeopleRead) -> None:
        message.stop()
        self._people = message.people
        self.rewrite()

    def open_record(self, record: Record) -> None:
        """The page of a named suspect; on what was done, why the ward is here."""
        if record.subject.kind == "person":
            RoomScreen.open_record(self, record)
        else:
            super().open_record(record)

    def action_other_list(self) -> None:
        """Show the other list."""
        switcher = self.query_one("#views", ContentSwitcher)
        switcher.current = "people" if switcher.current == "done" else "done"
        self.view().focus_list()


def _made_of(page: ReleasePage) -> tuple[Bars, Bars]:
    """The first categories by harm and by count, each with its share."""
    by_count = sorted(page.categories, key=lambda line: (-line.count, line.category))
    by_harm_title, by_count_title = words.titles(page)

    def bar(line: CategoryLine, size: float, whole: float, unit: str) -> Bar:
        share = 100 * size / whole if whole else 0.0
        return Bar(line.category.lower(), size, f"{size:,.0f}{unit} {share:>3.0f}%")

    return (
        Bars(by_harm_title, [bar(line, line.harm, page.harm, " days") for line in page.categories[:_BARS]]),
        Bars(by_count_title, [bar(line, line.count, page.offences, "") for line in by_count[:_BARS]]),
    )


def _months(page: ReleasePage) -> Iterable[Widget]:
    """The last two years, month by month, under a line that says what is seen."""
    head = page.release
    every = months_of(head.months, page.monthly, head.unknown, {flag.month for flag in head.flags})[-_MONTHS:]
    held = [month.count for month in every if month.count is not None]
    caption = f"offences by month, release {head.name}: lowest {min(held):,}, highest {max(held):,}"
    if any(month.fragment for month in every):
        caption += "; ░ a fragment, in no comparison"
    if any(month.count is None for month in every):
        caption += "; ? not held, so unknown"
    yield Static(safe(caption), classes="caption")
    yield Months(every)
