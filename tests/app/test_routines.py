"""The routines a person has, and files that want to become one."""

import io
import json
import os
from pathlib import Path

import pytest
from pypdf import PdfWriter

from coach.app import routines as module
from coach.app.routines import FileKind, Listed, Opened, Origin, Routines, same_work
from coach.core.routine.problems import Rule
from coach.core.routine.reading import read_routine
from coach.core.routine.routine import BodySide, Routine
from coach.files import atomic
from coach.files.routine_code import code_text
from coach.words.problems import what
from tests.ui.fakes import TINY, Plain, World, data, item, plain

LENGTH_S = 39.0


@pytest.fixture
def routines(world: World) -> Routines:
    return world.surroundings.routines()


def received(routines: Routines) -> list[tuple[str, int]]:
    return [(one.routine.id, one.routine.revision) for one in routines.all() if one.origin is Origin.RECEIVED]


def accept(routines: Routines, routine: Plain) -> Path:
    return routines.accept(read_routine(data(routine), routines.library))


def found(routines: Routines, name: str) -> Listed:
    one = routines.find(name)
    assert one is not None
    return one


# -- the list ---------------------------------------------------------------------------------------------------


def test_the_built_in_routines_are_there_from_the_start(routines: Routines) -> None:
    names = {one.routine.id for one in routines.all()}

    assert {"first-days", "mobility", "strength-a", "strength-b", "strength-c"} <= names
    assert all(one.origin is Origin.BUILT_IN and one.length_s > 60 for one in routines.all())


def test_a_received_routine_is_listed_after_the_built_in_ones(routines: Routines) -> None:
    accept(routines, TINY)

    assert [one.routine.id for one in routines.all()][-1] == "tiny"
    assert found(routines, "tiny").origin is Origin.RECEIVED
    assert found(routines, "tiny").length_s == pytest.approx(LENGTH_S)


def test_the_newest_revision_wins_in_whatever_order_they_came(routines: Routines) -> None:
    for revision in (2, 10, 9):
        accept(routines, plain(revision=revision))

    assert received(routines) == [("tiny", 10)]
    assert found(routines, "tiny").routine.revision == 10


def test_older_revisions_stay_on_disk(world: World, routines: Routines) -> None:
    for revision in (1, 2):
        accept(routines, plain(revision=revision))

    assert len(list(world.home.routines.iterdir())) == 2


def test_a_received_routine_goes_before_a_built_in_one_of_the_same_id(routines: Routines) -> None:
    accept(routines, plain(id="mobility", title="Mine"))

    assert found(routines, "mobility").routine.title == "Mine"


def test_an_id_that_nobody_has_is_not_found(routines: Routines) -> None:
    assert routines.find("nobody") is None


@pytest.mark.parametrize(
    "name", ["../routines/mobility", "/etc/passwd", "..", "", ".", "a\0b", "x" * 5000, "mobility/"]
)
def test_a_name_that_tries_to_leave_the_folder_is_not_found(routines: Routines, name: str) -> None:
    assert routines.find(name) is None


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"\xff\xfe", b"[" * 100_000, data(plain(items=[])), data(plain(version="9.0"))]
)
def test_an_odd_file_is_passed_over(world: World, routines: Routines, content: bytes) -> None:
    accept(routines, TINY)
    (world.home.routines / "odd.rehab.json").write_bytes(content)

    assert received(routines) == [("tiny", 1)]
    assert found(routines, "tiny").routine.title == "Tiny"


def test_files_of_other_kinds_are_not_looked_at(world: World, routines: Routines) -> None:
    (world.home.routines / "mine.json").write_bytes(data(TINY))

    assert received(routines) == []


def test_a_folder_and_a_pipe_of_that_name_are_passed_over(world: World, routines: Routines) -> None:
    (world.home.routines / "folder.rehab.json").mkdir()
    if hasattr(os, "mkfifo"):
        os.mkfifo(world.home.routines / "pipe.rehab.json")
    accept(routines, TINY)

    assert received(routines) == [("tiny", 1)]


def test_without_a_folder_there_is_nothing_received(tmp_path: Path, world: World) -> None:
    routines = Routines(world.surroundings.exercises, world.surroundings.built_in, tmp_path / "nowhere")

    assert received(routines) == []


# -- opening ----------------------------------------------------------------------------------------------------


def opened(routines: Routines, folder: Path, content: bytes, name: str = "a file") -> Opened:
    path = folder / name
    path.write_bytes(content)
    return routines.open(path)


def rules(one: Opened) -> list[Rule]:
    return [problem.rule for problem in one.findings.problems]


