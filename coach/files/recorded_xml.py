"""Walks and runs from GPX 1.0 and 1.1 (topografix.com/gpx) and TCX (Garmin's TrainingCenterDatabase v2)."""

import math
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from coach.files.recorded import Flaw, Recorded, Sport, believed
from coach.files.xml_safely import Refused, walk

STILL_BELOW_M_S = 1 / 3.6
"""Slower than 1 km/h between two points is standing, as gpxpy has it."""
_EARTH_M = 6_371_000.0


def read_gpx(data: bytes) -> Recorded | Flaw:
    """The tracks of a GPX file as one walk or run. Routes and waypoints are no recording."""
    return _read(data, _Gpx())


def read_tcx(data: bytes) -> Recorded | Flaw:
    """The activity of a TCX file."""
    return _read(data, _Tcx())


def _read(data: bytes, reader: "_Gpx | _Tcx") -> Recorded | Flaw:
    try:
        walk(data, reader.start, reader.end)
    except Refused as refused:
        return refused.flaw
    return reader.told()


class _Gpx:
    """Adds up while it is walked: the way between two points of one segment, with time in both."""

    def __init__(self) -> None:
        self._in_track = False
        self._in_point = False
        self._here: tuple[float, float] | None = None
        self._at: _Instant | None = None
        self._last: tuple[tuple[float, float] | None, datetime] | None = None
        self._span = _Span()
        self._moving_s = 0.0
        self._distance_m = 0.0
        self._placed = False
        self._cadences = _Mean()
        self._type = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        match name:
            case "trk":
                self._in_track = True
            case "trkseg":
                self._last = None
            case "trkpt" if self._in_track:
                self._in_point, self._at = True, None
                self._here = _place(attributes)

    def end(self, name: str, text: str) -> None:
        match name:
            case "time" if self._in_point:
                self._at = _instant(text)
            case "cad" | "cadence" if self._in_point:
                self._cadences.add(_number(text))
            case "type" if self._in_track and not self._in_point:
                self._type = self._type or text
            case "trkpt" if self._in_point:
                self._in_point = False
                self._step()
            case "trk":
                self._in_track = False

    def _step(self) -> None:
        if self._at is None:
            return
        now = self._at.utc
        self._span.add(self._at)
        if self._last is not None:
            before, then = self._last
            seconds = (now - then).total_seconds()
            if seconds <= 0:
                return
            if before is None or self._here is None:
                self._moving_s += seconds
            else:
                self._placed = True
                metres = _metres(before, self._here)
                self._distance_m += metres
                self._moving_s += seconds if metres / seconds >= STILL_BELOW_M_S else 0.0
        self._last = (self._here, now)

    def told(self) -> Recorded | Flaw:
        return _told(
            self._span,
            self._moving_s,
            self._distance_m if self._placed else None,
            self._cadences.mean(),
            _sport(self._type),
        )


class _Tcx:
    """Laps tell time and distance by themselves; points only the cadence, the end, and the zone."""

    def __init__(self) -> None:
        self._path: list[str] = []
        self._activities = 0
        self._sport = ""
        self._span = _Span()
        self._timer_s = 0.0
        self._distance_m = 0.0
        self._placed = False
        self._cadences = _Mean()

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._path.append(name)
        match name:
            case "Activity":
                self._activities += 1
                self._sport = attributes.get("Sport", "")
            case "Lap":
                self._span.add(_instant(attributes.get("StartTime", "")))

    def end(self, name: str, text: str) -> None:
        self._path.pop()
        if "Activity" not in self._path:
            return
        match name, self._path[-1]:
            case "TotalTimeSeconds", "Lap":
                self._timer_s += max(0.0, _number(text) or 0.0)
            case "DistanceMeters", "Lap":
                metres = _number(text)
                if metres is not None and metres >= 0:
                    self._distance_m += metres
                    self._placed = True
            case "Time", "Trackpoint":
                self._span.add(_instant(text))
            case ("RunCadence", "TPX") | ("Cadence", "Trackpoint"):
                self._cadences.add(_number(text))

    def told(self) -> Recorded | Flaw:
        if self._activities > 1:
            return Flaw.SEVERAL
        return _told(
            self._span,
            self._timer_s,
            self._distance_m if self._placed else None,
            self._cadences.mean(),
            _sport(self._sport),
        )


def _told(
    span: "_Span", moving_s: float, distance_m: float | None, cadence: float | None, sport: Sport
) -> Recorded | Flaw:
    if span.first is None or span.last is None:
        return Flaw.NOTHING_RECORDED
    elapsed = max((span.last - span.first).total_seconds(), moving_s)
    if not math.isfinite(moving_s) or (distance_m is not None and not math.isfinite(distance_m)):
        return Flaw.IMPOSSIBLE
    return believed(Recorded(span.first, span.offset, elapsed, moving_s, distance_m, cadence, sport))


class _Instant:
    """A time as the file has it: the instant, and how far the clock on the wall was from UTC if that is told."""

    __slots__ = ("offset", "utc")

    def __init__(self, utc: datetime, offset: timedelta | None) -> None:
        self.utc = utc
        self.offset = offset


class _Span:
    """The first and the last instant of a recording."""

    def __init__(self) -> None:
        self.first: datetime | None = None
        self.last: datetime | None = None
        self.offset: timedelta | None = None

    def add(self, at: _Instant | None) -> None:
        """Take an instant into account."""
        if at is None:
            return
        if self.first is None or at.utc < self.first:
            self.first, self.offset = at.utc, at.offset
        if self.last is None or at.utc > self.last:
            self.last = at.utc


class _Mean:
    """The mean of what is more than nothing: a cadence of 0 is standing."""

    def __init__(self) -> None:
        self._sum = 0.0
        self._count = 0

    def add(self, value: float | None) -> None:
        """Take a value into account."""
        if value is not None and 0 < value <= 255:
            self._sum += value
            self._count += 1

    def mean(self) -> float | None:
        """The mean, if there was any value."""
        return self._sum / self._count if self._count else None


def _instant(text: str) -> _Instant | None:
    written = text.strip()
    try:
        read = datetime.fromisoformat(written)
        # `Z` is how these formats write any instant: it tells nothing of where it was.
        offset = None if read.tzinfo is None or written.endswith(("Z", "z")) else read.utcoffset()
        aware = read if read.tzinfo else read.replace(tzinfo=UTC)
        return _Instant(aware.astimezone(UTC), offset)
    except (ValueError, OverflowError):
        return None


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _place(attributes: Mapping[str, str]) -> tuple[float, float] | None:
    latitude, longitude = _number(attributes.get("lat", "")), _number(attributes.get("lon", ""))
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        return None
    return math.radians(latitude), math.radians(longitude)


def _metres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Between two places on a ball: 0.5 % off at most."""
    half = math.sin((other[0] - one[0]) / 2) ** 2
    across = math.sin((other[1] - one[1]) / 2) ** 2
    inside = half + math.cos(one[0]) * math.cos(other[0]) * across
    return 2 * _EARTH_M * math.asin(math.sqrt(min(1.0, inside)))


def _sport(written: str) -> Sport:
    """By the words that watches and services write: `running`, `Running`, `trail_running`, `hiking`, `Biking`."""
    word = written.strip().lower()
    if not word or word in ("other", "unknown", "generic") or word.isdigit():
        return Sport.UNTOLD
    if "run" in word or "jog" in word:
        return Sport.RUN
    return Sport.WALK if "walk" in word or "hik" in word else Sport.OTHER
