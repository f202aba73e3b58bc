-- mail_move.sql: mails about one organisation become those of another.
-- In   :from_id int, :to_id int
-- Gives none
UPDATE post_mail SET organisation_id = :to_id WHERE organisation_id = :from_id
