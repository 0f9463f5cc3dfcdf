"""What the list tells its owner; the classes are reached as `RecordList.Highlighted` and so on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from textual.message import Message

if TYPE_CHECKING:
    from tui.widgets.list_cursor import CursorList


class ListMessage(Message):
    """A message of a list; *record_list* is the list that posted it."""

    def __init__(self, record_list: CursorList) -> None:
        super().__init__()
        self.record_list = record_list

    @property
    def control(self) -> CursorList:
        """The list that posted the message, for handlers that name a list by its id."""
        return self.record_list


class Highlighted(ListMessage, namespace="record_list"):
    """Another record is under the cursor; *key* is None when the list became empty."""

    def __init__(self, key: int | None, record_list: CursorList) -> None:
        super().__init__(record_list)
        self.key = key


class Chosen(ListMessage, namespace="record_list"):
    """The record *key* was opened with Enter."""

    def __init__(self, key: int, record_list: CursorList) -> None:
        super().__init__(record_list)
        self.key = key


class Marked(ListMessage, namespace="record_list"):
    """The marks changed; *count* records are marked now."""

    def __init__(self, count: int, record_list: CursorList) -> None:
        super().__init__(record_list)
        self.count = count


class Sorted(ListMessage, namespace="record_list"):
    """The chair asks for the order of *column*; the owner sorts, then calls `set_sort` and `show`."""

    def __init__(self, column: str, descending: bool, record_list: CursorList) -> None:
        super().__init__(record_list)
        self.column = column
        self.descending = descending


Told: TypeAlias = Callable[[ListMessage], bool]
"""Hears of a message before it is posted; gives whether that is all that need be done about it."""
