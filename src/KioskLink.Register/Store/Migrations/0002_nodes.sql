-- Nodes: who they are, what they have confirmed, and the journals they deliver.
CREATE TABLE nodes (
  consortium       TEXT    NOT NULL,
  node_id          TEXT    NOT NULL,
  branch_id        TEXT    NOT NULL,
  custody          INTEGER NOT NULL,
  sealed_key       BLOB    NOT NULL,     -- node key under the master key, bound to the node
  enrolled_at      INTEGER NOT NULL,
  revoked_at       INTEGER,
  revoke_reason    TEXT    NOT NULL,
  certificate_ends INTEGER NOT NULL,
  epoch            TEXT    NOT NULL,     -- last confirmed position
  version          INTEGER NOT NULL,
  confirmed_at     INTEGER,
  PRIMARY KEY (consortium, node_id)
) WITHOUT ROWID;

CREATE TABLE node_certificates (
  consortium TEXT    NOT NULL,
  serial     TEXT    NOT NULL,
  node_id    TEXT    NOT NULL,
  issued_at  INTEGER NOT NULL,
  ends_at    INTEGER NOT NULL,
  revoked_at INTEGER,
  PRIMARY KEY (consortium, serial)
) WITHOUT ROWID;

CREATE TABLE enrollments (
  consortium  TEXT    NOT NULL,
  secret_hash BLOB    NOT NULL,          -- SHA-256; the secret itself is nowhere
  branch_id   TEXT    NOT NULL,
  node_id     TEXT    NOT NULL,
  expires_at  INTEGER NOT NULL,
  used_at     INTEGER,
  created_by  TEXT    NOT NULL,
  PRIMARY KEY (consortium, secret_hash)
) WITHOUT ROWID;

CREATE TABLE journals (
  consortium TEXT    NOT NULL,
  node_id    TEXT    NOT NULL,
  journal_id TEXT    NOT NULL,
  sequence   INTEGER NOT NULL,           -- last record held
  hash       BLOB    NOT NULL,           -- its hash
  opened_at  INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (consortium, node_id, journal_id)
) WITHOUT ROWID;

CREATE TABLE journal_records (
  consortium    TEXT    NOT NULL,
  node_id       TEXT    NOT NULL,
  journal_id    TEXT    NOT NULL,
  sequence      INTEGER NOT NULL,
  open          BLOB    NOT NULL,
  personal_hash BLOB    NOT NULL,
  salt          BLOB    NOT NULL,        -- empty once erased
  personal      BLOB    NOT NULL,        -- empty once erased
  hash          BLOB    NOT NULL,
  received_at   INTEGER NOT NULL,
  PRIMARY KEY (consortium, node_id, journal_id, sequence)
) WITHOUT ROWID;

CREATE TABLE sweeps (
  consortium TEXT    NOT NULL,
  name       TEXT    NOT NULL,
  run_at     INTEGER NOT NULL,
  PRIMARY KEY (consortium, name)
) WITHOUT ROWID;
