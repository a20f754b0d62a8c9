#include "unit_pane_internal.h"

#include "kutsu/base/localtext.h"
#include "kutsu/base/utf8.h"
#include "kutsu/service/registry.h"

#include <string.h>

#define WORD_SIZE	 256
#define TIME_WIDTH	 16
#define CODE_WIDTH_MOST	 12
#define NAME_WIDTH_LEAST 16
#define NAME_BESIDE_MARK 10 /* the same where the unit has a mark */

/* "ke 12.00–14.00, to 14.00–15.00": when the unit's holes are. */
static const char *times_of(
	struct arena *arena, const struct slot_list *slots, int64_t unit_id, int today)
{
	const char *times = NULL;

	for (size_t i = 0; i < slots->count; i++) {
		const struct slot *slot = &slots->items[i];
		char span[LOCALTEXT_SIZE];

		if (slot->unit_id != unit_id || slot->until_day < today)
			continue;
		times = arena_printf(arena, "%s%s%s %s", times ? times : "", times ? ", " : "",
			local_weekday(slot->weekday), local_span(slot->start, slot->end, span));
	}
	return times;
}

static bool passes(const struct unit *unit, const char *filter)
{
	char folded[WORD_SIZE], wanted[WORD_SIZE], text[WORD_SIZE];

	if (!*filter)
		return true;
	utf8_fold(filter, wanted, sizeof(wanted));
	text[0] = '\0';
	strncat(text, unit->code, 40);
	strcat(text, " ");
	strncat(text, unit->name, 150);
	utf8_fold(text, folded, sizeof(folded));
	return strstr(folded, wanted) != NULL;
}

/* Those ticked stand first, so that what was chosen is in sight. */
static void apply_filter(struct unit_pane *pane)
{
	int count = 0;

	for (int ticked = 1; ticked >= 0; ticked--) {
		for (size_t i = 0; i < pane->units.count; i++) {
			if (pane->is_ticked[i] == ticked
				&& passes(&pane->units.items[i], editor_get(&pane->filter)))
				pane->shown[count++] = (int)i;
		}
	}
	list_set_count(&pane->list, count);
}

/* The unit that the cursor was on, though others have come or gone before it. */
static void choose_again(struct unit_pane *pane, int64_t chosen)
{
	for (int row = 0; row < pane->list.count; row++) {
		if (pane->units.items[pane->shown[row]].id == chosen)
			pane->list.cursor = row;
	}
}

/* A unit without a hole has none to confirm. */
static void mark_gaps(struct unit_pane *pane, const struct promise_gap_list *gaps)
{
	size_t count = pane->units.count;

	pane->gaps = arena_new(&pane->arena, (count + 1) * sizeof(*pane->gaps));
	for (size_t i = 0; i < count; i++) {
		pane->gaps[i] = GAPS;
		for (size_t g = 0; g < gaps->count; g++) {
			enum gap gap = gaps->items[g].gap;

			if ((gap == GAP_NO_HOLE || gap == GAP_UNCONFIRMED)
				&& gaps->items[g].unit->id == pane->units.items[i].id)
				pane->gaps[i] = gap;
		}
	}
}

bool unit_pane_read(struct unit_pane *pane, struct ui *ui, struct error *err)
{
	struct promise_gap_list gaps;
	struct slot_list slots;
	int64_t chosen = 0;
	size_t count;

	if (pane->list.count)
		chosen = pane->units.items[pane->shown[pane->list.cursor]].id;
	if (pane->units.count)
		unit_pane_get_as_text(pane, &pane->kept);
	arena_reset(&pane->arena);
	pane->units = (struct unit_list) { 0 };
	pane->list.count = 0;
	if (!registry_unit_list(ui->session, UNITS_ACTIVE, &pane->arena, &pane->units, err)
		|| !registry_slot_list(ui->session, NULL, &pane->arena, &slots, err)
		|| !promise_gaps(ui->session, &pane->arena, &gaps, err)) {
		pane->units = (struct unit_list) { 0 };
		return false;
	}
	count = pane->units.count;
	pane->times = arena_new(&pane->arena, (count + 1) * sizeof(*pane->times));
	pane->is_ticked = arena_new(&pane->arena, count + 1);
	pane->shown = arena_new(&pane->arena, (count + 1) * sizeof(*pane->shown));
	for (size_t i = 0; i < count; i++)
		pane->times[i] = times_of(
			&pane->arena, &slots, pane->units.items[i].id, session_today(ui->session));
	mark_gaps(pane, &gaps);
	unit_pane_set_as_text(pane, text_get(&pane->kept));
	apply_filter(pane);
	choose_again(pane, chosen);
	return true;
}

void unit_pane_release(struct unit_pane *pane)
{
	arena_release(&pane->arena);
	editor_release(&pane->filter);
	text_release(&pane->kept);
}

