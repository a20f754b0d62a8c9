#include "export_internal.h"

#include "kutsu/base/date.h"
#include "kutsu/base/message.h"
#include "kutsu/domain/slot.h"
#include "kutsu/format/csv_writer.h"
#include "kutsu/store/case_store.h"
#include "kutsu/store/meeting_store.h"
#include "kutsu/store/unit_store.h"
#include "service_internal.h"

#include <errno.h>
#include <string.h>
#include <strings.h>

static const char *const what_names[EXPORTS] = {
	[EXPORT_CALLS] = "calls",
	[EXPORT_CASES] = "cases",
	[EXPORT_MEETINGS] = "meetings",
	[EXPORT_ACTIONS] = "actions",
	[EXPORT_SLOTS] = "slots",
	[EXPORT_UNITS] = "units",
};

static const char *const format_names[EXPORT_FORMATS] = {
	[EXPORT_CSV] = "csv",
	[EXPORT_JSON] = "json",
	[EXPORT_ICS] = "ics",
	[EXPORT_XLSX] = "xlsx",
};

static bool find_name(const char *const *names, int count, const char *text, int *value)
{
	for (int i = 0; i < count; i++) {
		if (strcasecmp(names[i], text) == 0) {
			*value = i;
			return true;
		}
	}
	return false;
}

bool export_what_parse(const char *text, enum export_what *what)
{
	int value;

	if (!find_name(what_names, EXPORTS, text, &value))
		return false;
	*what = (enum export_what)value;
	return true;
}

bool export_format_parse(const char *text, enum export_format *format)
{
	int value;

	if (!find_name(format_names, EXPORT_FORMATS, text, &value))
		return false;
	*format = (enum export_format)value;
	return true;
}

bool export_check_file(struct export *export, struct error *err)
{
	if (!ferror(export->file))
		return true;
	return error_set(err, ERROR_FAILED, _("the output can't be written (%s)"), strerror(errno));
}

static bool write_row(struct export *export, struct row *row, struct error *err)
{
	bool ok = true;

	switch (export->order->format) {
	case EXPORT_JSON:
		json_row(&export->json, NULL, row);
		break;
	case EXPORT_XLSX:
		ok = xlsx_row(export->xlsx, row, err);
		break;
	default:
		csv_row(export->file, row);
	}
	arena_reset(&export->arena);
	return ok && export_check_file(export, err);
}

static void tell_progress(struct export *export)
{
	const struct export_order *order = export->order;

	export->rows++;
	if (order->progress)
		order->progress(order->progress_context, export->rows);
}

bool export_put_row(struct export *export, struct row *row, struct error *err)
{
	tell_progress(export);
	if (!export->pseudonyms)
		return write_row(export, row, err);
	pseudonym_set_add(export->pseudonyms, row);
	arena_reset(&export->arena);
	return true;
}

/* Research gets nothing of a case under a non-disclosure order. */
static bool is_left_out(const struct export *export, bool nondisclosure)
{
	return export->pseudonyms && nondisclosure;
}

bool export_put_sheet(struct export *export, const char *name, struct row *row, struct error *err)
{
	bool ok = xlsx_sheet(export->xlsx, name, row, err);

	arena_reset(&export->arena);
	return ok;
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
	if (export->order->format == EXPORT_ICS) {
		tell_progress(export);
		ical_meeting(&export->ical, &shown);
		return export_check_file(export, err);
	}
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

static bool put_things(struct export *export, struct error *err)
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
	default:
		return put_units(export, err);
	}
}

static enum pseudonym_table table_of(enum export_what what)
{
	switch (what) {
	case EXPORT_CALLS:
		return PSEUDONYM_CALLS;
	case EXPORT_CASES:
		return PSEUDONYM_CASES;
	case EXPORT_MEETINGS:
		return PSEUDONYM_MEETINGS;
	case EXPORT_ACTIONS:
		return PSEUDONYM_ACTIONS;
	default:
		return PSEUDONYM_TABLES;
	}
}

/* Tables have their header row also where there is nothing below it. */
static bool put_header(struct export *export, struct error *err)
{
	static const struct call no_call;
	static const struct case_ref no_case;
	static const struct meeting no_meeting;
	static const struct agreed_action no_action;
	static const struct slot no_slot;
	static const struct unit no_unit;
	struct row row;

	row_init(&row, &export->arena);
	switch (export->pseudonyms ? EXPORTS : export->order->what) {
	case EXPORTS:
		pseudonym_header(table_of(export->order->what), &row);
		break;
	case EXPORT_CALLS:
		row_of_call(&row, &no_call);
		break;
	case EXPORT_CASES:
		row_of_case(&row, &no_case);
		break;
	case EXPORT_MEETINGS:
		row_of_meeting(&row, &no_meeting);
		break;
	case EXPORT_ACTIONS:
		row_of_action(&row, &no_action);
		break;
	case EXPORT_SLOTS:
		row_of_slot(&row, &no_slot);
		break;
	default:
		row_of_unit(&row, &no_unit);
	}
	if (export->order->format == EXPORT_XLSX)
		return export_put_sheet(export, what_names[export->order->what], &row, err);
	csv_header(export->file, &row);
	arena_reset(&export->arena);
	return true;
}

/* What stands in the file as its name. */
static const char *title_of(const struct export *export)
{
	const struct session *session = export->session;

	if (session->is_demo)
		return _("DEMONSTRATION DATA - INVENTED");
	if (export->unit.name)
		return export->unit.name;
	return session->region ? session->region : "kutsu";
}

