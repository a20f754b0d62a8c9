#include "import_internal.h"

#include "kutsu/base/localtext.h"
#include "kutsu/format/json_writer.h"
#include "kutsu/service/calendar_import.h"
#include "table_internal.h"

/* ---- What would change, for people. */

static const char *days_text(struct cli *cli, int from, int until)
{
	char first[LOCALTEXT_SIZE] = "", last[LOCALTEXT_SIZE] = "";

	if (from == until)
		return arena_text(cli->arena, local_weekday_day(from, first));
	local_day(from, first);
	if (until != DAY_LAST)
		local_day(until, last);
	return arena_printf(cli->arena, "%s–%s", first, last);
}

static void add_slot(
	struct cli *cli, struct table *table, const char *sign, const struct slot *slot)
{
	char span[LOCALTEXT_SIZE];

	table_add(table, sign, _("hole"),
		arena_printf(cli->arena, "%s %s", local_weekday(slot->weekday),
			local_span(slot->start, slot->end, span)),
		term_label(&repeat_terms, (int)slot->repeat),
		days_text(cli, slot->from_day, slot->until_day), slot->place);
}

static void add_closing(
	struct cli *cli, struct table *table, const char *sign, const struct closing *closing)
{
	const char *days = days_text(cli, closing->from_day, closing->until_day);
	char span[LOCALTEXT_SIZE];

	table_add(table, sign, _("away"),
		closing->end ? arena_printf(
			cli->arena, "%s %s", days, local_span(closing->start, closing->end, span))
			     : days,
		"", "", "");
}

static void add_opening(
	struct cli *cli, struct table *table, const char *sign, const struct opening *opening)
{
	char day[LOCALTEXT_SIZE], span[LOCALTEXT_SIZE];

	table_add(table, sign, _("extra hole"),
		arena_printf(cli->arena, "%s %s", local_weekday_day(opening->day, day),
			local_span(opening->start, opening->end, span)),
		"", "", "");
}

static void print_changes(struct cli *cli, const struct calendar_report *report)
{
	struct table table = { .arena = cli->arena, .columns = 6 };

	for (size_t i = 0; i < report->change_count; i++) {
		const struct calendar_change *change = &report->changes[i];
		const char *sign = change->kind == CALENDAR_ADDED ? "+" : "-";

		if (change->thing == CALENDAR_SLOT)
			add_slot(cli, &table, sign, &change->slot);
		else if (change->thing == CALENDAR_CLOSING)
			add_closing(cli, &table, sign, &change->closing);
		else
			add_opening(cli, &table, sign, &change->opening);
	}
	table_print(&table, cli->out);
}

static void print_meetings(struct cli *cli, const struct calendar_report *report)
{
	for (size_t i = 0; i < report->meetings.count; i++) {
		const struct meeting *meeting = &report->meetings.items[i];
		char day[LOCALTEXT_SIZE], span[LOCALTEXT_SIZE];

		fprintf(cli->out, _("! meeting %lld, %s %s, stays booked without a hole\n"),
			(long long)meeting->id, local_weekday_day(meeting->day, day),
			local_clock_span(meeting->start, meeting->end, span));
	}
}

static void print_text(struct cli *cli, const struct calendar_report *report, bool dry_run)
{
	size_t added = 0;

	for (size_t i = 0; i < report->change_count; i++)
		added += report->changes[i].kind == CALENDAR_ADDED;
	print_changes(cli, report);
	print_meetings(cli, report);
	fprintf(cli->out,
		dry_run ? _("would be added %zu, ended %zu; events unchanged %zu, older than "
			    "what is there %zu\n")
			: _("added %zu, ended %zu; events unchanged %zu, older than what is there "
			    "%zu\n"),
		added, report->change_count - added, report->unchanged, report->older);
}

/* ---- The same as JSON. */

static void put_change(
	struct cli *cli, struct json_writer *json, const struct calendar_change *change)
{
	static const char *const kinds[] = { "added", "ended" };
	static const char *const things[] = { "slot", "closing", "opening" };
	struct row row;

