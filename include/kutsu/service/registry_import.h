/* Units, their holes and contacts from a sheet (domain/sheet.h): a new county in one step. */
#ifndef KUTSU_SERVICE_REGISTRY_IMPORT_H
#define KUTSU_SERVICE_REGISTRY_IMPORT_H

#include "kutsu/domain/slot.h"
#include "kutsu/service/session.h"
#include "kutsu/store/unit_store.h"

#include <stdio.h>

/* What is wrong in the sheet, translated: what happened; what to do. */
struct import_fault {
	size_t line; /* in which the row begins; 0: it is the whole file's */
	const char *text;
};

/* A unit contact: a new account, or one that is there, and the units it did not have. */
struct import_contact {
	const char *login, *title;
	const char *const *units;
	size_t unit_count;
	bool is_new;
};

struct import_report {
	struct import_fault *faults; /* by line */
	size_t fault_count;
	struct unit_list units; /* what was added, or would be */
	struct slot_list slots;
	struct import_contact *contacts;
	size_t contact_count;
	size_t known_units, known_slots, known_contacts; /* there already, just so */
};

/*
 * Reads a CSV file (format/csv_reader.h): one row is one hole of one unit. All rows are checked
 * before anything is written, by the rules of registry.h and accounts.h; then all of it is added,
 * or nothing. What is there already in the same form is let be, so that the same file may be
 * imported again. With dry_run nothing is added. The report lives in the arena.
 *
 * ERROR_FAILED  the file has faults: the report names each
 */
bool registry_import(struct session *session, const char *bytes, size_t length, bool dry_run,
	struct arena *arena, struct import_report *report, struct error *err) MUST_CHECK;

/* A sheet with its headings and two invented rows, in the language in use. */
void registry_import_template(FILE *file);

#endif
