-- PIN guesses of cards and of numbers that nobody has, in one table and found in one way: both cost the same work.
CREATE TABLE guesses (
  consortium   TEXT    NOT NULL,
  number_index BLOB    NOT NULL,         -- blind index, 16 bytes
  card_id      INTEGER NOT NULL,         -- 0: nobody has the number
  state        BLOB    NOT NULL,         -- serialised GuessState: guesses that ended wrong, as the log tells them
  attempts     BLOB    NOT NULL,         -- serialised StoredAttempts: who spent them, and the guesses in flight
  in_flight    INTEGER NOT NULL,         -- whether a guess is reserved whose end nobody has told yet
  touched_at   INTEGER NOT NULL,
  PRIMARY KEY (consortium, number_index)
) WITHOUT ROWID;
CREATE INDEX guesses_age ON guesses (consortium, card_id, touched_at);
CREATE INDEX guesses_in_flight ON guesses (consortium) WHERE in_flight = 1;

INSERT INTO guesses
  SELECT consortium, number_index, card_id, guesses, X'', guess_pending, updated_at FROM cards WHERE length(guesses) > 0;
INSERT OR IGNORE INTO guesses
  SELECT consortium, number_index, 0, guesses, X'', 0, touched_at FROM unknown_cards;

DROP TABLE unknown_cards;
DROP INDEX cards_pending;
ALTER TABLE cards DROP COLUMN guesses;
ALTER TABLE cards DROP COLUMN guess_pending;
