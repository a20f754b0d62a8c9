/* What the new installations share. */
#ifndef KUTSU_SERVICE_REGION_INTERNAL_H
#define KUTSU_SERVICE_REGION_INTERNAL_H

#include "kutsu/domain/terms.h"
#include "kutsu/service/region.h"
#include "kutsu/service/session.h"

bool region_add_user(struct change *change, const char *login, const char *title,
	const enum role *roles, size_t role_count, struct error *err) MUST_CHECK;

/* Generated calls, meetings and records of the years before `until_day`, in every copy. */
bool demo_add_history(struct session *session, const struct demo_options *options, int until_day,
	struct error *err) MUST_CHECK;

#endif
