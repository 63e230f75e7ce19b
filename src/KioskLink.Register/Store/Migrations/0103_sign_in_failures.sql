-- Wrong passwords by account and place, so that a guesser shuts out itself and not the account's person (R41). A row lives for a day
-- after its last failure.
CREATE TABLE staff_failures (
    consortium TEXT    NOT NULL,
    account_id INTEGER NOT NULL REFERENCES staff_accounts (account_id),
    place      TEXT    NOT NULL,           -- an address or network, or the start of a known device's hash
    is_known   INTEGER NOT NULL,
    in_row     INTEGER NOT NULL,           -- since the place was shut out last
    counted    INTEGER NOT NULL,           -- since the account was shut to all places
    failed_at  INTEGER NOT NULL,
    shut_until INTEGER,
    PRIMARY KEY (consortium, account_id, place)
) WITHOUT ROWID;

-- Devices from which an account's person has signed in. The key itself is with the device alone.
CREATE TABLE staff_devices (
    consortium TEXT    NOT NULL,
    account_id INTEGER NOT NULL REFERENCES staff_accounts (account_id),
    key_hash   BLOB    NOT NULL,
    used_at    INTEGER NOT NULL,
    PRIMARY KEY (consortium, account_id, key_hash)
) WITHOUT ROWID;
