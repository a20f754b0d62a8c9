/* A unit: a service that has promised a hole in its calendar. */
#ifndef KUTSU_DOMAIN_UNIT_H
#define KUTSU_DOMAIN_UNIT_H

#include "kutsu/domain/terms.h"

#include <stddef.h>
#include <stdint.h>

#define UNIT_CODE_LONGEST 24

struct unit {
	int64_t id;
	const char *code; /* "PNE-KES": letters, digits and hyphens */
	const char *name;
	enum sector sector;
	const char *area, *municipality; /* or NULL */
	bool school_based;		 /* closed in school breaks */
	const char *email, *phone;	 /* or NULL */
	bool active;			 /* false: retired */
	int revision;			 /* grows with each change; to be written: the one seen */
	const char *changed_by;		 /* login of the last change, or NULL */
	int64_t changed_at;		 /* UTC seconds, 0: never */
};

struct unit_list {
	struct unit *items;
	size_t count;
};

bool unit_code_is_valid(const char *code);

/* What happens on school days only: pupil welfare, school health care, the school itself. */
bool sector_is_school_based(enum sector sector);

#endif
