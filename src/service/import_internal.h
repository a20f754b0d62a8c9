/* The rows of a sheet that is imported. */
#ifndef KUTSU_SERVICE_IMPORT_INTERNAL_H
#define KUTSU_SERVICE_IMPORT_INTERNAL_H

#include "kutsu/domain/sheet.h"
#include "kutsu/service/registry_import.h"

struct import_row {
	size_t line;
	const char *cells[SHEET_COLUMNS]; /* without blanks around them; NULL: empty */
	struct unit unit;		  /* what its cells tell of it; code NULL: none can be */
	struct slot slot;
	bool has_slot; /* a sound one */
	bool has_fault;
	unsigned wrong; /* bit 1u << column: the cell can't be what it says */
	bool adds_unit, adds_slot;
	struct import_contact *adds_contact; /* or NULL */
};

/* An import under way. */
struct import {
	struct session *session;
	struct arena *arena;
	struct import_report *report;
	struct import_row *rows;
	size_t row_count;
};

/* Keeps what is wrong with a row, which may be NULL: then `line` is told, or nothing (0). */
void import_fault(struct import *import, struct import_row *row, size_t line, const char *format,
	...) __attribute__((format(printf, 4, 5)));

/* Reads the file into import->rows, each checked as far as it can be alone. */
void import_read(struct import *import, const char *bytes, size_t length);

/* Says of each row what it adds, or that it can't. */
bool import_plan(struct import *import, struct error *err) MUST_CHECK;

#endif
