"""The worst fly-tip sites: which they are, the issues of a site's plan and the action against each, checks a week.

Source: DOMAIN.md section 5, S3: the twenty worst sites of a borough, each with an issue-action plan, each checked three
times a week. The source has no rule for when in a week a check is late; the one here is the project's own.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol, TypeVar

from core import extract
from core.days import monday_of
from core.extract import BadValue, known_ward
from core.totals import refuse_total

TARGET_SITES = 20
CHECKS_A_WEEK = 3
COLUMNS = ("place", "ward_code", "reports")
OPTIONAL = ("since",)
FINDINGS = ("clear", "fly-tip", "evidence")
"""What a check can find: nothing, waste, or waste with evidence that enforcement can use."""
OWNERS = (
    "Enforcement team",
    "Licensing",
    "Private sector housing",
    "Waste collection",
    "Communications",
    "Ward team",
)
"""Who can be given a step of a plan; another may be typed."""


@dataclass(frozen=True)
class Issue:
    """What feeds a site, and the standard action against it."""

    title: str
    action: str


ISSUES = (
    Issue("street trading", "Visit the shops and stalls nearby; check street trading licences and their conditions"),
    Issue("suspected HMO", "Check the homes nearby for houses in multiple occupation that have no licence"),
    Issue(
        "commercial waste", "Duty-of-care visits: ask each business for its waste contract, advise on rear deliveries"
    ),
    Issue("fly-tip enforcement", "Check the site three times a week and search what is tipped for evidence"),
    Issue(
        "fly-tip awareness, stage 1", "Tape and sticker the next tip, safe and out of the way; leave it, photograph it"
    ),
    Issue("fly-tip awareness, stage 2", "Send a warning letter about the tipping to the homes nearby"),
    Issue("littering", "Put littering patrols on the street and serve fixed penalties"),
    Issue("domestic bin storage", "Call at every home: are there enough bins, and are they kept where they belong"),
)


class Tip(Protocol):
    """What places one site before another. Days are day numbers; ``closed_on`` is None while it is open."""

    @property
    def place(self) -> str:
        """Where."""

    @property
    def ward_code(self) -> str:
        """In which ward."""

    @property
    def reports(self) -> int:
        """How often it was reported."""

    @property
    def since(self) -> int:
        """Open since this day."""

    @property
    def closed_on(self) -> int | None:
        """Closed on this day."""


T = TypeVar("T", bound=Tip)


class SiteRow(NamedTuple):
    """One row of a file of sites, checked. ``since`` is a day number, None where the file does not say."""

    place: str
    ward_code: str
    reports: int
    since: int | None

    @property
    def key(self) -> tuple[str, str]:
        """What makes two rows the same place."""
        return same_place(self.place, self.ward_code)


def same_place(place: str, ward_code: str) -> tuple[str, str]:
    """What two spellings of a place in a ward have in common: capitals and spaces do not count."""
    return " ".join(place.split()).casefold(), ward_code


def checked(fields: Sequence[str], wards: Container[str], today: int) -> SiteRow:
    """Check one row: its values in the order of :data:`READ`; today: the latest day it may say. Raises BadValue."""
    words, ward_code, reports, since = (field.strip() for field in fields)
    place = " ".join(words.split())
    if not place:
        raise BadValue("place", words, "the place is missing")
    refuse_total("place", place, "place")
    ward = known_ward(ward_code, wards)
    number = extract.count("reports", reports)
    return SiteRow(place, ward, number, extract.optional_day("since", since, today))


def worst(sites: Iterable[T], first: int = TARGET_SITES) -> list[T]:
    """The *first* open sites: most reports, then open the longest, then by place and ward."""
    still = [site for site in sites if site.closed_on is None]
    still.sort(key=lambda site: (-site.reports, site.since, *same_place(site.place, site.ward_code)))
    return still[:first]


def week_of(day: int) -> tuple[int, int]:
    """Monday and Sunday of the week of a day, all as day numbers."""
    monday = monday_of(day)
    return monday, monday + 6


def checks_due(checks_this_week: int, day: int) -> int:
    """How many checks of a week are behind at the end of a day of it (a day number).

    The rule: the first check by Wednesday evening, the second by Friday, the third by Sunday; more than three are
    welcome and put nothing off.
    """
    wanted = (day - week_of(day)[0]) // 2
    return max(0, wanted - checks_this_week)


def checks_words(checks_this_week: int, day: int) -> str:
    """The checks of a week for a list: ``2/3``, and ``0/3 1 due`` where they are behind."""
    behind = checks_due(checks_this_week, day)
    return f"{checks_this_week}/{CHECKS_A_WEEK}" + (f" {behind} due" if behind else "")
