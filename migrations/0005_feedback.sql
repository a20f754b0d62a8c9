-- What families, children, workers and units say.

-- A form is data: questions come and go, and an answer stays with the form that asked it. Texts are
-- in the three languages; the newest form of a code that is valid is the one that is asked.
CREATE TABLE feedback_form (
	id INTEGER PRIMARY KEY,
	code TEXT NOT NULL, -- 'family'
	valid_from INTEGER NOT NULL, -- day
	respondents TEXT NOT NULL, -- who answers: 'guardian,young_person'
	text_en TEXT NOT NULL,
	text_fi TEXT NOT NULL,
	text_sv TEXT NOT NULL,
	UNIQUE (code, valid_from)
) STRICT;

CREATE TABLE feedback_question (
	form_id INTEGER NOT NULL REFERENCES feedback_form(id),
	position INTEGER NOT NULL,
	code TEXT NOT NULL, -- 'recommend'; keeps its meaning from form to form
	scale TEXT NOT NULL CHECK (scale IN ('recommend', 'agree', 'faces', 'yes_no', 'count', 'text')),
	text_en TEXT NOT NULL,
	text_fi TEXT NOT NULL,
	text_sv TEXT NOT NULL,
	PRIMARY KEY (form_id, position),
	UNIQUE (form_id, code)
) STRICT, WITHOUT ROWID;

-- One respondent's answer to one form, asked once: about a meeting, or of a unit about a month.
CREATE TABLE feedback (
	id INTEGER PRIMARY KEY,
	form_id INTEGER NOT NULL REFERENCES feedback_form(id),
	respondent TEXT NOT NULL
		CHECK (respondent IN ('guardian', 'young_person', 'child', 'worker', 'unit')),
	meeting_id INTEGER REFERENCES meeting(id), -- NULL: a unit's, of a month
	unit_id INTEGER REFERENCES unit(id), -- a worker's or the unit's own; NULL: the family's
	month INTEGER, -- its first day; of a unit's
	number INTEGER NOT NULL DEFAULT 1 CHECK (number BETWEEN 1 AND 20), -- the second guardian is 2
	day INTEGER NOT NULL, -- on which it was given
	entered_by INTEGER NOT NULL REFERENCES user(id),
	CHECK ((meeting_id IS NULL) = (respondent = 'unit')),
	CHECK ((month IS NULL) = (respondent <> 'unit')),
	CHECK ((unit_id IS NULL) = (respondent NOT IN ('worker', 'unit')))
) STRICT;
CREATE UNIQUE INDEX feedback_once ON feedback (coalesce(meeting_id, 0), coalesce(unit_id, 0),
	coalesce(month, 0), respondent, number);
CREATE INDEX feedback_by_meeting ON feedback (meeting_id);
CREATE INDEX feedback_by_day ON feedback (day);

CREATE TABLE feedback_answer (
	feedback_id INTEGER NOT NULL REFERENCES feedback(id) ON DELETE CASCADE,
	position INTEGER NOT NULL,
	value INTEGER, -- NULL: does not know, or a text
	text TEXT,
	picked TEXT, -- what of the text a person chose for the report, names taken out
	PRIMARY KEY (feedback_id, position)
) STRICT, WITHOUT ROWID;

-- The forms that kutsu comes with. The statements are kutsu's own wording; a county that has
-- others adds forms of the same codes.
INSERT INTO feedback_form (id, code, valid_from, respondents, text_en, text_fi, text_sv) VALUES
	(1, 'family', 0, 'guardian,young_person', 'The family''s (13 and older)',
		'Perheen (13 vuotta täyttäneet)', 'Familjens (13 år och äldre)'),
	(2, 'child', 0, 'child', 'The child''s (7 to 12)', 'Lapsen (7–12 v)', 'Barnets (7–12 år)'),
	(3, 'worker', 0, 'worker', 'The worker''s', 'Työntekijän', 'Arbetstagarens'),
	(4, 'unit', 0, 'unit', 'The unit''s, of a month', 'Yksikön kuukausipalaute',
		'Enhetens månadsrespons');

