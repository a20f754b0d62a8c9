#include "kutsu/format/report_json.h"

#include "json_part_internal.h"
#include "kutsu/base/arena.h"
#include "kutsu/domain/slot.h"
#include "report_row_internal.h"

#include <stdlib.h>
#include <string.h>

/* Writing. `all` where every language is to be kept. */
struct report_writer {
	struct json_writer *json;
	struct arena arena;
	bool all;
};

static void put_terms(
	struct report_writer *to, const char *key, const struct term_list *terms, const int *counts)
{
	struct row row;

	row_init(&row, &to->arena);
	for (int i = 0; i < terms->count; i++)
		report_row_add_count(&row, term_code(terms, i), counts[i]);
	json_row(to->json, key, &row);
}

static void put_areas(struct report_writer *to, const struct area_calls_list *areas)
{
	json_open_array(to->json, "by_area");
	for (size_t i = 0; i < areas->count; i++) {
		struct row row;

		row_init(&row, &to->arena);
		row_add_text(&row, "area", areas->items[i].area);
		report_row_add_count(&row, "calls", areas->items[i].calls);
		json_row(to->json, NULL, &row);
	}
	json_close_array(to->json);
}

static void put_calls(struct report_writer *to, const struct month_figures *figures)
{
	const struct call_figures *calls = &figures->calls;
	struct row row;

	json_open_object(to->json, "calls");
	row_init(&row, &to->arena);
	report_row_add_count(&row, "total", calls->total);
	report_row_add_count(&row, "needing_meeting", calls->by_outcome[OUTCOME_MEETING]);
	report_row_add_count(&row, "shared_hole", calls->shared_hole);
	report_row_add_count(&row, "no_shared_hole", calls->no_shared_hole);
	json_row_values(to->json, &row);
	put_terms(to, "by_source", &source_terms, calls->by_source);
	put_terms(to, "by_outcome", &outcome_terms, calls->by_outcome);
	put_terms(to, "by_age", &age_group_terms, calls->by_age);
	put_areas(to, &figures->areas);
	json_close_object(to->json);
}

static void put_delays(struct report_writer *to, const struct delay_figures *delays)
{
	struct row row;

	row_init(&row, &to->arena);
	report_row_add_count(&row, "n", delays->meetings);
	report_row_add_count(&row, "median", delays->median);
	report_row_add_count(&row, "p90", delays->p90);
	report_row_add_count(&row, "max", delays->longest);
	report_row_add_count(&row, "within_7", delays->within_7);
	report_row_add_count(&row, "within_14", delays->within_14);
	json_row(to->json, "delay_days", &row);
}

/* ---- Indicators. ---- */

static void put_texts(struct report_writer *to, const char *key, const char *const texts[LANGUAGES])
{
	struct row row;

	row_init(&row, &to->arena);
	if (!to->all) {
		row_add_text(&row, key, texts[message_language()]);
		json_row_values(to->json, &row);
		return;
	}
	row_add_text(&row, "fi", texts[LANGUAGE_FI]);
	row_add_text(&row, "sv", texts[LANGUAGE_SV]);
	row_add_text(&row, "en", texts[LANGUAGE_EN]);
	json_row(to->json, key, &row);
}

static void put_months(
	struct report_writer *to, enum indicator_kind kind, const struct report_figure *figure)
{
	json_open_array(to->json, "months");
	for (int at = 0; at < REPORT_MONTHS; at++) {
		const struct measure *measure = &figure->months[at];
		struct row row;

		row_init(&row, &to->arena);
		report_row_add_measure(&row, "value", kind, measure);
		report_row_add_count(&row, "count", measure->value);
		if (kind == INDICATOR_SCORE)
			report_row_add_count(
				&row, "less", measure_is_told(measure) ? measure->less : -1);
		report_row_add_count(&row, "n", measure->n);
		/* That there was nothing to count is no secret. */
		if (to->all)
			row_add_boolean(&row, "none", measure->value == MEASURE_NONE);
		json_row(to->json, NULL, &row);
	}
	json_close_array(to->json);
}

