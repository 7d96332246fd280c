"""What a session in the terminal says."""

from typing import Final

from coach.app.live import LiveSession
from coach.app.training import Broken
from coach.core.clinical.pain import Advice, Choice
from coach.core.routine.exercise import Exercise, Motion
from coach.core.routine.plan import Side
from coach.core.session.engine import Phase
from coach.core.session.record import Record
from coach.words import failures
from coach.words.announce import Told
from coach.words.numbers import about_minutes, clock, figure
from coach.words.session import name, phase, side_word
from coach.words.terminal import short
from coach.words.translate import count, tr

KEY_OF: Final = {Choice.GO_ON: "c", Choice.EASIER: "e", Choice.SKIP: "s", Choice.STOP: "x"}


def opening(title: str, exercises: int, length_s: float) -> str:
    """The first line of a session."""
    many = count(exercises, "%n exercise", "%n exercises")
    return tr("{title}: {exercises}, {length}").format(title=short(title), exercises=many, length=clock(length_s))


def other_dose_or_not() -> str:
    """After the reason for a dose that differs."""
    return tr("As prescribed all the same: coach session --text --as-prescribed")


def as_prescribed() -> str:
    """After the reason for another dose that is not wanted."""
    return tr("It is done as prescribed, as you asked.")


def keys() -> str:
    """The keys."""
    return tr(
        "Space pause or go on (counts a rep at your own pace) · B pause or go on, there too · ← back · → skip · "
        "P it hurts · + - ten seconds more or less rest · M sound · Q or Esc end"
    )


def keys_short() -> str:
    """Said once at the start."""
    return tr("Space pauses, P if it hurts, Q ends, ? shows all keys.")


def status(live: LiveSession, now: float) -> str:
    """The line that changes: phase, side, seconds, rep, set, time left."""
    view = live.view(now)
    exercise = live.known.get(view.exercise)
    what = phase(view.kind, exercise.motion if exercise else Motion.RAISE)
    parts = [f"{what} {side_word(view.side).upper()}" if view.side in (Side.LEFT, Side.RIGHT) else what]
    parts.append(tr("in {seconds}").format(seconds=view.seconds) if view.lead else tr("{n} s").format(n=view.seconds))
    if view.rep:
        parts.append(tr("rep {rep} of {reps}").format(rep=view.rep, reps=view.reps))
    if view.set:
        parts.append(tr("set {set} of {sets}").format(set=view.set, sets=view.sets))
    parts.append(tr("{left} to go").format(left=clock(view.left_s)))
    said = " · ".join(parts)
    if view.phase is Phase.PAUSED:
        return tr("Paused · {status}").format(status=said)
    return (
        tr("{status} · Space when the rep is done, B pauses").format(status=said)
        if view.open and not view.lead
        else said
    )


def paused() -> str:
    """After the space key."""
    return tr("Paused. Space goes on.")


def resumed(lead_s: float) -> str:
    """It goes on."""
    return tr("Going on in 3, 2, 1.") if lead_s else tr("Going on.")


def adjusted(seconds: float) -> str:
    """A rest was made longer or shorter."""
    if seconds < 0:
        return tr("{seconds} s less").format(seconds=figure(-seconds))
    return tr("{seconds} s more").format(seconds=figure(seconds))


def slept(gap_s: float) -> str:
    """The lid was closed, or the machine stood still."""
    return tr("The computer was away for {time}. The session paused there; nothing was skipped.").format(
        time=about_minutes(gap_s)
    )


def muted() -> str:
    """After M."""
    return tr("Sound and voice are off.")


def heard() -> str:
    """After M again."""
    return tr("Sound and voice are on.")


def unheard(told: Told) -> str:
    """Sound or voice cannot be heard, and the lines tell it all; or it can be heard again."""
    if told.trouble is None:
        return tr("The voice can be heard again.") if told.voice else tr("The tones can be heard again.")
    said = failures.unheard(told.trouble, voice=told.voice)
    # In the window the screen flashes; here each step is a line.
    return said.replace(tr("the screen flashes at each cue"), tr("each step is printed here"))


def not_saving(why: str) -> str:
    """Said once in mid-session."""
    return tr(
        "This session is not being saved just now: {why} It goes on; what happens is kept and saved later."
    ).format(why=why)


def saving_again() -> str:
    """Said when it works again."""
    return tr("The session is being saved again, nothing is missing.")


def still_not_saved(why: str) -> str:
    """The last line after a session that could not be saved."""
    return tr("The end of this session could not be saved: {why}").format(why=why)


# -- questions ------------------------------------------------------------------------------------------------------


def pain_before() -> str:
    """Before the first step."""
    return tr("Pain now, 0 to 10 (X is ten, Enter leaves it out): ")


