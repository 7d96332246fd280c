"""The published JSON Schema of the routine file, generated from the types that read it.

`make schema` writes `assets/routine.schema.json`; a test compares the file with this.
"""

import sys
from typing import Any

import msgspec

from coach.core.routine.routine import Routine

ID = "https://rehab-coach.example/routine.schema.json"
_EXTENSION = "^x-"


def routine_schema() -> dict[str, Any]:  # a JSON document
    """JSON Schema 2020-12 of a routine file; extension keys (`x-…`) are allowed in every object."""
    schema = msgspec.json.schema(Routine)
    for definition in schema["$defs"].values():
        if definition.get("additionalProperties") is False:
            definition["patternProperties"] = {_EXTENSION: {}}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": ID,
        "title": "Rehab routine, version 1",
        **schema,
    }


def as_text() -> str:
    """The schema as the published file."""
    return msgspec.json.format(msgspec.json.encode(routine_schema()), indent=2).decode() + "\n"


if __name__ == "__main__":
    sys.stdout.write(as_text())