def pdf(*attached: tuple[str, bytes], password: str = "") -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    for name, content in attached:
        writer.add_attachment(name, content)
    if password:
        writer.encrypt(password)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_routine_is_known_by_its_content_not_by_its_name(routines: Routines, tmp_path: Path) -> None:
    one = opened(routines, tmp_path, data(TINY), "holiday.jpg")

    assert one.kind is FileKind.ROUTINE
    assert one.read is not None
    assert one.read.routine is not None
    assert (one.read.routine.title, one.exercises) == ("Tiny", 2)
    assert one.length_s == pytest.approx(LENGTH_S)


def test_opening_takes_nothing_over(routines: Routines, tmp_path: Path) -> None:
    opened(routines, tmp_path, data(TINY))

    assert received(routines) == []


def test_a_routine_with_problems_is_told_with_its_places(routines: Routines, tmp_path: Path) -> None:
    one = opened(routines, tmp_path, data(plain(items=[item("plank", sets=0), item("plink", hold_s=5)])))

    assert one.read is not None
    assert one.read.routine is None
    assert {(problem.path, problem.rule) for problem in one.findings.problems} >= {
        ("$.items[0].sets", Rule.TOO_SMALL),
        ("$.items[1].exercise", Rule.UNKNOWN_EXERCISE),
    }


def test_an_exercise_library_is_told_with_its_size(routines: Routines, tmp_path: Path) -> None:
    library = {"format": "rehab-exercises", "version": "1.0", "exercises": [{"id": "hop", "name": "Hop"}]}

    one = opened(routines, tmp_path, json.dumps(library).encode())

    assert (one.kind, one.exercises, one.read) == (FileKind.LIBRARY, 1, None)
    assert not one.findings.problems


def test_the_routine_inside_a_hand_out_is_read(routines: Routines, tmp_path: Path) -> None:
    one = opened(routines, tmp_path, pdf(("notes.txt", b"hello"), ("tiny.rehab.json", data(TINY))), "handout.pdf")

    assert one.read is not None
    assert one.read.routine is not None
    assert one.read.routine.id == "tiny"


def test_a_pdf_is_known_by_its_content_too(routines: Routines, tmp_path: Path) -> None:
    one = opened(routines, tmp_path, b"\n\n" + pdf(("a.json", data(TINY))), "handout.rehab.json")

    assert one.read is not None
    assert one.read.routine is not None


@pytest.mark.parametrize(
    "junk", [b"HTTP/1.1 200 OK\r\n\r\n", b"\xef\xbb\xbf\n", b"x" * 1024], ids=["mail", "mark", "most"]
)
def test_junk_before_a_pdf_is_passed_over(routines: Routines, tmp_path: Path, junk: bytes) -> None:
    one = opened(routines, tmp_path, junk + pdf(("a.json", data(TINY))), "handout.pdf")

    assert one.read is not None
    assert one.read.routine is not None
    assert one.data == data(TINY)


def test_a_routine_may_speak_of_a_pdf(routines: Routines, tmp_path: Path) -> None:
    one = opened(routines, tmp_path, b"\n" + data(plain(title="%PDF-1.7")))

    assert one.read is not None
    assert one.read.routine is not None
    assert one.read.routine.title == "%PDF-1.7"


def test_the_text_of_a_code_is_a_routine_too(routines: Routines, tmp_path: Path) -> None:
    one = opened(routines, tmp_path, code_text(data(TINY)).encode() + b"\n", "from my phone.txt")

    assert one.read is not None
    assert one.read.routine is not None
    assert one.read.routine.id == "tiny"


def test_half_the_text_of_a_code_says_what_to_do(routines: Routines, tmp_path: Path) -> None:
    one = opened(routines, tmp_path, code_text(data(TINY)).encode()[:60])

    assert rules(one) == [Rule.BROKEN_CODE]
    assert "scan the code again" in what(one.findings.problems[0])


def test_the_routine_is_found_among_other_attachments(routines: Routines, tmp_path: Path) -> None:
    one = opened(routines, tmp_path, pdf(("a.json", b'{"made": "by"}'), ("b.json", data(TINY)), ("c.txt", b"hello")))

    assert one.read is not None
    assert one.read.routine is not None


