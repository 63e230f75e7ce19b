-- Which deed a note gives the reason of; older notes are nobody's deed.
ALTER TABLE patron_notes ADD COLUMN deed TEXT NOT NULL DEFAULT '';
