-- Why somebody was erased (R75): staff's reason, which names nobody; empty where a rule of retention erased.
ALTER TABLE erasures ADD COLUMN ground TEXT NOT NULL DEFAULT '';
