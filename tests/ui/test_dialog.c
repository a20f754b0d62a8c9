#include "screen.h"
#include "widgets/dialog_internal.h"

#include <criterion/criterion.h>
#include <string.h>

static struct ui ui;
static struct screen *dialog;
static int answered;

static void begin(void)
{
	fake_screen_locale();
	message_set_language(LANGUAGE_EN);
	ui = (struct ui) { .utf8 = true, .rows = 20, .columns = 80 };
}

static void end(void)
{
	dialog->ops->free(dialog);
	fake_screen_end();
}

TestSuite(dialog, .init = begin, .fini = end);

/* As the loop does: the key's action by the table of keys. */
static struct next act(struct key key)
{
	int action = 0;

	for (const struct key_binding *b = dialog->ops->keys; b->key && !action; b++)
		action = key_is(&key, b->key) ? b->action : 0;
	ui.status_kind = STATUS_NONE;
	return dialog->ops->act(dialog, &ui, action, &key);
}

static struct next press(int press)
{
	return act(fake_press(press));
}

static void type(const char *text)
{
	while (*text)
		act(fake_next_letter(&text));
}

static void draw(int rows, int columns)
{
	struct canvas canvas = fake_screen(rows, columns);

	ui.rows = rows;
	ui.columns = columns;
	if (dialog->ops->resize)
		dialog->ops->resize(dialog, &ui);
	dialog->ops->draw(dialog, &ui, &canvas);
}

static struct next yes(struct ui *asked, void *context)
{
	(void)asked;
	++*(int *)context;
	return next_back();
}

Test(dialog, a_question_is_answered_with_enter_and_esc_only)
{
	dialog = confirm_new("Title", "Shall it?", yes, &answered);
	cr_expect_eq(act(fake_letter("x")).kind, NEXT_STAY);
	cr_expect_eq(act(fake_letter("q")).kind, NEXT_STAY);
	cr_expect_eq(press(PRESS_TAB).kind, NEXT_STAY);
	cr_expect_eq(press(PRESS_ESC).kind, NEXT_BACK);
	cr_expect_eq(answered, 0);
	cr_expect_eq(press(PRESS_ENTER).kind, NEXT_BACK);
	cr_expect_eq(answered, 1);
}

Test(dialog, a_long_question_is_wrapped_and_shown_whole)
{
	static const char *const words[] = { "alpha", "beta", "gamma", "delta", "omega." };

	dialog = confirm_new("Title",
		"alpha and beta and gamma and delta and a very long way to go"
		" before one comes at last to omega.",
		yes, &answered);
	for (int columns = 30; columns <= 120; columns++) {
		draw(12, columns);
		cr_expect(fake_screen_shows("Title"));
		for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
			cr_expect(fake_screen_shows(words[i]), "no %s at %d columns", words[i],
				columns);
	}
}

static const struct field fields[] = {
	{ "who", "Who", FIELD_TEXT, 0, 1, NULL, NULL },
	{ "when", "When", FIELD_TEXT, 1, 1, NULL, NULL },
	{ 0 },
};

static bool submit(struct ui *asked, struct form *form, void *context, struct error *err)
{
	(void)asked;
	if (!form_text(form, "who"))
		return error_set(err, ERROR_INVALID, "who is it?");
	++*(int *)context;
	return true;
}

static int ended;

static void end_context(void *context)
{
	(void)context;
	ended++;
}

static void open_form(void)
{
	struct form *form;

	dialog = form_dialog_new(&(struct form_dialog) { .title = "A form",
					 .note = "Be brief.",
					 .fields = fields,
					 .submit = submit,
					 .free_context = end_context,
					 .context = &answered,
					 .goes_back = 2 },
		&form);
	form_set_text(form, "when", "now");
	draw(20, 80);
}

Test(dialog, a_form_that_is_refused_stays_open_and_says_why)
{
	open_form();
	cr_expect_eq(press(PRESS_ENTER).kind, NEXT_STAY);
	cr_expect_eq(ui.status_kind, STATUS_ERROR);
	cr_expect_str_eq(ui.status, "who is it?");
	cr_expect_eq(answered, 0);
	cr_expect(fake_screen_shows("now"));
}

Test(dialog, a_form_that_is_accepted_goes_back_as_far_as_it_was_told)
{
	struct next next;

	open_form();
	type("q1 äiti");
	draw(20, 80);
	cr_expect(fake_screen_shows("q1 äiti"));
	next = press(PRESS_ENTER);
	cr_expect_eq(next.kind, NEXT_BACK);
	cr_expect_eq(next.count, 2);
	cr_expect_eq(answered, 1);
}

Test(dialog, a_form_that_is_left_submits_nothing)
{
	open_form();
	cr_expect_eq(press(PRESS_ESC).kind, NEXT_BACK);
	cr_expect_eq(answered, 0);
}

/* However it ends: accepted, left, or with the program. */
Test(dialog, a_form_ends_what_it_was_given_when_it_is_gone)
{
	open_form();
	cr_expect_eq(ended, 0);
	dialog->ops->free(dialog);
	cr_expect_eq(ended, 1);
	open_form();
}

Test(dialog, tab_goes_round_its_fields)
{
	int row, column, first;

	open_form();
	fake_screen_cursor(&first, &column);
	press(PRESS_TAB);
	draw(20, 80);
	cr_expect(fake_screen_cursor(&row, &column));
	cr_expect_eq(row, first + 1);
	press(PRESS_TAB);
	draw(20, 80);
	cr_expect(fake_screen_cursor(&row, &column));
	cr_expect_eq(row, first);
	press(PRESS_BACKTAB);
	draw(20, 80);
	cr_expect(fake_screen_cursor(&row, &column));
	cr_expect_eq(row, first + 1);
}

Test(dialog, a_form_shows_its_cursor_on_any_screen)
{
	int row, column;

	open_form();
	for (int rows = 8; rows <= 40; rows += 4) {
		for (int columns = 30; columns <= 150; columns += 10) {
			draw(rows, columns);
			cr_expect(fake_screen_shows("A form"));
			cr_expect(fake_screen_shows("Be brief."));
			cr_expect(fake_screen_cursor(&row, &column), "%d x %d", rows, columns);
		}
	}
}

static const struct menu_item items[] = {
	{ '1', "one", 10 },
	{ '2', "two", 20 },
	{ 0 },
};

static struct next choose(struct ui *asked, void *context, int value)
{
	(void)asked;
	*(int *)context = value;
	return next_back();
}

Test(dialog, a_menu_is_chosen_from_by_key_and_by_cursor)
{
	dialog = menu_new("Menu", items, choose, NULL, &answered);
	draw(20, 80);
	cr_expect(fake_screen_shows(" 1  one"));
	cr_expect(fake_screen_shows(" 2  two"));
	cr_expect_eq(act(fake_letter("3")).kind, NEXT_STAY);
	cr_expect_eq(answered, 0);
	cr_expect_eq(act(fake_letter("2")).kind, NEXT_BACK);
	cr_expect_eq(answered, 20);
	cr_expect_eq(press(PRESS_ENTER).kind, NEXT_BACK);
	cr_expect_eq(answered, 10);
	cr_expect_eq(press(PRESS_DOWN).kind, NEXT_STAY);
	press(PRESS_ENTER);
	cr_expect_eq(answered, 20);
	answered = 0;
	cr_expect_eq(press(PRESS_ESC).kind, NEXT_BACK);
	cr_expect_eq(answered, 0);
}
