-- Whom staff registered anew after an erasure: the mark counts no more, and goes once the list of erasures beside the database says so too.
ALTER TABLE erased_marks ADD COLUMN returned_at INTEGER;
