/* "kutsu report capacity": whether promises are enough. */
#include "kutsu/base/localtext.h"
#include "kutsu/base/utf8.h"
#include "kutsu/format/json_writer.h"
#include "kutsu/service/capacity.h"
#include "report_internal.h"
#include "table_internal.h"

#define HOURS_COLUMNS 5

/* ---- JSON. ---- */

static void add_hours(struct row *row, const struct capacity_minutes *minutes)
{
	row_add_hours(row, "promised", minutes->promised);
	row_add_hours(row, "confirmed", minutes->confirmed);
	row_add_hours(row, "offered", minutes->offered);
	row_add_hours(row, "booked", minutes->booked);
	row_add_hours(row, "used", minutes->used);
}

static void put_rows(struct cli *cli, struct json_writer *json, const char *key,
	const struct capacity_row *rows, size_t count)
{
	json_open_array(json, key);
	for (size_t i = 0; i < count; i++) {
		struct row row;

		row_init(&row, cli->arena);
		if (rows[i].unit)
			row_add_text(&row, "unit", rows[i].unit);
		row_add_text(&row, "area", rows[i].area);
		add_hours(&row, &rows[i].minutes);
		json_row(json, NULL, &row);
	}
	json_close_array(json);
}

static void put_week(
	struct cli *cli, struct json_writer *json, const struct capacity *capacity, size_t week)
{
	struct iso_week iso = day_iso_week(capacity->monday + 7 * (int)week);
	struct row row;

	json_open_object(json, NULL);
	row_init(&row, cli->arena);
	row_add_text(&row, "week", arena_printf(cli->arena, "%d-W%02d", iso.year, iso.week));
	json_row_values(json, &row);
	json_open_array(json, "load");
	for (size_t i = 0; i < capacity->area_count; i++) {
		const struct capacity_row *area = &capacity->areas[i];

		row_init(&row, cli->arena);
		row_add_text(&row, "area", area->area);
		report_add_figure(&row, "percent", capacity_percent(&area->weeks[week]));
		json_row(json, NULL, &row);
	}
	json_close_array(json);
	json_close_object(json);
}

static void put_weeks(struct cli *cli, struct json_writer *json, const struct capacity *capacity)
{
	json_open_array(json, "weeks");
	for (size_t i = 0; i < capacity->week_count; i++)
		put_week(cli, json, capacity, i);
	json_close_array(json);
}

static void put_searches(struct cli *cli, struct json_writer *json, const struct capacity *capacity)
{
	struct row row;

	row_init(&row, cli->arena);
	report_add_figure(&row, "n", capacity->wait.count);
	report_add_figure(&row, "median", capacity->wait.median);
	report_add_figure(&row, "p90", capacity->wait.p90);
	json_row(json, "wait_days", &row);
	row_init(&row, cli->arena);
	report_add_figure(&row, "none", capacity->found_none);
	report_add_figure(&row, "late", capacity->found_late);
	json_row(json, "findings", &row);
	json_open_array(json, "in_the_way");
	for (size_t i = 0; i < capacity->obstacle_count; i++) {
		row_init(&row, cli->arena);
		row_add_text(&row, "unit", capacity->obstacles[i].unit);
		report_add_figure(&row, "count", capacity->obstacles[i].count);
		json_row(json, NULL, &row);
	}
	json_close_array(json);
}

static void put_far(struct cli *cli, struct json_writer *json, const struct capacity *capacity)
{
	json_open_array(json, "far");
	for (size_t i = 0; i < capacity->far_count; i++) {
		const struct capacity_far *far = &capacity->far[i];
		struct row row;

		row_init(&row, cli->arena);
		row_add_text(&row, "unit", far->unit);
		row_add_day(&row, "next", far->next_day);
		report_add_figure(
			&row, "days", far->next_day == DAY_LAST ? FIGURE_NONE : far->days);
		json_row(json, NULL, &row);
	}
	json_close_array(json);
}

