-- Facts that were read out of texts get columns of their own: which question a row asks or answers,
-- by which number, who is answered, for whom, X's own words, the page that was opened. These are
-- the last lines that know how such texts were made.

ALTER TABLE outbox ADD COLUMN question_id TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN number INTEGER;
ALTER TABLE outbox ADD COLUMN target_author TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN guest_id TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN guest_name TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN said TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN page TEXT NOT NULL DEFAULT '';

-- "q:" and the id, which may have colons itself.
UPDATE outbox SET question_id = substr(slot, 3) WHERE kind = 'question' AND slot GLOB 'q:*';

-- "Q3".
UPDATE outbox SET number = nullif(CAST(substr(label, 2) AS INTEGER), 0)
WHERE kind = 'question' AND label GLOB 'Q[0-9]*' AND substr(label, 2) NOT GLOB '*[^0-9]*'
  AND length(label) < 6;

-- "@name".
UPDATE outbox SET target_author = ltrim(label, '@') WHERE kind IN ('reply', 'repost');

-- "guest:", the id of the guest, that of the question and that of the answer. Where there are more
-- colons they are those of the question: the other two ids were made here.
UPDATE outbox SET
    guest_name = label,
    guest_id = substr(slot, 7, instr(substr(slot, 7), ':') - 1),
    question_id = substr(slot, 7 + instr(substr(slot, 7), ':'))
WHERE kind = 'guest_answer' AND slot LIKE 'guest:%:%:%';
UPDATE outbox SET question_id = rtrim(rtrim(question_id, replace(question_id, ':', '')), ':')
WHERE kind = 'guest_answer';

-- The page stood where the log has its details.
UPDATE outbox SET page = detail, detail = '' WHERE detail LIKE 'https://%';

-- "403 title, about:blank, more": without the status, and without what only points elsewhere.
UPDATE outbox SET said = (
    WITH RECURSIVE cut (word, rest) AS (
        SELECT '', CASE WHEN detail GLOB '[0-9][0-9][0-9]*' THEN ltrim(substr(detail, 4))
                        ELSE detail END || ', '
        UNION ALL
        SELECT substr(rest, 1, instr(rest, ', ') - 1), substr(rest, instr(rest, ', ') + 2)
        FROM cut WHERE rest <> ''
    )
    SELECT coalesce(group_concat(word, ' · '), '') FROM cut
    WHERE word <> '' AND word NOT LIKE 'about:%' AND word NOT LIKE 'http%'
)
WHERE state = 'failed' AND detail <> '';

ALTER TABLE outbox DROP COLUMN label;
UPDATE outbox SET seal = 'unsealed';
