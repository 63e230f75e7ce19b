-- Jobs: who may run them, when each is due, and how its last runs went.
CREATE TABLE job_leases (
  consortium TEXT    NOT NULL PRIMARY KEY,
  holder     TEXT    NOT NULL,           -- a register process
  until      INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE jobs (
  consortium TEXT    NOT NULL,
  name       TEXT    NOT NULL,
  done_until INTEGER NOT NULL,           -- every due time up to here has been run, or lay before the job was known
  PRIMARY KEY (consortium, name)
) WITHOUT ROWID;

CREATE TABLE job_runs (
  run_id     INTEGER PRIMARY KEY AUTOINCREMENT,
  consortium TEXT    NOT NULL,
  name       TEXT    NOT NULL,
  due_at     INTEGER,                    -- NULL: somebody asked for it
  asked_by   TEXT    NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at   INTEGER,
  failed     INTEGER NOT NULL,
  summary    TEXT    NOT NULL            -- English, without personal data
);
CREATE INDEX job_runs_name ON job_runs (consortium, name, run_id);

-- Retention: what was counted, approved and done, as evidence without personal data (R65).
CREATE TABLE retention_runs (
  run_id        INTEGER PRIMARY KEY AUTOINCREMENT,
  consortium    TEXT    NOT NULL,
  rule          TEXT    NOT NULL,
  keep          TEXT    NOT NULL,        -- the period as the profile says it
  cutoff        INTEGER NOT NULL,        -- what is older than this
  state         INTEGER NOT NULL,
  counts        TEXT    NOT NULL,        -- JSON: what, how many
  planned_at    INTEGER NOT NULL,
  planned_by    TEXT    NOT NULL,
  approved_at   INTEGER,
  approved_by   TEXT    NOT NULL,
  approval      TEXT    NOT NULL,        -- why
  started_at    INTEGER,
  ended_at      INTEGER,
  run_by        TEXT    NOT NULL,
  link          INTEGER NOT NULL,        -- place in the chain of evidence; 0 until it has ended
  previous_hash BLOB    NOT NULL,
  hash          BLOB    NOT NULL         -- empty until it has ended
);
CREATE INDEX retention_runs_rule ON retention_runs (consortium, rule, run_id);

-- Whose an attempt was is taken away by its time, and found by the card.
CREATE INDEX attempts_card ON attempts (consortium, card_ref) WHERE card_ref <> '';
CREATE INDEX cards_used ON cards (consortium, last_used_at);

-- Entries at doors whose holders are forgotten: counts by branch, hour and result (R63).
CREATE TABLE door_counts (
  consortium TEXT    NOT NULL,
  branch_id  TEXT    NOT NULL,
  day        TEXT    NOT NULL,           -- Helsinki
  hour       INTEGER NOT NULL,           -- Helsinki, 0 to 23
  code       INTEGER NOT NULL,
  entries    INTEGER NOT NULL,
  PRIMARY KEY (consortium, branch_id, day, hour, code)
) WITHOUT ROWID;
CREATE INDEX journal_records_personal ON journal_records (consortium, received_at) WHERE length(personal) > 0;
