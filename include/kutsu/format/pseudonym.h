/*
 * Rows for research: who they are about is told by keyed hashes, dates are weeks or shifted, free
 * text is left out, and so is what few cases have in common. With the key, or with what else is
 * known, people may be found again: such rows are personal data still (GDPR, recital 26).
 *
 * What becomes of each column stands in one table in pseudonym.c. A column that is not in it is
 * left out.
 */
#ifndef KUTSU_FORMAT_PSEUDONYM_H
#define KUTSU_FORMAT_PSEUDONYM_H

#include "kutsu/format/row.h"

#include <stdio.h>

#define PSEUDONYM_KEY_LEAST 32 /* bytes */

enum pseudonym_table {
	PSEUDONYM_CALLS,
	PSEUDONYM_CASES,
	PSEUDONYM_MEETINGS,
	PSEUDONYM_ACTIONS,
	PSEUDONYM_TABLES
};

enum pseudonym_dates {
	PSEUDONYM_WEEKS,   /* "2026-W48" */
	PSEUDONYM_SHIFTED, /* days, all of one case so many weeks later or earlier: never 0 */
	PSEUDONYM_DATES
};

struct pseudonym_set;

/* Of the key a hash is kept, not the key. */
struct pseudonym_set *pseudonym_set_new(
	enum pseudonym_table table, enum pseudonym_dates dates, const char *key, size_t length);
void pseudonym_set_free(struct pseudonym_set *set);

/* The columns, without values. */
void pseudonym_header(enum pseudonym_table table, struct row *row);

/* Adds what may be told of the row, as row_of_call() and its kin make it; nothing of it is borrowed
 * afterwards. All are held: what is rare is known at the end only. */
void pseudonym_set_add(struct pseudonym_set *set, const struct row *row);

/*
 * All are added: what fewer than CELL_LEAST cases have in common becomes null, and so do the next
 * rarest while those without a value would be as few. The rows come to stand in the order of their
 * pseudonyms, which says nothing. Returns their number.
 */
size_t pseudonym_set_end(struct pseudonym_set *set);
/* Valid while the set is. */
void pseudonym_set_get(const struct pseudonym_set *set, size_t i, struct row *row);

/* The data dictionary, CSV in the language in use: column, type, meaning, how it was made. */
void pseudonym_write_dictionary(FILE *file, enum pseudonym_table table, enum pseudonym_dates dates);

#endif