static void put_trend(struct report_writer *to, const struct trend *trend)
{
	struct row row;

	row_init(&row, &to->arena);
	row_add_text(&row, "movement", movement_code(trend->movement));
	row_add_integer(&row, "direction", trend->direction);
	row_add_integer(&row, "months", trend->months);
	row_add_hundredths(&row, "chance_per_cent", trend->chance_per_mille * 10);
	json_row(to->json, "trend", &row);
}

static void put_indicator(
	struct report_writer *to, enum indicator indicator, const struct report_figure *figure)
{
	enum indicator_kind kind = indicator_kind(indicator);
	int is_reached = report_goal_is_reached(indicator, figure);
	struct row row;

	json_open_object(to->json, indicator_code(indicator));
	row_init(&row, &to->arena);
	row_add_text(&row, "condition", condition_code(indicator_condition(indicator)));
	row_add_text(&row, "kind", indicator_kind_code(kind));
	row_add_integer(&row, "right_direction", indicator_direction(indicator));
	report_row_add_measure(&row, "value", kind, &figure->months[REPORT_NOW]);
	report_row_add_count(&row, "n", figure->months[REPORT_NOW].n);
	report_row_add_measure(&row, "last_month", kind, &figure->months[REPORT_BEFORE]);
	report_row_add_measure(&row, "year_ago", kind, &figure->months[REPORT_YEAR_AGO]);
	report_row_add_goal(&row, "goal", figure->goal);
	if (is_reached < 0)
		row_add_null(&row, "goal_reached");
	else
		row_add_boolean(&row, "goal_reached", is_reached);
	json_row_values(to->json, &row);
	put_texts(to, "label", figure->label);
	put_texts(to, "definition", figure->definition);
	put_trend(to, &figure->trend);
	put_months(to, kind, figure);
	json_close_object(to->json);
}

static void put_definitions(struct report_writer *to, const struct monthly_report *report)
{
	json_open_object(to->json, "definitions");
	for (int i = 0; i < REPORT_TABLES; i++)
		put_texts(to, report_table_code((enum report_table)i), report->tables[i]);
	json_close_object(to->json);
}

static void put_units(struct report_writer *to, const struct report_unit_list *units)
{
	json_open_array(to->json, "units");
	for (size_t i = 0; i < units->count; i++) {
		const struct report_unit *unit = &units->items[i];
		struct row row;

		row_init(&row, &to->arena);
		row_add_text(&row, "unit", unit->unit);
		row_add_text(&row, "name", unit->name);
		row_add_text(&row, "area", unit->area);
		report_row_add_count(&row, "no_shared_hole", unit->no_shared_hole);
		report_row_add_count(&row, "holes_promised", unit->promised);
		report_row_add_count(&row, "holes_confirmed", unit->confirmed);
		report_row_add_count(&row, "holes_used", unit->used);
		json_row(to->json, NULL, &row);
	}
	json_close_array(to->json);
}

static void put_report(
	struct report_writer *to, const char *key, const struct monthly_report *report)
{
	char month[DAY_TEXT_SIZE];
	struct row row;

	json_open_object(to->json, key);
	row_init(&row, &to->arena);
	row_add_text(&row, "month", month_format_iso(report->month, month));
	row_add_text(&row, "region", report->region);
	row_add_boolean(&row, "full", report->is_full);
	row_add_text(&row, "accepted_by", report->accepted_by);
	row_add_day(&row, "accepted_on", report->accepted_by ? report->accepted_day : DAY_LAST);
	json_row_values(to->json, &row);
	put_calls(to, &report->figures);
	put_delays(to, &report->figures.delays);
	put_definitions(to, report);
	json_open_object(to->json, "indicators");
	for (int i = 0; i < INDICATORS; i++)
		put_indicator(to, (enum indicator)i, &report->indicators[i]);
	json_close_object(to->json);
	put_units(to, &report->units);
	row_init(&row, &to->arena);
	row_add_list(&row, "texts", report->texts.items, report->texts.count);
	json_row_values(to->json, &row);
	json_close_object(to->json);
}

void report_json_write(
	struct json_writer *json, const char *key, const struct monthly_report *report)
{
	struct report_writer to = { .json = json };

