-- The ledger of consents and acceptances (R39). Entries are added and never changed; only who acted is forgotten with that person.
CREATE TABLE consents (
  consent_id        INTEGER PRIMARY KEY AUTOINCREMENT,
  consortium        TEXT    NOT NULL,
  patron_id         INTEGER NOT NULL REFERENCES patrons (patron_id),   -- for whom
  kind              INTEGER NOT NULL,
  act               INTEGER NOT NULL,
  text_version      TEXT    NOT NULL,
  acted_on          TEXT    NOT NULL,
  channel           INTEGER NOT NULL,
  by_responsible    INTEGER NOT NULL,
  giver_customer_id TEXT    NOT NULL,
  giver_person_id   INTEGER NOT NULL,    -- 0: no such person
  recorded_at       INTEGER NOT NULL,
  recorded_by       TEXT    NOT NULL
);
CREATE INDEX consents_patron ON consents (patron_id, kind, consent_id);
CREATE INDEX consents_giver ON consents (consortium, giver_customer_id) WHERE giver_customer_id <> '';

CREATE TRIGGER consents_are_only_added
BEFORE UPDATE OF consent_id, consortium, patron_id, kind, act, text_version, acted_on, channel, by_responsible, recorded_at ON consents
BEGIN
  SELECT RAISE(ABORT, 'The ledger of consents is only ever added to.');
END;

-- What stood with the patrons before there was a ledger.
INSERT INTO consents (consortium, patron_id, kind, act, text_version, acted_on, channel, by_responsible, giver_customer_id, giver_person_id, recorded_at, recorded_by)
  SELECT consortium, patron_id, 2, 1, '', terms_accepted_on, 4, 0, '', 0, updated_at, updated_by FROM patrons WHERE terms_accepted_on <> '';
INSERT INTO consents (consortium, patron_id, kind, act, text_version, acted_on, channel, by_responsible, giver_customer_id, giver_person_id, recorded_at, recorded_by)
  SELECT consortium, patron_id, 3, 1, '', guardian_consent_on, 4, 1, responsible_customer_id, 0, updated_at, updated_by FROM patrons WHERE guardian_consent_on <> '';
