"""The red flags in plain words: what is asked, what follows, and how soon. Nothing here diagnoses.

Meaning and tiers: clinical reference, section 5. A question describes what a person notices; the advice says whom to
see and what to leave alone until then.
"""

from collections.abc import Iterable

from coach.core.clinical.red_flags import Flag, Tier
from coach.words.translate import lower, tr


def asked(tier: Tier) -> str:
    """What stands above the statements of a tier."""
    return {
        Tier.EMERGENCY: tr("Right now, do you have any of these?"),
        Tier.URGENT: tr("Is any of this true?"),
        Tier.REFER: tr("And any of these?"),
    }[tier]


def tier_heading(tier: Tier) -> str:
    """How soon a clinician should look, once something of the tier is true."""
    return {
        Tier.EMERGENCY: tr("Needs help now"),
        Tier.URGENT: tr("See a clinician within 1 to 2 days"),
        Tier.REFER: tr("See a physio or doctor within two weeks"),
    }[tier]


def action(tier: Tier) -> str:
    """What to do first, whichever flag of the tier it is."""
    return {
        Tier.EMERGENCY: tr(
            "Call your local emergency number now (112 in Europe, 999 in the UK, 911 in North America). "
            "Do no exercises."
        ),
        Tier.URGENT: tr(
            "See a doctor or a physiotherapist within 1 to 2 days. Until then no running, no jumping and no hop "
            "tests; walk only as far as it is free of pain."
        ),
        Tier.REFER: tr(
            "Arrange to see a physiotherapist or a doctor within two weeks. Until then stay with what is comfortable."
        ),
    }[tier]


def none_of_these(tier: Tier) -> str:
    """The box to tick where nothing applies; told apart for those who hear it."""
    return {
        Tier.EMERGENCY: tr("None of these", "none of the emergency signs"),
        Tier.URGENT: tr("None of these", "none of the urgent signs"),
        Tier.REFER: tr("None of these", "none of the signs to have looked at"),
    }[tier]


def question(flag: Flag) -> str:
    """What is asked: a statement that is true of the person, or not. Only of flags that are `asked`."""
    return {
        "cannot_take_weight": tr(
            "I cannot put weight on the leg; or the pain came on suddenly and severely, or after a fall or a crash; "
            "or the leg looks shorter or turned"
        ),
        "fever_or_hot_joint": tr(
            "Besides the hip pain I have a fever or chills or feel very unwell; or the joint is hot, red and swollen"
        ),
        "saddle_numbness_or_bladder": tr(
            "I have new numbness between the legs, a new problem with bladder or bowel, or both legs are weak"
        ),
        "cold_white_leg": tr("The leg has turned cold and pale"),
        "calf_swelling_with_breathlessness": tr("My calf is swollen, and my chest hurts or I am short of breath"),
        "groin_pain_with_running": tr(
            "The groin or the deep front of the hip hurts, and it grows with running, or when I hop or stand on "
            "that leg"
        ),
        "constant_or_night_pain": tr("The pain is always there, or at night, and no position eases it"),
        "cancer_or_weight_loss": tr("I have had cancer; or I lose weight without trying; or I sweat at night"),
        "leg_numbness_or_weakness": tr("The leg is numb or weak, or the foot drags when I walk"),
        "locking_or_giving_way": tr("The hip locks, or gives way under me"),
        "bruise_on_anticoagulant": tr("I take blood thinners, and there is a large bruise"),
        "under_18": tr("I am under 18, and the hip hurts or I limp"),
        "steroids_or_alcohol_with_groin_pain": tr(
            "The groin hurts, and I have taken steroid tablets for long or drink a lot of alcohol"
        ),
        "no_improvement": tr("I have looked after it for two weeks or longer, and it is no better"),
        "limp_over_3_days": tr("I have limped for more than 3 days"),
        "rest_pain_3_days": tr("Even at rest it has hurt at 4 of 10 or more, for 3 days or longer"),
        "operation_or_replacement": tr("This hip was operated on, or is an artificial one"),
        "pregnant_or_postpartum": tr("I am pregnant, or gave birth within the last months"),
        "inflammatory_arthritis": tr("I have an inflammatory joint disease, such as rheumatoid arthritis"),
        "new_pain_site": tr("It has begun to hurt in a new place"),
    }[flag.name]


