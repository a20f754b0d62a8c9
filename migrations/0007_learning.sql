-- From observation to decision, and back to everyone.

-- What grouped observations are about (ilmiö). A person groups them.
CREATE TABLE phenomenon (
	id INTEGER PRIMARY KEY,
	title TEXT NOT NULL,
	indicator TEXT, -- of the monthly report, that tells of it
	opened_day INTEGER NOT NULL,
	closed_day INTEGER,
	closed_reason TEXT,
	CHECK ((closed_day IS NULL) = (closed_reason IS NULL))
) STRICT;

-- What somebody has noticed (havainto). Nobody knows who: no user is kept, and its day alone.
CREATE TABLE observation (
	id INTEGER PRIMARY KEY,
	day INTEGER NOT NULL,
	text TEXT NOT NULL,
	place TEXT, -- where: a municipality, an area
	sector TEXT, -- of who noticed it, where they tell
	phenomenon_id INTEGER REFERENCES phenomenon(id)
) STRICT;
CREATE INDEX observation_by_phenomenon ON observation (phenomenon_id);

-- What several partners try together (aloite).
CREATE TABLE initiative (
	id INTEGER PRIMARY KEY,
	phenomenon_id INTEGER REFERENCES phenomenon(id),
	title TEXT NOT NULL,
	text TEXT,
	pilot_area TEXT NOT NULL,
	owner TEXT NOT NULL, -- a role title
	from_day INTEGER NOT NULL,
	until_day INTEGER,
	status TEXT NOT NULL CHECK (status IN ('planned', 'under_way', 'done', 'ended')),
	CHECK (until_day IS NULL OR until_day >= from_day)
) STRICT;

CREATE TABLE initiative_partner (
	initiative_id INTEGER NOT NULL REFERENCES initiative(id),
	position INTEGER NOT NULL,
	partner TEXT NOT NULL,
	PRIMARY KEY (initiative_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE initiative_step (
	id INTEGER PRIMARY KEY,
	initiative_id INTEGER NOT NULL REFERENCES initiative(id),
	what TEXT NOT NULL,
	due_day INTEGER,
	done_day INTEGER
) STRICT;
CREATE INDEX initiative_step_of ON initiative_step (initiative_id);

-- How it has gone, as workers or families say: of many, by whoever asked them.
CREATE TABLE initiative_feedback (
	id INTEGER PRIMARY KEY,
	initiative_id INTEGER NOT NULL REFERENCES initiative(id),
	day INTEGER NOT NULL,
	respondents TEXT NOT NULL CHECK (respondents IN ('workers', 'families')),
	value INTEGER NOT NULL CHECK (value BETWEEN 1 AND 5),
	text TEXT
) STRICT;
CREATE INDEX initiative_feedback_of ON initiative_feedback (initiative_id);

-- A leadership group: the county's, and the areas' under it.
CREATE TABLE leadership_group (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL UNIQUE,
	area TEXT, -- NULL: the county
	parent_id INTEGER REFERENCES leadership_group(id)
) STRICT;

CREATE TABLE seat (
	id INTEGER PRIMARY KEY,
	group_id INTEGER NOT NULL REFERENCES leadership_group(id),
	name TEXT NOT NULL, -- 'early childhood education'
	elector TEXT, -- who elects its member, where somebody does: 'NGOs and parishes'
	member TEXT, -- a role title; NULL: the seat is empty
	until_day INTEGER, -- the last of the member's term
	UNIQUE (group_id, name)
) STRICT;

-- What a leadership group decided (linjaus). It is a notice to everyone until they have seen it.
CREATE TABLE decision (
	id INTEGER PRIMARY KEY,
	group_id INTEGER NOT NULL REFERENCES leadership_group(id),
	initiative_id INTEGER REFERENCES initiative(id),
	day INTEGER NOT NULL,
	text TEXT NOT NULL,
	reason TEXT NOT NULL,
	child_effect TEXT NOT NULL, -- UN Convention on the Rights of the Child, article 3
	from_day INTEGER NOT NULL, -- in force
	indicator TEXT, -- which it should move
	target INTEGER, -- to this, in hundredths
	target_day INTEGER, -- by then
	CHECK (indicator IS NOT NULL OR (target IS NULL AND target_day IS NULL))
) STRICT;
CREATE INDEX decision_by_day ON decision (day);

CREATE TABLE decision_seen (
	decision_id INTEGER NOT NULL REFERENCES decision(id),
	user_id INTEGER NOT NULL REFERENCES user(id),
	at INTEGER NOT NULL,
	PRIMARY KEY (decision_id, user_id)
) STRICT, WITHOUT ROWID;

INSERT INTO leadership_group (id, name) VALUES (1, 'johtoryhmä');
