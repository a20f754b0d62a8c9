/* What the demonstration region's families, children, workers and units say. Invented. */
#include "demo_region_internal.h"
#include "kutsu/domain/slot.h"
#include "kutsu/service/feedback.h"

#include <string.h>

#define MOST_VALUES 6
#define UNKNOWN	    (-1)
#define NO_ANSWER   (-2)

/* In the order of the form's questions; the text is the last one's answer. */
static const struct {
	const char *call, *form;
	enum respondent respondent;
	const char *unit;
	int values[MOST_VALUES];
	const char *text;
	bool is_picked;
} said[] = {
	{ "Y01", "family", RESPONDENT_GUARDIAN, NULL, { 9, 5, 5, 4, 5, 5 },
		"Ensimmäistä kertaa kaikki istuivat samassa pöydässä eikä tarvinnut kertoa asiaa "
		"kolmesti.",
		true },
	{ "Y03", "family", RESPONDENT_GUARDIAN, NULL, { 10, 5, 5, 5, 5, 4 }, "Yksi soitto riitti.",
		true },
	{ "Y07", "family", RESPONDENT_GUARDIAN, NULL, { 6, 3, 4, 3, 4, 3 },
		"Hyvä tapaaminen, mutta olisi pitänyt saada aika jo syyskuussa.", true },
	{ "Y14", "family", RESPONDENT_GUARDIAN, NULL, { 7, 4, 4, 4, 3, 4 },
		"Jännitti, mutta puhe pysyi lapsessa.", false },
	{ "Y05", "family", RESPONDENT_YOUNG_PERSON, NULL, { 8, 5, 4, 5, 4, 4 },
		"Oli kiva että sain päättää ketkä tulee.", false },
	{ "Y08", "child", RESPONDENT_CHILD, NULL, { 3, 3, 2, 3, UNKNOWN, NO_ANSWER },
		"Sain sanoa itse.", true },
	{ "Y10", "child", RESPONDENT_CHILD, NULL, { 3, 2, 3, 3, 3, NO_ANSWER }, NULL, false },
	{ "Y04", "worker", RESPONDENT_WORKER, "NVL-HII", { 4, 5, 4, NO_ANSWER },
		"Kotipalvelu lupasi ajan jo tapaamisessa, se oli iso asia.", true },
	{ "Y07", "worker", RESPONDENT_WORKER, "KOU-LAM", { 3, 3, 4, NO_ANSWER },
		"Roolit selkenivät, mutta valmisteluun jäi liian vähän aikaa.", false },
	{ "Y06", "worker", RESPONDENT_WORKER, "AMI-MK", { 5, 4, 5, NO_ANSWER },
		"Lapset tulivat puheeksi luontevasti, jatkossa kutsutaan aikaisemmin.", false },
};

const size_t demo_feedback_count = sizeof(said) / sizeof(said[0]);

static const struct {
	const char *unit;
	int works;
	const char *text;
} of_month[] = {
	{ "KTH-SUI", 3,
		"Viikoittainen aika on pitänyt, mutta kaksi neuvonpitoa meni päällekkäin." },
	{ "VEO-SUI", 4, "Kutsut tulivat kolme päivää ennen, se riittää meille." },
	{ "PAI-MK", 2, "Keskiviikko ei sovi pohjoisen päihdetyöhön." },
	{ "PST-LAN", 2, "Perheneuvolan puuttuminen läntiseltä alueelta näkyy joka tapaamisessa." },
	{ "JAR-MK", 5, "Järjestöt kutsuttiin ensimmäistä kertaa mukaan alusta asti." },
};

const char *demo_feedback_call(size_t i)
{
	return said[i].call;
}

static bool pick(struct session *session, struct arena *arena, const char *text, struct error *err)
{
	struct month month = day_month(session_today(session));
	struct feedback_view view;

	if (!feedback_look(session, LOOK_AGAIN, month, arena, &view, err))
		return false;
	for (size_t i = 0; i < view.texts.count; i++) {
		char id[FEEDBACK_TEXT_ID_SIZE];

		if (strcmp(view.texts.items[i].text, text) == 0)
			return feedback_pick(session, month,
				feedback_text_id(&view.texts.items[i], id), NULL, err);
	}
	return true;
}

static void fill_answers(const struct feedback_form *form, const int *values, const char *text,
	struct feedback_answer *answers)
{
	for (size_t i = 0; i < form->question_count; i++) {
		bool is_text = form->questions[i].scale == SCALE_TEXT;

		answers[i] = (struct feedback_answer) {
			.is_given = is_text ? text != NULL : values[i] != NO_ANSWER,
			.is_known = !is_text && values[i] >= 0,
			.value = is_text ? 0 : values[i],
			.text = is_text ? text : NULL,
		};
	}
}

bool demo_feedback_give(struct session *session, size_t i, int64_t meeting_id, struct arena *arena,
	struct error *err)
{
	struct feedback_answer answers[FEEDBACK_QUESTIONS];
	struct feedback feedback = { .form = said[i].form,
		.respondent = said[i].respondent,
		.meeting_id = meeting_id,
		.unit = said[i].unit,
		.number = 1,
		.answers = answers };
	struct feedback_form form;
	int64_t id;

	if (!feedback_form_get(session, said[i].form, arena, &form, err))
		return false;
	fill_answers(&form, said[i].values, said[i].text, answers);
	return feedback_add(session, &feedback, &id, err)
	       && (!said[i].is_picked || pick(session, arena, said[i].text, err));
}

bool demo_feedback_of_month(
	struct session *session, struct month month, struct arena *arena, struct error *err)
{
	struct feedback_form form;
	bool ok = feedback_form_get(session, "unit", arena, &form, err);

	for (size_t i = 0; ok && i < sizeof(of_month) / sizeof(of_month[0]); i++) {
		int values[MOST_VALUES] = { of_month[i].works, 1, 0, NO_ANSWER };
		struct feedback_answer answers[FEEDBACK_QUESTIONS];
		struct feedback feedback = { .form = "unit",
			.respondent = RESPONDENT_UNIT,
			.unit = of_month[i].unit,
			.month = month,
			.number = 1,
			.answers = answers };
		int64_t id;

		fill_answers(&form, values, of_month[i].text, answers);
		ok = feedback_add(session, &feedback, &id, err)
		     && pick(session, arena, of_month[i].text, err);
	}
	return ok;
}
