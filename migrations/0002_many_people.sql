-- Many people: accounts that end, keys, a sealed log, edits that don't overwrite each other, and
-- the end of a case's retention.

ALTER TABLE user ADD COLUMN active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1));

-- NULLs differ in a UNIQUE constraint: a role without a unit could stand there twice.
DELETE FROM user_role WHERE rowid NOT IN (
	SELECT min(rowid) FROM user_role GROUP BY user_id, role, coalesce(unit_id, 0));
CREATE UNIQUE INDEX user_role_once ON user_role (user_id, role, coalesce(unit_id, 0));

-- Public keys, by which sshd knows a person.
CREATE TABLE user_key (
	id INTEGER PRIMARY KEY,
	user_id INTEGER NOT NULL REFERENCES user(id),
	type TEXT NOT NULL, -- 'ssh-ed25519'
	key TEXT NOT NULL UNIQUE, -- base64
	fingerprint TEXT NOT NULL UNIQUE, -- 'SHA256:...'
	comment TEXT,
	added_at INTEGER NOT NULL
) STRICT;
CREATE INDEX user_key_by_user ON user_key (user_id);

-- A revision grows with each edit: who began from an older one is told.
ALTER TABLE unit ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;
ALTER TABLE unit ADD COLUMN changed_by INTEGER REFERENCES user(id);
ALTER TABLE unit ADD COLUMN changed_at INTEGER;
ALTER TABLE meeting_record ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;
ALTER TABLE case_ref ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;
ALTER TABLE case_ref ADD COLUMN changed_by INTEGER REFERENCES user(id);
ALTER TABLE case_ref ADD COLUMN changed_at INTEGER;

-- The run of the program that holds the time: a hold ends with it.
ALTER TABLE meeting ADD COLUMN hold_writer TEXT;

-- When names, numbers and free text were taken out of a closed case.
ALTER TABLE case_ref ADD COLUMN purged_at INTEGER;
CREATE INDEX case_unpurged ON case_ref (closed_at) WHERE closed_at IS NOT NULL AND purged_at IS NULL;

-- Who looked at, changed, was refused or gave out what. It only grows, and every row is sealed with
-- the one before (store/log_store.h says how). Logins and codes stand in it as they were then.
CREATE TABLE access_log_sealed (
	id INTEGER PRIMARY KEY,
	at INTEGER NOT NULL,
	clock_fixed INTEGER NOT NULL CHECK (clock_fixed IN (0, 1)), -- KUTSU_NOW was set
	user_id INTEGER REFERENCES user(id), -- NULL: no user of this database
	login TEXT NOT NULL, -- as whom
	account TEXT NOT NULL, -- the operating system's account whose process it was
	origin TEXT, -- the address it came from by ssh; NULL: at the host
	role TEXT, -- by which it was allowed
	use_case TEXT NOT NULL,
	outcome TEXT NOT NULL CHECK (outcome IN ('done', 'refused')),
	case_id INTEGER REFERENCES case_ref(id),
	case_code TEXT,
	detail TEXT,
	reason TEXT, -- why, in the user's words, where it was asked
	basis TEXT, -- of a disclosure
	recipient TEXT, -- of a disclosure
	hash BLOB NOT NULL CHECK (length(hash) IN (0, 32)) -- empty only while this file is applied
) STRICT;
INSERT INTO access_log_sealed (id, at, clock_fixed, user_id, login, account, use_case, outcome,
	case_id, case_code, detail, hash)
SELECT l.id, l.at, l.clock_fixed, l.user_id, u.login, u.login, l.use_case, 'done', l.case_id, c.code,
	l.detail, x''
FROM access_log l JOIN user u ON u.id = l.user_id LEFT JOIN case_ref c ON c.id = l.case_id
ORDER BY l.id;
DROP TABLE access_log;
ALTER TABLE access_log_sealed RENAME TO access_log;
CREATE INDEX access_log_by_case ON access_log (case_id);
CREATE INDEX access_log_by_login ON access_log (login, at);
CREATE INDEX access_log_by_time ON access_log (at);

-- The last row's number and seal: also a log cut short at its end is noticed.
CREATE TABLE access_log_head (
	only INTEGER PRIMARY KEY CHECK (only = 1),
	id INTEGER NOT NULL,
	hash BLOB NOT NULL
) STRICT;
INSERT INTO access_log_head (only, id, hash)
SELECT 1, coalesce(max(id), 0), zeroblob(32) FROM access_log;

CREATE TRIGGER access_log_stays BEFORE UPDATE ON access_log
WHEN length(OLD.hash) = 32
BEGIN
	SELECT RAISE(ABORT, 'kutsu: the log only grows');
END;

-- REPLACE deletes without firing the trigger below.
CREATE TRIGGER access_log_appends BEFORE INSERT ON access_log
WHEN length(NEW.hash) <> 32 OR EXISTS (SELECT 1 FROM access_log WHERE id = NEW.id)
BEGIN
	SELECT RAISE(ABORT, 'kutsu: the log only grows');
END;

CREATE TRIGGER access_log_keeps BEFORE DELETE ON access_log
BEGIN
	SELECT RAISE(ABORT, 'kutsu: the log only grows');
END;
