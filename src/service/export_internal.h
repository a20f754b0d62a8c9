/* An export under way: what its files share. */
#ifndef KUTSU_SERVICE_EXPORT_INTERNAL_H
#define KUTSU_SERVICE_EXPORT_INTERNAL_H

#include "kutsu/base/arena.h"
#include "kutsu/domain/right.h"
#include "kutsu/domain/unit.h"
#include "kutsu/format/ical_writer.h"
#include "kutsu/format/json_writer.h"
#include "kutsu/format/xlsx_writer.h"
#include "kutsu/service/exporting.h"

struct export
{
	struct session *session;
	const struct export_order *order;
	enum scope scope;
	struct unit unit;  /* its id is 0: all */
	struct arena kept; /* of the unit and what is left out */
	FILE *file;
	struct json_writer json;
	struct ical_writer ical;
	struct xlsx_writer *xlsx;
	struct pseudonym_set *pseudonyms; /* or NULL */
	const char **left_out;		  /* codes of the cases whose actions are left out */
	size_t left_out_count;
	size_t rows;	    /* read */
	struct arena arena; /* of the row in hand */
};

/* PSEUDONYM_TABLES: it is none for research. */
enum pseudonym_table export_table_of(enum export_what what);

/* Between these, rows are put. */
bool export_begin(struct export *export, struct error *err) MUST_CHECK;
bool export_finish(struct export *export, struct error *err) MUST_CHECK;

/* Puts all that the order asks for. */
bool export_things(struct export *export, struct error *err) MUST_CHECK;

/* A file that can't be written ends the export at the row that shows it. */
bool export_check_file(struct export *export, struct error *err) MUST_CHECK;
/* Begins a table of a spreadsheet; the row has its keys, and is dropped. */
bool export_put_sheet(
	struct export *export, const char *name, struct row *row, struct error *err) MUST_CHECK;
/* Writes it and empties the row's arena. */
bool export_put_row(struct export *export, struct row *row, struct error *err) MUST_CHECK;
bool export_put_event(
	struct export *export, const struct meeting *meeting, struct error *err) MUST_CHECK;
bool export_slots(struct export *export, struct error *err) MUST_CHECK;
/* Feedback, and what was learned. */
bool export_learning(struct export *export, struct error *err) MUST_CHECK;
/* The keys of such a thing, for a table's header. */
void export_learning_header(enum export_what what, struct row *row);

#endif
