-- An act that the machine was told no about can be withdrawn: what it did stays with its answer, as ids and what stood before.
ALTER TABLE loan_acts ADD COLUMN undo TEXT NOT NULL DEFAULT '';
