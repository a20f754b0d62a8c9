/* The access log, for the data protection officer: reading, verifying, sealing. */
#ifndef KUTSU_SERVICE_AUDIT_H
#define KUTSU_SERVICE_AUDIT_H

#include "kutsu/service/session.h"
#include "kutsu/store/log_store.h"

/* Older rows are told to a client for a special reason only (act 703/2023, 11 §). */
#define AUDIT_CASE_YEARS 2

struct audit_query {
	const char *login;	 /* or NULL */
	const char *case_code;	 /* or NULL */
	int from_day, until_day; /* both included; DAY_FIRST and DAY_LAST: all */
	int64_t limit;		 /* 0: all */
	bool newest_first;
};

/*
 * Visits the log's rows, oldest first unless asked otherwise; texts live until the visitor returns.
 * LOOK_NEW is logged, before the first row is given. ERROR_NOT_FOUND: no such case
 */
bool audit_each(struct session *session, enum look look, const struct audit_query *query,
	log_visitor *visit, void *context, struct error *err) MUST_CHECK;

struct log_list {
	struct log_row *items;
	size_t count;
};

/* The same as a list in the arena: for few rows. */
bool audit_list(struct session *session, enum look look, const struct audit_query *query,
	struct arena *arena, struct log_list *list, struct error *err) MUST_CHECK;

/*
 * The report a client may ask for (lokiraportti): who looked at, changed and gave out what of the
 * case. Of the last two years, or, with a reason, of all. In the arena; logged as a disclosure.
 *
 * ERROR_NOT_FOUND
 */
bool audit_case(struct session *session, const char *code, const char *reason, struct arena *arena,
	struct log_list *list, struct error *err) MUST_CHECK;

struct audit_report {
	int64_t rows;
	struct log_finding_list findings; /* empty: the log is whole */
};

/* Verifies the log, against a seal kept elsewhere where there is one (or NULL). */
bool audit_verify(struct session *session, const struct log_seal *seal, struct arena *arena,
	struct audit_report *report, struct error *err) MUST_CHECK;

/* One finding as a line of text, translated; in the arena. */
const char *audit_finding_text(const struct log_finding *finding, struct arena *arena);

/* The log's head, to be kept elsewhere. */
bool audit_seal(struct session *session, struct log_seal *seal, struct error *err) MUST_CHECK;

#endif
