"""Where it hurts, in words: short on a chip, whole for a reader."""

from collections.abc import Iterable
from typing import Final

from coach.core.log import Spot
from coach.core.routine.exercise import PainSite
from coach.core.routine.routine import BodySide
from coach.words.translate import tr

_ORDER: Final = tuple(PainSite)


def place_words(site: PainSite) -> str:
    """`Front of the hip or groin`."""
    return {
        PainSite.LATERAL: tr("Outer side of the hip"),
        PainSite.GROIN: tr("Front of the hip or groin"),
        PainSite.SIT_BONE: tr("Deep buttock or sit bone"),
        PainSite.LATERAL_THIGH: tr("Outer thigh"),
        PainSite.BACK: tr("Lower back"),
    }[site]


def spot_words(spot: Spot) -> str:
    """`Outer side of the hip, left`."""
    if spot.side is None:
        return place_words(spot.site)
    side = tr("left", "side of the body") if spot.side is BodySide.LEFT else tr("right", "side of the body")
    return tr("{place}, {side}").format(place=place_words(spot.site), side=side)


def spots_words(spots: Iterable[Spot]) -> tuple[str, ...]:
    """A word for each place, both sides of one in a single word."""
    sides: dict[PainSite, set[BodySide | None]] = {}
    for spot in spots:
        sides.setdefault(spot.site, set()).add(spot.side)
    return tuple(_site_words(site, sides[site]) for site in sorted(sides, key=_ORDER.index))


def _site_words(site: PainSite, sides: set[BodySide | None]) -> str:
    if {BodySide.LEFT, BodySide.RIGHT} <= sides:
        return tr("{place}, both sides").format(place=place_words(site))
    known = sides - {None}
    return spot_words(Spot(site, known.pop() if known else None))
