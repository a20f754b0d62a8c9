/*
 * Small cells of a table of counts: fewer than five people are not told of, neither by their own
 * cell nor by what the others leave over, also to somebody who knows this rule.
 */
#ifndef KUTSU_DOMAIN_SUPPRESSION_H
#define KUTSU_DOMAIN_SUPPRESSION_H

#include <stdbool.h>
#include <stddef.h>

#define CELL_LEAST  5 /* shown; and 0 is */
#define CELL_HIDDEN (-1)

bool cell_is_small(int cell); /* 1 to 4 */

/* What who may not see small cells is told of one that they choose the limits of: whole fives, so
 * that two of them can't be subtracted; CELL_HIDDEN where it is small. */
int cell_in_fives(int cell);

/*
 * Hides what is not to be shown of `cells`, the parts of a whole, and of *total, their sum.
 *
 * 1 to 4 is hidden. One such cell could be worked out from the total; so could more where each is
 * 1, the least a hidden one can be, or each is 4, the most: then the smallest others but 0 are
 * hidden with them (all that are equally small: which of them it is would tell, too).
 *
 * Where there are no others the total is hidden. So it is where it is small itself. With the total
 * all cells are hidden, 0 as well: where four calls came from four places each is known.
 */
void suppress_cells(int *cells, size_t count, int *total);

#endif
