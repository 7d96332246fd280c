"""Hostile and careless routine files, each with what is to become of it: refused at a place, or read.

The families are those of JSON: encoding, size and depth, numbers, types, duplicates, markup, paths, spoofed Unicode,
meaning. Markup, paths and spoofs in a text are read as the text they are: it is shown as plain text and never opened.
"""

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from coach.core.routine.problems import Rule
from tests.core.strategies import MAX_FILE_BYTES, MAX_ITEMS, MAX_NESTING, Json


@dataclass(frozen=True, slots=True)
class Refused:
    """A problem by this rule at this path; others may stand beside it."""

    path: str
    rule: Rule


@dataclass(frozen=True, slots=True)
class Read:
    """Read, with warnings at these paths and no other."""

    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """A file and its fate. Large ones are made when they are asked for."""

    name: str
    make: Callable[[], bytes]
    expected: Refused | Read


def routine(**changed: Any) -> Json:
    """A sound routine with some keys changed."""
    return {
        "format": "rehab-routine",
        "version": "1.0",
        "id": "a",
        "title": "A",
        "items": [{"exercise": "bridge", "reps": 5}],
        **changed,
    }


def with_item(**changed: Any) -> Json:
    """A sound routine whose one item has some keys changed."""
    return routine(items=[{"exercise": "bridge", "reps": 5, **changed}])


def held(**changed: Any) -> Json:
    """A sound routine of one held item with some keys changed."""
    return routine(items=[{"exercise": "plank", "hold_s": 5, **changed}])


def packed(value: object) -> bytes:
    """A value as a file."""
    return json.dumps(value).encode()


def written(number: str, key: str = "hold_s") -> bytes:
    """A file with a number exactly as it is written."""
    item = {"exercise": "plank", **({} if key in ("hold_s", "reps") else {"hold_s": 5}), key: "@"}
    return packed(routine(items=[item])).replace(b'"@"', number.encode())


def _case(name: str, data: object, expected: Refused | Read) -> Case:
    return Case(name, lambda: data if isinstance(data, bytes) else packed(data), expected)


OK = Read()


def encoding() -> Iterator[Case]:
    """Bytes that are not, or not quite, UTF-8."""
    sound = packed(routine())
    text = sound.decode()
    yield _case("with a byte order mark", b"\xef\xbb\xbf" + sound, OK)
    yield _case("two byte order marks", b"\xef\xbb\xbf" * 2 + sound, Refused("$", Rule.NOT_JSON))
    yield _case("UTF-16 with mark", text.encode("utf-16"), Refused("$", Rule.NOT_UTF8))
    yield _case("UTF-16 little endian", text.encode("utf-16-le"), Refused("$", Rule.NOT_JSON))
    yield _case("UTF-16 big endian", text.encode("utf-16-be"), Refused("$", Rule.NOT_JSON))
    yield _case("UTF-32 with mark", text.encode("utf-32"), Refused("$", Rule.NOT_UTF8))
    yield _case("Latin-1 umlaut", sound.replace(b'"A"', b'"\xc4"'), Refused("$", Rule.NOT_UTF8))
    yield _case("overlong slash", sound.replace(b'"A"', b'"\xc0\xaf"'), Refused("$", Rule.NOT_UTF8))
    yield _case("surrogate in UTF-8", sound.replace(b'"A"', b'"\xed\xa0\x80"'), Refused("$", Rule.NOT_UTF8))
    yield _case(
        "cut in mid-letter", packed(routine()).replace(b'"A"', '"ä"'.encode()[:-2]), Refused("$", Rule.NOT_UTF8)
    )
    yield _case("beyond Unicode", sound.replace(b'"A"', b'"\xf4\x90\x80\x80"'), Refused("$", Rule.NOT_UTF8))
    yield _case("lone high surrogate", sound.replace(b'"A"', b'"\\ud800"'), Refused("$.title", Rule.BAD_TEXT))
    yield _case("lone low surrogate", sound.replace(b'"A"', b'"\\udc00x"'), Refused("$.title", Rule.BAD_TEXT))
    yield _case(
        "surrogates the wrong way round", sound.replace(b'"A"', b'"\\udc00\\ud800"'), Refused("$.title", Rule.BAD_TEXT)
    )
    yield _case("a pair of surrogates is a letter", sound.replace(b'"A"', b'"\\ud83e\\uddb5"'), OK)
    yield _case("escaped NUL", sound.replace(b'"A"', b'"A\\u0000B"'), Refused("$.title", Rule.BAD_TEXT))
    yield _case("raw NUL in a text", sound.replace(b'"A"', b'"A\0B"'), Refused("$", Rule.NOT_JSON))
    yield _case("NUL after the end", sound + b"\0", Refused("$", Rule.NOT_JSON))
    yield _case("NUL in a key", packed(routine(**{"x-\0": 1})), Refused("$", Rule.BAD_TEXT))
    yield _case("surrogate in a key", packed(routine(**{"x-\ud800": 1})), Refused("$", Rule.BAD_TEXT))
    yield _case("surrogate in a key that is unknown", with_item(**{"\ud800": 1}), Refused("$.items[0]", Rule.BAD_TEXT))
    yield _case("surrogate for a choice", with_item(sides="\ud800"), Refused("$.items[0].sides", Rule.BAD_TEXT))
    yield _case("surrogate inside an extension", routine(**{"x-a": ["\ud800"]}), Refused("$.x-a[0]", Rule.BAD_TEXT))
    yield _case("raw control letter in a text", sound.replace(b'"A"', b'"A\x01"'), Refused("$", Rule.NOT_JSON))
    yield _case("line ends of Windows", json.dumps(routine(), indent=1).replace("\n", "\r\n").encode(), OK)


