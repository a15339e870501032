-- The organiser ended an hour later, or earlier, than it was announced.

ALTER TABLE hour ADD COLUMN ends_at TEXT;
ALTER TABLE hour ADD COLUMN announced TEXT;
UPDATE hour SET seal = 'unsealed';
