#include "svg_internal.h"

#include "html_internal.h"
#include "kutsu/domain/monthly_report.h"

#define BAR_HEIGHT	22
#define BAR_LABEL_WIDTH 290
#define BAR_ROOM	330
#define CHART_WIDTH	680
#define LINE_HEIGHT	190
#define LINE_LEFT	46
#define LINE_TOP	14
#define LINE_BOTTOM	150
#define SPARK_WIDTH	120
#define SPARK_HEIGHT	26
#define SPARK_EDGE	4

static void begin(FILE *file, const char *title, int width, int height)
{
	fprintf(file, "<svg viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\"", width, height, width,
		height);
	if (!title) {
		fputs(" aria-hidden=\"true\" focusable=\"false\">", file);
		return;
	}
	fputs(" role=\"img\" aria-label=\"", file);
	html_put_text(file, title);
	fputs("\">", file);
}

static void put_text(FILE *file, const char *kind, int x, int y, const char *text)
{
	fprintf(file, "<text class=\"%s\" x=\"%d\" y=\"%d\">", kind, x, y);
	html_put_text(file, text);
	fputs("</text>\n", file);
}

static void put_number(FILE *file, int x, int y, int value)
{
	char text[FIGURE_TEXT_SIZE];

	put_text(file, "number", x, y, figure_format(value < 0 ? FIGURE_HIDDEN : value, text));
}

void svg_bars(FILE *file, const char *title, const struct svg_bar *bars, size_t count)
{
	int most = 1;

	for (size_t i = 0; i < count; i++)
		most = bars[i].value > most ? bars[i].value : most;
	begin(file, title, CHART_WIDTH, (int)count * BAR_HEIGHT + 4);
	fputc('\n', file);
	for (size_t i = 0; i < count; i++) {
		int y = (int)i * BAR_HEIGHT + 2;
		int width = bars[i].value > 0 ? bars[i].value * BAR_ROOM / most : 0;

		put_text(file, "label", BAR_LABEL_WIDTH - 8, y + 15, bars[i].label);
		if (width)
			fprintf(file,
				"<rect class=\"bar\" x=\"%d\" y=\"%d\" width=\"%d\" "
				"height=\"%d\"/>\n",
				BAR_LABEL_WIDTH, y + 2, width, BAR_HEIGHT - 6);
		put_number(file, BAR_LABEL_WIDTH + width + 6, y + 15, bars[i].value);
	}
	fputs("</svg>\n", file);
}

/* ---- Lines. ---- */

/* Where values lie between the lowest and the highest. */
struct scale_of {
	enum indicator_kind kind;
	int64_t least, most; /* hundredths */
	int top, bottom, left, step;
};

static struct scale_of scale_of(
	enum indicator_kind kind, const struct measure *months, size_t count, int64_t goal)
{
	struct scale_of scale = { .kind = kind, .most = goal == GOAL_NONE ? 0 : goal };

	for (size_t i = 0; i < count; i++) {
		int64_t value;

		if (!measure_is_told(&months[i]))
			continue;
		value = measure_hundredths(kind, &months[i]);
		scale.least = value < scale.least ? value : scale.least;
		scale.most = value > scale.most ? value : scale.most;
	}
	if (kind == INDICATOR_SHARE)
		scale.most = 10000;
	if (scale.most == scale.least)
		scale.most++;
	return scale;
}

static int y_of(const struct scale_of *scale, int64_t hundredths)
{
	return scale->bottom
	       - (int)((hundredths - scale->least) * (scale->bottom - scale->top)
		       / (scale->most - scale->least));
}

/* A gap where a month is not told; one that stands alone is a dot. */
static void put_line(FILE *file, const struct scale_of *scale, const struct measure *months,
	size_t count, int radius)
{
	bool is_open = false;

	fputs("<path class=\"line\" d=\"", file);
	for (size_t i = 0; i < count; i++) {
		bool is_told = measure_is_told(&months[i]);

		if (is_told)
			fprintf(file, "%s%d %d", is_open ? "L" : "M",
				scale->left + (int)i * scale->step,
				y_of(scale, measure_hundredths(scale->kind, &months[i])));
		is_open = is_told;
	}
	fputs("\"/>", file);
	for (size_t i = 0; i < count; i++) {
		if (measure_is_told(&months[i]))
			fprintf(file, "<circle class=\"dot\" cx=\"%d\" cy=\"%d\" r=\"%d\"/>",
				scale->left + (int)i * scale->step,
				y_of(scale, measure_hundredths(scale->kind, &months[i])),
				i + 1 == count ? radius + 1 : radius);
	}
}

static void put_goal(FILE *file, const struct scale_of *scale, int64_t goal, int right)
{
	int y;

	if (goal == GOAL_NONE || goal < scale->least || goal > scale->most)
		return;
	y = y_of(scale, goal);
	fprintf(file, "<path class=\"goal\" d=\"M%d %dL%d %d\"/>", scale->left, y, right, y);
}

void svg_sparkline(FILE *file, enum indicator_kind kind, const struct measure *months, size_t count,
	int64_t goal)
{
	struct scale_of scale = scale_of(kind, months, count, goal);

	scale.top = SPARK_EDGE;
	scale.bottom = SPARK_HEIGHT - SPARK_EDGE;
	scale.left = SPARK_EDGE;
	scale.step = (SPARK_WIDTH - 2 * SPARK_EDGE) / (int)(count > 1 ? count - 1 : 1);
	begin(file, NULL, SPARK_WIDTH, SPARK_HEIGHT);
	put_goal(file, &scale, goal, SPARK_WIDTH - SPARK_EDGE);
	put_line(file, &scale, months, count, 1);
	fputs("</svg>", file);
}

static void put_axis(
	FILE *file, const struct scale_of *scale, const char *const *names, size_t count)
{
	char most[32], least[32];

	snprintf(most, sizeof(most), "%lld", (long long)(scale->most / 100));
	snprintf(least, sizeof(least), "%lld", (long long)(scale->least / 100));
	fprintf(file, "<path class=\"axis\" d=\"M%d %dV%dH%d\"/>\n", scale->left - 8, scale->top,
		scale->bottom, scale->left + (int)(count - 1) * scale->step + 8);
	put_text(file, "label", scale->left - 12, scale->top + 5, most);
	put_text(file, "label", scale->left - 12, scale->bottom + 5, least);
	for (size_t i = 0; i < count; i++)
		put_text(file, "month", scale->left + (int)i * scale->step, scale->bottom + 18,
			names[i]);
}

void svg_line(FILE *file, const char *title, enum indicator_kind kind, const struct measure *months,
	const char *const *names, size_t count, int64_t goal)
{
	struct scale_of scale = scale_of(kind, months, count, goal);

	scale.top = LINE_TOP;
	scale.bottom = LINE_BOTTOM;
	scale.left = LINE_LEFT;
	scale.step = (CHART_WIDTH - LINE_LEFT - 24) / (int)(count > 1 ? count - 1 : 1);
	begin(file, title, CHART_WIDTH, LINE_HEIGHT);
	fputc('\n', file);
	put_axis(file, &scale, names, count);
	put_goal(file, &scale, goal, scale.left + (int)(count - 1) * scale.step);
	put_line(file, &scale, months, count, 3);
	fputs("\n</svg>\n", file);
}
