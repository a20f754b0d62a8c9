/* Text on paper, or a terminal of 80 columns. */
#ifndef KUTSU_FORMAT_PAPER_INTERNAL_H
#define KUTSU_FORMAT_PAPER_INTERNAL_H

#include <stdio.h>

#define PAPER_COLUMNS 78

/* Wrapped between words, behind `first` blanks, and `other` ones from its second row on. */
void paper_put_rows(FILE *file, int first, int other, const char *text);
/* Wrapped, and a line below it as long as it is. */
void paper_put_underlined(FILE *file, const char *text, char line);

#endif
