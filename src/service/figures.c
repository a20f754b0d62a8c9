#include "kutsu/service/figures.h"

#include "kutsu/base/message.h"
#include "kutsu/store/figure_store.h"
#include "service_internal.h"

#include <stdio.h>

static bool read_month(struct session *session, struct month month, bool full,
	struct month_figures *figures, struct error *err)
{
	int64_t from = zone_to_moment(month_first_day(month), 0);
	int64_t until = zone_to_moment(month_first_day(month_add(month, 1)), 0);
	struct month_figures found = { .month = month, .is_full = full };

	if (!store_figures_between(session->store, from, until, &found, err))
		return false;
	if (!full)
		figures_suppress(&found);
	*figures = found;
	return true;
}

/* Whoever works with the cases could count them anyway. */
static bool check_full(const struct session *session, struct error *err)
{
	enum role by;

	return right_scope(session->user.roles, USE_CASE_LIST, &by) == SCOPE_ALL
	       || error_set(err, ERROR_DENIED,
		       _("%.40s may see figures without the small ones only; leave --full out"),
		       session->identity.login);
}

bool figures_look(struct session *session, enum look look, struct month month, bool full,
	struct month_figures *figures, struct error *err)
{
	char detail[DAY_TEXT_SIZE + 8], text[DAY_TEXT_SIZE];
	struct use use;
	bool ok;

	*figures = (struct month_figures) { .month = month };
	if (look == LOOK_AGAIN && !full)
		return use_check(session, USE_FIGURES_LOOK, NULL, err)
		       && read_month(session, month, full, figures, err);
	snprintf(detail, sizeof(detail), full ? "%s full" : "%s", month_format_iso(month, text));
	if (!use_begin(&use, session, USE_FIGURES_LOOK, detail, err))
		return false;
	ok = (!full || check_full(session, err)) && read_month(session, month, full, figures, err)
	     && use_log(&use, 0, detail, err);
	ok = use_end(&use, ok, err);
	if (!ok)
		*figures = (struct month_figures) { .month = month };
	return ok;
}
