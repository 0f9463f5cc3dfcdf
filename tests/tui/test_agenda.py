"""The agendas promise only what has a key and a view: every word of every prompt is accounted for here."""

from __future__ import annotations

import re

import pytest

from core.meetings import Item
from core.templates import agendas
from tests.tui.keyboard import MakeApp, seated
from tests.tui.test_verb import bound
from tui.verb import VERBS
from tui.views.registry import view_named
from tui.widgets.header import RoomHeader

BY_VERB = {
    "roll-call": {"call"},
    "attendance": {"call"},
    "deputies": {"call"},
    "close": {"close"},
    "carry": {"carry"},
    "escalate": {"escalate"},
    "escalations": {"escalate"},
    "owner": {"action", "adopt"},
    "action": {"edit"},
    "deploy": {"deploy"},
    "stand": {"free"},
    "down": {"free"},
    "seal": {"seal"},
    "comes": {"adopt"},
    "leaves": {"leave"},
    "confirm": {"review_ward"},
    "add": {"adopt_ward"},
    "drop": {"drop_ward"},
    "granted": {"outcome"},
    "part": {"outcome"},
    "deferred": {"outcome"},
    "refused": {"outcome"},
    "reason": {"outcome"},
    "owns": {"own"},
}
"""Words that promise something to do, with the verbs that do it; a view of the item has one of them."""
BY_VIEW = {
    "marking": "attendance",
    "data": "attendance",
    "minutes": "meetings",
    "overdue": "actions",
    "gaps": "activity",
    "unusual": "night",
    "movers": "suspects",
    "wanted": "cohorts",
    "cohort": "cohorts",
    "wards": "wards",
    "hot": "wards",
    "units": "deployments",
    "seven": "performance",
    "priority": "priority",
    "officers": "officers",
    "focus": "focus",
    "ward": "focus",
    "sites": "fly_tips",
    "asks": "bids",
}
"""Words that promise something to see, with the view that shows it, which the item has."""
PLAIN = frozenset(
    [
        *("a", "an", "the", "each", "every", "new", "last", "first", "free", "aloud", "say"),
        *("as", "of", "or", "and", "with", "then", "in", "to", "into", "for", "against", "before"),
        *("who", "what", "where", "when", "time", "days", "it", "is"),
    ]
)


@pytest.mark.parametrize(
    "item", [pytest.param(item, id=f"{kind}-{item.key}") for kind, one in agendas().items() for item in one.items]
)
def test_every_word_of_a_prompt_has_a_key_or_a_view(item: Item) -> None:
    here = set().union(*(bound(view_named(name)) for name in item.views))
    for word in re.findall(r"[a-z-]+", item.prompt.casefold()):
        if word in BY_VERB:
            assert BY_VERB[word] & here, f"{word}: no verb of {item.views}"
        elif word in BY_VIEW:
            assert BY_VIEW[word] in item.views, f"{word}: not shown by {item.views}"
        else:
            assert word in PLAIN, f"{word}: say here what verb or view it is a promise of"


def test_the_verbs_that_are_named_exist() -> None:
    assert set().union(*BY_VERB.values()) <= {verb.name for verb in VERBS}


@pytest.mark.parametrize("kind", agendas())
async def test_no_prompt_is_cut_at_80_by_24(kind: str, make_app: MakeApp) -> None:
    async with seated(make_app(kind), size=(80, 24)) as chair:
        for place, item in enumerate(agendas()[kind].items, 1):
            await chair.press(f"meeting.item_{place}")
            header = chair.app.screen.query_one(RoomHeader)
            shown = header.render().plain
            assert item.prompt in " ".join(shown.split()), (item.key, shown)
            assert max(map(len, shown.splitlines())) <= 78
            assert header.size.height == len(shown.splitlines()), "each line has its row"


@pytest.mark.parametrize(("width", "clocked"), [(60, False), (80, True)])
async def test_the_clock_of_an_item_is_whole_or_gives_its_room_to_the_item(
    width: int, clocked: bool, make_app: MakeApp
) -> None:
    async with seated(make_app(), size=(width, 15)) as chair:
        await chair.press("meeting.item_4", "room.projector")
        head = (await chair.screen_text()).splitlines()[0]
        assert "PROJECTOR" in head
        assert "4/6: Named" in head
        assert bool(re.search(r"item \d\d:\d\d/\d\d:\d\d", head)) == clocked
        assert ("item" in head) == clocked
