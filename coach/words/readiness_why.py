"""Why each criterion is asked for, and how good the evidence is; the sources stand in `core/clinical/criteria.py`."""

from coach.core.clinical.criteria import Grade, Id
from coach.words.translate import tr


def why(of: Id) -> str:
    """What it is for, in a sentence or two."""
    return {
        Id.R0: tr(
            "Some signs need a clinician's eyes before any load on the hip. Pain in the groin can come from the bone; "
            "no app can tell."
        ),
        Id.R1: tr(
            "Everyday life comes first: where it still hurts, running asks too much. Painkillers hide the signal, so "
            "days with them do not count as free of pain."
        ),
        Id.R2: tr("Pain that wakes you at night says that the hip has not settled."),
        Id.R3: tr("Single bad days are noise. A week that is worse than the three before is a reason to wait."),
        Id.R4: tr(
            "Clinics' lists ask for a walk of 20 to 45 minutes before any run, some of them a brisk one. How the hip "
            "feels next morning counts as much as how it feels on the way."
        ),
        Id.R5: tr(
            "Strength takes weeks of steady work. Sessions that were borne well say that the hip takes load. Where no "
            "physio's file says how often, three a week are asked for."
        ),
        Id.R6A: tr("Each step of a run is a push by one hip. This tests its strength without impact."),
        Id.R6B: tr("These muscles keep the pelvis level on one leg."),
        Id.R6C: tr("The trunk carries the hip. 45 s is modest: healthy young adults hold a side bridge for longer."),
        Id.R6D: tr("Running is a row of small single-leg squats. Control counts as much as the number."),
        Id.R6E: tr("The calves push off at each step of a run; lists of criteria ask for them beside the hip."),
        Id.R6X: tr(
            "A clear difference between the sides is a reason to wait. Old results and tests that hurt say little."
        ),
        Id.R7: tr(
            "The last step before a run: small impacts, from marching to hops, stopped at the first pain. It comes a "
            "day after all else is met, and the next morning decides."
        ),
        Id.R8: tr(
            "Many programmes ask how far you trust the hip; no source of that was checked. It is shown; it does not "
            "decide."
        ),
    }[of]


def grade(of: Grade) -> str:
    """How good the evidence is."""
    return {
        Grade.EXPERT: tr("Consensus or expert opinion; not tested for this purpose."),
        Grade.ELSEWHERE: tr("From studies of other injuries, or of people without one."),
        Grade.MIXED: tr("In part expert opinion, in part from studies of other injuries; not tested for this purpose."),
        Grade.OWN: tr("This project's own proposal; no source asks for it in this form."),
    }[of]
