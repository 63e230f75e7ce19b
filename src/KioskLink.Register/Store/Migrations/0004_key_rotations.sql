-- A rotation of the master key that has not ended: how far it has come. No row, no rotation.
CREATE TABLE key_rotations (
  consortium   TEXT    NOT NULL PRIMARY KEY,
  new_key      TEXT    NOT NULL,         -- id of the key that takes over
  table_number INTEGER NOT NULL,         -- which table is being sealed anew
  after        INTEGER NOT NULL,         -- its last row that is
  rows_done    INTEGER NOT NULL,
  sealed       INTEGER NOT NULL          -- whether every row is: then only the key files are still to be exchanged
);
