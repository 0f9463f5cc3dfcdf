"""The agenda as a mark an item: what was visited, what took too long, where the meeting is, what is to come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.meetings import Item

_HERE, _SEEN, _OVER, _TO_COME = "▸", "✓", "!", "·"


def ticks(items: Sequence[Item], place: int, spent: Mapping[str, float]) -> str:
    """A mark an item. place: where the meeting is. spent: seconds per item so far."""
    return "".join(
        _HERE if number == place else _mark(spent.get(item.key, 0.0), item.minutes) for number, item in enumerate(items)
    )


def _mark(seconds: float, minutes: int) -> str:
    """The mark of an item that the meeting is not at, by the time it took."""
    return _OVER if seconds > minutes * 60 else _SEEN if seconds else _TO_COME
