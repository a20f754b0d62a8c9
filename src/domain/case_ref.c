#include "kutsu/domain/case_ref.h"

#include <string.h>

const char *case_shown_municipality(const struct case_ref *case_ref)
{
	return case_ref->nondisclosure ? NULL : case_ref->municipality;
}

bool consent_is_in_force(const struct consent_list *list, const char *unit)
{
	for (size_t i = 0; i < list->count; i++) {
		if (!list->items[i].withdrawn_at && strcmp(list->items[i].unit, unit) == 0)
			return true;
	}
	return false;
}
