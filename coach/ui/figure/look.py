"""The colours a figure wears: from the window's tokens, a skin and hair that were chosen, or greys for paper."""

from functools import lru_cache
from typing import Final, NamedTuple

from PySide6.QtGui import QBrush, QColor, QRadialGradient

from coach.ui.tokens import HAIRS, LIGHT, SKINS, HairColour, SkinTone, Tokens, grey, mix

STEPS: Final = 8
"""How many shades there are from the near side to the far one."""
_FAR: Final = {"light": 0.2, "dark": 0.34}
_POOL: Final = (0.035, 0.07, 0.105, 0.14, 0.17)
_UNDER: Final = {"light": 0.11, "dark": 0.13}


class Cloth(NamedTuple):
    """One stuff in every shade: the lit side, the side away from the light, the outline."""

    lit: tuple[QColor, ...]
    under: tuple[QColor, ...]
    line: tuple[QColor, ...]


class Look(NamedTuple):
    """All colours of one drawing."""

    skin: Cloth
    hair: Cloth
    top: Cloth
    shorts: Cloth
    shoes: Cloth
    sole: Cloth
    feature: QColor
    """Eyes and mouth."""
    mat: QColor
    mat_side: QColor
    mat_line: QColor
    mat_shadows: tuple[QColor, ...]
    """From the soft edge of a shadow inwards."""
    prop: QColor
    prop_side: QColor
    prop_under: QColor
    prop_line: QColor
    wall: QColor
    wall_line: QColor
    rubber: QColor
    rubber_side: QColor
    rubber_line: QColor
    band: QColor
    band_behind: QColor
    band_line: QColor
    shadow: QColor
    glow: QBrush
    """Fades out within a circle of 1 round the origin."""
    arrow: QColor
    arrow_edge: QColor


@lru_cache(maxsize=8)
def look(
    tokens: Tokens = LIGHT, skin: SkinTone = SkinTone.LIGHT, hair: HairColour = HairColour.BROWN, *, paper: bool = False
) -> Look:
    """The look for a window's tokens; on `paper` the same in greys."""
    figure = tokens.figure
    dark = tokens.scheme == "dark"
    far, under = _FAR[tokens.scheme], _UNDER[tokens.scheme]
    skin_tone, hair_tone = SKINS[skin], HAIRS[hair]

    def colour(name: str, alpha: float = 1.0) -> QColor:
        made = QColor(grey(name) if paper else name)
        made.setAlphaF(alpha)
        return made

    def cloth(ground: str, line: str, deep: float = 1.0) -> Cloth:
        shares = [far * deep * step / (STEPS - 1) for step in range(STEPS)]
        lower = mix(ground, line if not dark else figure.shadow, under * 2 if not dark else under)
        return Cloth(
            tuple(colour(mix(ground, figure.shadow, share)) for share in shares),
            tuple(colour(mix(lower, figure.shadow, share)) for share in shares),
            tuple(colour(mix(line, figure.shadow, share)) for share in shares),
        )

    return Look(
        skin=cloth(skin_tone.ground, skin_tone.line_dark if dark else skin_tone.line, 0.8),
        hair=cloth(hair_tone.ground, hair_tone.line_dark if dark else hair_tone.line),
        top=cloth(figure.top, figure.top_line),
        shorts=cloth(figure.shorts, figure.shorts_line),
        shoes=cloth(figure.shoes, figure.shoes_line),
        sole=cloth(figure.sole, mix(figure.shoes_line, figure.shorts_line, 0.5)),
        feature=colour(mix(mix(skin_tone.ground, skin_tone.line, 0.6), figure.shadow, 0.72)),
        mat=colour(figure.mat),
        mat_side=colour(mix(figure.mat, figure.mat_line, 1.0 if not dark else 0.5)),
        mat_line=colour(figure.mat_line),
        mat_shadows=tuple(
            colour(mix(figure.mat, figure.shadow, share * (1.0 if not dark else 1.8))) for share in _POOL
        ),
        prop=colour(figure.prop),
        prop_side=colour(mix(figure.prop, figure.shadow, 0.07)),
        prop_under=colour(mix(figure.prop, figure.shadow, 0.15)),
        prop_line=colour(figure.prop_line),
        wall=colour(mix(figure.prop, tokens.panel, 0.62)),
        wall_line=colour(mix(figure.prop_line, tokens.panel, 0.45)),
        rubber=colour(mix(figure.top, figure.prop, 0.3)),
        rubber_side=colour(mix(mix(figure.top, figure.prop, 0.3), figure.shadow, 0.18)),
        rubber_line=colour(figure.top_line),
        band=colour(figure.glow, 0.72),
        band_behind=colour(mix(figure.glow, figure.shadow, 0.25)),
        band_line=colour(figure.shoes_line, 0.9),
        shadow=colour(figure.shadow, 0.055 if not dark else 0.15),
        glow=_faded(colour(figure.glow)),
        arrow=colour(tokens.now),
        arrow_edge=colour(tokens.panel),
    )


def _faded(colour: QColor) -> QBrush:
    gradient = QRadialGradient(0.0, 0.0, 1.0)
    for place, alpha in ((0.0, 0.95), (0.4, 0.86), (0.75, 0.4), (1.0, 0.0)):
        step = QColor(colour)
        step.setAlphaF(alpha)
        gradient.setColorAt(place, step)
    return QBrush(gradient)
