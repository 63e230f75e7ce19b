-- Whether doors go on serving a patron whose processing is restricted, since the person asked for that (R76).
ALTER TABLE patrons ADD COLUMN keeps_doors INTEGER NOT NULL DEFAULT 0;
