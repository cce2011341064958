-- What every service's database holds besides its own tables. {owner}, {app} and {sequencer} are role names.

CREATE TYPE uuidrange AS RANGE (subtype = uuid);

-- UUID version 7 for rows born in SQL; PostgreSQL 15 has no uuidv7().
CREATE FUNCTION uuid_v7() RETURNS uuid LANGUAGE sql VOLATILE AS $$
  SELECT encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
    PLACING substring(int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3) FROM 1 FOR 6),
    52, 1), 53, 1), 'hex')::uuid
$$;

-- The version an ETag is made of.
CREATE FUNCTION next_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.version := OLD.version + 1;
  RETURN NEW;
END $$;

-- Recorded time: the row as it was before each change, by whom it was changed and when.
CREATE TABLE row_history (
  id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT pk_row_history PRIMARY KEY,
  table_name text NOT NULL,
  row_id text NOT NULL,
  division text,
  kindergarten uuid,
  operation text NOT NULL CONSTRAINT ck_row_history_operation CHECK (operation IN ('UPDATE', 'DELETE')),
  actor text NOT NULL,
  recorded_until timestamptz NOT NULL DEFAULT clock_timestamp(),
  before jsonb NOT NULL
);
CREATE INDEX ix_row_history_row ON row_history (table_name, row_id, id);

CREATE FUNCTION keep_history() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE was jsonb := to_jsonb(OLD);
BEGIN
  INSERT INTO row_history (table_name, row_id, division, kindergarten, operation, actor, before)
  VALUES (TG_TABLE_NAME, coalesce(was->>'id', was->>TG_ARGV[0]), was->>'division', (was->>TG_ARGV[1])::uuid, TG_OP,
          coalesce(nullif(current_setting('app.actor', true), ''), session_user), was);
  RETURN NULL;
END $$;

-- Audit trail, change feed and outbox in one.
CREATE TABLE events (
  id uuid CONSTRAINT pk_events PRIMARY KEY DEFAULT uuid_v7(),
  seq bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT uq_events_seq UNIQUE,
  type text NOT NULL,
  subject text NOT NULL,
  division text NOT NULL,
  kindergarten uuid,
  actor text NOT NULL,
  trace text NOT NULL DEFAULT '',
  occurred_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  data json NOT NULL
);
CREATE INDEX ix_events_subject ON events (subject, seq);

CREATE TABLE event_queue (
  seq bigint CONSTRAINT pk_event_queue PRIMARY KEY,
  event uuid NOT NULL
);

CREATE TABLE event_positions (
  position bigint CONSTRAINT pk_event_positions PRIMARY KEY,
  event uuid NOT NULL CONSTRAINT uq_event_positions_event UNIQUE CONSTRAINT fk_event_positions_event REFERENCES events,
  hash bytea NOT NULL
);

CREATE FUNCTION queue_events() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO event_queue (seq, event) SELECT seq, id FROM fresh;
  PERFORM pg_notify('events', '');
  RETURN NULL;
END $$;
CREATE TRIGGER queue_events AFTER INSERT ON events REFERENCING NEW TABLE AS fresh
  FOR EACH STATEMENT EXECUTE FUNCTION queue_events();

CREATE FUNCTION event_digest(previous bytea, place bigint, e events) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
  SELECT sha256(previous || convert_to(concat_ws(E'\n', place::text, e.id::text, e.type, e.subject, e.division,
    coalesce(e.kindergarten::text, ''), e.actor, e.trace,
    to_char(e.occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), e.data::text), 'UTF8'))
$$;

