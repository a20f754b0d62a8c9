#include "export_internal.h"

#include "kutsu/base/message.h"
#include "kutsu/store/unit_store.h"
#include "service_internal.h"

#include <strings.h>

static const char *const what_names[EXPORTS] = {
	[EXPORT_CALLS] = "calls",
	[EXPORT_CASES] = "cases",
	[EXPORT_MEETINGS] = "meetings",
	[EXPORT_ACTIONS] = "actions",
	[EXPORT_SLOTS] = "slots",
	[EXPORT_UNITS] = "units",
	[EXPORT_FEEDBACK] = "feedback",
	[EXPORT_OBSERVATIONS] = "observations",
	[EXPORT_PHENOMENA] = "phenomena",
	[EXPORT_INITIATIVES] = "initiatives",
	[EXPORT_DECISIONS] = "decisions",
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

const char *export_what_name(enum export_what what)
{
	return what_names[what];
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

enum pseudonym_table export_table_of(enum export_what what)
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

static enum use_case use_of(const struct export_order *order)
{
	switch (order->what) {
	case EXPORT_MEETINGS:
		return order->unit ? USE_EXPORT_UNIT_MEETINGS : USE_EXPORT;
	case EXPORT_SLOTS:
		return order->unit ? USE_EXPORT_UNIT_SLOTS : USE_EXPORT_REGISTRY;
	case EXPORT_UNITS:
		return USE_EXPORT_REGISTRY;
	case EXPORT_OBSERVATIONS:
	case EXPORT_PHENOMENA:
	case EXPORT_INITIATIVES:
	case EXPORT_DECISIONS:
		return USE_EXPORT_LEARNING;
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
	const char *what = export_what_name(order->what);
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
	if (export_table_of(order->what) == PSEUDONYM_TABLES || order->unit
		|| order->format == EXPORT_ICS)
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
	if (export_table_of(what) == PSEUDONYM_TABLES)
		return error_set(err, ERROR_INVALID,
			_("only calls, cases, meetings and actions have a data dictionary"));
	pseudonym_write_dictionary(file, export_table_of(what), dates);
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
			pseudonym_set_new(export_table_of(order->what), order->pseudonyms->dates,
				order->pseudonyms->key, order->pseudonyms->key_length);
	ok = ok && export_begin(&export, err) && export_things(&export, err)
	     && export_finish(&export, err);
	if (ok)
		fflush(file);
	pseudonym_set_free(export.pseudonyms);
	xlsx_free(export.xlsx);
	arena_release(&export.arena);
	arena_release(&export.kept);
	return ok && export_check_file(&export, err);
}
