"""The colours, distances and type sizes of the window, named by what they mean. The one place with colour literals.

A colour comes in up to three strengths: `ok` for shapes and large text (3:1 on ground and panel), `ok_text` for text
of any size (4.5:1, also on `ok_soft`), `ok_soft` for the ground beneath it. `CONTRAST` lists the pairs a test checks.
"""

from collections.abc import Mapping
from enum import IntEnum, StrEnum
from typing import Final, Literal, NamedTuple


class Appearance(StrEnum):
    """What a person may choose."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Size(IntEnum):
    """Type sizes in logical pixels."""

    LABEL = 12
    BODY = 14
    CUE = 17
    HEADING = 21
    TITLE = 26
    EXERCISE = 34
    DIGIT = 116


class Weight(IntEnum):
    """Type weights, as CSS and Qt count them."""

    NORMAL = 400
    MEDIUM = 500
    STRONG = 600
    BOLD = 700


STEP: Final = 4
"""Every distance is a multiple of it."""

GAP: Final = 4 * STEP
"""Between cards."""

CARD_PADDING: Final = 5 * STEP
TARGET: Final = 44
"""The least height and width of what can be pressed."""

RADIUS_CARD: Final = 16
RADIUS_BUTTON: Final = 12
RADIUS_FIELD: Final = 9
FOCUS_WIDTH: Final = 2

FLOOR_SCALE: Final = 1.8
"""How much larger the player is in floor mode."""


# Not dataclasses: with this many fields each would take milliseconds of the first paint to make.
class Figure(NamedTuple):
    """The colours of the person on the mat."""

    skin: str
    skin_line: str
    hair: str
    top: str
    top_line: str
    shorts: str
    shorts_line: str
    shoes: str
    shoes_line: str
    sole: str
    mat: str
    mat_line: str
    prop: str
    prop_line: str
    shadow: str
    glow: str


class Tokens(NamedTuple):
    """One appearance of the window; there are two, and each is only itself."""

    scheme: Literal["light", "dark"]
    ground: str
    panel: str
    ink: str
    muted: str
    line: str
    """Hairlines and empty tracks: decoration, never the only sign of a control."""
    edge: str
    """The border of a field, a box to tick, a switch: 3:1 on panel and ground."""
    action: str
    action_soft: str
    on_action: str
    now: str
    now_text: str
    now_soft: str
    ok: str
    ok_text: str
    ok_soft: str
    amber: str
    amber_text: str
    amber_soft: str
    red: str
    red_text: str
    red_soft: str
    figure: Figure


_LIGHT_FIGURE: Final = Figure(
    skin="#E9B796",
    skin_line="#C08D6C",
    hair="#5A4033",
    top="#2F6F8F",
    top_line="#245873",
    shorts="#354150",
    shorts_line="#242E39",
    shoes="#F26B4E",
    shoes_line="#C24B33",
    sole="#FBF7F1",
    mat="#CFE4DA",
    mat_line="#B3D2C4",
    prop="#DDD5C8",
    prop_line="#BFB4A3",
    shadow="#1F2933",
    glow="#E8603C",
)

_DARK_FIGURE: Final = Figure(
    skin="#E3B190",
    skin_line="#A87A5C",
    hair="#7A5A47",
    top="#4E97BA",
    top_line="#7DBBD8",
    shorts="#5B6C80",
    shorts_line="#8496AA",
    shoes="#FF8A66",
    shoes_line="#FFB199",
    sole="#F3EDE6",
    mat="#2C4A42",
    mat_line="#3B6257",
    prop="#4A4F55",
    prop_line="#6A7178",
    shadow="#000000",
    glow="#FF8A66",
)


class SkinTone(StrEnum):
    """The skin that a person may choose for the figure."""

    FAIR = "fair"
    LIGHT = "light"
    TAN = "tan"
    OLIVE = "olive"
    BROWN = "brown"
    DEEP = "deep"


class HairColour(StrEnum):
    """The hair that a person may choose for the figure."""

    BLACK = "black"
    BROWN = "brown"
    RED = "red"
    BLOND = "blond"
    GREY = "grey"


class Tone(NamedTuple):
    """A colour of the body, and its outline on a light and on a dark ground."""

    ground: str
    line: str
    line_dark: str


SKINS: Final[Mapping[SkinTone, Tone]] = {
    SkinTone.FAIR: Tone("#F4CFB8", "#C58F72", "#B98467"),
    SkinTone.LIGHT: Tone("#E9B796", "#B9815E", "#A87A5C"),
    SkinTone.TAN: Tone("#D29F77", "#9C6B47", "#94663F"),
    SkinTone.OLIVE: Tone("#B98658", "#865A34", "#DDB08A"),
    SkinTone.BROWN: Tone("#91603F", "#663E25", "#C4926C"),
    SkinTone.DEEP: Tone("#6A4330", "#432718", "#AD7F66"),
}

HAIRS: Final[Mapping[HairColour, Tone]] = {
    HairColour.BLACK: Tone("#2E2A2B", "#171415", "#6E6769"),
    HairColour.BROWN: Tone("#5F4334", "#3E2A1F", "#8F6C57"),
    HairColour.RED: Tone("#A9552F", "#7A3A1D", "#D08258"),
    HairColour.BLOND: Tone("#D3A964", "#A27D3F", "#A98650"),
    HairColour.GREY: Tone("#B4B2AD", "#85837E", "#DDDBD6"),
}

LIGHT: Final = Tokens(
    scheme="light",
    ground="#F6F3EE",
    panel="#FFFFFF",
    ink="#1F2933",
    muted="#606B77",
    line="#E4DED4",
    edge="#808B98",
    action="#2F6F8F",
    action_soft="#E3EEF3",
    on_action="#FFFFFF",
    now="#E8603C",
    now_text="#C13A17",
    now_soft="#FCE9E3",
    ok="#3C8D5A",
    ok_text="#33774C",
    ok_soft="#E2F1E7",
    amber="#B7791F",
    amber_text="#946219",
    amber_soft="#FBF0DA",
    red="#C0392B",
    red_text="#BB382A",
    red_soft="#FAE3E0",
    figure=_LIGHT_FIGURE,
)

DARK: Final = Tokens(
    scheme="dark",
    ground="#14181C",
    panel="#1D2329",
    ink="#EEF2F5",
    muted="#9AA7B2",
    line="#2E363E",
    edge="#6B7783",
    action="#6FB4D3",
    action_soft="#1E3540",
    on_action="#10202A",
    now="#FF8A66",
    now_text="#FF8A66",
    now_soft="#40261E",
    ok="#6CC48C",
    ok_text="#6CC48C",
    ok_soft="#1C3325",
    amber="#E3B35B",
    amber_text="#E3B35B",
    amber_soft="#3A2F19",
    red="#F08A7E",
    red_text="#F08A7E",
    red_soft="#3D2320",
    figure=_DARK_FIGURE,
)

_GROUNDS: Final = ("ground", "panel")

CONTRAST: Final[tuple[tuple[str, str, float], ...]] = (
    *((text, ground, 4.5) for text in ("ink", "muted", "action", "now_text") for ground in _GROUNDS),
    *((f"{zone}_text", ground, 4.5) for zone in ("ok", "amber", "red") for ground in (*_GROUNDS, f"{zone}_soft")),
    *((shape, ground, 3.0) for shape in ("now", "ok", "amber", "red", "edge") for ground in _GROUNDS),
    # The dots and the line of the pain chart on its zones.
    *((shape, f"{zone}_soft", 3.0) for shape in ("muted", "action") for zone in ("ok", "amber", "red")),
    ("on_action", "action", 4.5),
    ("action", "action_soft", 4.5),
    ("muted", "action_soft", 4.5),
    ("ink", "action_soft", 4.5),
    ("now_text", "now_soft", 4.5),
)
"""Which colour is put on which, and the least contrast (WCAG 2.2, 1.4.3 and 1.4.11)."""


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb` as WCAG 2 defines it, 0 to 1."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours as WCAG 2 defines it, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def grey(colour: str) -> str:
    """The grey that is as light as `colour`, for paper."""
    light = luminance(colour)
    level = 12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055
    return "#" + f"{round(level * 255):02X}" * 3


def mix(one: str, other: str, share: float) -> str:
    """`one` with a `share` (0 to 1) of `other` in it."""
    pairs = ((int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in pairs)