	row_init(&row, cli->arena);
	row_add_text(&row, "change", kinds[change->kind]);
	row_add_text(&row, "thing", things[change->thing]);
	row_add_integer(&row, "line", change->line);
	if (change->thing == CALENDAR_SLOT) {
		row_of_slot(&row, &change->slot);
	} else if (change->thing == CALENDAR_CLOSING) {
		row_of_closing(&row, &change->closing);
		if (change->closing.end) {
			row_add_minute(&row, "start", change->closing.start);
			row_add_minute(&row, "end", change->closing.end);
		}
	} else {
		row_of_opening(&row, &change->opening);
	}
	json_row(json, NULL, &row);
}

static void put_meetings(
	struct cli *cli, struct json_writer *json, const struct calendar_report *report)
{
	json_open_array(json, "meetings");
	for (size_t i = 0; i < report->meetings.count; i++) {
		const struct meeting *meeting = &report->meetings.items[i];
		struct row row;

		row_init(&row, cli->arena);
		row_add_integer(&row, "id", meeting->id);
		row_add_wall(&row, "start", meeting->day, meeting->start);
		row_add_wall(&row, "end", meeting->day, meeting->end);
		json_row(json, NULL, &row);
	}
	json_close_array(json);
}

static void put_troubles(
	struct cli *cli, struct json_writer *json, const struct calendar_report *report)
{
	json_open_array(json, "troubles");
	for (size_t i = 0; i < report->trouble_count; i++) {
		struct row row;

		row_init(&row, cli->arena);
		row_add_integer(&row, "line", report->troubles[i].line);
		row_add_text(&row, "reason", report->troubles[i].reason);
		json_row(json, NULL, &row);
	}
	json_close_array(json);
}

static void print_json(struct cli *cli, const struct calendar_report *report, bool dry_run)
{
	struct json_writer json;
	struct row row;

	row_init(&row, cli->arena);
	row_add_boolean(&row, "dry_run", dry_run);
	row_add_integer(&row, "unchanged", (int64_t)report->unchanged);
	row_add_integer(&row, "older", (int64_t)report->older);
	json_begin(&json, cli->out);
	json_open_object(&json, NULL);
	json_row_values(&json, &row);
	json_open_array(&json, "changes");
	for (size_t i = 0; i < report->change_count; i++)
		put_change(cli, &json, &report->changes[i]);
	json_close_array(&json);
	put_meetings(cli, &json, report);
	put_troubles(cli, &json, report);
	json_close_object(&json);
	json_end(&json);
}

/* ---- The command. */

/* Where in the file, as compilers tell it. */
static void print_troubles(const char *path, const struct calendar_report *report)
{
	for (size_t i = 0; i < report->trouble_count; i++)
		fprintf(stderr, "kutsu: %s:%d: %s\n", path, report->troubles[i].line,
			report->troubles[i].reason);
}

/* Somebody whose holes have another name would see them close instead. */
static void print_busy_only(const char *path, const struct calendar_report *report)
{
	if (report->busy_only)
		fprintf(stderr,
			_("kutsu: %s: no event is named a hole (reikä, lucka, hole); busy times "
			  "only\n"),
			path);
}

static bool tell_refusal(const char *path, const struct calendar_report *report, struct error *err)
{
	struct error why = *err;

	if (report->refused_line)
		error_set(err, why.code, "%.200s:%d: %s", path, report->refused_line, why.text);
	return false;
}

bool run_import_ics(struct cli *cli, struct error *err)
{
	const char *path = given_word(cli, 0);
	struct calendar_order order = { .unit = given_text(cli, "unit"),
		.dry_run = given_flag(cli, "dry-run"),
		.partial = given_flag(cli, "partial"),
		.whole = given_flag(cli, "whole") };
	struct calendar_report report;
	char *bytes = NULL;
	bool ok;

	if (!given_needed(cli, "unit", err) || !session_ask(cli->session, USE_IMPORT_CALENDAR, err)
		|| !read_input(cli, path, ICAL_LARGEST, &bytes, &order.length, err))
		return false;
	order.bytes = bytes;
	ok = calendar_import(cli->session, &order, cli->arena, &report, err);
	print_troubles(path, &report);
	print_busy_only(path, &report);
	if (ok || (order.dry_run && report.trouble_count)) {
		if (cli->json)
			print_json(cli, &report, order.dry_run);
		else
			print_text(cli, &report, order.dry_run);
	}
	return ok || tell_refusal(path, &report, err);
}