INSERT INTO feedback_question (form_id, position, code, scale, text_en, text_fi, text_sv) VALUES
	(1, 1, 'recommend', 'recommend', 'How likely are you to recommend this to another family?',
		'Kuinka todennäköisesti suosittelisit tätä toiselle perheelle?',
		'Hur sannolikt skulle du rekommendera det här för en annan familj?'),
	(1, 2, 'soon_enough', 'agree', 'I got help soon enough.', 'Sain apua riittävän pian.',
		'Jag fick hjälp tillräckligt snabbt.'),
	(1, 3, 'heard', 'agree', 'I was heard.', 'Tulin kuulluksi.', 'Jag blev hörd.'),
	(1, 4, 'child_considered', 'agree', 'The child''s point of view was taken into account.',
		'Lapsen näkökulma otettiin huomioon.', 'Barnets synvinkel beaktades.'),
	(1, 5, 'knows_agreed', 'agree', 'I know what was agreed and who does what.',
		'Tiedän, mitä sovittiin ja kuka tekee mitä.',
		'Jag vet vad som avtalades och vem som gör vad.'),
	(1, 6, 'useful', 'agree', 'The meeting was of use in everyday life.',
		'Tapaamisesta oli hyötyä arkeen.', 'Mötet var till nytta i vardagen.'),
	(1, 7, 'text', 'text', 'What else would you like to say?', 'Mitä muuta haluat sanoa?',
		'Vad annat vill du säga?'),
	(2, 1, 'could_say', 'faces', 'I could say what I think.', 'Sain sanoa, mitä ajattelen.',
		'Jag fick säga vad jag tänker.'),
	(2, 2, 'listened', 'faces', 'The grown-ups listened to me.', 'Aikuiset kuuntelivat minua.',
		'De vuxna lyssnade på mig.'),
	(2, 3, 'understood', 'faces', 'I understood what was talked about.',
		'Ymmärsin, mistä puhuttiin.', 'Jag förstod vad man talade om.'),
	(2, 4, 'felt_safe', 'faces', 'I felt safe.', 'Oloni oli turvallinen.',
		'Jag kände mig trygg.'),
	(2, 5, 'helps', 'faces', 'What was agreed helps me.', 'Se, mitä sovittiin, auttaa minua.',
		'Det som avtalades hjälper mig.'),
	(2, 6, 'text', 'text', 'What else would you like to say?', 'Mitä muuta haluat sanoa?',
		'Vad annat vill du säga?'),
	(3, 1, 'right_people', 'agree', 'The right people were there.', 'Oikeat toimijat olivat paikalla.',
		'Rätt aktörer var på plats.'),
	(3, 2, 'roles_clear', 'agree', 'Roles became clear.', 'Roolit selkenivät.',
		'Rollerna klarnade.'),
	(3, 3, 'time_soon', 'agree', 'A time was found soon enough.', 'Aika löytyi riittävän nopeasti.',
		'En tid hittades tillräckligt snabbt.'),
	(3, 4, 'text', 'text', 'What else would you like to say?', 'Mitä muuta haluat sanoa?',
		'Vad annat vill du säga?'),
	(4, 1, 'works', 'agree', 'The weekly hole has worked.', 'Viikoittainen reikä on toiminut.',
		'Den återkommande tiden har fungerat.'),
	(4, 2, 'hole_kept', 'yes_no', 'We kept our hole every week.', 'Pidimme reiän joka viikko.',
		'Vi höll tiden varje vecka.'),
	(4, 3, 'declined', 'count', 'So many invitations we had to decline.',
		'Näin moneen kutsuun emme päässeet.', 'Så många inbjudningar måste vi tacka nej till.'),
	(4, 4, 'text', 'text', 'Why, and what else should be known?', 'Miksi, ja mitä muuta tulisi tietää?',
		'Varför, och vad annat borde man veta?');
