-- The monthly report: what it aims at, and what it was when the leadership group accepted it.

CREATE TABLE goal (
	indicator TEXT PRIMARY KEY, -- 'accessibility'
	value INTEGER NOT NULL -- in hundredths: 80 per cent is 8000
) STRICT, WITHOUT ROWID;

CREATE TABLE accepted_report (
	month INTEGER NOT NULL, -- its first day
	is_full INTEGER NOT NULL CHECK (is_full IN (0, 1)), -- with the small figures, too
	day INTEGER NOT NULL,
	accepted_by INTEGER NOT NULL REFERENCES user(id),
	content TEXT NOT NULL, -- JSON: its figures, and their definitions in the three languages
	PRIMARY KEY (month, is_full)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER accepted_report_stays BEFORE UPDATE ON accepted_report
BEGIN
	SELECT RAISE(ABORT, 'kutsu: an accepted report stays as it is');
END;

CREATE TRIGGER accepted_report_is_kept BEFORE DELETE ON accepted_report
BEGIN
	SELECT RAISE(ABORT, 'kutsu: an accepted report stays as it is');
END;

CREATE INDEX meeting_follow_up ON meeting (day) WHERE kind = 'follow_up';
CREATE INDEX feedback_of_unit ON feedback (month, unit_id) WHERE month IS NOT NULL;
