-- 0081
-- Of a card's last grant at a branch only the week is left once the door log forgets the entry (R63).
ALTER TABLE visits ADD COLUMN by_week INTEGER NOT NULL DEFAULT 0;
CREATE INDEX visits_exact ON visits (consortium, granted_at) WHERE by_week = 0;
