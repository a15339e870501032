-- One flipped bit must not make a post that is out look as if it were not. Whoever adds a column to
-- these tables sets the seals of the rows there are to 'unsealed' again, as here.

ALTER TABLE outbox ADD COLUMN seal TEXT NOT NULL DEFAULT '';
ALTER TABLE hour ADD COLUMN seal TEXT NOT NULL DEFAULT '';
UPDATE outbox SET seal = 'unsealed';
UPDATE hour SET seal = 'unsealed';
