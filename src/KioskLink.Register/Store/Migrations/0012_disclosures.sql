-- Disclosures (R46-R55): what left the register, to whom, on what basis, and about whom.
CREATE TABLE disclosures (
  disclosure_number INTEGER PRIMARY KEY AUTOINCREMENT,   -- order of time, for pages
  consortium    TEXT    NOT NULL,
  disclosure_id TEXT    NOT NULL,
  kind          INTEGER NOT NULL,
  recipient     TEXT    NOT NULL,
  municipality  TEXT    NOT NULL,
  basis         TEXT    NOT NULL,
  fields        TEXT    NOT NULL,        -- names of the fields, separated by blanks
  record_count  INTEGER NOT NULL,
  subject_count INTEGER NOT NULL,
  created_at    INTEGER NOT NULL,
  created_by    TEXT    NOT NULL,
  period        TEXT    NOT NULL,        -- ISO week or date
  file_name     TEXT    NOT NULL,
  file_hash     BLOB    NOT NULL         -- SHA-256 of the file: evidence of what it held
);
CREATE UNIQUE INDEX disclosures_id ON disclosures (consortium, disclosure_id);
CREATE INDEX disclosures_kind ON disclosures (consortium, kind, disclosure_number);
CREATE INDEX disclosures_period ON disclosures (consortium, kind, period);

CREATE TABLE disclosure_subjects (
  patron_id         INTEGER NOT NULL,
  disclosure_number INTEGER NOT NULL,
  consortium        TEXT    NOT NULL,
  PRIMARY KEY (patron_id, disclosure_number)
) WITHOUT ROWID;

-- Runs that happen once a period, also those that found nothing.
CREATE TABLE disclosure_runs (
  consortium TEXT    NOT NULL,
  kind       INTEGER NOT NULL,
  period     TEXT    NOT NULL,
  run_at     INTEGER NOT NULL,
  run_by     TEXT    NOT NULL,
  PRIMARY KEY (consortium, kind, period)
) WITHOUT ROWID;

-- Loans and invoices that have gone to a recipient: each goes once.
CREATE TABLE disclosed_items (
  consortium        TEXT    NOT NULL,
  kind              INTEGER NOT NULL,
  item_key          TEXT    NOT NULL,    -- the loan's id, the invoice's number
  disclosure_number INTEGER NOT NULL,
  PRIMARY KEY (consortium, kind, item_key)
) WITHOUT ROWID;

CREATE TABLE disclosure_permissions (
  consortium   TEXT    NOT NULL,
  patron_id    INTEGER NOT NULL,
  recipient    TEXT    NOT NULL,
  channel      TEXT    NOT NULL,
  given_at     INTEGER NOT NULL,
  given_by     TEXT    NOT NULL,
  withdrawn_at INTEGER,
  withdrawn_by TEXT    NOT NULL,
  PRIMARY KEY (consortium, patron_id, recipient)
) WITHOUT ROWID;

-- Patrons about whom the population register was asked last, and what it said.
CREATE TABLE address_queries (
  consortium        TEXT    NOT NULL,
  patron_id         INTEGER NOT NULL,
  disclosure_number INTEGER NOT NULL,
  asked_at          INTEGER NOT NULL,
  answered_at       INTEGER,
  status            TEXT    NOT NULL,
  PRIMARY KEY (consortium, patron_id)
) WITHOUT ROWID;
