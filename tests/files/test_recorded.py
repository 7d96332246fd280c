"""Recorded walks and runs: what is read, compared with other readers, and what is refused, in what time."""

import io
import struct
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from datetime import datetime, timedelta
from pathlib import Path

import fitdecode
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.core.log import OutingKind
from coach.files import xml_safely
from coach.files.fit_checksum import checksum
from coach.files.fit_reading import MAX_BYTES as FIT_BYTES
from coach.files.fit_reading import read_fit
from coach.files.recorded import Flaw, Recorded, Sport, looks_like, steps_a_minute
from coach.files.recorded_xml import read_gpx, read_tcx
from tests.files.recordings import BEGAN, fit_activity, fit_file, fit_message, gpx, tcx

LIMIT_S = 1.0
"""Of the processor, so that a busy computer fails nothing."""


def recorded(found: Recorded | Flaw) -> Recorded:
    assert isinstance(found, Recorded), found
    return found


# -- what is read ---------------------------------------------------------------------------------------------------


def test_a_gpx_track_is_added_up() -> None:
    one = recorded(read_gpx(gpx(speed_m_s=2.5, seconds=600)))

    assert one.began == BEGAN
    assert (one.elapsed_s, one.moving_s) == (600, 600)
    assert one.distance_m == pytest.approx(1500, rel=0.001)
    assert (one.cadence, one.sport, one.offset) == (86, Sport.RUN, None)
    assert steps_a_minute(one, OutingKind.RUN) == 172


def test_standing_counts_as_elapsed_and_not_as_moving() -> None:
    one = recorded(read_gpx(gpx(seconds=600, pause_s=240)))

    assert (one.elapsed_s, one.moving_s) == (840, 600)


def test_between_two_segments_nothing_was_gone() -> None:
    half = "</trkpt></trkseg><trkseg>"
    apart = gpx(seconds=600).decode().replace("</trkpt>", half, 31).replace(half, "</trkpt>", 30).encode()

    one = recorded(read_gpx(apart))

    assert (one.elapsed_s, one.moving_s) == (600, 590)
    assert one.distance_m == pytest.approx(1475, rel=0.001)


def test_a_zone_that_the_file_tells_is_kept() -> None:
    one = recorded(read_gpx(gpx(zone="+09:00")))

    assert one.began == BEGAN
    assert one.offset == timedelta(hours=9)


def test_laps_of_a_tcx_file_are_added_up_and_points_are_not() -> None:
    one = recorded(read_tcx(tcx(laps=((300, 750), (200, 500)))))

    assert (one.began, one.moving_s, one.elapsed_s, one.distance_m) == (BEGAN, 500, 510, 1250)
    assert (one.cadence, one.sport) == (85, Sport.RUN)


@pytest.mark.parametrize("order", ["<", ">"], ids=["little", "big"])
def test_the_summary_of_a_fit_file_is_read_as_another_reader_reads_it(order: str) -> None:
    data = fit_activity(order=order)
    with fitdecode.FitReader(io.BytesIO(data), check_crc=fitdecode.CrcCheck.RAISE) as frames:
        [theirs] = [one for one in frames if isinstance(one, fitdecode.FitDataMessage) and one.name == "session"]

    ours = recorded(read_fit(data))

    assert ours.began == theirs.get_value("start_time") == BEGAN
    assert ours.elapsed_s == theirs.get_value("total_elapsed_time") == 630
    assert ours.moving_s == theirs.get_value("total_timer_time") == 600
    assert ours.distance_m == theirs.get_value("total_distance") == 1500
    assert ours.sport == Sport.RUN
    assert theirs.get_value("sport") == "running"
    assert ours.cadence == theirs.get_value("avg_running_cadence") + theirs.get_value("avg_fractional_cadence") == 86.5
    assert steps_a_minute(ours, OutingKind.RUN) == 173
    assert ours.offset == timedelta(hours=1)


@given(st.floats(0.001, 86_000), st.floats(0, 900_000), st.integers(0, 254), st.integers(0, 254), st.floats(0, 400))
def test_any_summary_is_read_as_it_was_written(
    seconds: float, metres: float, strides: int, sport: int, more: float
) -> None:
    one = recorded(
        read_fit(fit_activity(seconds=seconds, elapsed=seconds + more, metres=metres, strides=strides, sport=sport))
    )

    assert one.moving_s == pytest.approx(seconds, abs=0.001)
    assert one.distance_m == pytest.approx(metres, abs=0.01)
    assert one.cadence == (strides + 0.5 if strides else None)