def test_a_hand_out_with_a_bad_routine_says_what_is_wrong_with_it(routines: Routines, tmp_path: Path) -> None:
    one = opened(routines, tmp_path, pdf(("a.json", data(plain(items=[])))))

    assert rules(one) == [Rule.TOO_SHORT]
    assert one.read is None or one.read.routine is None
    assert "Error" not in what(one.findings.problems[0])


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
@pytest.mark.timeout(10)
def test_a_pipe_that_nobody_writes_to_is_refused_at_once(routines: Routines, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(OSError, match="Not an ordinary file"):
        routines.open(tmp_path / "pipe")


@pytest.mark.parametrize("name", ["nowhere.rehab.json", "."])
def test_what_cannot_be_read_raises_for_the_shell_to_tell(routines: Routines, tmp_path: Path, name: str) -> None:
    with pytest.raises(OSError, match=r".+"):
        routines.open(tmp_path / name)


# -- taking over ------------------------------------------------------------------------------------------------


def test_what_is_accepted_is_the_same_routine_with_its_own_keys(routines: Routines) -> None:
    path = accept(routines, {**TINY, "x-clinic": {"room": 7}})

    assert read_routine(path.read_bytes(), routines.library).routine == found(routines, "tiny").routine
    assert json.loads(path.read_bytes())["x-clinic"] == {"room": 7}


@pytest.mark.parametrize("name", ["../../x", "/etc/x", "a/b", "..", "CON", "übung", "x" * 900, "a\nb", " ", "C:\\x"])
def test_no_id_leads_out_of_the_folder(world: World, routines: Routines, name: str) -> None:
    path = accept(routines, plain(id=name))

    assert path.parent == world.home.routines
    assert path.is_file()
    assert path.name.isascii()
    assert path.name == path.name.strip(". ")
    assert found(routines, name).routine.id == name


def test_ids_that_look_alike_on_disk_stay_two(routines: Routines) -> None:
    for name in ("a/b", "a.b", "a-b", "A-b"):
        accept(routines, plain(id=name))

    assert sorted(name for name, _ in received(routines)) == ["A-b", "a-b", "a.b", "a/b"]


def test_what_was_removed_can_be_put_back(routines: Routines) -> None:
    accept(routines, TINY)
    listed = found(routines, "tiny")

    kept = routines.remove(listed)
    assert routines.find("tiny") is None
    routines.put_back(listed, kept)

    assert found(routines, "tiny") == listed


def test_removing_what_is_gone_raises_for_the_shell_to_tell(routines: Routines) -> None:
    accept(routines, TINY)
    listed = found(routines, "tiny")
    listed.path.unlink()

    with pytest.raises(FileNotFoundError):
        routines.remove(listed)


def test_the_affected_side_does_not_change_the_length(routines: Routines) -> None:
    from coach.core.routine.routine import BodySide

    assert [one.length_s for one in routines.all(BodySide.LEFT)] == [
        one.length_s for one in routines.all(BodySide.RIGHT)
    ]


# -- who they come from -----------------------------------------------------------------------------------------


def by(name: str, **changes: object) -> Plain:
    return plain(prescriber={"name": name}, **changes)


def test_two_physios_with_the_same_id_stay_two_routines(routines: Routines) -> None:
    accept(routines, by("River", title="From the river"))
    accept(routines, by("Hill", title="From the hill"))

    assert received(routines) == [("tiny", 1), ("tiny@hill", 1)]
    assert found(routines, "tiny").routine.title == "From the river"
    assert found(routines, "tiny@hill").routine.title == "From the hill"


def test_a_later_revision_of_either_replaces_only_its_own(routines: Routines) -> None:
    for routine in (by("River"), by("Hill"), by("Hill", revision=2), by("RIVER ", revision=3)):
        accept(routines, routine)

    assert received(routines) == [("tiny", 3), ("tiny@hill", 2)]


def test_who_names_nobody_is_not_somebody_else(routines: Routines) -> None:
    accept(routines, plain())
    accept(routines, by("River", revision=2))

    assert received(routines) == [("tiny", 2)]


# -- own ones, and earlier revisions ----------------------------------------------------------------------------


def test_a_routine_that_was_made_here_is_an_own_one(routines: Routines) -> None:
    routines.keep_own(data(TINY))

    assert found(routines, "tiny").origin is Origin.OWN


def test_what_is_no_routine_does_not_become_an_own_one(world: World, routines: Routines) -> None:
    assert routines.keep_own(b"{}") is None
    assert list(world.home.routines.iterdir()) == []


def test_earlier_revisions_can_be_read(routines: Routines) -> None:
    for revision in (1, 3, 2):
        accept(routines, plain(revision=revision, title=f"Number {revision}"))

    newest = found(routines, "tiny")

    assert [one.routine.title for one in routines.earlier(newest)] == ["Number 2", "Number 1"]


def test_what_another_one_of_the_same_revision_replaces_is_kept(routines: Routines) -> None:
    accept(routines, plain(title="First"))
    accept(routines, plain(title="Second"))

    newest = found(routines, "tiny")

    assert newest.routine.title == "Second"
    assert [one.routine.title for one in routines.earlier(newest)] == ["First"]
    assert received(routines) == [("tiny", 1)], "what was replaced is not in the list"


def test_taking_over_the_same_again_keeps_nothing_twice(routines: Routines) -> None:
    for _ in range(2):
        accept(routines, TINY)

    assert routines.earlier(found(routines, "tiny")) == ()


def test_a_built_in_routine_has_no_earlier_revisions(routines: Routines) -> None:
    assert routines.earlier(found(routines, "mobility")) == ()


def test_the_file_of_an_own_routine_that_comes_back_is_still_an_own_one(routines: Routines) -> None:
    routines.keep_own(data(TINY))
    accept(routines, TINY)
    accept(routines, plain(revision=2))

    assert found(routines, "tiny").origin is Origin.OWN
    assert found(routines, "tiny").routine.revision == 2


# -- the same kind of work ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "exercises,other,same",
    [
        (["clamshell", "bridge", "plank"], "strength-a", True),
        (["clamshell", "bridge", "plank"], "mobility", False),
        (["clamshell", "bridge", "plank", "figure_four_stretch"], "mobility", False),
        (["clamshell", "figure_four_stretch"], "mobility", True),
        (["hamstring_stretch"], "strength-b", False),
    ],
)
def test_routines_are_for_the_same_work_where_enough_of_one_is_what_most_of_the_other_is(
    routines: Routines, exercises: list[str], other: str, *, same: bool
) -> None:
    read = read_routine(data(plain(items=[item(one) for one in exercises])), routines.library)
    assert read.routine is not None

    assert same_work(read.routine, found(routines, other).routine, routines.library) is same


