-- A journal as version 1 has made it, with a run of two lines.
  CREATE TABLE run (
    id         TEXT    NOT NULL PRIMARY KEY,
    number     INTEGER NOT NULL UNIQUE,      -- 1, 2, 3: the order in which runs began
    mode       TEXT    NOT NULL,
    key        TEXT    NOT NULL,             -- what must be equal for a run to be resumed
    strategy   TEXT    NOT NULL,
    params     TEXT    NOT NULL,             -- JSON as configured
    instruments TEXT   NOT NULL,             -- JSON, as they were at the start
    version    TEXT    NOT NULL,
    seed       INTEGER,
    client_run INTEGER NOT NULL,
    started    INTEGER NOT NULL,             -- ms
    ended      INTEGER,                      -- ms; NULL while it may be resumed
    summary    TEXT                          -- JSON
  ) STRICT;
  CREATE INDEX run_key ON run (key, number);

  CREATE TABLE entry (
    run  TEXT    NOT NULL,
    seq  INTEGER NOT NULL,                   -- 1, 2, 3 of the run
    at   INTEGER NOT NULL,                   -- ms; of what followed from an event: the event's
    dir  TEXT    NOT NULL CHECK (dir IN ('in', 'out', 'note')),
    type TEXT    NOT NULL,
    body TEXT    NOT NULL,                   -- JSON
    PRIMARY KEY (run, seq)
  ) STRICT;
  CREATE TRIGGER entry_stays BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'entries are never deleted'); END;
  CREATE TRIGGER entry_as_it_was BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'entries are never changed'); END;

  CREATE TABLE client_run (number INTEGER NOT NULL) STRICT;   -- the one given out last
  CREATE TABLE owner (key TEXT NOT NULL PRIMARY KEY, pid INTEGER NOT NULL, host TEXT NOT NULL, run TEXT NOT NULL) STRICT;
INSERT INTO run VALUES ('old', 1, 'paper', 'k', 'maker', '{}', '[]', '0.1.0', 7, 3, 1763640000000, NULL, NULL);
INSERT INTO entry VALUES ('old', 1, 1763640000001, 'in', 'timer.fired', '{"type":"timer.fired","name":"beat","seq":1,"at":1763640000001,"venueAt":1763640000000}');
INSERT INTO entry VALUES ('old', 2, 1763640000002, 'in', 'timer.fired', '{"type":"timer.fired","name":"beat","seq":2,"at":1763640000002,"venueAt":1763640000001}');
INSERT INTO client_run VALUES (3);
PRAGMA application_id = 1112558156; PRAGMA user_version = 1;
