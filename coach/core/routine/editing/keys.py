"""The fields of a group such as `rules`, from the types that read it: a new key is a new field by itself."""

from dataclasses import dataclass
from enum import StrEnum

import msgspec
from msgspec import inspect

from coach.core.routine.plain import Place


class Sort(StrEnum):
    """What a field holds."""

    WHOLE = "whole"
    NUMBER = "number"
    YES_NO = "yes_no"
    CHOICE = "choice"
    TEXT = "text"
    NAMES = "names"
    """A list of texts."""


@dataclass(frozen=True, slots=True)
class Key:
    """One field of a group."""

    place: Place
    sort: Sort
    choices: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The key below its group: `pain_stop_above`."""
        return ".".join(str(part) for part in self.place[1:])


def keys_of(shape: type[msgspec.Struct], place: Place) -> tuple[Key, ...]:
    """Every field of a struct at `place`, in its order; what no field of a form could show is left out."""
    found = inspect.type_info(shape)
    return _of_struct(found, place) if isinstance(found, inspect.StructType) else ()


def _of_struct(found: inspect.StructType, place: Place) -> tuple[Key, ...]:
    return tuple(key for field in found.fields for key in _of_type(field.type, (*place, field.encode_name)))


def _of_type(found: inspect.Type, place: Place) -> tuple[Key, ...]:
    match found:
        case inspect.Metadata(type=inner):
            return _of_type(inner, place)
        case inspect.StructType():
            return _of_struct(found, place)
        case inspect.BoolType():
            return (Key(place, Sort.YES_NO),)
        case inspect.IntType():
            return (Key(place, Sort.WHOLE),)
        case inspect.FloatType():
            return (Key(place, Sort.NUMBER),)
        case inspect.LiteralType(values=values):
            return (Key(place, Sort.CHOICE, tuple(str(value) for value in values)),)
        case inspect.EnumType(cls=cls):
            return (Key(place, Sort.CHOICE, tuple(str(one.value) for one in cls)),)
        case inspect.StrType():
            return (Key(place, Sort.TEXT),)
        case inspect.ListType(item_type=inspect.StrType()):
            return (Key(place, Sort.NAMES),)
        case inspect.ListType(item_type=inspect.Metadata(type=inspect.StrType())):
            return (Key(place, Sort.NAMES),)
        case _:
            return ()
