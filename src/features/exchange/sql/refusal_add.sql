-- refusal_add.sql: one refused row of the last pull.
-- In   :feed_id int, :position int, :row_no int, :field text, :message text, :value text
-- Gives none
INSERT INTO exchange_refusal (feed_id, position, row_no, field, message, value)
VALUES (:feed_id, :position, :row_no, :field, :message, :value)
