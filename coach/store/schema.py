"""The shape of the log in SQLite, as plain SQL: sqlite-utils cannot state CHECK constraints.

Rows are inserted and, but for the `seen` events of an ended session, never changed or deleted. Order of recording is
the order of `id`. Every row that a person's answer stands in carries a BLAKE2b digest, because SQLite itself notices
only two thirds of single flipped bits.
"""

APPLICATION_ID = 0x5268436F  # "RhCo" in the header of the file, shown by file(1)

_MOMENT = """
    utc TEXT NOT NULL CHECK (utc GLOB '????-??-??T??:??:??.???Z'),
    zone TEXT NOT NULL,
"""
_DATE = "GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'"
_ENTRY = f"""
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE CHECK (uid <> ''),
    day TEXT NOT NULL CHECK (day {_DATE}),
"""
_RECORDED = f"""{_MOMENT}
    recorded_day TEXT NOT NULL CHECK (recorded_day {_DATE}),
    digest BLOB NOT NULL CHECK (length(digest) = 16)
"""
# The long texts stand last: reading the columns before them never touches their overflow pages.
_FIRST = (
    f"""CREATE TABLE session (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE CHECK (uid <> ''),
    routine_id TEXT NOT NULL,
    routine_title TEXT NOT NULL,
    revision INTEGER NOT NULL,
    guided INTEGER NOT NULL CHECK (guided IN (0, 1)),{_MOMENT}
    day TEXT NOT NULL CHECK (day {_DATE}),
    routine TEXT NOT NULL,
    plan TEXT NOT NULL
) STRICT""",
    # at_s: the range keeps infinity out; NaN would be stored as NULL and is kept out by NOT NULL.
    """CREATE TABLE event (
    session INTEGER NOT NULL REFERENCES session(id),
    seq INTEGER NOT NULL CHECK (seq >= 0),
    at_s REAL NOT NULL CHECK (at_s BETWEEN -1e12 AND 1e12),
    body TEXT NOT NULL,
    PRIMARY KEY (session, seq)
) STRICT""",
    f"""CREATE TABLE session_end (
    session INTEGER PRIMARY KEY REFERENCES session(id),{_MOMENT}
    day TEXT NOT NULL CHECK (day {_DATE}),
    ending TEXT NOT NULL CHECK (ending IN ('finished', 'stopped', 'left')),
    digest BLOB NOT NULL CHECK (length(digest) = 16)
) STRICT""",
    f"""CREATE TABLE answer (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE CHECK (uid <> ''),
    session INTEGER NOT NULL REFERENCES session(id),
    question TEXT NOT NULL CHECK (question IN
        ('before', 'during', 'after', 'after60', 'morning', 'effort', 'note')),
    value INTEGER CHECK (value BETWEEN 0 AND 10),
    text TEXT NOT NULL,{_MOMENT}
    day TEXT NOT NULL CHECK (day {_DATE}),
    digest BLOB NOT NULL CHECK (length(digest) = 16)
) STRICT""",
    f"""CREATE TABLE day_entry ({_ENTRY}
    morning INTEGER CHECK (morning BETWEEN 0 AND 10),
    worst INTEGER CHECK (worst BETWEEN 0 AND 10),
    night INTEGER CHECK (night IN (0, 1)),
    analgesic INTEGER CHECK (analgesic IN (0, 1)),{_RECORDED}) STRICT""",
    f"""CREATE TABLE outing ({_ENTRY}
    kind TEXT NOT NULL CHECK (kind IN ('walk', 'run')),
    minutes REAL NOT NULL CHECK (minutes BETWEEN 0 AND 1e5),
    distance_km REAL CHECK (distance_km BETWEEN 0 AND 1e5),
    cadence REAL CHECK (cadence BETWEEN 0 AND 1e5),
    pain INTEGER NOT NULL CHECK (pain BETWEEN 0 AND 10),
    pain_after INTEGER CHECK (pain_after BETWEEN 0 AND 10),
    limp INTEGER NOT NULL CHECK (limp IN (0, 1)),
    groin INTEGER NOT NULL CHECK (groin IN (0, 1)),{_RECORDED}) STRICT""",
    f"""CREATE TABLE test_result ({_ENTRY}
    name TEXT NOT NULL,
    "left" REAL CHECK ("left" BETWEEN -1e12 AND 1e12),
    "right" REAL CHECK ("right" BETWEEN -1e12 AND 1e12),
    value REAL CHECK (value BETWEEN -1e12 AND 1e12),
    pain INTEGER NOT NULL CHECK (pain BETWEEN 0 AND 10),{_RECORDED}) STRICT""",
    f"""CREATE TABLE flag ({_ENTRY}
    name TEXT NOT NULL,
    raised INTEGER NOT NULL CHECK (raised IN (0, 1)),{_RECORDED}) STRICT""",
    # Each index ends in the rowid, which is the id: entries of a day come out in the order they were recorded.
    "CREATE INDEX session_day ON session (day)",
    "CREATE INDEX answer_session ON answer (session)",
    "CREATE INDEX day_entry_day ON day_entry (day)",
    "CREATE INDEX outing_day ON outing (day)",
    "CREATE INDEX test_result_day ON test_result (day)",
    "CREATE INDEX flag_day ON flag (day)",
)

