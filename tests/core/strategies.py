"""What the property tests of the core draw from: files, steps, and what a person does in a session."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any

from hypothesis import strategies as st

from coach.core.routine.plan import Side, Step, StepKind, compile_routine
from coach.core.routine.reading import read_library, read_routine
from coach.core.routine.routine import Routine
from coach.core.session.engine import (
    Adjust,
    Back,
    Command,
    Count,
    Ease,
    ItHurts,
    Pause,
    Rate,
    Resume,
    Session,
    Skip,
    SkipExercise,
    Start,
    Stop,
    Tick,
    handle,
)
from coach.core.session.events import Event

Json = dict[str, Any]  # a JSON object: what it holds is what the tests are about

# The bounds of the contract, written out: what the code believes is what is tested.
MAX_FILE_BYTES = 2 * 1024 * 1024
MAX_NESTING = 32
MAX_ITEMS = 60
MAX_TEXT = 4_000

LIBRARY_FILE: Json = {
    "format": "rehab-exercises",
    "version": "1.0",
    "exercises": [
        {"id": "clamshell", "name": "Clamshell", "sides": "each", "laterality": "unilateral",
         "dose": {"sets": 2, "reps": 3, "tempo": {"up_s": 3, "down_s": 1}, "rest_s": 20, "switch_s": 4},
         "ladder": {"easier": ["side_hold"]}},
        {"id": "side_hold", "name": "Side hold", "sides": "affected_first",
         "dose": {"sets": 2, "reps": 2, "hold_s": 6, "rep_rest_s": 4, "prepare_s": 12}},
        {"id": "bridge", "name": "Bridge", "spoken": "The bridge", "laterality": "bilateral", "dose": {"reps": 4}},
        {"id": "march", "name": "March", "sides": "alternate", "dose": {"reps": 2, "prepare_s": 3}},
        {"id": "plank", "name": "Plank", "laterality": "bilateral", "dose": {"hold_s": 8.5}},
        {"id": "walk", "name": "Walk"},
    ],
}  # fmt: skip
LIBRARY = read_library(json.dumps(LIBRARY_FILE).encode()).exercises
LIBRARY_PLAIN: Mapping[str, Json] = {entry["id"]: entry for entry in LIBRARY_FILE["exercises"]}

TWO_PASSES = ("each", "affected_first", "other_first")
SIDES = ("both", "left", "right", "alternate", *TWO_PASSES)

# Short steps and fractions favoured: they are where clocks go wrong.
durations = st.one_of(
    st.sampled_from([0, 0.5, 1, 1.0, 1.5, 2, 3, 5, 10, 45, 3600]),
    st.integers(0, 60),
    st.floats(0, 3600, allow_nan=False).map(lambda seconds: round(seconds, 3)),
)
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
names = texts.filter(bool)


def to_bytes(value: object) -> bytes:
    """The JSON text of a value, with NaN, infinity and lone surrogates as a careless program would write them."""
    return json.dumps(value).encode()


def json_values(leaves: int = 12) -> st.SearchStrategy[Any]:
    """Any JSON, with the numbers and texts that parsers stumble over."""
    scalars = st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.sampled_from([0, 1, -1, 2**63, 2**64, -(2**70), 10**39, 10**41, 10**400, 5e-324, -0.0, 1e308]),
        st.floats(),
        st.text(),
        st.sampled_from(["", "\0", "\ud800", "clamshell", "both", "1.0", "x-", "2026-02-30", "a\n"]),
    )
    return st.recursive(
        scalars,
        lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(keys, inner, max_size=4)),
        max_leaves=leaves,
    )


keys = st.one_of(
    st.sampled_from(
        ["items", "exercise", "sets", "reps", "hold_s", "tempo", "up_s", "id", "x-note", "x-", "dose", "sides"]
    ),
    st.text(max_size=6),
)

extension_keys = st.from_regex(r"\Ax-[a-z]{0,5}\Z")
extension_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(10**9), 10**9), st.floats(-1e6, 1e6), texts),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.one_of(names.filter(lambda key: not key.startswith("x-")), extension_keys), inner, max_size=3
        ),
    ),
    max_leaves=5,
)


def _some(**parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Json]:
    """An object with any of these keys."""
    return st.fixed_dictionaries({}, optional=parts)


def doses(*, most: int) -> st.SearchStrategy[Json]:
    """Default doses of exercises: counted, held or empty."""
    rests = {"sets": st.integers(1, most), "rest_s": durations, "rep_rest_s": durations, "prepare_s": durations,
             "switch_s": durations}  # fmt: skip
    counted = _some(reps=st.integers(1, most), tempo=tempos, **rests)
    held = st.builds(
        lambda hold_s, other: {**other, "hold_s": hold_s}, durations, _some(reps=st.integers(1, most), **rests)
    )
    return st.one_of(counted, held)


tempos = _some(up_s=durations, hold_s=durations, down_s=durations)


@st.composite
def items(draw: st.DrawFn, known: Mapping[str, Json], *, most: int = 3, paced: bool = True) -> Json:
    """A valid item over these exercises; `paced` allows reps of the person's own pace."""
    name = draw(st.sampled_from(sorted(known)))
    exercise = known[name]
    item: Json = {"exercise": name}
    item |= draw(
        _some(sides=st.sampled_from(SIDES), sets=st.integers(1, most), rest_s=durations, rep_rest_s=durations,
              prepare_s=durations, switch_s=durations, load=texts, note=texts)
    )  # fmt: skip
    kind = draw(st.sampled_from(["bare", "counted", "held", "held reps"]))
    if kind in ("counted", "held reps"):
        item["reps"] = draw(st.integers(1, most))
    if kind in ("held", "held reps"):
        item["hold_s"] = draw(durations)
    held = "hold_s" in item or (kind == "bare" and "hold_s" in exercise.get("dose", {}))
    if not held:
        item |= draw(_some(tempo=tempos, **({"pace": st.sampled_from(["coach", "self"])} if paced else {})))
    if item.get("sides", exercise.get("sides", "both")) in TWO_PASSES:
        own = _some(sets=st.integers(1, most), reps=st.integers(1, most), **({"hold_s": durations} if held else {}))
        item |= draw(_some(per_side=_some(left=own, right=own)))
    return item


