"""Qt's enumerations are made quickly, and are what they always are."""

import enum
import subprocess
import sys
from collections.abc import Callable
from enum import Enum, EnumType, Flag, FlagBoundary, IntEnum, IntFlag
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.ui import enumerations

KINDS = [Enum, IntEnum, Flag, IntFlag]
own: Any = enumerations._own
quick: Any = enumerations._create

NAMES = st.text("abcXYZ_09", min_size=1, max_size=6).filter(str.isidentifier) | st.sampled_from(
    ["name", "value", "mro", "real", "_hidden", "__dunder__", "_sunder_", "conjugate", "Largest"]
)
PAIRS = st.lists(st.tuples(NAMES, st.integers(-9, 70) | st.sampled_from([2**31, 2**32 - 1, -(2**31)])), max_size=12)


def made(way: Any, kind: type[Enum], pairs: object) -> object:
    """All that can be seen of an enumeration, or why there is none."""
    boundary = FlagBoundary.KEEP if issubclass(kind, Flag) else None
    try:
        one = way(kind, "One", pairs, module=__name__, boundary=boundary)
    except Exception as error:  # noqa: BLE001 # whatever it is, both ways must come to it
        return type(error), str(error)
    look = enumerations._look(one)
    return {name: "property" if isinstance(value, enum.property) else value for name, value in look.items()}, told(one)


def told(one: Any) -> list[object]:
    """What an enumeration answers."""
    members = [one[name] for name in one.__members__]
    answers: list[object] = [repr(one), len(one), [repr(member) for member in one], list(one.__members__)]
    for member in members:
        answers += [repr(member), str(member), f"{member}", hash(member), one(member.value) is member, member in one]
        answers += [member.name, member.value, member is getattr(one, member.name)]
        if issubclass(one, Flag):
            answers += [
                bool(member),
                said(lambda flag: repr(~flag), member),
                said(lambda flag: repr(flag & one(3)), member),
            ]
            answers += [said(lambda flag: [repr(flag | other) for other in members], member)]
            answers += [said(lambda flag: [repr(part) for part in flag], member) if member.value >= 0 else None]
    return answers


def said(ask: Callable[[Any], object], flags: Any) -> object:
    """What it answers; Python itself stumbles over some bits without a name."""
    try:
        return ask(flags)
    except (AttributeError, ValueError) as error:
        return str(error)


@pytest.mark.parametrize("kind", KINDS)
@given(pairs=PAIRS)
def test_an_enumeration_is_the_same_made_in_either_way(kind: type[Enum], pairs: list[tuple[str, int]]) -> None:
    assert made(quick, kind, list(pairs)) == made(own, kind, list(pairs))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "names",
    [
        "RED GREEN",
        ["RED", "GREEN"],
        {"RED": 1, "GREEN": 2},
        (("RED", 1),),
        [("RED", enum.auto())],
        [("RED", "red")],
        None,
    ],
)
def test_what_is_not_plain_is_made_as_ever(kind: type[Enum], names: object) -> None:
    assert made(quick, kind, names) == made(own, kind, names)


def test_this_python_makes_them_so_that_the_quick_way_is_taken() -> None:
    assert all(enumerations._comes_to_the_same(kind) for kind in KINDS)


def test_another_enum_module_goes_its_own_way(monkeypatch: pytest.MonkeyPatch) -> None:
    def other(kind: type[Enum], name: str, pairs: object, **how: Any) -> Any:
        one = own(kind, name, pairs, **how)
        if pairs:
            one._newer_ = len(one)
        return one

    monkeypatch.setattr(enumerations, "_own", other)
    monkeypatch.setattr(EnumType, "_create_", other)

    enumerations.make_quickly()

    assert EnumType._create_ is other  # type: ignore[attr-defined]


_ALL = """
import enum, pickle, sys
from coach.ui.enumerations import make_quickly

if sys.argv[1] == "quickly":
    make_quickly()
    assert enum.EnumType._create_.__module__ == "coach.ui.enumerations"
from PySide6 import QtCore, QtGui, QtWidgets

seen = 0

def pickled(member):
    try:
        return repr(pickle.loads(pickle.dumps(member)))
    except Exception as error:  # as Python's own of some versions
        return repr(error)

def tell(one):
    print(one.__module__, one.__qualname__, one.__name__, [base.__qualname__ for base in one.__mro__], len(one))
    for name, member in one.__members__.items():
        assert one(member.value) is member, (one, name)
        print(" ", name, member.name, member.value, repr(member), member._sort_order_, pickled(member))
    if issubclass(one, enum.Flag):
        print(" ", [repr(member) for member in one], one._flag_mask_, one._all_bits_, one._boundary_)
        print(" ", [repr(~member) for member in one], [repr(member | other) for member in one for other in one])

for module in (QtCore, QtGui, QtWidgets):
    for name in dir(module):
        there = getattr(module, name)
        for one in [there, *vars(there).values()] if isinstance(there, type) else []:
            if isinstance(one, enum.EnumType):
                seen += 1
                tell(one)
assert seen > 400, seen
"""


def all_of_qt(how: str) -> str:
    """All enumerations of Qt, as a program of its own prints them."""
    ended = subprocess.run([sys.executable, "-c", _ALL, how], capture_output=True, text=True, timeout=120, check=False)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def test_all_of_qts_enumerations_are_the_same_made_in_either_way() -> None:
    assert all_of_qt("quickly") == all_of_qt("as ever")
