-- Times are Int64 UTC milliseconds, dates ISO 8601 text. Every row and unique key carries the consortium.
CREATE TABLE register (
  consortium  TEXT    NOT NULL PRIMARY KEY,
  epoch       TEXT    NOT NULL,
  version     INTEGER NOT NULL,          -- updated as the last statement before a commit
  log_floor   INTEGER NOT NULL,          -- versions up to here may be pruned from change_log
  floor_time  INTEGER NOT NULL,
  key_check   BLOB    NOT NULL           -- opens only under the right master key
);

CREATE TABLE patrons (
  patron_id               INTEGER PRIMARY KEY AUTOINCREMENT,
  consortium              TEXT    NOT NULL,
  customer_id             TEXT    NOT NULL,
  surname                 TEXT    NOT NULL,
  first_names             TEXT    NOT NULL,
  date_of_birth           TEXT    NOT NULL,
  identity_code           BLOB,          -- sealed
  identity_index          BLOB,          -- blind index
  language                INTEGER NOT NULL,
  patron_group            TEXT    NOT NULL,
  home_branch             TEXT    NOT NULL,
  responsible_customer_id TEXT    NOT NULL,
  guardian_consent_on     TEXT    NOT NULL,
  terms_accepted_on       TEXT    NOT NULL,
  registered_on           TEXT    NOT NULL,
  valid_from              TEXT    NOT NULL,
  valid_to                TEXT    NOT NULL,
  restricted              INTEGER NOT NULL,
  fees_cents              INTEGER NOT NULL,
  created_at              INTEGER NOT NULL,
  updated_at              INTEGER NOT NULL,
  updated_by              TEXT    NOT NULL
);
CREATE UNIQUE INDEX patrons_customer ON patrons (consortium, customer_id);
CREATE INDEX patrons_identity ON patrons (consortium, identity_index) WHERE identity_index IS NOT NULL;

CREATE TABLE cards (
  card_id       INTEGER PRIMARY KEY AUTOINCREMENT,
  consortium    TEXT    NOT NULL,
  patron_id     INTEGER NOT NULL REFERENCES patrons (patron_id),
  number_index  BLOB    NOT NULL,        -- blind index, 16 bytes
  sealed_number BLOB    NOT NULL,
  expires_on    TEXT    NOT NULL,
  lost          INTEGER NOT NULL,
  last_used_at  INTEGER,
  guesses       BLOB    NOT NULL,        -- serialised GuessState
  guess_pending INTEGER NOT NULL,        -- a reserved guess whose end nobody has told yet
  created_at    INTEGER NOT NULL,
  updated_at    INTEGER NOT NULL
);
CREATE UNIQUE INDEX cards_number ON cards (consortium, number_index);
CREATE INDEX cards_patron ON cards (patron_id);
CREATE INDEX cards_pending ON cards (card_id) WHERE guess_pending = 1;

CREATE TABLE pins (
  card_id    INTEGER PRIMARY KEY REFERENCES cards (card_id),
  consortium TEXT    NOT NULL,
  algorithm  TEXT    NOT NULL,
  salt       BLOB    NOT NULL,
  sealed     BLOB    NOT NULL,           -- V under the master key, bound to patron, algorithm, salt and key id
  key_id     TEXT    NOT NULL,
  changed_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE unknown_cards (
  consortium   TEXT    NOT NULL,
  number_index BLOB    NOT NULL,
  guesses      BLOB    NOT NULL,
  touched_at   INTEGER NOT NULL,
  PRIMARY KEY (consortium, number_index)
) WITHOUT ROWID;
CREATE INDEX unknown_cards_age ON unknown_cards (consortium, touched_at);

CREATE TABLE bans (
  ban_id     TEXT    NOT NULL PRIMARY KEY,
  consortium TEXT    NOT NULL,
  patron_id  INTEGER NOT NULL REFERENCES patrons (patron_id),
  kind       INTEGER NOT NULL,
  branch_ids TEXT    NOT NULL,           -- one a line; empty means all
  start_at   INTEGER NOT NULL,
  end_at     INTEGER,
  reason     TEXT    NOT NULL,
  decided_by TEXT    NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT    NOT NULL,
  lifted_at  INTEGER,
  lifted_by  TEXT    NOT NULL,
  lift_reason TEXT   NOT NULL
);
CREATE INDEX bans_patron ON bans (patron_id);
CREATE INDEX bans_created ON bans (consortium, created_at, ban_id);

CREATE TABLE badges (
  consortium    TEXT    NOT NULL,
  badge_ref     TEXT    NOT NULL,
  number_index  BLOB    NOT NULL,
  sealed_number BLOB    NOT NULL,
  badge         TEXT    NOT NULL,        -- Badge as proto JSON
  updated_at    INTEGER NOT NULL,
  PRIMARY KEY (consortium, badge_ref)
);
CREATE UNIQUE INDEX badges_number ON badges (consortium, number_index);

CREATE TABLE branches (
  consortium TEXT    NOT NULL,
  branch_id  TEXT    NOT NULL,
  branch     TEXT    NOT NULL,           -- Branch as proto JSON, as it was applied
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (consortium, branch_id)
);

CREATE TABLE visits (
  card_id    INTEGER NOT NULL REFERENCES cards (card_id),
  branch_id  TEXT    NOT NULL,
  consortium TEXT    NOT NULL,
  granted_at INTEGER NOT NULL,           -- last grant at a door of the branch
  PRIMARY KEY (card_id, branch_id)
) WITHOUT ROWID;

CREATE TABLE attempts (
  row_number       INTEGER PRIMARY KEY AUTOINCREMENT,
  consortium       TEXT    NOT NULL,
  attempt_id       TEXT    NOT NULL,
  branch_id        TEXT    NOT NULL,
  node_id          TEXT    NOT NULL,
  door_id          TEXT    NOT NULL,
  device_id        TEXT    NOT NULL,
  presented_at     INTEGER,
  code             INTEGER NOT NULL,
  source           INTEGER NOT NULL,
  register_code    INTEGER NOT NULL,
  register_answer  BLOB,                 -- the answer, for a repeated attempt
  outcome          INTEGER NOT NULL,
  interrupted      INTEGER NOT NULL,
  judged_code      INTEGER NOT NULL,
  difference       TEXT    NOT NULL,
  card_ref         TEXT    NOT NULL,
  answered_at      INTEGER,
  received_at      INTEGER,
  journal_sequence INTEGER NOT NULL
);
CREATE UNIQUE INDEX attempts_id ON attempts (consortium, node_id, attempt_id);
CREATE INDEX attempts_branch ON attempts (consortium, branch_id, row_number);
CREATE INDEX attempts_answered ON attempts (consortium, answered_at);

CREATE TABLE change_log (
  consortium  TEXT    NOT NULL,
  version     INTEGER NOT NULL,
  commit_time INTEGER NOT NULL,
  kind        INTEGER NOT NULL,
  entity_id   TEXT    NOT NULL,
  priority    INTEGER NOT NULL,
  facts       BLOB,                      -- whole door facts; NULL when the entity is gone
  PRIMARY KEY (consortium, version)
) WITHOUT ROWID;
CREATE INDEX change_log_entity ON change_log (consortium, kind, entity_id, version);
CREATE INDEX change_log_time ON change_log (consortium, commit_time);

CREATE TABLE imports (
  consortium TEXT    NOT NULL,
  import_id  TEXT    NOT NULL,
  rows_done  INTEGER NOT NULL,
  finished   INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (consortium, import_id)
);
