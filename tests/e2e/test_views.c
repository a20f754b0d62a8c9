/* The views, their keys, and what they say where there is nothing. */
#include "e2e.h"

#define MOST_KEYS 8

static const struct {
	const char *digit, *title, *shows, *empty;
	const char *keys[MOST_KEYS]; /* as the foot and the list of keys say */
} views[] = {
	{ "1", "1 Today", "Waiting for a meeting (2)", "Nothing waits", { "open it", "confirm" } },
	{ "2", "2 Contacts", "2026-0014", "no cases yet", { "open it", "search", "open or all" } },
	{ "3", "3 Holes", "week 48", "no units yet",
		{ "week before", "week after", "this week", "the unit" } },
	{ "4", "4 Meetings", "Meetings to come", "none booked", { "open it", "past or to come" } },
	{ "5", "5 Follow-up", "Agreed actions, not done (6)", "Agreed actions, not done (0)",
		{ "the meeting", "the case", "done", "take back" } },
	{ "6", "6 Units", "NVL-SUI", "none yet: a adds one",
		{ "open it", "add", "school breaks" } },
	{ "7", "7 Feedback", "Who has answered", "families, of meetings: 0 of 0 answered",
		{ "give feedback", "choose", "observation" } },
	{ "8", "8 Situation", "Common agenda", "no calls came in this month",
		{ "month before", "month after", "next page" } },
};

#define VIEWS (sizeof(views) / sizeof(views[0]))

static const char *last_key(size_t view)
{
	int count = 0;

	while (views[view].keys[count])
		count++;
	return views[view].keys[count - 1];
}

static bool foot_says(struct pty_term *t, const char *text)
{
	return strstr(pty_term_row(t, 23), text) != NULL;
}

static void expect_title_chosen(struct pty_term *t, const char *title)
{
	int row = -1, col = -1;

	cr_assert(pty_term_find(t, title, &row, &col), "%s", title);
	cr_expect_eq(row, 1);
	cr_expect(pty_term_cell_reverse(t, row, col), "%s is not marked", title);
}

Test(view, opens_by_its_digit_and_says_its_keys_at_its_foot)
{
	struct program *program = e2e_demo();
	struct pty_term *t = e2e_open(program, 24, 80);

	for (size_t i = VIEWS; i-- > 0;) {
		pty_term_send(t, views[i].digit);
		e2e_see(t, views[i].shows);
		e2e_see(t, last_key(i));
		e2e_see(t, "? keys");
		expect_title_chosen(t, views[i].title);
		for (int k = 0; views[i].keys[k]; k++)
			cr_expect(foot_says(t, views[i].keys[k]), "view %s: no \"%s\" in \"%s\"",
				views[i].digit, views[i].keys[k], pty_term_row(t, 23));
	}
	e2e_quit(t);
	program_free(program);
}

Test(view, lists_all_its_keys_on_a_question_mark)
{
	struct program *program = e2e_demo();
	struct pty_term *t = e2e_open(program, 24, 80);

	for (size_t i = 0; i < VIEWS; i++) {
		pty_term_send(t, views[i].digit);
		e2e_see(t, views[i].shows);
		pty_term_send(t, "?");
		e2e_see(t, "draw the screen anew");
		e2e_see(t, "the views");
		for (int k = 0; views[i].keys[k]; k++)
			e2e_see(t, views[i].keys[k]);
		pty_term_key(t, PTY_KEY_ESC);
		e2e_see_gone(t, "draw the screen anew");
	}
	e2e_quit(t);
	program_free(program);
}

/* A screen that is opened from a view. */
static void expect_way_out(struct pty_term *t, const char *shows)
{
	e2e_see(t, shows);
	pty_term_wait_text(t, "\001", 100);
	cr_expect(foot_says(t, "Esc"), "%s: \"%s\"", shows, pty_term_row(t, 23));
	cr_expect(foot_says(t, "keys"), "%s: \"%s\"", shows, pty_term_row(t, 23));
}

