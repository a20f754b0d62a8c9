-- Invitations that leave, and answers that come back.

-- The family's address, where its invitation may go by e-mail.
ALTER TABLE case_ref ADD COLUMN email TEXT;

-- A unit's invitation to a meeting, and what it answered to the time it was told last.
CREATE TABLE invitation (
	meeting_id INTEGER NOT NULL REFERENCES meeting(id) ON DELETE CASCADE,
	unit_id INTEGER NOT NULL REFERENCES unit(id),
	sequence INTEGER NOT NULL DEFAULT 0, -- of the newest message to it (RFC 5545, 3.8.7.4)
	is_off INTEGER NOT NULL DEFAULT 0 CHECK (is_off IN (0, 1)), -- its part was cancelled
	was_sent INTEGER NOT NULL DEFAULT 0 CHECK (was_sent IN (0, 1)), -- a request left, or may have
	told_day INTEGER, -- this and the minutes: the time it was told last
	told_start INTEGER,
	told_end INTEGER,
	answer TEXT CHECK (answer IN ('accepted', 'declined', 'deputy', 'counter')), -- NULL: none yet
	reason TEXT CHECK (reason IN ('absent', 'other_meeting', 'staff', 'not_ours', 'other')),
	note TEXT,
	counter_day INTEGER,
	counter_minute INTEGER,
	answered_at INTEGER,
	answered_by INTEGER REFERENCES user(id), -- NULL: by e-mail
	PRIMARY KEY (meeting_id, unit_id),
	CHECK ((answer IS NULL) = (answered_at IS NULL)),
	CHECK ((answer IS 'counter') = (counter_day IS NOT NULL)),
	CHECK ((counter_day IS NULL) = (counter_minute IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX invitation_by_unit ON invitation (unit_id, meeting_id);

-- What leaves, or is to. It has no content until it is first sent, and the same ever after.
CREATE TABLE message (
	id INTEGER PRIMARY KEY AUTOINCREMENT, -- one that was dropped is no other ever after
	meeting_id INTEGER NOT NULL REFERENCES meeting(id),
	unit_id INTEGER REFERENCES unit(id), -- NULL: to the family
	kind TEXT NOT NULL CHECK (kind IN ('request', 'cancel', 'reminder', 'family')),
	sequence INTEGER NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('waiting_consent', 'draft', 'queued', 'sent', 'failed')),
	is_approved INTEGER NOT NULL DEFAULT 0 CHECK (is_approved IN (0, 1)), -- goes when consent comes
	recipient TEXT, -- as it left; NULL before
	message_id TEXT UNIQUE, -- as it left (RFC 5322, 3.6.4)
	content TEXT, -- as it left
	told_day INTEGER, -- this and the minutes: the time it tells of, as it left; of a cancellation
	told_start INTEGER, -- what its receiver was told before; NULL: the meeting's
	told_end INTEGER,
	is_new_time INTEGER NOT NULL DEFAULT 0 CHECK (is_new_time IN (0, 1)), -- as it left
	may_have_left INTEGER NOT NULL DEFAULT 0 CHECK (may_have_left IN (0, 1)), -- nobody knows
	attempts INTEGER NOT NULL DEFAULT 0,
	next_attempt_at INTEGER NOT NULL DEFAULT 0,
	error TEXT, -- the server's words
	sender TEXT, -- the run of the program that is sending it now
	created_by INTEGER NOT NULL REFERENCES user(id),
	created_at INTEGER NOT NULL,
	sent_at INTEGER,
	CHECK ((kind = 'family') = (unit_id IS NULL)),
	CHECK ((state = 'sent') = (sent_at IS NOT NULL)),
	CHECK (sender IS NULL OR (state = 'queued' AND content IS NOT NULL))
) STRICT;
CREATE INDEX message_by_meeting ON message (meeting_id, unit_id);
CREATE INDEX message_unsent ON message (state, next_attempt_at) WHERE state <> 'sent';

-- Nothing leaves without consent in force for that unit, whoever sends. A cancellation tells of no
-- more than the invitation that it takes back, and leaves also then.
CREATE TRIGGER message_needs_consent BEFORE UPDATE OF sender ON message
WHEN NEW.sender IS NOT NULL AND NEW.kind IN ('request', 'reminder') AND NOT EXISTS (
	SELECT 1 FROM consent c JOIN meeting m ON m.case_id = c.case_id
	WHERE m.id = NEW.meeting_id AND c.unit_id = NEW.unit_id AND c.withdrawn_at IS NULL)
BEGIN
	SELECT RAISE(ABORT, 'kutsu: no consent');
END;

CREATE TRIGGER message_stays_as_it_left BEFORE UPDATE OF message_id, content, recipient, sequence ON message
WHEN OLD.content IS NOT NULL AND (NEW.message_id IS NOT OLD.message_id OR NEW.sequence <> OLD.sequence
	OR (NEW.content IS NOT OLD.content AND NEW.content <> '')
	OR (NEW.recipient IS NOT OLD.recipient AND NEW.recipient IS NOT NULL))
BEGIN
	SELECT RAISE(ABORT, 'kutsu: a message stays as it left');
END;

-- A message may be taken away, what a unit may have got by it not.
CREATE TRIGGER message_may_have_left AFTER UPDATE OF state, may_have_left ON message
WHEN NEW.kind = 'request' AND (NEW.state = 'sent' OR NEW.may_have_left = 1)
BEGIN
	UPDATE invitation SET was_sent = 1, (told_day, told_start, told_end) =
		(SELECT coalesce(NEW.told_day, m.day), coalesce(NEW.told_start, m.start_minute),
			coalesce(NEW.told_end, m.end_minute) FROM meeting m WHERE m.id = NEW.meeting_id)
	WHERE meeting_id = NEW.meeting_id AND unit_id = NEW.unit_id;
END;
