/*
 * The memo of a case, to be put into the official client record, or of one meeting, to be printed
 * or pasted: as plain text, Markdown or HTML in the language in use, or as JSON. Whole, or the
 * extract that one sector's record may have: the meetings to which a unit of the sector was
 * invited, and what was said only where such a unit has a consent in force. A case under a
 * non-disclosure order shows no municipality, no place, and no names of units, which tell where
 * they are.
 */
#ifndef KUTSU_FORMAT_MEMO_H
#define KUTSU_FORMAT_MEMO_H

#include "kutsu/domain/case_ref.h"
#include "kutsu/domain/meeting.h"
#include "kutsu/domain/unit.h"

#include <stdio.h>

#define MEMO_ALL_SECTORS (-1)
#define MEMO_COLUMNS	 78

struct memo_meeting {
	struct meeting meeting;
	bool has_record;
	struct meeting_record record;
};

struct memo {
	int64_t meeting_id; /* the one that it is of; 0: of the whole case */
	struct case_ref case_ref;
	struct call_list calls;
	struct consent_list consents;
	struct memo_meeting *meetings;
	size_t meeting_count;
	struct unit_list units; /* all that consents and meetings name: one that is missing is of
				   no sector */
};

/* `sector` is an enum sector, or MEMO_ALL_SECTORS. Errors of the file are the caller's to look for
 * (ferror). */
void memo_write_text(FILE *file, const struct memo *memo, int sector);
void memo_write_md(FILE *file, const struct memo *memo, int sector);
/* One page that needs and runs nothing else. */
void memo_write_html(FILE *file, const struct memo *memo, int sector);
void memo_write_json(FILE *file, const struct memo *memo, int sector);

#endif
