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

#include "kutsu/base/digest.h"
#include "kutsu/store/store.h"

#include <stddef.h>

struct arena;

/* Texts may be NULL but for login, account and use_case; none holds personal data of a client. */
struct log_row {
	int64_t id;
	int64_t at; /* UTC seconds */
	bool clock_fixed;
	int64_t user_id;     /* 0: no user of this database */
	const char *login;   /* as whom */
	const char *account; /* the operating system's account whose process it was */
	const char *origin;  /* address of the ssh client; NULL: at the host */
	const char *role;    /* code of the role that allowed it */
	const char *use_case;
	bool is_refused;
	int64_t case_id; /* 0: none */
	const char *case_code;
	const char *detail;
	const char *reason;
	const char *basis, *recipient; /* of a disclosure */
	unsigned char hash[DIGEST_SIZE];
};

/* Appends a row: id, case_code and hash are found here. */
bool store_log_add(struct change *change, const struct log_row *row, struct error *err) MUST_CHECK;

struct log_filter {
	const char *login;   /* NULL: any */
	int64_t from, until; /* UTC seconds, both included; INT64_MIN and INT64_MAX: all */
	int64_t case_id;     /* 0: any */
	int64_t limit;	     /* 0: all */
	bool newest_first;
};

typedef bool log_visitor(void *context, const struct log_row *row, struct error *err);
/* Texts live until the visitor returns. A visitor's false ends it. */
bool store_log_each(struct store *store, const struct log_filter *filter, log_visitor *visit,
	void *context, struct error *err) MUST_CHECK;

/* The last row's number and hash: 0 and zeros where there is none. */
struct log_seal {
	int64_t id;
	unsigned char hash[DIGEST_SIZE];
};

bool store_log_head(struct store *store, struct log_seal *seal, struct error *err) MUST_CHECK;

enum log_fault {
	LOG_CHANGED,	/* its columns are not those it was sealed with, or the row before isn't */
	LOG_MISSING,	/* rows from first to last are not there */
	LOG_NOT_SEALED, /* rows from first to last were added without being counted */
	LOG_OTHER_SEAL	/* it is not the row that was sealed elsewhere */
};

struct log_finding {
	enum log_fault fault;
	int64_t first, last;
};

struct log_finding_list {
	struct log_finding *items; /* in the arena */
	size_t count;
	bool has_more; /* only the first hundred are kept */
};

/*
 * Reads the whole log and names each row that was changed, removed, inserted or put elsewhere.
 * `seal` is one that was kept elsewhere, or NULL.
 */
bool store_log_verify(struct store *store, const struct log_seal *seal, struct arena *arena,
	int64_t *rows, struct log_finding_list *findings, struct error *err) MUST_CHECK;

#endif
