"""A day is read by the format of its column whether its hour stands behind it or not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from core.errors import Refused
from db.loading.importing import import_file
from db.loading.profiles import from_toml
from db.store import Store
from tests.db.files import rows_of, take

TODAY = date(2026, 11, 21)


def _incidents(folder: Path, *days: str) -> Path:
    path = folder / "incidents.csv"
    rows = (f"I{number},stabbing,{day},E05009367" for number, day in enumerate(days))
    path.write_text("\n".join(("ref,kind,at,ward_code", *rows)) + "\n")
    return path


@pytest.mark.parametrize(
    ("named", "with_hour", "without"),
    [
        ("mm/dd/yyyy", "11/06/2026 22:40", "11/06/2026"),
        ("d-mmm-yy", "6-Nov-26 22:40", "6-Nov-26"),
        ("dd.mm.yyyy", "06.11.2026 22:40", "06.11.2026"),
    ],
)
def test_a_day_without_its_hour_is_read_as_one_with_it(
    named: str, with_hour: str, without: str, store: Store, tmp_path: Path
) -> None:
    mapping = from_toml(f'profile = "incidents"\ndates = "{named}"', "own.toml")
    done = import_file(store, _incidents(tmp_path, with_hour, without), mapping, today=TODAY)
    assert (done.taken, done.quarantined) == (2, 0)
    sixth = date(2026, 11, 6).toordinal()
    assert rows_of(store, "SELECT day, minute FROM incident ORDER BY line") == [(sixth, 22 * 60 + 40), (sixth, -1)]


def test_a_day_without_its_hour_proves_the_order_of_its_column(store: Store, tmp_path: Path) -> None:
    assert take(store, _incidents(tmp_path, "06/11/2026")).notes
    assert not take(store, _incidents(tmp_path, "06/11/2026", "16/11/2026")).notes
    with pytest.raises(Refused, match="month first in 'at'"):
        take(store, _incidents(tmp_path, "06/11/2026", "11/16/2026"))
