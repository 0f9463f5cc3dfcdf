"""The stores that rounds copy, made once for the handful of rounds that run with the suite."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.strain.bases import Bases, make_bases

if sys.platform == "win32":
    collect_ignore_glob = ["test_*.py"]  # programs are killed and starved by what Windows does not have


@pytest.fixture(scope="session")
def bases(demo_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Bases:
    """The stores that rounds copy."""
    return make_bases(tmp_path_factory.mktemp("strain"), demo_store)
