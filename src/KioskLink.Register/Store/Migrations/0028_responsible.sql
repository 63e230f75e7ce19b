-- Whom a patron answers for is asked of every patron by a dry run of retention, and at each erasure.
CREATE INDEX patrons_responsible ON patrons (consortium, responsible_customer_id) WHERE responsible_customer_id <> '';