# What came later may be NULL and stands behind the digest, which leaves it out while it is NULL: the rows that are
# there keep theirs. `spots` is a list of `site` or `site:side` with commas between.
_SECOND = (
    "ALTER TABLE day_entry ADD COLUMN limp INTEGER CHECK (limp IN (0, 1))",
    "ALTER TABLE day_entry ADD COLUMN spots TEXT",
    "ALTER TABLE outing ADD COLUMN pain_before INTEGER CHECK (pain_before BETWEEN 0 AND 10)",
    "ALTER TABLE outing ADD COLUMN pain_after60 INTEGER CHECK (pain_after60 BETWEEN 0 AND 10)",
    "ALTER TABLE outing ADD COLUMN replaces TEXT CHECK (replaces <> '')",
    "ALTER TABLE outing ADD COLUMN struck INTEGER CHECK (struck = 1)",
    "ALTER TABLE test_result ADD COLUMN groin INTEGER CHECK (groin = 1)",
    "ALTER TABLE test_result ADD COLUMN replaces TEXT CHECK (replaces <> '')",
    "ALTER TABLE test_result ADD COLUMN struck INTEGER CHECK (struck = 1)",
    "CREATE INDEX outing_replaces ON outing (replaces) WHERE replaces IS NOT NULL",
    "CREATE INDEX test_result_replaces ON test_result (replaces) WHERE replaces IS NOT NULL",
)

# A run knows its stage of the return-to-run plan; a physiotherapist's file has far fewer stages than this.
_THIRD = (
    "ALTER TABLE outing ADD COLUMN stage INTEGER CHECK (stage BETWEEN 1 AND 1000)",
    "ALTER TABLE outing ADD COLUMN running_min REAL CHECK (running_min BETWEEN 0 AND 1e5)",
)

# A watch knows a run, and not how much it hurt. SQLite cannot let a column be NULL afterwards: the table is made anew,
# with its columns in the same order and every row, its id and its digest as they are.
_FOURTH = (
    f"""CREATE TABLE outing_new ({_ENTRY}
    kind TEXT NOT NULL CHECK (kind IN ('walk', 'run')),
    minutes REAL NOT NULL CHECK (minutes BETWEEN 0 AND 1e5),
    distance_km REAL CHECK (distance_km BETWEEN 0 AND 1e5),
    cadence REAL CHECK (cadence BETWEEN 0 AND 1e5),
    pain INTEGER CHECK (pain BETWEEN 0 AND 10),
    pain_after INTEGER CHECK (pain_after BETWEEN 0 AND 10),
    limp INTEGER NOT NULL CHECK (limp IN (0, 1)),
    groin INTEGER NOT NULL CHECK (groin IN (0, 1)),{_RECORDED},
    pain_before INTEGER CHECK (pain_before BETWEEN 0 AND 10),
    pain_after60 INTEGER CHECK (pain_after60 BETWEEN 0 AND 10),
    replaces TEXT CHECK (replaces <> ''),
    struck INTEGER CHECK (struck = 1),
    stage INTEGER CHECK (stage BETWEEN 1 AND 1000),
    running_min REAL CHECK (running_min BETWEEN 0 AND 1e5)) STRICT""",
    "INSERT INTO outing_new SELECT * FROM outing",
    "DROP TABLE outing",
    "ALTER TABLE outing_new RENAME TO outing",
    "CREATE INDEX outing_day ON outing (day)",
    "CREATE INDEX outing_replaces ON outing (replaces) WHERE replaces IS NOT NULL",
)

VERSIONS: tuple[tuple[str, ...], ...] = (_FIRST, _SECOND, _THIRD, _FOURTH)
"""What leads from nothing to the first version, from the first to the second, and so on; one that was released is
never edited."""
KNOWN = len(VERSIONS)
"""The newest `user_version`."""
