/* A file that is written beside its place and takes it when it is whole: what was there before
 * stays until then. */
#ifndef KUTSU_BASE_OUTFILE_H
#define KUTSU_BASE_OUTFILE_H

#include "kutsu/base/error.h"

#include <stdio.h>

struct outfile {
	char *path, *made;
	FILE *file;
};

/* Mode 0600. ERROR_FAILED: it can't be made. */
bool outfile_begin(struct outfile *output, const char *path, struct error *err) MUST_CHECK;
/* `ok`: all went well so far. Else, or where it can't be written, nothing is left of it. Releases
 * it. */
bool outfile_end(struct outfile *output, bool ok, struct error *err) MUST_CHECK;
/* Of any file. ERROR_FAILED: something of it could not be written. */
bool outfile_flush(FILE *file, bool ok, struct error *err) MUST_CHECK;

#endif
