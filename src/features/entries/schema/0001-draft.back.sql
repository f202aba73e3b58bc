DROP TABLE entries_draft;
