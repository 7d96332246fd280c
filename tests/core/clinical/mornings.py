"""Logs of morning pain, written as a row of figures; and what the property tests draw from."""

from datetime import date, timedelta

from hypothesis import strategies as st

ON = date(2026, 11, 20)
"""A Friday."""


def mornings(written: str, until: date = ON) -> dict[date, int]:
    """One figure a day, a dot where nothing was recorded; the last one is of `until`."""
    row = written.replace(" ", "")
    first = until - timedelta(days=len(row) - 1)
    return {first + timedelta(days=at): int(score) for at, score in enumerate(row) if score != "."}


def ago(days: int, until: date = ON) -> date:
    return until - timedelta(days=days)


scores = st.integers(0, 10)
some_days = st.lists(st.none() | scores, min_size=1, max_size=90).map(
    lambda row: {ago(at): score for at, score in enumerate(row) if score is not None}
)
"""Up to 90 days that end with `ON`, some without a value."""
