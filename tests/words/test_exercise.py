from coach.app.library import typical
from coach.core.routine.dose import Dose, Sides
from coach.core.routine.exercise import Exercise, Kind, Motion
from coach.core.routine.finding import ONLY_HOME
from coach.core.routine.plan import StepKind
from coach.words import exercise as words

CLAM = Exercise("clam", "Clamshell", area="hip – outer side", sides=Sides.EACH, dose=Dose(sets=2, reps=10))
WALK = Exercise("walk", "Brisk walk", dose=Dose(hold_s=1800))


def test_a_line_says_where_and_how_much() -> None:
    assert words.line(CLAM, typical(CLAM, CLAM.dose)) == "Hip – outer side · 2×10 / side"
    assert words.line(WALK, typical(WALK, WALK.dose)) == "30 min"


def test_what_lasts_is_told_in_minutes_and_a_hold_in_seconds() -> None:
    assert words.amount_words(typical(WALK, WALK.dose)) == "30 min"
    assert words.amount_words(typical(WALK, Dose(sets=3, hold_s=30))) == "3 holds of 30 s"
    assert words.amount_words(typical(CLAM, CLAM.dose)) == "2 sets of 10 reps"


def test_what_names_nothing_has_a_word_all_the_same() -> None:
    assert words.place("") == "Other"
    assert words.tool(ONLY_HOME) == "Nothing special"
    assert words.several([]) == ""


def test_names_begin_with_a_capital() -> None:
    assert words.place("whole leg") == "Whole leg"
    assert words.tool("foam roller") == "Foam roller"
    assert words.several(["gluteus medius", "soleus"]) == "Gluteus medius, soleus"


def test_every_kind_and_phase_has_a_word() -> None:
    assert [words.kind(kind) for kind in Kind] == ["Stretch", "Strength", "Roll", "Test"]
    assert [words.phase(name) for name in ("start", "middle", "target")] == ["At the start", "In the middle", "Target"]


def test_the_phases_of_a_preview_follow_the_motion() -> None:
    assert words.moving(Exercise("x", "X", motion=Motion.OPEN), StepKind.UP) == "Open"
    held = Exercise("x", "X", dose=Dose(hold_s=20))
    told = [words.moving(held, kind) for kind in (StepKind.UP, StepKind.HOLD, StepKind.DOWN)]
    assert told == ["Into the position", "Hold", "Out of it"]
