-- What was reposted is read from the outbox, by what became of it; this was written by nobody.

ALTER TABLE post DROP COLUMN reposted;
