-- Who decided on a viewing is an account of the staff (R71); the name stands beside it as it was then.
ALTER TABLE camera_sessions ADD COLUMN decider TEXT NOT NULL DEFAULT '';   -- user name; empty in records of before

-- The chain of a copy (R62): each step names who and when, none is skipped, set before the one before it, or written over.
CREATE TRIGGER camera_copies_chain BEFORE UPDATE ON camera_copies
WHEN OLD.destroyed_at IS NOT NULL
  OR NEW.session_id <> OLD.session_id OR NEW.description <> OLD.description OR NEW.taken_at <> OLD.taken_at OR NEW.taken_by <> OLD.taken_by
  OR (OLD.delivered_at IS NOT NULL AND (NEW.delivered_at IS NOT OLD.delivered_at OR NEW.delivered_by <> OLD.delivered_by
      OR NEW.recipient <> OLD.recipient OR NEW.recipient_ref <> OLD.recipient_ref))
  OR NEW.state <= OLD.state OR NEW.delivered_at < NEW.taken_at OR NEW.destroyed_at < coalesce(NEW.delivered_at, NEW.taken_at)
  OR (NEW.state = 2 AND (NEW.delivered_at IS NULL OR NEW.destroyed_at IS NOT NULL))
  OR (NEW.delivered_at IS NOT NULL AND (NEW.delivered_by = '' OR NEW.recipient = '' OR NEW.recipient_ref = ''))
  OR (NEW.state = 3 AND (NEW.destroyed_at IS NULL OR NEW.destroyed_by = '' OR NEW.destroy_method = '' OR (NEW.delivered_at IS NULL AND NEW.undelivered_reason = '')))
BEGIN
  SELECT RAISE(ABORT, 'A copy is taken, delivered and destroyed, in this order and each step once.');
END;
CREATE TRIGGER camera_copies_begin BEFORE INSERT ON camera_copies
WHEN NEW.state <> 1 OR NEW.taken_by = '' OR NEW.delivered_at IS NOT NULL OR NEW.destroyed_at IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'A copy begins with its being taken.');
END;
