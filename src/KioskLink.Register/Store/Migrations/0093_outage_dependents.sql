-- What else is down because of an outage, where its window says so itself (R85); NULL: by the profile.
ALTER TABLE outages ADD COLUMN dependents TEXT;   -- numbers of services, one a line
