-- Requests of data subjects (R74-R80): who asked for what, until when, and what became of it.
CREATE TABLE request_cases (
  case_id          INTEGER PRIMARY KEY AUTOINCREMENT,
  consortium       TEXT    NOT NULL,
  patron_id        INTEGER,                -- NULL: the register holds nothing of the person, or no more
  kind             INTEGER NOT NULL,
  channel          TEXT    NOT NULL,
  received_on      TEXT    NOT NULL,
  due_on           TEXT    NOT NULL,
  extended_from    TEXT    NOT NULL,       -- the due date before an extension
  extension_reason TEXT    NOT NULL,
  identity_proof   TEXT    NOT NULL,       -- the method; empty until it was proven
  proven_at        INTEGER,
  proven_by        TEXT    NOT NULL,
  state            INTEGER NOT NULL,
  outcome_reason   TEXT    NOT NULL,       -- of a refusal
  holds            TEXT    NOT NULL,       -- codes of what forbade it, blanks between
  erasure_id       INTEGER,
  opened_at        INTEGER NOT NULL,
  opened_by        TEXT    NOT NULL,
  closed_at        INTEGER,
  closed_by        TEXT    NOT NULL
);
CREATE INDEX request_cases_due ON request_cases (consortium, closed_at, due_on);
CREATE INDEX request_cases_patron ON request_cases (patron_id);

CREATE TABLE rectifications (
  rectification_id INTEGER PRIMARY KEY AUTOINCREMENT,
  consortium       TEXT    NOT NULL,
  patron_id        INTEGER NOT NULL,
  case_id          INTEGER,
  field            TEXT    NOT NULL,
  old_value        BLOB    NOT NULL,       -- sealed
  new_value        BLOB    NOT NULL,       -- sealed
  origin           INTEGER NOT NULL,
  changed_at       INTEGER NOT NULL,
  changed_by       TEXT    NOT NULL
);
CREATE INDEX rectifications_patron ON rectifications (patron_id);

-- What forbids a deletion and is no fact of the library's own, such as a pending police case.
CREATE TABLE legal_holds (
  hold_id     INTEGER PRIMARY KEY AUTOINCREMENT,
  consortium  TEXT    NOT NULL,
  patron_id   INTEGER NOT NULL,
  reference   TEXT    NOT NULL,
  set_at      INTEGER NOT NULL,
  set_by      TEXT    NOT NULL,
  released_at INTEGER,
  released_by TEXT    NOT NULL
);
CREATE INDEX legal_holds_patron ON legal_holds (patron_id);

-- Erasures: evidence without personal data, marks against a re-import, and what nodes and others have still to be told.
CREATE TABLE erasures (
  erasure_id INTEGER PRIMARY KEY AUTOINCREMENT,
  consortium TEXT    NOT NULL,
  reason     TEXT    NOT NULL,             -- the request, or a rule of retention
  cards      INTEGER NOT NULL,
  version    INTEGER NOT NULL,             -- of the change log; 0 until it is noted
  erased_at  INTEGER NOT NULL,
  erased_by  TEXT    NOT NULL
);

CREATE TABLE erasure_keys (
  consortium TEXT NOT NULL PRIMARY KEY,
  sealed_key BLOB NOT NULL                 -- makes the marks; kept when the master key changes
) WITHOUT ROWID;

CREATE TABLE erased_marks (
  consortium TEXT    NOT NULL,
  mark       BLOB    NOT NULL,             -- keyed hash of a customer id, identity code or card number
  erased_at  INTEGER NOT NULL,
  PRIMARY KEY (consortium, mark)
) WITHOUT ROWID;

CREATE TABLE node_erasures (
  consortium TEXT    NOT NULL,
  node_id    TEXT    NOT NULL,
  card       TEXT    NOT NULL,             -- the register's own number of a card that is gone
  token      BLOB    NOT NULL,             -- under the node's key; deleted when the node has confirmed
  PRIMARY KEY (consortium, node_id, card)
) WITHOUT ROWID;

CREATE TABLE erasure_notices (
  notice_id    INTEGER PRIMARY KEY AUTOINCREMENT,
  consortium   TEXT    NOT NULL,
  erasure_id   INTEGER NOT NULL,
  recipient    TEXT    NOT NULL,           -- a system that holds data of the person too, such as the web library
  customer     BLOB    NOT NULL,           -- sealed; emptied when the recipient has confirmed
  made_at      INTEGER NOT NULL,
  confirmed_at INTEGER,
  confirmed_by TEXT    NOT NULL
);
CREATE INDEX erasure_notices_open ON erasure_notices (consortium, recipient) WHERE confirmed_at IS NULL;
