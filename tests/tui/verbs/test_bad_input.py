"""What a form of actions and decisions refuses: a sentence, the cursor in the field it is about, nothing typed lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from textual.widgets import Input

from core.applying import WHY_NEEDED
from db.store import Store
from tests.tui.conftest import AS_OF
from tests.tui.keyboard import MakeApp, entries, seated

_ACTION = {"action": "Locate and arrest", "owner": "Intelligence", "due": "tomorrow 10:00"}
_DECISION = {"decision": "Wait for the warrant", "reason": "no unit tonight"}
_RISK = {"risk": "no cover at night", "risk_by": "Supt Vale", "risk_until": "+7d"}
_EXPECTED = {"expected": "two arrests", "expected_on": "friday"}
BAD = {
    "due before it is raised": ("act.action", _ACTION, {"due": "20/11/2026 09:00"}, "has passed"),
    "due at no time": ("act.action", _ACTION, {"due": "whenever"}, "'whenever' is no time"),
    "owner in no role": ("act.action", _ACTION, {"owner": "Nobody"}, "'Nobody' is in no role"),
    "no owner": ("act.action", _ACTION, {"owner": ""}, "An owner is needed"),
    "no reason": ("act.decision", _DECISION, {"reason": ""}, WHY_NEEDED),
    "no reason in full": ("act.rationale", _DECISION, {"reason": ""}, WHY_NEEDED),
    "risk without an end": ("act.rationale", _DECISION | _RISK, {"risk_until": ""}, "until a day: write until when"),
    "risk until no date": ("act.rationale", _DECISION | _RISK, {"risk_until": "soon"}, "'soon' is no date"),
    "risk until a day that has passed": ("act.rationale", _DECISION | _RISK, {"risk_until": "1/11/2026"}, "has passed"),
    "risk accepted by no one": ("act.rationale", _DECISION | _RISK, {"risk_by": ""}, "By whom is the risk accepted"),
    "expected by no day": ("act.rationale", _DECISION | _EXPECTED, {"expected_on": ""}, "write by when"),
    "review on no date": ("act.rationale", _DECISION | {"review_on": ""}, {"review_on": "later"}, "'later' is no date"),
    "expected by no date": ("act.sentence", _ACTION | _EXPECTED, {"expected_on": "soon"}, "'soon' is no date"),
    "due before, in one sentence": ("act.sentence", _ACTION, {"due": "20/11/2026"}, "has passed"),
}


@pytest.mark.parametrize("verb", sorted({verb for verb, *_ in BAD.values()}))
async def test_it_is_said_at_the_field_and_nothing_typed_is_lost(verb: str, make_app: MakeApp, city: Store) -> None:
    async with seated(make_app(), size=(80, 24)) as chair:
        for case, (_, good, bad, said) in ((case, one) for case, one in BAD.items() if one[0] == verb):
            [(field, _)] = bad.items()
            await chair.press("meeting.item_4", verb)
            before = entries(city)
            await chair.fill(**{**good, **bad})
            assert said in chair.fault(), case
            line = chair.form().focused
            assert isinstance(line, Input)
            assert line.id == f"field-{field}", f"{case}: the cursor is in the field that it is about"
            assert chair.typed().items() >= {**good, **bad}.items(), case
            assert entries(city) == before, f"{case}: nothing was written"
            await chair.fill(**{field: good[field]})
            assert len(entries(city)) == len(before) + 1, case


async def test_a_day_that_passed_since_the_day_looked_at_is_refused_at_its_field(make_app: MakeApp) -> None:
    app = make_app()
    app.session.as_of = AS_OF - timedelta(days=3)
    async with seated(app, size=(80, 24)) as chair:
        await chair.press("meeting.item_4", "act.defer")
        await chair.fill(day=f"{AS_OF - timedelta(days=1):%d/%m/%Y}", reason="no unit")
        assert "'20/11/2026' has passed" in chair.fault()
        assert "Review" not in chair.fault()
        assert chair.app.focused is chair.form().query_one("#field-day")
