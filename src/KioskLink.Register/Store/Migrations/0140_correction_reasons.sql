-- Why somebody corrected: older corrections say nothing of it.
ALTER TABLE rectifications ADD COLUMN reason TEXT NOT NULL DEFAULT '';
