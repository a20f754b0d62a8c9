/*
 * UTF-8 on a screen: what one press of an arrow key steps over, and how many columns it takes.
 * Widths are wcwidth()'s, since curses counts by it: the caller sets LC_CTYPE to a UTF-8 locale.
 */
#ifndef KUTSU_BASE_UTF8_H
#define KUTSU_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

bool utf8_is_valid(const char *text); /* as RFC 3629: no overlong forms, no surrogates */

/* Decodes at text; returns the bytes read, at least 1. A broken byte is read as U+FFFD. */
size_t utf8_decode(const char *text, uint32_t *code_point);
size_t utf8_encode(uint32_t code_point, char bytes[5]); /* NUL-terminated */

int utf8_width(const char *text);
int utf8_width_bytes(const char *text, size_t length); /* of what begins in those bytes */

/* Cuts an incomplete last character off, such as snprintf() leaves. */
void utf8_trim(char *text);

/* For one line on a terminal: broken bytes go, control characters become blanks. */
void utf8_clean(char *text);

/* The byte offset after, or before, the character at `at` with its combining marks. */
size_t utf8_next(const char *text, size_t at);
size_t utf8_previous(const char *text, size_t at);

/* How many bytes of text fit into `columns`; *width is what they take. */
size_t utf8_fit(const char *text, int columns, int *width);

/*
 * Where the row that begins at `at` ends: at a line feed, else at the last blank at which it still
 * fits into `columns`, else in the middle of a word; it takes one character at least. *next is
 * where the next row begins, past that blank or line feed.
 */
size_t utf8_wrap(const char *text, size_t at, int columns, size_t *next);

/* Control characters below U+0020 other than line feed, and U+007F to U+009F. */
bool utf8_has_control(const char *text);

/* Makes letters up to U+017F small, in any locale; written to `to` (size bytes at most). */
void utf8_fold(const char *text, char *to, size_t size);

/* "ä" as "a", "–" as "-": for terminals without UTF-8. Unknown characters become "?",
 * one for each column. */
void utf8_to_ascii(const char *text, char *to, size_t size);

#endif
