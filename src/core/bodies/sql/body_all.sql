-- body_all.sql: every body that still stands on a day, by position.
-- In   :on text
-- Out  body_id int, code text, name text, kind text, area_id int, seat_id int?, seat_lat real?, seat_lon real?,
--      is_lead int, is_complete int, note_it text, note_en text, valid_to text, successor_code text
-- Gives many
SELECT body_id, code, name, kind, area_id, seat_id, seat_lat, seat_lon, is_lead, is_complete, note_it,
       note_en, valid_to, successor_code
  FROM body
 WHERE valid_to >= :on ORDER BY position, code
