-- Promises that stay true: what a unit says of its holes, closings of part of a day, calendars that
-- were imported, and the searches that found too little.

-- What a unit has said of one hole: the slot's or opening's that begins then. The last word counts;
-- who said what before stands in the log.
CREATE TABLE readiness (
	unit_id INTEGER NOT NULL REFERENCES unit(id),
	day INTEGER NOT NULL,
	start_minute INTEGER NOT NULL, -- -1: of the week that begins on that day, without a hole in it
	state TEXT NOT NULL CHECK (state IN ('unconfirmed', 'confirmed', 'deputy', 'declined')),
	note TEXT,
	person TEXT, -- who goes, where it is neither the ready person nor the deputy
	place TEXT, -- where it is another than the slot's
	answered_by INTEGER NOT NULL REFERENCES user(id),
	answered_at INTEGER NOT NULL,
	PRIMARY KEY (unit_id, day, start_minute)
) STRICT, WITHOUT ROWID;

-- A booked meeting whose hole closed: who of the unit goes all the same, or what its contact asks
-- for. It is of the meeting at that time: one that is moved has left it behind.
CREATE TABLE settlement (
	meeting_id INTEGER NOT NULL REFERENCES meeting(id),
	unit_id INTEGER NOT NULL REFERENCES unit(id),
	day INTEGER NOT NULL,
	start_minute INTEGER NOT NULL,
	asks TEXT CHECK (asks IN ('move', 'cancel')), -- NULL: somebody goes
	person TEXT, -- who, where it is not the deputy
	settled_by INTEGER NOT NULL REFERENCES user(id),
	settled_at INTEGER NOT NULL,
	PRIMARY KEY (meeting_id, unit_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX settlement_by_day ON settlement (day);

CREATE INDEX readiness_by_day ON readiness (day);
CREATE INDEX closing_by_end ON closing (until_day);
CREATE INDEX opening_by_day ON opening (day);

-- An event of an imported calendar, known by a digest of its UID: a UID may hold somebody's address.
CREATE TABLE imported_event (
	id INTEGER PRIMARY KEY,
	unit_id INTEGER NOT NULL REFERENCES unit(id),
	uid_hash TEXT NOT NULL, -- in hexadecimal digits
	sequence INTEGER NOT NULL, -- RFC 5545, 3.8.7.4
	content_hash TEXT NOT NULL, -- of what it became
	imported_by INTEGER NOT NULL REFERENCES user(id),
	imported_at INTEGER NOT NULL,
	UNIQUE (unit_id, uid_hash)
) STRICT;

ALTER TABLE slot ADD COLUMN event_id INTEGER REFERENCES imported_event(id);
ALTER TABLE opening ADD COLUMN event_id INTEGER REFERENCES imported_event(id);
ALTER TABLE closing ADD COLUMN event_id INTEGER REFERENCES imported_event(id);
CREATE INDEX slot_by_event ON slot (event_id) WHERE event_id IS NOT NULL;
CREATE INDEX opening_by_event ON opening (event_id) WHERE event_id IS NOT NULL;
CREATE INDEX closing_by_event ON closing (event_id) WHERE event_id IS NOT NULL;

-- With a time of the day it closes the holes that overlap it, on each of its days.
ALTER TABLE closing ADD COLUMN start_minute INTEGER
	CHECK (start_minute IS NULL OR start_minute BETWEEN 0 AND 1439);
ALTER TABLE closing ADD COLUMN end_minute INTEGER
	CHECK ((end_minute IS NULL) = (start_minute IS NULL)
		AND (end_minute IS NULL OR (end_minute > start_minute AND end_minute <= 1440)));

-- The units that one call asked for: what is replayed when holes are planned.
CREATE TABLE call_unit (
	call_id INTEGER NOT NULL REFERENCES call(id),
	unit_id INTEGER NOT NULL REFERENCES unit(id),
	PRIMARY KEY (call_id, unit_id)
) STRICT, WITHOUT ROWID;
INSERT INTO call_unit (call_id, unit_id)
SELECT c.id, n.unit_id
FROM needed_unit n JOIN call c ON c.id = (
	SELECT id FROM call WHERE case_id = n.case_id ORDER BY received_at, id LIMIT 1);

-- A search that found no shared hole, or none within the target time. Of nobody: no case, no call.
CREATE TABLE finding (
	id INTEGER PRIMARY KEY,
	day INTEGER NOT NULL,
	found_at INTEGER NOT NULL,
	minutes INTEGER NOT NULL,
	first_day INTEGER, -- of the first shared hole, which came too late; NULL: there was none
	searcher TEXT NOT NULL -- the draft or command that searched: of one, only the largest sets stay
) STRICT;
CREATE INDEX finding_by_day ON finding (day);
CREATE INDEX finding_by_searcher ON finding (searcher, day);

CREATE TABLE finding_unit (
	finding_id INTEGER NOT NULL REFERENCES finding(id) ON DELETE CASCADE,
	unit_id INTEGER NOT NULL REFERENCES unit(id),
	in_the_way INTEGER NOT NULL CHECK (in_the_way IN (0, 1)), -- without it there had been a hole
	PRIMARY KEY (finding_id, unit_id)
) STRICT, WITHOUT ROWID;