	put_report(&to, key, report);
	arena_release(&to.arena);
}

char *report_json_text(const struct monthly_report *report)
{
	struct json_writer json;
	struct report_writer to = { .json = &json, .all = true };
	char *text = NULL;
	size_t size;
	FILE *file = open_memstream(&text, &size);

	if (!file)
		abort();
	json_begin(&json, file);
	put_report(&to, NULL, report);
	json_end(&json);
	arena_release(&to.arena);
	fclose(file);
	return text;
}

/* ---- Reading: what is not as it was written is not trusted. ---- */

static int figure_of(json_t *object, const char *key)
{
	json_t *value = json_object_get(object, key);

	return json_is_integer(value) ? (int)json_integer_value(value) : FIGURE_HIDDEN;
}

static const char *text_of(json_t *object, const char *key, struct arena *arena)
{
	return arena_text(arena, json_string_value(json_object_get(object, key)));
}

static void read_terms(json_t *object, const struct term_list *terms, int *counts)
{
	for (int i = 0; i < terms->count; i++)
		counts[i] = figure_of(object, term_code(terms, i));
}

static void read_calls(json_t *object, struct arena *arena, struct month_figures *figures)
{
	struct call_figures *calls = &figures->calls;
	json_t *areas = json_object_get(object, "by_area");

	calls->total = figure_of(object, "total");
	calls->shared_hole = figure_of(object, "shared_hole");
	calls->no_shared_hole = figure_of(object, "no_shared_hole");
	read_terms(json_object_get(object, "by_source"), &source_terms, calls->by_source);
	read_terms(json_object_get(object, "by_outcome"), &outcome_terms, calls->by_outcome);
	read_terms(json_object_get(object, "by_age"), &age_group_terms, calls->by_age);
	figures->areas.count = json_array_size(areas);
	figures->areas.items =
		arena_new(arena, (figures->areas.count + 1) * sizeof(*figures->areas.items));
	for (size_t i = 0; i < figures->areas.count; i++) {
		json_t *item = json_array_get(areas, i);

		figures->areas.items[i] = (struct area_calls) { text_of(item, "area", arena),
			figure_of(item, "calls") };
	}
}

/* Of no meetings there is no median. */
static void read_delays(json_t *object, struct delay_figures *delays)
{
	int otherwise;

	delays->meetings = figure_of(object, "n");
	otherwise = delays->meetings == 0 ? FIGURE_NONE : FIGURE_HIDDEN;
	delays->median = figure_of(object, "median");
	delays->p90 = figure_of(object, "p90");
	delays->longest = figure_of(object, "max");
	delays->median = delays->median < 0 ? otherwise : delays->median;
	delays->p90 = delays->p90 < 0 ? otherwise : delays->p90;
	delays->longest = delays->longest < 0 ? otherwise : delays->longest;
	delays->within_7 = figure_of(object, "within_7");
	delays->within_14 = figure_of(object, "within_14");
}

static struct measure measure_of(json_t *object)
{
	struct measure measure = { .value = figure_of(object, "count"),
		.n = figure_of(object, "n") };

	if (json_is_true(json_object_get(object, "none")))
		measure.value = MEASURE_NONE;
	if (json_is_integer(json_object_get(object, "less")))
		measure.less = figure_of(object, "less");
	return measure;
}

static struct trend trend_read(json_t *object)
{
	const char *movement = json_string_value(json_object_get(object, "movement"));
	struct trend trend = {
		.direction =
			(enum direction)json_integer_value(json_object_get(object, "direction")),
		.months = figure_of(object, "months"),
		.chance_per_mille =
			(int)(json_number_value(json_object_get(object, "chance_per_cent")) * 10
				+ 0.5),
	};

	for (int i = 0; movement && i < MOVEMENTS; i++) {
		if (strcmp(movement_code((enum movement)i), movement) == 0)
			trend.movement = (enum movement)i;
	}
	return trend;
}

static void read_texts(json_t *object, struct arena *arena, const char *texts[LANGUAGES])
{
	texts[LANGUAGE_FI] = text_of(object, "fi", arena);
	texts[LANGUAGE_SV] = text_of(object, "sv", arena);
	texts[LANGUAGE_EN] = text_of(object, "en", arena);
}

