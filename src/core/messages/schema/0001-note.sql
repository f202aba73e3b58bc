-- Notes of anybody to the keepers of the portal. No name, no address, no browser is kept.
CREATE TABLE messages_note (
    note_id {{id}}, -- public
    code TEXT NOT NULL UNIQUE, -- personal
    nonce TEXT NOT NULL UNIQUE, -- personal
    page TEXT NOT NULL, -- personal
    words TEXT NOT NULL, -- personal
    state TEXT NOT NULL CHECK (state IN ('received', 'read', 'answered')), -- public
    received_at BIGINT NOT NULL, -- personal
    read_on TEXT, -- public
    answered_on TEXT, -- public
    answer TEXT, -- personal
    CHECK ((state = 'answered') = (answer IS NOT NULL)),
    CHECK ((state = 'answered') = (answered_on IS NOT NULL))
);
CREATE INDEX messages_note_received ON messages_note (received_at);
