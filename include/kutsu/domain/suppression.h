/*
 * Small cells: a count of one to four people may tell who they are, so it is not published, and
 * neither is enough of the others that it could be worked out. A zero may be shown.
 *
 * What is left shows of no hidden cell what it is, even to a reader who sets up all the sums of
 * rows and columns and knows that what is hidden is at least one.
 */
#ifndef KUTSU_DOMAIN_SUPPRESSION_H
#define KUTSU_DOMAIN_SUPPRESSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SUPPRESSION_MOST 4

/* `hidden` has one more than `counts`: the last is their total's. */
void suppress_row(const int64_t *counts, size_t count, bool *hidden);

/*
 * The same of rows x columns, row by row. `hidden` has a row and a column more, those of the
 * totals; its last is that of all.
 */
void suppress_table(const int64_t *counts, size_t rows, size_t columns, bool *hidden);

#endif
