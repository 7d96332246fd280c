import re
from pathlib import Path

import pytest

from coach.ui.tokens import CONTRAST, DARK, LIGHT, TARGET, Tokens, contrast, luminance, mix

UI = Path(__file__).parents[2] / "coach" / "ui"


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("text,ground,least", CONTRAST)
def test_what_is_put_on_a_ground_can_be_read(tokens: Tokens, text: str, ground: str, least: float) -> None:
    assert contrast(getattr(tokens, text), getattr(tokens, ground)) >= least


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("part", ["skin", "top", "shorts", "shoes"])
def test_the_figure_stands_out_from_its_card(tokens: Tokens, part: str) -> None:
    """A filled shape or its outline: one of the two carries the form (WCAG 1.4.11)."""
    colours = [getattr(tokens.figure, part), getattr(tokens.figure, f"{part}_line")]

    assert max(contrast(colour, tokens.panel) for colour in colours) >= 2.8
    assert max(contrast(colour, tokens.figure.mat) for colour in colours) >= 2.0


def test_black_on_white_has_the_largest_contrast() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert luminance("#FFFFFF") == pytest.approx(1.0)


def test_mixing_goes_from_one_colour_to_the_other() -> None:
    assert mix("#000000", "#FFFFFF", 0.0) == "#000000"
    assert mix("#000000", "#FFFFFF", 0.5) == "#808080"
    assert mix("#000000", "#FFFFFF", 1.0) == "#FFFFFF"


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_every_colour_is_written_as_six_digits(tokens: Tokens) -> None:
    values = [getattr(tokens, name) for name in Tokens._fields if name not in ("scheme", "figure")]
    values += [*tokens.figure]

    assert all(re.fullmatch("#[0-9A-F]{6}", value) for value in values)


def test_a_target_is_large_enough_for_a_finger() -> None:
    assert TARGET >= 44


def test_colours_are_written_nowhere_but_in_the_tokens() -> None:
    literal = re.compile(r"""["'](#[0-9a-fA-F]{3,8})["']|\brgba?\(|[:\s]#[0-9a-fA-F]{6}\b""")

    offenders = [
        f"{path.relative_to(UI)}:{number}"
        for path in sorted(UI.rglob("*.py"))
        if path.name != "tokens.py"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if literal.search(line)
    ]

    assert offenders == []
