#include "kutsu/store/case_store.h"

#include "kutsu/base/message.h"
#include "kutsu/base/utf8.h"
#include "store_internal.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#define WORD_SIZE     64
#define SEARCH_WORDS  4
#define SIGN_SHORTEST 2 /* letters of a child's name */
#define SIGN_LONG     4 /* figures of a phone, letters of a caller */

enum {
	CASE_GET,
	CASE_LIST,
	CASE_SEARCH,
	CASE_KNOWN,
	CASE_BETWEEN,
	CASE_NEXT_NUMBER,
	CASE_ADD,
	CASE_UPDATE,
	CASE_CLOSE,
	CASE_ADD_ADULT,
	CASE_ADD_NEEDED,
	CASE_NEEDED,
	CASE_ADD_WORD,
	CASE_REMOVE_WORD,
	CASE_WAITING,
	CASE_SILENT,
	CASE_QUERIES
};

/* read by read_case() */
#define COLUMNS                                                                                    \
	"SELECT c.id, c.code, c.opened_at, c.closed_at, c.closed_reason, c.child, c.birth_year,"   \
	" c.municipality, c.language, c.interpreter, c.nondisclosure, c.not_weekdays,"             \
	" c.not_before_minute, c.not_after_minute,"                                                \
	" (SELECT concern FROM call WHERE case_id = c.id ORDER BY received_at, id LIMIT 1),"       \
	" (SELECT group_concat(who, char(31)) FROM"                                                \
	"  (SELECT who FROM everyday_adult WHERE case_id = c.id ORDER BY position)),"              \
	" c.purged_at, c.revision, (SELECT login FROM user WHERE user.id = c.changed_by),"         \
	" c.changed_at, c.email FROM case_ref c "

/* read by read_waiting() */
#define WAITING                                                                                    \
	"SELECT code, opened_at, (SELECT count(*) FROM needed_unit WHERE case_id = c.id)"          \
	" FROM case_ref c "

#define HAS_WORD(n)                                                                                \
	" AND (?" n " IS NULL OR EXISTS (SELECT 1 FROM case_word WHERE case_id = c.id"             \
	" AND word >= ?" n " AND word < ?" n " || char(1114111)))"

const char *const case_sql[CASE_QUERIES + 1] = {
	[CASE_GET] = COLUMNS "WHERE c.code = ?1",
	[CASE_LIST] = COLUMNS "WHERE ?1 = 0 OR c.closed_at IS NULL ORDER BY c.id DESC LIMIT ?2",
	[CASE_SEARCH] =
		COLUMNS "WHERE c.id IN (SELECT case_id FROM case_word"
			" WHERE word >= ?3 AND word < ?3 || char(1114111))" HAS_WORD("4")
				HAS_WORD("5") HAS_WORD("6") " AND (?1 = 0 OR c.closed_at IS NULL)"
							    " ORDER BY c.id DESC LIMIT ?2",
	[CASE_KNOWN] = COLUMNS
	"WHERE c.closed_at IS NULL AND c.id IN (SELECT case_id FROM case_word"
	" WHERE word >= ?1 AND word < ?1 || char(1114111))"
	" AND (?2 IS NULL OR c.birth_year IS NULL OR c.birth_year = ?2)"
	" AND (?3 IS NULL OR c.municipality IS NULL OR c.municipality = ?3 COLLATE NOCASE)"
	" ORDER BY c.id DESC LIMIT 1",
	[CASE_BETWEEN] = COLUMNS "WHERE c.opened_at BETWEEN ?1 AND ?2 ORDER BY c.opened_at, c.id",
	[CASE_NEXT_NUMBER] = "SELECT coalesce(max(number), 0) + 1 FROM case_ref WHERE year = ?1",
	[CASE_ADD] = "INSERT INTO case_ref (year, number, code, opened_at, child, birth_year,"
		     " municipality, language, interpreter, nondisclosure, not_weekdays,"
		     " not_before_minute, not_after_minute, email)"
		     " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
	[CASE_UPDATE] = "UPDATE case_ref SET child = ?2, birth_year = ?3, municipality = ?4,"
			" language = ?5, interpreter = ?6, nondisclosure = ?7, not_weekdays = ?8,"
			" not_before_minute = ?9, not_after_minute = ?10,"
			" revision = revision + 1, changed_by = ?11, changed_at = ?12, email = ?13"
			" WHERE id = ?1",
	[CASE_CLOSE] = "UPDATE case_ref SET closed_at = ?2, closed_reason = ?3"
		       " WHERE id = ?1 AND closed_at IS NULL",
	[CASE_ADD_ADULT] = "INSERT INTO everyday_adult (case_id, position, who)"
			   " SELECT ?1, coalesce(max(position), 0) + 1, ?2 FROM everyday_adult"
			   " WHERE case_id = ?1"
			   " HAVING NOT EXISTS (SELECT 1 FROM everyday_adult"
			   "  WHERE case_id = ?1 AND who = ?2)",
	[CASE_ADD_NEEDED] = "INSERT INTO needed_unit (case_id, unit_id) VALUES (?1, ?2)"
			    " ON CONFLICT DO NOTHING",
	[CASE_NEEDED] = "SELECT unit.code FROM needed_unit JOIN unit ON unit.id = unit_id"
			" WHERE case_id = ?1 ORDER BY unit.id",
	[CASE_ADD_WORD] = "INSERT INTO case_word (word, case_id) VALUES (?1, ?2)"
			  " ON CONFLICT DO NOTHING",
	[CASE_REMOVE_WORD] = "DELETE FROM case_word WHERE word = ?1 AND case_id = ?2",
	[CASE_WAITING] = WAITING "WHERE closed_at IS NULL AND NOT EXISTS (SELECT 1 FROM meeting"
				 "  WHERE case_id = c.id AND status IN ('booked', 'recorded'))"
				 " ORDER BY opened_at LIMIT ?1",
	[CASE_SILENT] = WAITING
	"WHERE closed_at IS NULL AND opened_at < ?1"
	" AND EXISTS (SELECT 1 FROM meeting WHERE case_id = c.id"
	"  AND status IN ('booked', 'recorded'))"
	" AND NOT EXISTS (SELECT 1 FROM call WHERE case_id = c.id AND received_at >= ?1)"
	" AND NOT EXISTS (SELECT 1 FROM meeting WHERE case_id = c.id AND day >= ?2"
	"  AND status <> 'cancelled')"
	" AND NOT EXISTS (SELECT 1 FROM agreed_action a JOIN meeting m"
	"  ON m.id = a.meeting_id WHERE m.case_id = c.id AND a.done_at IS NULL)"
	" ORDER BY opened_at LIMIT ?3",
};

