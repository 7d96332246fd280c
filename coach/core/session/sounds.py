"""The names of the cue sounds; each is one file of `assets/sounds`."""

from enum import StrEnum


class CueSound(StrEnum):
    """What is sounded, told apart with eyes shut. The value is the file's name without `.wav`."""

    GET_READY = "get_ready"
    TICK = "tick"
    UP = "up"
    HOLD = "hold"
    DOWN = "down"
    HALFWAY = "halfway"
    SWITCH = "switch"
    REST = "rest"
    EXERCISE_DONE = "exercise_done"
    SESSION_DONE = "session_done"
