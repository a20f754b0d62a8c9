#include "frame_internal.h"

#include "kutsu/base/date.h"
#include "kutsu/base/localtext.h"
#include "kutsu/base/text.h"
#include "kutsu/base/utf8.h"

#include <stdio.h>

#define MENU_NAME_MOST	24
#define MENU_NAME_LEAST 2
#define STATUS_ROWS	3

/* Keys of every screen, told behind its own. */
static const struct key_binding common_keys[] = {
	{ PRESS_CHARACTER + 'n', 0, "n", N_("new call") },
	{ PRESS_CHARACTER + '?', 0, "?", N_("keys") },
	{ PRESS_CHARACTER + 'q', 0, "q", N_("quit") },
	{ 0 },
};

static const struct key_binding typing_keys[] = {
	{ PRESS_FUNCTION + 1, 0, "F1", N_("keys") },
	{ 0 },
};

static void draw_head(const struct ui *ui, const struct canvas *canvas)
{
	const struct session *session = ui->session;
	struct wall_time now = session_wall(session);
	char day[LOCALTEXT_SIZE], clock[LOCALTEXT_SIZE], week[LOCALTEXT_SIZE];
	struct text left = { 0 }, right = { 0 };
	int width;

	text_format(&left, " kutsu  %s  %s", session->region ? session->region : "",
		session->is_demo ? _("DEMONSTRATION DATA - INVENTED") : "");
	text_format(&right, "%s %s  %s ", local_weekday_day(now.day, day),
		local_clock(now.minute, clock), local_week(day_iso_week(now.day).week, week));
	width = utf8_width(text_get(&left)) + utf8_width(text_get(&right));
	if (width + utf8_width(session->login) + 3 <= canvas->columns)
		text_format(&right, " %s ", session->login);
	width = utf8_width(text_get(&right));
	canvas_row(canvas, 0, 0, canvas->columns, STYLE_BAR, text_get(&left));
	canvas_text(canvas, 0, canvas->columns - width, width, STYLE_BAR, text_get(&right));
	text_release(&left);
	text_release(&right);
}

/* Columns that the views' names take, each cut to `most`, with `gap` blanks between. */
static int menu_width(const struct ui *ui, int most, int gap)
{
	int width = 0;

	for (int i = 0; i < view_count; i++) {
		int name = utf8_width(_(views[i].title));

		if (session_may(ui->session, views[i].needs))
			width += 2 + (name < most ? name : most) + gap;
	}
	return width;
}

/* Where not all names find room they stand closer, then the longest are cut. */
static void draw_menu(const struct ui *ui, const struct canvas *canvas, int view)
{
	int gap = menu_width(ui, MENU_NAME_MOST, 2) <= canvas->columns ? 2 : 1;
	int most = MENU_NAME_MOST, column = gap - 1;

	while (most > MENU_NAME_LEAST && menu_width(ui, most, gap) > canvas->columns + 1)
		most--;
	for (int i = 0; i < view_count; i++) {
		enum style style = i == view ? STYLE_CURSOR : STYLE_NORMAL;
		char digit[3] = { views[i].digit, ' ', '\0' };

		if (!session_may(ui->session, views[i].needs))
			continue;
		column += canvas_text(canvas, 1, column, canvas->columns - column, style, digit);
		column += canvas_text(canvas, 1, column, most, style, _(views[i].title)) + gap;
	}
}

void frame_draw_status(const struct ui *ui, const struct canvas *canvas)
{
	enum style style = ui->status_kind == STATUS_ERROR ? STYLE_TROUBLE : STYLE_GOOD;
	int width = canvas->columns - 2;
	int rows = canvas_wrapped(NULL, 0, 1, width, style, ui->status);
	struct canvas part;

	if (ui->status_kind == STATUS_NONE)
		return;
	rows = rows < STATUS_ROWS ? rows : STATUS_ROWS;
	part = canvas_part(canvas, canvas->rows - 1 - rows, 0, rows, canvas->columns);
	canvas_clear(&part);
	canvas_wrapped(&part, 0, 1, width, style, ui->status);
}

static void key_name(const struct key_binding *binding, char name[16])
{
	if (binding->name)
		snprintf(name, 16, "%s", _(binding->name));
	else if (binding->key >= PRESS_CHARACTER)
		snprintf(name, 16, "%c", binding->key - PRESS_CHARACTER);
	else if (binding->key > PRESS_CONTROL)
		snprintf(name, 16, "^%c", binding->key - PRESS_CONTROL);
	else if (binding->key > PRESS_FUNCTION)
		snprintf(name, 16, "F%d", binding->key - PRESS_FUNCTION);
	else
		snprintf(name, 16, "%s", binding->key == PRESS_ENTER ? "Enter" : "Esc");
}

