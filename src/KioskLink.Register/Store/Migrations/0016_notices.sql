-- Notices that were sent to patrons (R20, R21). Their text stands among the patron's messages, their file in the spool folder.
CREATE TABLE sent_notices (
  notice_id  TEXT    NOT NULL,
  consortium TEXT    NOT NULL,
  patron_id  INTEGER NOT NULL REFERENCES patrons (patron_id),
  kind       INTEGER NOT NULL,
  channel    INTEGER NOT NULL,
  language   INTEGER NOT NULL,
  file       TEXT    NOT NULL,           -- relative to the data folder
  sent_at    INTEGER NOT NULL,
  sent_by    TEXT    NOT NULL,
  PRIMARY KEY (consortium, notice_id)
) WITHOUT ROWID;
CREATE INDEX sent_notices_patron ON sent_notices (patron_id, sent_at, notice_id);

-- What a notice was about: a hold, a due date, an invoice. Each is told of once by the daily round.
CREATE TABLE notice_marks (
  consortium TEXT NOT NULL,
  mark       TEXT NOT NULL,
  notice_id  TEXT NOT NULL,
  PRIMARY KEY (consortium, mark)
) WITHOUT ROWID;
CREATE INDEX notice_marks_notice ON notice_marks (consortium, notice_id);
