-- The log of who read or wrote what (R42): one chain, each row's hash over the row before it and over every field (R45).
-- No row holds a name, a card number or an identity code of a patron: subjects are the register's own numbers.
CREATE TABLE audit (
  consortium TEXT    NOT NULL,
  sequence   INTEGER NOT NULL,           -- from 1 without gaps
  at         INTEGER NOT NULL,
  actor      TEXT    NOT NULL,           -- user name, robot, node or job; empty for a caller that nobody knows
  role       TEXT    NOT NULL,
  action     TEXT    NOT NULL,
  purpose    TEXT    NOT NULL,
  subjects   TEXT    NOT NULL,           -- patrons' internal numbers, ascending, with blanks between
  fields     TEXT    NOT NULL,           -- class of the data
  device     TEXT    NOT NULL,
  result     TEXT    NOT NULL,
  reason     TEXT    NOT NULL,
  calls      INTEGER NOT NULL,           -- how many calls the row stands for
  digest     BLOB,                       -- over the decisions of a batch
  hash       BLOB    NOT NULL,
  PRIMARY KEY (consortium, sequence)
) WITHOUT ROWID;
CREATE INDEX audit_time ON audit (consortium, at);
CREATE INDEX audit_actor ON audit (consortium, actor, sequence);
CREATE INDEX audit_action ON audit (consortium, action, sequence);

-- Finds the rows about a patron; what it says is derived from the rows, and verified with them.
CREATE TABLE audit_subjects (
  consortium TEXT    NOT NULL,
  subject    INTEGER NOT NULL,
  sequence   INTEGER NOT NULL,
  PRIMARY KEY (consortium, subject, sequence)
) WITHOUT ROWID;
CREATE INDEX audit_subjects_sequence ON audit_subjects (consortium, sequence);

-- Where the chain ends, and where it begins since old rows were deleted by their retention rule.
CREATE TABLE audit_heads (
  consortium     TEXT    NOT NULL PRIMARY KEY,
  sequence       INTEGER NOT NULL,
  hash           BLOB    NOT NULL,
  floor_sequence INTEGER NOT NULL,       -- the last row deleted; 0 means none
  floor_hash     BLOB    NOT NULL,
  seal           BLOB    NOT NULL        -- all of them under the master key
);

-- The row of the audit log whose digest covers the decision; 0 for one that the register did not make.
ALTER TABLE attempts ADD COLUMN audit_sequence INTEGER NOT NULL DEFAULT 0;
CREATE INDEX attempts_audit ON attempts (consortium, audit_sequence) WHERE audit_sequence > 0;
