#include "capacity_details_internal.h"

#include "kutsu/base/arena.h"
#include "kutsu/base/localtext.h"
#include "kutsu/base/message.h"
#include "kutsu/base/text.h"
#include "kutsu/base/utf8.h"

#include <string.h>

#define WIDTH_MOST 30 /* of a label and its value */
#define GAP	   2
#define BAR_LEAST  4

/* One line below the heat map. */
struct detail {
	enum style style;
	const char *label, *value; /* value NULL: a heading */
	int64_t part, whole;	   /* of its bar; 0: it has none */
};

static struct detail *add_detail(
	struct capacity_details *self, int list, enum style style, const char *label)
{
	struct detail_list *details = &self->lists[list];

	details->items =
		arena_append(self->arena, details->items, &details->count, sizeof(*details->items));
	details->items[details->count - 1] = (struct detail) { .style = style, .label = label };
	return &details->items[details->count - 1];
}

static void add_figure(struct capacity_details *self, int list, const char *label, int figure)
{
	char text[FIGURE_TEXT_SIZE];

	add_detail(self, list, STYLE_STRONG, label)->value =
		arena_text(self->arena, figure_format(figure, text));
}

static const char *const hour_labels[CAPACITY_HOURS] = { N_("promised"), N_("confirmed"),
	N_("offered"), N_("booked"), N_("used") };

const char *capacity_hour_label(int hour)
{
	return _(hour_labels[hour]);
}

void capacity_list_hours(const struct capacity_row *row, int64_t hours[CAPACITY_HOURS])
{
	const struct capacity_minutes *minutes = &row->minutes;

	hours[0] = minutes->promised;
	hours[1] = minutes->confirmed;
	hours[2] = minutes->offered;
	hours[3] = minutes->booked;
	hours[4] = minutes->used;
}

static void tell_hours_and_wait(struct capacity_details *self, const struct capacity_row *row,
	const struct capacity_wait *wait)
{
	int64_t hours[CAPACITY_HOURS];

	capacity_list_hours(row, hours);
	add_detail(self, 0, STYLE_STRONG, _("Hours"));
	for (int i = 0; i < CAPACITY_HOURS; i++) {
		struct detail *detail = add_detail(self, 0, STYLE_STRONG, _(hour_labels[i]));
		char text[LOCALTEXT_SIZE];

		detail->value = arena_text(self->arena, local_hours(hours[i], text));
		detail->part = hours[i];
		detail->whole = hours[0] > hours[3] ? hours[0] : hours[3];
	}
	add_detail(self, 0, STYLE_STRONG, _("Days from call to hole"));
	add_figure(self, 0, _("half within (median)"), wait->median);
	add_figure(self, 0, _("nine of ten within"), wait->p90);
}

static const struct capacity_row *find_unit(const struct capacity *capacity, const char *unit)
{
	for (size_t i = 0; i < capacity->unit_count; i++) {
		if (strcmp(capacity->units[i].unit, unit) == 0)
			return &capacity->units[i];
	}
	return NULL;
}

static void tell_searches(
	struct capacity_details *self, const struct capacity *capacity, const char *area)
{
	add_detail(self, 1, STYLE_STRONG, _("Searches in all areas"));
	add_figure(self, 1, _("found no shared hole"), capacity->found_none);
	add_figure(self, 1, _("found one too late"), capacity->found_late);
	add_detail(self, 1, STYLE_STRONG, _("Units in the way"));
	for (size_t i = 0; i < capacity->obstacle_count; i++) {
		const struct capacity_obstacle *obstacle = &capacity->obstacles[i];
		const struct capacity_row *unit = find_unit(capacity, obstacle->unit);
		struct detail *last;

		if (area && (!unit || strcmp(unit->area, area) != 0))
			continue;
		add_figure(self, 1, obstacle->unit, obstacle->count);
		last = &self->lists[1].items[self->lists[1].count - 1];
		last->part = obstacle->count;
		last->whole = obstacle->count > 0 ? capacity->obstacles[0].count : 0;
	}
}

static void tell_far(
	struct capacity_details *self, const struct capacity *capacity, const char *area)
{
	add_detail(self, 2, STYLE_STRONG,
		arena_printf(self->arena,
			P_("No hole within %d day", "No hole within %d days",
				capacity->target_days),
			capacity->target_days));
	for (size_t i = 0; i < capacity->far_count; i++) {
		const struct capacity_far *far = &capacity->far[i];
		char day[LOCALTEXT_SIZE];

		if (area && strcmp(far->area, area) != 0)
			continue;
		if (far->next_day == DAY_LAST)
			add_detail(self, 2, STYLE_TROUBLE, far->unit)->value = _("none at all");
		else
			/* TRANSLATORS: a day and how many days that is away: "Wed 13.1., 26 d" */
			add_detail(self, 2, STYLE_NOTICE, far->unit)->value =
				arena_printf(self->arena, _("%s, %d d"),
					local_short_day(far->next_day, day), far->days);
	}
}

void capacity_details_fill(struct capacity_details *self, const struct capacity *capacity,
	const struct capacity_row *row, const char *area)
{
	memset(self->lists, 0, sizeof(self->lists));
	tell_hours_and_wait(self, row, &capacity->wait);
	tell_searches(self, capacity, area);
	tell_far(self, capacity, area);
}

int capacity_details_rows(const struct capacity_details *self, bool beside)
{
	int most = 0, sum = 0;

	for (int i = 0; i < CAPACITY_DETAILS; i++) {
		int count = (int)self->lists[i].count;

		most = count > most ? count : most;
		sum += count;
	}
	return beside ? most : sum;
}

static void draw_bar(const struct canvas *canvas, int row, int column, const struct detail *detail)
{
	int room = canvas->columns - column;
	int length = detail->whole > 0 ? (int)(detail->part * room / detail->whole) : 0;
	struct text bar = { 0 };

	if (room < BAR_LEAST || detail->part <= 0)
		return;
	for (int i = 0; i < length || i == 0; i++)
		text_add(&bar, canvas->utf8 ? "█" : "#");
	canvas_text(canvas, row, column, room, STYLE_GOOD, text_get(&bar));
	text_release(&bar);
}

static void draw_detail(const struct canvas *canvas, int row, const struct detail *detail)
{
	int width = canvas->columns < WIDTH_MOST ? canvas->columns : WIDTH_MOST;
	int value = detail->value ? utf8_width(detail->value) : 0;

	if (!detail->value) {
		canvas_text(canvas, row, 0, canvas->columns, detail->style, detail->label);
		return;
	}
	canvas_text(canvas, row, 1, width - value - 2, STYLE_NORMAL, detail->label);
	canvas_right(canvas, row, width - value, value, detail->style, detail->value);
	if (detail->whole)
		draw_bar(canvas, row, width + 1, detail);
}

void capacity_details_draw(
	const struct capacity_details *self, const struct canvas *canvas, bool beside, int row)
{
	int all = canvas->columns - 2, width = beside ? all / CAPACITY_DETAILS : all;

	for (int i = 0; i < CAPACITY_DETAILS; i++) {
		const struct detail_list *list = &self->lists[i];
		struct canvas part = canvas_part(canvas, 0, 1 + (beside ? i * width : 0),
			canvas->rows, width - (i < CAPACITY_DETAILS - 1 ? GAP : 0));

		for (size_t d = 0; d < list->count; d++)
			draw_detail(&part, row + (int)d, &list->items[d]);
		row += beside ? 0 : (int)list->count;
	}
}
