/* What an export reads, and what of it may be told. */
#include "export_internal.h"

#include "kutsu/base/date.h"
#include "kutsu/store/case_store.h"
#include "kutsu/store/meeting_store.h"
#include "kutsu/store/unit_store.h"
#include "service_internal.h"

#include <string.h>

/* Research gets nothing of a case under a non-disclosure order. */
static bool is_left_out(const struct export *export, bool nondisclosure)
{
	return export->pseudonyms && nondisclosure;
}

static bool put_call(void *context, const struct call *call, struct error *err)
{
	struct export *export = context;
	struct row row;

	if (is_left_out(export, call->nondisclosure))
		return true;
	row_init(&row, &export->arena);
	row_of_call(&row, call);
	return export_put_row(export, &row, err);
}

static bool put_case(void *context, const struct case_ref *case_ref, struct error *err)
{
	struct export *export = context;
	struct row row;

	if (is_left_out(export, case_ref->nondisclosure))
		return true;
	row_init(&row, &export->arena);
	row_of_case(&row, case_ref);
	return export_put_row(export, &row, err);
}

/* A unit's calendar lies where all its people see it, whoever writes it. */
static bool is_for_contact(const struct export *export)
{
	return export->scope == SCOPE_OWN
	       || (export->order->unit && export->order->format == EXPORT_ICS);
}

static bool put_meeting(void *context, const struct meeting *meeting, struct error *err)
{
	struct export *export = context;
	struct meeting shown = *meeting;
	struct row row;

	if (meeting->status == MEETING_HOLD || is_left_out(export, meeting->nondisclosure))
		return true;
	if (is_for_contact(export))
		meeting_for_contact(&shown);
	if (export->order->format == EXPORT_ICS)
		return export_put_event(export, &shown, err);
	row_init(&row, &export->arena);
	row_of_meeting(&row, &shown);
	return export_put_row(export, &row, err);
}

/* An action does not know its case's order. */
static bool note_left_out(void *context, const struct case_ref *case_ref, struct error *err)
{
	struct export *export = context;

	(void)err;
	if (case_ref->nondisclosure) {
		export->left_out = arena_append(&export->kept, export->left_out,
			&export->left_out_count, sizeof(*export->left_out));
		export->left_out[export->left_out_count - 1] =
			arena_text(&export->kept, case_ref->code);
	}
	return true;
}

static bool is_of_left_out(const struct export *export, const char *code)
{
	for (size_t i = 0; i < export->left_out_count; i++) {
		if (strcmp(export->left_out[i], code) == 0)
			return true;
	}
	return false;
}

static bool put_action(void *context, const struct agreed_action *action, struct error *err)
{
	struct export *export = context;
	struct row row;

	if (is_of_left_out(export, action->case_code))
		return true;
	row_init(&row, &export->arena);
	row_of_action(&row, action);
	return export_put_row(export, &row, err);
}

static bool put_actions(struct export *export, struct error *err)
{
	struct store *store = export->session->store;

	return (!export->pseudonyms
		       || store_case_each(store, INT64_MIN, INT64_MAX, note_left_out, export, err))
	       && store_action_each(store, export->order->from_day, export->order->until_day,
		       put_action, export, err);
}

static bool put_units(struct export *export, struct error *err)
{
	struct arena arena = { 0 };
	struct unit_list list;
	bool ok = store_unit_list(export->session->store, UNITS_ALL, &arena, &list, err);

	for (size_t i = 0; ok && i < list.count; i++) {
		struct row row;

		row_init(&row, &export->arena);
		row_of_unit(&row, &list.items[i]);
		ok = export_put_row(export, &row, err);
	}
	arena_release(&arena);
	return ok;
}

bool export_things(struct export *export, struct error *err)
{
	struct store *store = export->session->store;
	int64_t from = export->order->from_day == DAY_FIRST
			       ? INT64_MIN
			       : zone_to_moment(export->order->from_day, 0);
	int64_t until = export->order->until_day == DAY_LAST
				? INT64_MAX
				: zone_to_moment(export->order->until_day + 1, 0) - 1;
	struct meeting_filter meetings = { .from_day = export->order->from_day,
		.until_day = export->order->until_day,
		.unit_id = export->unit.id };

	switch (export->order->what) {
	case EXPORT_CALLS:
		return store_call_each(store, from, until, put_call, export, err);
	case EXPORT_CASES:
		return store_case_each(store, from, until, put_case, export, err);
	case EXPORT_MEETINGS:
		return store_meeting_each(store, &meetings, put_meeting, export, err);
	case EXPORT_ACTIONS:
		return put_actions(export, err);
	case EXPORT_SLOTS:
		return export_slots(export, err);
	case EXPORT_UNITS:
		return put_units(export, err);
	default:
		return export_learning(export, err);
	}
}
