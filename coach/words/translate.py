"""The one door through which every text for a person goes.

The translator is set once by the composition root (the window gives Qt's); without one the text stays English.
`pyside6-lupdate` finds bare calls of `tr("...")`: never pass it an f-string, use `.format` on what it returns.
"""

from collections.abc import Callable, Sequence

Translator = Callable[[str, str, int], str]


def _english(text: str, comment: str, n: int) -> str:
    del comment
    return text.replace("%n", str(n)) if n >= 0 else text


_translator: list[Translator] = [_english]


def use(translator: Translator) -> None:
    """Translate everything from now on with this function of (text, comment, number)."""
    _translator[0] = translator


def tr(text: str, comment: str = "", n: int = -1) -> str:
    """The text in the person's language; `%n` stands for `n`, whose plural form the translation chooses."""
    return _translator[0](text, comment, n)


def count(n: int, one: str, many: str) -> str:
    """`one` or `many` with `%n` filled in, for English plurals; a translation may have more forms."""
    return tr(one if n == 1 else many, "", n)


def enumerated(names: Sequence[str]) -> str:
    """`A, B and C`; empty where there are none."""
    if len(names) < 2:
        return "".join(names)
    return tr("{some} and {last}").format(some=", ".join(names[:-1]), last=names[-1])


def lower(phrase: str) -> str:
    """The phrase as it stands in the middle of a sentence."""
    return phrase[:1].lower() + phrase[1:]


def capital(text: str) -> str:
    """The text with a capital at its beginning."""
    return text[:1].upper() + text[1:]
