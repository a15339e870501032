-- The organiser entered the post, or pasted the page it was on: X told nothing of it to the app.

ALTER TABLE post ADD COLUMN by_hand INTEGER NOT NULL DEFAULT 0;
UPDATE post SET by_hand = 1 WHERE author_name = '@' || author;
