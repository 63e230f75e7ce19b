-- Whether the processing of the data of a person who answers for patrons, and is none, is restricted.
ALTER TABLE responsible_persons ADD COLUMN restricted INTEGER NOT NULL DEFAULT 0;
