#!/usr/bin/env python3
"""Write the ten cue sounds beside this file; the same bytes every time, nothing but Python needed."""

import array
import math
import sys
import wave
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

RATE = 44_100
LOUDNESS = 0.17
"""Root mean square of what sounds, as a part of full scale; with it no peak reaches 0.9."""
ATTACK_S = 0.003
RELEASE_S = 0.012
FRAME_S = 0.01
SILENT_BELOW = 0.1
"""A frame this much weaker than the strongest is tail, not sound: it must not count in the loudness."""

SOFT = ((1.0, 1.0), (2.0, 0.12))
"""Partials as (multiple of the pitch, strength): nearly a sine, heard as gentle."""
CLEAR = ((1.0, 1.0), (2.0, 0.35), (3.0, 0.15))
"""Brighter, so that the phase tones carry four metres from a laptop."""
BELL = ((1.0, 1.0), (2.0, 0.4), (2.76, 0.2), (5.4, 0.05))
"""The uneven partials of a struck bar."""
WOOD = ((1.0, 1.0), (2.57, 0.3))


@dataclass(frozen=True, slots=True)
class Note:
    """One tone; pitches in Hz, times in seconds. It glides from `pitch` to `to`, and fades by 1/e every `fade_s`."""

    at_s: float
    length_s: float
    pitch: float
    to: float
    partials: tuple[tuple[float, float], ...] = SOFT
    fade_s: float = math.inf
    strength: float = 1.0


def steady(at_s: float, length_s: float, pitch: float) -> Note:
    """Return a tone that stays where it is."""
    return Note(at_s, length_s, pitch, pitch)


def chime(at_s: float, length_s: float, pitch: float, strength: float = 1.0) -> Note:
    """Return a struck bar that rings out."""
    return Note(at_s, length_s, pitch, pitch, BELL, length_s / 2.6, strength)


SOUNDS: dict[str, tuple[Note, ...]] = {
    "get_ready": (steady(0.0, 0.13, 523.25), steady(0.13, 0.13, 659.26), steady(0.26, 0.2, 783.99)),
    "tick": (Note(0.0, 0.1, 1174.66, 1174.66, WOOD, 0.022),),
    "up": (Note(0.0, 0.24, 493.88, 987.77, CLEAR),),
    "hold": (Note(0.0, 0.24, 739.99, 739.99, CLEAR),),
    "down": (Note(0.0, 0.24, 987.77, 493.88, CLEAR),),
    "halfway": (steady(0.0, 0.1, 880.0), steady(0.16, 0.1, 880.0)),
    "switch": (Note(0.0, 0.22, 1046.5, 523.25), Note(0.22, 0.22, 523.25, 1046.5)),
    "rest": (chime(0.0, 0.75, 392.0),),
    "exercise_done": (chime(0.0, 0.3, 659.26), chime(0.22, 0.48, 880.0)),
    "session_done": (
        chime(0.0, 0.3, 523.25),
        chime(0.18, 0.3, 659.26),
        chime(0.36, 0.53, 783.99, 0.8),
        chime(0.36, 0.53, 1046.5, 0.8),
    ),
}


def envelope(note: Note, t: float) -> float:
    """Return how strong the note is `t` seconds after it began: up in 3 ms without a click, faded, out in 12 ms."""
    rise = 0.5 - 0.5 * math.cos(math.pi * min(1.0, t / ATTACK_S))
    fall = 0.5 - 0.5 * math.cos(math.pi * min(1.0, max(0.0, note.length_s - t) / RELEASE_S))
    return rise * fall * math.exp(-t / note.fade_s)


def samples(note: Note) -> list[float]:
    """Return the tone, one number per sample."""
    phase, out = 0.0, []
    for i in range(round(note.length_s * RATE)):
        t = i / RATE
        wave_now = sum(share * math.sin(multiple * phase) for multiple, share in note.partials)
        out.append(note.strength * envelope(note, t) * wave_now)
        phase += 2 * math.pi * note.pitch * (note.to / note.pitch) ** (t / note.length_s) / RATE
    return out


def mixed(notes: Iterable[Note]) -> list[float]:
    """Return all notes laid over each other."""
    placed = [(round(note.at_s * RATE), samples(note)) for note in notes]
    out = [0.0] * max(start + len(tone) for start, tone in placed)
    for start, tone in placed:
        for i, value in enumerate(tone):
            out[start + i] += value
    return out


def loudness(sound: list[float]) -> float:
    """Return the root mean square of what sounds, the silent frames left out."""
    size = round(FRAME_S * RATE)
    powers = [sum(v * v for v in sound[i : i + size]) / size for i in range(0, len(sound) - size + 1, size)]
    heard = [power for power in powers if power >= max(powers) * SILENT_BELOW**2]
    return math.sqrt(sum(heard) / len(heard))


def write(folder: Path) -> None:
    """Write every sound into the folder."""
    for name, notes in SOUNDS.items():
        sound = mixed(notes)
        factor = LOUDNESS / loudness(sound) * 32767
        data = array.array("h", (round(value * factor) for value in sound))
        if sys.byteorder == "big":
            data.byteswap()
        with wave.open(str(folder / f"{name}.wav"), "wb") as out:
            out.setnchannels(1)
            out.setsampwidth(2)
            out.setframerate(RATE)
            out.writeframes(data.tobytes())


if __name__ == "__main__":
    write(Path(__file__).resolve().parent)
