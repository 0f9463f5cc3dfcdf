"""What stands at the head of a ward's page, in sentences: harm, whose priority it is, who is there, what is open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from core.actions import Rag
from core.days import clock_words, london, uk
from core.deployments import State
from core.incidents import KINDS
from core.officers import TEAM
from core.patrols import PATROL_DAYS
from core.tactics import TACTICS
from core.text import counted, figure, in_days
from core.wards import few_residents
from db.deployments import DeploymentView
from db.incidents import OUTSTANDING
from db.not_counted import in_short
from db.patrols import stand_of
from db.ward_pages import WardPage
from tui.screens.ward_facts import NIGHTS, Standing, WardFacts
from tui.views.actions import owner_on_a_wall
from tui.wall import Piece, Told, Who, Words

_PANEL = 3


def place_words(page: WardPage) -> str:
    """Which ward it is, where, and how many live there."""
    few = " (few for a rate)" if few_residents(page.population, page.rate_per_1000, len(page.counted)) else ""
    where = f"{page.borough}, BCU {page.bcu}" if page.bcu else page.borough
    residents = f"{counted(page.population, 'resident')}{few}" if page.population else "residents not known"
    return f"{page.ward}, {where}  {page.code}  {residents}"


def elsewhere_words(standing: Standing | None) -> str:
    """Under which other boroughs the ward is published; nothing where under none."""
    elsewhere = standing.entry.also_under if standing else ()
    return f"; published under {' and '.join(elsewhere)}, too" if elsewhere else ""


def harm_words(page: WardPage, standing: Standing | None) -> str:
    """The harm with its band, the rank and what the band leaves open."""
    months = counted(len(page.counted), "month")
    if standing is None:
        return f"{in_days(page.harm, ',.0f')} of harm in {months}"
    entry, ranks = standing.entry, standing.ranks
    open_ranks = "sure" if ranks.settled else f"({ranks.best} to {ranks.worst})"
    return (
        f"{in_days(page.harm, ',.0f')} of harm in {months} ({entry.harm_low:,.0f} to {entry.harm_high:,.0f}), "
        f"rank {entry.rank or '-'} "
        f"{open_ranks} of {standing.ranked}"
    )


def not_counted_words(standing: Standing | None) -> str:
    """What the numbers of the ranking leave out, of every ward; nothing where they leave out nothing."""
    missing = in_short(standing.not_counted) if standing else ""
    return f"not in these numbers: {missing.removeprefix('; ')}" if missing else ""


def caveats_words(page: WardPage) -> str:
    """What is to be known of the months that are counted; nothing where there is nothing."""
    return f"of these months: {'; '.join(page.caveats)}" if page.caveats else ""


def titles(page: WardPage) -> tuple[str, str]:
    """What stands above the categories by harm, and by count."""
    rate = "" if page.rate_per_1000 is None else f", {page.rate_per_1000:,.1f} per 1,000 residents"
    by_harm = f"by harm, {100 * page.estimated:.0f}% on estimated shares"
    rate += f", {page.antisocial:,} anti-social beside" if page.antisocial else ""
    return by_harm, f"by count, {counted(page.offences, 'offence')}{rate}"


def first_words(page: WardPage, first: int) -> tuple[str, str]:
    """The first categories by harm, and by count."""
    by_harm, by_count = titles(page)
    harm = [line for line in page.categories if line.harm][:first]
    most = sorted(page.categories, key=lambda line: (-line.count, line.category))[:first]
    return (
        f"{by_harm}: " + "; ".join(f"{in_days(line.harm, ',.0f')} {line.category.lower()}" for line in harm),
        f"{by_count}: " + "; ".join(f"{line.count:,} {line.category.lower()}" for line in most if line.count),
    )


def priority_words(known: WardFacts) -> Told:
    """Whether it is a priority ward, who said so and until when; whether it is or was the focus ward."""
    adopted = known.adopted
    focus = "" if known.focus_on is None else f"; focus ward in the week of {uk(known.focus_on)}"
    if adopted is None:
        return f"no priority ward (A in the list of wards makes it one){focus}"
    due = " DUE" if adopted.due(known.today) else ""
    reason = adopted.reason + (f"; {adopted.reviews[0].sentence}" if adopted.reviews else "")
    return f"priority ward since {uk(adopted.since)}, review {uk(adopted.review_on)}{due}: ", Words(reason), focus


def team_words(known: WardFacts) -> str:
    """The ward team, which is the Met's and so in London alone, and the extra officers placed here."""
    placement = known.placement
    post = placement.posts.get(known.code) if placement else None
    team = f"{TEAM}; " if known.in_london else ""
    if placement is None:
        return f"{team}extra officers: none placed yet"
    if post is None:
        return f"{team}extra officers: none here"
    proposed = "" if post.posts == post.proposed else f", {post.proposed} proposed"
    return f"{team}extra officers: {post.posts}{proposed} (of {sum(placement.held.values())} placed)"


def deployed_words(sent: Iterable[DeploymentView]) -> list[Piece]:
    """Of some deployments those that are on, then the planned ones."""
    every = list(sent)
    live = sorted((one for one in every if one.state.is_live), key=lambda one: one.state is State.PLANNED)
    pieces: list[Piece] = []
    for one in live:
        pieces += ["; " if pieces else "", f"{one.state.value} ", *_deployment(one)]
    return pieces