bool unit_pane_key(struct unit_pane *pane, const struct key *key, bool *changed)
{
	bool filtered, taken;

	*changed = false;
	if (key_is(key, PRESS_CHARACTER + ' ') || key->press == PRESS_ENTER) {
		if (pane->list.count) {
			int unit = pane->shown[pane->list.cursor];

			pane->is_ticked[unit] = !pane->is_ticked[unit];
			*changed = true;
			/* The next unit has another name. */
			if (*editor_get(&pane->filter)) {
				editor_set(&pane->filter, "");
				pane->list.cursor = 0;
				apply_filter(pane);
			}
		}
		return true;
	}
	/* Letters filter here, so the list's own j and k do not count. */
	if (key->press != PRESS_TEXT && list_key(&pane->list, key))
		return true;
	taken = editor_key(&pane->filter, key, &filtered);
	if (filtered) {
		pane->list.cursor = 0;
		apply_filter(pane);
	}
	return taken;
}

/* The codes' column: the holes' list answers in codes. */
static int code_width(const struct unit_pane *pane)
{
	int widest = 0;

	for (size_t i = 0; i < pane->units.count; i++) {
		int width = utf8_width(pane->units.items[i].code);

		widest = width > widest ? width : widest;
	}
	return widest < CODE_WIDTH_MOST ? widest : CODE_WIDTH_MOST;
}

/* Draws it at the end of the row where `least` columns are left; returns what is left. */
static int draw_end(const struct canvas *canvas, int row, int end, int least, enum style style,
	const char *text)
{
	int width = utf8_width(text) < TIME_WIDTH ? utf8_width(text) : TIME_WIDTH;

	if (end - width < least)
		return end;
	canvas_text(canvas, row, end - width, width, style, text);
	return end - width - 1;
}

/* What the unit lacks, as a word and as a letter; NULL: nothing. */
static const char *mark_of(enum gap gap, const char **letter)
{
	*letter = gap == GAP_NO_HOLE ? "-" : "?";
	return gap == GAP_NO_HOLE	? _("no hole")
	       : gap == GAP_UNCONFIRMED ? term_label(&readiness_terms, READINESS_UNCONFIRMED)
					: NULL;
}

/* Narrow: code and name; wider: what it lacks; wide: when its holes are, too. */
static void draw_unit(const struct unit_pane *pane, const struct canvas *canvas, int row, int unit,
	enum style style)
{
	const char *letter, *mark = mark_of(pane->gaps[unit], &letter);
	enum style notice = style == STYLE_NORMAL ? STYLE_NOTICE : style;
	int codes = code_width(pane), name_at = 4 + codes + 1, end = canvas->columns;
	int least = name_at + (mark ? NAME_BESIDE_MARK : NAME_WIDTH_LEAST);
	int beside = mark ? utf8_width(mark) + 1 : 0, before;

	canvas_row(canvas, row, 0, canvas->columns, style, pane->is_ticked[unit] ? "[x]" : "[ ]");
	canvas_text(canvas, row, 4, codes, style, pane->units.items[unit].code);
	if (pane->times[unit])
		end = draw_end(canvas, row, end, least + beside, style, pane->times[unit]);
	before = end;
	if (mark)
		end = draw_end(canvas, row, end, least, notice, mark);
	if (mark && end == before)
		end = draw_end(canvas, row, end, name_at, notice, letter);
	canvas_text(canvas, row, name_at, end - name_at, style, pane->units.items[unit].name);
}

void unit_pane_draw(const struct unit_pane *pane, const struct canvas *canvas, bool has_focus)
{
	int top = list_top(&pane->list, canvas->rows);

	if (pane->list.count == 0)
		canvas_text(canvas, 0, 1, canvas->columns, STYLE_QUIET,
			pane->units.count ? _("no unit has that in its name")
					  : _("no units yet: add them in view 6"));
	for (int row = 0; row < canvas->rows && top + row < pane->list.count; row++)
		draw_unit(pane, canvas, row, pane->shown[top + row],
			has_focus && top + row == pane->list.cursor ? STYLE_CURSOR : STYLE_NORMAL);
}

const char *const *unit_pane_codes(const struct unit_pane *pane, struct arena *arena, size_t *count)
{
	const char **codes = NULL;

	*count = 0;
	for (size_t i = 0; i < pane->units.count; i++) {
		if (!pane->is_ticked[i])
			continue;
		codes = arena_append(arena, codes, count, sizeof(*codes));
		codes[*count - 1] = arena_text(arena, pane->units.items[i].code);
	}
	return codes;
}

void unit_pane_get_as_text(const struct unit_pane *pane, struct text *text)
{
	text_clear(text);
	for (size_t i = 0; i < pane->units.count; i++) {
		if (pane->is_ticked[i])
			text_format(
				text, "%s%s", text->length ? " " : "", pane->units.items[i].code);
	}
}

void unit_pane_set_as_text(struct unit_pane *pane, const char *codes)
{
	for (size_t i = 0; i < pane->units.count; i++) {
		const char *code = pane->units.items[i].code;
		size_t length = strlen(code);
		const char *found = codes;

		pane->is_ticked[i] = false;
		while ((found = strstr(found, code)) != NULL) {
			if ((found == codes || found[-1] == ' ')
				&& (found[length] == ' ' || !found[length]))
				pane->is_ticked[i] = true;
			found += length;
		}
	}
}
