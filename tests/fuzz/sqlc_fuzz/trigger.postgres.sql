CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.v := to_tsvector(NEW.a); RETURN NEW; END $$;
