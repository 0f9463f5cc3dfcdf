"""The stores that rounds copy, made once for the handful of rounds that run with the suite."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.strain.bases import Bases, make_bases


@pytest.fixture(scope="session")
def bases(demo_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Bases:
    """The stores that rounds copy."""
    return make_bases(tmp_path_factory.mktemp("strain"), demo_store)