static void read_case(sqlite3_stmt *stmt, struct arena *arena, void *row)
{
	struct case_ref *c = row;

	c->id = column_integer(stmt, 0);
	c->code = column_text(stmt, 1, arena);
	c->opened_at = column_integer(stmt, 2);
	c->closed_at = column_integer(stmt, 3);
	c->status = c->closed_at ? CASE_CLOSED : CASE_OPEN;
	c->closed_reason = column_text(stmt, 4, arena);
	c->child = column_text(stmt, 5, arena);
	c->birth_year = column_int(stmt, 6);
	c->municipality = column_text(stmt, 7, arena);
	c->language = column_text(stmt, 8, arena);
	c->interpreter = column_text(stmt, 9, arena);
	c->nondisclosure = column_int(stmt, 10) != 0;
	c->limits.not_weekdays = (unsigned)column_int(stmt, 11);
	c->limits.after = column_int(stmt, 12);
	c->limits.before = column_int(stmt, 13);
	c->concern = column_text(stmt, 14, arena);
	c->adults = column_list(stmt, 15, arena, &c->adult_count);
	c->purged_at = column_integer(stmt, 16);
	c->revision = column_int(stmt, 17);
	c->changed_by = column_text(stmt, 18, arena);
	c->changed_at = column_integer(stmt, 19);
	c->email = column_text(stmt, 20, arena);
}

bool store_case_missing(const char *code, struct error *err)
{
	return error_set(
		err, ERROR_NOT_FOUND, _("there is no case %.30s; see \"kutsu case list\""), code);
}

bool store_case_get(struct store *store, const char *code, struct arena *arena,
	struct case_ref *case_ref, struct error *err)
{
	bool found;

	*case_ref = (struct case_ref) { 0 };
	if (!statement_read_one(store, statement(store, FAMILY_CASE, CASE_GET, err, "t", code),
		    arena, read_case, case_ref, &found, err))
		return false;
	return found || store_case_missing(code, err);
}

/* The next word of a text, folded; case codes stay whole. */
static bool next_word(const char **text, char word[WORD_SIZE])
{
	char raw[WORD_SIZE];
	size_t used = 0;

	while (**text && !isalnum((unsigned char)**text) && (unsigned char)**text < 0x80)
		(*text)++;
	while (**text
		&& (isalnum((unsigned char)**text) || (unsigned char)**text >= 0x80
			|| **text == '-')) {
		if (used + 1 < WORD_SIZE)
			raw[used++] = **text;
		(*text)++;
	}
	raw[used] = '\0';
	utf8_fold(raw, word, WORD_SIZE);
	return used > 0;
}

