"""What happens in a session. Events are stored as JSON and read back for ever: a kind never changes its meaning,
new fields have defaults. `at` is in seconds since the session began, on a clock that never runs back."""

from msgspec import Struct, json

from coach.core.routine.plan import Step


class _Event(Struct, frozen=True, tag_field="type", omit_defaults=True):
    at: float


class Started(_Event, frozen=True, tag="started"):
    """The first step begins."""


class Began(_Event, frozen=True, tag="began"):
    """The step before ran out; step `index` begins."""

    index: int


class Counted(_Event, frozen=True, tag="counted"):
    """The person ended a rep of their own pace; step `index` begins."""

    index: int


class Seen(_Event, frozen=True, tag="seen"):
    """A second passed. Only the newest one of a session matters."""


class Paused(_Event, frozen=True, tag="paused"):
    """The person paused."""


class Slept(_Event, frozen=True, tag="slept"):
    """Nobody looked at the clock for `gap_s`: the lid was closed. `at` is the last instant that was seen."""

    gap_s: float


class Resumed(_Event, frozen=True, tag="resumed"):
    """The person goes on; the step goes on after `lead_s` of counting in."""

    lead_s: float


class Jumped(_Event, frozen=True, tag="jumped"):
    """The person skipped or went back; step `index` begins after `lead_s` of counting in."""

    index: int
    lead_s: float


class Adjusted(_Event, frozen=True, tag="adjusted"):
    """The person made a rest longer or shorter."""

    seconds: float


class Hurt(_Event, frozen=True, tag="hurt"):
    """The person said that it hurts; the session pauses at once."""


class Rated(_Event, frozen=True, tag="rated"):
    """How much it hurts, NPRS 0-10."""

    pain: int


class Eased(_Event, frozen=True, tag="eased"):
    """From here on `steps`, with the easier variation `exercise` in place of the one that hurt."""

    exercise: str
    steps: tuple[Step, ...]


class Finished(_Event, frozen=True, tag="finished"):
    """The last step is over; `counted` if it was a rep of the person's own pace, and they counted it."""

    counted: bool = False


class Stopped(_Event, frozen=True, tag="stopped"):
    """The person ended the session early."""


Event = (
    Started
    | Began
    | Counted
    | Seen
    | Paused
    | Slept
    | Resumed
    | Jumped
    | Adjusted
    | Hurt
    | Rated
    | Eased
    | Finished
    | Stopped
)

_DECODER: json.Decoder[Event] = json.Decoder(Event)


def to_json(event: Event) -> str:
    """The event as it is stored."""
    return json.encode(event).decode()


def from_json(body: str) -> Event:
    """The event that was stored. Raises msgspec.MsgspecError for what no version ever wrote."""
    return _DECODER.decode(body)


_STEPS = json.Decoder(tuple[Step, ...])


def plan_to_json(steps: tuple[Step, ...]) -> str:
    """A compiled plan as it is stored with its session."""
    return json.encode(steps).decode()


def plan_from_json(body: str) -> tuple[Step, ...]:
    """The plan that was stored. Raises msgspec.MsgspecError for what no version ever wrote."""
    return _STEPS.decode(body)
