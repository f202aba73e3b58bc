-- Work to be done later. A row goes when it is done, but for what runs by itself.
CREATE TABLE job (
    job_id {{id}}, -- public
    name TEXT NOT NULL, -- public
    key TEXT NOT NULL, -- public: which one of its kind, never a person
    run_at BIGINT NOT NULL, -- public: while it is at work, when it was asked for anew; far away when it was not
    lease BIGINT NOT NULL, -- public: a random number of who has it; 0: nobody
    lease_until BIGINT NOT NULL, -- public
    tries BIGINT NOT NULL, -- public: since it last went well
    last_error TEXT NOT NULL, -- public
    UNIQUE (name, key)
);
CREATE INDEX job_due ON job (run_at);