# -- what was read is remembered ----------------------------------------------------------------------------------


class Reading:
    """Counts the files that are read with every check, and with a quick look."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.checked: list[str] = []
        self.seen: list[str] = []
        check, look = Routines._received_routine, module._id_in

        def checked(routines: Routines, data: bytes) -> Routine | None:
            found = check(routines, data)
            self.checked.append("" if found is None else found.id)
            return found

        def seen(path: str) -> str | None:
            self.seen.append(Path(path).name)
            return look(path)

        monkeypatch.setattr(Routines, "_received_routine", checked)
        monkeypatch.setattr(module, "_id_in", seen)


@pytest.fixture
def many(routines: Routines) -> Routines:
    for number in range(5):
        accept(routines, plain(id=f"routine-{number}"))
    return routines


@pytest.fixture
def reading(many: Routines, monkeypatch: pytest.MonkeyPatch) -> Reading:
    many._read.clear()
    return Reading(monkeypatch)


def test_of_the_files_that_are_not_wanted_only_the_id_is_looked_at_and_once(many: Routines, reading: Reading) -> None:
    for _ in range(3):
        assert found(many, "routine-3").routine.id == "routine-3"
        assert found(many, "mobility").origin is Origin.BUILT_IN

    assert reading.checked == ["routine-3"]
    assert len([name for name in reading.seen if name.startswith("routine-")]) == 5


def test_a_file_that_has_not_changed_is_read_once(many: Routines, reading: Reading) -> None:
    lists = [many.all(), many.all(BodySide.LEFT), many.all()]

    assert lists[0] == lists[2]
    assert sorted(reading.checked) == [f"routine-{number}" for number in range(5)]


def test_a_file_that_has_changed_is_read_again(world: World, many: Routines, reading: Reading) -> None:
    del reading
    path = found(many, "routine-3").path
    later = path.stat().st_mtime_ns + 1

    path.write_bytes(data(plain(id="routine-9")))
    os.utime(path, ns=(later, later))

    assert many.find("routine-3") is None
    assert found(many, "routine-9").path == path
    path.unlink()
    assert many.find("routine-9") is None
    assert len(many.all()) == len(many.all(BodySide.LEFT))
    assert path not in [one.path for one in many.all()]


def test_a_file_that_was_replaced_is_read_again_whatever_its_age(many: Routines, reading: Reading) -> None:
    del reading
    one = found(many, "routine-3")
    before = one.path.stat()

    atomic.write_bytes(one.path, one.path.read_bytes().replace(b"Tiny", b"Teny"))
    os.utime(one.path, ns=(before.st_atime_ns, before.st_mtime_ns))

    assert one.path.stat().st_size == before.st_size
    assert found(many, "routine-3").routine.title == "Teny"


def test_what_a_quick_look_cannot_tell_is_read_with_every_check(world: World, many: Routines) -> None:
    # With a mark that other programs put before the text.
    (world.home.routines / "copied by hand.rehab.json").write_bytes(b"\xef\xbb\xbf" + data(plain(id="by-hand")))

    one = many.find("by-hand")

    assert (one is not None) == ("by-hand" in [listed.routine.id for listed in many.all()])


def test_no_more_is_remembered_than_anybody_has(many: Routines, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST_KEPT", 2)
    many._read.clear()

    names = {one.routine.id for one in many.all()}

    assert {f"routine-{number}" for number in range(5)} <= names
    assert len(many._read) == 2
    assert found(many, "routine-4").routine.id == "routine-4"
