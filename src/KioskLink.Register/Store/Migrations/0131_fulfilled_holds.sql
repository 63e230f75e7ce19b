-- A loan that a machine undoes gives the patron's hold back: the holds that ended with a loan stay with it, and go when it goes.
ALTER TABLE loans ADD COLUMN fulfilled TEXT NOT NULL DEFAULT '';
