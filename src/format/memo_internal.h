/* What all forms of a memo are written of. */
#ifndef KUTSU_FORMAT_MEMO_INTERNAL_H
#define KUTSU_FORMAT_MEMO_INTERNAL_H

#include "kutsu/base/arena.h"
#include "kutsu/format/memo.h"

/* A memo from which all is taken that its reader may not have: writers need ask nothing. */
struct memo_extract {
	struct memo memo;
	int sector;	    /* or MEMO_ALL_SECTORS */
	bool lacks_consent; /* no unit of the sector has one in force */
};

/* Lives as long as the memo and the arena. */
struct memo_extract memo_extract_of(const struct memo *memo, int sector, struct arena *arena);

struct memo_writer;

/* How a memo looks. Texts are plain, and may have several lines. */
struct memo_form {
	void (*begin)(struct memo_writer *to, const char *title);
	void (*section)(struct memo_writer *to, const char *heading);
	void (*thing)(struct memo_writer *to, const char *heading); /* a call, a meeting */
	void (*field)(struct memo_writer *to, const char *label, const char *text);
	void (*line)(struct memo_writer *to, const char *text);
	void (*end)(struct memo_writer *to, const char *text);
};

struct memo_writer {
	FILE *file;
	const struct memo_form *form;
	struct arena arena;
	const struct memo *memo;
	bool in_thing; /* what comes is of the thing above */
};

/* Writes the memo, or the sector's extract of it, in that form. */
void memo_walk(FILE *file, const struct memo *memo, int sector, const struct memo_form *form);

/* NULL: it is not among the memo's units. */
const struct unit *memo_find_unit(const struct memo *memo, const char *code);

#endif
