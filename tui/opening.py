"""What a view or a verb wants opened: it says so, and the screen it is on looks the page up and shows it."""

from __future__ import annotations

from typing import Any, NamedTuple


class Open(NamedTuple):
    """A page to show.

    page: its name among the pages of ``tui.screens.registry``; that of a subject has the name of its kind. about: what
    the page is made with, after the session.
    """

    page: str
    about: tuple[Any, ...] = ()


OF_SUBJECTS = ("person", "ward", "site", "meeting")
"""The kinds of subject that have a page of their own, which Enter opens."""
