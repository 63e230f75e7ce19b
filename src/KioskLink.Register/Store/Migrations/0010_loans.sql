-- Circulation as the register knows it: open loans, holds, fees, invoices, and what is kept of loans that are over.
-- Ids are those of the library system, unique in their table within the consortium. Dates are ISO 8601 text.
CREATE TABLE items (
  consortium  TEXT    NOT NULL,
  item_id     TEXT    NOT NULL,          -- barcode
  title       TEXT    NOT NULL,
  owner       TEXT    NOT NULL,          -- the municipality that owns it
  price_cents INTEGER NOT NULL,
  updated_at  INTEGER NOT NULL,
  PRIMARY KEY (consortium, item_id)
) WITHOUT ROWID;

CREATE TABLE loans (                     -- open loans only: a return moves the row to item_history
  consortium TEXT    NOT NULL,
  loan_id    TEXT    NOT NULL,
  patron_id  INTEGER NOT NULL REFERENCES patrons (patron_id),
  item_id    TEXT    NOT NULL,
  branch_id  TEXT    NOT NULL,
  loaned_at  INTEGER NOT NULL,
  due_on     TEXT    NOT NULL,
  renewals   INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (consortium, loan_id)
) WITHOUT ROWID;
CREATE INDEX loans_patron ON loans (patron_id, due_on, loan_id);
CREATE UNIQUE INDEX loans_item ON loans (consortium, item_id);
CREATE INDEX loans_due ON loans (consortium, due_on);

CREATE TABLE item_history (              -- who had an item last (R59); the link to the patron goes by the profile's retention
  consortium  TEXT    NOT NULL,
  loan_id     TEXT    NOT NULL,
  item_id     TEXT    NOT NULL,
  patron_id   INTEGER REFERENCES patrons (patron_id),
  loaned_at   INTEGER NOT NULL,
  due_on      TEXT    NOT NULL,
  returned_at INTEGER NOT NULL,
  PRIMARY KEY (consortium, loan_id)
) WITHOUT ROWID;
CREATE INDEX item_history_patron ON item_history (patron_id) WHERE patron_id IS NOT NULL;
CREATE INDEX item_history_item ON item_history (consortium, item_id, returned_at);
CREATE INDEX item_history_returned ON item_history (consortium, returned_at) WHERE patron_id IS NOT NULL;

CREATE TABLE loan_history (              -- a patron's own history, only while the patron wants it (R23)
  consortium  TEXT    NOT NULL,
  loan_id     TEXT    NOT NULL,
  patron_id   INTEGER NOT NULL REFERENCES patrons (patron_id),
  item_id     TEXT    NOT NULL,
  title       TEXT    NOT NULL,
  loaned_at   INTEGER NOT NULL,
  returned_at INTEGER NOT NULL,
  PRIMARY KEY (consortium, loan_id)
) WITHOUT ROWID;
CREATE INDEX loan_history_patron ON loan_history (patron_id, returned_at);

CREATE TABLE holds (                     -- open holds only
  consortium TEXT    NOT NULL,
  hold_id    TEXT    NOT NULL,
  patron_id  INTEGER NOT NULL REFERENCES patrons (patron_id),
  item_id    TEXT    NOT NULL,           -- empty until a copy is set aside
  title      TEXT    NOT NULL,
  branch_id  TEXT    NOT NULL,
  placed_at  INTEGER NOT NULL,
  expires_on TEXT    NOT NULL,
  pick_up_by TEXT    NOT NULL,           -- empty while it is in the queue
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (consortium, hold_id)
) WITHOUT ROWID;
CREATE INDEX holds_patron ON holds (patron_id);

CREATE TABLE fees (
  consortium TEXT    NOT NULL,
  fee_id     TEXT    NOT NULL,
  patron_id  INTEGER NOT NULL REFERENCES patrons (patron_id),
  kind       TEXT    NOT NULL,
  item_id    TEXT    NOT NULL,
  cents      INTEGER NOT NULL,           -- what is still to be paid
  charged_at INTEGER NOT NULL,
  settled_at INTEGER,
  note       TEXT    NOT NULL,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (consortium, fee_id)
) WITHOUT ROWID;
CREATE INDEX fees_patron ON fees (patron_id);
CREATE INDEX fees_open ON fees (patron_id) WHERE settled_at IS NULL;

CREATE TABLE invoices (
  consortium  TEXT    NOT NULL,
  invoice_id  TEXT    NOT NULL,
  patron_id   INTEGER NOT NULL REFERENCES patrons (patron_id),
  number      TEXT    NOT NULL,
  cents       INTEGER NOT NULL,
  invoiced_on TEXT    NOT NULL,
  due_on      TEXT    NOT NULL,
  item_ids    TEXT    NOT NULL,          -- one a line
  settled_at  INTEGER,
  updated_at  INTEGER NOT NULL,
  PRIMARY KEY (consortium, invoice_id)
) WITHOUT ROWID;
CREATE INDEX invoices_patron ON invoices (patron_id);
CREATE INDEX invoices_open ON invoices (patron_id) WHERE settled_at IS NULL;

CREATE TABLE bus_stops (                 -- stops of the library bus that a patron used
  consortium   TEXT    NOT NULL,
  patron_id    INTEGER NOT NULL REFERENCES patrons (patron_id),
  stop         TEXT    NOT NULL,
  last_used_on TEXT    NOT NULL,
  PRIMARY KEY (consortium, patron_id, stop)
) WITHOUT ROWID;
CREATE INDEX bus_stops_patron ON bus_stops (patron_id);
