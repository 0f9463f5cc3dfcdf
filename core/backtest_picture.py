"""The picture of a backtest: the share of harm held against n, a curve for each ranking, beside best and chance."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from html import escape

from core.backtest_words import Backtest, headline, lead, percent, verdict
from core.text import plain

_WIDTH, _HEIGHT = 960, 620
_LEFT, _RIGHT, _TOP, _FOOT = 64, 210, 96, 64
_LINES = (
    ("#005f99", ""), ("#b34700", "9 4"), ("#2e7d32", "2 3"), ("#6a1b9a", "12 3 2 3"), ("#8a6d00", "5 5"),
    ("#555555", "1 4"),
)  # fmt: skip
"""Colour and dashes of each ranking: told apart without colour, too."""
_MOST_POINTS = 200
_TICKS = 5
_APART = 17
"""Least distance of two names beside the curves."""


def svg(found: Backtest) -> str:
    """The picture as an SVG file, in sentences first."""
    to = shown_to(found)
    most = max(_best(found)[to - 1], 0.0001)
    one = found.entries[0]
    body = [
        *_words((headline(one), verdict(one, found.of), found.basis)),
        *_axes(found, to, most),
    ]
    ends = []
    for name, shares, colour, dashes in _curves(found):
        points = " ".join(f"{_x(n, to):.1f},{_y(share, most):.1f}" for n, share in _thinned(shares, to))
        body.append(
            f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="{dashes}"/>'
        )
        ends.append((_y(shares[min(to, len(shares)) - 1], most), name, shares[min(to, len(shares)) - 1], colour))
    body += _names(ends)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" height="{_HEIGHT}" '
        f'font-family="sans-serif" font-size="14"><title>{_safe(headline(one))}</title>'
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#ffffff"/>{"".join(body)}</svg>\n'
    )


def shown_to(found: Backtest) -> int:
    """The last n of the picture: three times the largest that was asked for, thirty at the least, within the list."""
    return min(max(30, 3 * max(found.firsts)), len(found.followed[0].listed))


def _best(found: Backtest) -> Sequence[float]:
    return found.followed[0].best


def _curves(found: Backtest) -> Iterator[tuple[str, Sequence[float], str, str]]:
    """Name, shares, colour and dashes of every curve; best and chance last."""
    for at, one in enumerate(found.followed):
        colour, dashes = _LINES[at % len(_LINES)]
        yield one.ranking, one.captured, colour, dashes
    pool = found.followed[0].pool
    yield "best", _best(found), "#000000", ""
    yield "chance", [n / pool for n in range(1, pool + 1)], "#999999", "3 6"


def _thinned(shares: Sequence[float], to: int) -> Iterator[tuple[int, float]]:
    """The points of a curve from none to the last n, not more than a line can show."""
    yield 0, 0.0
    step = max(1, to // _MOST_POINTS)
    last = min(to, len(shares))
    for n in range(step, last, step):
        yield n, shares[n - 1]
    yield last, shares[last - 1]


def _x(n: float, to: int) -> float:
    return _LEFT + (_WIDTH - _LEFT - _RIGHT) * n / to


def _y(share: float, most: float) -> float:
    return _HEIGHT - _FOOT - (_HEIGHT - _FOOT - _TOP) * share / most


def _words(lines: Sequence[str]) -> Iterator[str]:
    for at, line in enumerate(lines):
        size = 18 if at == 0 else 13
        yield f'<text x="20" y="{30 + 24 * at}" font-size="{size}" fill="#000000">{_safe(line)}</text>'


def _axes(found: Backtest, to: int, most: float) -> Iterator[str]:
    for share in _ticks(most):
        y = _y(share, most)
        yield f'<line x1="{_LEFT}" y1="{y:.1f}" x2="{_WIDTH - _RIGHT}" y2="{y:.1f}" stroke="#dddddd"/>'
        yield f'<text x="{_LEFT - 8}" y="{y + 5:.1f}" text-anchor="end" fill="#333333">{percent(share)}</text>'
    for n in (round(tick) for tick in _ticks(float(to)) if tick == round(tick)):
        x = _x(n, to)
        yield f'<text x="{x:.1f}" y="{_HEIGHT - _FOOT + 20}" text-anchor="middle" fill="#333333">{n:,}</text>'
    for at, first in enumerate(found.firsts):
        x = _x(first, to)
        ends = f'x1="{x:.1f}" y1="{_TOP}" x2="{x:.1f}" y2="{_HEIGHT - _FOOT}"'
        yield f'<line {ends} stroke="#999999" stroke-dasharray="4 4"/>'
        yield f'<text x="{x + 4:.1f}" y="{_TOP + 14 + 18 * (at % 4)}" fill="#333333">{_safe(lead(first))}</text>'
    foot = f"first n of {found.followed[0].pool:,} {found.of}; share of all harm that followed"
    yield f'<text x="{_LEFT}" y="{_HEIGHT - 16}" fill="#333333">{_safe(foot)}</text>'


def _ticks(most: float) -> Iterator[float]:
    """Round figures from none to the most, some five of them."""
    power = 10.0 ** math.floor(math.log10(most / _TICKS))
    step = next((power * times for times in (1, 2, 5, 10) if power * times * _TICKS >= most), power * 10)
    for at in range(int(most / step + 1e-9) + 1):
        yield at * step


def _names(ends: Sequence[tuple[float, str, float, str]]) -> Iterator[str]:
    """The name and the last share of each curve at its end, moved apart where they would lie on each other."""
    lowest = _HEIGHT - _FOOT - _APART * (len(ends) - 1)
    at = float(_TOP) - _APART
    for place, (y, name, share, colour) in enumerate(sorted(ends)):
        at = max(at + _APART, min(y, lowest + _APART * place))
        yield (
            f'<text x="{_WIDTH - _RIGHT + 10}" y="{at + 5:.1f}" fill="{colour}">{_safe(name)} {percent(share)}</text>'
        )


def _safe(words: str) -> str:
    return escape(plain(words))
