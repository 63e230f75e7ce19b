-- The staff's personal accounts (R41), their sessions, and the undertakings of secrecy they gave (R43). Accounts are locked, never
-- deleted: a user name stands in the audit log for one person for ever.
CREATE TABLE staff_accounts (
  account_id          INTEGER PRIMARY KEY AUTOINCREMENT,
  consortium          TEXT    NOT NULL,
  user_name           TEXT    NOT NULL,
  normal_name         TEXT    NOT NULL,
  person_name         TEXT    NOT NULL,
  roles               INTEGER NOT NULL,  -- a bit a role
  password_hash       TEXT    NOT NULL,  -- empty until the account is set up
  security_stamp      TEXT    NOT NULL,
  totp_secret         BLOB,              -- sealed
  totp_step           INTEGER NOT NULL,  -- the last code that was used
  set_up_hash         BLOB,              -- SHA-256; the secret itself is nowhere
  set_up_ends         INTEGER NOT NULL,
  failures            INTEGER NOT NULL,
  lockout_ends        INTEGER,
  locked_at           INTEGER,
  locked_by           TEXT    NOT NULL,
  lock_reason         TEXT    NOT NULL,
  undertaking_version TEXT    NOT NULL,
  undertaking_at      INTEGER,
  created_at          INTEGER NOT NULL,
  created_by          TEXT    NOT NULL,
  changed_at          INTEGER NOT NULL,
  changed_by          TEXT    NOT NULL
);
CREATE UNIQUE INDEX staff_accounts_name ON staff_accounts (consortium, normal_name);

CREATE TABLE staff_sessions (
  consortium TEXT    NOT NULL,
  token_hash BLOB    NOT NULL,           -- SHA-256; the token itself is nowhere
  account_id INTEGER NOT NULL REFERENCES staff_accounts (account_id),
  device     TEXT    NOT NULL,
  created_at INTEGER NOT NULL,
  seen_at    INTEGER NOT NULL,
  ends_at    INTEGER NOT NULL,
  PRIMARY KEY (consortium, token_hash)
) WITHOUT ROWID;
CREATE INDEX staff_sessions_account ON staff_sessions (account_id);

CREATE TABLE staff_undertakings (
  consortium  TEXT    NOT NULL,
  account_id  INTEGER NOT NULL REFERENCES staff_accounts (account_id),
  version     TEXT    NOT NULL,
  accepted_at INTEGER NOT NULL,
  device      TEXT    NOT NULL,
  PRIMARY KEY (consortium, account_id, version)
) WITHOUT ROWID;
