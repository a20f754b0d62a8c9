#include "kutsu/service/agenda.h"

#include "service_internal.h"

/* The query as the store asks it, for what the user may see. */
static bool make_filter(struct session *session, const struct agenda_query *query,
	struct meeting_filter *filter, enum scope *scope, struct error *err)
{
	struct arena arena = { 0 };
	struct unit unit = { 0 };
	bool ok = use_check(session, USE_MEETING_LIST, scope, err)
		  && (!query->unit
			  || store_unit_get(session->store, query->unit, &arena, &unit, err));

	*filter = (struct meeting_filter) {
		.from_day = query->from_day,
		.until_day = query->until_day,
		.unit_id = unit.id,
		.contact_id = *scope == SCOPE_OWN ? session->user.id : 0,
	};
	arena_release(&arena);
	return ok;
}

void meeting_for_contact(struct meeting *meeting)
{
	meeting->case_code = NULL;
	meeting->cancelled_reason = NULL;
}

struct visit {
	meeting_visitor *visit;
	void *context;
	enum scope scope;
};

static bool visit_meeting(void *context, const struct meeting *meeting, struct error *err)
{
	const struct visit *outer = context;
	struct meeting shown = *meeting;

	if (outer->scope == SCOPE_OWN)
		meeting_for_contact(&shown);
	return outer->visit(outer->context, &shown, err);
}

bool agenda_each(struct session *session, const struct agenda_query *query, meeting_visitor *visit,
	void *context, struct error *err)
{
	struct visit outer = { .visit = visit, .context = context, .scope = SCOPE_NONE };
	struct meeting_filter filter;

	return make_filter(session, query, &filter, &outer.scope, err)
	       && store_meeting_each(session->store, &filter, visit_meeting, &outer, err);
}

static void show(enum scope scope, struct meeting_list *list)
{
	for (size_t i = 0; scope == SCOPE_OWN && i < list->count; i++)
		meeting_for_contact(&list->items[i]);
}

bool agenda_list(struct session *session, const struct agenda_query *query, int64_t most,
	struct arena *arena, struct meeting_list *list, struct error *err)
{
	struct meeting_filter filter;
	enum scope scope = SCOPE_NONE;

	*list = (struct meeting_list) { 0 };
	if (!make_filter(session, query, &filter, &scope, err)
		|| !store_meeting_list(session->store, &filter, most, arena, list, err))
		return false;
	show(scope, list);
	return true;
}

bool agenda_past(struct session *session, int64_t most, struct arena *arena,
	struct meeting_list *list, struct error *err)
{
	enum scope scope = SCOPE_NONE;

	*list = (struct meeting_list) { 0 };
	if (!use_check(session, USE_MEETING_LIST, &scope, err)
		|| !store_meeting_past(session->store, session_today(session),
			scope == SCOPE_OWN ? session->user.id : 0, most, arena, list, err))
		return false;
	show(scope, list);
	return true;
}
