-- 0080
-- When a patron used the library otherwise than by a card that the register saw (R57): what tells of it goes by periods of its own.
ALTER TABLE patrons ADD COLUMN last_used_at INTEGER;   -- NULL: none is known
UPDATE patrons SET last_used_at = (
  SELECT max(used_at) FROM (
    SELECT loaned_at AS used_at FROM loans l WHERE l.patron_id = patrons.patron_id
    UNION ALL SELECT returned_at FROM item_history i WHERE i.patron_id = patrons.patron_id
    UNION ALL SELECT returned_at FROM loan_history y WHERE y.patron_id = patrons.patron_id
    UNION ALL SELECT placed_at FROM holds h WHERE h.patron_id = patrons.patron_id
    UNION ALL SELECT settled_at FROM fees f WHERE f.patron_id = patrons.patron_id
    UNION ALL SELECT settled_at FROM invoices v WHERE v.patron_id = patrons.patron_id
    UNION ALL SELECT unixepoch(last_used_on) * 1000 FROM bus_stops b WHERE b.patron_id = patrons.patron_id));
