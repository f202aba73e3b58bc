-- comune_put.sql: the codes of a comune.
-- In   :area_id int, :istat text, :belfiore text, :prov text
-- Gives none
INSERT INTO place_comune (area_id, istat, belfiore, prov)
VALUES (:area_id, :istat, :belfiore, :prov)
ON CONFLICT (area_id) DO UPDATE
   SET istat = excluded.istat, belfiore = excluded.belfiore, prov = excluded.prov
