/* The leadership group's agenda pack: the month's report, and what stands beside it. */
#ifndef KUTSU_FORMAT_AGENDA_WRITER_H
#define KUTSU_FORMAT_AGENDA_WRITER_H

#include "kutsu/domain/leadership_agenda.h"

#include <stdio.h>

/* Errors of the file are the caller's to look for (ferror). */
void agenda_write_text(FILE *file, const struct leadership_agenda *agenda);
void agenda_write_html(FILE *file, const struct leadership_agenda *agenda);
void agenda_write_json(FILE *file, const struct leadership_agenda *agenda);

#endif