@st.composite
def own_exercises(draw: st.DrawFn, *, most: int = 3) -> list[Json]:
    """Exercises that a file brings along, some under a name of the library."""
    ids = draw(st.lists(st.sampled_from(["own_a", "own_b", "clamshell", "plank"]), unique=True, max_size=2))
    return [
        {"id": id_, "name": draw(names)} | draw(_some(sides=st.sampled_from(SIDES), dose=doses(most=most)))
        for id_ in ids
    ]


@st.composite
def routine_files(draw: st.DrawFn, *, most: int = 3, paced: bool = True, extended: bool = True) -> Json:
    """A valid routine file as plain JSON; `extended` sprinkles extension keys over it."""
    own = draw(own_exercises(most=most))
    known = {**LIBRARY_PLAIN, **{entry["id"]: entry for entry in own}}
    file: Json = {
        "format": "rehab-routine",
        "version": "1.0",
        "id": draw(names),
        "title": draw(names),
        "items": draw(st.lists(items(known, most=most, paced=paced), min_size=1, max_size=3)),
    }
    file |= draw(
        _some(
            revision=st.integers(1, 1_000_000),
            issued=st.dates().map(str),
            review_by=st.dates().map(str),
            prescriber=_some(name=texts, contact=texts),
            patient=texts,
            schedule=_some(per_week=st.integers(1, 21), days=st.lists(st.sampled_from(["mon", "sun"]), max_size=2)),
            affected_side=st.sampled_from(["left", "right"]),
            rules=_some(pain_stop_above=st.integers(0, 10), pain_easier_above=st.integers(0, 10)),
            readiness=_some(sp_s=durations, days=st.integers(1, 365), lsi_min=st.floats(0, 1), skip_hop=st.booleans()),
        )
    )
    with_empty_list: bool = draw(st.booleans())
    if own or with_empty_list:
        file["exercises"] = own
    if extended:
        objects = [path for path, at in places(file) if isinstance(at, dict)]
        for place in draw(st.lists(st.sampled_from(objects), max_size=3)):
            at_path(file, place)[draw(extension_keys)] = draw(extension_values)
    return file