Test(screen, says_at_its_foot_how_to_leave_and_where_the_keys_are)
{
	struct program *program = e2e_demo();
	struct pty_term *t = e2e_open(program, 24, 80);

	pty_term_send(t, "2");
	e2e_see(t, "2026-0014");
	pty_term_key(t, PTY_KEY_ENTER);
	expect_way_out(t, "Case 2026-0014");
	pty_term_send(t, "b");
	expect_way_out(t, "A time for case 2026-0014");
	e2e_esc(t, "Case 2026-0014");
	pty_term_send(t, "4");
	e2e_see(t, "Meetings to come");
	pty_term_key(t, PTY_KEY_ENTER);
	expect_way_out(t, "Meeting 9, case 2026-0011");
	pty_term_send(t, "r");
	e2e_see(t, "has not begun yet");
	pty_term_send(t, "4");
	e2e_see(t, "Meetings to come");
	pty_term_send(t, "p");
	e2e_see(t, "Past meetings");
	pty_term_key(t, PTY_KEY_ENTER);
	expect_way_out(t, "Meeting 7, case 2026-0008");
	pty_term_send(t, "r");
	expect_way_out(t, "Record: Wed 18.11.2026");
	e2e_esc(t, "Meeting 7");
	pty_term_send(t, "6");
	e2e_see(t, "NVL-SUI");
	pty_term_key(t, PTY_KEY_ENTER);
	expect_way_out(t, "NVL-SUI  Suistolan neuvola");
	e2e_esc(t, "school breaks");
	e2e_new_call(t);
	expect_way_out(t, "New call");
	pty_term_key(t, PTY_KEY_ESC);
	e2e_see_gone(t, "New call");
	e2e_quit(t);
	program_free(program);
}

Test(view, without_anything_in_it_says_so)
{
	struct program *program = e2e_empty();
	struct pty_term *t = e2e_open(program, 24, 80);

	for (size_t i = 0; i < VIEWS; i++) {
		pty_term_send(t, views[i].digit);
		e2e_see(t, views[i].empty);
		/* The keys find nothing to act on. */
		pty_term_key(t, PTY_KEY_DOWN);
		pty_term_key(t, PTY_KEY_UP);
		pty_term_key(t, PTY_KEY_PAGE_DOWN);
		pty_term_key(t, PTY_KEY_END);
		pty_term_key(t, PTY_KEY_HOME);
		pty_term_key(t, PTY_KEY_ENTER);
		pty_term_send(t, "dcu");
		e2e_see(t, views[i].empty);
	}
	e2e_new_call(t);
	e2e_see(t, "no units yet");
	pty_term_key(t, PTY_KEY_ESC);
	e2e_see_gone(t, "New call");
	pty_term_send(t, "n");
	e2e_see(t, "The phone rings");
	pty_term_send(t, "2");
	e2e_see(t, "no cases yet");
	pty_term_key(t, PTY_KEY_ENTER);
	pty_term_key(t, PTY_KEY_ESC);
	e2e_see(t, "? keys");
	e2e_quit(t);
	program_free(program);
}

Test(view, of_cases_is_searched_as_one_types)
{
	struct program *program = e2e_demo();
	struct pty_term *t = e2e_open(program, 24, 80);

	pty_term_send(t, "2");
	e2e_see(t, "2026-0014");
	pty_term_send(t, "/malm");
	e2e_see_gone(t, "2026-0014");
	e2e_see(t, "2026-0003");
	pty_term_send(t, "xyz");
	e2e_see(t, "no case has words that begin so");
	pty_term_ctrl(t, 'U');
	e2e_see(t, "2026-0014");
	pty_term_key(t, PTY_KEY_ENTER);
	e2e_see(t, "? keys");
	e2e_quit(t);
	program_free(program);
}

Test(view, of_holes_goes_from_week_to_week)
{
	struct program *program = e2e_demo();
	struct pty_term *t = e2e_open(program, 24, 80);

	pty_term_send(t, "3");
	e2e_see(t, "NVL-SUI");
	for (int i = 0; i < 6; i++)
		pty_term_key(t, PTY_KEY_RIGHT);
	e2e_see(t, "week 1 ");
	pty_term_key(t, PTY_KEY_LEFT);
	e2e_see(t, "week 53");
	pty_term_send(t, "t");
	e2e_see_gone(t, "week 53");
	e2e_quit(t);
	program_free(program);
}
