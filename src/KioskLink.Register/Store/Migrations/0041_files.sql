-- Files that hold personal data: what an erasure or a rule of retention decides in the tables is carried out on the disk afterwards (R75).

-- Whose each line of a disclosed file is. Of files made before this, only the whole is known to be about its persons.
CREATE TABLE disclosure_lines (
  line_id           INTEGER PRIMARY KEY AUTOINCREMENT,
  consortium        TEXT    NOT NULL,
  disclosure_number INTEGER NOT NULL,
  line              INTEGER NOT NULL,    -- the record of the file, from 1; 0: the file as a whole
  patron_id         INTEGER              -- NULL: the person is erased, and the line must still go
);
CREATE INDEX disclosure_lines_patron ON disclosure_lines (patron_id);
CREATE INDEX disclosure_lines_file ON disclosure_lines (disclosure_number);
INSERT INTO disclosure_lines (consortium, disclosure_number, line, patron_id)
  SELECT consortium, disclosure_number, 0, patron_id FROM disclosure_subjects;

ALTER TABLE disclosures ADD COLUMN removed_at INTEGER;   -- when the file was to go; the disclosure stays on record

-- Notices in the spool folder that must go; no row names a person.
CREATE TABLE doomed_notices (
  consortium TEXT NOT NULL,
  file       TEXT NOT NULL,              -- relative to the data folder
  PRIMARY KEY (consortium, file)
) WITHOUT ROWID;
CREATE INDEX sent_notices_sent ON sent_notices (consortium, sent_at) WHERE file <> '';
