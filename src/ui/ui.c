#include "kutsu/ui/ui.h"

#include "frame_internal.h"
#include "kutsu/base/localtext.h"
#include "kutsu/service/booking.h"
#include "kutsu/service/learning.h"
#include "kutsu/service/writer.h"
#include "screen_internal.h"
#include "screens/screens_internal.h"
#include "term_internal.h"

#include <stdio.h>

#define POLL_MS	      250 /* how soon others' changes are seen */
#define KEYS_MS	      700 /* the same while keys come without a pause */
#define MOMENT_MS     300 /* how long a lock is waited for by what will be tried again */
#define LEAST_ROWS    12
#define LEAST_COLUMNS 50

/* The stack of screens and what drives it. */
struct stack {
	struct ui ui;
	struct screen *top;
	int view;
	int64_t version;   /* of the database, when it was last read; 0: to be read anew */
	int minute;	   /* and what the clock showed */
	int64_t passed_at; /* when pass_time() was there last, by the steady clock */
	bool is_troubled;  /* the message is of what will be tried again */
	bool quits;
	bool is_denied; /* what is shown may not be seen any more: a role was taken away */
};

/* What was decided, until it was seen: a line over each view. */
static void read_notice(struct ui *ui)
{
	struct decision_list list = { 0 };
	struct error err;
	char day[LOCALTEXT_SIZE];

	arena_reset(&ui->notice_arena);
	ui->notice = NULL;
	if (!session_may(ui->session, USE_NOTICE_SEE)
		|| !notice_list(ui->session, &ui->notice_arena, &list, &err) || !list.count)
		return;
	ui->notice = arena_printf(&ui->notice_arena, _(" L: decision of %s: %s"),
		local_day(list.items[0].day, day), list.items[0].text);
}

static void push(struct stack *stack, struct screen *screen)
{
	screen->below = stack->top;
	stack->top = screen;
	if (screen->ops->resize)
		screen->ops->resize(screen, &stack->ui);
}

/* What lies below may have been changed by what lay above. */
static void pop(struct stack *stack)
{
	struct screen *gone = stack->top;

	stack->top = gone->below;
	gone->ops->free(gone);
	if (!stack->top)
		return;
	stack->top->is_read = false;
	if (stack->top->ops->resize)
		stack->top->ops->resize(stack->top, &stack->ui);
}

/* The view of that digit, should the user have it; else -1. */
static int view_of(const struct ui *ui, const struct key *key)
{
	for (int i = 0; i < view_count; i++) {
		if (key_is(key, PRESS_CHARACTER + views[i].digit)
			&& session_may(ui->session, views[i].needs))
			return i;
	}
	return -1;
}

static int first_view(const struct ui *ui)
{
	int i = 0;

	while (i < view_count
		&& (views[i].is_never_first || !session_may(ui->session, views[i].needs)))
		i++;
	return i;
}

static void open_view(struct stack *stack, int view)
{
	while (stack->top)
		pop(stack);
	stack->view = view;
	push(stack, views[view].make());
}

static void follow(struct stack *stack, struct next next)
{
	switch (next.kind) {
	case NEXT_STAY:
		break;
	case NEXT_BACK:
		for (int i = 0; stack->top && (i == 0 || i < next.count); i++)
			pop(stack);
		if (!stack->top)
			open_view(stack, first_view(&stack->ui));
		read_notice(&stack->ui); /* it may have been of a decision */
		break;
	case NEXT_PUSH:
		push(stack, next.screen);
		break;
	case NEXT_REPLACE:
		for (int i = 0; stack->top && (i == 0 || i < next.count); i++)
			pop(stack);
		push(stack, next.screen);
		break;
	}
}

/* A disk that is full, a lock: it may be over soon. */
static bool may_pass(enum error_code code)
{
	return code == ERROR_DATABASE || code == ERROR_BUSY;
}

static void read_screen(struct stack *stack, struct screen *screen)
{
	struct error err;

	screen->is_read = true;
	screen->is_unread = false;
	if (!screen->ops->read || screen->ops->read(screen, &stack->ui, &err))
		return;
	ui_fail(&stack->ui, &err);
	stack->is_denied = stack->is_denied || err.code == ERROR_DENIED;
	screen->is_unread = stack->is_troubled = may_pass(err.code);
	if (screen->is_unread)
		stack->version = 0;
}

static void read_screens(struct stack *stack)
{
	for (struct screen *screen = stack->top; screen; screen = screen->below) {
		if (!screen->is_read)
			read_screen(stack, screen);
		if (!screen->ops->is_overlay)
			return;
	}
}

