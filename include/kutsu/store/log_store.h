/*
 * The access log: who looked at, changed, was refused or gave out what. It only grows.
 *
 * Each row is sealed: its hash is BLAKE2b (32 bytes, no key) over the hash of the row before, 32
 * zero bytes for the first, and the row's columns but the hash in the order of struct log_row, each
 * as "n;" where it is NULL, "iN;" for an integer in decimal, "tN:BYTES;" for a text of N bytes.
 * Rows are numbered 1, 2, 3 ...; access_log_head has the last one's number and hash. Whoever has
 * the file can compute all of it anew: only a seal kept elsewhere shows that.
 */
#ifndef KUTSU_STORE_LOG_STORE_H
#define KUTSU_STORE_LOG_STORE_H

#include "kutsu/domain/access_log.h"
#include "kutsu/store/store.h"

struct arena;

/* Appends a row: id, case_code and hash are found here. */
bool store_log_add(struct change *change, const struct log_row *row, struct error *err) MUST_CHECK;

struct log_filter {
	const char *login;     /* NULL: any */
	int64_t from, until;   /* UTC seconds, both included; INT64_MIN and INT64_MAX: all */
	int64_t case_id;       /* 0: any */
	bool with_fixed_clock; /* of a case: also rows whose moment was set by hand (KUTSU_NOW) */
	int64_t limit;	       /* 0: all */
	bool newest_first;
};

typedef bool log_visitor(void *context, const struct log_row *row, struct error *err);
/* Texts live until the visitor returns. A visitor's false ends it. */
bool store_log_each(struct store *store, const struct log_filter *filter, log_visitor *visit,
	void *context, struct error *err) MUST_CHECK;

/* The last row's seal: 0 and zeros where there is none. */
bool store_log_head(struct store *store, struct log_seal *seal, struct error *err) MUST_CHECK;

/*
 * Reads the whole log and names each row that was changed, removed, inserted or put elsewhere.
 * `seal` is one that was kept elsewhere, or NULL. To be called where nobody else can write, as in a
 * transaction: a row that is added meanwhile would be one that was not counted.
 */
bool store_log_verify(struct store *store, const struct log_seal *seal, struct arena *arena,
	int64_t *rows, struct log_finding_list *findings, struct error *err) MUST_CHECK;

#endif
