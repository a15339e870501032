-- A post of a thread answers the one before it: the row says which one that is.

ALTER TABLE outbox ADD COLUMN follows TEXT NOT NULL DEFAULT '';
UPDATE outbox SET seal = 'unsealed';
