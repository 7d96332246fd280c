"""Hostile and careless handout PDFs, each with what is to become of it.

The families: not whole, the table of contents lies, the objects lead in circles, the attachments, what unpacks to too
much, what would do something, and files that are called other than what they are.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from functools import cache, partial

from pypdf import PdfWriter

from coach.core.routine.problems import Rule
from coach.files.handout_pdf import MAX_PDF_BYTES, REPAIRED_UP_TO
from tests.core.routine.hostile import OK, Case, Read, Refused, packed, routine

SOUND = packed(routine(items=[{"exercise": "bridge", "reps": 5}]))
DAMAGED = Refused("$", Rule.NOT_A_PDF)
NOTHING = Refused("$", Rule.NOTHING_ATTACHED)

_EMBEDDED = b"<< /EmbeddedFiles 3 0 R >>"


def pdf(*attached: tuple[str, bytes], password: str | None = None, owner: str | None = None) -> bytes:
    """A PDF with these attachments, as another program writes it."""
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    for name, content in attached:
        writer.add_attachment(name, content)
    if password is not None:
        writer.encrypt(password, owner)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@cache
def whole() -> bytes:
    """A sound handout."""
    return pdf(("routine.rehab.json", SOUND))


def raw(objects: Mapping[int, bytes], *, root: bytes = b"1 0 R", more: bytes = b"", size: int | None = None) -> bytes:
    """A PDF with exactly these objects, and a table of contents that is right."""
    made = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, body in objects.items():
        places[number] = len(made)
        made += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start, last = len(made), max(objects, default=0) + 1
    made += b"xref\n0 %d\n0000000000 65535 f \n" % last
    for number in range(1, last):
        kind = b"%010d 00000 n \n" if number in places else b"%010d 00000 f \n"
        made += kind % places.get(number, 0)
    made += b"trailer\n<< /Size %d /Root %s %s >>\n" % (last if size is None else size, root, more)
    return bytes(made) + b"startxref\n%d\n%%%%EOF\n" % start


def stream(data: bytes, more: bytes = b"", length: bytes | None = None) -> bytes:
    """A stream object."""
    told = b"%d" % len(data) if length is None else length
    return b"<< /Length %s %s >>\nstream\n" % (told, more) + data + b"\nendstream"


def tree(
    embedded: bytes = b"<< /Names [(a.json) 4 0 R] >>",
    spec: bytes = b"<< /Type /Filespec /F (a.json) /EF << /F 5 0 R >> >>",
    file: bytes | None = None,
    more: Mapping[int, bytes] | None = None,
    catalog: bytes = b"",
) -> bytes:
    """A PDF with one attachment, built by hand; each part of it can be another."""
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R /Names %s %s >>" % (_EMBEDDED, catalog),
        2: b"<< /Type /Pages /Kids [] /Count 0 >>",
        3: embedded,
        4: spec,
        5: stream(SOUND) if file is None else file,
    }
    return raw({**objects, **(more or {})})


def _case(name: str, data: bytes, expected: Refused | Read) -> Case:
    return Case(name, lambda: data, expected)


def not_whole() -> Iterator[Case]:
    """PDFs of which a part is missing, or has something in the way."""
    sound = whole()
    yield _case("a beginning and nothing else", b"%PDF-1.7\n", DAMAGED)
    yield _case("a beginning and nonsense", b"%PDF-1.7 nonsense " * 50, DAMAGED)
    yield _case("a beginning and zeros", b"%PDF-1.7\n" + bytes(4096), DAMAGED)
    yield _case("an end and nothing else", b"%PDF-1.7\nstartxref\n0\n%%EOF\n", DAMAGED)
    for part in (5, 15, 30, 45, 60):
        yield _case(f"cut off after {part} hundredths", sound[: len(sound) * part // 100], DAMAGED)
    yield _case("with bytes turned over in its middle", sound[:200] + bytes(200) + sound[400:], DAMAGED)
    yield _case("with line ends of another system", sound.replace(b"\n", b"\r\n"), OK)
    yield _case("with junk before it", b"HTTP/1.1 200 OK\r\n\r\n" + sound, OK)
    yield _case("with junk behind it", sound + b"\n--boundary--\n" * 20, OK)
    yield _case("with more junk before it than readers bear", b"x" * 1_025 + sound, Refused("$", Rule.NOT_UTF8))
    yield _case("with a mark and blank lines before it", b"\xef\xbb\xbf\n\n" + sound, OK)
    yield _case("twice in one file", sound + sound, OK)
    yield _case("protected by a password", pdf(("a.json", SOUND), password="secret"), DAMAGED)
    yield _case("protected by a password of its owner", pdf(("a.json", SOUND), password="", owner="other"), DAMAGED)
    yield _case("protected by nonsense", raw({1: b"<< /Type /Catalog >>"}, more=b"/Encrypt << /Filter /No >>"), DAMAGED)


def contents_that_lie() -> Iterator[Case]:
    """The table of contents points elsewhere, counts wrong, or names nothing."""
    catalog = {1: b"<< /Type /Catalog >>"}
    yield _case("no catalog", raw({1: b"<< /Type /Page >>"}, root=b"9 0 R"), DAMAGED)
    yield _case("a catalog that is a number", raw({1: b"7"}), DAMAGED)
    yield _case("a catalog that is null", raw({1: b"null"}), DAMAGED)
    yield _case("a catalog that is a list", raw({1: b"[1 0 R]"}), DAMAGED)
    yield _case("a catalog that names itself", raw({1: b"1 0 R"}), DAMAGED)
    yield _case("a catalog without names", raw(catalog), NOTHING)
    yield _case("names that are no object", raw({1: b"<< /Type /Catalog /Names (a) >>"}), NOTHING)
    yield _case("names that are missing", raw({1: b"<< /Type /Catalog /Names 8 0 R >>"}), NOTHING)
    yield _case("a size of a thousand million", raw(catalog, size=10**9), NOTHING)
    yield _case("a size below zero", raw(catalog, size=-5), NOTHING)
    yield _case("a former part that is this one", raw(catalog, more=b"/Prev 9"), NOTHING)
    yield _case("a former part behind the end", raw(catalog, more=b"/Prev 99999999"), NOTHING)
    for name, start in {"zero": b"0", "behind the end": b"99999999", "below zero": b"-1", "a word": b"here",
                        "very long": b"9" * 5_000}.items():  # fmt: skip
        cut = raw(catalog).rpartition(b"startxref")[0]
        expected = NOTHING if name in ("zero", "behind the end") else DAMAGED
        yield _case(f"a place of the contents that is {name}", cut + b"startxref\n" + start + b"\n%%EOF\n", expected)
    circle = raw(catalog).rpartition(b"trailer")[0]
    at = circle.index(b"xref")
    yield _case(
        "contents whose former part is themselves",
        circle + b"trailer\n<< /Root 1 0 R /Size 2 /Prev %d >>\nstartxref\n%d\n%%%%EOF\n" % (at, at),
        NOTHING,
    )
    many = b"xref\n0 9999999\n" + b"0000000000 00000 n \n" * 5
    yield _case(
        "contents that claim ten million entries",
        b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n" + many + b"trailer\n<< /Root 1 0 R >>\nstartxref\n46\n"
        b"%%EOF\n",
        NOTHING,
    )


def circles() -> Iterator[Case]:
    """Objects that lead to themselves, or so deep that nobody comes back."""
    yield _case("kids that are their own parent", tree(b"<< /Kids [3 0 R] >>"), NOTHING)
    yield _case("kids in a circle of two", tree(b"<< /Kids [6 0 R] >>", more={6: b"<< /Kids [3 0 R] >>"}), NOTHING)
    yield _case("the same kid ten thousand times", tree(b"<< /Kids [" + b"6 0 R " * 10_000 + b"] >>",
                                                        more={6: b"<< /Names [] >>"}), NOTHING)  # fmt: skip
    deep = {number: b"<< /Kids [%d 0 R] >>" % (number + 1) for number in range(6, 3_000)}
    yield _case("three thousand kids one below the other", tree(b"<< /Kids [6 0 R] >>", more=deep), NOTHING)
    fan = {number: b"<< /Kids [" + b"%d 0 R " % (number + 1) * 10 + b"] >>" for number in range(6, 16)}
    yield _case("ten kids each, ten levels deep", tree(b"<< /Kids [6 0 R] >>", more=fan), NOTHING)
    yield _case("a file that is itself", tree(file=b"5 0 R"), DAMAGED)
    yield _case("two files that are each other", tree(file=b"6 0 R", more={6: b"5 0 R"}), DAMAGED)
    yield _case("a description that is itself", tree(spec=b"4 0 R"), DAMAGED)
    yield _case("a length that is itself", tree(file=stream(SOUND, length=b"6 0 R"), more={6: b"6 0 R"}), DAMAGED)
    yield _case("a list a hundred thousand deep", tree(b"[" * 100_000 + b"]" * 100_000), DAMAGED)
    yield _case("an object ten thousand deep", tree(b"<< /A " * 10_000 + b">>" * 10_000), NOTHING)
    yield _case("pages in a circle", raw({1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Kids [2 0 R] >>"}), NOTHING)


def attachments() -> Iterator[Case]:
    """Nothing attached, the wrong thing, too many of them, or something broken."""
    yield _case("nothing attached", pdf(), NOTHING)
    yield _case("no JSON attached", pdf(("notes.txt", b"hello"), ("scan.png", b"\x89PNG")), NOTHING)
    yield _case("a routine that is called .txt", pdf(("routine.txt", SOUND)), NOTHING)
    yield _case("an empty JSON file", pdf(("a.json", b"")), Refused("$", Rule.NOT_JSON))
    yield _case("a JSON file that is none", pdf(("a.json", b"hello")), Refused("$", Rule.NOT_JSON))
    yield _case("JSON that is a list", pdf(("a.json", b"[1]")), Refused("$", Rule.NOT_AN_OBJECT))
    yield _case("JSON in another encoding", pdf(("a.json", b"\xff\xfe{\0")), Refused("$", Rule.NOT_UTF8))
    yield _case("JSON nested without end", pdf(("a.json", b"[" * 100_000)), Refused("$", Rule.TOO_DEEP))
    yield _case("JSON with a key twice", pdf(("a.json", b'{"a":1,"a":2}')), Refused("$.a", Rule.DUPLICATE_KEY))
    yield _case("another program's JSON", pdf(("a.json", b'{"made": "by"}')), Refused("$.format", Rule.MISSING))
    yield _case(
        "a routine with 0 sets",
        pdf(("a.json", packed(routine(items=[{"exercise": "bridge", "sets": 0}])))),
        Refused("$.items[0].sets", Rule.TOO_SMALL),
    )
    yield _case("a routine of version 2", pdf(("a.json", packed(routine(version="2.0")))),
                Refused("$.version", Rule.NEWER_VERSION))  # fmt: skip
    yield _case("a routine above 2 MiB", pdf(("a.json", SOUND + b" " * 2**21)), Refused("$", Rule.TOO_LARGE))
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("routine.rehab.json", SOUND)
    yield _case("an archive that is called .json", pdf(("a.json", archive.getvalue())), Refused("$", Rule.NOT_UTF8))
    yield _case("a handout within a handout", pdf(("a.json", whole())), Refused("$", Rule.NOT_UTF8))
    yield _case("a routine among others", pdf(("a.json", b"{}"), ("b.json", SOUND), ("c.txt", b"hello")), OK)
    others = [(f"note{number:03}.txt", b"x") for number in range(200)]
    yield _case("two hundred notes before the routine", pdf(*others, ("routine.rehab.json", SOUND)), NOTHING)
    yield _case("a hundred files of one name", pdf(*[("a.json", b"{}")] * 100), Refused("$.format", Rule.MISSING))
    names = b" ".join(b"(n%05d.json) 4 0 R" % number for number in range(20_000))
    yield _case("twenty thousand names of one file", tree(b"<< /Names [" + names + b"] >>"), DAMAGED)
    yield _case("a name that leads out", pdf(("../../coach.json", SOUND)), OK)
    yield _case("a name of an absolute place", pdf(("/etc/cron.d/coach.json", SOUND)), OK)
    yield _case("a name of a hundred thousand letters", pdf(("a" * 100_000 + ".json", SOUND)), DAMAGED)
    yield _case("a name with control letters", pdf(("\x1b[2J\x07\na.json", SOUND)), OK)
    yield _case("a name that is a number", tree(b"<< /Names [7 4 0 R] >>"), DAMAGED)
    yield _case("an odd number of names", tree(b"<< /Names [(a.json)] >>"), NOTHING)
    yield _case("names that are no list", tree(b"<< /Names (a.json) >>"), NOTHING)
    yield _case("names of nothing", tree(b"<< /Names [] >>"), NOTHING)
    yield _case("neither names nor kids", tree(b"<< >>"), NOTHING)
    yield _case("kids that are numbers", tree(b"<< /Kids [1 2 3] >>"), NOTHING)
    yield _case("no file behind the name", tree(spec=b"<< /F (a.json) >>"), DAMAGED)
    yield _case("a file that is missing", tree(spec=b"<< /F (a.json) /EF << /F 9 0 R >> >>"), DAMAGED)
    yield _case("a file that is a number", tree(file=b"42"), DAMAGED)
    yield _case("a file that lies outside", tree(file=stream(b"", b"/F (/etc/passwd)")), Refused("$", Rule.NOT_JSON))
    yield _case("a length that is too short", tree(file=stream(SOUND, length=b"5")), OK)
    yield _case("a length that is too long", tree(file=stream(SOUND, length=b"500")), OK)
    yield _case("a length of a thousand million", tree(file=stream(SOUND, length=b"1000000000")), DAMAGED)
    yield _case("a length below zero", tree(file=stream(SOUND, length=b"-3")), OK)
    yield _case("a filter that nobody knows", tree(file=stream(SOUND, b"/Filter /Unknown")), DAMAGED)
    yield _case("a filter that is a number", tree(file=stream(SOUND, b"/Filter 5")), DAMAGED)
    yield _case(
        "unpacked, and said to be packed",
        tree(file=stream(SOUND, b"/Filter /FlateDecode")),
        Refused("$", Rule.NOT_JSON),
    )
    note = b"<< /Type /Annot /Subtype /FileAttachment /FS 4 0 R >>"
    page = {2: b"<< /Type /Pages /Kids [6 0 R] /Count 1 >>", 6: b"<< /Type /Page /Parent 2 0 R /Annots [7 0 R] >>"}
    yield _case("attached to a note on a page alone", tree(b"<< /Names [] >>", more={**page, 7: note}), NOTHING)


def bombs() -> Iterator[Case]:
    """A little that unpacks to too much."""
    flate = b"/Filter /FlateDecode"
    large = zlib.compress(bytes(400 * 2**20), 9)
    twice = zlib.compress(zlib.compress(bytes(400 * 2**20), 9), 9)
    yield Case("400 MiB of zeros", lambda: tree(file=stream(large, flate)), DAMAGED)
    both = b"/Filter [/FlateDecode /FlateDecode]"
    yield Case("400 MiB of zeros packed twice", lambda: tree(file=stream(twice, both)),
               DAMAGED)  # fmt: skip
    blanks = zlib.compress(SOUND + b" " * 60 * 2**20, 9)
    yield Case("a routine and 60 MiB of blanks", lambda: tree(file=stream(blanks, flate)), DAMAGED)
    many = b"[" + b"/FlateDecode " * 2_000 + b"]"
    yield _case("two thousand filters", tree(file=stream(zlib.compress(SOUND), b"/Filter " + many)), DAMAGED)
    run = b"\x81a" * 600_000 + b"\x80"
    yield Case("a run of letters of 76 MB", lambda: tree(file=stream(run, b"/Filter /RunLengthDecode")), DAMAGED)
    wide = b"/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 2000000000 >>"
    yield _case("a row of two thousand million columns", tree(file=stream(zlib.compress(bytes(9_999)), wide)), DAMAGED)
    packed_objects = zlib.compress(b"1 0 " * 10 + bytes(300 * 2**20), 9)
    objects = stream(packed_objects, flate + b" /Type /ObjStm /N 1000000 /First 4")
    yield Case("packed objects of 300 MiB", lambda: tree(more={6: objects}, file=b"6 0 R"), DAMAGED)
    files = b" ".join(b"(n%02d.json) 4 0 R" % number for number in range(20))
    rest = zlib.compress(b"{" + b" " * 30 * 2**20, 9)
    yield Case(
        "twenty files of 30 MiB each",
        lambda: tree(b"<< /Names [" + files + b"] >>", file=stream(rest, flate)),
        DAMAGED,
    )
    end = b"\ntrailer\n<< /Root 1 0 R >>\nstartxref\n9\n%%EOF\n"
    for what, part in {
        "beginnings of objects": b"1 0 obj\n",
        "objects": b"1 0 obj null endobj\n",
        "trailers": b"trailer\n<< /Root 1 0 R >>\n",
        "packed objects": b"5 0 obj << /Length 3 /Type /ObjStm /N 1 /First 2 >> stream\n1 0\nendstream endobj\n",
        "ends": b"%%EOF startxref 9 ",
        "line ends": b"\n",
        "open brackets": b"<<[[((",
    }.items():
        for size in (REPAIRED_UP_TO - 1_000, MAX_PDF_BYTES - 1_000):
            yield Case(f"{size // 2**10:,} KiB of {what}", partial(_filled, part, size, end), DAMAGED)
    yield Case("10 MiB of line ends and no end", lambda: b"%PDF-1.7\n" + b"\n" * (10 * 2**20 - 100), DAMAGED)
    yield Case("10 MiB of zeros and no end", lambda: b"%PDF-1.7\n" + bytes(10 * 2**20 - 100), DAMAGED)
    yield Case("more than 10 MiB", lambda: b"%PDF-1.7\n" + bytes(10 * 2**20), Refused("$", Rule.TOO_LARGE))


def much_to_look_at() -> Iterator[Case]:
    """Sound at first sight, and more to read than anybody would wait for."""
    head = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"
    end = b"startxref\n%d\n%%%%EOF\n" % len(head)

    def table(count: int) -> bytes:
        trailer = b"trailer\n<< /Root 1 0 R /Size %d >>\n" % count
        return head + b"xref\n0 %d\n" % count + b"0000000009 00000 n \n" * count + trailer + end

    yield Case("contents of twenty thousand entries", lambda: table(20_000), NOTHING)
    yield Case("contents of half a million entries", lambda: table(510_000), DAMAGED)
    packed_ = zlib.compress(b"\x01\x00\x00\x09\x00" * 1_500_000, 9)
    told = b"/Type /XRef /W [1 3 1] /Size 1500000 /Root 1 0 R /Filter /FlateDecode"
    entries = b"2 0 obj\n" + stream(packed_, told) + b"\nendobj\n"
    yield _case("packed contents of a million entries", head + entries + end, DAMAGED)

    def chain() -> bytes:
        made, before = bytearray(head), 0
        for _ in range(100_000):
            at = len(made)
            former = b"/Prev %d " % before if before else b""
            made += b"xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Root 1 0 R /Size 2 %s>>\n" % former
            before = at
        return bytes(made) + b"startxref\n%d\n%%%%EOF\n" % before

    yield Case("a hundred thousand former parts", chain, DAMAGED)
    kids = b"<< /Kids [" + b"".join(b"%d 0 R " % number for number in range(1_000, 51_000)) + b"] >>"
    few = b"<< /Kids [" + b"".join(b"%d 0 R " % number for number in range(1_000, 4_000)) + b"] >>"
    filler = {6: stream(b"x" * 450_000)}
    yield Case("three thousand kids that are missing", lambda: tree(few, more=filler), DAMAGED)
    yield Case("fifty thousand kids that are missing", lambda: tree(kids), DAMAGED)
    for name, part in {
        "a name with millions of brackets": b"<< /Names [(" + b"(" * 4_000_000 + b")" * 4_000_000 + b") 4 0 R] >>",
        "a name of millions of figures": b"<< /Names [<" + b"41" * 4_000_000 + b"> 4 0 R] >>",
        "a word of millions of escapes": b"<< /Names [/" + b"#41" * 3_000_000 + b" 4 0 R] >>",
        "half a million keys": b"<< " + b" ".join(b"/A%d %d" % (key, key) for key in range(500_000)) + b" >>",
        "millions of remarks": b"<< " + b"%\n" * 4_000_000 + b" >>",
        "millions of numbers": b"[ " + b"1 " * 4_000_000 + b" ]",
    }.items():
        yield Case(name, partial(tree, part), DAMAGED)


def _filled(part: bytes, size: int, end: bytes) -> bytes:
    return b"%PDF-1.7\n" + part * (size // len(part)) + end


def what_would_act() -> Iterator[Case]:
    """PDFs that would run, open or fetch something: nothing but the attachment is looked at."""
    for name, action in {
        "a script": b"/S /JavaScript /JS (app.alert\\(1\\))",
        "a program": b"/S /Launch /F (/bin/sh)",
        "an address": b"/S /URI /URI (http://127.0.0.1/)",
        "another file": b"/S /GoToR /F (\\\\\\\\host\\\\share)",
        "a form that is sent": b"/S /SubmitForm /F (http://127.0.0.1/)",
    }.items():
        yield _case(f"{name} that is opened at once", tree(catalog=b"/OpenAction << %s >>" % action), OK)
        bare = raw({1: b"<< /Type /Catalog /OpenAction << %s >> >>" % action})
        yield _case(f"{name} and no routine", bare, NOTHING)
    yield _case("a form of another kind", raw({1: b"<< /Type /Catalog /AcroForm << /XFA (<x/>) >> >>"}), NOTHING)


def names_that_lie() -> Iterator[Case]:
    """Files that are something else than they are called, or than they say at their beginning."""
    yield _case("a routine whose title is a PDF", packed(routine(title="%PDF-1.7")), OK)
    yield _case("a picture that speaks of a PDF", b"\x89PNG\r\n\x1a\n%PDF-1.7", DAMAGED)
    yield _case("a page of the web that speaks of a PDF", b"<html>%PDF-1.7</html>", DAMAGED)
    yield _case("an archive that speaks of a PDF", b"PK\x05\x06%PDF-1.7", DAMAGED)
    yield _case("an object that begins like a PDF later", b'{"a": "%PDF-1.7"', Refused("$", Rule.NOT_JSON))
    yield _case("PostScript", b"%!PS-Adobe-3.0\n(a) show\n", Refused("$", Rule.NOT_JSON))
    yield _case("a version that does not exist", whole().replace(b"%PDF-1.3", b"%PDF-9.9"), OK)
    yield _case("a beginning in small letters", whole().replace(b"%PDF-", b"%pdf-"), Refused("$", Rule.NOT_UTF8))


FAMILIES = (not_whole, contents_that_lie, circles, attachments, bombs, much_to_look_at, what_would_act, names_that_lie)

CASES = tuple((family.__name__, case) for family in FAMILIES for case in family())
