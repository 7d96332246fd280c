"""Walks and runs as watches write them, made by hand: a minute after another at a steady speed."""

import struct
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

BEGAN = datetime(2026, 11, 20, 17, 30, tzinfo=UTC)
METRES_A_DEGREE = 111_194.9
"""Of latitude, on a ball of 6371 km."""
Fields = Sequence[tuple[int, int, str, float | bytes]]
"""Number, base type, format, value."""


def gpx(
    *,
    speed_m_s: float = 2.5,
    seconds: int = 600,
    kind: str = "running",
    cadence: int | None = 86,
    pause_s: int = 0,
    zone: str = "Z",
) -> bytes:
    """A track due north in one segment, a point every 10 s; a pause lies in the middle of it."""
    points, at, metres = [], BEGAN, 0.0
    for second in range(0, seconds + 1, 10):
        if pause_s and second == seconds // 20 * 10:
            points.append(_point(at, metres, cadence, zone))
            at += timedelta(seconds=pause_s)
        points.append(_point(at, metres, cadence, zone))
        at += timedelta(seconds=10)
        metres += 10 * speed_m_s
    body = "".join(points)
    type_ = f"<type>{kind}</type>" if kind else ""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<gpx version="1.1" creator="test" '
        'xmlns="http://www.topografix.com/GPX/1/1" '
        'xmlns:gpxtpx="http://www.garmin.com/xmlschemas/TrackPointExtension/v1">'
        f"<metadata><time>1999-01-01T00:00:00Z</time></metadata><trk><name>Evening</name>{type_}"
        f"<trkseg>{body}</trkseg></trk></gpx>"
    ).encode()


def _point(at: datetime, metres: float, cadence: int | None, zone: str) -> str:
    extension = (
        "<extensions><gpxtpx:TrackPointExtension><gpxtpx:hr>140</gpxtpx:hr>"
        f"<gpxtpx:cad>{cadence}</gpxtpx:cad></gpxtpx:TrackPointExtension></extensions>"
        if cadence is not None
        else ""
    )
    shown = at.strftime("%Y-%m-%dT%H:%M:%S.000Z")
    if zone != "Z":
        local = datetime.fromisoformat(f"2026-01-01T00:00:00{zone}").tzinfo
        shown = at.astimezone(local).isoformat(timespec="seconds")
    place = f'lat="{50 + metres / METRES_A_DEGREE:.9f}" lon="8.0"'
    return f"<trkpt {place}><ele>100</ele><time>{shown}</time>{extension}</trkpt>"


def tcx(*, sport: str = "Running", laps: Sequence[tuple[float, float]] = ((300, 750), (300, 760))) -> bytes:
    """An activity of some laps, each with its seconds and metres."""
    at, shown = BEGAN, []
    for seconds, metres in laps:
        end = at + timedelta(seconds=seconds + 5)
        shown.append(
            f'<Lap StartTime="{at:%Y-%m-%dT%H:%M:%SZ}"><TotalTimeSeconds>{seconds}</TotalTimeSeconds>'
            f"<DistanceMeters>{metres}</DistanceMeters><Calories>50</Calories><Intensity>Active</Intensity>"
            f"<TriggerMethod>Manual</TriggerMethod><Track>"
            f"<Trackpoint><Time>{at:%Y-%m-%dT%H:%M:%SZ}</Time><DistanceMeters>9999</DistanceMeters>"
            f'<Extensions><ns3:TPX xmlns:ns3="http://www.garmin.com/xmlschemas/ActivityExtension/v2">'
            f"<ns3:RunCadence>85</ns3:RunCadence></ns3:TPX></Extensions></Trackpoint>"
            f"<Trackpoint><Time>{end:%Y-%m-%dT%H:%M:%SZ}</Time></Trackpoint></Track></Lap>"
        )
        at = end
    return (
        '<?xml version="1.0" encoding="UTF-8"?><TrainingCenterDatabase '
        'xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2"><Activities>'
        f'<Activity Sport="{sport}"><Id>{BEGAN:%Y-%m-%dT%H:%M:%SZ}</Id>{"".join(shown)}</Activity>'
        "</Activities></TrainingCenterDatabase>"
    ).encode()


def fit_time(at: datetime) -> int:
    return round((at - datetime(1989, 12, 31, tzinfo=UTC)).total_seconds())


def _checksum(data: bytes) -> int:
    """Bit by bit, as the standard has it."""
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ 0xA001 if crc & 1 else crc >> 1
    return crc


def fit_file(body: bytes, checksum: Callable[[bytes], int] = _checksum) -> bytes:
    """Header and checksum around some records."""
    head = struct.pack("<BBHI4s", 14, 0x20, 2132, len(body), b".FIT")
    whole = head + struct.pack("<H", checksum(head)) + body
    return whole + struct.pack("<H", checksum(whole))


def fit_message(number: int, fields: Fields, *, order: str = "<", local: int = 0) -> bytes:
    """A definition and one record of it."""
    definition = struct.pack(f"{order}BBBHB", 0x40 | local, 0, order == ">", number, len(fields))
    record = bytes([local])
    for field, base, form, value in fields:
        packed = value if isinstance(value, bytes) else struct.pack(order + form, value)
        definition += bytes([field, len(packed), base])
        record += packed
    return definition + record


def fit_activity(
    *,
    sport: int = 1,
    seconds: float = 600,
    elapsed: float = 630,
    metres: float = 1500,
    strides: int = 86,
    zone_hours: float | None = 1,
    file_type: int = 4,
    sessions: int = 1,
    order: str = "<",
    records: int = 3,
) -> bytes:
    """An activity with its summary, some points, and fields that no reader knows."""
    began, ended = fit_time(BEGAN), fit_time(BEGAN) + round(elapsed)
    body = fit_message(0, [(0, 0, "B", file_type), (1, 0x84, "H", 255), (4, 0x86, "I", ended)], order=order)
    body += struct.pack(f"{order}BBBHB", 0x41, 0, order == ">", 20, 2) + bytes([253, 4, 0x86, 0, 4, 0x85])
    body += b"".join(b"\x01" + struct.pack(f"{order}Ii", began + at, 596523235) for at in range(records))
    for _ in range(sessions):
        fields: Fields = [
            *((253, 0x86, "I", ended), (2, 0x86, "I", began), (7, 0x86, "I", round(elapsed * 1000))),
            *((8, 0x86, "I", round(seconds * 1000)), (9, 0x86, "I", round(metres * 100))),
            *((5, 0x00, "B", sport), (18, 0x02, "B", strides), (92, 0x02, "B", 64), (110, 0x07, "", b"Even\0")),
        ]
        body += fit_message(18, fields, order=order, local=2)
    closing: list[tuple[int, int, str, float | bytes]] = [(253, 0x86, "I", ended), (1, 0x84, "H", sessions)]
    if zone_hours is not None:
        closing.append((5, 0x86, "I", ended + round(zone_hours * 3600)))
    return fit_file(body + fit_message(34, closing, order=order, local=3))
