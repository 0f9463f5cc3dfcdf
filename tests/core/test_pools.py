"""Every pool has an entry rule of its own, as data with a source."""

from __future__ import annotations

import pytest

from core.cohorts import COHORTS
from core.methods import METHODS
from core.pools import Pool, entry
from core.reports import NamedBy
from db.scoring import RankingRequest


@pytest.mark.parametrize("pool", list(Pool))
def test_every_pool_says_who_comes_in_and_where_that_comes_from(pool: Pool) -> None:
    rule = entry(pool)
    assert rule.source.startswith(("Press on", "Met Business Plan", "project default"))
    assert set(rule.named_by) <= {namer.words for namer in NamedBy} - {"intelligence"}, "never on intelligence alone"
    assert {"victim", "witness"} <= set(rule.named_by)
    assert not rule.first or rule.first in COHORTS


def test_a_knife_is_mostly_found_by_police_and_carriers_come_first() -> None:
    """DOMAIN.md section 3, S2: suspect on CRIS."""
    rule = entry(Pool.KNIFE)
    assert ("police" in rule.named_by, rule.first) == (True, "habitual-knife-carrier")
    assert entry(Pool.VAWG).named_by == ("victim", "witness")


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("pool", list(Pool))
def test_the_least_number_of_reports_is_asked_for_or_the_pools_or_the_methods(method: str, pool: Pool) -> None:
    asked = RankingRequest(1, method=method, pool=pool)
    stated = entry(pool).minimum
    assert asked.at_least == (METHODS[method].min_crimes if stated is None else stated)
    assert RankingRequest(1, method=method, pool=pool, min_crimes=7).at_least == 7