def test_compressed_times_and_fields_of_the_maker_are_passed_over() -> None:
    plain = fit_activity()
    body = plain[14:-2]
    own = struct.pack("<BBBHB", 0x60, 0, 0, 20, 1) + bytes([253, 4, 0x86, 1, 0, 2, 0])
    records = b"\x00" + bytes(6) + b"\x83" + bytes(6)  # the header of the second is a compressed time
    assert read_fit(fit_file(body + own + records)) == read_fit(plain)


@pytest.mark.parametrize(
    "mean, kind, steps",
    [
        (86, OutingKind.RUN, 172),
        (172, OutingKind.RUN, 172),
        (55, OutingKind.WALK, 110),
        (110, OutingKind.WALK, 110),
        (None, OutingKind.RUN, None),
        (250, OutingKind.RUN, None),
    ],
)
def test_the_cadence_is_of_both_legs(mean: float | None, kind: OutingKind, steps: float | None) -> None:
    one = Recorded(BEGAN, None, 60, 60, 100, mean, Sport.UNTOLD)

    assert steps_a_minute(one, kind) == steps


@pytest.mark.parametrize("speed, kind", [(1.6, OutingKind.WALK), (1.99, OutingKind.WALK), (2.1, OutingKind.RUN)])
def test_the_speed_tells_a_run_from_a_walk(speed: float, kind: OutingKind) -> None:
    assert looks_like(recorded(read_gpx(gpx(speed_m_s=speed, kind="")))) is kind


@pytest.mark.parametrize(
    "word, sport",
    [
        ("trail_running", Sport.RUN),
        ("Walking", Sport.WALK),
        ("hiking", Sport.WALK),
        ("cycling", Sport.OTHER),
        ("9", Sport.UNTOLD),
        ("", Sport.UNTOLD),
    ],
)
def test_the_sport_is_read_in_the_words_of_the_services(word: str, sport: Sport) -> None:
    assert recorded(read_gpx(gpx(kind=word))).sport is sport


def test_what_another_xml_reader_sees_is_what_was_added_up() -> None:
    data = gpx(seconds=120)
    times = [
        datetime.fromisoformat(one.text or "")
        for one in ElementTree.fromstring(data).iter("{http://www.topografix.com/GPX/1/1}time")
    ][1:]

    assert recorded(read_gpx(data)).elapsed_s == (max(times) - min(times)).total_seconds()


# -- what is refused ------------------------------------------------------------------------------------------------

