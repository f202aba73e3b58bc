-- service_touch_left.sql: entries whose last day, or whose free places, came or went between two days are
--    read again by whoever keeps an index: from that day on they are shown otherwise.
-- In   :ended_from text, :ended_before text, :places_from text, :places_before text, :change_no int, :changed_at int
-- Gives none
UPDATE catalogue_service
   SET change_no = :change_no, changed_at = :changed_at
 WHERE state = 'shown'
   AND ((ends_on >= :ended_from AND ends_on < :ended_before)
        OR (places_free IS NOT NULL AND places_on >= :places_from AND places_on < :places_before))
