-- From the ringing phone to the follow-up.
--
-- A ..._day is days since 1970-01-01, a ..._minute minutes since midnight, both on the wall clock
-- of the installation's zone. An ..._at is seconds since the epoch, UTC.

CREATE TABLE setting (
	name TEXT PRIMARY KEY,
	value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE user (
	id INTEGER PRIMARY KEY,
	login TEXT NOT NULL UNIQUE,
	title TEXT -- a role title, no name
) STRICT;

CREATE TABLE user_role (
	user_id INTEGER NOT NULL REFERENCES user(id),
	role TEXT NOT NULL,
	unit_id INTEGER REFERENCES unit(id), -- a contact's unit
	UNIQUE (user_id, role, unit_id)
) STRICT;

CREATE TABLE municipality (
	name TEXT PRIMARY KEY,
	area TEXT,
	population INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE unit (
	id INTEGER PRIMARY KEY,
	code TEXT NOT NULL UNIQUE COLLATE NOCASE,
	name TEXT NOT NULL,
	sector TEXT NOT NULL,
	area TEXT,
	municipality TEXT,
	school_based INTEGER NOT NULL DEFAULT 0 CHECK (school_based IN (0, 1)),
	email TEXT,
	phone TEXT,
	active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1))
) STRICT;

-- A hole in the calendar, as promised. Fortnights and months count from from_day.
CREATE TABLE slot (
	id INTEGER PRIMARY KEY,
	unit_id INTEGER NOT NULL REFERENCES unit(id),
	weekday INTEGER NOT NULL CHECK (weekday BETWEEN 1 AND 7), -- 1 is Monday
	start_minute INTEGER NOT NULL CHECK (start_minute >= 0),
	end_minute INTEGER NOT NULL CHECK (end_minute > start_minute AND end_minute <= 1440),
	repeat TEXT NOT NULL CHECK (repeat IN ('weekly', 'fortnightly', 'monthly')),
	from_day INTEGER,
	until_day INTEGER, -- the last day; may lie before from_day: never in force
	capacity INTEGER NOT NULL DEFAULT 1 CHECK (capacity BETWEEN 1 AND 100),
	ready_person TEXT,
	deputy TEXT,
	place TEXT,
	CHECK (repeat = 'weekly' OR (from_day IS NOT NULL AND (from_day + 3) % 7 + 1 = weekday))
) STRICT;
CREATE INDEX slot_by_unit ON slot (unit_id);

CREATE TABLE closing (
	id INTEGER PRIMARY KEY,
	unit_id INTEGER NOT NULL REFERENCES unit(id),
	from_day INTEGER NOT NULL,
	until_day INTEGER NOT NULL CHECK (until_day >= from_day),
	reason TEXT
) STRICT;
CREATE INDEX closing_by_unit ON closing (unit_id, until_day);

-- An extra hole: open whatever else is closed that day.
CREATE TABLE opening (
	id INTEGER PRIMARY KEY,
	unit_id INTEGER NOT NULL REFERENCES unit(id),
	day INTEGER NOT NULL,
	start_minute INTEGER NOT NULL CHECK (start_minute >= 0),
	end_minute INTEGER NOT NULL CHECK (end_minute > start_minute AND end_minute <= 1440)
) STRICT;
CREATE INDEX opening_by_unit ON opening (unit_id, day);

CREATE TABLE school_break (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL,
	from_day INTEGER NOT NULL,
	until_day INTEGER NOT NULL CHECK (until_day >= from_day),
	municipality TEXT -- NULL: everywhere
) STRICT;

CREATE TABLE case_ref (
	id INTEGER PRIMARY KEY,
	year INTEGER NOT NULL,
	number INTEGER NOT NULL,
	code TEXT NOT NULL UNIQUE, -- '2026-0147'
	opened_at INTEGER NOT NULL,
	closed_at INTEGER,
	closed_reason TEXT,
	child TEXT, -- initials or a first name
	birth_year INTEGER,
	municipality TEXT,
	language TEXT,
	interpreter TEXT,
	nondisclosure INTEGER NOT NULL DEFAULT 0 CHECK (nondisclosure IN (0, 1)),
	not_weekdays INTEGER NOT NULL DEFAULT 0, -- bit 1 << weekday
	not_before_minute INTEGER NOT NULL DEFAULT 0,
	not_after_minute INTEGER NOT NULL DEFAULT 1440,
	UNIQUE (year, number),
	CHECK ((closed_at IS NULL) = (closed_reason IS NULL))
) STRICT;
CREATE INDEX case_open ON case_ref (opened_at) WHERE closed_at IS NULL;
CREATE INDEX case_by_opening ON case_ref (opened_at);

