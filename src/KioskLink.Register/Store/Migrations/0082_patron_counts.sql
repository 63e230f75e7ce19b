-- 0082
-- Visitors of a week and patrons of a month by one attribute (R53): only the numbers that may be told, made while the rows of the door
-- log are whole. No row tells of fewer than five.
CREATE TABLE patron_counts (
  consortium TEXT    NOT NULL,
  measure    TEXT    NOT NULL,           -- visitors or patrons
  period     TEXT    NOT NULL,           -- 2026-W48 or 2026-11
  branch_id  TEXT    NOT NULL,
  dimension  TEXT    NOT NULL,           -- all, age, group or gender
  value      TEXT    NOT NULL,           -- empty for all
  patrons    INTEGER NOT NULL,
  PRIMARY KEY (consortium, measure, period, branch_id, dimension, value)
) WITHOUT ROWID;

CREATE TABLE patron_count_periods (
  consortium TEXT    NOT NULL,
  measure    TEXT    NOT NULL,
  period     TEXT    NOT NULL,
  first_day  TEXT    NOT NULL,
  last_day   TEXT    NOT NULL,
  suppressed INTEGER NOT NULL,           -- cells left out
  counted_at INTEGER NOT NULL,
  PRIMARY KEY (consortium, measure, period)
) WITHOUT ROWID;