bool store_case_list(struct store *store, const struct case_filter *filter, struct arena *arena,
	struct case_list *list, struct error *err)
{
	char words[SEARCH_WORDS][WORD_SIZE];
	const char *given[SEARCH_WORDS] = { NULL };
	const char *text = filter->search ? filter->search : "";
	int64_t limit = filter->limit ? filter->limit : -1;
	int open_only = filter->open_only;
	sqlite3_stmt *stmt;

	for (int i = 0; i < SEARCH_WORDS && next_word(&text, words[i]); i++)
		given[i] = words[i];
	if (given[0])
		stmt = statement(store, FAMILY_CASE, CASE_SEARCH, err, "iltttt", open_only, limit,
			given[0], given[1], given[2], given[3]);
	else
		stmt = statement(store, FAMILY_CASE, CASE_LIST, err, "il", open_only, limit);
	return statement_read_all(store, stmt, arena, read_case, sizeof(*list->items),
		(void **)&list->items, &list->count, err);
}

/* A typed visitor behind the store's untyped one. */
struct case_visit {
	case_visitor *visit;
	void *context;
};

static bool visit_case(void *context, const void *row, struct error *err)
{
	struct case_visit *inner = context;

	return inner->visit(inner->context, row, err);
}

bool store_case_each(struct store *store, int64_t from, int64_t until, case_visitor *visit,
	void *context, struct error *err)
{
	struct case_visit inner = { visit, context };

	return statement_visit(store,
		statement(store, FAMILY_CASE, CASE_BETWEEN, err, "ll", from, until), read_case,
		sizeof(struct case_ref), visit_case, &inner, err);
}

bool store_case_add(
	struct change *change, int year, struct case_ref *c, struct arena *arena, struct error *err)
{
	struct store *store = change->store;
	int64_t number;
	bool found;

	if (!statement_read_one(store,
		    statement(store, FAMILY_CASE, CASE_NEXT_NUMBER, err, "i", year), NULL,
		    read_first_integer, &number, &found, err))
		return false;
	c->code = arena_printf(arena, "%04d-%04lld", year, (long long)number);
	if (!statement_run(store,
		    statement(store, FAMILY_CASE, CASE_ADD, err, "iltltztttiiiit", year, number,
			    c->code, c->opened_at, c->child, (int64_t)c->birth_year,
			    c->municipality, c->language, c->interpreter, (int)c->nondisclosure,
			    (int)c->limits.not_weekdays, c->limits.after, c->limits.before,
			    c->email),
		    err))
		return false;
	c->id = store_last_id(store);
	return true;
}

bool store_case_update(struct change *change, const struct case_ref *c, int64_t user_id, int64_t at,
	struct error *err)
{
	struct store *store = change->store;

	return statement_run(store,
		statement(store, FAMILY_CASE, CASE_UPDATE, err, "ltztttiiiizlt", c->id, c->child,
			(int64_t)c->birth_year, c->municipality, c->language, c->interpreter,
			(int)c->nondisclosure, (int)c->limits.not_weekdays, c->limits.after,
			c->limits.before, user_id, at, c->email),
		err);
}

bool store_case_close(
	struct change *change, int64_t id, int64_t at, const char *reason, struct error *err)
{
	struct store *store = change->store;
	int changed;

	if (!statement_change(store,
		    statement(store, FAMILY_CASE, CASE_CLOSE, err, "llt", id, at, reason), &changed,
		    err))
		return false;
	return changed || error_set(err, ERROR_CONFLICT, _("the case is closed already"));
}

bool store_case_add_adult(struct change *change, int64_t id, const char *who, struct error *err)
{
	struct store *store = change->store;

	return statement_run(
		store, statement(store, FAMILY_CASE, CASE_ADD_ADULT, err, "lt", id, who), err);
}

bool store_case_add_needed_unit(
	struct change *change, int64_t id, int64_t unit_id, struct error *err)
{
	struct store *store = change->store;

	return statement_run(
		store, statement(store, FAMILY_CASE, CASE_ADD_NEEDED, err, "ll", id, unit_id), err);
}

bool store_case_needed_units(struct store *store, int64_t id, struct arena *arena,
	const char *const **codes, size_t *count, struct error *err)
{
	void *items;
	bool ok =
		statement_read_all(store, statement(store, FAMILY_CASE, CASE_NEEDED, err, "l", id),
			arena, read_first_text, sizeof(const char *), &items, count, err);

	*codes = items;
	return ok;
}

