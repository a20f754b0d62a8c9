/* What both forms of a memo are written of. */
#ifndef KUTSU_FORMAT_MEMO_INTERNAL_H
#define KUTSU_FORMAT_MEMO_INTERNAL_H

#include "kutsu/format/memo.h"

struct arena;

/* A memo from which all is taken that its reader may not have: writers need ask nothing. */
struct memo_extract {
	struct memo memo;
	int sector;	    /* or MEMO_ALL_SECTORS */
	bool lacks_consent; /* no unit of the sector has one in force */
};

/* Lives as long as the memo and the arena. */
struct memo_extract memo_extract_of(const struct memo *memo, int sector, struct arena *arena);

/* NULL: it is not among the memo's units. */
const struct unit *memo_find_unit(const struct memo *memo, const char *code);

#endif