/* What is told of a key: nothing, where it has no word or is not for the user. */
struct teller {
	const struct screen *screen;
	const struct ui *ui;
};

static bool is_told(const struct teller *teller, const struct key_binding *binding)
{
	return *_(binding->help) && screen_offers(teller->screen, teller->ui, binding)
	       && (binding->key != PRESS_CHARACTER + 'n' || binding->action
		       || session_may(teller->ui->session, USE_CALL_TAKE));
}

static int key_width(const struct teller *teller, const struct key_binding *binding)
{
	char name[16];

	if (!is_told(teller, binding))
		return 0;
	key_name(binding, name);
	return utf8_width(name) + 1 + utf8_width(_(binding->help)) + 2;
}

/* How to get away and how to get help are told whatever else finds no room. */
static bool is_vital(const struct key_binding *binding)
{
	return binding->key == PRESS_ESC || binding->key == PRESS_FUNCTION + 1
	       || binding->key == PRESS_CHARACTER + '?';
}

static int vital_width(const struct teller *teller, const struct key_binding *keys)
{
	int width = 0;

	for (const struct key_binding *b = keys; b && b->key; b++)
		width += is_vital(b) ? key_width(teller, b) : 0;
	return width;
}

/* Each key with its word, as many as find room before `end`. Returns the next column. */
static int draw_keys(const struct teller *teller, const struct key_binding *keys,
	const struct canvas *canvas, int column, int end)
{
	for (const struct key_binding *b = keys; b && b->key; b++) {
		int width = key_width(teller, b);
		char name[16];

		end += is_vital(b) ? width : 0;
		if (!width || column + width > end + 1)
			continue;
		key_name(b, name);
		column += canvas_text(canvas, canvas->rows - 1, column, 16, STYLE_STRONG, name) + 1;
		column += canvas_text(
				  canvas, canvas->rows - 1, column, width, STYLE_NORMAL, _(b->help))
			  + 2;
	}
	return column;
}

static const struct key_binding *shared_keys(const struct screen *screen)
{
	return screen->ops->takes_text || screen->ops->is_overlay ? typing_keys : common_keys;
}

void frame_draw(
	const struct ui *ui, const struct screen *screen, int view, const struct canvas *canvas)
{
	const struct key_binding *shared = shared_keys(screen);
	const struct key_binding *own = screen->ops->keys;
	const struct teller teller = { screen, ui };
	int end = canvas->columns - vital_width(&teller, shared);
	int column;

	draw_head(ui, canvas);
	draw_menu(ui, canvas, view);
	column = draw_keys(&teller, screen->keys, canvas, 1, end - vital_width(&teller, own));
	column = draw_keys(&teller, own, canvas, column, end - vital_width(&teller, own));
	draw_keys(&teller, shared, canvas, column, end);
}

static int list_keys(const struct teller *teller, const struct key_binding *keys,
	const struct canvas *canvas, int row)
{
	for (const struct key_binding *b = keys; b && b->key; b++) {
		char name[16];

		if (!is_told(teller, b))
			continue;
		key_name(b, name);
		canvas_text(canvas, row, 1, 10, STYLE_STRONG, name);
		canvas_text(canvas, row, 12, canvas->columns - 13, STYLE_NORMAL, _(b->help));
		row++;
	}
	return row;
}

void frame_draw_keys(const struct ui *ui, const struct screen *screen, const struct canvas *canvas)
{
	const struct teller teller = { screen, ui };
	struct canvas box = canvas_part(canvas, 1, canvas->columns / 2 - 24, canvas->rows - 2, 48);
	struct canvas inside;
	int row;

	canvas_clear(&box);
	inside = canvas_frame(&box, true, _("Keys"));
	row = list_keys(&teller, screen->keys, &inside, 0);
	row = list_keys(&teller, screen->ops->keys, &inside, row);
	row = list_keys(&teller, shared_keys(screen), &inside, row);
	if (!screen->ops->takes_text && !screen->ops->is_overlay) {
		canvas_text(&inside, row, 1, 10, STYLE_STRONG, "0-9");
		canvas_text(&inside, row++, 12, 34, STYLE_NORMAL, _("the views"));
	}
	if (ui->notice && !screen->below) {
		canvas_text(&inside, row, 1, 10, STYLE_STRONG, "L");
		canvas_text(&inside, row++, 12, 34, STYLE_NORMAL, _("the decision not seen yet"));
	}
	canvas_text(&inside, row, 1, 10, STYLE_STRONG, "^L");
	canvas_text(&inside, row, 12, 34, STYLE_NORMAL, _("draw the screen anew"));
}
