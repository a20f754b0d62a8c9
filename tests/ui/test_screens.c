/* Whole screens at all sizes. */
#include "fixture.h"
#include "screen.h"
#include "screens/screens_internal.h"

#include "kutsu/base/utf8.h"

#include <criterion/criterion.h>
#include <string.h>

static struct session *session;
static struct ui ui;
static struct screen *shown;

static void begin(void)
{
	fake_screen_locale();
	message_set_language(LANGUAGE_EN);
	session = fixture_session();
	ui = (struct ui) { .session = session, .writer = "test", .utf8 = true };
	fixture_unit(session, "A");
	fixture_unit(session, "B");
	fixture_sql(session, "INSERT INTO user_role VALUES (1, 'contact', 1)");
	fixture_slot(session, "A", 3, "12:00", "15:00");
	fixture_slot(session, "B", 3, "12:00", "15:00");
	fixture_meeting(session, fixture_case(session), "A,B", "2026-12-02T12:00");
	fixture_case(session);
}

static void end(void)
{
	if (shown)
		shown->ops->free(shown);
	fixture_free(session);
	fake_screen_end();
}

TestSuite(screens, .init = begin, .fini = end);

static void show(struct screen *screen, int rows, int columns)
{
	struct canvas canvas = fake_screen(rows, columns);
	struct error err;

	ui.rows = rows;
	ui.columns = columns;
	if (screen->ops->resize)
		screen->ops->resize(screen, &ui);
	if (!screen->is_read && screen->ops->read)
		cr_assert(screen->ops->read(screen, &ui, &err), "%s", err.text);
	screen->is_read = true;
	screen->ops->draw(screen, &ui, &canvas);
}

static void expect_shown(const char *text, int rows, int columns)
{
	cr_expect(fake_screen_shows(text), "no \"%s\" at %d x %d", text, columns, rows);
}

Test(screens, the_call_shows_every_label_whole_at_every_width)
{
	static const char *const labels[] = { "Caller", "Phone", "language", "interpreter", "Child",
		"born", "non-disclosure [ ]", "Concern", "Everyday adults", "Consent", "how",
		"Does not suit", "minutes 60", "Units to invite", "Shared holes" };

	shown = call_screen_new(0, NULL);
	for (int columns = 60; columns <= 200; columns++) {
		show(shown, 20, columns);
		for (size_t i = 0; i < sizeof(labels) / sizeof(labels[0]); i++)
			expect_shown(labels[i], 20, columns);
	}
}

Test(screens, the_call_shows_every_label_whole_in_every_language)
{
	static const char *const labels[LANGUAGES][12] = {
		[LANGUAGE_FI] = { "Soittaja", "Puhelin", "Lapsi", "Huoli", "Arjen aikuiset",
			"Suostumus", "Ei sovi" },
		[LANGUAGE_SV] = { NULL },
		[LANGUAGE_EN] = { "Caller", "Phone", "Child", "Concern", "Everyday adults",
			"Consent", "Does not suit" },
	};
	static const char *const codes[LANGUAGES] = { "fi", "sv", "en" };
	static const int widths[] = { 60, 80, 120 };

	for (int language = 0; language < LANGUAGES; language++) {
		struct screen *screen;

		message_set_language((enum language)language);
		screen = call_screen_new(0, NULL);
		for (int w = 0; w < 3; w++) {
			show(screen, 20, widths[w]);
			for (int i = 0; labels[language][i]; i++)
				expect_shown(labels[language][i], 20, widths[w]);
			cr_expect(fake_screen_shows("60"), "the minutes are hidden: %s, %d columns",
				codes[language], widths[w]);
			cr_expect(fake_screen_shows("[ ]"), "the tick is hidden: %s, %d columns",
				codes[language], widths[w]);
		}
		screen->ops->free(screen);
	}
}

static void type(struct screen *screen, const char *text)
{
	while (*text) {
		struct key key = fake_next_letter(&text);

		screen->ops->act(screen, &ui, 0, &key);
	}
}

static void press(struct screen *screen, int press)
{
	struct key key = fake_press(press);

	screen->ops->act(screen, &ui, 0, &key);
}

/* Each field is filled with a letter of its own: what is typed in one is not drawn over another. */
Test(screens, the_fields_of_the_call_never_overlap)
{
	static const int widths[] = { 60, 80, 110, 120, 200 };
	static const char *const letters = "CDEFGHIJKLMNO";

	shown = call_screen_new(0, NULL);
	show(shown, 20, 80);
	press(shown, PRESS_TAB);
	for (const char *l = letters; *l; l++) {
		const char filling[] = { *l, *l, *l, *l, *l, *l, *l, *l, *l, *l, *l, *l, *l, *l, *l,
			*l, *l, *l, *l, *l, *l, *l, *l, *l, *l, *l, *l, *l, *l, *l, *l, *l, 0 };

		type(shown, filling);
		press(shown, PRESS_TAB);
		if (*l == 'I') /* the tick */
			press(shown, PRESS_TAB);
	}
	for (size_t w = 0; w < sizeof(widths) / sizeof(widths[0]); w++) {
		show(shown, 24, widths[w]);
		for (const char *l = letters; *l; l++) {
			const char three[] = { *l, *l, 0 };

			expect_shown(three, 24, widths[w]);
		}
		expect_shown("non-disclosure [ ]", 24, widths[w]);
	}
}

