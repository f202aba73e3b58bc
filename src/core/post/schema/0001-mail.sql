-- Mails to be sent and sent. Addresses are of desks, but a desk may have written a person's.
CREATE TABLE post_mail (
    mail_id {{id}}, -- public
    key TEXT NOT NULL UNIQUE, -- public: never a person
    address TEXT NOT NULL, -- personal
    subject TEXT NOT NULL, -- personal
    body TEXT NOT NULL, -- special: it may hold a key; empty once it was sent, or a week after it failed
    reply_to TEXT NOT NULL, -- personal
    unsubscribe TEXT NOT NULL, -- special: the same
    organisation_id BIGINT NOT NULL, -- public: 0: none
    message_id TEXT NOT NULL, -- public
    state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'bounced', 'given-up', 'dropped')), -- public
    put_at BIGINT NOT NULL, -- public
    due_at BIGINT NOT NULL, -- public
    first_try_at BIGINT NOT NULL, -- public: 0: not tried yet
    ended_at BIGINT NOT NULL, -- public: 0: it waits
    tries BIGINT NOT NULL, -- public
    words TEXT NOT NULL -- personal: of the last refusal; servers like to repeat the address
);
CREATE INDEX post_mail_due ON post_mail (state, due_at);
CREATE INDEX post_mail_organisation ON post_mail (organisation_id, mail_id);
CREATE INDEX post_mail_ended ON post_mail (ended_at);
-- Addresses that a server has refused for good.
CREATE TABLE post_mark (
    address TEXT NOT NULL PRIMARY KEY, -- personal: in small letters
    marked_at BIGINT NOT NULL, -- public
    words TEXT NOT NULL -- personal
);