-- Numbers committed events and chains their hashes in one pass; writers never wait for it.
CREATE FUNCTION sequence_events(most integer DEFAULT 2000) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  place bigint;
  previous bytea;
  each events;
  numbered bigint := 0;
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtext('sequence_events')) THEN RETURN NULL; END IF;
  SELECT position, hash INTO place, previous FROM event_positions ORDER BY position DESC LIMIT 1;
  place := coalesce(place, 0);
  previous := coalesce(previous, ''::bytea);
  FOR each IN
    WITH taken AS (
      DELETE FROM event_queue WHERE seq IN (SELECT seq FROM event_queue ORDER BY seq LIMIT most) RETURNING event)
    SELECT e.* FROM taken JOIN events e ON e.id = taken.event ORDER BY e.seq
  LOOP
    place := place + 1;
    previous := event_digest(previous, place, each);
    INSERT INTO event_positions (position, event, hash) VALUES (place, each.id, previous);
    numbered := numbered + 1;
  END LOOP;
  IF numbered > 0 THEN PERFORM pg_notify('positions', place::text); END IF;
  RETURN numbered;
END $$;

-- Recomputes the chain; a row for every position that does not hold, and for every event that lost its own.
CREATE FUNCTION verify_events() RETURNS TABLE (place bigint, event uuid, fault text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT c.position, c.event,
         CASE WHEN c.id IS NULL THEN 'event missing'
              WHEN c.position <> c.expected THEN 'position missing before'
              ELSE 'content differs from its hash' END
  FROM (SELECT p.position, p.event, e.id, coalesce(lag(p.position) OVER w, 0) + 1 AS expected, p.hash,
               event_digest(coalesce(lag(p.hash) OVER w, ''::bytea), p.position, e) AS computed
        FROM event_positions p LEFT JOIN events e ON e.id = p.event
        WINDOW w AS (ORDER BY p.position)) c
  WHERE c.id IS NULL OR c.position <> c.expected OR c.hash <> c.computed
  UNION ALL
  SELECT 0, e.id, 'event without a position' FROM events e
  WHERE NOT EXISTS (SELECT FROM event_positions p WHERE p.event = e.id)
    AND NOT EXISTS (SELECT FROM event_queue q WHERE q.seq = e.seq)
  ORDER BY 1
$$;

CREATE TABLE idempotency_keys (
  actor text NOT NULL,
  key text NOT NULL,
  request bytea NOT NULL,
  status integer,
  headers jsonb,
  body bytea,
  claimed_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT pk_idempotency_keys PRIMARY KEY (actor, key)
);
CREATE INDEX ix_idempotency_keys_claimed_at ON idempotency_keys (claimed_at);

-- A key is remembered for a week; nobody retries after that.
CREATE FUNCTION forget_old_keys() RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH gone AS (DELETE FROM idempotency_keys WHERE claimed_at < now() - interval '7 days' RETURNING 1)
  SELECT count(*) FROM gone
$$;

-- Where a consumer of another service's feed stands.
CREATE TABLE feed_cursors (
  feed text CONSTRAINT pk_feed_cursors PRIMARY KEY,
  position bigint NOT NULL DEFAULT 0,
  moved_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE jobs (
  id uuid CONSTRAINT pk_jobs PRIMARY KEY DEFAULT uuid_v7(),
  kind text NOT NULL,
  division text NOT NULL,
  kindergarten uuid,
  actor text NOT NULL,
  scope jsonb NOT NULL,
  arguments jsonb NOT NULL DEFAULT '{{}}',
  status text NOT NULL DEFAULT 'queued'
    CONSTRAINT ck_jobs_status CHECK (status IN ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
  done bigint NOT NULL DEFAULT 0,
  total bigint,
  message text NOT NULL DEFAULT '',
  checkpoint jsonb NOT NULL DEFAULT '{{}}',
  result jsonb,
  cancel_requested boolean NOT NULL DEFAULT false,
  attempts integer NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL DEFAULT now(),
  started_at timestamptz,
  finished_at timestamptz
);
CREATE INDEX ix_jobs_created ON jobs (created_at, id);

CREATE TABLE codes (
  list text NOT NULL,
  code text NOT NULL,
  label_zh text NOT NULL,
  label_en text NOT NULL,
  national_standard text NOT NULL DEFAULT '',
  national_code text NOT NULL DEFAULT '',
  since date NOT NULL DEFAULT '1900-01-01',
  until date,
  source text NOT NULL DEFAULT '',
  place integer NOT NULL DEFAULT 0,
  CONSTRAINT pk_codes PRIMARY KEY (list, code)
);

-- Who looked at protected personal data, and why.
CREATE TABLE access_log (
  id uuid CONSTRAINT pk_access_log PRIMARY KEY DEFAULT uuid_v7(),
  actor text NOT NULL,
  purpose text NOT NULL,
  subject text NOT NULL,
  fields text[] NOT NULL,
  division text NOT NULL,
  kindergarten uuid,
  trace text NOT NULL DEFAULT '',
  at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ix_access_log_subject ON access_log (subject, at);

-- Scope. Events and history are read in scope; writing them is our own code's business.
ALTER TABLE events ENABLE ROW LEVEL SECURITY;
ALTER TABLE events FORCE ROW LEVEL SECURITY;
CREATE POLICY events_read ON events FOR SELECT TO {app} USING {scope};
CREATE POLICY events_write ON events FOR INSERT TO {app} WITH CHECK (true);
CREATE POLICY events_sequence ON events FOR SELECT TO {sequencer} USING (true);
ALTER TABLE row_history ENABLE ROW LEVEL SECURITY;
ALTER TABLE row_history FORCE ROW LEVEL SECURITY;
CREATE POLICY row_history_read ON row_history FOR SELECT TO {app} USING {scope};
CREATE POLICY row_history_write ON row_history FOR INSERT TO {owner} WITH CHECK (true);
ALTER TABLE access_log ENABLE ROW LEVEL SECURITY;
ALTER TABLE access_log FORCE ROW LEVEL SECURITY;
CREATE POLICY access_log_read ON access_log FOR SELECT TO {app} USING {scope};
CREATE POLICY access_log_write ON access_log FOR INSERT TO {app} WITH CHECK (true);
ALTER TABLE idempotency_keys ENABLE ROW LEVEL SECURITY;
ALTER TABLE idempotency_keys FORCE ROW LEVEL SECURITY;
CREATE POLICY own_keys ON idempotency_keys TO {app} USING (actor = (SELECT current_setting('app.actor', true)));
CREATE POLICY old_keys ON idempotency_keys TO {sequencer} USING (claimed_at < now() - interval '7 days');
ALTER TABLE jobs ENABLE ROW LEVEL SECURITY;
ALTER TABLE jobs FORCE ROW LEVEL SECURITY;
CREATE POLICY jobs_in_scope ON jobs TO {app} USING {scope};

GRANT SELECT, INSERT ON events, access_log TO {app};
GRANT SELECT ON row_history, event_positions TO {app};
GRANT SELECT, INSERT, UPDATE, DELETE ON idempotency_keys TO {app};
GRANT SELECT, INSERT, UPDATE ON feed_cursors, jobs TO {app};
GRANT SELECT ON codes TO {app};
GRANT SELECT ON events TO {sequencer};
GRANT SELECT, INSERT ON event_positions TO {sequencer};
GRANT SELECT, INSERT, DELETE ON event_queue TO {sequencer};
GRANT SELECT, DELETE ON idempotency_keys TO {sequencer};
GRANT USAGE ON TYPE uuidrange TO {app};

-- Each function that steps over the scope belongs to a role that can do nothing else.
GRANT CREATE ON SCHEMA public TO {sequencer};
ALTER FUNCTION queue_events() OWNER TO {sequencer};
ALTER FUNCTION sequence_events(integer) OWNER TO {sequencer};
ALTER FUNCTION verify_events() OWNER TO {sequencer};
ALTER FUNCTION forget_old_keys() OWNER TO {sequencer};
REVOKE CREATE ON SCHEMA public FROM {sequencer};
REVOKE EXECUTE ON FUNCTION sequence_events(integer), verify_events(), forget_old_keys() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sequence_events(integer), verify_events(), forget_old_keys() TO {app};