def size_and_depth() -> Iterator[Case]:
    """Large, deep, many, and what is just within the bounds."""
    sound = packed(routine())
    yield Case("exactly 2 MiB", lambda: sound + b" " * (MAX_FILE_BYTES - len(sound)), OK)
    yield Case(
        "2 MiB and a byte", lambda: sound + b" " * (MAX_FILE_BYTES + 1 - len(sound)), Refused("$", Rule.TOO_LARGE)
    )
    yield Case("10 MiB of nothing", lambda: b" " * (10 * 1024 * 1024), Refused("$", Rule.TOO_LARGE))
    yield _case("empty", b"", Refused("$", Rule.NOT_JSON))
    yield _case("blank", b" \n\t ", Refused("$", Rule.NOT_JSON))
    yield _case("cut in the middle", sound[: len(sound) // 2], Refused("$", Rule.NOT_JSON))
    yield _case("one after the other", sound + sound, Refused("$", Rule.NOT_JSON))
    # The object of the file is the first level.
    deep = MAX_NESTING - 1
    yield _case("as deep as it may be", routine(**{"x-a": json.loads("[" * deep + "]" * deep)}), OK)
    yield _case("one level too deep", routine(**{"x-a": json.loads("[" * (deep + 1) + "]" * (deep + 1))}),
                Refused("$", Rule.TOO_DEEP))  # fmt: skip
    yield _case("900 deep", b"[" * 900 + b"]" * 900, Refused("$", Rule.TOO_DEEP))
    yield _case("100,000 deep", b"[" * 100_000 + b"]" * 100_000, Refused("$", Rule.TOO_DEEP))
    yield _case("100,000 deep and never closed", b'{"a":' * 100_000, Refused("$", Rule.TOO_DEEP))
    yield _case("closed more than opened", b"]" * 100 + b"[" * 50, Refused("$", Rule.NOT_JSON))
    yield _case("brackets in a text are no depth", with_item(note="[" * 100 + '"{' * 50), OK)
    yield _case("an escaped quote does not end a text", with_item(note='\\"' * 40 + "[" * 100), OK)
    yield Case("a text of 2 MB", lambda: packed(routine(title="a" * 2_000_000)), Refused("$.title", Rule.TOO_LONG))
    yield Case("a text of 2 MB never closed", lambda: b'{"a":"' + b"a" * 2_000_000, Refused("$", Rule.NOT_JSON))
    yield Case("a million escapes", lambda: packed(routine(title="\n" * 1_000_000)), Refused("$.title", Rule.TOO_LONG))
    yield Case("2 MB of brackets", lambda: b"[]" * 1_000_000, Refused("$", Rule.NOT_JSON))
    yield Case("2 MB of quotes", lambda: b'"' * 2_000_000, Refused("$", Rule.NOT_JSON))
    yield Case("2 MB of backslashes", lambda: b'"' + b"\\" * 2_000_000, Refused("$", Rule.NOT_JSON))
    yield _case("60 items", routine(items=[{"exercise": "bridge", "reps": 5}] * MAX_ITEMS), OK)
    yield _case("61 items", routine(items=[{"exercise": "bridge", "reps": 5}] * (MAX_ITEMS + 1)),
                Refused("$.items", Rule.TOO_LONG))  # fmt: skip
    yield _case("no items", routine(items=[]), Refused("$.items", Rule.TOO_SHORT))
    many = 20_000
    yield Case("20,000 sound items", lambda: packed(routine(items=[{"exercise": "walk"}] * many)),
               Refused("$.items", Rule.TOO_LONG))  # fmt: skip
    yield Case("20,000 empty items", lambda: packed(routine(items=[{}] * many)), Refused("$.items", Rule.TOO_LONG))
    yield Case("20,000 items of unknown exercises", lambda: packed(routine(items=[{"exercise": "bridg"}] * many)),
               Refused("$.items", Rule.TOO_LONG))  # fmt: skip
    yield Case("20,000 unknown keys", lambda: packed(routine(**{f"key{n}": 1 for n in range(many)})),
               Refused("$.key7", Rule.UNKNOWN_KEY))  # fmt: skip
    yield Case("20,000 exercises without a name", lambda: packed(routine(exercises=[{"id": "own"}] * many)),
               Refused("$.exercises[0].name", Rule.MISSING))  # fmt: skip
    yield Case("an unknown key of 1 MB", lambda: packed(routine(**{"k" * 1_000_000: 1})),
               Refused("$." + "k" * 1_000_000, Rule.UNKNOWN_KEY))  # fmt: skip
    yield Case("exercise ids of 1 MB", lambda: packed(routine(items=[{"exercise": "b" * 1_000_000}] * 2)),
               Refused("$.items[1].exercise", Rule.TOO_LONG))  # fmt: skip
    yield _case("a text of 4,000 letters", with_item(note="ä" * 4_000), OK)
    yield _case("a text of 4,001 letters", with_item(note="ä" * 4_001), Refused("$.items[0].note", Rule.TOO_LONG))
    yield _case("a text of 4,000 faces", with_item(note="\U0001f600" * 4_000), OK)
    yield _case(
        "20 exercises of 20 sets of 200 reps", routine(items=[{"exercise": "bridge", "reps": 200, "sets": 20}] * 60), OK
    )


def numbers() -> Iterator[Case]:
    """Numbers that are none, or out of bounds, or odd and fine."""
    seconds = "$.items[0].hold_s"
    yield _case("NaN", written("NaN"), Refused(seconds, Rule.NOT_FINITE))
    yield _case("Infinity", written("Infinity"), Refused(seconds, Rule.NOT_FINITE))
    yield _case("-Infinity", written("-Infinity"), Refused(seconds, Rule.NOT_FINITE))
    yield _case("1e999", written("1e999"), Refused(seconds, Rule.NOT_FINITE))
    yield _case("-1e999", written("-1e999"), Refused(seconds, Rule.NOT_FINITE))
    yield _case("NaN in an extension", routine(**{"x-a": float("nan")}), Refused("$.x-a", Rule.NOT_FINITE))
    yield _case("nan in lower case", written("nan"), Refused("$", Rule.NOT_JSON))
    yield _case("1e308", written("1e308"), Refused(seconds, Rule.TOO_BIG))
    yield _case("1e-400 is no length", written("1e-400"), Read(("$.items[0]",)))
    yield _case("5e-324", written("5e-324"), OK)
    yield _case("-0 is no length", written("-0"), Read(("$.items[0]",)))
    yield _case("-0.0 is no length", written("-0.0"), Read(("$.items[0]",)))
    yield _case("minus a bit", written("-0.001"), Refused(seconds, Rule.TOO_SMALL))
    yield _case("3600", written("3600"), OK)
    yield _case("3600.0", written("3600.0"), OK)
    yield _case("36e2", written("36e2"), OK)
    yield _case("3600.001", written("3600.001"), Refused(seconds, Rule.TOO_BIG))
    yield _case("3601", written("3601"), Refused(seconds, Rule.TOO_BIG))
    for name, number in {"2**31": 2**31, "2**53": 2**53 + 1, "2**63": 2**63, "2**64": 2**64, "2**70": 2**70}.items():
        yield _case(f"{name} seconds", written(str(number)), Refused(seconds, Rule.TOO_BIG))
        yield _case(f"-{name} sets", written(str(-number), "sets"), Refused("$.items[0].sets", Rule.TOO_SMALL))
    yield _case("40 digits", written("9" * 40), Refused(seconds, Rule.TOO_BIG))
    yield _case("41 digits", written("9" * 41), Refused(seconds, Rule.NUMBER_TOO_LONG))
    yield _case("5,000 digits", written("1" * 5_000), Refused(seconds, Rule.NUMBER_TOO_LONG))
    yield Case("2 million digits", lambda: written("1" * 2_000_000), Refused(seconds, Rule.NUMBER_TOO_LONG))
    yield Case("2 million decimals", lambda: written("1." + "1" * 2_000_000), OK)
    yield Case(
        "an exponent of 2 million digits", lambda: written("1e" + "1" * 2_000_000), Refused(seconds, Rule.NOT_FINITE)
    )
    yield _case("a leading zero", written("05"), Refused("$", Rule.NOT_JSON))
    yield _case("a plus sign", written("+5"), Refused("$", Rule.NOT_JSON))
    yield _case("hexadecimal", written("0x5"), Refused("$", Rule.NOT_JSON))
    yield _case("no digit before the point", written(".5"), Refused("$", Rule.NOT_JSON))
    yield _case("a decimal comma", written("5,5"), Refused("$", Rule.NOT_JSON))
    yield _case("digits of another script", written("\u0665"), Refused("$", Rule.NOT_JSON))
    yield _case("3.0 sets are 3", written("3.0", "sets"), OK)
    yield _case("3e0 sets are 3", written("3e0", "sets"), OK)
    yield _case("3.5 sets", written("3.5", "sets"), Refused("$.items[0].sets", Rule.WRONG_TYPE))
    yield _case("0 sets", written("0", "sets"), Refused("$.items[0].sets", Rule.TOO_SMALL))
    yield _case("20 sets", written("20", "sets"), OK)
    yield _case("21 sets", written("21", "sets"), Refused("$.items[0].sets", Rule.TOO_BIG))
    yield _case("0 reps", written("0", "reps"), Refused("$.items[0].reps", Rule.TOO_SMALL))
    yield _case("200 reps", written("200", "reps"), OK)
    yield _case("201 reps", written("201", "reps"), Refused("$.items[0].reps", Rule.TOO_BIG))
    for key in ("rest_s", "rep_rest_s", "prepare_s", "switch_s"):
        yield _case(f"negative {key}", written("-1", key), Refused(f"$.items[0].{key}", Rule.TOO_SMALL))
        yield _case(f"an hour and a second of {key}", written("3601", key), Refused(f"$.items[0].{key}", Rule.TOO_BIG))
    yield _case("a negative tempo", with_item(tempo={"up_s": -1}), Refused("$.items[0].tempo.up_s", Rule.TOO_SMALL))
    yield _case("22 times a week", routine(schedule={"per_week": 22}), Refused("$.schedule.per_week", Rule.TOO_BIG))
    yield _case("0 times a week", routine(schedule={"per_week": 0}), Refused("$.schedule.per_week", Rule.TOO_SMALL))
    yield _case("21 times a week", routine(schedule={"per_week": 21}), OK)
    yield _case("pain of 11", routine(rules={"pain_stop_above": 11}), Refused("$.rules.pain_stop_above", Rule.TOO_BIG))
    yield _case(
        "pain of -1", routine(rules={"pain_easier_above": -1}), Refused("$.rules.pain_easier_above", Rule.TOO_SMALL)
    )
    yield _case("a side's 21 sets", held(sides="each", per_side={"left": {"sets": 21}}),
                Refused("$.items[0].per_side.left.sets", Rule.TOO_BIG))  # fmt: skip


def types() -> Iterator[Case]:
    """The wrong kind of value in every sort of place."""
    name: str
    value: object
    for name, value in {
        "null": None, "a number": 7, "a text": "file", "a list": [], "true": True, "a list of routines": [routine()],
    }.items():  # fmt: skip
        yield _case(f"{name} as the whole file", value, Refused("$", Rule.NOT_AN_OBJECT))
    sets: dict[str, object] = {
        "true": True, "a text": "3", "a list": [3], "an object": {"of": 3}, "null": None, "an empty text": "",
    }  # fmt: skip
    for name, value in sets.items():
        yield _case(f"{name} for sets", with_item(sets=value), Refused("$.items[0].sets", Rule.WRONG_TYPE))
        yield _case(f"{name} for a hold", held(hold_s=value), Refused("$.items[0].hold_s", Rule.WRONG_TYPE))
    for name, value in {"null": None, "a number": 1, "a list": ["A"], "an object": {"en": "A"}}.items():
        yield _case(f"{name} for the title", routine(title=value), Refused("$.title", Rule.WRONG_TYPE))
        yield _case(f"{name} for the exercise", routine(items=[{"exercise": value}]),
                    Refused("$.items[0].exercise", Rule.WRONG_TYPE))  # fmt: skip
    for name, value in {"null": None, "an object": {"0": {}}, "a text": "plank", "false": False}.items():
        yield _case(f"{name} for the items", routine(items=value), Refused("$.items", Rule.WRONG_TYPE))
    for name, value in {"null": None, "a list": [], "a text": "plank", "a number": 1}.items():
        yield _case(f"{name} for an item", routine(items=[value]), Refused("$.items[0]", Rule.WRONG_TYPE))
    for key in ("prescriber", "schedule", "rules", "readiness"):
        yield _case(f"a list for the {key}", routine(**{key: []}), Refused(f"$.{key}", Rule.WRONG_TYPE))
    yield _case("an object for the exercises", routine(exercises={}), Refused("$.exercises", Rule.WRONG_TYPE))
    yield _case(
        "a text for per_side", held(sides="each", per_side="left"), Refused("$.items[0].per_side", Rule.WRONG_TYPE)
    )
    yield _case("a number for the tempo", with_item(tempo=2), Refused("$.items[0].tempo", Rule.WRONG_TYPE))
    yield _case("a number for the version", routine(version=1.0), Refused("$.version", Rule.WRONG_TYPE))
    yield _case("a list for the format", routine(format=["rehab-routine"]), Refused("$.format", Rule.NOT_OUR_FORMAT))
    yield _case("an object for sides", with_item(sides={}), Refused("$.items[0].sides", Rule.NOT_ONE_OF))
    yield _case("1 for skip_hop", routine(readiness={"skip_hop": 1}), Refused("$.readiness.skip_hop", Rule.WRONG_TYPE))
    yield _case("a number for a day", routine(issued=20261120), Refused("$.issued", Rule.WRONG_TYPE))


def duplicates() -> Iterator[Case]:
    """What is said twice."""
    sound = packed(routine())
    yield _case("a key twice", sound.replace(b'"id"', b'"title": "B", "id"'), Refused("$.title", Rule.DUPLICATE_KEY))
    yield _case("a key twice with one value", sound.replace(b'"id"', b'"title": "A", "id"'),
                Refused("$.title", Rule.DUPLICATE_KEY))  # fmt: skip
    yield _case("a key twice, once escaped", sound.replace(b'"id"', b'"\\u0074itle": "B", "id"'),
                Refused("$.title", Rule.DUPLICATE_KEY))  # fmt: skip
    yield _case("sets twice", sound.replace(b'"reps": 5', b'"sets": 3, "sets": 999, "reps": 5'),
                Refused("$.items[0].sets", Rule.DUPLICATE_KEY))  # fmt: skip
    yield _case("the items twice", sound[:-1] + b', "items": []}', Refused("$.items", Rule.DUPLICATE_KEY))
    yield _case(
        "the format twice", sound[:-1] + b', "format": "rehab-routine"}', Refused("$.format", Rule.DUPLICATE_KEY)
    )
    yield _case("an extension twice", sound[:-1] + b', "x-a": 1, "x-a": 2}', Refused("$.x-a", Rule.DUPLICATE_KEY))
    yield _case("twice inside an extension", sound[:-1] + b', "x-a": {"b": 1, "b": 2}}',
                Refused("$.x-a.b", Rule.DUPLICATE_KEY))  # fmt: skip
    yield Case("10,000 keys, all twice",
               lambda: sound[:-1] + b"," + b",".join(b'"k%d":1' % (n // 2) for n in range(20_000)) + b"}",
               Refused("$.k7", Rule.DUPLICATE_KEY))  # fmt: skip
    own = {"id": "own", "name": "Own"}
    yield _case(
        "an exercise twice", routine(exercises=[own, own]), Refused("$.exercises[1].id", Rule.DUPLICATE_EXERCISE)
    )
    yield _case(
        "an exercise three times", routine(exercises=[own] * 3), Refused("$.exercises[2].id", Rule.DUPLICATE_EXERCISE)
    )
    yield _case("an exercise under a name of the library", routine(exercises=[{"id": "bridge", "name": "Mine"}]), OK)
    yield _case("one item twice is a routine", routine(items=[{"exercise": "bridge", "reps": 5}] * 2), OK)


MARKUP = {
    "an image": "<img src=/tmp/pipe>",
    "a script": "<script>alert(1)</script>",
    "an entity": "&lt;b&gt;&#x26;",
    "a Markdown image": "![x](file:///etc/passwd)",
    "a Markdown link": "[here](javascript:alert(1))",
    "a style": "<style>@import 'file:///tmp/pipe'</style>",
    "an event": "<a onclick=x href='x:y'>go</a>",
    "CDATA": "<![CDATA[x]]>",
    "a template": "{{7*7}} ${7*7} %s %(name)s {0.__class__}",
    "a formula": '=HYPERLINK("http://example.org")',
}


def markup() -> Iterator[Case]:
    """Markup in every text field: plain text everywhere, so it is read as what it is."""
    for name, text in MARKUP.items():
        yield _case(f"{name} as the title", routine(title=text), OK)
        yield _case(f"{name} as a note", with_item(note=text), OK)
    image = MARKUP["an image"]
    yield _case("an image as the id", routine(id=image), OK)
    yield _case("an image as the load", with_item(load=image), OK)
    yield _case("an image as the prescriber", routine(prescriber={"name": image, "contact": image}), OK)
    yield _case("an image as the patient", routine(patient=image), OK)
    yield _case(
        "an image as an exercise's name", routine(exercises=[{"id": "own", "name": image, "spoken": image}]), OK
    )
    yield _case("an image as a step", routine(exercises=[
        {"id": "own", "name": "Own", "steps": [{"type": "step", "text": image}], "errors": [image], "sources": [image]}
    ]), OK)  # fmt: skip
    yield _case("an image as an exercise", routine(items=[{"exercise": image}]),
                Refused("$.items[0].exercise", Rule.UNKNOWN_EXERCISE))  # fmt: skip
    yield _case("an image as an exercise's id", routine(exercises=[{"id": image, "name": "A"}]),
                Refused("$.exercises[0].id", Rule.BAD_PATTERN))  # fmt: skip


PATHS = {
    "a path upwards": "../../../etc/passwd",
    "an absolute path": "/etc/shadow",
    "a drive": "C:\\Windows\\win.ini",
    "a share": "\\\\host\\share\\file",
    "a device": "NUL",
    "another device": "/dev/zero",
    "a file link": "file:///etc/passwd",
    "a web link": "http://example.org/x.wav",
    "a home": "~/.ssh/id_rsa",
    "a variable": "$HOME/%APPDATA%",
    "a stream": "a.json:stream",
    "a trailing dot": "name. ",
}


def paths() -> Iterator[Case]:
    """Paths and links where a text may stand, and where nothing of the kind has a place."""
    for name, text in PATHS.items():
        yield _case(f"{name} as the id", routine(id=text), OK)
        yield _case(f"{name} as an exercise", routine(items=[{"exercise": text}]),
                    Refused("$.items[0].exercise", Rule.UNKNOWN_EXERCISE))  # fmt: skip
    for key in ("image", "sound", "video", "url", "$ref", "include", "$schema", "@import"):
        place = f"$.{key}" if key.isalpha() else f'$["{key}"]'
        yield _case(f"a key for media, {key}", routine(**{key: "/tmp/pipe"}), Refused(place, Rule.UNKNOWN_KEY))
    yield _case("media of an exercise", routine(exercises=[{"id": "own", "name": "Own", "image": "x.png"}]),
                Refused("$.exercises[0].image", Rule.UNKNOWN_KEY))  # fmt: skip


def archives() -> Iterator[Case]:
    """Other kinds of files under the name of a routine."""
    packed_up = io.BytesIO()
    with zipfile.ZipFile(packed_up, "w") as archive:
        archive.writestr("../routine.rehab.json", packed(routine()))
    yield _case("a zip archive", packed_up.getvalue(), Refused("$", Rule.NOT_UTF8))
    yield _case("an empty zip archive", b"PK\x05\x06" + b"\0" * 18, Refused("$", Rule.NOT_JSON))
    yield _case("gzip", b"\x1f\x8b\x08\0", Refused("$", Rule.NOT_UTF8))
    yield _case("a PDF", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", Refused("$", Rule.NOT_UTF8))
    yield _case("XML", b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", Refused("$", Rule.NOT_JSON))
    yield _case("a GIF", b"GIF89a\x01\0\x01\0", Refused("$", Rule.NOT_JSON))
    yield _case("a JPEG", b"\xff\xd8\xff\xe0", Refused("$", Rule.NOT_UTF8))
    yield _case("all 256 bytes a hundred times", bytes(range(256)) * 100, Refused("$", Rule.NOT_UTF8))
    yield _case("YAML", b"format: rehab-routine\nversion: 1.0\n", Refused("$", Rule.NOT_JSON))
    yield _case("comments", b"// mine\n" + packed(routine()), Refused("$", Rule.NOT_JSON))
    yield _case("a trailing comma", packed(routine())[:-1] + b",}", Refused("$", Rule.NOT_JSON))
    yield _case("single quotes", packed(routine()).replace(b'"', b"'"), Refused("$", Rule.NOT_JSON))


SPOOFS = {
    "bidi override": "A\u202e\u202dB",
    "bidi isolate": "\u2066A\u2069",
    "zero width": "A\u200b\u200d\ufeffB",
    "a combining flood": "A" + "\u0301" * 500,
    "look-alike letters": "\u0421lamshell",
    "tags": "A\U000e0041\U000e007f",
    "a line separator": "A\u2028B\u2029C",
    "a control letter": "A\x1b[31mB\x07",
    "a private letter": "\ue000\U0010ffff",
    "no letter at all": "\ufffe\uffff",
}


def spoofs() -> Iterator[Case]:
    """Unicode that shows something else than it is: kept as it came, and no id is what it merely looks like."""
    for name, text in SPOOFS.items():
        yield _case(f"{name} in the title", routine(title=text), OK)
        yield _case(f"{name} in a note", with_item(note=text), OK)
    yield _case("a look-alike exercise", routine(items=[{"exercise": "\u0441lamshell"}]),
                Refused("$.items[0].exercise", Rule.UNKNOWN_EXERCISE))  # fmt: skip
    yield _case("an exercise in full width", routine(items=[{"exercise": "\uff42ridge"}]),
                Refused("$.items[0].exercise", Rule.UNKNOWN_EXERCISE))  # fmt: skip
    yield _case("an exercise and a zero width space", routine(items=[{"exercise": "bridge\u200b"}]),
                Refused("$.items[0].exercise", Rule.UNKNOWN_EXERCISE))  # fmt: skip
    yield _case("a look-alike id", routine(exercises=[{"id": "\u0441lamshell", "name": "A"}]),
                Refused("$.exercises[0].id", Rule.BAD_PATTERN))  # fmt: skip
    yield _case("a look-alike key", routine() | {"tit\u217ce": "B"}, Refused("$.tit\u217ce", Rule.UNKNOWN_KEY))
    yield _case(
        "digits of another script in a day", routine(issued="\u0662026-11-20"), Refused("$.issued", Rule.NOT_A_DAY)
    )
    yield _case(
        "digits of another script in the version", routine(version="\u0661.0"), Refused("$.version", Rule.BAD_PATTERN)
    )


def meaning() -> Iterator[Case]:
    """Well formed, and still no routine that could be done."""
    item = "$.items[0]"
    yield _case(
        "an unknown exercise", routine(items=[{"exercise": "clam"}]), Refused(f"{item}.exercise", Rule.UNKNOWN_EXERCISE)
    )
    yield _case("an exercise in capitals", routine(items=[{"exercise": "Bridge"}]),
                Refused(f"{item}.exercise", Rule.UNKNOWN_EXERCISE))  # fmt: skip
    yield _case(
        "an exercise without a name", routine(items=[{"exercise": ""}]), Refused(f"{item}.exercise", Rule.TOO_SHORT)
    )
    yield _case("no exercise", routine(items=[{"reps": 5}]), Refused(f"{item}.exercise", Rule.MISSING))
    yield _case("hold and tempo", held(tempo={}), Refused(f"{item}.tempo", Rule.HOLD_WITH_TEMPO))
    yield _case("a tempo for a default hold", routine(items=[{"exercise": "plank", "tempo": {"up_s": 1}}]),
                Refused(f"{item}.tempo", Rule.TEMPO_OF_A_HOLD))  # fmt: skip
    yield _case("a side's hold of a counted item", with_item(sides="each", per_side={"left": {"hold_s": 5}}),
                Refused(f"{item}.per_side.left.hold_s", Rule.HOLD_OF_A_COUNT))  # fmt: skip
    for sides in ("both", "left", "right", "alternate"):
        yield _case(f"per_side with {sides}", held(sides=sides, per_side={"left": {"sets": 1}}),
                    Refused(f"{item}.per_side", Rule.PER_SIDE_OF_ONE_PASS))  # fmt: skip
    one_pass = {"exercise": "own", "per_side": {"left": {"reps": 1}}}
    own = {"id": "own", "name": "A", "sides": "alternate"}
    yield _case("per_side where the exercise has one pass", routine(items=[one_pass], exercises=[own]),
                Refused(f"{item}.per_side", Rule.PER_SIDE_OF_ONE_PASS))  # fmt: skip
    yield _case(
        "a third side",
        held(sides="each", per_side={"middle": {}}),
        Refused(f"{item}.per_side.middle", Rule.UNKNOWN_KEY),
    )
    yield _case("an unknown side", with_item(sides="middle"), Refused(f"{item}.sides", Rule.NOT_ONE_OF))
    yield _case("an unknown affected side", routine(affected_side="both"), Refused("$.affected_side", Rule.NOT_ONE_OF))
    yield _case(
        "an unknown weekday",
        routine(schedule={"days": ["mon", "funday"]}),
        Refused("$.schedule.days[1]", Rule.NOT_ONE_OF),
    )
    yield _case("a misspelt key", with_item(repss=5), Refused(f"{item}.repss", Rule.UNKNOWN_KEY))
    yield _case("a key in capitals", with_item(Sets=5), Refused(f"{item}.Sets", Rule.UNKNOWN_KEY))
    yield _case("an extension in capitals", routine(**{"X-a": 1}), Refused("$.X-a", Rule.UNKNOWN_KEY))
    yield _case("an extension of one letter", routine(x=1), Refused("$.x", Rule.UNKNOWN_KEY))
    yield _case("an extension of no name", routine(**{"x-": 1}), OK)
    yield _case("extensions everywhere", with_item(**{"x-a": {"deep": [1, {"x-b": None}]}}, tempo={"x-c": 1}), OK)
    for day in ("2026-02-30", "2026-13-01", "0000-01-01", "2025-02-29", "20261120", "2026-11-20T00:00", "2026-W47-5",
                "", "2026-11-20 ", "26-11-20", "2026-1-2"):  # fmt: skip
        yield _case(f"the day {day!r}", routine(review_by=day), Refused("$.review_by", Rule.NOT_A_DAY))
    yield _case("a leap day", routine(issued="2028-02-29"), OK)
    yield _case("another format", routine(format="rehab-diary"), Refused("$.format", Rule.NOT_OUR_FORMAT))
    yield _case("no format", {"version": "1.0"}, Refused("$.format", Rule.MISSING))
    yield _case("an object of nothing", {}, Refused("$.items", Rule.MISSING))
    for version in ("2.0", "2.1", "99.0", "9999.9999", "123456.0"):
        yield _case(f"version {version}", routine(version=version, new_key=1), Refused("$.version", Rule.NEWER_VERSION))
    yield _case("version 0.9", routine(version="0.9"), Refused("$.version", Rule.OLDER_VERSION))
    for version in ("", "1", "1.", ".1", "1.0.0", "v1.0", "1.0 ", "one", "-1.0", "1,0", "1.0\n"):
        yield _case(f"version {version!r}", routine(version=version), Refused("$.version", Rule.BAD_PATTERN))
    stage = {"reps": 6, "run_s": 60, "walk_s": 240}
    run_plan = {"stages": [stage], "min_successes": 3, "start_stage": 1}
    yield _case("run plan", routine(run_plan=run_plan, version="1.1"), OK)
    yield _case("run plan in a file that says 1.0", routine(run_plan=run_plan), Read(("$.version",)))
    yield _case(
        "run plan without a stage", routine(run_plan={"stages": []}), Refused("$.run_plan.stages", Rule.TOO_SHORT)
    )
    yield _case(
        "run plan of nobody",
        routine(run_plan={"stages": [{**stage, "reps": 0}]}),
        Refused("$.run_plan.stages[0].reps", Rule.TOO_SMALL),
    )
    yield _case("run plan unknown", routine(run_plan={"speed": 3}), Refused("$.run_plan.speed", Rule.UNKNOWN_KEY))
    yield _case("run plan gap", routine(run_plan={"min_gap_h": 10**6}), Refused("$.run_plan.min_gap_h", Rule.TOO_BIG))
    yield _case("version 1.1", routine(version="1.1"), OK)
    yield _case("version 1.9999 with new keys", with_item(news=1) | {"version": "1.9999", "more": {}},
                Read(("$.items[0].news", "$.more")))  # fmt: skip
    yield _case(
        "version 1.1 and 0 sets", with_item(sets=0) | {"version": "1.1"}, Refused(f"{item}.sets", Rule.TOO_SMALL)
    )
    ladder = {"id": "own", "name": "A", "ladder": {"easier": ["gone"]}}
    yield _case("a ladder that ends nowhere", routine(exercises=[ladder]), OK)
    yield _case(
        "a ladder to itself", routine(exercises=[{"id": "own", "name": "A", "ladder": {"easier": ["own"]}}]), OK
    )
    yield _case("an id that ends a line", routine(exercises=[{"id": "own\n", "name": "A"}]),
                Refused("$.exercises[0].id", Rule.BAD_PATTERN))  # fmt: skip
    yield _case("an exercise's dose with hold and tempo", routine(exercises=[
        {"id": "own", "name": "A", "dose": {"hold_s": 5, "tempo": {}}}
    ]), Refused("$.exercises[0].dose.tempo", Rule.HOLD_WITH_TEMPO))  # fmt: skip
    yield _case(
        "an own exercise without a name",
        routine(exercises=[{"id": "own"}]),
        Refused("$.exercises[0].name", Rule.MISSING),
    )
    yield _case("one side of a two-sided exercise", with_item(sides="left"), Read(("$.items[0].sides",)))
    bare = routine(items=[{"exercise": "own"}], exercises=[{"id": "own", "name": "A"}])
    yield _case("no reps and no hold anywhere", bare, Read(("$.items[0]",)))
    yield _case("a tempo of no length", with_item(tempo={"up_s": 0, "down_s": 0}), Read(("$.items[0]",)))
    yield _case("a hold of the person's own pace", held(pace="self"), Refused(f"{item}.pace", Rule.PACE_OF_A_HOLD))


def steps_up() -> Iterator[Case]:
    """Steps above the dose that are none."""

    def case(name: str, progress: object, path: str, rule: Rule, **more: Any) -> Case:
        item = {"exercise": "bridge", "reps": 5, "progress": progress, **more}
        return _case(name, routine(version="1.1", items=[item]), Refused(f"$.items[0].progress{path}", rule))

    yield case("steps that are a number", 3, "", Rule.WRONG_TYPE)
    yield case("steps that are an object", {"reps": 9}, "", Rule.WRONG_TYPE)
    yield case("a step that is a list", [[9]], "[0]", Rule.WRONG_TYPE)
    yield case("a step that says nothing", [{}], "[0]", Rule.EMPTY_STEP)
    yield case("a thousand steps", [{"reps": 9}] * 1_000, "", Rule.TOO_LONG)
    yield case("a step of 0 sets", [{"sets": 0}], "[0].sets", Rule.TOO_SMALL)
    yield case("a step of 2**70 reps", [{"reps": 2**70}], "[0].reps", Rule.TOO_BIG)
    yield case("a step that is no number", [{"reps": "many"}], "[0].reps", Rule.WRONG_TYPE)
    yield case("a step to nowhere", [{"exercise": "heaven"}], "[0].exercise", Rule.UNKNOWN_EXERCISE)
    yield case("a hold for a count", [{"hold_s": 9}], "[0].hold_s", Rule.HOLD_OF_A_COUNT)
    within = {"exercise": "bridge", "reps": 5, "progress": [{"reps": 9, "progress": []}]}
    yield _case("steps within a step", routine(items=[within]),
                Refused("$.items[0].progress[0].progress", Rule.UNKNOWN_KEY))  # fmt: skip
    long_ladder = [{"id": f"own{n}", "name": "A", "ladder": {"harder": [f"own{n + 1}"]}} for n in range(9_000)]
    stepping = {"exercise": "own0", "reps": 5, "progress": [{"exercise": f"own{n}"} for n in range(8_990, 9_000)]}
    strange = [
        {"exercise": f"own_x{n}", "reps": 5, "progress": [{"exercise": f"own_y{n}_{step}"} for step in range(10)]}
        for n in range(MAX_ITEMS)
    ]
    many = [{"id": f"own_{n:06d}", "name": "A"} for n in range(20_000)]
    yield Case(
        "six hundred steps to nowhere among 20,000 exercises",
        lambda: packed(routine(version="1.1", exercises=many, items=strange)),
        Refused("$.items[59].progress[9].exercise", Rule.UNKNOWN_EXERCISE),
    )
    climbing = routine(version="1.1", exercises=long_ladder, items=[stepping] * 60)
    yield _case("up a ladder of nine thousand rungs", climbing, OK)


FAMILIES = (
    encoding, size_and_depth, numbers, types, duplicates, markup, paths, archives, spoofs, meaning, steps_up,
)  # fmt: skip

CASES = tuple((family.__name__, case) for family in FAMILIES for case in family())
