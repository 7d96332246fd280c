"""A routine in words."""

import msgspec
import pytest

from coach.core.routine.routine import Rules
from coach.words import prescription


@pytest.mark.parametrize("key", [name for name in Rules.__struct_fields__ if name != "profile"])
def test_every_rule_of_a_file_is_told_with_its_number(key: str) -> None:
    [said] = prescription.rules(msgspec.convert({key: 7}, Rules))

    assert "7" in said
