#include "kutsu/store/feedback_store.h"

#include "kutsu/base/message.h"
#include "kutsu/domain/slot.h"
#include "store_internal.h"

#include <string.h>

enum {
	FORM_LIST,
	FORM_QUESTIONS,
	FORM_ADD,
	FORM_ADD_QUESTION,
	FEEDBACK_ADD,
	FEEDBACK_ADD_ANSWER,
	FEEDBACK_GIVEN,
	FEEDBACK_ROUND,
	FEEDBACK_RATES,
	FEEDBACK_SUMS,
	FEEDBACK_EACH,
	FEEDBACK_TEXTS,
	FEEDBACK_PICK,
	FEEDBACK_QUERIES
};

/* Of meetings between ?1 and ?2: whom they could ask, and who answered. */
#define HELD			"m.day BETWEEN ?1 AND ?2 AND m.status IN ('booked', 'recorded')"
#define COUNT_MEETINGS(further) "(SELECT count(*) FROM meeting m WHERE " HELD further ")"
#define COUNT_UNITS(further)                                                                       \
	"(SELECT count(*) FROM meeting m JOIN meeting_unit mu ON mu.meeting_id = m.id"             \
	" WHERE " HELD " AND mu.attended IS NOT 0" further ")"
#define SAID_BY(who, further)                                                                      \
	" AND EXISTS (SELECT 1 FROM feedback f WHERE f.meeting_id = m.id AND f.respondent"         \
	" IN (" who ")" further ")"
/* By the year the child was born in, in the meeting's year. */
#define IS_7_TO_12                                                                                 \
	" AND EXISTS (SELECT 1 FROM case_ref c WHERE c.id = m.case_id AND"                         \
	"  CAST(strftime('%Y', m.day * 86400, 'unixepoch') AS INTEGER) - c.birth_year"             \
	"  BETWEEN 7 AND 12)"

/* A unit's is of the month it is about, though it comes in the next one. */
#define MONTH_DAY    "coalesce(f.month, f.day)"
#define BETWEEN_DAYS "(f.month BETWEEN ?1 AND ?2 OR f.month IS NULL AND f.day BETWEEN ?1 AND ?2)"

const char *const feedback_sql[FEEDBACK_QUERIES + 1] = {
	[FORM_LIST] = "SELECT id, code, valid_from, respondents, text_fi, text_sv, text_en"
		      " FROM feedback_form t WHERE valid_from = (SELECT max(valid_from)"
		      "  FROM feedback_form WHERE code = t.code AND valid_from <= ?1) ORDER BY id",
	[FORM_QUESTIONS] = "SELECT code, scale, text_fi, text_sv, text_en FROM feedback_question"
			   " WHERE form_id = ?1 ORDER BY position",
	[FORM_ADD] = "INSERT INTO feedback_form (code, valid_from, respondents, text_fi, text_sv,"
		     " text_en) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
	[FORM_ADD_QUESTION] =
		"INSERT INTO feedback_question (form_id, position, code, scale, text_fi, text_sv,"
		" text_en) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
	[FEEDBACK_ADD] =
		"INSERT INTO feedback (form_id, respondent, meeting_id, unit_id, month, number,"
		" day, entered_by) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
	[FEEDBACK_ADD_ANSWER] = "INSERT INTO feedback_answer (feedback_id, position, value, text)"
				" VALUES (?1, ?2, CASE WHEN ?3 THEN ?4 END, ?5)",
	[FEEDBACK_GIVEN] = "SELECT form.code, f.respondent, f.meeting_id, u.code, f.number, f.day"
			   " FROM meeting m JOIN feedback f ON f.meeting_id = m.id"
			   " JOIN feedback_form form ON form.id = f.form_id LEFT JOIN unit u ON "
			   "u.id = f.unit_id"
			   " WHERE m.day BETWEEN ?1 AND ?2"
			   " ORDER BY m.day, m.start_minute, m.id, f.respondent, u.code, f.number",
	[FEEDBACK_ROUND] = "SELECT u.id, u.code, u.name, (SELECT min(f.day) FROM feedback f"
			   "  WHERE coalesce(f.meeting_id, 0) = 0 AND coalesce(f.unit_id, 0) = u.id"
			   "  AND coalesce(f.month, 0) = ?1 AND f.respondent = 'unit')"
			   " FROM unit u WHERE u.active ORDER BY u.id",
	/* clang-format off */
	[FEEDBACK_RATES] = "SELECT "
		COUNT_MEETINGS("") ", "
		COUNT_MEETINGS(SAID_BY("'guardian', 'young_person'", "")) ", "
		COUNT_MEETINGS(IS_7_TO_12) ", "
		COUNT_MEETINGS(IS_7_TO_12 SAID_BY("'child'", "")) ", "
		COUNT_UNITS("") ", "
		COUNT_UNITS(SAID_BY("'worker'", " AND f.unit_id = mu.unit_id")),
	/* clang-format on */
	[FEEDBACK_SUMS] =
		"SELECT form.code, q.code, q.scale, q.text_fi, q.text_sv, q.text_en,"
		" count(a.value), count(*) - count(a.value), coalesce(sum(a.value), 0),"
		" count(*) FILTER (WHERE q.scale = 'recommend' AND a.value >= 9),"
		" count(*) FILTER (WHERE q.scale = 'recommend' AND a.value <= 6),"
		" form.text_fi, form.text_sv, form.text_en"
		" FROM feedback f JOIN feedback_form form ON form.id = f.form_id"
		" JOIN feedback_answer a ON a.feedback_id = f.id"
		" JOIN feedback_question q ON q.form_id = f.form_id AND q.position = a.position"
		" WHERE " BETWEEN_DAYS " AND q.scale <> 'text'"
		" GROUP BY form.code, q.code ORDER BY form.code, max(form.id), q.position",
	/* By month, question and value: which answers are one respondent's is not told. */
	[FEEDBACK_EACH] =
		"SELECT " MONTH_DAY
		", form.code, q.code, q.scale, a.value IS NOT NULL, a.value, a.picked"
		" FROM feedback f JOIN feedback_form form ON form.id = f.form_id"
		" JOIN feedback_answer a ON a.feedback_id = f.id"
		" JOIN feedback_question q ON q.form_id = f.form_id AND q.position = a.position"
		" WHERE " BETWEEN_DAYS " AND (q.scale <> 'text' OR a.picked IS NOT NULL)"
		" ORDER BY strftime('%Y-%m', " MONTH_DAY
		" * 86400, 'unixepoch'), form.code, q.position,"
		" q.code, a.value, a.picked",
	[FEEDBACK_TEXTS] =
		"SELECT f.id, a.position, f.respondent, coalesce(a.text, a.picked), a.picked"
		" FROM feedback f JOIN feedback_answer a ON a.feedback_id = f.id"
		" WHERE " BETWEEN_DAYS " AND coalesce(a.text, a.picked) IS NOT NULL"
		" ORDER BY 4, f.id",
	[FEEDBACK_PICK] =
		"UPDATE feedback_answer SET picked = ?3 WHERE feedback_id = ?1 AND position = ?2",
};