static bool each_word(
	struct change *change, int query, int64_t id, const char *text, struct error *err)
{
	struct store *store = change->store;
	char word[WORD_SIZE];

	while (text && next_word(&text, word)) {
		if (!statement_run(
			    store, statement(store, FAMILY_CASE, query, err, "tl", word, id), err))
			return false;
	}
	return true;
}

bool store_case_add_words(struct change *change, int64_t id, const char *text, struct error *err)
{
	return each_word(change, CASE_ADD_WORD, id, text, err);
}

bool store_case_remove_words(struct change *change, int64_t id, const char *text, struct error *err)
{
	return each_word(change, CASE_REMOVE_WORD, id, text, err);
}

/*
 * A sign as a word that no text holds, a blank being in it: "child ak" for "A. K.". Empty where too
 * little is told to say anything.
 */
static void make_sign(const char *kind, const char *text, size_t shortest, char word[WORD_SIZE])
{
	char folded[WORD_SIZE];
	size_t start = (size_t)snprintf(word, WORD_SIZE, "%s ", kind), used = start;

	utf8_fold(text ? text : "", folded, sizeof(folded));
	for (const char *c = folded; *c && used + 1 < WORD_SIZE; c++) {
		if (isalnum((unsigned char)*c) || (unsigned char)*c >= 0x80)
			word[used++] = *c;
	}
	word[used - start < shortest ? 0 : used] = '\0';
}

static bool add_sign(struct change *change, int64_t id, const char *kind, const char *text,
	size_t shortest, struct error *err)
{
	struct store *store = change->store;
	char word[WORD_SIZE];

	make_sign(kind, text, shortest, word);
	return !*word
	       || statement_run(store,
		       statement(store, FAMILY_CASE, CASE_ADD_WORD, err, "tl", word, id), err);
}

bool store_case_add_signs(
	struct change *change, int64_t id, const struct caller_signs *signs, struct error *err)
{
	return add_sign(change, id, "phone", signs->phone, SIGN_LONG, err)
	       && add_sign(change, id, "child", signs->child, SIGN_SHORTEST, err)
	       && add_sign(change, id, "caller", signs->caller, SIGN_LONG, err);
}

static bool find_by_sign(struct store *store, const char *word, int birth_year,
	const char *municipality, struct arena *arena, struct case_ref *case_ref, bool *found,
	struct error *err)
{
	if (!*word || *found)
		return true;
	return statement_read_one(store,
		statement(store, FAMILY_CASE, CASE_KNOWN, err, "tzt", word, (int64_t)birth_year,
			municipality),
		arena, read_case, case_ref, found, err);
}

bool store_case_known(struct store *store, const struct caller_signs *signs, struct arena *arena,
	struct case_ref *case_ref, bool *found, struct error *err)
{
	char phone[WORD_SIZE], child[WORD_SIZE], caller[WORD_SIZE];

	*found = false;
	make_sign("phone", signs->phone, SIGN_LONG, phone);
	make_sign("child", signs->child, SIGN_SHORTEST, child);
	make_sign("caller", signs->municipality ? signs->caller : NULL, SIGN_LONG, caller);
	return find_by_sign(store, phone, 0, NULL, arena, case_ref, found, err)
	       && find_by_sign(store, child, signs->birth_year, signs->municipality, arena,
		       case_ref, found, err)
	       && find_by_sign(store, caller, signs->birth_year, signs->municipality, arena,
		       case_ref, found, err);
}

static void read_waiting(sqlite3_stmt *stmt, struct arena *arena, void *row)
{
	struct waiting_case *waiting = row;

	waiting->code = column_text(stmt, 0, arena);
	waiting->opened_at = column_integer(stmt, 1);
	waiting->needed_units = column_int(stmt, 2);
}

bool store_case_waiting(struct store *store, int64_t limit, struct arena *arena,
	struct waiting_case_list *list, struct error *err)
{
	return statement_read_all(store,
		statement(store, FAMILY_CASE, CASE_WAITING, err, "l", limit), arena, read_waiting,
		sizeof(*list->items), (void **)&list->items, &list->count, err);
}

bool store_case_silent(struct store *store, int64_t since, int since_day, int64_t limit,
	struct arena *arena, struct waiting_case_list *list, struct error *err)
{
	return statement_read_all(store,
		statement(store, FAMILY_CASE, CASE_SILENT, err, "lil", since, since_day, limit),
		arena, read_waiting, sizeof(*list->items), (void **)&list->items, &list->count,
		err);
}