/*
 * Somebody else's commit makes all that is shown old, and so does the time as it passes: a hold
 * runs out, a meeting begins. Nothing is read where nothing changed.
 */
static void watch_database(struct stack *stack)
{
	int minute = session_wall(stack->ui.session).minute, freed = 0;
	struct error err;
	int64_t version;

	/* Others may hold the lock for long: then they, or the next time, will free them. */
	if ((!booking_free_abandoned(stack->ui.session, &freed, &err) && err.code != ERROR_BUSY)
		|| !store_version(stack->ui.session->store, &version, &err)) {
		ui_fail(&stack->ui, &err);
		return;
	}
	if (version == stack->version && minute == stack->minute && freed == 0)
		return;
	stack->version = version;
	stack->minute = minute;
	read_notice(&stack->ui);
	for (struct screen *screen = stack->top; screen; screen = screen->below)
		screen->is_read = false;
}

/* A view has the line; what lies over it does not. */
static bool shows_notice(const struct stack *stack)
{
	return stack->ui.notice && stack->top && !stack->top->below;
}

static void leave_done(struct stack *stack)
{
	while (stack->top->is_done && stack->top->below) {
		pop(stack);
		read_screens(stack);
	}
}

static void draw_screens(
	const struct screen *screen, const struct ui *ui, const struct canvas *canvas)
{
	if (screen->ops->is_overlay && screen->below)
		draw_screens(screen->below, ui, canvas);
	/* An empty list would say that there is nothing. What is typed is shown in any case. */
	if (screen->is_unread && !screen->ops->tick)
		canvas_text(canvas, 1, 2, canvas->columns - 4, STYLE_TROUBLE,
			_("this can't be read now; it is tried again"));
	else
		screen->ops->draw(screen, ui, canvas);
}

static void fit(struct stack *stack, const struct canvas *whole)
{
	int rows = whole->rows - FRAME_ROWS - shows_notice(stack);

	if (rows == stack->ui.rows && whole->columns == stack->ui.columns)
		return;
	stack->ui.rows = rows;
	stack->ui.columns = whole->columns;
	for (struct screen *screen = stack->top; screen; screen = screen->below) {
		if (screen->ops->resize)
			screen->ops->resize(screen, &stack->ui);
	}
}

static void draw_too_small(const struct canvas *whole)
{
	char text[200];

	snprintf(text, sizeof(text),
		_("the window is too small; kutsu needs %d columns and %d rows"), LEAST_COLUMNS,
		LEAST_ROWS);
	canvas_wrapped(whole, 0, 0, whole->columns, STYLE_STRONG, text);
}

static void draw(struct stack *stack)
{
	struct canvas whole = term_canvas(stack->ui.utf8);
	int notice_rows = shows_notice(stack);
	struct canvas inside = canvas_part(&whole, FRAME_TOP + notice_rows, 0,
		whole.rows - FRAME_ROWS - notice_rows, whole.columns);

	fit(stack, &whole);
	if (whole.rows < LEAST_ROWS || whole.columns < LEAST_COLUMNS) {
		draw_too_small(&whole);
	} else {
		read_screens(stack);
		leave_done(stack);
		frame_draw(&stack->ui, stack->top, stack->view, &whole);
		if (notice_rows)
			canvas_row(&whole, FRAME_TOP, 0, whole.columns, STYLE_NOTICE,
				stack->ui.notice);
		draw_screens(stack->top, &stack->ui, &inside);
		frame_draw_status(&stack->ui, &whole);
		if (stack->ui.shows_keys)
			frame_draw_keys(&stack->ui, stack->top, &inside);
	}
	term_show();
}

static int action_in(const struct key_binding *keys, const struct screen *screen,
	const struct ui *ui, const struct key *key)
{
	for (const struct key_binding *b = keys; b && b->key; b++) {
		if (key_is(key, b->key) && screen_offers(screen, ui, b))
			return b->action;
	}
	return 0;
}

static int action_of(const struct screen *screen, const struct ui *ui, const struct key *key)
{
	int action = action_in(screen->keys, screen, ui, key);

	return action ? action : action_in(screen->ops->keys, screen, ui, key);
}

