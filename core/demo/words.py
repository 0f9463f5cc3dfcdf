"""What the synthetic meetings say of people: tasks with owners and what came of them, decisions, reasons.

The demo teaches by example. A result says what was done, by whom, what came of it and what is next; a reason says what
else was weighed (DOMAIN.md section 7: options, reasons, review). Each sentence names the facts it needs
(:mod:`core.demo.facts`). Owners are those of ``core.actions``.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.demo.facts import Line

UNIT, INTELLIGENCE, PROTECTION = "Predatory Offender Unit", "Intelligence", "Public protection"
COURTS, DUTY, WARD_TEAM, COMMAND = "Custody and courts", "BCU duty inspector", "Ward team", "VCTF command"


@dataclass(frozen=True)
class Task:
    """An action as it is raised, who owns it, what can come of it, why it may be carried, and what it is to bring."""

    says: Line
    owner: str
    results: tuple[Line, ...]
    delays: tuple[str, ...]
    expects: str


@dataclass(frozen=True)
class Choice:
    """A decision about someone, and why: what else was weighed, and what next."""

    says: Line
    reason: str


_ELSEWHERE = (
    Line("remand charged", "Held on remand by now, charged on {charged_of}; the unit hands over to the case team, "
         "who tell victims and families of the next hearing"),
    Line("serving convicted", "Serving by now, convicted on {convicted_of}; the unit hands over to prison liaison, "
         "who ask for the release date next"),
    Line("recalled", "Recalled to prison by now; prison liaison took it over and answers to the parole board next"),
    Line("wanted", "Not found by the unit at any address it knew; circulated as wanted since {wanted}, and ward "
         "teams have the photograph"),
)  # fmt: skip
"""What came of it where someone has come to stand elsewhere since the action was raised."""

TASKS: tuple[Task, ...] = (
    Task(
        Line("at_large adult open", "Locate and arrest; report to the next meeting"),
        UNIT,
        (
            *_ELSEWHERE,
            Line("at_large open", "Unit tried two addresses at 06:00, nobody in; the landlord gave a third, which "
                 "the unit visits tomorrow"),
            Line("at_large open", "Came in by appointment; interviewed by the unit and let go while enquiries go on; "
                 "file on {open_of} to the prosecutor next"),
            Line("at_large open", "Unit watched the work address two mornings, not there; employer gives the new "
                 "shift, arrest set for the early one"),
            Line("at_large open", "Stopped by a ward team, interviewed under caution and not held; the case officer "
                 "has two points to prove before arrest"),
        ),
        ("not at either address; neighbour says back on {day}", "team sent to a stabbing; visit set for {day}"),
        "in custody, or each address that was tried",
    ),
    Task(
        Line("at_large|bail open !killing", "See every victim with a specialist officer; record who supports a charge"),
        PROTECTION,
        (
            Line("unsupported !killing", "Specialist officer saw every victim: no support on {unsupported_of}; "
                 "safety plans renewed, asked again in a month"),
            Line("unsupported open !killing", "Seen with an adviser by public protection: no support on "
                 "{unsupported_of}; still open: {open_of}; the case officer plans without a statement next"),
            Line("open one_victim !unsupported !killing", "Victim seen at work by the specialist officer; supports, "
                 "gave two more dates; the case officer adds them to the file"),
            Line("open several_victims !killing", "All {victims} seen by specialist officers; statements on "
                 "{open_of} are with the case officer, who asks for early advice next"),
            Line("open !killing", "Specialist officer has a safety plan in place with every victim; support for a "
                 "charge is asked again once the phone report is back"),
        ),
        ("a victim asked to be seen on {day}, with an adviser", "interpreter booked for {day}"),
        "who supports a charge, report by report",
    ),
    Task(
        Line("at_large|bail|wanted adult stalking !SPO", "Apply for a stalking protection order"),
        PROTECTION,
        (
            Line("stalking !SPO", "Public protection lodged the application on {stalking}; the court lists it next "
                 "week and the victim is told by the case officer"),
            Line("stalking !SPO", "Legal services read {stalking} and ask for the phone download first; application "
                 "goes to court when it is in"),
            Line("stalking !SPO", "Stalking adviser and case officer wrote it together; superintendent signs on "
                 "{soon}, then to court"),
        ),
        ("statement still with the victim to sign", "court listing moved to {day}"),
        "the application lodged with the court",
    ),
    Task(
        Line("at_large|bail adult domestic !order", "Ask legal services for a protection order; say which and by when"),
        PROTECTION,
        (
            Line("domestic !order", "Legal services see grounds in {domestic}; public protection drafts it, to court "
                 "within the week"),
            Line("domestic !order", "Domestic violence adviser and case officer met; the victim asks for time, so "
                 "the draft waits and a visit is booked"),
        ),
        ("solicitor back on {day}", "adviser not reached yet; tried again on {day}"),
        "which order, and the day it goes to court",
    ),
    Task(
        Line("at_large|bail protected !breach", "Visit on the {order} in force; report any breach the same day"),
        DUTY,
        (
            *_ELSEWHERE[:3],
            Line("at_large|bail protected !breach", "Ward officer called twice in the evening and spoke to the "
                 "protected person; no breach, next visit in two weeks"),
            Line("at_large|bail protected !breach", "Duty team went through the terms of the {order} at the door; "
                 "understood and kept, terms are on the team's briefing next"),
        ),
        ("nobody in on the first visit; second one on {day}",), "how the order is kept, seen at the door",
    ),
    Task(
        Line("at_large|wanted adult open", "Research associates and likely addresses; give the arrest team three to "
             "try"),
        INTELLIGENCE,
        (
            *_ELSEWHERE[:3],
            Line("at_large|wanted", "Intelligence gave the arrest team three addresses and a car; first visit "
                 "tomorrow at 06:00"),
            Line("at_large|wanted", "Intelligence ruled out two addresses; a relative's flat is live and goes to the "
                 "arrest team tonight"),
            Line("at_large|wanted", "Phone last used outside London; Intelligence has asked the other force, answer "
                 "due by {soon}"),
            Line("at_large|wanted", "Housing data give one new address in {borough}; Intelligence checks who lives "
                 "there before anyone knocks"),
        ),
        ("housing data due on {day}", "analyst called to court; work half done"),
        "three addresses for the arrest team",
    ),
    Task(
        Line("wanted", "Circulate with photograph to ward teams and transport police; visit the last addresses"),
        UNIT,
        (
            Line("wanted", "Circulated by the unit; every address known was visited, none live; relatives are seen "
                 "next, the first on {soon}"),
            Line("wanted", "Seen on a platform by transport police and lost; the unit has the footage and the "
                 "ticket, next the stops on that line"),
            Line("wanted", "Ward teams briefed with a photograph of this year; two calls came in, the unit follows "
                 "the one with an address"),
        ),
        ("warrant backed for one address only; second asked for", "photograph too old, custody image ordered"),
        "every last address visited",
    ),
    Task(
        Line("wanted", "Bank and phone enquiries; tell the next meeting where the money is drawn"),
        INTELLIGENCE,
        (
            Line("wanted", "Intelligence has two cash withdrawals in {borough} this week, same machine; the unit "
                 "sits near it on {night}"),
            Line("wanted", "No card used for three weeks; Intelligence turns to who pays the phone, answer in two "
                 "days"),
        ),
        ("bank answers by {day}", "authority signed today, sent"), "where the money is drawn, and when",
    ),
    Task(
        Line("bail", "Check bail conditions twice this week; report any breach the same day"),
        DUTY,
        (
            *_ELSEWHERE[:2],
            Line("bail", "Duty team called twice, at home both times; conditions kept, next check on {night} night"),
            Line("bail", "Late at the second check; the employer confirms the shift to the duty inspector, "
                 "conditions stay and the check moves an hour"),
            Line("bail", "Checked by the ward team by night; kept. The case officer was told and passed it on"),
        ),
        ("one check made, one left", "address out of London; other force asked to check"), "two checks in the log",
    ),
    Task(
        Line("bail open", "Superintendent to decide on more time on bail before the file goes"),
        COURTS,
        (
            *_ELSEWHERE[:2],
            Line("bail open", "Superintendent gave more time: forensic work on {open_of} is outstanding; the "
                 "case officer tells victims and families, review in eight weeks"),
            Line("bail open", "Superintendent wants the phone report first; Custody and courts bring it back on "
                 "{soon}, bail runs until then"),
        ),
        ("forensic result promised for {day}", "superintendent on leave, deputy to read it"),
        "the decision, before bail ends",
    ),
    Task(
        Line("remand charged !killing", "Tell every victim of the next court date, in person"),
        PROTECTION,
        (
            Line("remand charged several_victims !killing", "All {victims} told by their officer; screens asked for, "
                 "witness care has it; told again when the list is out"),
            Line("remand charged several_victims !killing", "Public protection told the victims of {charged_of}; one "
                 "moves house, "
                 "new address to the court under cover"),
            Line("remand charged !killing", "Told with an adviser present; questions on giving evidence go to "
                 "witness care, pre-trial visit next"),
        ),
        ("hearing date changed; told once it is fixed", "one victim abroad until {day}"),
        "every victim told, and by whom",
    ),
    Task(
        Line("remand charged killing", "Family liaison: tell the family of the next court date, in person"),
        PROTECTION,
        (
            Line("remand charged killing", "Family liaison officer told the family at home; places at court are "
                 "kept, statement of the family next"),
        ),
        ("family asked for {day}",), "the family told, and by whom",
    ),
    Task(
        Line("remand charged", "Write the objection to bail and keep it ready for the next hearing"),
        COURTS,
        (
            Line("remand charged", "Custody and courts wrote it: charged on {charged_of}, {victims}; with the "
                 "prosecutor, who takes it to the hearing"),
            Line("remand charged", "Objection is on the file with the view of the case officer; Custody and "
                 "courts watch the list each Friday"),
        ),
        ("case officer adds the last statement",), "the objection in the file",
    ),
    Task(
        Line("remand|serving|recalled", "Ask the prison whether contact with any victim or witness is tried"),
        COURTS,
        (
            Line("remand|serving|recalled", "Prison liaison found none; two numbers stay blocked, asked again in a "
                 "fortnight"),
            Line("remand|serving|recalled", "Prison security checked calls for a month and found none to a victim; "
                 "letters next"),
            Line("remand|serving|recalled", "One call to a relative of a victim, stopped by the prison; the case "
                 "officer speaks to the relative next"),
        ),
        ("prison has not answered; asked again", "moved to another prison yesterday"),
        "the prison's answer in writing",
    ),
    Task(
        Line("serving", "Prison liaison: confirm the release date and licence conditions"),
        COURTS,
        (
            Line("serving", "Prison gave the date to Custody and courts; no contact and an exclusion zone asked for, "
                 "answer due next month"),
            Line("serving", "Date not before spring, says the prison; Custody and courts set a reminder 28 days "
                 "before"),
        ),
        ("sentence still being worked out by the prison",), "the release date and the conditions",
    ),
    Task(
        Line("recalled", "Recall: write the police view for the parole board"),
        COURTS,
        (
            Line("recalled", "Custody and courts wrote it on {n_reports} in the year; sent to probation, which "
                 "speaks to the board"),
            Line("recalled !killing", "Police view sent; probation asks for the victims' wishes, public protection "
                 "sees them "
                 "next"),
        ),
        ("probation officer named only today",), "the view sent to the parole board",
    ),
    Task(
        Line("at_large|bail child", "Child: strategy meeting with the youth offending team before any "
             "arrest; exploitation checked"),
        PROTECTION,
        (
            Line("at_large|bail child", "Meeting held by public protection with the school and youth team; signs "
                 "of exploitation, referral "
                 "made, worker sees the family on {soon}"),
            Line("at_large|bail child", "Meeting held; youth offending team has a worker with the family and "
                 "leads, police come second, "
                 "next meeting in two weeks"),
        ),
        ("youth worker on leave; meeting set for {day}",), "the day of the strategy meeting",
    ),
    Task(
        Line("child !abroad", "Child: children's services to say who works with the family, and what the child "
             "may not be "
             "told"),
        PROTECTION,
        (
            Line("child !abroad", "Children's services named a worker to public protection; nothing is said to "
                 "the family "
                 "before they have met, on {soon}"),
            Line("child !abroad", "No worker until now; children's services open an assessment after our "
                 "referral, result in "
                 "ten days"),
        ),
        ("duty desk answers on {day}",), "the name of the social worker",
    ),
    Task(
        Line("abroad", "Ask the liaison officer abroad for an address; put a stop at the ports"),
        INTELLIGENCE,
        (
            Line("abroad", "Ports have the stop; liaison officer asks the local police, answer in a week or two"),
            Line("abroad", "Address abroad confirmed to Intelligence; the prosecutor says next whether to ask for a "
                 "warrant that holds there"),
        ),
        ("liaison desk closed for a holiday there",), "the liaison officer's answer",
    ),
)  # fmt: skip
"""Tasks about people."""

CHOICES: tuple[Choice, ...] = (
    Choice(Line("at_large adult open", "Arrest first, this week"),
           "Weighed: another visit to victims and witnesses, or arrest now. Open: {open_of}. A visit would give "
           "warning; "
           "arrest team briefed today, told here tomorrow."),
    Choice(Line("at_large adult open", "Build the case before arrest; owner named, seven days"),
           "Weighed: arrest today. A phone download and one more statement would hold a charge on {open_of}; looked "
           "at again in a week."),
    Choice(Line("at_large adult", "Ask the covert unit for its view, not for surveillance yet"),
           "Weighed: surveillance. Addresses are known, so a visit is less intrusive and may be enough; view by "
           "{soon}."),
    Choice(Line("at_large adult several_boroughs", "One case officer for all boroughs"),
           "Weighed: leave each report where it is. {n_reports} lie in {boroughs} boroughs; one officer sees the "
           "pattern, named by tomorrow."),
    Choice(Line("at_large adult one_borough", "Keep with the local team; no central unit"),
           "Weighed: Predatory Offender Unit. {n_reports}, nowhere but in {borough}; the local officer has a date "
           "for interview, result here."),
    Choice(Line("at_large|bail unsupported !killing", "Go on without a victim's statement where it can be done"),
           "Weighed: close {unsupported_of} for want of support. Calls and camera footage may carry a charge alone; "
           "prosecutor asked."),
    Choice(Line("at_large|bail adult stalking", "Stalking clinic to read the whole course of conduct"),
           "Weighed: take each report by itself. Stalking, {stalking_of}: little by weight, grave by course; the "
           "clinic reads it on {later}."),
    Choice(Line("wanted", "To the arrest team tonight"),
           "Weighed: wait for phone data. Wanted since {wanted}; each day is a risk to those who named them; they are "
           "told today."),
    Choice(Line("wanted", "Appeal in the press held back for a week"),
           "Weighed: publish now. Two addresses are left to try, and a witness asked not to be in the papers; "
           "reviewed next week."),
    Choice(Line("bail !breach", "Keep on bail with checks; no arrest sought"),
           "Weighed: arrest and ask for remand. Conditions are kept so far; a breach brings it back the same day."),
    Choice(Line("bail open", "File to the prosecutor before bail ends, not after"),
           "Weighed: ask for more time. Open: {open_of}; what is in hand goes now, the rest follows. Date told here in "
           "a week."),
    Choice(Line("bail several_victims !killing", "One officer speaks to every victim about the conditions"),
           "Weighed: leave it to each case officer. {victims}, who hear different things today; one voice, named by "
           "tomorrow."),
    Choice(Line("bail", "Ask for a tighter curfew"),
           "Weighed: leave as it is. The case officer fears late evenings most; Custody and courts ask this week."),
    Choice(Line("remand charged !adopted", "Not taken into the V100 while held; looked at again if bail is given"),
           "Weighed: a place now. Charged on {charged_of}; the case team owns it, and should bail be given, a plan is "
           "needed the same day."),
    Choice(Line("remand open", "Work on what is not charged while held"),
           "Weighed: leave it until the trial. Under investigation: {open_of}; victims and witnesses can be seen "
           "without "
           "fear now, case officer reports in two weeks."),
    Choice(Line("serving", "Plan for release now, not in the last week"),
           "Weighed: wait for the date. Licence conditions must be asked for 28 days before; Custody and courts "
           "start today."),
    Choice(Line("recalled", "Give the parole board our view in writing"),
           "Weighed: answer only if asked. The board sees the recall alone unless we send the {n_reports}; probation "
           "has it by {soon}."),
    Choice(Line("child at_large|bail", "Safeguarding leads, police second"),
           "Weighed: arrest. A child, who may be exploited; the youth team meets the family first and tells us what "
           "it finds."),
    Choice(Line("abroad", "Stop at the ports; no other work until back"),
           "Weighed: close the case. {open_reports} wait; the stop costs nothing and tells us the day."),
)  # fmt: skip
"""Decisions about people, with the options weighed and what next."""

ADOPTED = (
    Line("", "{n_reports} with {victims}, the gravest {offence}; {borough} names a lead officer today"),
    Line("open", "{borough}: {open_of} under investigation, no lead until now; first plan at the next meeting"),
    Line("several_boroughs", "{n_reports} in {boroughs} boroughs, each with its own officer; one lead sees the "
         "pattern"),
    Line("", "Gravest report is {offence}; checked against the records by Intelligence, who found no other lead"),
    Line("several_victims", "{n_reports} across {victims}; public protection asks for one lead for all of it"),
    Line("one_victim at_large|bail|wanted !killing", "{n_reports} by one victim, who is at risk of more; public "
         "protection leads and sees "
         "the victim this week"),
    Line("domestic", "Domestic: {domestic_of}; the case conference asked for a lead, {borough} gives one"),
    Line("stalking", "Stalking in {stalking_of}: light by weight, grave by course; lead asked to see it as one"),
    Line("wanted", "Wanted since {wanted}, {n_reports}; the arrest team wants one owner for the search"),
    Line("bail", "On bail, {n_reports}; conditions need someone who checks them, {borough} does"),
    Line("child", "A child with {n_reports}; taken in so that safeguarding leads, reviewed with the youth team"),
    Line("recent at_large|bail", "Reported again on {latest}; {n_reports} in the year, plan for arrest or support "
         "within a week"),
)  # fmt: skip
"""Why someone who is not held is adopted into the V100; a rank alone is no reason."""

LEFT = (
    Line("remand all_charged", "Charged on {charged_of} and on remand; the case team owns it, back on the list if "
         "bail is given"),
    Line("remand charged !all_charged", "On remand, charged on {charged_of}; the rest stays with the case team, "
         "place given to the next"),
    Line("serving convicted", "Serving, convicted on {convicted_of}; prison team plans the release, place given to "
         "the next"),
    Line("serving", "Serving; prison team plans the release and tells us 28 days before, place given to the next"),
    Line("recalled", "Recalled to prison; parole board has our view, place given to the next"),
)  # fmt: skip
"""Why someone leaves it: they came in while free, and are held by now."""
