-- membership_add.sql: one area lies in another.
-- In   :area_id int, :in_id int, :in_kind text, :valid_from text, :valid_to text, :as_of text, :evidence text, :source_id int, :is_import int, :is_hidden int
-- Gives none
INSERT INTO place_membership (area_id, in_id, in_kind, valid_from, valid_to, as_of, evidence,
                              source_id, is_import, is_hidden)
VALUES (:area_id, :in_id, :in_kind, :valid_from, :valid_to, :as_of, :evidence, :source_id,
        :is_import, :is_hidden)
