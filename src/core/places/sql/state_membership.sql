-- state_membership.sql: two numbers that differ when a membership has come, gone or changed.
-- Out  n int, total int
-- Gives one
SELECT count(*) AS n,
       CAST(COALESCE(SUM(membership_id * 3 + area_id * 5 + in_id * 7 + is_hidden * 11
            + CASE WHEN valid_to < '9999' THEN membership_id * 13 ELSE 0 END
            + CASE WHEN valid_from = '' THEN membership_id * 17 ELSE 0 END), 0) AS INTEGER) AS total
  FROM place_membership
