-- Patron data beyond what a door needs (R8-R27): contact data, gender, notice channels, home service, responsible persons,
-- messages, notes, and the names by which patrons are found.
ALTER TABLE patrons ADD COLUMN created_by TEXT NOT NULL DEFAULT '';
ALTER TABLE patrons ADD COLUMN responsible_role INTEGER NOT NULL DEFAULT 0;
UPDATE patrons SET responsible_role = 1 WHERE responsible_customer_id <> '';
CREATE INDEX patrons_birth ON patrons (consortium, date_of_birth, patron_id);
CREATE INDEX patrons_responsible ON patrons (consortium, responsible_customer_id) WHERE responsible_customer_id <> '';

CREATE TABLE contacts (
  patron_id    INTEGER PRIMARY KEY REFERENCES patrons (patron_id),
  consortium   TEXT    NOT NULL,
  street       TEXT    NOT NULL,
  postal_code  TEXT    NOT NULL,
  city         TEXT    NOT NULL,
  country      TEXT    NOT NULL,
  street2      TEXT    NOT NULL,
  postal_code2 TEXT    NOT NULL,
  city2        TEXT    NOT NULL,
  country2     TEXT    NOT NULL,
  phones       TEXT    NOT NULL,          -- one a line, the preferred one first
  email        TEXT    NOT NULL
);

CREATE TABLE genders (
  patron_id  INTEGER PRIMARY KEY REFERENCES patrons (patron_id),
  consortium TEXT    NOT NULL,
  gender     INTEGER NOT NULL
);

CREATE TABLE notice_preferences (
  patron_id  INTEGER NOT NULL REFERENCES patrons (patron_id),
  kind       INTEGER NOT NULL,
  consortium TEXT    NOT NULL,
  channel    INTEGER NOT NULL,
  PRIMARY KEY (patron_id, kind)
) WITHOUT ROWID;

CREATE TABLE home_service (
  patron_id  INTEGER PRIMARY KEY REFERENCES patrons (patron_id),
  consortium TEXT    NOT NULL,
  route      TEXT    NOT NULL,
  delivery   TEXT    NOT NULL
);

CREATE TABLE responsible_persons (
  person_id     INTEGER PRIMARY KEY AUTOINCREMENT,
  consortium    TEXT    NOT NULL,
  surname       TEXT    NOT NULL,
  first_names   TEXT    NOT NULL,
  search_name   TEXT    NOT NULL,         -- folded
  date_of_birth TEXT    NOT NULL,
  language      INTEGER NOT NULL,
  street        TEXT    NOT NULL,
  postal_code   TEXT    NOT NULL,
  city          TEXT    NOT NULL,
  country       TEXT    NOT NULL,
  street2       TEXT    NOT NULL,
  postal_code2  TEXT    NOT NULL,
  city2         TEXT    NOT NULL,
  country2      TEXT    NOT NULL,
  phones        TEXT    NOT NULL,
  email         TEXT    NOT NULL,
  created_at    INTEGER NOT NULL,
  created_by    TEXT    NOT NULL,
  updated_at    INTEGER NOT NULL,
  updated_by    TEXT    NOT NULL
);
CREATE INDEX responsible_persons_name ON responsible_persons (consortium, search_name, person_id);

CREATE TABLE responsibilities (
  patron_id  INTEGER NOT NULL REFERENCES patrons (patron_id),
  person_id  INTEGER NOT NULL REFERENCES responsible_persons (person_id),
  consortium TEXT    NOT NULL,
  role       INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (patron_id, person_id)
) WITHOUT ROWID;
CREATE INDEX responsibilities_person ON responsibilities (person_id);

CREATE TABLE patron_messages (
  message_id INTEGER PRIMARY KEY AUTOINCREMENT,
  consortium TEXT    NOT NULL,
  patron_id  INTEGER NOT NULL REFERENCES patrons (patron_id),
  direction  INTEGER NOT NULL,
  body       TEXT    NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT    NOT NULL
);
CREATE INDEX patron_messages_patron ON patron_messages (patron_id, message_id);

CREATE TABLE patron_notes (
  note_id    INTEGER PRIMARY KEY AUTOINCREMENT,
  consortium TEXT    NOT NULL,
  patron_id  INTEGER NOT NULL REFERENCES patrons (patron_id),
  body       TEXT    NOT NULL,
  unsettled  INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT    NOT NULL,
  settled_at INTEGER,
  settled_by TEXT    NOT NULL
);
CREATE INDEX patron_notes_patron ON patron_notes (patron_id, note_id);

-- Every name of a patron with the names that follow it, folded: a search by the beginning of any name is a range of this key.
CREATE TABLE patron_names (
  consortium TEXT    NOT NULL,
  rank       INTEGER NOT NULL,           -- 0: the surname's first word, 1: any other
  name       TEXT    NOT NULL,           -- the word and those that follow it
  patron_id  INTEGER NOT NULL REFERENCES patrons (patron_id),
  before     TEXT    NOT NULL,           -- the words before it
  PRIMARY KEY (consortium, rank, name, patron_id)
) WITHOUT ROWID;
CREATE INDEX patron_names_patron ON patron_names (patron_id);