/* ---- Forms. ---- */

static void read_texts(
	sqlite3_stmt *stmt, int first, struct arena *arena, const char *texts[LANGUAGES])
{
	texts[LANGUAGE_FI] = column_text(stmt, first, arena);
	texts[LANGUAGE_SV] = column_text(stmt, first + 1, arena);
	texts[LANGUAGE_EN] = column_text(stmt, first + 2, arena);
}

/* "guardian,young_person" */
static unsigned respondents_of(const char *text)
{
	unsigned set = 0;

	for (int i = 0; i < RESPONDENTS; i++) {
		const char *code = term_code(&respondent_terms, i);
		size_t length = strlen(code);

		for (const char *at = strstr(text, code); at; at = strstr(at + 1, code)) {
			if ((at == text || at[-1] == ',')
				&& (at[length] == ',' || at[length] == '\0'))
				set |= 1u << i;
		}
	}
	return set;
}

static void read_form(sqlite3_stmt *stmt, struct arena *arena, void *row)
{
	struct feedback_form *form = row;

	form->id = column_integer(stmt, 0);
	form->code = column_text(stmt, 1, arena);
	form->valid_from = column_int(stmt, 2);
	form->respondents = respondents_of((const char *)sqlite3_column_text(stmt, 3));
	read_texts(stmt, 4, arena, form->texts);
}

static enum scale read_scale(sqlite3_stmt *stmt, int column)
{
	int scale = SCALE_TEXT;

	term_parse(&scale_terms, (const char *)sqlite3_column_text(stmt, column), &scale);
	return (enum scale)scale;
}

static void read_question(sqlite3_stmt *stmt, struct arena *arena, void *row)
{
	struct feedback_question *question = row;

	question->code = column_text(stmt, 0, arena);
	question->scale = read_scale(stmt, 1);
	read_texts(stmt, 2, arena, question->texts);
}

bool store_feedback_form_list(struct store *store, int day, struct arena *arena,
	struct feedback_form_list *list, struct error *err)
{
	bool ok = statement_read_all(store,
		statement(store, FAMILY_FEEDBACK, FORM_LIST, err, "i", day), arena, read_form,
		sizeof(*list->items), (void **)&list->items, &list->count, err);