def as_routine(file: Json) -> Routine:
    """The routine that a valid file holds."""
    routine = read_routine(to_bytes(file), LIBRARY).routine
    assert routine is not None
    return routine


def routines(*, most: int = 3, paced: bool = True) -> st.SearchStrategy[Routine]:
    """Valid routines as values."""
    return routine_files(most=most, paced=paced, extended=False).map(as_routine)


Place = tuple[str | int, ...]


def places(value: object, place: Place = ()) -> list[tuple[Place, object]]:
    """Every value in a JSON document with its place, extension keys left out."""
    found: list[tuple[Place, object]] = [(place, value)]
    if isinstance(value, dict):
        for key, inner in value.items():
            if not key.startswith("x-"):
                found += places(inner, (*place, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            found += places(inner, (*place, index))
    return found


def at_path(value: Any, place: Place) -> Any:
    """The value at a place of a JSON document."""
    for part in place:
        value = value[part]
    return value


def path_of(place: Place) -> str:
    """A place the way a problem names it."""
    return "$" + "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in place)


def with_value_at(file: Json, place: Place, value: object) -> Json:
    """A copy of the document with something else at this place."""
    copy: Json = json.loads(json.dumps(file))
    at_path(copy, place[:-1])[place[-1]] = value
    return copy


@dataclass(frozen=True, slots=True)
class Mutated:
    """A valid file with one value replaced."""

    file: Json
    place: Place


@st.composite
def mutated_files(draw: st.DrawFn) -> Mutated:
    """A valid routine file with any JSON in one place; header apart, since that decides who judges the rest."""
    file = draw(routine_files(extended=False))
    choices = [place for place, _ in places(file) if place and place[0] not in ("format", "version")]
    place = draw(st.sampled_from(choices))
    return Mutated(with_value_at(file, place, draw(json_values(4))), place)


# Sessions


@dataclass(frozen=True, slots=True)
class Press:
    """A command, some time after the one before."""

    after_s: float
    command: Command


@dataclass(slots=True)
class Played:
    """A session that was played: where it stands, what happened, what the clock says."""

    session: Session
    events: list[Event] = field(default_factory=list)
    now: float = 0.0

    def press(self, command: Command, now: float) -> tuple[Event, ...]:
        """Let the person do something at this instant."""
        self.session, events = handle(self.session, command, now)
        self.events += events
        self.now = now
        return events

    def look_until(self, instant: float, gaps: tuple[float, ...] = (0.9,)) -> None:
        """Look at the clock at these gaps, over and over, and last of all at the instant itself."""
        for gap in cycle(gaps):
            if self.now + gap >= instant:
                break
            self.press(Tick(), self.now + gap)
        if instant >= self.now:
            self.press(Tick(), instant)


def started(steps: tuple[Step, ...], at: float = 0.0) -> Played:
    """A session that begins at this instant."""
    played = Played(Session(steps))
    played.press(Start(), at)
    return played


def play(steps: tuple[Step, ...], script: list[Press]) -> Played:
    """A session in which all this was pressed."""
    played = Played(Session(steps))
    for press in script:
        played.press(press.command, played.now + press.after_s)
    return played


step_lengths = st.one_of(
    st.sampled_from([0.5, 1.0, 1.0, 1.5, 2.0, 3.0, 5.0, 25.0]),
    st.floats(0.5, 30).map(lambda seconds: round(seconds, 3)),
)


short_lengths = st.sampled_from([0.5, 0.75, 1.0, 1.0, 2.0, 4.0, 5.0, 6.5, 21.0])


@st.composite
def blocks(
    draw: st.DrawFn, *, open_reps: bool = True, step_lengths: st.SearchStrategy[float] = step_lengths, most: int = 3
) -> list[list[Step]]:
    """The steps of a session, as the blocks that skip and back know: one set of one side, one rest, one switch."""
    found: list[list[Step]] = []
    for item in range(draw(st.integers(1, 2))):
        name = f"exercise_{item}"
        found += [[Step(StepKind.PREPARE, draw(step_lengths), item, name)]]
        sides = draw(st.sampled_from([(Side.BOTH,), (Side.LEFT,), (Side.LEFT, Side.RIGHT)]))
        kind = draw(st.sampled_from(["held", "counted", "open"] if open_reps else ["held", "counted"]))
        reps = draw(st.integers(1, most))
        sets = draw(st.integers(1, 2))
        for number in range(1, sets + 1):
            for position, side in enumerate(sides):
                if position:
                    found.append([Step(StepKind.SWITCH, draw(step_lengths), item, name)])
                work: list[Step] = []
                for rep in range(1, reps + 1):
                    if kind == "counted":
                        work += [
                            Step(phase, draw(step_lengths), item, name, side, number, rep)
                            for phase in (StepKind.UP, StepKind.HOLD, StepKind.DOWN)
                        ]
                    else:
                        what = StepKind.HOLD if kind == "held" else StepKind.UP
                        work.append(Step(what, draw(step_lengths), item, name, side, number, rep, kind == "open"))
                found.append(work)
            if number < sets:
                found.append([Step(StepKind.REST, draw(step_lengths), item, name)])
    return found


def flat(some: list[list[Step]]) -> tuple[Step, ...]:
    """Blocks as one list of steps."""
    return tuple(step for block in some for step in block)


def plans(*, open_reps: bool = True) -> st.SearchStrategy[tuple[Step, ...]]:
    """The steps of a session, none shorter than half a second."""
    return blocks(open_reps=open_reps).map(flat)


def short_plans(*, open_reps: bool = True) -> st.SearchStrategy[tuple[Step, ...]]:
    """Sessions of a minute or so, for what is looked at ten times a second."""
    return blocks(open_reps=open_reps, step_lengths=short_lengths, most=2).map(flat)


def compiled(*, paced: bool = True) -> st.SearchStrategy[tuple[Step, ...]]:
    """The steps of any valid routine, of any length; at times none at all."""
    return routines(paced=paced).map(lambda routine: compile_routine(routine, LIBRARY))


@st.composite
def commands(draw: st.DrawFn, *, ease: bool = True) -> Command:
    """Anything that can be pressed, with looks at the clock in between."""
    simple: list[Command] = [Start(), Tick(), Tick(), Tick(), Pause(), Resume(), Resume(), Skip(), SkipExercise(),
                             Back(), Count(), Count(), ItHurts(), Stop()]  # fmt: skip
    kind = draw(st.integers(0, 19))
    if kind == 0:
        return Adjust(draw(st.sampled_from([10.0, -10.0, 0.0, 5000.0, -5000.0, 0.1])))
    if kind == 1:
        return Rate(draw(st.integers(0, 10)))
    if kind == 2 and ease:
        return Ease("easier", draw(plans()))
    return draw(st.sampled_from(simple))


gaps = st.one_of(st.sampled_from([0.0, 0.1, 0.25, 1.0, 2.0]), st.floats(0, 2).map(lambda seconds: round(seconds, 3)))
any_gaps = st.one_of(gaps, st.sampled_from([2.9, 3.0, 3.1, 60.0, 86_400.0, 3.2e8]))


def scripts(*, ease: bool = True, most: int = 30) -> st.SearchStrategy[list[Press]]:
    """What a person does, however long they wait; a session that is started."""
    return st.lists(st.builds(Press, any_gaps, commands(ease=ease)), max_size=most).map(
        lambda presses: [Press(0.3, Start()), *presses]
    )
