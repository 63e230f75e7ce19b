-- Claims against people whose processing is restricted (R76, GDPR article 18(2)): none is made or dropped without a decision.
CREATE TABLE claim_decisions (
  decision_id INTEGER PRIMARY KEY AUTOINCREMENT,
  consortium  TEXT    NOT NULL,
  patron_id   INTEGER NOT NULL,
  goes_on     INTEGER NOT NULL,          -- 1: claims are made all the same; 0: they are held back
  reason      TEXT    NOT NULL,
  decided_at  INTEGER NOT NULL,
  decided_by  TEXT    NOT NULL,
  ended_at    INTEGER                    -- another decision took its place, or the restriction ended
);
CREATE INDEX claim_decisions_patron ON claim_decisions (patron_id);

ALTER TABLE disclosure_runs ADD COLUMN held INTEGER NOT NULL DEFAULT 0;   -- persons whose claims the run held back