CREATE TABLE everyday_adult (
	case_id INTEGER NOT NULL REFERENCES case_ref(id),
	position INTEGER NOT NULL,
	who TEXT NOT NULL,
	PRIMARY KEY (case_id, position)
) STRICT, WITHOUT ROWID;

-- The units a case needs, whether or not a time was found for them.
CREATE TABLE needed_unit (
	case_id INTEGER NOT NULL REFERENCES case_ref(id),
	unit_id INTEGER NOT NULL REFERENCES unit(id),
	PRIMARY KEY (case_id, unit_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE call (
	id INTEGER PRIMARY KEY,
	case_id INTEGER REFERENCES case_ref(id),
	received_at INTEGER NOT NULL,
	source TEXT NOT NULL,
	caller TEXT,
	phone TEXT,
	concern TEXT,
	outcome TEXT NOT NULL CHECK (outcome IN ('meeting', 'advice', 'discussion', 'notification')),
	taken_by INTEGER NOT NULL REFERENCES user(id),
	CHECK ((outcome = 'meeting') = (case_id IS NOT NULL)),
	-- A duty to notify leaves the source, the time and the outcome only.
	CHECK (outcome <> 'notification' OR (caller IS NULL AND phone IS NULL AND concern IS NULL))
) STRICT;
CREATE INDEX call_by_case ON call (case_id, received_at);
CREATE INDEX call_by_time ON call (received_at);

-- Words by which a case is found: folded, of its code, child, municipality, callers and concerns.
CREATE TABLE case_word (
	word TEXT NOT NULL,
	case_id INTEGER NOT NULL REFERENCES case_ref(id),
	PRIMARY KEY (word, case_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE consent (
	id INTEGER PRIMARY KEY,
	case_id INTEGER NOT NULL REFERENCES case_ref(id),
	unit_id INTEGER NOT NULL REFERENCES unit(id),
	given_by TEXT NOT NULL,
	how TEXT,
	given_at INTEGER NOT NULL,
	withdrawn_at INTEGER
) STRICT;
CREATE UNIQUE INDEX consent_in_force ON consent (case_id, unit_id) WHERE withdrawn_at IS NULL;
CREATE INDEX consent_by_case ON consent (case_id);

CREATE TABLE meeting (
	id INTEGER PRIMARY KEY,
	case_id INTEGER REFERENCES case_ref(id),
	kind TEXT NOT NULL CHECK (kind IN ('invited', 'follow_up')),
	day INTEGER NOT NULL,
	start_minute INTEGER NOT NULL CHECK (start_minute >= 0),
	end_minute INTEGER NOT NULL CHECK (end_minute > start_minute AND end_minute <= 1440),
	place TEXT,
	status TEXT NOT NULL CHECK (status IN ('hold', 'booked', 'recorded', 'cancelled')),
	uid TEXT NOT NULL UNIQUE,
	sequence INTEGER NOT NULL DEFAULT 0,
	booked_by INTEGER NOT NULL REFERENCES user(id),
	changed_at INTEGER NOT NULL,
	hold_until INTEGER,
	cancelled_reason TEXT,
	CHECK (status = 'hold' OR case_id IS NOT NULL),
	CHECK ((status = 'hold') = (hold_until IS NOT NULL))
) STRICT;
CREATE INDEX meeting_by_day ON meeting (day, start_minute);
CREATE INDEX meeting_by_case ON meeting (case_id, day);
CREATE INDEX meeting_unrecorded ON meeting (day) WHERE status = 'booked';
CREATE INDEX meeting_held ON meeting (hold_until) WHERE status = 'hold';

CREATE TABLE meeting_unit (
	meeting_id INTEGER NOT NULL REFERENCES meeting(id) ON DELETE CASCADE,
	unit_id INTEGER NOT NULL REFERENCES unit(id),
	position INTEGER NOT NULL,
	attended INTEGER CHECK (attended IN (0, 1)),
	PRIMARY KEY (meeting_id, unit_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX meeting_unit_by_unit ON meeting_unit (unit_id, meeting_id);

-- Nothing is double-booked, whoever writes: at no minute of a meeting does one of its units have
-- more meetings than its slots and extra openings hold. What a slot holds on a day follows from its
-- weekday, validity and repeat; that a day is closed (holiday, break, closing) is not asked here,
-- since a promise may be withdrawn from under a booking and then a person decides.

CREATE VIEW occupation AS
SELECT mu.unit_id, m.id AS meeting_id, m.day, m.start_minute, m.end_minute,
       m.status = 'hold' AS is_hold, m.hold_until
FROM meeting_unit mu JOIN meeting m ON m.id = mu.meeting_id
WHERE m.status <> 'cancelled';

-- The minutes at which a meeting may come to have too little room: its start, another's start in
-- it, and the end in it of a slot or an extra opening.
CREATE VIEW meeting_minute AS
SELECT meeting_id, unit_id, day, start_minute AS minute FROM occupation
UNION ALL
SELECT a.meeting_id, a.unit_id, a.day, b.start_minute
FROM occupation a JOIN occupation b ON b.unit_id = a.unit_id AND b.day = a.day
WHERE b.start_minute > a.start_minute AND b.start_minute < a.end_minute
UNION ALL
SELECT a.meeting_id, a.unit_id, a.day, s.end_minute
FROM occupation a JOIN slot s ON s.unit_id = a.unit_id AND s.weekday = (a.day + 3) % 7 + 1
WHERE s.end_minute > a.start_minute AND s.end_minute < a.end_minute
UNION ALL
SELECT a.meeting_id, a.unit_id, a.day, o.end_minute
FROM occupation a JOIN opening o ON o.unit_id = a.unit_id AND o.day = a.day
WHERE o.end_minute > a.start_minute AND o.end_minute < a.end_minute;

CREATE VIEW meeting_without_room AS
SELECT mm.meeting_id, mm.unit_id
FROM meeting_minute mm
WHERE (
	SELECT count(*)
	FROM meeting_unit mu JOIN meeting m ON m.id = mu.meeting_id
	WHERE mu.unit_id = mm.unit_id AND m.day = mm.day AND m.status <> 'cancelled'
	  AND m.start_minute <= mm.minute AND mm.minute < m.end_minute
) > (
	SELECT coalesce(sum(s.capacity), 0)
	FROM slot s
	WHERE s.unit_id = mm.unit_id AND s.weekday = (mm.day + 3) % 7 + 1
	  AND s.start_minute <= mm.minute AND mm.minute < s.end_minute
	  AND mm.day >= coalesce(s.from_day, mm.day) AND mm.day <= coalesce(s.until_day, mm.day)
	  AND CASE s.repeat
		WHEN 'weekly' THEN 1
		WHEN 'fortnightly' THEN (mm.day - s.from_day) % 14 = 0
		ELSE (CAST(strftime('%d', mm.day * 86400, 'unixepoch') AS INTEGER) - 1) / 7
		   = (CAST(strftime('%d', s.from_day * 86400, 'unixepoch') AS INTEGER) - 1) / 7
	      END
) + (
	SELECT count(*)
	FROM opening o
	WHERE o.unit_id = mm.unit_id AND o.day = mm.day
	  AND o.start_minute <= mm.minute AND mm.minute < o.end_minute
);

CREATE TRIGGER meeting_unit_has_room AFTER INSERT ON meeting_unit
BEGIN
	SELECT RAISE(ABORT, 'kutsu: no room')
	WHERE EXISTS (SELECT 1 FROM meeting_without_room
		WHERE meeting_id = NEW.meeting_id AND unit_id = NEW.unit_id);
END;

CREATE TRIGGER meeting_unit_stays BEFORE UPDATE OF meeting_id, unit_id ON meeting_unit
BEGIN
	SELECT RAISE(ABORT, 'kutsu: a meeting''s unit is taken off and added, not changed');
END;

-- Its units may be there already, where foreign keys are off.
CREATE TRIGGER meeting_begins_with_room AFTER INSERT ON meeting
WHEN NEW.status <> 'cancelled'
BEGIN
	SELECT RAISE(ABORT, 'kutsu: no room')
	WHERE EXISTS (SELECT 1 FROM meeting_without_room WHERE meeting_id = NEW.id);
END;

-- No list of columns: "rowid" is not found in one.
CREATE TRIGGER meeting_has_room AFTER UPDATE ON meeting
WHEN NEW.status <> 'cancelled' AND (OLD.status = 'cancelled' OR NEW.id <> OLD.id OR NEW.day <> OLD.day
	OR NEW.start_minute <> OLD.start_minute OR NEW.end_minute <> OLD.end_minute)
BEGIN
	SELECT RAISE(ABORT, 'kutsu: no room')
	WHERE EXISTS (SELECT 1 FROM meeting_without_room WHERE meeting_id = NEW.id);
END;

CREATE TABLE meeting_record (
	meeting_id INTEGER PRIMARY KEY REFERENCES meeting(id),
	recorded_at INTEGER NOT NULL,
	recorded_by INTEGER NOT NULL REFERENCES user(id),
	facilitator TEXT,
	child_present INTEGER CHECK (child_present IN (0, 1)),
	child_heard INTEGER CHECK (child_heard IN (0, 1)),
	strengths TEXT,
	vulnerabilities TEXT,
	notes TEXT,
	follow_up_needed INTEGER CHECK (follow_up_needed IN (0, 1)),
	follow_up_within_weeks INTEGER,
	follow_up_reason TEXT -- why none is needed
) STRICT;

CREATE TABLE meeting_adult (
	meeting_id INTEGER NOT NULL REFERENCES meeting(id),
	position INTEGER NOT NULL,
	who TEXT NOT NULL,
	PRIMARY KEY (meeting_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE agreed_action (
	id INTEGER PRIMARY KEY,
	meeting_id INTEGER NOT NULL REFERENCES meeting(id),
	who TEXT NOT NULL,
	what TEXT NOT NULL,
	environment TEXT NOT NULL
		CHECK (environment IN ('home', 'early_education', 'school', 'leisure', 'services')),
	due_day INTEGER,
	done_at INTEGER
) STRICT;
CREATE INDEX action_by_meeting ON agreed_action (meeting_id);
CREATE INDEX action_undone ON agreed_action (due_day) WHERE done_at IS NULL;
CREATE INDEX action_by_due ON agreed_action (due_day);

-- A call form, or the record of a meeting (field 'meeting'), as it is being typed: one row a field.
CREATE TABLE draft (
	id INTEGER PRIMARY KEY,
	user_id INTEGER NOT NULL REFERENCES user(id),
	writer TEXT NOT NULL, -- the run of the program that may write it; another takes it over
	started_at INTEGER NOT NULL,
	saved_at INTEGER NOT NULL
) STRICT;

CREATE TABLE draft_field (
	draft_id INTEGER NOT NULL REFERENCES draft(id) ON DELETE CASCADE,
	name TEXT NOT NULL,
	value TEXT NOT NULL,
	PRIMARY KEY (draft_id, name)
) STRICT, WITHOUT ROWID;

-- Who looked at or changed what. It only grows.
CREATE TABLE access_log (
	id INTEGER PRIMARY KEY,
	at INTEGER NOT NULL,
	clock_fixed INTEGER NOT NULL CHECK (clock_fixed IN (0, 1)), -- KUTSU_NOW was set
	user_id INTEGER NOT NULL REFERENCES user(id),
	use_case TEXT NOT NULL,
	case_id INTEGER REFERENCES case_ref(id),
	detail TEXT
) STRICT;
CREATE INDEX access_log_by_case ON access_log (case_id);

CREATE TRIGGER access_log_stays BEFORE UPDATE ON access_log
BEGIN
	SELECT RAISE(ABORT, 'kutsu: the log only grows');
END;

-- REPLACE deletes without firing the trigger below.
CREATE TRIGGER access_log_appends BEFORE INSERT ON access_log
WHEN EXISTS (SELECT 1 FROM access_log WHERE id = NEW.id)
BEGIN
	SELECT RAISE(ABORT, 'kutsu: the log only grows');
END;

CREATE TRIGGER access_log_keeps BEFORE DELETE ON access_log
BEGIN
	SELECT RAISE(ABORT, 'kutsu: the log only grows');
END;

INSERT INTO setting (name, value) VALUES
	('zone', 'Europe/Helsinki'),
	('notice', '0'),
	('hold_minutes', '15');
