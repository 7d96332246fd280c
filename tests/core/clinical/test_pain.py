"""What is offered at a pain during an exercise: at each limit, and one above it."""

import pytest

from coach.core.clinical.pain import Choice, Limits, advice

GO_ON, EASIER, SKIP, STOP = Choice
LIMITS = Limits(easier_above=2, stop_above=5, prescribed=False)


@pytest.mark.parametrize(("pain", "easier_exists", "choices"), [
    (0, True, (GO_ON, EASIER, SKIP, STOP)), (2, True, (GO_ON, EASIER, SKIP, STOP)),
    (2, False, (GO_ON, SKIP, STOP)), (3, True, (EASIER, GO_ON, SKIP, STOP)), (3, False, (SKIP, GO_ON, STOP)),
    (5, True, (EASIER, GO_ON, SKIP, STOP)), (6, True, (STOP,)), (10, False, (STOP,)),
])  # fmt: skip
def test_the_first_choice_is_what_the_limits_ask_for(
    pain: int, easier_exists: bool, choices: tuple[Choice, ...]
) -> None:
    assert advice(pain, LIMITS, easier_exists=easier_exists).choices == choices
