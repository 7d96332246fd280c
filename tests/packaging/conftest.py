"""The scripts that build what is handed out lie beside what they build; here they can be imported."""

import sys
from pathlib import Path

PACKAGING = Path(__file__).parents[2] / "packaging"
sys.path[:0] = [str(PACKAGING), str(PACKAGING / "macos"), str(PACKAGING / "windows")]
