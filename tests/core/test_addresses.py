"""To which meeting an action is handed."""

from __future__ import annotations

import pytest

from core.addresses import Address, address_of, is_for
from core.errors import Problem

KINDS = ("daily", "weekly", "bcu-daily")


def test_an_address_is_a_template_and_a_scope_where_it_is_another() -> None:
    assert address_of("weekly", KINDS) == Address("weekly")
    assert address_of(" bcu-daily  nw ", KINDS) == Address("bcu-daily", "NW")
    assert [str(address_of(text, KINDS)) for text in ("weekly", "daily force")] == ["weekly", "daily force"]
    for wrong in ("", "moon", "daily moon"):
        with pytest.raises(Problem):
            address_of(wrong, KINDS)


def test_whose_answer_an_action_waits_for() -> None:
    assert is_for("weekly", "weekly", "NW", "NW")
    assert not is_for("weekly", "weekly", "force", "NW"), "the weekly of its own scope"
    assert is_for("daily force", "daily", "force", "NW")
    assert is_for("bcu-daily NW", "bcu-daily", "NW", "force")
    assert not is_for("bcu-daily NW", "bcu-daily", "SE", "force")
    assert not is_for("", "", "", "")
