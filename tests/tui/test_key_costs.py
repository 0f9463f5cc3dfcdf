"""What a key costs: frames, widgets painted, looks asked for, questions to the store on the screen's thread."""

from __future__ import annotations

import shutil
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.app import App
from textual.widget import Widget

from db.store import Store, open_store
from db.store.engine import _LightReader
from tests.benchmarks.bench_board import with_live
from tests.tui.keyboard import MakeApp, MovedClock, seated, tick

pytestmark = pytest.mark.usefixtures("frames")
MOST_LOOKS, MOST_PAINTED = 3, 2
"""Of a key that moves the cursor: styles looked up anew, and widgets painted that nothing covers."""


class Costs(Counter[str]):
    """What was done since the last look."""

    def __init__(self) -> None:
        super().__init__()
        self.widgets: list[str] = []
        self._screen = threading.get_ident()

    def counted(self, name: str, real: Callable[..., Any], *, note: bool = False) -> Callable[..., Any]:
        """*real*, counted where it is called on the thread of the screen."""

        def call(this: Any, *args: Any, **more: Any) -> Any:
            if threading.get_ident() == self._screen:
                self[name] += 1
                if note and not this.BLANK:
                    self.widgets.append(type(this).__name__)
            return real(this, *args, **more)

        return call

    @classmethod
    def found(cls, monkeypatch: pytest.MonkeyPatch) -> Costs:
        """Counts from now on, until the test is over."""
        found = cls()
        for what, where, name in (
            ("frames", App, "_display"),
            ("looks", Widget, "get_component_styles"),
            ("questions", _LightReader, "rows"),
            ("questions", _LightReader, "picked"),
            ("questions", _LightReader, "parts"),
        ):
            monkeypatch.setattr(where, name, found.counted(what, getattr(where, name)))
        for kind in (Widget, *Widget.__subclasses__()):
            if "render_lines" in vars(kind):
                counted = found.counted("painted", vars(kind)["render_lines"], note=True)
                monkeypatch.setattr(kind, "render_lines", counted)
        return found

    @contextmanager
    def of(self) -> Iterator[Costs]:
        """Count anew."""
        self.clear()
        self.widgets.clear()
        yield self


@pytest.fixture
def costs(monkeypatch: pytest.MonkeyPatch) -> Costs:
    return Costs.found(monkeypatch)


async def test_a_key_paints_one_frame_and_asks_the_store_nothing_a_burst_no_more(
    make_app: MakeApp, costs: Costs
) -> None:
    async with seated(make_app(view="suspects"), size=(100, 40)) as chair:
        await chair.settled()
        for keys in (["j"], ["k"], ["j"] * 20, ["space"], ["g"]):
            with costs.of():
                await chair.burst(*keys)
            assert costs["frames"] == 1, keys
            assert costs["questions"] == 0, keys
            assert costs["looks"] <= MOST_LOOKS, keys
            assert len(costs.widgets) <= MOST_PAINTED, costs.widgets
        for keys, frames, questions in ((["pagedown"] * 4, 4, 33), ([">"], 4, 12), (["s"], 4, 12)):
            with costs.of():
                await chair.burst(*keys)
            assert costs["frames"] <= frames, (keys, costs)
            assert costs["questions"] <= questions, (keys, costs)


async def test_the_board_with_two_hundred_deployments_paints_no_more_than_the_bare_one(
    make_app: MakeApp, city: Store, tmp_path: Path, moved: MovedClock, costs: Costs
) -> None:
    full = Path(shutil.copy(city.path, tmp_path / "full.db"))
    with_live(full, 200, moved())
    painted: list[dict[str, tuple[int, list[str]]]] = []
    with open_store(full, "tester", moved) as store:
        for one in (city, store):
            painted.append({})
            async with seated(make_app(view="deployments", store=one), size=(80, 24)) as chair:
                await chair.settled()
                assert chair.view().records.count > (200 if one is store else 0)
                for name, keys in (("down", ["j"]), ("mark", ["space"]), ("a burst", ["j"] * 8), ("last", ["g"])):
                    with costs.of():
                        await chair.burst(*keys)
                    painted[-1][name] = (costs["frames"], sorted(costs.widgets))
                moved.forward(hours=1)
                with costs.of():
                    await tick(chair)
                assert costs["frames"] <= 4, "the head, then what was read beside"
                moved.forward(hours=-1)
    assert painted[1] == painted[0]
    assert {frames for frames, _ in painted[0].values()} == {1}
