#include "kutsu/format/agenda_writer.h"

#include "html_internal.h"
#include "kutsu/base/arena.h"
#include "kutsu/base/localtext.h"
#include "kutsu/domain/slot.h"
#include "kutsu/format/json_writer.h"
#include "kutsu/format/learning_rows.h"
#include "kutsu/format/report_json.h"
#include "kutsu/format/report_text.h"
#include "kutsu/format/report_words.h"
#include "paper_internal.h"
#include "report_html_internal.h"

enum line_kind { LINE_HEADING, LINE_THING, LINE_DETAIL };

/* One line of it at a time, to where it is written. */
struct agenda_walk {
	FILE *file;
	struct arena arena;
	void (*put)(FILE *file, enum line_kind kind, const char *text);
};

static void put(struct agenda_walk *walk, enum line_kind kind, const char *text)
{
	walk->put(walk->file, kind, text);
}

static const char *day_of(struct agenda_walk *walk, int day)
{
	char text[LOCALTEXT_SIZE];

	return day == DAY_LAST ? "" : arena_text(&walk->arena, local_day(day, text));
}

static void walk_seats(struct agenda_walk *walk, const struct leadership_agenda *agenda)
{
	bool is_whole = true;

	put(walk, LINE_HEADING, _("Missing seats"));
	for (size_t g = 0; g < agenda->groups.count; g++) {
		const struct leadership_group *group = &agenda->groups.items[g];

		for (size_t i = 0; i < group->seat_count; i++) {
			const struct seat *seat = &group->seats[i];

			if (!seat_is_missing(seat, agenda->today))
				continue;
			is_whole = false;
			put(walk, LINE_THING,
				arena_printf(&walk->arena, "%s: %s", group->name, seat->name));
			if (seat->elector)
				put(walk, LINE_DETAIL,
					arena_printf(
						&walk->arena, _("elected by %s"), seat->elector));
		}
	}
	if (is_whole)
		put(walk, LINE_THING, _("none"));
}

static void walk_phenomena(struct agenda_walk *walk, const struct leadership_agenda *agenda)
{
	put(walk, LINE_HEADING, _("Open phenomena"));
	if (!agenda->phenomena.count)
		put(walk, LINE_THING, _("none"));
	for (size_t i = 0; i < agenda->phenomena.count; i++) {
		const struct phenomenon *phenomenon = &agenda->phenomena.items[i];

		put(walk, LINE_THING, phenomenon->title);
		put(walk, LINE_DETAIL,
			arena_printf(&walk->arena,
				P_("%d observation", "%d observations", phenomenon->observations),
				phenomenon->observations));
	}
}

static void walk_initiative(struct agenda_walk *walk, const struct initiative *initiative)
{
	put(walk, LINE_THING,
		arena_printf(&walk->arena, "%s (%s): %s", initiative->title,
			term_label(&initiative_status_terms, (int)initiative->status),
			initiative->pilot_area));
	put(walk, LINE_DETAIL,
		arena_join(&walk->arena, initiative->partners, initiative->partner_count, ", "));
	for (size_t i = 0; i < initiative->step_count; i++) {
		const struct initiative_step *step = &initiative->steps[i];

		put(walk, LINE_DETAIL,
			arena_printf(&walk->arena, "%s %s  %s",
				step->done_day == DAY_LAST ? _("not done:") : _("done:"),
				day_of(walk, step->due_day), step->what));
	}
	for (size_t i = 0; i < initiative->feedback_count; i++) {
		const struct initiative_feedback *feedback = &initiative->feedback[i];

		put(walk, LINE_DETAIL,
			arena_printf(&walk->arena, "%s %d/5: %s",
				feedback->is_of_families ? _("families") : _("workers"),
				feedback->value, feedback->text ? feedback->text : ""));
	}
}

static void walk_initiatives(struct agenda_walk *walk, const struct leadership_agenda *agenda)
{
	put(walk, LINE_HEADING, _("Initiatives under way"));
	if (!agenda->initiatives.count)
		put(walk, LINE_THING, _("none"));
	for (size_t i = 0; i < agenda->initiatives.count; i++)
		walk_initiative(walk, &agenda->initiatives.items[i]);
}

/* Whether what a decision should move has moved. */
static void walk_target(struct agenda_walk *walk, const struct monthly_report *report,
	const struct decision *decision)
{
	char now[REPORT_VALUE_SIZE], target[REPORT_VALUE_SIZE];
	const struct report_figure *figure;
	enum indicator indicator;

	if (!decision->indicator || !indicator_parse(decision->indicator, &indicator))
		return;
	figure = &report->indicators[indicator];
	report_value(indicator_kind(indicator), &figure->months[REPORT_NOW], now);
	report_goal(indicator_kind(indicator),
		decision->target == NO_TARGET ? GOAL_NONE : decision->target, target);
	put(walk, LINE_DETAIL,
		arena_printf(&walk->arena, "%s: %s%s%s %s – %s", figure->label[message_language()],
			now, *target ? " → " : "", target, day_of(walk, decision->target_day),
			trend_label(&figure->trend, indicator_direction(indicator))));
}