static int64_t goal_of(json_t *object)
{
	json_t *goal = json_object_get(object, "goal");
	double hundredths = json_number_value(goal) * 100;

	if (!json_is_number(goal))
		return GOAL_NONE;
	return (int64_t)(hundredths + (hundredths < 0 ? -0.5 : 0.5));
}

/* An indicator that was not there then has nothing to tell. */
static void read_indicator(json_t *object, struct arena *arena, struct report_figure *figure)
{
	json_t *months = json_object_get(object, "months");

	for (size_t at = 0; at < REPORT_MONTHS; at++)
		figure->months[at] = object ? measure_of(json_array_get(months, at))
					    : (struct measure) { .value = MEASURE_NONE };
	figure->goal = goal_of(object);
	figure->trend = trend_read(json_object_get(object, "trend"));
	read_texts(json_object_get(object, "label"), arena, figure->label);
	read_texts(json_object_get(object, "definition"), arena, figure->definition);
}

static void read_units(json_t *array, struct arena *arena, struct report_unit_list *units)
{
	units->count = json_array_size(array);
	units->items = arena_new(arena, (units->count + 1) * sizeof(*units->items));
	for (size_t i = 0; i < units->count; i++) {
		json_t *item = json_array_get(array, i);

		units->items[i] = (struct report_unit) { .unit = text_of(item, "unit", arena),
			.name = text_of(item, "name", arena),
			.area = text_of(item, "area", arena),
			.no_shared_hole = figure_of(item, "no_shared_hole"),
			.promised = figure_of(item, "holes_promised"),
			.confirmed = figure_of(item, "holes_confirmed"),
			.used = figure_of(item, "holes_used") };
	}
}

static void read_picked(json_t *array, struct arena *arena, struct report_text_list *texts)
{
	texts->count = json_array_size(array);
	texts->items = arena_new(arena, (texts->count + 1) * sizeof(*texts->items));
	for (size_t i = 0; i < texts->count; i++)
		texts->items[i] = arena_text(arena, json_string_value(json_array_get(array, i)));
}

static bool read_report(const struct part *whole, struct monthly_report *report, struct error *err)
{
	json_t *object = whole->object, *indicators = json_object_get(object, "indicators");
	json_t *definitions = json_object_get(object, "definitions");
	struct arena *arena = whole->arena;
	const char *month;

	if (!part_read_given(whole, "month", &month, err) || !month_parse(month, &report->month)
		|| !part_read_day(whole, "accepted_on", &report->accepted_day, err))
		return false;
	report->region = text_of(object, "region", arena);
	report->is_full = json_is_true(json_object_get(object, "full"));
	report->accepted_by = text_of(object, "accepted_by", arena);
	report->figures.month = report->month;
	report->figures.is_full = report->is_full;
	read_calls(json_object_get(object, "calls"), arena, &report->figures);
	read_delays(json_object_get(object, "delay_days"), &report->figures.delays);
	for (int i = 0; i < REPORT_TABLES; i++)
		read_texts(json_object_get(definitions, report_table_code((enum report_table)i)),
			arena, report->tables[i]);
	for (int i = 0; i < INDICATORS; i++)
		read_indicator(json_object_get(indicators, indicator_code((enum indicator)i)),
			arena, &report->indicators[i]);
	read_units(json_object_get(object, "units"), arena, &report->units);
	read_picked(json_object_get(object, "texts"), arena, &report->texts);
	return true;
}

bool report_json_read(
	const char *json, struct arena *arena, struct monthly_report *report, struct error *err)
{
	struct part whole;
	bool ok;

	*report = (struct monthly_report) { 0 };
	if (!part_load(&whole, json, strlen(json), arena, NULL, 0, err))
		return error_set(err, ERROR_DATABASE,
			_("the accepted report can't be read; check the database"));
	ok = read_report(&whole, report, err);
	json_decref(whole.object);
	return ok
	       || error_set(err, ERROR_DATABASE,
		       _("the accepted report can't be read; check the database"));
}
