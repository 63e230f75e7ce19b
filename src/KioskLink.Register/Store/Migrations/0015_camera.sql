-- The camera register (R61, R62, R66-R73): rights, viewings, references, copies. No image, card number or registration number.
CREATE TABLE camera_grants (
  grant_id       TEXT    NOT NULL PRIMARY KEY,
  consortium     TEXT    NOT NULL,
  viewer         TEXT    NOT NULL,       -- user name
  branch_ids     TEXT    NOT NULL,       -- one a line; empty means all
  granted_by     TEXT    NOT NULL,       -- name of a person
  dynasty_ref    TEXT    NOT NULL CHECK (dynasty_ref <> ''),
  undertaking_on TEXT    NOT NULL,
  start_at       INTEGER NOT NULL,
  end_at         INTEGER NOT NULL,
  recorded_by    TEXT    NOT NULL,
  created_at     INTEGER NOT NULL,
  revoked_at     INTEGER,
  revoked_by     TEXT    NOT NULL,
  revoke_reason  TEXT    NOT NULL
);
CREATE INDEX camera_grants_viewer ON camera_grants (consortium, viewer, end_at);
CREATE INDEX camera_grants_created ON camera_grants (consortium, created_at, grant_id);

CREATE TABLE camera_sessions (
  session_id        TEXT    NOT NULL PRIMARY KEY,
  consortium        TEXT    NOT NULL,
  grant_id          TEXT    NOT NULL REFERENCES camera_grants (grant_id),
  viewer            TEXT    NOT NULL,
  branch_id         TEXT    NOT NULL,
  camera            TEXT    NOT NULL,
  reason_code       TEXT    NOT NULL,
  reason_text       TEXT    NOT NULL,
  started_at        INTEGER NOT NULL,
  completed_at      INTEGER,             -- NULL while the record is missing
  viewed_at         INTEGER,             -- item 1
  matter            TEXT    NOT NULL,    -- item 2
  matter_at         INTEGER,
  ground            TEXT    NOT NULL,    -- item 3
  decided_by        TEXT    NOT NULL,    -- item 4
  viewer_name       TEXT    NOT NULL,    -- item 5
  outsider_name     TEXT    NOT NULL,    -- item 6
  outsider_decision INTEGER NOT NULL
);
-- A viewer has one viewing without a record at most (R70).
CREATE UNIQUE INDEX camera_sessions_open ON camera_sessions (consortium, viewer) WHERE completed_at IS NULL;
CREATE INDEX camera_sessions_started ON camera_sessions (consortium, started_at, session_id);
CREATE INDEX camera_sessions_viewed ON camera_sessions (consortium, viewed_at) WHERE viewed_at IS NOT NULL;

CREATE TABLE camera_references (
  reference_id TEXT    NOT NULL PRIMARY KEY,
  consortium   TEXT    NOT NULL,
  session_id   TEXT    NOT NULL REFERENCES camera_sessions (session_id),
  branch_id    TEXT    NOT NULL,
  camera       TEXT    NOT NULL,
  node_id      TEXT    NOT NULL,
  attempt_id   TEXT    NOT NULL,
  event_at     INTEGER NOT NULL,
  camera_at    INTEGER NOT NULL,
  recorded_at  INTEGER NOT NULL          -- the earlier of the two: the recording's age counts from it
);
CREATE INDEX camera_references_age ON camera_references (consortium, recorded_at);

CREATE TABLE camera_copies (
  copy_id        TEXT    NOT NULL PRIMARY KEY,
  consortium     TEXT    NOT NULL,
  session_id     TEXT    NOT NULL REFERENCES camera_sessions (session_id),
  description    TEXT    NOT NULL,
  state          INTEGER NOT NULL,
  taken_at       INTEGER NOT NULL,
  taken_by       TEXT    NOT NULL,
  delivered_at   INTEGER,
  delivered_by   TEXT    NOT NULL,
  recipient      TEXT    NOT NULL,
  recipient_ref  TEXT    NOT NULL,
  destroyed_at   INTEGER,
  destroyed_by   TEXT    NOT NULL,
  destroy_method TEXT    NOT NULL
);
CREATE INDEX camera_copies_taken ON camera_copies (consortium, taken_at, copy_id);

CREATE TABLE camera_alarms (
  alarm_id   TEXT    NOT NULL PRIMARY KEY,
  consortium TEXT    NOT NULL,
  kind       INTEGER NOT NULL,
  subject_id TEXT    NOT NULL,
  raised_at  INTEGER NOT NULL,
  sentence   TEXT    NOT NULL            -- without personal data
);
CREATE UNIQUE INDEX camera_alarms_once ON camera_alarms (consortium, kind, subject_id);
CREATE INDEX camera_alarms_raised ON camera_alarms (consortium, raised_at, alarm_id);

CREATE TABLE camera_reconciliations (
  run_id               TEXT    NOT NULL PRIMARY KEY,
  consortium           TEXT    NOT NULL,
  from_at              INTEGER NOT NULL,
  to_at                INTEGER NOT NULL,
  log_sha256           TEXT    NOT NULL,
  views                INTEGER NOT NULL,
  records              INTEGER NOT NULL,
  matched              INTEGER NOT NULL,
  views_without_record INTEGER NOT NULL,
  records_without_view INTEGER NOT NULL,
  run_at               INTEGER NOT NULL,
  run_by               TEXT    NOT NULL
);
