-- The words of a post as a search compares them, written by domain/folding.py, and an index of every
-- three letters of them: a search for part of a word need not look at every post.

ALTER TABLE post ADD COLUMN words TEXT NOT NULL DEFAULT '';
UPDATE post SET words = fold(text || ' ' || author_name || ' @' || author);

CREATE VIRTUAL TABLE post_words USING fts5 (
    words,
    content = 'post', content_rowid = 'row',
    tokenize = "trigram case_sensitive 1"
);
INSERT INTO post_words (post_words) VALUES ('rebuild');

CREATE TRIGGER post_added AFTER INSERT ON post BEGIN
    INSERT INTO post_words (rowid, words) VALUES (new.row, new.words);
END;

CREATE TRIGGER post_deleted AFTER DELETE ON post BEGIN
    INSERT INTO post_words (post_words, rowid, words) VALUES ('delete', old.row, old.words);
END;

CREATE TRIGGER post_changed AFTER UPDATE OF words ON post WHEN old.words <> new.words BEGIN
    INSERT INTO post_words (post_words, rowid, words) VALUES ('delete', old.row, old.words);
    INSERT INTO post_words (rowid, words) VALUES (new.row, new.words);
END;
