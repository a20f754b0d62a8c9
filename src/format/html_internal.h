/* What pages of HTML share. */
#ifndef KUTSU_FORMAT_HTML_INTERNAL_H
#define KUTSU_FORMAT_HTML_INTERNAL_H

#include <stdio.h>

/* The page says itself that it runs nothing and loads nothing. */
#define HTML_POLICY "default-src 'none'; style-src 'unsafe-inline'"

void html_put_text(FILE *file, const char *text); /* what means something to HTML is escaped */
const char *html_language(void);		  /* "fi" */

#endif
