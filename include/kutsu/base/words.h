/* A command line that comes as one text, taken apart into words. */
#ifndef KUTSU_BASE_WORDS_H
#define KUTSU_BASE_WORDS_H

#include "kutsu/base/error.h"

#include <stddef.h>

struct arena;

/*
 * Splits a line as a POSIX shell does plain words: blanks part them; 'single quotes', "double
 * quotes" with a backslash before \ " $ ` in them, and a backslash before any other character.
 * Nothing is expanded and nothing is run, and whoever types it expects a shell: what would mean
 * something to one is refused where it is not quoted, not taken as text. *words lives in the
 * arena and ends with a NULL that *count leaves out.
 *
 * ERROR_INVALID  an unquoted ; & | < > ( ) $ ` * ? [ or #, a ~ that begins a word, a $ or ` in
 *                double quotes; a line feed outside quotes or behind a backslash, any other control
 *                character but a tab; a quote that is not ended, nothing behind a backslash;
 *                what is not UTF-8
 */
bool words_split(const char *line, struct arena *arena, char ***words, size_t *count,
	struct error *err) MUST_CHECK;

#endif
