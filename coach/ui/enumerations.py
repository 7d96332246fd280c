"""Qt's enumerations, made in a third of the time.

PySide6 makes every enumeration of a class when that is first named, in Python's functional way; `Qt` alone has 93 with
1,195 members, and all of them were a seventh of a start. For each member Python provides there for whatever a member
may be. Those of Qt are all of one kind: a name and a whole number.
"""

import sys
from collections.abc import Iterable
from enum import Enum, EnumType, Flag, FlagBoundary, IntEnum, IntFlag
from functools import cache
from typing import Any, Final

_KINDS: Final = (Enum, IntEnum, Flag, IntFlag)
_TAKEN: Final = {kind: frozenset(name for base in kind.__mro__ for name in vars(base)) | {"mro"} for kind in _KINDS}
"""Names that mean something in each kind of enumeration: as a member's they ask for more than a member."""
_OF_THE_CLASS: Final = ("__dict__", "__weakref__")
"""What Python itself puts into each class anew."""

_Made = Any  # a class of enumeration, of which what the `enum` module keeps in it is looked at
_own: Final = EnumType._create_  # type: ignore[attr-defined] # what is stood in for


def make_quickly() -> None:
    """From now on make enumerations of plain names and numbers the quick way, if this Python's can be made so.

    Whether they can is tried with one of each kind: what the `enum` module keeps in its classes is its own affair, and
    may be something else with any release.
    """
    if EnumType._create_ is _own and all(map(_comes_to_the_same, _KINDS)):  # type: ignore[attr-defined]
        EnumType._create_ = _create  # type: ignore[attr-defined]


def _create(
    kind: _Made, class_name: str, names: Any, *, module: str | None = None, boundary: object = None, **how: Any
) -> _Made:
    """In the place of the `enum` module's own; whatever is not plain is left to that."""
    if module is None:
        module = sys._getframe(2).f_globals.get("__name__")  # where it would look itself
    if module is None or not _plain(kind, names) or any(how[name] for name in how if name != "start"):
        return _own(kind, class_name, names, module=module, boundary=boundary, **how)
    return _quickly(kind, class_name, names, module, boundary)


def _plain(kind: _Made, names: Any) -> bool:
    """Whether these are plain pairs of a name and a number, each name once."""
    taken = _TAKEN.get(kind)
    if taken is None or type(names) is not list:
        return False
    told, flag = set(), issubclass(kind, Flag)
    for pair in names:
        if type(pair) is not tuple or len(pair) != 2:
            return False
        name, value = pair
        if type(name) is not str or name in taken or name[:1] == "_":
            return False
        if type(value) is not int or (flag and value < 0):
            return False
        told.add(name)
    return len(told) == len(names)


def _quickly(kind: _Made, class_name: str, pairs: Iterable[tuple[str, int]], module: str, boundary: object) -> _Made:
    inside = _inside(kind, boundary)
    copied = {name: value.copy() if type(value) in (list, dict) else value for name, value in inside.items()}
    copied["__module__"] = module
    made: _Made = EnumType.__new__(EnumType, class_name, (kind,), copied, _simple=True)  # type: ignore[arg-type]
    flag = issubclass(kind, Flag)
    canonical, by_name, by_value = made._member_names_, made._member_map_, made._value2member_map_
    new, takes_value = made._new_member_, made._use_args_
    mask = singles = 0
    for name, value in pairs:
        single = value > 0 and not value & (value - 1)
        if flag:
            mask |= value
            singles |= value if single else 0
        member = by_value.get(value)
        if member is None:  # or else it is another name for that
            member = by_value[value] = new(made, value) if takes_value else new(made)
            member._value_ = value
            member._name_ = name
            member.__objclass__ = made
            member._sort_order_ = len(canonical)
            if single or not flag:
                canonical.append(name)
        by_name[name] = member
        type.__setattr__(made, name, member)
    if flag:
        made._all_bits_ = 2 ** mask.bit_length() - 1
        if "_singles_mask_" in inside:
            made._flag_mask_, made._singles_mask_ = mask, singles
        else:  # Python 3.11.2, that of Debian 12
            made._flag_mask_ = singles
        values = [member._value_ for member in made]
        if values != sorted(values):
            made._iter_member_ = made._iter_member_by_def_
    return made


@cache
def _inside(kind: _Made, boundary: object) -> dict[str, Any]:
    """What the `enum` module puts into an enumeration that has no members."""
    empty = _own(kind, "Empty", (), module="", boundary=boundary)
    return {name: value for name, value in vars(empty).items() if name not in _OF_THE_CLASS}


def _comes_to_the_same(kind: _Made) -> bool:
    """Whether one that is made quickly is as one that is not, as far as anybody can look."""
    pairs = [("Two", 2), ("Nothing", 0), ("One", 1), ("Single", 1), ("Three", 3), ("Many", 12)]
    boundary = FlagBoundary.KEEP if issubclass(kind, Flag) else None
    own = _own(kind, "Sample", pairs, module=__name__, boundary=boundary)
    try:
        return _look(own) == _look(_quickly(kind, "Sample", pairs, __name__, boundary))
    except Exception:  # noqa: BLE001 # whatever another `enum` module takes amiss, there is its own way
        return False


def _look(made: _Made) -> dict[str, object]:
    return {name: _seen(value) for name, value in vars(made).items()}


def _seen(value: Any) -> object:
    """What can be compared of what is in an enumeration: members by all they hold, functions by their names."""
    if isinstance(value, Enum):
        return type(value).__name__, {name: one for name, one in vars(value).items() if name != "__objclass__"}
    if isinstance(value, dict):
        return [(key, _seen(one)) for key, one in value.items()]
    return getattr(getattr(value, "__func__", value), "__qualname__", value)
