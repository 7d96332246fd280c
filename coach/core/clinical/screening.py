"""When the questions about red flags are due again (clinical reference, section 5.4)."""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

from coach.core.clinical.colour import Colour, Judged
from coach.core.clinical.triggers import known_on
from coach.core.routine.exercise import PainSite

MONTH = timedelta(days=30)
"""5.4 says monthly."""


class ScreenDue(StrEnum):
    """Why it is due."""

    NEVER = "never"
    GROIN_RED = "groin_red"
    MONTH = "month"


def screen_due(
    screened: date | None, judged: Iterable[Judged], on: date, *, sites: Iterable[PainSite] = ()
) -> ScreenDue | None:
    """Why the questions are due on a day, or None; `screened` is the last day on which all were answered.

    A red one with groin pain asks for them once: when they are answered on that day or later. A bout whose site was
    not told is taken to hurt where the person says that it hurts.
    """
    if screened is None:
        return ScreenDue.NEVER
    home = frozenset(sites)
    for one in judged:
        groin = PainSite.GROIN in (one.bout.sites or home)
        if one.colour is Colour.RED and groin and screened < known_on(one) <= on:
            return ScreenDue.GROIN_RED
    return ScreenDue.MONTH if on - screened >= MONTH else None
