/*
 * A sheet of units, their holes and contacts, as people fill it in: its columns, and words in them
 * in any of the three languages, whichever is in use.
 */
#ifndef KUTSU_DOMAIN_SHEET_H
#define KUTSU_DOMAIN_SHEET_H

#include "kutsu/domain/terms.h"

/* The unit's first, then the hole's, then the contact's. */
enum sheet_column {
	SHEET_UNIT, /* its code */
	SHEET_NAME,
	SHEET_SECTOR,
	SHEET_AREA,
	SHEET_MUNICIPALITY,
	SHEET_SCHOOL_BASED,
	SHEET_EMAIL,
	SHEET_PHONE,
	SHEET_WEEKDAY,
	SHEET_START,
	SHEET_END,
	SHEET_REPEAT,
	SHEET_FROM,
	SHEET_UNTIL,
	SHEET_CAPACITY,
	SHEET_PERSON,
	SHEET_DEPUTY,
	SHEET_PLACE,
	SHEET_CONTACT, /* a login */
	SHEET_CONTACT_TITLE,
	SHEET_COLUMNS
};

/* As a template has it, in the language in use. */
const char *sheet_heading(enum sheet_column column);

/* Each leaves its value where the text is none. Case, blanks, hyphens and such are let be. */
bool sheet_column_parse(const char *heading, enum sheet_column *column);
bool sheet_yes_parse(const char *text, bool *yes); /* "kyllä", "nej", "x", "1", "true" */
bool sheet_repeat_parse(const char *text, enum repeat *repeat); /* the code, "joka toinen viikko" */
bool sheet_weekday_parse(const char *text, int *weekday);	/* "3", "ke", "onsdag" */
bool sheet_minute_parse(const char *text, int *minute); /* as minute_parse(); also "13:00:00" */

#endif
