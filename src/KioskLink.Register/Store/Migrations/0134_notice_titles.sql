-- The message of a notice loses its titles when the items forget their patrons (R59): it knows its notice until then.
ALTER TABLE patron_messages ADD COLUMN notice_id TEXT NOT NULL DEFAULT '';
CREATE INDEX patron_messages_titled ON patron_messages (consortium, created_at) WHERE notice_id <> '';
