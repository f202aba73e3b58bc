-- secret_put.sql: the address of a location that must stay secret; nothing reads it.
-- In   :location_id int, :address text
-- Gives none
INSERT INTO catalogue_secret (location_id, address)
VALUES (:location_id, :address)
ON CONFLICT (location_id) DO UPDATE SET address = excluded.address
