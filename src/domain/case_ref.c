#include "kutsu/domain/case_ref.h"

const char *case_shown_municipality(const struct case_ref *case_ref)
{
	return case_ref->nondisclosure ? NULL : case_ref->municipality;
}
