"""What is wrong with a file, in words: what happened, where, and how to mend it."""

from decimal import Decimal

from coach.core.routine.bounds import MAX_FILE_BYTES
from coach.core.routine.problems import Problem, Rule
from coach.words.numbers import figure
from coach.words.translate import tr

_LONGEST_SHOWN = 60
_LARGEST_SHOWN = 10**15


def line(file: str, problem: Problem) -> str:
    """`FILE: $.items[2].sets: what is wrong`."""
    return f"{file}: {problem.path}: {what(problem)}"


def what(problem: Problem) -> str:
    """What is wrong at a place."""
    found, limit = problem.found, problem.limit
    match problem.rule:
        case Rule.NOT_UTF8:
            return tr("the file is not UTF-8 text (byte {found}); save it as UTF-8").format(found=found)
        case Rule.TOO_LARGE:
            largest = limit if isinstance(limit, int) else MAX_FILE_BYTES
            return tr("the file is larger than {limit} MiB and was not read").format(limit=largest // 2**20)
        case Rule.NOT_JSON if isinstance(found, tuple):
            return tr("not JSON: line {line}, column {column}: {reason}").format(
                line=found[0], column=found[1], reason=found[2]
            )
        case Rule.NOT_AN_OBJECT:
            return tr("is {found} and must be one JSON object, {{…}}").format(found=shown(found))
        case Rule.TOO_DEEP:
            return tr("nested more than {limit} levels deep (line {line})").format(limit=limit, line=found)
        case Rule.DUPLICATE_KEY:
            return tr("this key is there twice; keep one of them")
        case Rule.NOT_FINITE:
            return tr("is {found}, which is not a number that can be counted").format(found=found)
        case Rule.NUMBER_TOO_LONG:
            return tr("is a number of too many digits")
        case Rule.BAD_TEXT:
            return tr("holds a character that no text can have ({found})").format(found=found)
        case Rule.NOT_OUR_FORMAT:
            return tr('is {found} and must be "{limit}"').format(found=shown(found), limit=limit)
        case Rule.NEWER_VERSION:
            return tr(
                "is {found}, from a newer version of the program; this one reads versions up to {limit}. "
                "Update the program, or ask for a file in version 1"
            ).format(found=shown(found), limit=_versions(limit))
        case Rule.OLDER_VERSION:
            return tr('is {found}, which never was a version; write "1.0"').format(found=shown(found))
        case Rule.MISSING:
            return tr("is missing")
        case Rule.UNKNOWN_KEY if limit:
            return tr('is not a known key; did you mean "{limit}"? (Own keys begin with "x-".)').format(limit=limit)
        case Rule.UNKNOWN_KEY:
            return tr('is not a known key; leave it out (own keys begin with "x-")')
        case Rule.WRONG_TYPE:
            return tr("is {found} and must be {wanted}").format(found=shown(found), wanted=_kind(limit))
        case Rule.TOO_SMALL:
            return tr("is {found} and must be at least {limit}").format(found=shown(found), limit=shown(limit))
        case Rule.TOO_BIG:
            return tr("is {found} and must be at most {limit}").format(found=shown(found), limit=shown(limit))
        case Rule.TOO_SHORT if found:
            return tr("holds {found} and must hold {limit}").format(found=found, limit=limit)
        case Rule.TOO_SHORT:
            return tr("is empty and must not be")
        case Rule.TOO_LONG:
            return tr("holds {found} and may hold {limit}").format(found=found, limit=limit)
        case Rule.NOT_ONE_OF if isinstance(limit, tuple):
            return tr("is {found} and must be one of {choices}").format(
                found=shown(found), choices=", ".join(str(choice) for choice in limit)
            )
        case Rule.BAD_PATTERN:
            return _pattern(found, limit)
        case Rule.NOT_A_DAY:
            return tr("is {found}, which is not a day of the calendar; write it like 2026-11-20").format(
                found=shown(found)
            )
        case Rule.UNKNOWN_EXERCISE if limit:
            return tr("there is no exercise {found}; did you mean {limit}?").format(
                found=shown(found), limit=shown(limit)
            )
        case Rule.UNKNOWN_EXERCISE:
            return tr('there is no exercise {found}; describe it under "exercises"').format(found=shown(found))
        case Rule.DUPLICATE_EXERCISE:
            return tr("there are two exercises {found}; give each its own id").format(found=shown(found))
        case Rule.HOLD_WITH_TEMPO:
            return tr("goes with counted reps and not with hold_s; leave one of the two out")
        case Rule.TEMPO_OF_A_HOLD:
            return tr("goes with counted reps, and this exercise is held; add reps, or leave tempo out")
        case Rule.HOLD_OF_A_COUNT:
            return tr("goes with held exercises, and this one counts reps; leave it out")
        case Rule.PACE_OF_A_HOLD:
            return tr("goes with counted reps, and this item is held; leave it out")
        case Rule.PER_SIDE_OF_ONE_PASS:
            return tr('goes with the sides "each", "affected_first" and "other_first", and sides is "{found}"').format(
                found=found
            )
        case Rule.EMPTY_STEP:
            return tr("says nothing; name sets, reps, hold_s, load or another exercise")
        case Rule.NOT_ABOVE:
            return tr("{found} is not above {limit} on any ladder; is it meant as a step up?").format(
                found=shown(found), limit=shown(limit)
            )
        case Rule.NO_HARDER:
            return tr("is no harder than the step before")
        case Rule.TWO_AT_ONCE:
            return tr("raises {keys} at once; one at a time shows what was too much").format(keys=found)
        case Rule.NO_SUCH_STAGE:
            return tr("is {found}, and there are {limit} stages: it begins at the last one").format(
                found=shown(found), limit=shown(limit)
            )
        case Rule.VERSION_TOO_LOW:
            return tr('is {found}, and what it holds came with {limit}; write "{limit}"').format(
                found=shown(found), limit=limit
            )
        case Rule.LADDER_TO_NOWHERE:
            return tr("there is no exercise {found}").format(found=shown(found))
        case Rule.NOTHING_ATTACHED:
            return tr("this PDF carries no routine; ask for a handout made with Rehab Coach, or for the file itself")
        case Rule.BROKEN_CODE:
            return tr("this is the text of a handout's code, and it is not whole; scan the code again, copy all of it")
        case Rule.NOT_A_PDF:
            return tr("this PDF cannot be read: {found}").format(found=found)
        case Rule.SIDE_MAKES_NO_SENSE if limit == "bilateral":
            return tr('"{found}" makes little sense: this exercise works both sides at once').format(found=found)
        case Rule.SIDE_MAKES_NO_SENSE:
            return tr('"{found}" makes little sense: this exercise works one side at a time').format(found=found)
        case Rule.NO_LENGTH:
            return tr("every phase of its reps is 0 s long: there is nothing to do in them")
        case Rule.NO_DOSE:
            return tr("no reps and no hold_s, and the exercise has no dose of its own: one rep")
        case Rule.BY_NUMBER:
            return tr(
                "a workout of {found} names its exercises by numbers of its own database, which only {found} can read"
            ).format(found=found)
        case Rule.OF_ANOTHER_APP:
            return tr(
                "a workout of {found}: each timed step is a hold of the same seconds; sounds, colours and pictures are "
                "left out"
            ).format(found=found)
        case Rule.TAKEN_AS:
            return tr('{found} is taken as the exercise "{limit}"').format(found=shown(found), limit=limit)
        case Rule.OWN_EXERCISE:
            return tr("{found} is not in the library and is taken with its name alone: no picture, no cues").format(
                found=shown(found)
            )
        case Rule.ONE_OF_SEVERAL:
            return tr("{found} is left out: only the first workout of a file is taken; export it by itself").format(
                found=shown(found)
            )
        case Rule.MORE:
            return tr("there is more that is wrong than the {limit} places listed").format(limit=limit)
        case _:
            return str(found)


def shown(value: object) -> str:
    """A value as the file has it, short enough to read."""
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    if isinstance(value, dict):
        return tr("an object")
    if isinstance(value, list):
        return tr("a list")
    if isinstance(value, int | float):
        if abs(value) < _LARGEST_SHOWN:
            return figure(value)
        return f"{value:.6g}" if isinstance(value, float) else f"{Decimal(value).normalize():.6g}"
    text = str(value).encode("utf-8", "backslashreplace").decode()
    text = "".join(letter if letter.isprintable() else "�" for letter in text)
    return f'"{text}"' if len(text) <= _LONGEST_SHOWN else f'"{text[:_LONGEST_SHOWN]}…"'


def _kind(wanted: object) -> str:
    kinds = {
        "integer": tr("a whole number"),
        "number": tr("a number"),
        "string": tr("a text"),
        "object": tr("an object"),
        "array": tr("a list"),
        "boolean": tr("true or false"),
    }
    return kinds.get(str(wanted), str(wanted))


def _pattern(found: object, limit: object) -> str:
    written = str(limit)
    if written.startswith("^[0-9]{4}"):
        return tr("is {found} and must be a day like 2026-11-20").format(found=shown(found))
    if written.startswith("^[0-9]{1,4}"):
        return tr('is {found} and must be a version like "1.0"').format(found=shown(found))
    return tr("is {found} and must be made of small letters, digits and _, beginning with a letter").format(
        found=shown(found)
    )


def _versions(limit: object) -> str:
    return f"{str(limit).split('.')[0]}.x"