static void walk_decisions(struct agenda_walk *walk, const struct leadership_agenda *agenda)
{
	put(walk, LINE_HEADING, _("Last decisions"));
	if (!agenda->decisions.count)
		put(walk, LINE_THING, _("none"));
	for (size_t i = 0; i < agenda->decisions.count; i++) {
		const struct decision *decision = &agenda->decisions.items[i];

		put(walk, LINE_THING,
			arena_printf(&walk->arena, "%s  %s", day_of(walk, decision->day),
				decision->text));
		put(walk, LINE_DETAIL,
			arena_printf(&walk->arena, _("in force from %s; seen by %d of %d"),
				day_of(walk, decision->from_day), decision->seen, decision->users));
		walk_target(walk, &agenda->report, decision);
	}
}

static void walk_all(struct agenda_walk *walk, const struct leadership_agenda *agenda)
{
	walk_seats(walk, agenda);
	walk_phenomena(walk, agenda);
	walk_initiatives(walk, agenda);
	walk_decisions(walk, agenda);
	arena_release(&walk->arena);
}

/* ---- Text. ---- */

static void put_text(FILE *file, enum line_kind kind, const char *text)
{
	int indent = kind == LINE_THING ? 2 : 4;

	if (kind != LINE_HEADING) {
		paper_put_rows(file, indent, indent, text);
		return;
	}
	fputc('\n', file);
	paper_put_underlined(file, text, '-');
}

void agenda_write_text(FILE *file, const struct leadership_agenda *agenda)
{
	struct agenda_walk walk = { .file = file, .put = put_text };

	fprintf(file, "%s\n", _("For the leadership group's meeting"));
	walk_all(&walk, agenda);
	fputc('\n', file);
	report_write_text(file, &agenda->report);
}

/* ---- HTML. ---- */

static void put_html(FILE *file, enum line_kind kind, const char *text)
{
	static const char *const elements[] = { "h2", "h3", "p" };

	fprintf(file, "<%s>", elements[kind]);
	html_put_text(file, text);
	fprintf(file, "</%s>\n", elements[kind]);
}

void agenda_write_html(FILE *file, const struct leadership_agenda *agenda)
{
	struct agenda_walk walk = { .file = file, .put = put_html };

	report_html_begin(file, &agenda->report);
	walk_all(&walk, agenda);
	report_html_body(file, &agenda->report);
	report_html_end(file, &agenda->report);
}

/* ---- JSON. ---- */

void agenda_write_json(FILE *file, const struct leadership_agenda *agenda)
{
	struct arena arena = { 0 };
	struct json_writer json;
	struct row row;

	json_begin(&json, file);
	json_open_object(&json, NULL);
	json_open_array(&json, "missing_seats");
	for (size_t g = 0; g < agenda->groups.count; g++) {
		const struct leadership_group *group = &agenda->groups.items[g];

		for (size_t i = 0; i < group->seat_count; i++) {
			if (!seat_is_missing(&group->seats[i], agenda->today))
				continue;
			row_init(&row, &arena);
			row_add_text(&row, "group", group->name);
			row_of_seat(&row, &group->seats[i], agenda->today);
			json_row(&json, NULL, &row);
		}
	}
	json_close_array(&json);
	json_open_array(&json, "phenomena");
	for (size_t i = 0; i < agenda->phenomena.count; i++) {
		row_init(&row, &arena);
		row_of_phenomenon(&row, &agenda->phenomena.items[i]);
		json_row(&json, NULL, &row);
	}
	json_close_array(&json);
	json_open_array(&json, "initiatives");
	for (size_t i = 0; i < agenda->initiatives.count; i++) {
		row_init(&row, &arena);
		row_of_initiative(&row, &agenda->initiatives.items[i]);
		json_row(&json, NULL, &row);
	}
	json_close_array(&json);
	json_open_array(&json, "decisions");
	for (size_t i = 0; i < agenda->decisions.count; i++) {
		row_init(&row, &arena);
		row_of_decision(&row, &agenda->decisions.items[i]);
		json_row(&json, NULL, &row);
	}
	json_close_array(&json);
	report_json_write(&json, "report", &agenda->report);
	json_close_object(&json);
	json_end(&json);
	arena_release(&arena);
}
