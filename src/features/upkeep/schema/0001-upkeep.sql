-- How each entry of the catalogue stands with its upkeep. Bodies and entries only: no persons anywhere here.
CREATE TABLE upkeep_service (
    service_id BIGINT PRIMARY KEY REFERENCES catalogue_service (service_id), -- public
    organisation_id BIGINT NOT NULL REFERENCES organisation (organisation_id), -- public
    body_id BIGINT NOT NULL, -- public
    district_id BIGINT NOT NULL, -- public
    is_shown BIGINT NOT NULL CHECK (is_shown IN (0, 1)), -- public
    rhythm_months BIGINT NOT NULL CHECK (rhythm_months IN (1, 3, 6, 12)), -- public
    due_on TEXT NOT NULL, -- public
    state TEXT NOT NULL CHECK (state IN ('kept', 'asked', 'reminded', 'listed', 'sunk')), -- public
    waited BIGINT NOT NULL CHECK (waited >= 0), -- public
    n_calls BIGINT NOT NULL CHECK (n_calls >= 0), -- public
    called_on TEXT NOT NULL, -- public
    seen_confirmed_on TEXT NOT NULL, -- public
    listed_why TEXT NOT NULL CHECK (listed_why IN ('', 'silence', 'no-address', 'bounced')), -- public
    verified_on TEXT NOT NULL, -- public
    hidden_on TEXT NOT NULL, -- public
    hidden_why TEXT NOT NULL, -- public
    lasting BIGINT NOT NULL CHECK (lasting BETWEEN 0 AND 9000) -- public
);
CREATE INDEX upkeep_service_organisation ON upkeep_service (organisation_id);
CREATE INDEX upkeep_service_body ON upkeep_service (body_id, state);
CREATE INDEX upkeep_service_state ON upkeep_service (state, waited);
CREATE INDEX upkeep_service_due ON upkeep_service (due_on);
-- What is known of the mail of an organisation: an address given by telephone, the last mail and how it went.
CREATE TABLE upkeep_mailbox (
    organisation_id BIGINT PRIMARY KEY REFERENCES organisation (organisation_id), -- public
    email TEXT NOT NULL, -- public
    n_mails BIGINT NOT NULL, -- public
    since_mail BIGINT NOT NULL, -- public
    mail_key TEXT NOT NULL, -- public
    mail_state TEXT NOT NULL CHECK (mail_state IN ('', 'waiting', 'sent', 'bounced')), -- public
    mail_on TEXT NOT NULL, -- public
    mail_words TEXT NOT NULL, -- public
    sampled_month BIGINT NOT NULL -- public
);
-- The daily round: the day it was last made, up to which change of the catalogue it has seen.
CREATE TABLE upkeep_round (
    round_id BIGINT PRIMARY KEY CHECK (round_id = 1), -- public
    made_on TEXT NOT NULL, -- public
    change_no BIGINT NOT NULL, -- public
    n_rounds BIGINT NOT NULL, -- public
    note TEXT NOT NULL, -- public
    areas_sum BIGINT NOT NULL -- public
);
INSERT INTO upkeep_round (round_id, made_on, change_no, n_rounds, note, areas_sum) VALUES (1, '', 0, 0, '', 0);
-- What was done to an entry and how it stood before, so that it can be undone. Kept for a year.
CREATE TABLE upkeep_act (
    act_id {{id}}, -- public
    batch TEXT NOT NULL, -- public
    service_id BIGINT NOT NULL REFERENCES catalogue_service (service_id), -- public
    organisation_id BIGINT NOT NULL, -- public
    kind TEXT NOT NULL CHECK (kind IN ('confirmed', 'hidden', 'shown', 'checked')), -- public
    done_at BIGINT NOT NULL, -- public
    confirmed_on TEXT NOT NULL, -- public
    confirmed_how TEXT NOT NULL, -- public
    confirmed_by TEXT NOT NULL, -- public
    due_on TEXT NOT NULL, -- public
    state TEXT NOT NULL, -- public
    waited BIGINT NOT NULL, -- public
    verified_on TEXT NOT NULL, -- public
    service_state TEXT NOT NULL, -- public
    corrections TEXT NOT NULL, -- public
    is_undone BIGINT NOT NULL CHECK (is_undone IN (0, 1)) -- public
);
CREATE INDEX upkeep_act_batch ON upkeep_act (batch);
CREATE INDEX upkeep_act_done ON upkeep_act (done_at);
-- Time spent on upkeep, by body and month: nobody's in particular.
CREATE TABLE upkeep_minutes (
    organisation_id BIGINT NOT NULL, -- public
    month BIGINT NOT NULL, -- public
    seconds BIGINT NOT NULL, -- public
    PRIMARY KEY (organisation_id, month)
);
-- The monthly sample to be checked by telephone: drawn by its seed, so that it can be drawn again.
CREATE TABLE upkeep_sample (
    month BIGINT PRIMARY KEY, -- public
    seed BIGINT NOT NULL, -- public
    drawn_on TEXT NOT NULL, -- public
    n_shown BIGINT NOT NULL -- public
);
CREATE TABLE upkeep_check (
    month BIGINT NOT NULL REFERENCES upkeep_sample (month), -- public
    service_id BIGINT NOT NULL REFERENCES catalogue_service (service_id), -- public
    organisation_id BIGINT NOT NULL, -- public
    body_id BIGINT NOT NULL, -- public
    district_id BIGINT NOT NULL, -- public
    outcome TEXT NOT NULL CHECK (outcome IN ('', 'right', 'wrong', 'nobody')), -- public
    wrong TEXT NOT NULL, -- public
    n_calls BIGINT NOT NULL, -- public
    checked_on TEXT NOT NULL, -- public
    PRIMARY KEY (month, service_id)
);
CREATE INDEX upkeep_check_body ON upkeep_check (body_id, outcome);
-- "Qualcosa non e' giusto?": no name, no address, the day alone. The words go when it has been closed for 90 days.
CREATE TABLE upkeep_correction (
    correction_id {{id}}, -- public
    service_id BIGINT NOT NULL REFERENCES catalogue_service (service_id), -- public
    what TEXT NOT NULL CHECK (what IN ('phone', 'hours', 'address', 'cost', 'gone', 'other')), -- public
    words TEXT NOT NULL, -- personal
    nonce TEXT NOT NULL UNIQUE, -- personal
    hour_at BIGINT NOT NULL, -- personal
    received_on TEXT NOT NULL, -- public
    outcome TEXT NOT NULL CHECK (outcome IN ('', 'mended', 'right')), -- public
    closed_on TEXT NOT NULL -- public
);
CREATE INDEX upkeep_correction_service ON upkeep_correction (service_id, outcome);
CREATE INDEX upkeep_correction_hour ON upkeep_correction (hour_at);
