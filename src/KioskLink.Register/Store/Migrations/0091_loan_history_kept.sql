-- Loan histories lose what is older than the profile's period (R23): found each night without looking at all of them.
CREATE INDEX loan_history_returned ON loan_history (consortium, returned_at);
