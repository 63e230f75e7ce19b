-- Client certificates of administrators that are refused before their end.
CREATE TABLE revoked_administrators (
    consortium TEXT NOT NULL,
    serial     TEXT NOT NULL,
    revoked_at INTEGER NOT NULL,
    revoked_by TEXT NOT NULL,
    reason     TEXT NOT NULL,
    PRIMARY KEY (consortium, serial)
) WITHOUT ROWID;
