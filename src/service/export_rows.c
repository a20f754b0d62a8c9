/* How what an export reads is written, in each format. */
#include "export_internal.h"

#include "kutsu/base/message.h"
#include "kutsu/domain/slot.h"
#include "kutsu/format/csv_writer.h"

#include <errno.h>
#include <string.h>

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

bool export_put_event(struct export *export, const struct meeting *meeting, struct error *err)
{
	tell_progress(export);
	ical_meeting(&export->ical, meeting);
	return export_check_file(export, err);
}

bool export_put_sheet(struct export *export, const char *name, struct row *row, struct error *err)
{
	bool ok = xlsx_sheet(export->xlsx, name, row, err);

	arena_reset(&export->arena);
	return ok;
}

static void fill_header(enum export_what what, struct row *row)
{
	static const struct call no_call;
	static const struct case_ref no_case;
	static const struct meeting no_meeting;
	static const struct agreed_action no_action;
	static const struct slot no_slot;
	static const struct unit no_unit;

	switch (what) {
	case EXPORT_CALLS:
		row_of_call(row, &no_call);
		break;
	case EXPORT_CASES:
		row_of_case(row, &no_case);
		break;
	case EXPORT_MEETINGS:
		row_of_meeting(row, &no_meeting);
		break;
	case EXPORT_ACTIONS:
		row_of_action(row, &no_action);
		break;
	case EXPORT_SLOTS:
		row_of_slot(row, &no_slot);
		break;
	case EXPORT_UNITS:
		row_of_unit(row, &no_unit);
		break;
	default:
		export_learning_header(what, row);
	}
}

/* Tables have their header row also where there is nothing below it. */
static bool put_header(struct export *export, struct error *err)
{
	enum export_what what = export->order->what;
	struct row row;

	row_init(&row, &export->arena);
	if (export->pseudonyms)
		pseudonym_header(export_table_of(what), &row);
	else
		fill_header(what, &row);
	if (export->order->format == EXPORT_XLSX)
		return export_put_sheet(export, export_what_name(what), &row, err);
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

bool export_begin(struct export *export, struct error *err)
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

bool export_finish(struct export *export, struct error *err)
{
	if (!put_pseudonyms(export, err))
		return false;
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
