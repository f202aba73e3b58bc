-- body_put.sql: a body as the reference says it is, found again by its code.
-- In   :code text, :name text, :name_folded text, :kind text, :position int, :area_id int, :seat_id int?,
--      :seat_lat real?, :seat_lon real?, :is_lead int, :is_complete int, :note_it text, :note_en text,
--      :valid_to text, :successor_code text
-- Gives none
INSERT INTO body (code, name, name_folded, kind, position, area_id, seat_id, seat_lat, seat_lon, is_lead,
                  is_complete, note_it, note_en, valid_to, successor_code)
VALUES (:code, :name, :name_folded, :kind, :position, :area_id, :seat_id, :seat_lat, :seat_lon, :is_lead,
        :is_complete, :note_it, :note_en, :valid_to, :successor_code)
ON CONFLICT (code) DO UPDATE SET name = excluded.name, name_folded = excluded.name_folded,
    kind = excluded.kind, position = excluded.position, area_id = excluded.area_id,
    seat_id = excluded.seat_id, seat_lat = excluded.seat_lat, seat_lon = excluded.seat_lon,
    is_lead = excluded.is_lead, is_complete = excluded.is_complete, note_it = excluded.note_it,
    note_en = excluded.note_en, valid_to = excluded.valid_to, successor_code = excluded.successor_code
