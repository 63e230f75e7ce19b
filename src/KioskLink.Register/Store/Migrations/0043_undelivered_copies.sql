-- A copy of a recording that the police never fetched: it is destroyed with a reason (R62).
ALTER TABLE camera_copies ADD COLUMN undelivered_reason TEXT NOT NULL DEFAULT '';