_HEAD = b'<?xml version="1.0"?>'
_LOL = b"".join(b'<!ENTITY l%d "%s">' % (n + 1, b"&l%d;" % n * 10) for n in range(9))
HOSTILE_XML = {
    "billion laughs": (_HEAD + b'<!DOCTYPE gpx [<!ENTITY l0 "lol">' + _LOL + b"]><gpx>&l9;</gpx>", Flaw.ENTITIES),
    "quadratic blow-up": (
        _HEAD + b'<!DOCTYPE gpx [<!ENTITY a "' + b"a" * 50_000 + b'">]><gpx>' + b"&a;" * 20_000 + b"</gpx>",
        Flaw.ENTITIES,
    ),
    "external entity": (
        _HEAD + b'<!DOCTYPE gpx [<!ENTITY x SYSTEM "file:///etc/passwd">]><gpx><trk>&x;</trk></gpx>',
        Flaw.ENTITIES,
    ),
    "external document type": (_HEAD + b'<!DOCTYPE gpx SYSTEM "http://example.org/x.dtd"><gpx/>', Flaw.ENTITIES),
    "parameter entity": (_HEAD + b'<!DOCTYPE gpx [<!ENTITY % x SYSTEM "file:///x"> %x;]><gpx/>', Flaw.ENTITIES),
    "undefined entity": (b"<gpx>&nothing;</gpx>", Flaw.NOT_WHOLE),
    "bottomless": (b"<gpx>" + b"<a>" * 300_000 + b"</a>" * 300_000 + b"</gpx>", Flaw.TOO_MANY),
    "a million elements": (b"<gpx>" + b"<a/>" * 1_000_000 + b"</gpx>", Flaw.TOO_MANY),
    "as many elements as are read": (b"<gpx>" + b"<a/>" * 499_000 + b"</gpx>", Flaw.NOTHING_RECORDED),
    "a million attributes": (
        b"<gpx " + b" ".join(b'a%d=""' % n for n in range(1_000_000)) + b"/>",
        Flaw.TOO_MANY,
    ),
    "many new attributes": (
        b"<gpx>" + b"".join(b'<a b%d="" c%d=""/>' % (n, n) for n in range(97_000)) + b"</gpx>",
        Flaw.NOTHING_RECORDED,
    ),
    "endless name": (b"<gpx><" + b"a" * (20 * 2**20) + b"/></gpx>", Flaw.NOT_WHOLE),
    "endless text": (b"<gpx><trk><name>" + b"a" * (20 * 2**20), Flaw.NOT_WHOLE),
    "endless comment": (b"<gpx><!--" + b"-a" * (10 * 2**20), Flaw.NOT_WHOLE),
    "endless brackets": (b"<gpx" + b"<" * (20 * 2**20), Flaw.TOO_MANY),
    "too large": (b"<gpx>" + b" " * xml_safely.MAX_BYTES + b"</gpx>", Flaw.TOO_LARGE),
    "cut off": (gpx()[:-40], Flaw.NOT_WHOLE),
    "not utf-8": (gpx().replace(b"Evening", b"\xff\xfe"), Flaw.NOT_WHOLE),
    "unknown encoding": (gpx().replace(b"UTF-8", b"EBCDIC"), Flaw.NOT_WHOLE),
    "utf-7": (gpx().replace(b"UTF-8", b"UTF-7"), Flaw.NOT_WHOLE),
    "nothing": (b"", Flaw.NOT_WHOLE),
    "no track": (b'<gpx version="1.1"></gpx>', Flaw.NOTHING_RECORDED),
    "a route": (gpx().replace(b"trkpt", b"rtept").replace(b"trkseg", b"rte"), Flaw.NOTHING_RECORDED),
    "no times": (gpx().replace(b"<time>", b"<tome>").replace(b"</time>", b"</tome>"), Flaw.NOTHING_RECORDED),
    "times that are none": (gpx().replace(b"2026-11-20T", b"2026-13-20T"), Flaw.NOTHING_RECORDED),
    "one point": (gpx(seconds=0), Flaw.IMPOSSIBLE),
    "before there were watches": (gpx().replace(b"2026-", b"1926-"), Flaw.IMPOSSIBLE),
    "a year of running": (gpx().replace(b"2026-11-20T17:30", b"2025-11-20T17:30"), Flaw.IMPOSSIBLE),
    "backwards": (gpx(speed_m_s=0), Flaw.IMPOSSIBLE),
}


@pytest.mark.parametrize("name", HOSTILE_XML)
def test_hostile_xml_is_refused_at_once(name: str) -> None:
    data, flaw = HOSTILE_XML[name]

    began = time.process_time()
    found = read_gpx(data)

    assert found == flaw
    assert time.process_time() - began < LIMIT_S


HOSTILE_TCX = {
    "several": (tcx().replace(b"</Activities>", tcx().split(b"<Activities>")[1]), Flaw.NOT_WHOLE),
    "two": (
        tcx().replace(b"</Activity>", b'</Activity><Activity Sport="Biking"></Activity>'),
        Flaw.SEVERAL,
    ),
    "a workout": (b"<TrainingCenterDatabase><Workouts/></TrainingCenterDatabase>", Flaw.NOTHING_RECORDED),
    "infinite": (tcx().replace(b">300<", b">1e999<"), Flaw.IMPOSSIBLE),
    "negative": (tcx().replace(b">300<", b">-300<"), Flaw.IMPOSSIBLE),
    "round the world": (tcx().replace(b">750<", b">40000000<"), Flaw.IMPOSSIBLE),
}


@pytest.mark.parametrize("name", HOSTILE_TCX)
def test_hostile_tcx_is_refused(name: str) -> None:
    data, flaw = HOSTILE_TCX[name]

    assert read_tcx(data) == flaw


def lying(length: int) -> bytes:
    """A file whose header tells another length."""
    whole = bytearray(fit_activity())
    struct.pack_into("<I", whole, 4, length)
    return bytes(whole)


