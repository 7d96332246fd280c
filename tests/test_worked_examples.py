"""The worked examples of the documentation are what the program says."""

from pathlib import Path

import pytest

from tests import worked
from tests.tools import examples


@pytest.mark.parametrize("example", list(worked.examples()), ids=lambda one: one.name)
def test_the_documentation_says_what_the_program_says(example: worked.Example, tmp_path: Path) -> None:
    page = (examples.DOCS / "worked-examples.md").read_text("utf-8")

    assert examples.section(example, tmp_path / "home") in page
    assert (examples.PICTURES / f"{examples.slug(example)}.png").is_file()
