-- How a service stands with its confirmation: 0 fresh, 1 due, 2 to be reconfirmed ("telefona prima"): it sinks in lists.
-- Written by who keeps the rhythm (upkeep), read by who shows and orders.
ALTER TABLE catalogue_service ADD COLUMN due_state BIGINT NOT NULL DEFAULT 0 CHECK (due_state IN (0, 1, 2)); -- public
-- What other slices may read beside their own rows.
CREATE VIEW pub_catalogue_service AS
SELECT service_id, organisation_id, slug, name, state, needs, confirmed_on, initiative_year, is_demo, due_state, change_no
  FROM catalogue_service;
CREATE VIEW pub_catalogue_place AS
SELECT a.service_id, a.location_id, l.comune_id, l.lat, l.lon
  FROM catalogue_at a
  JOIN catalogue_location l ON l.location_id = a.location_id;
