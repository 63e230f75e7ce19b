-- The stamp of the account as it was when the session began: a session of an earlier password or second factor does not come back
-- with a restart. Sessions from before end once.
ALTER TABLE staff_sessions ADD COLUMN stamp TEXT NOT NULL DEFAULT '';
-- Failures of names that nobody has, so that a refusal takes the same time whoever is named.
CREATE TABLE staff_nobody (
  consortium TEXT    NOT NULL PRIMARY KEY,
  failures   INTEGER NOT NULL
) WITHOUT ROWID;
