-- The code of a ban's reason (R29), one of the profile's; `reason` is from now on what staff adds in words.
-- The console used to write codes of its own into `reason`: they become the code. Whatever else stands there was written freely, and those
-- bans keep an empty code: to call them `other` would put into the record a choice that nobody made.
ALTER TABLE bans ADD COLUMN reason_code TEXT NOT NULL DEFAULT '';
UPDATE bans SET reason_code = reason, reason = ''
WHERE reason IN ('disturbance', 'damage', 'theft', 'letting-others-in', 'lent-card', 'unreturned', 'other');
