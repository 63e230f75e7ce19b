-- Whether a patron is given more time at doors. A plain yes or no: no reason, and nothing about health.
ALTER TABLE patrons ADD COLUMN extended_time INTEGER NOT NULL DEFAULT 0;
