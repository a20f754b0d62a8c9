/* Cases, their calls, adults, needed units and consents. */
#ifndef KUTSU_STORE_CASE_STORE_H
#define KUTSU_STORE_CASE_STORE_H

#include "kutsu/domain/case_ref.h"
#include "kutsu/store/store.h"

struct arena;

/* Says that there is none; always false. The words for one that may not be seen, too. */
bool store_case_missing(const char *code, struct error *err);
/* ERROR_NOT_FOUND */
bool store_case_get(struct store *store, const char *code, struct arena *arena,
	struct case_ref *case_ref, struct error *err) MUST_CHECK;

struct case_filter {
	bool open_only;
	const char *search; /* words, each of which begins a word of the case; NULL: all */
	int64_t limit;	    /* newest first; 0: all */
};

bool store_case_list(struct store *store, const struct case_filter *filter, struct arena *arena,
	struct case_list *list, struct error *err) MUST_CHECK;

/* Visits row by row; texts live until the visitor returns. A visitor's false ends it. */
typedef bool case_visitor(void *context, const struct case_ref *case_ref, struct error *err);
bool store_case_each(struct store *store, int64_t from, int64_t until, case_visitor *visit,
	void *context, struct error *err) MUST_CHECK;

/* Opens a case in `year` under the year's next number; writes id and code (in the arena). */
bool store_case_add(struct change *change, int year, struct case_ref *case_ref, struct arena *arena,
	struct error *err) MUST_CHECK;
/* Child, birth year, municipality, languages, non-disclosure, limits: its revision grows by one;
 * `user_id` changes it `at` (UTC seconds). */
bool store_case_update(struct change *change, const struct case_ref *case_ref, int64_t user_id,
	int64_t at, struct error *err) MUST_CHECK;
/* ERROR_CONFLICT: it is closed already. */
bool store_case_close(struct change *change, int64_t id, int64_t at, const char *reason,
	struct error *err) MUST_CHECK;
/* Adds to its adults; one who is there already is let be. */
bool store_case_add_adult(
	struct change *change, int64_t id, const char *who, struct error *err) MUST_CHECK;
bool store_case_add_needed_unit(
	struct change *change, int64_t id, int64_t unit_id, struct error *err) MUST_CHECK;
/* Codes of the needed units, as a list in the arena. */
/* The units that this call asked for. */
bool store_call_add_unit(
	struct change *change, int64_t call_id, int64_t unit_id, struct error *err) MUST_CHECK;
bool store_case_needed_units(struct store *store, int64_t id, struct arena *arena,
	const char *const **codes, size_t *count, struct error *err) MUST_CHECK;
/* Makes the case found by the words of a text. */
bool store_case_add_words(
	struct change *change, int64_t id, const char *text, struct error *err) MUST_CHECK;
/* It is not found by them any more, wherever they came from. text may be NULL. */
bool store_case_remove_words(
	struct change *change, int64_t id, const char *text, struct error *err) MUST_CHECK;

/* What is told of a call that is coming in, as far as it is known yet. */
struct caller_signs {
	const char *phone, *child, *caller, *municipality; /* or NULL */
	int birth_year;					   /* 0: not known */
};

/* Makes the case known by these signs. */
bool store_case_add_signs(struct change *change, int64_t id, const struct caller_signs *signs,
	struct error *err) MUST_CHECK;

/*
 * The newest open case that may be meant: the same phone, else a child so named whose birth year
 * and municipality, where both are told, are the same, else a caller so called from the same
 * municipality (callers are told by role: alone it says nothing).
 */
bool store_case_known(struct store *store, const struct caller_signs *signs, struct arena *arena,
	struct case_ref *case_ref, bool *found, struct error *err) MUST_CHECK;

bool store_call_add(struct change *change, struct call *call, int64_t case_id, int64_t user_id,
	struct error *err) MUST_CHECK;
bool store_call_list(struct store *store, int64_t case_id, struct arena *arena,
	struct call_list *list, struct error *err) MUST_CHECK;

typedef bool call_visitor(void *context, const struct call *call, struct error *err);
bool store_call_each(struct store *store, int64_t from, int64_t until, call_visitor *visit,
	void *context, struct error *err) MUST_CHECK;

bool store_consent_list(struct store *store, int64_t case_id, struct arena *arena,
	struct consent_list *list, struct error *err) MUST_CHECK;
/* ERROR_CONFLICT: one is in force. */
bool store_consent_give(struct change *change, int64_t case_id, int64_t unit_id,
	const char *given_by, const char *how, int64_t at, struct error *err) MUST_CHECK;
/* ERROR_NOT_FOUND: none is in force. */
bool store_consent_withdraw(struct change *change, int64_t case_id, int64_t unit_id, int64_t at,
	struct error *err) MUST_CHECK;

/* An open case that waits for something: a first meeting, or a sign of life. */
struct waiting_case {
	const char *code;
	int64_t opened_at;
	int needed_units;
};

struct waiting_case_list {
	struct waiting_case *items;
	size_t count;
};

/* Cases without a meeting that is booked or recorded; longest waiting first. */
bool store_case_waiting(struct store *store, int64_t limit, struct arena *arena,
	struct waiting_case_list *list, struct error *err) MUST_CHECK;

/* Cases with a meeting behind them, of which no call, meeting or open action is known since `since`
 * (UTC) and `since_day`; longest open first. */
bool store_case_silent(struct store *store, int64_t since, int since_day, int64_t limit,
	struct arena *arena, struct waiting_case_list *list, struct error *err) MUST_CHECK;

#endif
