"""The bounds of the routine file, version 1, as types: reader, checker and published schema all come from these."""

from typing import Annotated

from msgspec import Meta

MAX_FILE_BYTES = 2 * 1024 * 1024
MAX_NESTING = 32
MAX_ITEMS = 60
MAX_PROGRESS = 10
MAX_TEXT = 4_000
MAX_STAGES = 40

Sets = Annotated[int, Meta(ge=1, le=20)]
Reps = Annotated[int, Meta(ge=1, le=200)]
Seconds = Annotated[float, Meta(ge=0, le=3600)]
PerWeek = Annotated[int, Meta(ge=1, le=21)]
Nprs = Annotated[int, Meta(ge=0, le=10, description="numeric pain rating scale, 0 no pain to 10 worst imaginable")]
Text = Annotated[str, Meta(max_length=MAX_TEXT)]
Name = Annotated[str, Meta(min_length=1, max_length=MAX_TEXT)]
Date = Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}(?!\n)$", description="a real calendar day, ISO 8601")]
Version = Annotated[str, Meta(pattern=r"^[0-9]{1,4}\.[0-9]{1,4}(?!\n)$")]
