/* A stack of screens as the loop has it, in memory: keys are pressed, the screen is read back. */
#ifndef KUTSU_TESTS_STAGE_H
#define KUTSU_TESTS_STAGE_H

#include "fixture.h"
#include "screen.h"
#include "screens/screens_internal.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

struct stage {
	struct session *session;
	struct ui ui;
	struct screen *top;
};

/* Of the fixture's session, in English, 20 rows and 80 columns: what a screen has of an 80x24
 * terminal. */
static inline void stage_begin(struct stage *stage)
{
	fake_screen_locale();
	message_set_language(LANGUAGE_EN);
	stage->session = fixture_session();
	stage->ui = (struct ui) {
		.session = stage->session, .writer = "test", .utf8 = true, .rows = 20, .columns = 80
	};
	stage->top = NULL;
}

static inline void stage_pop(struct stage *stage)
{
	struct screen *gone = stage->top;

	stage->top = gone->below;
	gone->ops->free(gone);
	if (stage->top)
		stage->top->is_read = false;
}

static inline void stage_end(struct stage *stage)
{
	while (stage->top)
		stage_pop(stage);
	fixture_free(stage->session);
	fake_screen_end();
}

static inline void stage_draw(struct stage *stage, struct screen *screen, struct canvas *canvas)
{
	struct error err;

	if (screen->ops->is_overlay && screen->below)
		stage_draw(stage, screen->below, canvas);
	if (!screen->is_read && screen->ops->read)
		cr_assert(screen->ops->read(screen, &stage->ui, &err), "%s", err.text);
	screen->is_read = true;
	screen->ops->draw(screen, &stage->ui, canvas);
}

static inline void stage_show(struct stage *stage)
{
	struct canvas canvas = fake_screen(stage->ui.rows, stage->ui.columns);

	for (struct screen *screen = stage->top; screen; screen = screen->below) {
		if (screen->ops->resize)
			screen->ops->resize(screen, &stage->ui);
	}
	stage_draw(stage, stage->top, &canvas);
	if (stage->top->is_done && stage->top->below) {
		stage_pop(stage);
		stage_show(stage);
	}
}

/* Something was changed beside it. */
static inline void stage_show_anew(struct stage *stage)
{
	stage->top->is_read = false;
	stage_show(stage);
}

static inline void stage_push(struct stage *stage, struct screen *screen)
{
	screen->below = stage->top;
	stage->top = screen;
	stage_show(stage);
}

static inline int stage_action_in(
	const struct stage *stage, const struct key_binding *keys, const struct key *key)
{
	for (const struct key_binding *b = keys; b && b->key; b++) {
		if (key_is(key, b->key) && screen_offers(stage->top, &stage->ui, b))
			return b->action;
	}
	return 0;
}

static inline int stage_action(const struct stage *stage, const struct key *key)
{
	int action = stage_action_in(stage, stage->top->keys, key);

	return action ? action : stage_action_in(stage, stage->top->ops->keys, key);
}

static inline void stage_key(struct stage *stage, struct key key)
{
	struct next next;

	stage->ui.status_kind = STATUS_NONE;
	next = stage->top->ops->act(stage->top, &stage->ui, stage_action(stage, &key), &key);
	if (next.kind == NEXT_BACK || next.kind == NEXT_REPLACE)
		stage_pop(stage);
	for (int i = 1; next.kind != NEXT_PUSH && next.kind != NEXT_STAY && i < next.count; i++)
		stage_pop(stage);
	if (next.kind == NEXT_PUSH || next.kind == NEXT_REPLACE)
		stage_push(stage, next.screen);
	stage_show(stage);
}

static inline void stage_press(struct stage *stage, int press)
{
	stage_key(stage, fake_press(press));
}

static inline void stage_type(struct stage *stage, const char *text)
{
	while (*text)
		stage_key(stage, fake_next_letter(&text));
}

static inline void stage_expect(const char *text)
{
	cr_expect(fake_screen_shows(text), "no \"%s\"", text);
}

static inline void stage_expect_not(const char *text)
{
	cr_expect_not(fake_screen_shows(text), "\"%s\" is shown", text);
}

static inline void stage_expect_said(const struct stage *stage, const char *text)
{
	cr_expect(stage->ui.status_kind != STATUS_NONE && strstr(stage->ui.status, text),
		"\"%s\" was said, not \"%s\"", stage->ui.status, text);
}

/* The row under the cursor. */
static inline const char *stage_chosen(const struct stage *stage)
{
	for (int row = 0; row < stage->ui.rows; row++) {
		if (fake_screen_is_reverse(row, 4) && fake_screen_is_reverse(row, 40))
			return fake_screen_row(row);
	}
	return "";
}

static inline void stage_expect_chosen(const struct stage *stage, const char *text)
{
	const char *row = stage_chosen(stage);

	cr_expect_not_null(strstr(row, text), "the cursor is on \"%s\", not \"%s\"", row, text);
}

/* The fixture's user is a contact of these units, and nothing else. */
static inline void stage_be_contact(struct stage *stage, const char *codes)
{
	char sql[300];

	snprintf(sql, sizeof(sql),
		"DELETE FROM user_role; INSERT INTO user_role"
		" SELECT 1, 'contact', id FROM unit WHERE instr(',%s,', ',' || code || ',')",
		codes);
	fixture_sql(stage->session, sql);
}

#endif
