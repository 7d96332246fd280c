"""Tables as CSV (RFC 4180, UTF-8): for a spreadsheet, which must take no text for a formula."""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from io import StringIO

_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
Cell = str | int | float | bool | date | None
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", *"＝＋－＠")  # noqa: RUF001 # the wide ones count as well in Japanese


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its name, which is that of its file."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def text_of(table: Table) -> str:
    """The table as the text of a CSV file."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(table.columns)
    writer.writerows([cell(one) for one in row] for row in table.rows)
    return out.getvalue()


def cell(value: Cell) -> str:
    """One cell. Text that a spreadsheet would compute gets an apostrophe in front; numbers stay numbers.

    Control characters are left out: a terminal would do what they say.
    """
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case float():
            return str(int(value)) if value.is_integer() else repr(value)
        case str():
            value = _UNSEEN.sub("", value)
            return f"'{value}" if value.startswith(_FORMULA) else value
        case _:
            return str(value)


def joined(tables: Iterable[Table]) -> str:
    """Several tables as one text, an empty line between them."""
    return "\r\n".join(text_of(table) for table in tables)
