-- The index of the words of collected posts was written with every post, and read by nothing.

DROP TRIGGER post_added;
DROP TRIGGER post_deleted;
DROP TABLE post_words;
