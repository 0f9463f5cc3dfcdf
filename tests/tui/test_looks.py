"""What colour means is read in every look: on every ground, in every number of colours, also without any."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rich.style import Style

import tui
from tests.tui.contrast import DIMMED, READ, contrast, faint, shown
from tui.looks import depth_of, ground_named, look
from tui.means import HERE, TONES, Meaning, Tone, meant, of_change, of_load, of_move, of_status
from tui.palettes import NO_COLOUR, NO_COLOUR_HERE, PALETTES, Depth, Ground, Palette
from tui.terminal import ground_by_environment, ground_of

TUI = Path(tui.__file__).parent
SNAPSHOTS = Path(__file__).parents[1] / "snapshots"
BEHIND = {"form-with-an-error", "confirm", "help", "method", "adopt", "cohort", "whole"}
"""The pictures of a form: the list behind it is dimmed."""
LOOKS = pytest.mark.parametrize(("where", "depth"), PALETTES, ids=lambda part: str(part.value))


def _too_faint(palette: Palette, depth: Depth) -> list[str]:
    """Each pair of the palette that is not read easily enough, with its contrast."""
    pairs = [
        (f"{name} on {ground}", getattr(palette, name), ground)
        for ground in palette.grounds
        for name in ("text", "soft", "primary", "secondary", "accent", "red")
    ]
    grounds = [(one, palette.text, palette.tones) for one in palette.grounds]
    grounds += [
        (palette.cursor, palette.cursor_text, palette.here),
        (palette.blurred, palette.blurred_text, palette.here),
    ]
    for one, words, tones in grounds:
        pairs.append((f"words on {one}", words, one))
        for tone, style in tones.items():
            found = Style.parse(style)
            colour, behind = found.color, found.bgcolor
            pairs.append(
                (
                    f"{tone} on {one}",
                    colour.triplet.hex if colour and colour.triplet else words,
                    behind.triplet.hex if behind and behind.triplet else one,
                )
            )
    pairs += [(f"step on {ground}", words, ground) for ground, words in palette.steps]
    pairs.append(("marked", palette.marked_text, palette.marked))
    return [
        f"{name}: {colour} on {ground} {seen:.2f}"
        for name, colour, ground in pairs
        if (seen := contrast(colour, ground, depth)) < READ
    ]


@LOOKS
def test_every_tone_is_read_on_every_ground(where: Ground, depth: Depth) -> None:
    assert _too_faint(PALETTES[where, depth], depth) == []


@LOOKS
def test_the_steps_of_the_map_are_five_shades_that_go_one_way(where: Ground, depth: Depth) -> None:
    palette = PALETTES[where, depth]
    steps = [shown(ground, depth) for ground, _ in palette.steps]
    assert len(set(steps)) == len(steps)
    light = [contrast(ground, "#000000", depth) for ground, _ in palette.steps]
    assert light == sorted(light, reverse=light[0] > light[-1])


def test_every_meaning_has_a_style_in_every_look_here_and_elsewhere() -> None:
    for where in Ground:
        for depth in Depth:
            styles = look(where, depth).styles.styles
            assert {*HERE, *HERE.values()} <= styles.keys()
    assert set(TONES) == set(Meaning)
    assert set(TONES.values()) == set(Tone)


def test_red_amber_green_and_grey_are_four_in_every_look() -> None:
    for palette in PALETTES.values():
        for tones in (palette.tones, palette.here):
            assert len({tones[tone] for tone in (Tone.RED, Tone.AMBER, Tone.GREEN, Tone.GREY)}) == 4
    for tones in (NO_COLOUR, NO_COLOUR_HERE):
        assert all(Style.parse(style).color is None and Style.parse(style).bgcolor is None for style in tones.values())
        assert len({tones[Tone.RED], tones[Tone.AMBER], tones[Tone.GREEN]}) == 3


def test_what_words_mean() -> None:
    assert of_status("wanted") is Meaning.WANTED
    assert of_status("At large, no address") is Meaning.AT_LARGE
    assert of_status("serving") is Meaning.HELD
    assert of_status("bail") is None
    assert of_move("+12 N") is Meaning.RISING
    assert of_move("-3") is Meaning.FALLING
    assert of_move("=") is None
    assert [of_change(one) for one in (2, 0, None, -1)] == [Meaning.RISING, None, Meaning.UNKNOWN, Meaning.FALLING]
    assert [of_load(part) for part in (0.5, 0.8, 1.2)] == [None, Meaning.NEARLY_OVER, Meaning.OVER_TIME]
    assert meant("late\x1b[31m", Meaning.LATE).spans[0].style == Meaning.LATE.value


def test_the_ground_and_the_depth_of_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for said, where in {"15;0": Ground.DARK, "0;15": Ground.LIGHT, "0;default;7": Ground.LIGHT, "no": None}.items():
        monkeypatch.setenv("COLORFGBG", said)
        assert ground_by_environment() is where
    assert [ground_of(light) for light in (True, False, None)] == [Ground.LIGHT, Ground.DARK, None]
    assert [depth_of(one) for one in ("truecolor", "256", "standard", None)] == list(Depth)
    assert ground_named("light") is Ground.LIGHT
    assert ground_named(["light"]) is None


def test_no_list_names_a_colour_itself() -> None:
    named = re.compile(r"""["'](?:(?:bold|reverse|on) )*(?:red|green|yellow|blue|cyan|magenta|dim)["']""")
    found = [
        f"{path.relative_to(TUI)}: {line.strip()}"
        for path in sorted(TUI.rglob("*.py"))
        if path.stem not in ("palettes", "looks", "means")
        for line in path.read_text("utf-8").splitlines()
        if named.search(line)
    ]
    assert found == [], "Say what it means (tui/means.py); a look says how that is shown."


def test_every_word_of_every_kept_picture_is_read() -> None:
    found = {}
    for path in sorted(SNAPSHOTS.rglob("*.svg")):
        name = path.stem.rpartition("[")[2].rstrip("]")
        depth = next((depth for depth in Depth if f"-{depth.value}-" in f"-{name}-"), Depth.TRUE)
        if words := faint(path.read_text("utf-8"), depth, DIMMED if name in BEHIND else READ):
            found[path.name] = words
    assert found == {}