def pain_during() -> str:
    """After the last step."""
    return tr("Worst pain during the session, 0 to 10 (X is ten, Enter leaves it out): ")


def pain_after() -> str:
    """After the last step."""
    return tr("Pain now, 0 to 10 (X is ten, Enter leaves it out): ")


def effort() -> str:
    """After the last step."""
    return tr("How hard was it, 0 to 10 (X is ten, Enter leaves it out): ")


def note() -> str:
    """After the last step."""
    return tr("A line about it, if you like: ")


def how_much() -> str:
    """After P."""
    return tr("Paused. How much does it hurt, 0 to 10 (X is ten)? ")


def left_out() -> str:
    """After Enter."""
    return tr("left out")


def really_end() -> str:
    """After Q or Esc."""
    return tr("End the session here? What was done is kept. (Y ends, N goes on) ")


def yes() -> str:
    """After Y."""
    return tr("yes")


def no() -> str:
    """After N."""
    return tr("no")


def offer(found: Advice, easier: Exercise | None, *, rated: bool) -> str:
    """How to go on after a pain was told, the advised way first."""
    words = {
        Choice.GO_ON: tr("C go on"),
        Choice.EASIER: tr("E easier: {exercise}").format(exercise=short(easier.name) if easier else ""),
        Choice.SKIP: tr("S skip this exercise"),
        Choice.STOP: tr("X stop the session"),
    }
    offered = " · ".join(words[choice] for choice in found.choices)
    if not rated:
        return offered
    offered = f"{offered} · {tr('0–9 another number')}"
    whose = tr("your plan") if found.limits.prescribed else tr("the usual limit")
    if found.choices[0] is Choice.STOP:
        why = tr("{pain} is above {whose}: stop now.")
    elif found.choices[0] is Choice.GO_ON:
        why = tr("{pain} is within {whose}.")
    else:
        why = tr("{pain} is above what {whose} counts as fine.")
    return f"{why.format(pain=found.pain, whose=whose)} {offered}"


# -- a session that broke off ---------------------------------------------------------------------------------------


def broken(of: Broken) -> str:
    """What broke off, and where."""
    place = [short(name(of.exercise, {}))]
    if of.set is not None:
        place.append(tr("set {set}").format(set=of.set))
    if of.rep is not None:
        place.append(tr("rep {rep}").format(rep=of.rep))
    return tr("A session broke off: {title}, at {place}, with {left} to go.").format(
        title=short(of.title), place=", ".join(place), left=clock(of.left_s)
    )


def go_on_or_not() -> str:
    """The offer, on a terminal."""
    return tr("Go on there (G), leave it as it is and begin anew (L), or later (Esc)? ")


def left_and_begun_anew() -> str:
    """Nobody was there to be asked."""
    return tr("What was done of it is kept, and a new session begins. To go on at that rep: coach session --resume")


def going_on() -> str:
    """With --resume, or after G."""
    return tr("It goes on at that rep.")


def nothing_to_go_on_with() -> str:
    """With --resume and no broken session."""
    return tr("There is no session to go on with.")


def can_be_gone_on_with() -> str:
    """After Ctrl-C and the like."""
    return tr("Paused here, and kept. To go on at this rep: coach session --resume")


# -- the end --------------------------------------------------------------------------------------------------------


def summary(title: str, record: Record) -> str:
    """The first line of the end."""
    total = len(record.sets)
    worked = sum(one.seconds for one in record.sets)
    begin = tr("Session ended.") if record.complete else tr("Ended early; what was done is kept.")
    begin = tr("Well done.") if record.well_done else begin
    return tr("{begin} {title}: {done} of {total} sets, {worked} of work.").format(
        begin=begin, title=short(title), done=record.sets_done, total=total, worked=clock(worked)
    )


def exercise_lines(record: Record, names: dict[str, str]) -> list[str]:
    """What was done of each exercise, side by side."""
    lines = []
    for item, exercise in dict.fromkeys((one.item, one.exercise) for one in record.sets):
        sets = [one for one in record.sets if (one.item, one.exercise) == (item, exercise)]
        if not any(one.seconds for one in sets):
            lines.append(tr("  {exercise}: skipped").format(exercise=names.get(exercise, exercise)))
            continue
        sides = [
            tr("{side} {done} of {total} sets, {seconds}").format(
                side=side_word(side),
                done=sum(one.complete for one in sets if one.side is side),
                total=sum(1 for one in sets if one.side is side),
                seconds=clock(sum(one.seconds for one in sets if one.side is side)),
            )
            for side in dict.fromkeys(one.side for one in sets)
        ]
        lines.append(f"  {names.get(exercise, exercise)}: {' · '.join(sides)}")
    return lines


def tomorrow() -> str:
    """When the app asks again."""
    return tr("Tomorrow morning: coach log day --morning N")
