-- What stands for a change until its row is in the audit chain: written with the change, deleted with the row.
CREATE TABLE audit_changes (
    consortium TEXT NOT NULL,
    call       TEXT NOT NULL,
    at         INTEGER NOT NULL,
    entry      BLOB NOT NULL,
    PRIMARY KEY (consortium, call)
) WITHOUT ROWID;
