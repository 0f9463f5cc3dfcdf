"""What is held in memory of a ranking sorts and filters exactly as the store does."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.days import day_of
from db import ranked_index as module
from db import rankings
from db.loading.importing import import_file
from db.placing import placing
from db.ranked_index import _places, _read, known_index, ranked_index
from db.runs import make_run
from db.scoring import RankingRequest
from db.store import Store, open_store
from db.store.engine import _LightReader

_NEEDLES = ("", "a", "nw", "NW", "o'", "e e", "bcu:se", "#1", "#", "wanted", "smith lewisham", "É", "%", "_", "  ", "-")


@pytest.fixture(scope="module")
def demo(demo_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path = Path(shutil.copy(demo_store, tmp_path_factory.mktemp("index") / "demo.db"))
    with open_store(path, "tester") as store:
        yield store


@pytest.mark.parametrize("sort", rankings.SORTS)
def test_every_order_is_the_stores(demo: Store, sort: str) -> None:
    latest = rankings.runs(demo)[0]
    for since in (None, rankings.runs(demo)[2].id):
        index = ranked_index(demo, latest.id, since)
        for descending in (False, True):
            ordered = rankings.order(demo, latest.id, sort, descending, since=since)
            assert index.order(demo, sort, descending) == ordered, f"{sort} {descending} since {since}"


@pytest.mark.parametrize("needle", _NEEDLES)
def test_every_filter_is_the_stores(demo: Store, needle: str) -> None:
    run = rankings.runs(demo)[0].id
    index = ranked_index(demo, run)
    for by_name in (True, False):
        for within in ("", "SE", "Brent", "Nowhere"):
            found = index.order(demo, "name", True, needle, by_name=by_name, within=within)
            assert found == rankings.order(demo, run, "name", True, needle, by_name=by_name, within=within)


def test_a_person_takes_a_hundred_bytes(demo: Store) -> None:
    run = rankings.runs(demo)[0]
    index, everyone = ranked_index(demo, run.id), placing(demo, run.id)
    held = {id(one): one for one in (*index.keys.values(), index.starts, index.nameless, everyone.people)}
    size = sum(one.itemsize * len(one) for one in held.values()) + len(index.text)
    assert index.keys["rank"] is everyone.ranks
    assert size < 110 * run.people


def test_names_of_every_alphabet_are_found_by_name_and_never_without(
    store: Store, write_extract: Callable[..., Path]
) -> None:
    names = ("ŁUKASIK", "O'NEIL", "漢字", "😀", "İNAN", "ÉMILE", "SMITH")
    rows = [
        {"crime_ref": f"{at}", "person_ref": f"P{at}", "surname": name, "forenames": "Żaneta 漢"}
        for at, name in enumerate(names)
    ]
    import_file(store, write_extract(rows))
    run = make_run(store, RankingRequest(day_of(date(2026, 11, 21)))).id
    index = ranked_index(store, run)
    assert len(index.order(store)) == len(names)
    for name in names:
        found = index.order(store, needle=name)
        assert [entry.name.split(",")[0] for entry in rankings.entries_at(store, run, found).values()] == [name]
        assert not index.order(store, needle=name, by_name=False), name
    assert len(index.order(store, needle="żaneta p")) == len(names)
    assert len(index.order(store, needle="p3 hackney", by_name=False)) == 1
    assert not index.order(store, needle="\ud800")


def test_it_is_read_once_and_only_that_of_the_ranking_looked_at_is_kept(demo: Store) -> None:
    first, second = (head.id for head in rankings.runs(demo)[:2])
    held = ranked_index(demo, first)
    assert ranked_index(demo, first) is held
    assert known_index(demo, first, None) is held
    ranked_index(demo, second)
    assert known_index(demo, first, None) is None


@given(st.lists(st.lists(st.text(max_size=2), max_size=5)))
def test_words_of_all_pages_are_in_one_order(pages: list[list[str]]) -> None:
    words = [word for page in pages for word in page]
    different = sorted(set(words))
    assert _places(pages).tolist() == [different.index(word) for word in words]


def test_every_page_is_read_by_one_statement(demo: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    picked = _LightReader.picked

    def noted(reader: _LightReader, names: Sequence[str], sql: str, **values: object) -> list[tuple[Any, ...]]:
        asked.append(sql)
        return picked(reader, names, sql, **values)

    run = rankings.runs(demo)[0]
    monkeypatch.setattr(_LightReader, "picked", noted)
    monkeypatch.setattr(module, "_AT_ONCE", 100)
    _read(demo, run.id, None)
    pages = [sql for sql in asked if "person_version" in sql]
    assert len(pages) > run.people // 100
    assert len(set(pages)) == 1, "each statement that was asked stays prepared"
