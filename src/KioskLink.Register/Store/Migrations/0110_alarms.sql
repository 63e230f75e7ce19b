-- Alarms: one row a fault, however often it was raised; messages about them, and how much was told of a place. No personal data of patrons.
CREATE TABLE alarms (
  alarm_id         TEXT    NOT NULL PRIMARY KEY,
  consortium       TEXT    NOT NULL,
  branch_id        TEXT    NOT NULL,       -- empty: the register as a whole
  node_id          TEXT    NOT NULL,       -- empty: no node
  subject          TEXT    NOT NULL,
  root_subject     TEXT    NOT NULL,
  kind             INTEGER NOT NULL,
  severity         INTEGER NOT NULL,
  sentence         TEXT    NOT NULL,
  is_happening     INTEGER NOT NULL,
  is_late          INTEGER NOT NULL,
  raised_at        INTEGER NOT NULL,
  received_at      INTEGER NOT NULL,
  raises           INTEGER NOT NULL,
  cleared_at       INTEGER,                -- NULL while it stands
  announce_at      INTEGER,
  announced_at     INTEGER,
  tell_clear_at    INTEGER,
  told             INTEGER NOT NULL,
  parent_id        TEXT    NOT NULL,
  acknowledged_by  TEXT    NOT NULL,
  acknowledged_at  INTEGER,
  note             TEXT    NOT NULL,
  escalated_to     INTEGER NOT NULL,
  is_live          INTEGER NOT NULL,       -- stands, or may still return as the same fault
  version          INTEGER NOT NULL
);
CREATE INDEX alarms_live ON alarms (consortium, branch_id, node_id) WHERE is_live = 1;
CREATE INDEX alarms_received ON alarms (consortium, received_at, alarm_id);
CREATE UNIQUE INDEX alarms_version ON alarms (consortium, version);

CREATE TABLE alarm_places (
  consortium TEXT    NOT NULL,
  branch_id  TEXT    NOT NULL,
  node_id    TEXT    NOT NULL,
  since      INTEGER NOT NULL,
  sent       INTEGER NOT NULL,
  held       INTEGER NOT NULL,
  due_at     INTEGER,                      -- when something is to be told, escalated or forgotten
  PRIMARY KEY (consortium, branch_id, node_id)
);
CREATE INDEX alarm_places_due ON alarm_places (consortium, due_at) WHERE due_at IS NOT NULL;

CREATE TABLE alarm_deliveries (
  delivery_id TEXT    NOT NULL PRIMARY KEY,
  consortium  TEXT    NOT NULL,
  alarm_id    TEXT    NOT NULL,            -- empty: a test
  route_id    TEXT    NOT NULL,
  channel     TEXT    NOT NULL,
  recipient   TEXT    NOT NULL,
  kind        INTEGER NOT NULL,
  title       TEXT    NOT NULL,
  body        TEXT    NOT NULL,
  short_text  TEXT    NOT NULL,
  state       INTEGER NOT NULL,
  tries       INTEGER NOT NULL,
  created_at  INTEGER NOT NULL,
  next_at     INTEGER NOT NULL,
  done_at     INTEGER,
  problem     TEXT    NOT NULL
);
CREATE INDEX alarm_deliveries_due ON alarm_deliveries (consortium, next_at) WHERE state = 0;
CREATE INDEX alarm_deliveries_alarm ON alarm_deliveries (alarm_id);