	for (size_t i = 0; ok && i < list->count; i++) {
		struct feedback_form *form = &list->items[i];

		ok = statement_read_all(store,
			statement(store, FAMILY_FEEDBACK, FORM_QUESTIONS, err, "l", form->id),
			arena, read_question, sizeof(*form->questions), (void **)&form->questions,
			&form->question_count, err);
	}
	return ok;
}

static const char *respondents_text(unsigned set, struct arena *arena)
{
	const char *codes[RESPONDENTS];
	size_t count = 0;

	for (int i = 0; i < RESPONDENTS; i++) {
		if (set & 1u << i)
			codes[count++] = term_code(&respondent_terms, i);
	}
	return arena_join(arena, codes, count, ",");
}

static bool add_form(
	struct store *store, struct feedback_form *form, struct arena *arena, struct error *err)
{
	if (!statement_run(store,
		    statement(store, FAMILY_FEEDBACK, FORM_ADD, err,
			    "tittt"
			    "t",
			    form->code, form->valid_from,
			    respondents_text(form->respondents, arena), form->texts[LANGUAGE_FI],
			    form->texts[LANGUAGE_SV], form->texts[LANGUAGE_EN]),
		    err))
		return false;
	form->id = store_last_id(store);
	for (size_t i = 0; i < form->question_count; i++) {
		const struct feedback_question *question = &form->questions[i];

		if (!statement_run(store,
			    statement(store, FAMILY_FEEDBACK, FORM_ADD_QUESTION, err, "littttt",
				    form->id, (int)i + 1, question->code,
				    term_code(&scale_terms, (int)question->scale),
				    question->texts[LANGUAGE_FI], question->texts[LANGUAGE_SV],
				    question->texts[LANGUAGE_EN]),
			    err))
			return false;
	}
	return true;
}

bool store_feedback_form_add(struct change *change, struct feedback_form *form, struct error *err)
{
	struct arena arena = { 0 };
	bool ok = add_form(change->store, form, &arena, err);

	arena_release(&arena);
	if (!ok && err->code == ERROR_CONFLICT)
		error_set(err, ERROR_CONFLICT,
			_("there is a form %s of that day already; give a later day"), form->code);
	return ok;
}

/* ---- What was said. ---- */

bool store_feedback_add(struct change *change, const struct feedback *feedback,
	const struct feedback_form *form, int64_t unit_id, int day, int64_t user_id, int64_t *id,
	struct error *err)
{
	struct store *store = change->store;
	int month = feedback->month.year ? month_first_day(feedback->month) : DAY_LAST;

	if (!statement_run(store,
		    statement(store, FAMILY_FEEDBACK, FEEDBACK_ADD, err, "ltzzdiil", form->id,
			    term_code(&respondent_terms, (int)feedback->respondent),
			    feedback->meeting_id, unit_id, month, feedback->number, day, user_id),
		    err))
		return err->code == ERROR_CONFLICT ? error_set(err, ERROR_CONFLICT,
			       _("this respondent has answered already, and is asked once"))
						   : false;
	*id = store_last_id(store);
	for (size_t i = 0; i < form->question_count; i++) {
		const struct feedback_answer *answer = &feedback->answers[i];

		if (answer->is_given && (answer->text || form->questions[i].scale != SCALE_TEXT)
			&& !statement_run(store,
				statement(store, FAMILY_FEEDBACK, FEEDBACK_ADD_ANSWER, err, "liiit",
					*id, (int)i + 1, (int)answer->is_known, answer->value,
					answer->text),
				err))
			return false;
	}
	return true;
}

static enum respondent read_respondent(sqlite3_stmt *stmt, int column)
{
	int respondent = RESPONDENT_GUARDIAN;

	term_parse(&respondent_terms, (const char *)sqlite3_column_text(stmt, column), &respondent);
	return (enum respondent)respondent;
}

static void read_given(sqlite3_stmt *stmt, struct arena *arena, void *row)
{
	struct feedback_given *given = row;

	given->form = column_text(stmt, 0, arena);
	given->respondent = read_respondent(stmt, 1);
	given->meeting_id = column_integer(stmt, 2);
	given->unit = column_text(stmt, 3, arena);
	given->number = column_int(stmt, 4);
	given->day = column_int(stmt, 5);
}

bool store_feedback_given(struct store *store, int from_day, int until_day, struct arena *arena,
	struct feedback_given_list *list, struct error *err)
{
	return statement_read_all(store,
		statement(store, FAMILY_FEEDBACK, FEEDBACK_GIVEN, err, "ii", from_day, until_day),
		arena, read_given, sizeof(*list->items), (void **)&list->items, &list->count, err);
}

