-- The hourly proof that branches enforce bans (R33): how the last one went, by branch.
CREATE TABLE ban_checks (
  consortium     TEXT    NOT NULL,
  branch_id      TEXT    NOT NULL,
  checked_at     INTEGER NOT NULL,
  enforced       INTEGER NOT NULL,
  problem        TEXT    NOT NULL,       -- why not, without personal data
  enforced_at    INTEGER,                -- when it was proven last; NULL: never
  PRIMARY KEY (consortium, branch_id)
) WITHOUT ROWID;
