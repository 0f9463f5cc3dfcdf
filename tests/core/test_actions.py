"""When an action is red, amber, green or blue."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from core.actions import Rag, is_stale, rag
from core.days import LONDON

NOW = datetime(2026, 11, 21, 9, tzinfo=LONDON)
"""A Saturday."""
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize("status", ["done", "withdrawn"])
def test_what_is_finished_is_blue_however_late(status: str) -> None:
    assert rag(status, NOW - timedelta(days=9), NOW, "daily") is Rag.BLUE


@pytest.mark.parametrize(
    ("kind", "soon"), [("daily", timedelta(hours=24)), ("weekly", timedelta(days=3)), ("other", timedelta(hours=24))]
)
def test_the_letter_of_an_open_action(kind: str, soon: timedelta) -> None:
    assert rag("open", NOW - SECOND, NOW, kind) is Rag.RED
    assert rag("open", NOW, NOW, kind) is Rag.AMBER
    assert rag("open", NOW + soon, NOW, kind) is Rag.AMBER
    assert rag("open", NOW + soon + SECOND, NOW, kind) is Rag.GREEN


def test_what_nobody_spoke_of_for_a_whole_meeting_is_amber() -> None:
    """DOMAIN.md section 7: amber, too, where there was no update since the last meeting."""
    last = NOW - timedelta(days=1)
    assert not is_stale(NOW - timedelta(days=9), None), "no meeting was held yet"
    assert not is_stale(last, last), "raised in that meeting"
    assert is_stale(last - SECOND, last)
    far = NOW + timedelta(days=9)
    assert rag("open", far, NOW, "daily", stale=True) is Rag.AMBER
    assert rag("open", far, NOW, "daily") is Rag.GREEN
    assert rag("open", NOW - SECOND, NOW, "daily", stale=True) is Rag.RED
    assert rag("done", far, NOW, "daily", stale=True) is Rag.BLUE