def short(flag: Flag) -> str:
    """A few words for a list."""
    return {
        "cannot_take_weight": tr("Cannot put weight on the leg"),
        "fever_or_hot_joint": tr("Fever, or a hot joint"),
        "saddle_numbness_or_bladder": tr("Numbness between the legs, bladder or bowel"),
        "cold_white_leg": tr("Cold, pale leg"),
        "calf_swelling_with_breathlessness": tr("Swollen calf with chest pain or breathlessness"),
        "groin_pain_with_running": tr("Groin pain that grows with running"),
        "constant_or_night_pain": tr("Constant pain, or pain at night"),
        "cancer_or_weight_loss": tr("Cancer, weight loss or night sweats"),
        "leg_numbness_or_weakness": tr("Numb or weak leg"),
        "locking_or_giving_way": tr("Hip that locks or gives way"),
        "bruise_on_anticoagulant": tr("Large bruise on blood thinners"),
        "under_18": tr("Under 18 with hip pain or a limp"),
        "steroids_or_alcohol_with_groin_pain": tr("Groin pain with steroids or much alcohol"),
        "no_improvement": tr("No better after two weeks"),
        "limp_over_3_days": tr("A limp for more than 3 days"),
        "rest_pain_3_days": tr("Pain at rest for 3 days"),
        "operation_or_replacement": tr("Operated or artificial hip"),
        "pregnant_or_postpartum": tr("Pregnancy or a recent birth"),
        "inflammatory_arthritis": tr("Inflammatory joint disease"),
        "new_pain_site": tr("Pain in a new place"),
        "morning_pain_6": tr("Morning pain of 6 or more"),
        "three_reds": tr("Too much on three days within four weeks"),
        "groin_with_limp_or_night": tr("Groin pain with a limp, or at night, after training"),
        "worsening": tr("Morning pain well up, three days in a row"),
        "worst_pain_7_twice": tr("Pain of 7 or more on two days"),
        "failing_item": tr("The same self-test not met three times in a row"),
    }[flag.name]


def signs(flags: Iterable[Flag]) -> str:
    """The signs in one sentence: `Night pain; limping`; there is at least one."""
    first, *others = map(short, flags)
    return "; ".join((first, *map(lower, others)))


def stays() -> str:
    """What is said where a sign that blocks loading is no longer ticked."""
    return tr("You said so before. It stands until a clinician has looked; when one has, say so on Today.")


def kept(flags: Iterable[Flag]) -> str:
    """What is said once a ticked sign is on disk, though not every question was answered."""
    return tr("Kept: {signs}.").format(signs=lower(signs(flags)))


def advice(flag: Flag) -> str:
    """What to do when it is true: the action of its tier, and what belongs to this sign alone."""
    return advice_on((flag,))


def advice_on(flags: Iterable[Flag]) -> str:
    """What to do about signs of one tier: its action once, and what belongs to each sign; no sentence twice."""
    every = tuple(flags)
    said = dict.fromkeys((*(action(flag.tier) for flag in every), *(own_advice(flag) for flag in every)))
    return " ".join(filter(None, said))


def own_advice(flag: Flag) -> str:
    """What belongs to this sign alone; empty where nothing does."""
    return {
        "cannot_take_weight": tr("Do not stand on the leg."),
        "fever_or_hot_joint": tr("Do not wait for it to pass."),
        "saddle_numbness_or_bladder": tr("Hours matter here."),
        "cold_white_leg": tr("Hours matter here."),
        "calf_swelling_with_breathlessness": tr("Do not walk it off."),
        "groin_pain_with_running": tr("This pattern needs a clinician to rule out a bone stress injury."),
        "constant_or_night_pain": tr("Say that no position eases it."),
        "cancer_or_weight_loss": tr("Tell them this first; it changes what they look for."),
        "leg_numbness_or_weakness": tr("If it gets worse, or the other leg joins in, go to an emergency department."),
        "locking_or_giving_way": tr("Leave out what makes it catch."),
        "bruise_on_anticoagulant": tr("If the bruise grows, or you feel faint, go to an emergency department."),
        "under_18": tr("Growing hips need a clinician's look before any exercise. Tell a parent or carer."),
        "steroids_or_alcohol_with_groin_pain": tr("Tell them about the medicine or the alcohol; it matters here."),
        "no_improvement": tr("Take your log with you: it shows what changed and what did not."),
        "limp_over_3_days": tr("Shorten your walks until you walk evenly."),
        "rest_pain_3_days": tr("Your log shows them how it went."),
        "operation_or_replacement": tr("Ask which movements your operation rules out before you begin."),
        "pregnant_or_postpartum": tr("Ask which positions and efforts suit you now before you begin."),
        "inflammatory_arthritis": tr("Ask whether to exercise during a flare before you begin."),
        "new_pain_site": tr("Show them where it began, and where it is now."),
        "morning_pain_6": tr("Your log shows them the mornings before and after."),
        "three_reds": tr("Your log shows them after what it came."),
        "groin_with_limp_or_night": tr("Tell them that it was in the groin, and what you did before."),
        "worsening": tr("Your log shows them since when."),
        "worst_pain_7_twice": tr("Your log shows them on which days."),
        "failing_item": tr("They can look what keeps this side back, and change your plan."),
    }[flag.name]
