/*
 * A calendar that another program wrote, read in for one unit: what events say of its holes
 * becomes slots, closings and extra openings (format/ical_reader.h). From today on only; what was
 * stays as it was. An event is known again by its UID, so the same file a second time changes
 * nothing; what is not in the file is left alone, unless the file is told to be the whole calendar.
 */
#ifndef KUTSU_SERVICE_CALENDAR_IMPORT_H
#define KUTSU_SERVICE_CALENDAR_IMPORT_H

#include "kutsu/domain/meeting.h"
#include "kutsu/domain/slot.h"
#include "kutsu/format/ical_reader.h"
#include "kutsu/service/session.h"

struct calendar_order {
	const char *unit; /* its code */
	const char *bytes;
	size_t length;
	bool dry_run; /* tells what would be, and changes nothing */
	bool partial; /* takes the rest where something can't be taken */
	bool whole;   /* what the file has no more is taken back, as if it were cancelled */
};

enum calendar_change_kind { CALENDAR_ADDED, CALENDAR_ENDED };
enum calendar_thing { CALENDAR_SLOT, CALENDAR_CLOSING, CALENDAR_OPENING };

struct calendar_change {
	enum calendar_change_kind kind;
	enum calendar_thing thing;
	int line;	  /* of the event; 0 where the file has it no more */
	struct slot slot; /* one of these */
	struct closing closing;
	struct opening opening;
};

struct calendar_report {
	struct calendar_change *changes;
	size_t change_count;
	size_t unchanged, older; /* events */
	/* Booked ones that lose their hole; they stay booked. */
	struct meeting_list meetings;
	struct ical_trouble *troubles; /* by line */
	size_t trouble_count;
	bool busy_only;	  /* no event is named a hole, but busy ones close some */
	int refused_line; /* where the file as a whole is refused */
};

/*
 * All or nothing. The report lives in the arena and is filled also where troubles are why nothing
 * was taken.
 *
 * ERROR_INVALID    the file is no calendar; report->refused_line tells where
 * ERROR_FAILED     something can't be taken, and not `partial`: report->troubles tells what
 * ERROR_NOT_FOUND  no such unit
 */
bool calendar_import(struct session *session, const struct calendar_order *order,
	struct arena *arena, struct calendar_report *report, struct error *err) MUST_CHECK;

#endif
