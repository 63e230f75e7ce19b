-- Items are lent, returned, held and paid for in the register itself: what an item is and where, who is next for a title, what was
-- charged and paid, which acts are done, and what staff has to look at.
ALTER TABLE items ADD COLUMN type        TEXT    NOT NULL DEFAULT '';   -- of the profile's loan rules; empty means the first of them
ALTER TABLE items ADD COLUMN title_id    TEXT    NOT NULL DEFAULT '';   -- shared by the copies of a title
ALTER TABLE items ADD COLUMN home_branch TEXT    NOT NULL DEFAULT '';
ALTER TABLE items ADD COLUMN branch_id   TEXT    NOT NULL DEFAULT '';   -- where it was seen last
ALTER TABLE items ADD COLUMN transit_to  TEXT    NOT NULL DEFAULT '';   -- empty while it is on no way
ALTER TABLE items ADD COLUMN call_number TEXT    NOT NULL DEFAULT '';
ALTER TABLE items ADD COLUMN collection  TEXT    NOT NULL DEFAULT '';
ALTER TABLE items ADD COLUMN media       TEXT    NOT NULL DEFAULT '';
ALTER TABLE items ADD COLUMN magnetic    INTEGER NOT NULL DEFAULT 0;
ALTER TABLE items ADD COLUMN missing     INTEGER NOT NULL DEFAULT 0;
ALTER TABLE items ADD COLUMN properties  TEXT    NOT NULL DEFAULT '';   -- as a machine wrote them
CREATE INDEX items_title ON items (consortium, title_id) WHERE title_id <> '';

ALTER TABLE loans ADD COLUMN renewed_from TEXT NOT NULL DEFAULT '';     -- the last day before the last renewal

ALTER TABLE holds ADD COLUMN title_id TEXT    NOT NULL DEFAULT '';
ALTER TABLE holds ADD COLUMN copy_id  TEXT    NOT NULL DEFAULT '';      -- the only copy that will do; empty means any of the title
ALTER TABLE holds ADD COLUMN arrival  INTEGER NOT NULL DEFAULT 0;       -- order among holds of one moment
CREATE INDEX holds_title ON holds (consortium, title_id) WHERE title_id <> '';
CREATE INDEX holds_copy ON holds (consortium, copy_id) WHERE copy_id <> '';
CREATE INDEX holds_item ON holds (consortium, item_id) WHERE item_id <> '';
CREATE INDEX holds_arrival ON holds (consortium, arrival);

ALTER TABLE fees ADD COLUMN charged_cents INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fees ADD COLUMN loan_id       TEXT    NOT NULL DEFAULT '';  -- the loan that was late; empty where none was
UPDATE fees SET charged_cents = cents;

CREATE TABLE fee_payments (              -- what was paid of a fee, once for each payment and fee
  consortium TEXT    NOT NULL,
  payment_id TEXT    NOT NULL,
  fee_id     TEXT    NOT NULL,
  patron_id  INTEGER NOT NULL REFERENCES patrons (patron_id),
  cents      INTEGER NOT NULL,
  method     TEXT    NOT NULL,
  reference  TEXT    NOT NULL,           -- the payment's id at the machine
  branch_id  TEXT    NOT NULL,
  device_id  TEXT    NOT NULL,
  paid_at    INTEGER NOT NULL,
  PRIMARY KEY (consortium, payment_id, fee_id)
) WITHOUT ROWID;
CREATE INDEX fee_payments_patron ON fee_payments (patron_id);

CREATE TABLE loan_acts (                 -- acts that are done or refused, with their answers; whose they were is not kept
  consortium     TEXT    NOT NULL,
  caller         TEXT    NOT NULL,
  transaction_id TEXT    NOT NULL,
  kind           TEXT    NOT NULL,
  done_at        INTEGER NOT NULL,
  answer         BLOB    NOT NULL,
  PRIMARY KEY (consortium, caller, transaction_id)
) WITHOUT ROWID;
CREATE INDEX loan_acts_done ON loan_acts (consortium, done_at);

CREATE TABLE loan_conflicts (            -- what speaks against acts that were taken since they had happened
  consortium      TEXT    NOT NULL,
  conflict_id     TEXT    NOT NULL,
  transaction_id  TEXT    NOT NULL,
  kind            TEXT    NOT NULL,
  reason          INTEGER NOT NULL,
  item_id         TEXT    NOT NULL,
  patron_id       INTEGER REFERENCES patrons (patron_id),
  other_patron_id INTEGER REFERENCES patrons (patron_id),
  ended_loan_id   TEXT    NOT NULL,      -- the loan that ended without a return; its return, told later, settles the conflict
  branch_id       TEXT    NOT NULL,
  device_id       TEXT    NOT NULL,
  caller          TEXT    NOT NULL,
  happened_at     INTEGER NOT NULL,
  told_at         INTEGER NOT NULL,
  settled_at      INTEGER,
  settled_by      TEXT    NOT NULL,
  note            TEXT    NOT NULL,
  PRIMARY KEY (consortium, conflict_id)
) WITHOUT ROWID;
CREATE INDEX loan_conflicts_told ON loan_conflicts (consortium, told_at);
CREATE INDEX loan_conflicts_item ON loan_conflicts (consortium, item_id) WHERE settled_at IS NULL;
CREATE INDEX loan_conflicts_patron ON loan_conflicts (patron_id) WHERE patron_id IS NOT NULL;
CREATE INDEX loan_conflicts_other ON loan_conflicts (other_patron_id) WHERE other_patron_id IS NOT NULL;
