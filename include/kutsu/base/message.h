/*
 * The program's texts in the user's language. The source texts are English; fi and sv come from
 * catalogues compiled in from po/ in gettext's .mo format, since glibc's gettext translates nothing
 * on a machine without the locale.
 */
#ifndef KUTSU_BASE_MESSAGE_H
#define KUTSU_BASE_MESSAGE_H

#include <stdbool.h>

enum language { LANGUAGE_FI, LANGUAGE_SV, LANGUAGE_EN, LANGUAGES };

/* As gettext's language is, it is the whole process's. Finnish until set. */
void message_set_language(enum language language);
enum language message_language(void);

/* Reads "fi", "sv_FI.UTF-8", "en"... ; false for any other language. */
bool language_parse(const char *text, enum language *language);

const char *message_get(const char *source) __attribute__((format_arg(1)));

/* One or many: all three languages have one rule, n != 1. */
const char *message_plural(const char *one, const char *many, long count)
	__attribute__((format_arg(1), format_arg(2)));

#define _(text)		     message_get(text)
#define P_(one, many, count) message_plural(one, many, count)
#define N_(text)	     text

#endif
