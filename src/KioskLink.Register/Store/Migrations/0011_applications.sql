-- Applications for a card (R34-R39). What the applicant says is sealed; times Int64 UTC milliseconds, dates ISO 8601 text.
CREATE TABLE applications (
  application_number INTEGER PRIMARY KEY AUTOINCREMENT,  -- order of arrival, for pages
  consortium      TEXT    NOT NULL,
  application_id  TEXT    NOT NULL,
  content_index   BLOB    NOT NULL,      -- blind index of the content: the same application again is known
  identity_index  BLOB,                  -- blind index of the identity code
  received_at     INTEGER NOT NULL,      -- its time counts from this day in Helsinki
  state           INTEGER NOT NULL,
  queue_reason    INTEGER NOT NULL,
  outcome         INTEGER NOT NULL,
  patron_id       INTEGER,               -- once it is carried out
  sealed          BLOB    NOT NULL,      -- the Applicant, serialised, under the master key
  submitted_by    TEXT    NOT NULL,
  handled_by      TEXT    NOT NULL,
  handled_at      INTEGER,
  decision_reason TEXT    NOT NULL
);
CREATE UNIQUE INDEX applications_id ON applications (consortium, application_id);
CREATE UNIQUE INDEX applications_content ON applications (consortium, content_index);
CREATE INDEX applications_state ON applications (consortium, state, application_number);
CREATE INDEX applications_received ON applications (consortium, received_at);
CREATE INDEX applications_patron ON applications (patron_id) WHERE patron_id IS NOT NULL;

-- Patrons whom an application created and who may never fetch their card (R38).
CREATE TABLE pre_registrations (
  consortium    TEXT    NOT NULL,
  patron_id     INTEGER NOT NULL,
  registered_at INTEGER NOT NULL,
  PRIMARY KEY (consortium, patron_id)
) WITHOUT ROWID;
CREATE INDEX pre_registrations_age ON pre_registrations (consortium, registered_at);