EMPTY_RECORDS = b"\x40\x00\x00\x14\x00\x00"
HOSTILE_FIT = {
    "nothing": (b"", Flaw.NOT_WHOLE),
    "a header alone": (fit_activity()[:14], Flaw.NOT_WHOLE),
    "a lying length": (lying(2**32 - 1), Flaw.NOT_WHOLE),
    "a short length": (lying(20), Flaw.NOT_WHOLE),
    "cut off": (fit_activity()[:-5], Flaw.NOT_WHOLE),
    "one bit": (fit_activity()[:60] + bytes([fit_activity()[60] ^ 1]) + fit_activity()[61:], Flaw.NOT_WHOLE),
    "a record without a definition": (fit_file(b"\x05" + bytes(10)), Flaw.NOT_WHOLE),
    "a definition that never ends": (fit_file(b"\x40\x00\x00\x14\x00\xff\x00"), Flaw.NOT_WHOLE),
    "a record that never ends": (fit_file(b"\x40\x00\x00\x14\x00\x01\xfd\xff\x86\x00" + bytes(9)), Flaw.NOT_WHOLE),
    "records of no length": (fit_file(EMPTY_RECORDS + b"\x00" * (FIT_BYTES - 100), checksum), Flaw.TOO_MANY),
    "definitions alone": (fit_file(EMPTY_RECORDS * 600_000, checksum), Flaw.TOO_MANY),
    "as long as it may be": (
        fit_file(b"\x40\x00\x00\x14\x00\x01\xfd\x16\x07" + (b"\x00" + bytes(22)) * 98_000, checksum),
        Flaw.NOT_WHOLE,
    ),
    "too large": (bytes(FIT_BYTES + 1), Flaw.TOO_LARGE),
    "no summary": (fit_activity(sessions=0), Flaw.NOT_WHOLE),
    "two sports": (fit_activity(sessions=2), Flaw.SEVERAL),
    "a workout": (fit_activity(file_type=5), Flaw.NOTHING_RECORDED),
    "no length": (fit_activity(seconds=0, elapsed=0), Flaw.IMPOSSIBLE),
    "two days": (fit_activity(seconds=172_800, elapsed=172_800), Flaw.IMPOSSIBLE),
    "missing times": (
        fit_file(fit_message(0, [(0, 0, "B", 4)]) + fit_message(18, [(2, 0x86, "I", 0xFFFFFFFF), (7, 0x86, "I", 9)])),
        Flaw.IMPOSSIBLE,
    ),
}


@pytest.mark.parametrize("name", HOSTILE_FIT)
def test_hostile_fit_is_refused_at_once(name: str) -> None:
    data, flaw = HOSTILE_FIT[name]

    began = time.process_time()
    found = read_fit(data)

    assert found == flaw
    assert time.process_time() - began < LIMIT_S


@given(st.binary(max_size=400))
def test_any_bytes_are_an_answer(data: bytes) -> None:
    for read in (read_gpx, read_tcx, read_fit):
        assert isinstance(read(data), Recorded | Flaw)
    assert isinstance(read_fit(fit_file(data)), Recorded | Flaw)


@given(st.integers(0, len(fit_activity()) - 1), st.integers(1, 255))
def test_a_fit_file_with_a_changed_byte_is_never_believed(place: int, change: int) -> None:
    data = bytearray(fit_activity())
    data[place] ^= change

    found = read_fit(bytes(data))

    # The two bytes of the header's own checksum are not looked at; the checksum of the whole file covers them.
    assert isinstance(found, Flaw)


@given(st.lists(st.sampled_from(["<a>", "</a>", "<trkpt lat='1' lon='2'>", "</trkpt>", "<time>", "&x;", "é", "<trk>"])))
def test_any_heap_of_tags_is_an_answer(parts: list[str]) -> None:
    assert isinstance(read_gpx(("<gpx>" + "".join(parts)).encode()), Recorded | Flaw)


def test_the_checksum_is_that_of_the_standard() -> None:
    # The check value of CRC-16/ARC in the catalogue of parametrised CRC algorithms (reveng.sourceforge.io).
    assert checksum(b"123456789") == 0xBB3D


@pytest.mark.skipif(sys.platform != "linux", reason="needs the memory of a process")
@pytest.mark.parametrize("name", ["a million attributes", "many new attributes", "as many elements as are read"])
def test_hostile_xml_stays_small(name: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(HOSTILE_XML[name][0])
    script = (
        "import sys\nfrom pathlib import Path\nfrom coach.files.recorded_xml import read_gpx\n"
        "read_gpx(Path(sys.argv[1]).read_bytes())\n"
        "print(Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0])"
    )

    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "file")], capture_output=True, check=True, text=True
    )

    assert int(done.stdout) < 200 * 1024
