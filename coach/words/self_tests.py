"""The names of the self-tests, once for lists, forms and paper."""

from coach.words.translate import capital, tr


def self_test(name: str) -> str:
    """A self-test by its name in the log, in a list or a form; one that nobody knows by that name."""
    known = {
        "single_leg_bridge": tr("Single-leg bridge"),
        "side_lying_abduction": tr("Side leg raise"),
        "side_plank": tr("Side plank"),
        "plank": tr("Plank"),
        "single_leg_squat": tr("Single-leg squat"),
        "heel_raise": tr("Heel raise"),
        "march": tr("March on the spot"),
        "jog_on_spot": tr("Jog on the spot"),
        "double_hop": tr("Hops on both feet"),
        "single_hop": tr("Hops on one foot"),
        "confidence": tr("Confidence to run"),
        "single_leg_squat_form": tr("Single-leg squat: form"),
    }
    return known[name] if name in known else capital(name.replace("_", " "))