static void read_turn(sqlite3_stmt *stmt, struct arena *arena, void *row)
{
	struct feedback_turn *turn = row;

	turn->unit_id = column_integer(stmt, 0);
	turn->unit = column_text(stmt, 1, arena);
	turn->name = column_text(stmt, 2, arena);
	turn->day = column_day(stmt, 3, DAY_LAST);
}

bool store_feedback_round(struct store *store, int month_day, struct arena *arena,
	struct feedback_round *round, struct error *err)
{
	return statement_read_all(store,
		statement(store, FAMILY_FEEDBACK, FEEDBACK_ROUND, err, "i", month_day), arena,
		read_turn, sizeof(*round->items), (void **)&round->items, &round->count, err);
}

static void read_rates(sqlite3_stmt *stmt, struct arena *arena, void *row)
{
	struct feedback_rates *rates = row;

	(void)arena;
	rates->family = (struct feedback_rate) { column_int(stmt, 0), column_int(stmt, 1) };
	rates->child = (struct feedback_rate) { column_int(stmt, 2), column_int(stmt, 3) };
	rates->worker = (struct feedback_rate) { column_int(stmt, 4), column_int(stmt, 5) };
}

bool store_feedback_rates(struct store *store, int from_day, int until_day,
	struct feedback_rates *rates, struct error *err)
{
	bool found;

	return statement_read_one(store,
		statement(store, FAMILY_FEEDBACK, FEEDBACK_RATES, err, "ii", from_day, until_day),
		NULL, read_rates, rates, &found, err);
}

static void read_sum(sqlite3_stmt *stmt, struct arena *arena, void *row)
{
	struct feedback_sum *sum = row;

	sum->form = column_text(stmt, 0, arena);
	sum->question = column_text(stmt, 1, arena);
	sum->scale = read_scale(stmt, 2);
	read_texts(stmt, 3, arena, sum->texts);
	sum->count = column_int(stmt, 6);
	sum->unknown = column_int(stmt, 7);
	sum->sum = column_int(stmt, 8);
	sum->promoters = column_int(stmt, 9);
	sum->detractors = column_int(stmt, 10);
	read_texts(stmt, 11, arena, sum->form_texts);
}

bool store_feedback_sums(struct store *store, int from_day, int until_day, struct arena *arena,
	struct feedback_sum_list *list, struct error *err)
{
	return statement_read_all(store,
		statement(store, FAMILY_FEEDBACK, FEEDBACK_SUMS, err, "ii", from_day, until_day),
		arena, read_sum, sizeof(*list->items), (void **)&list->items, &list->count, err);
}

static void read_single(sqlite3_stmt *stmt, struct arena *arena, void *row)
{
	struct feedback_single *answer = row;

	answer->day = column_int(stmt, 0);
	answer->form = column_text(stmt, 1, arena);
	answer->question = column_text(stmt, 2, arena);
	answer->scale = read_scale(stmt, 3);
	answer->is_known = column_int(stmt, 4) != 0;
	answer->value = column_int(stmt, 5);
	answer->text = column_text(stmt, 6, arena);
}

struct feedback_visit {
	feedback_visitor *visit;
	void *context;
};

static bool visit_single(void *context, const void *row, struct error *err)
{
	struct feedback_visit *inner = context;

	return inner->visit(inner->context, row, err);
}

bool store_feedback_each(struct store *store, int from_day, int until_day, feedback_visitor *visit,
	void *context, struct error *err)
{
	struct feedback_visit inner = { visit, context };

	return statement_visit(store,
		statement(store, FAMILY_FEEDBACK, FEEDBACK_EACH, err, "ii", from_day, until_day),
		read_single, sizeof(struct feedback_single), visit_single, &inner, err);
}

static void read_text(sqlite3_stmt *stmt, struct arena *arena, void *row)
{
	struct feedback_text *text = row;

	text->feedback_id = column_integer(stmt, 0);
	text->position = column_int(stmt, 1);
	text->respondent = read_respondent(stmt, 2);
	text->text = column_text(stmt, 3, arena);
	text->picked = column_text(stmt, 4, arena);
}

bool store_feedback_texts(struct store *store, int from_day, int until_day, struct arena *arena,
	struct feedback_text_list *list, struct error *err)
{
	return statement_read_all(store,
		statement(store, FAMILY_FEEDBACK, FEEDBACK_TEXTS, err, "ii", from_day, until_day),
		arena, read_text, sizeof(*list->items), (void **)&list->items, &list->count, err);
}

bool store_feedback_pick(struct change *change, const struct feedback_text *text,
	const char *picked, struct error *err)
{
	return statement_run(change->store,
		statement(change->store, FAMILY_FEEDBACK, FEEDBACK_PICK, err, "lit",
			text->feedback_id, text->position, picked),
		err);
}
