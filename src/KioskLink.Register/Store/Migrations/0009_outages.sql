-- Decisions behind bans, suspensions of branches, and outages of services.
ALTER TABLE bans ADD COLUMN decision_ref TEXT NOT NULL DEFAULT '';
ALTER TABLE bans ADD COLUMN heard_on     TEXT NOT NULL DEFAULT '';
ALTER TABLE bans ADD COLUMN hearing      TEXT NOT NULL DEFAULT '';
ALTER TABLE bans ADD COLUMN appeal       TEXT NOT NULL DEFAULT '';  -- as it was attached, in the patron's language

CREATE TABLE suspensions (
  suspension_id TEXT    NOT NULL PRIMARY KEY,
  consortium    TEXT    NOT NULL,
  branch_id     TEXT    NOT NULL,
  start_at      INTEGER NOT NULL,
  end_at        INTEGER,
  reason        TEXT    NOT NULL,
  created_at    INTEGER NOT NULL,
  created_by    TEXT    NOT NULL,
  lifted_at     INTEGER,
  lifted_by     TEXT    NOT NULL,
  lift_reason   TEXT    NOT NULL
);
CREATE INDEX suspensions_branch ON suspensions (consortium, branch_id, start_at);
CREATE INDEX suspensions_created ON suspensions (consortium, created_at, suspension_id);

CREATE TABLE outages (
  outage_id   TEXT    NOT NULL PRIMARY KEY,
  consortium  TEXT    NOT NULL,
  kind        INTEGER NOT NULL,
  scope       INTEGER NOT NULL,
  branch_ids  TEXT    NOT NULL,          -- one a line; empty unless the scope is branches
  services    TEXT    NOT NULL,          -- numbers of the wire, one a line, as they were given
  start_at    INTEGER NOT NULL,
  end_at      INTEGER,                   -- estimated; NULL for an unplanned one
  announce_at INTEGER NOT NULL,
  reason      TEXT    NOT NULL,
  notices     TEXT    NOT NULL,          -- JSON: language to text, as they were given
  created_at  INTEGER NOT NULL,
  created_by  TEXT    NOT NULL,
  ended_at    INTEGER,
  ended_by    TEXT    NOT NULL
);
CREATE INDEX outages_created ON outages (consortium, created_at, outage_id);
