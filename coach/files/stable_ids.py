"""Ids that are the same every time for the same thing: UUIDs of version 5 (RFC 9562) below one of our own."""

from dataclasses import dataclass
from uuid import UUID, uuid5

_OURS = UUID("5b0a4b67-3f0c-4c39-9f8e-4a8d3b7c1e52")


def stable_id(kind: str, *parts: str) -> str:
    """The id of a thing of some kind, which its parts name."""
    return str(uuid5(_OURS, "\x1f".join((kind, *parts)).encode("utf-8", "surrogatepass").hex()))


@dataclass(frozen=True, slots=True)
class Ids:
    """The ids of what belongs to one person: another person's routine or day of the same name has another one."""

    person: str

    def __call__(self, kind: str, *parts: str) -> str:
        """The id of a thing of this person."""
        return stable_id(kind, self.person, *parts)