static void print_json(struct cli *cli, const struct capacity *capacity)
{
	struct json_writer json;
	struct row row;

	json_begin(&json, cli->out);
	json_open_object(&json, NULL);
	row_init(&row, cli->arena);
	row_add_day(&row, "from", capacity->from_day);
	row_add_day(&row, "to", capacity->until_day);
	json_row_values(&json, &row);
	put_rows(cli, &json, "units", capacity->units, capacity->unit_count);
	put_rows(cli, &json, "areas", capacity->areas, capacity->area_count);
	put_weeks(cli, &json, capacity);
	put_searches(cli, &json, capacity);
	put_far(cli, &json, capacity);
	json_close_object(&json);
	json_end(&json);
}

/* ---- Text. ---- */

static const char *const headings[HOURS_COLUMNS] = { N_("promised"), N_("confirmed"), N_("offered"),
	N_("booked"), N_("used") };

/* At the right of its column, which is as wide as the heading or as hours can be. */
static const char *at_right(struct cli *cli, const char *text, int column)
{
	int heading = utf8_width(_(headings[column])), width = heading > 7 ? heading : 7;

	return arena_printf(cli->arena, "%*s%s", width - utf8_width(text), "", text);
}

static const char *hours(struct cli *cli, int64_t minutes, int column)
{
	char text[LOCALTEXT_SIZE];

	return at_right(cli, local_hours(minutes, text), column);
}

static void add_headings(struct cli *cli, struct table *table, const char *name, const char *area)
{
	const char *cells[HOURS_COLUMNS];

	for (int i = 0; i < HOURS_COLUMNS; i++)
		cells[i] = at_right(cli, _(headings[i]), i);
	table_add(table, name, area, cells[0], cells[1], cells[2], cells[3], cells[4]);
}

static void add_row(struct cli *cli, struct table *table, const char *name, const char *area,
	const struct capacity_minutes *minutes)
{
	table_add(table, name, area, hours(cli, minutes->promised, 0),
		hours(cli, minutes->confirmed, 1), hours(cli, minutes->offered, 2),
		hours(cli, minutes->booked, 3), hours(cli, minutes->used, 4));
}

/* One table, so that the columns of areas and units stand below each other. */
static void print_hours(struct cli *cli, const struct capacity *capacity)
{
	struct table table = { .arena = cli->arena, .columns = 2 + HOURS_COLUMNS };

	add_headings(cli, &table, _("area"), "");
	for (size_t i = 0; i < capacity->area_count; i++)
		add_row(cli, &table, capacity->areas[i].area, "", &capacity->areas[i].minutes);
	add_row(cli, &table, _("all"), "", &capacity->all.minutes);
	table_add(&table, "", "", "", "", "", "", "");
	add_headings(cli, &table, _("unit"), _("area"));
	for (size_t i = 0; i < capacity->unit_count; i++) {
		const struct capacity_row *unit = &capacity->units[i];

		add_row(cli, &table, unit->unit, unit->area, &unit->minutes);
	}
	table_print(&table, cli->out);
}

static void print_percent(struct cli *cli, const char *area, const struct capacity_load *load)
{
	char figure[FIGURE_TEXT_SIZE];

	fprintf(cli->out, "  %*s", utf8_width(area) > 4 ? utf8_width(area) : 4,
		figure_format(capacity_percent(load), figure));
}

/* A row a week: of a long time there may be many. */
static void print_weeks(struct cli *cli, const struct capacity *capacity)
{
	fprintf(cli->out, "%s\n        ", _("booked of offered, per cent"));
	for (size_t a = 0; a < capacity->area_count; a++) {
		char *area = arena_text(cli->arena, capacity->areas[a].area);
		int width = utf8_width(area);

		utf8_clean(area);
		fprintf(cli->out, "  %*s%s", width < 4 ? 4 - width : 0, "", area);
	}
	fprintf(cli->out, "  %4s\n", _("all"));
	for (size_t w = 0; w < capacity->week_count; w++) {
		struct iso_week week = day_iso_week(capacity->monday + 7 * (int)w);

		fprintf(cli->out, "%d-W%02d", week.year, week.week);
		for (size_t a = 0; a < capacity->area_count; a++)
			print_percent(cli, capacity->areas[a].area, &capacity->areas[a].weeks[w]);
		print_percent(cli, "", &capacity->all.weeks[w]);
		fputc('\n', cli->out);
	}
}

