"""How the program ends: whatever happens, no record is left where it was not asked for."""

from __future__ import annotations

import sys

import pytest

from tui.ended import leave_no_core


@pytest.mark.skipif(sys.platform == "win32", reason="there are no core dumps there")
def test_no_core_dump_is_left() -> None:
    import resource

    before = resource.getrlimit(resource.RLIMIT_CORE)
    try:
        leave_no_core()
        assert resource.getrlimit(resource.RLIMIT_CORE) == (0, before[1])
    finally:
        resource.setrlimit(resource.RLIMIT_CORE, before)