static bool begin(struct export *export, struct error *err)
{
	struct session *session = export->session;

	switch (export->order->format) {
	case EXPORT_JSON:
		json_begin(&export->json, export->file);
		if (export->order->what != EXPORT_SLOTS)
			json_open_array(&export->json, NULL);
		return true;
	case EXPORT_ICS:
		export->ical =
			(struct ical_writer) { export->file, session->zone, session_now(session) };
		return ical_begin(&export->ical, title_of(export), err);
	case EXPORT_XLSX:
		return xlsx_new(title_of(export), session_now(session), &export->xlsx, err)
		       && put_header(export, err);
	default:
		return put_header(export, err);
	}
}

/* What is rare is known when all is there. */
static bool put_pseudonyms(struct export *export, struct error *err)
{
	size_t count = export->pseudonyms ? pseudonym_set_end(export->pseudonyms) : 0;
	bool ok = true;

	for (size_t i = 0; ok && i < count; i++) {
		struct row row;

		row_init(&row, &export->arena);
		pseudonym_set_get(export->pseudonyms, i, &row);
		ok = write_row(export, &row, err);
	}
	return ok;
}

static bool finish(struct export *export, struct error *err)
{
	switch (export->order->format) {
	case EXPORT_JSON:
		if (export->order->what != EXPORT_SLOTS)
			json_close_array(&export->json);
		json_end(&export->json);
		return true;
	case EXPORT_ICS:
		ical_end(&export->ical);
		return true;
	case EXPORT_XLSX:
		return xlsx_finish(export->xlsx, export->file, err);
	default:
		return true;
	}
}

static enum use_case use_of(const struct export_order *order)
{
	switch (order->what) {
	case EXPORT_MEETINGS:
		return order->unit ? USE_EXPORT_UNIT_MEETINGS : USE_EXPORT;
	case EXPORT_SLOTS:
		return order->unit ? USE_EXPORT_UNIT_SLOTS : USE_EXPORT_REGISTRY;
	case EXPORT_UNITS:
		return USE_EXPORT_REGISTRY;
	default:
		return USE_EXPORT;
	}
}

/* The right to the export is asked for before it is told whether there is such a unit. */
static bool find_unit(struct export *export, struct use *use, struct error *err)
{
	const char *code = export->order->unit;

	return !code
	       || (store_unit_get(use->session->store, code, &export->kept, &export->unit, err)
		       && use_unit(use, export->unit.id, code, err));
}

/*
 * In a transaction of its own and first: a disclosure that can't be logged does not happen, and
 * nobody else has to wait while a slow reader takes what is written.
 */
static bool log_export(struct export *export, struct error *err)
{
	const struct export_order *order = export->order;
	const char *what = what_names[order->what];
	struct use use;
	bool ok;

	if (!disclosure_check(&order->disclosure, err)
		|| !use_begin(&use, export->session, use_of(order),
			order->unit ? order->unit : what, err))
		return false;
	if (order->pseudonyms)
		what = arena_printf(&export->kept, "%s, pseudonymous", what);
	ok = find_unit(export, &use, err)
	     && use_log_disclosure(&use, 0,
		     order->unit
			     ? arena_printf(&export->kept, "%s, unit %s", what, export->unit.code)
			     : what,
		     &order->disclosure, err);
	export->scope = use.scope;
	return use_end(&use, ok, err);
}

static bool check_pseudonyms(const struct export_order *order, struct error *err)
{
	const struct export_pseudonyms *pseudonyms = order->pseudonyms;

	if (!pseudonyms)
		return true;
	if (table_of(order->what) == PSEUDONYM_TABLES || order->unit || order->format == EXPORT_ICS)
		return error_set(err, ERROR_INVALID,
			_("pseudonymous are calls, cases, meetings and actions as a whole, as csv, "
			  "json or xlsx"));
	if (pseudonyms->key_length < PSEUDONYM_KEY_LEAST)
		return error_set(err, ERROR_INVALID,
			_("the key has %zu bytes; make one of %d at least, by chance"),
			pseudonyms->key_length, PSEUDONYM_KEY_LEAST);
	return true;
}

bool export_write_dictionary(
	enum export_what what, enum pseudonym_dates dates, FILE *file, struct error *err)
{
	if (table_of(what) == PSEUDONYM_TABLES)
		return error_set(err, ERROR_INVALID,
			_("only calls, cases, meetings and actions have a data dictionary"));
	pseudonym_write_dictionary(file, table_of(what), dates);
	return true;
}

static bool check_order(const struct export_order *order, struct error *err)
{
	bool is_calendar = order->what == EXPORT_MEETINGS || order->what == EXPORT_SLOTS;

	if (order->format == EXPORT_ICS && !is_calendar)
		return error_set(err, ERROR_INVALID,
			_("only meetings and slots have an iCalendar form; use csv, json or xlsx"));
	if (order->unit && !is_calendar)
		return error_set(err, ERROR_INVALID,
			_("only meetings and slots can be written out of one unit"));
	return true;
}

bool export_write(
	struct session *session, const struct export_order *order, FILE *file, struct error *err)
{
	struct export export = { .session = session, .order = order, .file = file };
	bool ok =
		check_order(order, err) && check_pseudonyms(order, err) && log_export(&export, err);

	if (ok && order->pseudonyms)
		export.pseudonyms =
			pseudonym_set_new(table_of(order->what), order->pseudonyms->dates,
				order->pseudonyms->key, order->pseudonyms->key_length);
	ok = ok && begin(&export, err) && put_things(&export, err) && put_pseudonyms(&export, err)
	     && finish(&export, err);
	if (ok)
		fflush(file);
	pseudonym_set_free(export.pseudonyms);
	xlsx_free(export.xlsx);
	arena_release(&export.arena);
	arena_release(&export.kept);
	return ok && export_check_file(&export, err);
}