static void add_count(struct table *table, const char *indent, const char *label, int figure)
{
	char text[FIGURE_TEXT_SIZE];

	table_add(table, arena_printf(table->arena, "%s%s", indent, label),
		arena_printf(table->arena, "%5s", figure_format(figure, text)));
}

static void print_searches(struct cli *cli, const struct capacity *capacity)
{
	struct table table = { .arena = cli->arena, .columns = 2 };

	table_add(&table, _("days from the call to the first shared hole"), "");
	add_count(&table, "  ", _("calls"), capacity->wait.count);
	add_count(&table, "  ", _("half within (median)"), capacity->wait.median);
	add_count(&table, "  ", _("nine of ten within"), capacity->wait.p90);
	add_count(&table, "", _("searches that found no shared hole"), capacity->found_none);
	add_count(&table, "", _("searches that found one too late"), capacity->found_late);
	if (capacity->obstacle_count)
		table_add(&table, _("units that stood in the way of searches"), "");
	for (size_t i = 0; i < capacity->obstacle_count; i++)
		add_count(&table, "  ", capacity->obstacles[i].unit, capacity->obstacles[i].count);
	table_print(&table, cli->out);
}

static const char *when(struct cli *cli, const struct capacity_far *far)
{
	char day[LOCALTEXT_SIZE];

	if (far->next_day == DAY_LAST)
		return arena_printf(cli->arena,
			P_("none in %d week", "none in %d weeks", CAPACITY_DAYS_AHEAD / 7),
			CAPACITY_DAYS_AHEAD / 7);
	return arena_printf(cli->arena, P_("%s, in %d day", "%s, in %d days", far->days),
		local_weekday_day(far->next_day, day), far->days);
}

static void print_far(struct cli *cli, const struct capacity *capacity)
{
	struct table table = { .arena = cli->arena, .columns = 2 };

	fprintf(cli->out,
		P_("units whose next free hole is over %d day away\n",
			"units whose next free hole is over %d days away\n", capacity->target_days),
		capacity->target_days);
	for (size_t i = 0; i < capacity->far_count; i++)
		table_add(&table, arena_printf(cli->arena, "  %s", capacity->far[i].unit),
			when(cli, &capacity->far[i]));
	table_print(&table, cli->out);
}

static void print_text(struct cli *cli, const struct capacity *capacity)
{
	char from[LOCALTEXT_SIZE], until[LOCALTEXT_SIZE];

	fprintf(cli->out, _("%s–%s, hours\n\n"), local_day(capacity->from_day, from),
		local_day(capacity->until_day, until));
	print_hours(cli, capacity);
	fputc('\n', cli->out);
	print_weeks(cli, capacity);
	fputc('\n', cli->out);
	print_searches(cli, capacity);
	if (capacity->far_count) {
		fputc('\n', cli->out);
		print_far(cli, capacity);
	}
}

bool run_capacity(struct cli *cli, struct error *err)
{
	int until = capacity_last_day(cli_today(cli)), from;
	struct capacity capacity;

	if (!given_day(cli, "to", &until, err))
		return false;
	from = capacity_first_day(until);
	if (!given_day(cli, "from", &from, err)
		|| !capacity_look(cli->session, LOOK_NEW, from, until, cli->arena, &capacity, err))
		return false;
	if (cli->json)
		print_json(cli, &capacity);
	else
		print_text(cli, &capacity);
	return true;
}

const struct option_spec capacity_options[] = {
	{ "from", OPTION_TEXT, "DATE", N_("the first day; without it 13 weeks") },
	{ "to", OPTION_TEXT, "DATE", N_("the last day; without it this week's Sunday") },
	{ 0 },
};