/* Keys that mean the same on every screen; those where text is typed keep their letters. */
static bool act_everywhere(struct stack *stack, const struct key *key)
{
	bool typing = stack->top->ops->takes_text || stack->top->ops->is_overlay;

	if (stack->ui.shows_keys) {
		stack->ui.shows_keys = false;
		return true;
	}
	if (key_is(key, PRESS_FUNCTION + 1) || (!typing && key_is(key, PRESS_CHARACTER + '?'))) {
		stack->ui.shows_keys = true;
	} else if (key_is(key, PRESS_CONTROL + 'L')) {
		term_redraw();
	} else if (typing) {
		return false;
	} else if (view_of(&stack->ui, key) >= 0) {
		open_view(stack, view_of(&stack->ui, key));
	} else if (shows_notice(stack) && key_is(key, PRESS_CHARACTER + 'L')) {
		push(stack, notice_screen_new());
	} else if (key_is(key, PRESS_CHARACTER + 'n')
		   && session_may(stack->ui.session, USE_CALL_TAKE)) {
		push(stack, call_kind_screen_new());
	} else if (key_is(key, PRESS_CHARACTER + 'q') || key_is(key, PRESS_CONTROL + 'C')) {
		stack->quits = true;
	} else {
		return false;
	}
	return true;
}

/* Who asks for something waits for others who have the database locked; who types does not. */
static bool is_typing(const struct screen *screen, int action, const struct key *key)
{
	return screen->ops->takes_text && !screen->ops->is_overlay && !action
	       && key->press != PRESS_ENTER;
}

static void act(struct stack *stack, const struct key *key)
{
	int action = action_of(stack->top, &stack->ui, key);

	stack->ui.status_kind = STATUS_NONE;
	stack->is_troubled = false;
	if (!is_typing(stack->top, action, key))
		store_set_patience(stack->ui.session->store, STORE_PATIENCE_MS);
	if (!act_everywhere(stack, key))
		follow(stack, stack->top->ops->act(stack->top, &stack->ui, action, key));
	store_set_patience(stack->ui.session->store, MOMENT_MS);
}

/* Screens that keep what is typed do so here. */
static void tick(struct stack *stack)
{
	for (struct screen *screen = stack->top; screen; screen = screen->below) {
		if (screen->ops->tick)
			screen->ops->tick(screen, &stack->ui);
	}
}

/*
 * To what may still be seen; without anything left the program ends. A screen that stayed would ask
 * again at each change, and each refusal is a change for others.
 */
static void leave_denied(struct stack *stack)
{
	int view = first_view(&stack->ui);

	stack->is_denied = false;
	if (view == view_count)
		stack->quits = true;
	else if (stack->view != view || stack->top->below)
		open_view(stack, view);
}

/*
 * What goes on by itself. A trouble that is met here is told for as long as it lasts, since it is
 * tried again and again.
 */
static void pass_time(struct stack *stack)
{
	struct ui *ui = &stack->ui;

	if (stack->is_troubled)
		ui->status_kind = STATUS_NONE;
	ui->failed = ERROR_NONE;
	tick(stack);
	watch_database(stack);
	stack->is_troubled = may_pass(ui->failed);
	stack->passed_at = clock_steady_ms();
}

static void run(struct stack *stack)
{
	store_set_patience(stack->ui.session->store, MOMENT_MS);
	open_view(stack, first_view(&stack->ui));
	read_notice(&stack->ui);
	while (!stack->quits) {
		struct key key;

		draw(stack);
		if (stack->is_denied) {
			leave_denied(stack);
			continue;
		}
		key = term_read(POLL_MS);
		if (key.press == PRESS_HANG_UP)
			break;
		if (key.press != PRESS_NONE && key.press != PRESS_RESIZE)
			act(stack, &key);
		if (key.press == PRESS_NONE || clock_steady_ms() - stack->passed_at >= KEYS_MS)
			pass_time(stack);
	}
	store_set_patience(stack->ui.session->store, STORE_PATIENCE_MS);
	tick(stack);
	while (stack->top)
		pop(stack);
	arena_release(&stack->ui.notice_arena);
}

static bool run_in_terminal(struct session *session, bool utf8, struct error *err)
{
	char writer[WRITER_SIZE];
	struct stack stack = { .ui = { .session = session, .writer = writer, .utf8 = utf8 } };

	writer_name(writer);
	if (first_view(&stack.ui) == view_count)
		return error_set(err, ERROR_DENIED,
			_("%.40s has no role with a view of its own; ask the administrator"),
			session->login);
	if (!store_version(session->store, &stack.version, err) || !term_begin(err))
		return false;
	run(&stack);
	term_end();
	return first_view(&stack.ui) < view_count
	       || error_set(err, ERROR_DENIED,
		       _("%.40s may see nothing here any more; ask the administrator"),
		       session->login);
}

bool ui_run(const struct ui_options *options, struct error *err)
{
	struct session session = { 0 };
	struct store *store;
	bool ok;

	if (!store_open(options->database, &store, err))
		return false;
	ok = session_begin(&session, store, options->clock, &options->identity, err)
	     && run_in_terminal(&session, options->utf8, err);
	session_end(&session);
	store_close(store);
	return ok;
}
