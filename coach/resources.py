"""Where the shipped data lies: one rule for checkout, wheel and frozen program."""

from pathlib import Path

_PACKAGED = Path(__file__).resolve().parent / "_bundled"
ROOT = _PACKAGED if _PACKAGED.is_dir() else Path(__file__).resolve().parent.parent
EXERCISES = ROOT / "exercises.json"


def asset(name: str) -> Path:
    """The path of an asset, such as `icons/play.svg`."""
    return ROOT / "assets" / name
