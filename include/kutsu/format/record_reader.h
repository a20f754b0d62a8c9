/* The record of a meeting as JSON. */
#ifndef KUTSU_FORMAT_RECORD_READER_H
#define KUTSU_FORMAT_RECORD_READER_H

#include "kutsu/domain/meeting.h"

struct arena;

#define RECORD_LARGEST (1024 * 1024) /* bytes */

/*
 * Reads {"attended": [...], "absent": [...], "adults": [...], "facilitator", "child_present",
 * "child_heard", "strengths", "vulnerabilities", "notes", "actions": [{"who", "what", "where",
 * "due"}], "follow_up": {"needed", "within_weeks" | "reason"}, "revision"}. All are optional but an
 * action's who, what and where, and a follow_up's needed; null is the same as not given. Texts live
 * in the arena. The rules of meeting_record_check() are not applied here. Errors name keys as jq
 * does: "actions[0].due: ..." is the first action's.
 *
 * ERROR_INVALID  no JSON (with its line), an unknown or repeated key, a value of the wrong kind, a
 *                date or environment that is none: each named
 */
bool record_read(const char *json, size_t length, struct arena *arena,
	struct meeting_record *record, struct error *err) MUST_CHECK;

#endif