static void draw_at_all_sizes(struct screen *screen)
{
	for (int rows = 1; rows <= 60; rows += rows < 24 ? 1 : 9) {
		for (int columns = 1; columns <= 200; columns += columns < 90 ? 3 : 20)
			show(screen, rows, columns);
	}
	screen->ops->free(screen);
}

Test(screens, are_drawn_at_any_size)
{
	static const char *const units[] = { "A", "B" };

	for (int i = 0; i < view_count; i++)
		draw_at_all_sizes(views[i].make());
	draw_at_all_sizes(call_kind_screen_new());
	draw_at_all_sizes(call_screen_new(0, NULL));
	draw_at_all_sizes(call_screen_new(0, "2026-0001"));
	draw_at_all_sizes(case_screen_new("2026-0001"));
	draw_at_all_sizes(meeting_screen_new(1));
	draw_at_all_sizes(record_screen_new(1, 0));
	draw_at_all_sizes(booking_screen_new("2026-0002", MEETING_INVITED, units, 2));
	draw_at_all_sizes(unit_screen_new("A"));
	fixture_close(session, "A", "2026-12-02");
	draw_at_all_sizes(own_unit_screen_new());
	draw_at_all_sizes(unsettled_screen_new("A"));
	draw_at_all_sizes(today_screen_new());
}

static void expect_wanting(struct screen *screen)
{
	struct error err = { 0 };
	struct canvas canvas = fake_screen(20, 80);

	ui.rows = 20;
	ui.columns = 80;
	cr_expect_not(screen->ops->read(screen, &ui, &err));
	cr_expect_eq(err.code, ERROR_NOT_FOUND);
	if (screen->ops->resize)
		screen->ops->resize(screen, &ui);
	screen->ops->draw(screen, &ui, &canvas);
	for (int k = PRESS_TEXT + 1; k <= PRESS_DELETE; k++)
		press(screen, k);
	screen->ops->draw(screen, &ui, &canvas);
	screen->ops->free(screen);
}

Test(screens, of_things_that_are_gone_are_empty)
{
	expect_wanting(case_screen_new("2026-9999"));
	expect_wanting(meeting_screen_new(9999));
	expect_wanting(record_screen_new(9999, 0));
	expect_wanting(unit_screen_new("GONE"));
}

/* A case under a non-disclosure order tells no place, wherever it is shown. */
Test(screens, of_a_case_under_an_order_tell_no_municipality_and_no_place)
{
	struct screen *screens[] = { contacts_screen_new(), meetings_screen_new(),
		case_screen_new("2026-0001"), meeting_screen_new(1), record_screen_new(1, 0),
		today_screen_new() };

	fixture_sql(session, "UPDATE case_ref SET nondisclosure = 1, municipality = 'Salakunta'"
			     " WHERE code = '2026-0001'");
	fixture_sql(session, "UPDATE meeting SET place = 'Salatalo' WHERE id = 1");
	for (size_t i = 0; i < sizeof(screens) / sizeof(screens[0]); i++) {
		show(screens[i], 40, 160);
		cr_expect_not(fake_screen_shows("Salakunta"), "screen %zu", i);
		cr_expect_not(fake_screen_shows("Salatalo"), "screen %zu", i);
		screens[i]->ops->free(screens[i]);
	}
}

/* Nothing of a record is cut, at any width. */
Test(screens, of_a_meeting_show_long_texts_whole)
{
	static const int widths[] = { 60, 80, 132 };

	fixture_sql(session,
		"INSERT INTO meeting_record (meeting_id, recorded_at, recorded_by, strengths,"
		" vulnerabilities, notes, follow_up_needed) VALUES (1, 0, 1,"
		" 'a strength that is long: the grandparents who live next door, a teacher whom he"
		" likes, and the football on Wednesdays and Fridays', 'mornings in which he does"
		" not wake, evenings in which he does not sleep, so nobody in the house sleeps',"
		" 'the last words of a note that is long, as notes become when one writes down all"
		" that the six of them said in an hour and a quarter', 1)");
	for (size_t w = 0; w < sizeof(widths) / sizeof(widths[0]); w++) {
		shown = meeting_screen_new(1);
		show(shown, 40, widths[w]);
		expect_shown("Fridays", 40, widths[w]);
		expect_shown("sleeps", 40, widths[w]);
		expect_shown("quarter", 40, widths[w]);
		cr_expect_not(fake_screen_shows("…"), "cut at %d columns", widths[w]);
		shown->ops->free(shown);
		shown = NULL;
	}
}

Test(screens, of_a_purged_case_tell_when_it_was_closed_without_a_reason)
{
	fixture_sql(session, "UPDATE case_ref SET closed_at = opened_at, closed_reason = '', "
			     "purged_at = opened_at"
			     " WHERE code = '2026-0001'");
	shown = case_screen_new("2026-0001");
	show(shown, 24, 80);
	expect_shown("Closed", 24, 80);
	expect_shown("Tue 24.11.2026 at 10:42", 24, 80);
	cr_expect_not(fake_screen_shows("10:42:"));
}
