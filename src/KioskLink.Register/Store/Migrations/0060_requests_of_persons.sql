-- Persons who answer for patrons and are none are data subjects of their own (R16): their requests name them.
ALTER TABLE request_cases ADD COLUMN person_id INTEGER;  -- NULL: a patron's, or the register holds nothing of the person any more
CREATE INDEX request_cases_person ON request_cases (person_id) WHERE person_id IS NOT NULL;
