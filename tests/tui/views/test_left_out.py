"""The ranked list says what its rule costs: who is left out, what is historic, who is a child."""

from __future__ import annotations

from core.children import ACTIONS
from core.days import day_of
from db import actions, rankings
from db.left_out import left_out
from db.store import Store
from tests.tui.conftest import AS_OF
from tests.tui.keyboard import MakeApp, seated
from tests.tui.people import top

TODAY = day_of(AS_OF)


async def test_the_head_says_how_many_are_ranked_and_a_key_goes_to_whom_the_rule_leaves_out(
    make_app: MakeApp, city: Store
) -> None:
    async with seated(make_app(view="suspects"), size=(120, 40)) as chair:
        head = rankings.run(city, chair.tasking().session.run_id or 0)
        group = left_out(city, head)
        assert f"{head.ranked:,} ranked of {head.people:,}; {len(group):,} out by rule (l)" in chair.heading()
        await chair.press("list.left_out")
        here = chair.view().under_cursor()
        assert here is not None
        assert (here.subject.ref, here.facts["rank"]) == (group[0].person, "-")
        assert here.facts["would be"] == str(group[0].would_be)
        assert f"left out by the rule: {group[0].why}; would be rank {group[0].would_be}" in here.made_of
        assert f"({group[0].would_be}) rule" in " ".join((await chair.screen_text()).split())
        await chair.press("list.choose")
        assert f"LEFT OUT BY RULE, would be rank {group[0].would_be}" in await chair.screen_text()


async def test_the_group_stands_at_the_line_and_nobody_is_lost(make_app: MakeApp, city: Store) -> None:
    async with seated(make_app(view="suspects")) as chair:
        source = chair.view().source
        keys = source.order(None, False, "")
        head = rankings.run(city, chair.tasking().session.run_id or 0)
        group = [one.position for one in left_out(city, head)]
        assert sorted(keys) == list(range(1, head.people + 1))
        start = keys.index(group[0])
        assert list(keys[start : start + len(group)]) == group
        ranks = {one.position: one.rank or 0 for one in rankings.entries(city, head.id)}
        assert all(ranks[key] <= 100 for key in keys[:start])
        assert list(chair.view().first_keys(source))[: start + len(group)] == list(keys[: start + len(group)])


async def test_keys_rank_from_one_report_on_and_set_historic_reports_apart(make_app: MakeApp, city: Store) -> None:
    async with seated(make_app(view="suspects"), size=(120, 40)) as chair:
        session = chair.tasking().session
        began = session.run_id
        await chair.press("list.least")
        head = rankings.run(city, session.run_id or 0)
        assert (head.min_crimes, head.ranked) == (1, head.people)
        assert "VAWG, 1+ reports" in chair.heading()
        await chair.press("list.least")
        assert session.run_id == began
        await chair.press("list.historic")
        head = rankings.run(city, session.run_id or 0)
        assert (head.historic_as, head.min_crimes) == ("apart", 2)
        assert "historic apart" in chair.heading()
        assert "apart (H)" in chair.heading()
        await chair.press("list.historic")
        assert session.run_id == began


async def test_a_child_is_marked_and_offered_actions_of_its_own(make_app: MakeApp, city: Store) -> None:
    person = top(city, 1)[0]
    number = city.read.rows("SELECT version_id FROM person WHERE ref = :ref", ref=person.person)[0][0]
    with city.change("Import crime reports", kind="import", meeting=None) as writing:
        writing.update("person_version", number, born_on=TODAY - 17 * 365)
    async with seated(make_app(view="suspects"), size=(120, 40)) as chair:
        assert "child" in await chair.screen_text()
        here = chair.view().under_cursor()
        assert here is not None
        assert (here.subject.ref, here.facts["age"]) == (person.person, "child")
        await chair.press("act.action")
        assert "safeguarding" in await chair.screen_text()
        await chair.fill(action=ACTIONS[0], exploited="perhaps", owner="Public protection", due="+24h")
        assert "Is the child exploited? must be one of" in await chair.screen_text()
        await chair.fill(exploited="not known")
        [raised] = [
            one for one in actions.open_actions(city, chair.tasking().session.now()) if one.subject.ref == person.person
        ]
        assert raised.action == f"{ACTIONS[0]} (child; exploitation: not known)"
