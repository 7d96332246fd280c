"""What is wrong with a file, as values: where, which rule, what was found. `coach.words` makes the sentences."""

from collections.abc import Collection
from enum import StrEnum

from msgspec import Struct


class Rule(StrEnum):
    """The rules that a file can break. The comment says what `limit` and `found` hold."""

    NOT_UTF8 = "not_utf8"  # found: byte offset
    TOO_LARGE = "too_large"  # limit: bytes
    NOT_JSON = "not_json"  # found: (line, column, what was expected)
    NOT_AN_OBJECT = "not_an_object"  # found: kind of value
    TOO_DEEP = "too_deep"  # limit: levels; found: line
    DUPLICATE_KEY = "duplicate_key"  # found: key
    NOT_FINITE = "not_finite"  # found: literal
    NUMBER_TOO_LONG = "number_too_long"
    BAD_TEXT = "bad_text"  # found: "NUL" or "surrogate"
    NOT_OUR_FORMAT = "not_our_format"  # found: format
    NEWER_VERSION = "newer_version"  # found: version; limit: version that is read
    OLDER_VERSION = "older_version"
    MISSING = "missing"  # found: key
    UNKNOWN_KEY = "unknown_key"  # found: key; limit: closest known key or None
    WRONG_TYPE = "wrong_type"  # limit: wanted kind; found: value
    TOO_SMALL = "too_small"  # limit, found
    TOO_BIG = "too_big"  # limit, found
    TOO_SHORT = "too_short"  # limit, found: length
    TOO_LONG = "too_long"  # limit, found: length
    NOT_ONE_OF = "not_one_of"  # limit: choices; found
    BAD_PATTERN = "bad_pattern"  # limit: pattern; found
    NOT_A_DAY = "not_a_day"  # found: text
    UNKNOWN_EXERCISE = "unknown_exercise"  # found: id; limit: closest known id or None
    DUPLICATE_EXERCISE = "duplicate_exercise"  # found: id
    HOLD_WITH_TEMPO = "hold_with_tempo"
    TEMPO_OF_A_HOLD = "tempo_of_a_hold"
    HOLD_OF_A_COUNT = "hold_of_a_count"
    PACE_OF_A_HOLD = "pace_of_a_hold"
    PER_SIDE_OF_ONE_PASS = "per_side_of_one_pass"  # found: sides
    EMPTY_STEP = "empty_step"
    LADDER_TO_NOWHERE = "ladder_to_nowhere"  # found: id
    NOTHING_ATTACHED = "nothing_attached"
    NOT_A_PDF = "not_a_pdf"  # found: reason
    BROKEN_CODE = "broken_code"
    MORE = "more"  # limit: how many were looked for
    OTHER = "other"  # found: what the decoder said
    SIDE_MAKES_NO_SENSE = "side_makes_no_sense"  # found: sides; limit: laterality
    NO_LENGTH = "no_length"
    NO_DOSE = "no_dose"  # found: exercise id
    NOT_ABOVE = "not_above"  # found: exercise id; limit: the one before
    NO_HARDER = "no_harder"
    TWO_AT_ONCE = "two_at_once"  # found: the keys that rise
    NO_SUCH_STAGE = "no_such_stage"  # found: number; limit: how many there are
    VERSION_TOO_LOW = "version_too_low"  # found: version; limit: the one that has what is used
    BY_NUMBER = "by_number"  # found: the app whose numbers they are
    OF_ANOTHER_APP = "of_another_app"  # found: the app
    TAKEN_AS = "taken_as"  # found: name in the file; limit: name in the library
    OWN_EXERCISE = "own_exercise"  # found: name
    ONE_OF_SEVERAL = "one_of_several"  # found: title of what was left out


class Problem(Struct, frozen=True):
    """One thing that is wrong: `path` in the style of `$.items[2].sets`."""

    path: str
    rule: Rule
    found: object = None
    limit: object = None


class Findings(Struct, frozen=True):
    """All that is wrong (`problems`: the file is refused) and all that is odd (`warnings`: it is read)."""

    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()

    def __add__(self, other: "Findings") -> "Findings":
        return Findings(self.problems + other.problems, self.warnings + other.warnings)


class Finder(Struct):
    """Collects findings while a file is walked; each place and rule once."""

    problems: list[Problem] = []
    warnings: list[Problem] = []

    def wrong(self, path: str, rule: Rule, found: object = None, limit: object = None) -> None:
        """Note a problem."""
        self.problems.append(Problem(path, rule, found, limit))

    def odd(self, path: str, rule: Rule, found: object = None, limit: object = None) -> None:
        """Note a warning."""
        self.warnings.append(Problem(path, rule, found, limit))

    def findings(self) -> Findings:
        """What was noted."""
        return Findings(tuple(self.problems), tuple(self.warnings))


def key_path(parent: str, key: str) -> str:
    """The path of a key of an object: `.key`, or `["key"]` where a dot would mislead."""
    if key.isidentifier() or key.replace("-", "_").isidentifier():
        return f"{parent}.{key}"
    shown = key.encode("utf-8", "backslashreplace").decode()
    return f"{parent}[{ascii(shown) if not shown.isprintable() else repr(shown)}]".replace("'", '"')


def close_matches(written: str, known: list[str]) -> list[str]:
    """The known word that was probably meant, if there is one."""
    from difflib import get_close_matches  # only for files that are wrong

    return get_close_matches(written[:100], known, n=1)


class Guesser:
    """Says which known word was probably meant, for the first few of a file: each guess looks at all of them."""

    MOST, MOST_KNOWN = 20, 1_000

    def __init__(self, known: Collection[str]) -> None:
        self._known = sorted(known) if len(known) <= self.MOST_KNOWN else []
        self._left = self.MOST

    def guess(self, written: str) -> str | None:
        """The word that was probably meant; None where there is none, or where too much was asked."""
        if not self._left:
            return None
        self._left -= 1
        return next(iter(close_matches(written, self._known)), None)