def over_words(sent: Iterable[DeploymentView]) -> str:
    """What some deployments delivered that are over; nothing where none is."""
    over = _ended(one for one in sent if not one.state.is_live)
    return f"{PATROL_DAYS} days: {over}" if over else ""


def there_words(known: WardFacts) -> Told:
    """Who is deployed here now, and who is planned from when."""
    if not known.units_known:
        return "deployed here: not known, the store holds no unit"
    on = _listed(known.units)
    planned = _listed(known.planned)
    return "here now: ", *(on or ("no unit",)), *(("; planned: ", *planned) if planned else ())


def delivered_words(known: WardFacts) -> str:
    """What was delivered here in four weeks: officer-hours of those planned by what is over, and that with patrols.

    What was delivered holds the hours of deployments, too: beside theirs it is told as the sum that it is.
    """
    patrolled = known.patrolled
    ended = _ended(known.ended)
    over = ended or ("no deployment is over" if known.units_known else "")
    patrols = f"{counted(patrolled.hours, 'officer-hour')} in {counted(patrolled.patrols, 'patrol')}"
    if not patrolled.patrols:
        patrols = "no patrol recorded"
    elif ended:
        patrols = f"with patrols {figure(patrolled.hours)} in {patrolled.patrols:,}"
    # Of which ward they are cannot always be read, so every ward says it.
    kept = f"{counted(known.patrols_kept_out, 'row')} of patrols in quarantine" if known.patrols_kept_out else ""
    return f"{PATROL_DAYS} days: {', '.join(part for part in (over, patrols, kept) if part)}"


def _listed(some: Iterable[DeploymentView]) -> tuple[Piece, ...]:
    """Deployments, with a semicolon between two."""
    return tuple(
        piece for place, one in enumerate(some) for piece in (("; ", *_deployment(one)) if place else _deployment(one))
    )


def _deployment(one: DeploymentView) -> tuple[Piece, ...]:
    """Who is there from when until when, doing what; the time of day alone where it is today."""
    since = f" {clock_words(one.starts, one.read_at)}" if one.state is State.PLANNED and one.starts else ""
    until = f" to {clock_words(one.until, one.starts if since and one.starts else one.read_at)}" if one.until else ""
    units = ", ".join(f"{sent.unit} ({sent.officers}{', asked for' if sent.waits else ''})" for sent in one.units)
    return f"{units}{since}{until}: ", one.tactic if one.tactic in TACTICS else Words(one.tactic)


def _ended(ended: Iterable[DeploymentView]) -> str:
    """The officer-hours delivered of those planned, by how many deployments that are over; nothing of none."""
    stand = stand_of(ended)
    if not stand.over:
        return ""
    many = counted(stand.over, "deployment")
    return f"{stand.delivered:,.0f} of {stand.of:,.0f} officer-hours in {many}"


def panel_words(known: WardFacts) -> Told:
    """What the ward panel asks for; nothing where the store knows of none."""
    asked = "; ".join(wish.priority for wish in known.panel[:_PANEL])
    more = f" and {len(known.panel) - _PANEL} more" if len(known.panel) > _PANEL else ""
    return ("ward panel asks: ", Words(asked), more) if known.panel else ""


def tension_words(known: WardFacts) -> Told:
    """The notes of tension that stand here; nothing where there is none."""
    pieces: list[Piece] = []
    for note in known.tension:
        pieces += [f"{'; ' if pieces else 'tension: '}{note.sort}, level {note.level}, ", Words(note.reason)]
    return tuple(pieces)


def incidents_words(known: WardFacts) -> Told:
    """What happened here in seven days, by kind; the suspects who are out, what nobody owns, and the latest."""
    happened = known.incidents
    if happened is None:
        return ""
    if not happened:
        return f"incidents in {counted(NIGHTS.days, 'day')}: none known"
    kinds = Counter(KINDS[one.kind].lower() for one in happened)
    out = sum(one.suspect == OUTSTANDING for one in happened)
    nobody = sum(not one.owner for one in happened)
    last = happened[0]
    at = uk(last.day)[:5] if last.at is None else f"{last.at:%d/%m %H:%M}"
    by_kind = ", ".join(f"{many} {kind}" for kind, many in kinds.most_common())
    return (
        f"incidents in {counted(NIGHTS.days, 'day')}: {len(happened)} ({by_kind}), {out} outstanding, "
        f"{nobody} owned by nobody; last {at} {last.ref}"
    )


def actions_words(known: WardFacts) -> Told:
    """What is open here, and what comes next."""
    if not known.waiting:
        return "open actions: none"
    late = sum(action.rag is Rag.RED for action in known.waiting)
    first = known.waiting[0]
    overdue = f" ({late} overdue)" if late else ""
    due = f"{london(first.due_at):%d/%m %H:%M}"
    owner = Who(first.owner, owner_on_a_wall(first.owner))
    return f"open actions: {len(known.waiting)}{overdue}; next {due} ", owner, ": ", Words(first.action)
