/* What others do is seen soon and without a key, and leaves the cursor, the scroll and what is
 * being typed where they are. */
#include "e2e.h"

#include <time.h>

#define ROWS	24
#define COLS	80
#define LIVE_MS 2000 /* a second, and as much again for a busy machine */

#define MOST_MOVES   60
#define MOST_LOOKS   30 /* of a tenth of a second */
#define LEAST_CURSOR 20 /* a menu's title and a day's heading are shorter */

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* From when somebody else has done something. */
static void see_live(struct pty_term *t, const char *text)
{
	int64_t begun = now_ms();

	e2e_see(t, text);
	cr_expect_leq(now_ms() - begun, LIVE_MS, "\"%s\" took long", text);
}

static void see_gone_live(struct pty_term *t, const char *text)
{
	int64_t begun = now_ms();

	e2e_see_gone(t, text);
	cr_expect_leq(now_ms() - begun, LIVE_MS, "\"%s\" took long to go", text);
}

/* Where somebody is in a list: what the cursor is on, and what the first row shows. */
struct look {
	char cursor[4 * COLS + 1], first[4 * COLS + 1];
};

static int cursor_row(struct pty_term *t)
{
	for (int row = 2; row < ROWS - 2; row++) {
		int reverse = 0;

		for (int col = 0; col < COLS; col++)
			reverse += pty_term_cell_reverse(t, row, col);
		if (reverse >= LEAST_CURSOR)
			return row;
	}
	pty_term_dump(t, stderr);
	cr_assert_fail("there is no cursor");
	return -1;
}

/* `top` is the row of the screen in which the list begins. */
static struct look look_at(struct pty_term *t, int top)
{
	struct look look;

	pty_term_wait_text(t, "\001", 100); /* the rest of the frame */
	snprintf(look.cursor, sizeof(look.cursor), "%s", pty_term_row(t, cursor_row(t)));
	snprintf(look.first, sizeof(look.first), "%s", pty_term_row(t, top));
	return look;
}

static bool is_same(const struct look *one, const struct look *other)
{
	return strcmp(one->cursor, other->cursor) == 0 && strcmp(one->first, other->first) == 0;
}

/* A frame that is drawn in parts, or the one before, is given time to be the last. */
static void expect_same(struct pty_term *t, int top, const struct look *before)
{
	struct look now = look_at(t, top);

	for (int i = 0; i < MOST_LOOKS && !is_same(&now, before); i++)
		now = look_at(t, top);
	cr_expect_str_eq(now.cursor, before->cursor, "the cursor was moved");
	cr_expect_str_eq(now.first, before->first, "the list was scrolled");
}

/* Four regions in one: lists longer than the screen. Today is shown. */
static struct pty_term *open_long(struct program **program)
{
	*program = e2e_place();
	program_ok(*program, "demo --scale 4");
	return e2e_open(*program, ROWS, COLS);
}

static void leave(struct pty_term *t, struct program *program)
{
	e2e_quit(t);
	program_free(program);
}

static void down(struct pty_term *t, int times)
{
	while (times-- > 0)
		pty_term_key(t, PTY_KEY_DOWN);
}

static void move_to(struct pty_term *t, const char *text)
{
	for (int i = 0; i < MOST_MOVES && !strstr(look_at(t, 2).cursor, text); i++)
		down(t, 1);
	e2e_expect_in(look_at(t, 2).cursor, text);
}

static long long meeting_of(struct program *program, const char *code)
{
	char sql[200];

	snprintf(sql, sizeof(sql),
		"SELECT m.id FROM meeting m JOIN case_ref c ON c.id = m.case_id"
		" WHERE c.code = '%s' ORDER BY m.id",
		code);
	return e2e_number(program, sql);
}

static void cancel_meeting_of(struct program *program, const char *code)
{
	program_ok(program, "meeting cancel %lld --reason illness", meeting_of(program, code));
}

#define CALL "call add --from school --caller teacher --concern absences"

Test(live, today_shows_it_and_keeps_its_place)
{
	struct program *program;
	struct pty_term *t = open_long(&program);
	struct look look;

	move_to(t, "2026-0026");
	look = look_at(t, 2);
	program_ok(program, CALL);
	cancel_meeting_of(
		program, "2026-0029"); /* below the cursor; the call is above what shows */
	see_gone_live(t, "2026-0029");
	expect_same(t, 2, &look);
	leave(t, program);
}

/* Two late actions of one meeting. */
Test(live, today_tells_actions_of_one_meeting_apart)
{
	struct program *program = e2e_demo();
	struct pty_term *t = e2e_open(program, ROWS, COLS);

	move_to(t, "vanhemmat: sama iltarytmi");
	program_ok(program, CALL);
	see_live(t, "2026-0015");
	e2e_expect_in(look_at(t, 2).cursor, "vanhemmat: sama iltarytmi");
	leave(t, program);
}

/* A meeting of today that is over is in two sections. */
Test(live, today_keeps_to_the_section_the_cursor_is_in)
{
	struct program *program = e2e_demo();
	struct pty_term *t;
	int heading;

	program_ok(program, "config set confirm_by '7 23:59'"); /* nobody is late */
	program_set(program, "KUTSU_NOW", "2026-12-02T18:00");
	t = e2e_open(program, ROWS, COLS);
	move_to(t, "2026-0005");
	down(t, 1);
	move_to(t, "2026-0005");
	e2e_see(t, "Held and not yet recorded");
	program_ok(program, CALL);
	cancel_meeting_of(program, "2026-0003");
	see_live(t, "not yet recorded (11)");
	e2e_expect_in(look_at(t, 2).cursor, "2026-0005");
	cr_assert(pty_term_find(t, "not yet recorded", &heading, NULL));
	cr_expect_gt(cursor_row(t), heading, "it is in the section above");
	leave(t, program);
}

Test(live, contacts_show_it_and_keep_their_place)
{
	struct program *program;
	struct pty_term *t = open_long(&program);
	struct look look;

	pty_term_send(t, "2");
	e2e_see(t, "2026-0056");
	program_ok(program, CALL);
	see_live(t, "2026-0057");
	e2e_expect_in(pty_term_row(t, cursor_row(t)), "2026-0056");
	pty_term_key(t, PTY_KEY_PAGE_DOWN);
	e2e_see(t, "2026-0030");
	look = look_at(t, 3);
	program_ok(program, CALL);
	program_ok(program, "case close 2026-0030 --reason 'all is well'");
	see_live(t, "closed");
	expect_same(t, 3, &look);
	leave(t, program);
}

Test(live, holes_show_it_and_keep_their_place)
{
	struct program *program;
	struct pty_term *t = open_long(&program);
	struct look look;

	pty_term_send(t, "3");
	e2e_see(t, "week 48");
	for (int i = 0; i < 3; i++)
		pty_term_key(t, PTY_KEY_PAGE_DOWN);
	e2e_see(t, "OPH-LAN");
	look = look_at(t, 3);
	program_ok(program, "unit add NVL-NEW --name 'A new one' --sector TER");
	program_ok(program, "slot close OPH-LAN --from 2026-11-23");
	see_live(t, "x14");
	expect_same(t, 3, &look);
	leave(t, program);
}

Test(live, meetings_show_it_and_keep_their_place)
{
	struct program *program;
	struct pty_term *t = open_long(&program);
	struct look look;

	pty_term_send(t, "4");
	e2e_see(t, "Meetings to come");
	down(t, 15);
	e2e_see(t, "2026-0001");
	look = look_at(t, 3);
	program_ok(program, "meeting book 2026-0006 --unit PST-POH --start 2026-11-24T11:00");
	cancel_meeting_of(program, "2026-0051");
	see_live(t, "cancelled");
	expect_same(t, 3, &look);
	leave(t, program);
}

/* A record with this many agreed actions, each in its turn. */
static void record_actions(struct program *program, const char *code, int count)
{
	char json[8000];
	int length = snprintf(json, sizeof(json),
		"{\"attended\": [\"VEO-SUI-2\"], \"absent\": [\"NVL-SUI-2\", \"PNE-KES-2\"],"
		" \"follow_up\": {\"needed\": true, \"within_weeks\": 6}, \"actions\": [");

	for (int i = 1; i <= count; i++)
		length += snprintf(json + length, sizeof(json) - (size_t)length,
			"%s{\"who\": \"teacher\", \"what\": \"task %02d of %02d\","
			" \"where\": \"school\", \"due\": \"2026-12-15\"}",
			i > 1 ? ", " : "", i, count);
	snprintf(json + length, sizeof(json) - (size_t)length, "]}");
	program_input(program, json);
	program_ok(program, "meeting record %lld --file -", meeting_of(program, code));
}

Test(live, follow_up_shows_it_and_keeps_its_place)
{
	struct program *program;
	struct pty_term *t = open_long(&program);
	struct look look;

	record_actions(program, "2026-0002", 40);
	pty_term_send(t, "5");
	e2e_see(t, "Agreed actions, not done (46)");
	down(t, 25);
	e2e_see(t, "task 24 of 40");
	look = look_at(t, 2);
	program_ok(program,
		"meeting book 2026-0002 --follow-up --unit NVL-SUI-2 --start 2026-12-09T12:00");
	program_ok(program, "action done %lld",
		(long long)e2e_number(
			program, "SELECT id FROM agreed_action WHERE what = 'task 02 of 40'"));
	program_ok(program, "action done %lld",
		(long long)e2e_number(
			program, "SELECT id FROM agreed_action WHERE what = 'task 23 of 40'"));
	see_gone_live(t, "task 23 of 40");
	expect_same(t, 2, &look);
	leave(t, program);
}

/* A follow-up that gets a time is the same follow-up. */
Test(live, a_follow_up_that_gets_a_time_keeps_the_cursor)
{
	struct program *program;
	struct pty_term *t = open_long(&program);

	record_actions(program, "2026-0002", 1);
	pty_term_send(t, "5");
	e2e_see(t, "NO TIME YET");
	move_to(t, "NO TIME YET");
	program_ok(program,
		"meeting book 2026-0002 --follow-up --unit NVL-SUI-2 --start 2026-11-25T12:00");
	see_gone_live(t, "NO TIME YET");
	e2e_expect_in(look_at(t, 2).cursor, "2026-0002  booked");
	leave(t, program);
}

Test(live, units_and_school_breaks_show_it_and_keep_their_place)
{
	struct program *program;
	struct pty_term *t = open_long(&program);
	struct look look;

	pty_term_send(t, "6");
	e2e_see(t, "VEO-SUI");
	for (int i = 0; i < 2; i++)
		pty_term_key(t, PTY_KEY_PAGE_DOWN);
	e2e_see(t, "NVL-MAL ");
	look = look_at(t, 3);
	program_ok(program, "unit add AAA --name 'A new one' --sector TER");
	program_ok(program, "unit retire NVL-MAL");
	see_live(t, "retired");
	expect_same(t, 3, &look);
	pty_term_send(t, "b");
	e2e_see(t, "talviloma");
	down(t, 1);
	e2e_expect_in(look_at(t, 3).cursor, "joululoma");
	program_ok(program, "break add 'a new one' --from 2026-11-30 --until 2026-12-01");
	see_live(t, "a new one");
	e2e_expect_in(look_at(t, 3).cursor, "joululoma");
	leave(t, program);
}

Test(live, a_unit_shows_it_and_keeps_its_place)
{
	struct program *program = e2e_demo();
	struct pty_term *t = e2e_open(program, ROWS, COLS);
	struct look look;

	for (int day = 1; day <= 28; day++)
		program_ok(program, "slot open NVL-SUI --date 2027-02-%02d --start 8 --end 9", day);
	pty_term_send(t, "6");
	e2e_see(t, "NVL-SUI");
	pty_term_key(t, PTY_KEY_ENTER);
	e2e_see(t, "Extra holes");
	down(t, 18);
	e2e_see(t, "19.2.2027");
	look = look_at(t, 3);
	program_ok(program, "slot close NVL-SUI --from 2026-12-14 --reason training");
	program_ok(program, "slot open NVL-SUI --date 2027-02-17 --start 10 --end 11");
	see_live(t, "10:00");
	expect_same(t, 3, &look);
	leave(t, program);
}

static struct pty_term *case_of_many_calls(struct program **program)
{
	struct pty_term *t;

	*program = e2e_demo();
	for (int i = 1; i <= 6; i++)
		program_ok(*program,
			"call add --case 2026-0014 --from school --caller 'teacher %d' --concern"
			" 'concern %d: absences in the mornings, mostly on Mondays and after the"
			" holidays, and nobody at home wakes before noon'",
			i, i);
	program_ok(*program, "meeting cancel 12 --reason illness");
	t = e2e_open(*program, ROWS, COLS);
	pty_term_send(t, "2");
	e2e_see(t, "2026-0014");
	pty_term_key(t, PTY_KEY_ENTER);
	e2e_see(t, "Case 2026-0014");
	return t;
}

Test(live, a_case_shows_it_and_keeps_its_place)
{
	struct program *program;
	struct pty_term *t = case_of_many_calls(&program);
	struct look look;

	pty_term_key(t, PTY_KEY_END);
	look = look_at(t, 3);
	e2e_expect_in(look.cursor, "invited network meeting");
	program_ok(program, "call add --case 2026-0014 --from family --caller mother --concern"
			    " 'a concern of two rows, for it says so much that the first of them"
			    " is full'");
	see_live(t, "mother");
	e2e_expect_in(look_at(t, 3).cursor, "invited network meeting");
	pty_term_key(t, PTY_KEY_HOME);
	down(t, 13);
	look = look_at(t, 3);
	program_ok(program, "case close 2026-0014 --reason 'all is well'");
	see_live(t, "(closed)");
	cr_expect_str_eq(look_at(t, 3).cursor, look.cursor, "the cursor was moved");
	leave(t, program);
}

static void record_meeting_1(struct program *program, const char *adults, const char *notes)
{
	char json[2000];

	snprintf(json, sizeof(json),
		"{\"attended\": [\"VEO-SUI\", \"NVL-SUI\", \"PNE-KES\"], \"adults\": [%s],"
		" \"strengths\": \"play in a small group, the same goodnight story in both homes,"
		" and grandparents who live next door and are there when they are needed\","
		" \"notes\": \"%s\", \"follow_up\": {\"needed\": true, \"within_weeks\": 6}}",
		adults, notes);
	program_input(program, json);
	program_ok(program, "meeting record 1 --file -");
}

Test(live, a_meeting_shows_it_and_keeps_its_place)
{
	struct program *program = e2e_demo();
	struct pty_term *t = e2e_open(program, ROWS, COLS);
	struct look look;

	record_meeting_1(program, "\"mother\", \"father\"", "none");
	pty_term_send(t, "4p");
	e2e_see(t, "Past meetings");
	pty_term_key(t, PTY_KEY_END);
	pty_term_key(t, PTY_KEY_ENTER);
	e2e_see(t, "Meeting 1");
	e2e_see(t, "Strengths");
	move_to(t, "Strengths");
	look = look_at(t, 3);
	record_meeting_1(program, "\"mother\", \"father\", \"aunt\"", "something new");
	see_live(t, "something new");
	cr_expect_str_eq(look_at(t, 3).cursor, look.cursor, "the cursor was moved");
	leave(t, program);
}

Test(live, the_log_shows_it_and_keeps_its_place)
{
	struct program *program = e2e_demo();
	struct pty_term *t;
	char before[4 * COLS + 1];

	program_ok(program, "user edit root --role coordinator --role admin --role auditor");
	t = e2e_open(program, ROWS, COLS);
	pty_term_send(t, "9");
	e2e_see(t, "looked at the log");
	down(t, 6);
	snprintf(before, sizeof(before), "%s", look_at(t, 3).cursor);
	program_ok(program, "unit edit NVL-SUI --area KES");
	see_live(t, "changed a unit");
	cr_expect_str_eq(look_at(t, 3).cursor, before, "the cursor was moved");
	leave(t, program);
}

/* ---- What is half typed. */

struct typed {
	const char *text;
	int row, col, cursor_row, cursor_col;
};

static struct typed type_half(struct pty_term *t, const char *text)
{
	struct typed typed = { .text = text };

	pty_term_send(t, text);
	e2e_see(t, text);
	pty_term_wait_text(t, "\001", 100);
	cr_assert(pty_term_find(t, text, &typed.row, &typed.col));
	cr_expect(pty_term_cursor(t, &typed.cursor_row, &typed.cursor_col), "no cursor");
	return typed;
}

static void expect_typed(struct pty_term *t, const struct typed *before)
{
	int row, col;

	pty_term_wait_text(t, "\001", 100);
	cr_assert(pty_term_find(t, before->text, &row, &col), "\"%s\" is gone", before->text);
	cr_expect(row == before->row && col == before->col, "\"%s\" went to %d,%d", before->text,
		row, col);
	cr_expect(pty_term_cursor(t, &row, &col), "the cursor is gone");
	cr_expect(row == before->cursor_row && col == before->cursor_col, "it went to %d,%d", row,
		col);
}

Test(live, a_dialog_over_a_list_keeps_what_is_half_typed)
{
	struct program *program = e2e_demo();
	struct pty_term *t = e2e_open(program, ROWS, COLS);
	struct typed typed;

	pty_term_send(t, "6");
	e2e_see(t, "VEO-SUI");
	pty_term_send(t, "a");
	e2e_see(t, "closed in school breaks");
	pty_term_key(t, PTY_KEY_TAB);
	typed = type_half(t, "Uuden yk");
	program_ok(program, "unit edit NVL-SUI --name 'Neuvola A'"); /* in the first row */
	see_live(t, "Neuvola A");
	expect_typed(t, &typed);
	pty_term_send(t, "s");
	e2e_see(t, "Uuden yks");
	e2e_esc(t, "school breaks");
	leave(t, program);
}

Test(live, dialogs_of_a_unit_a_case_and_a_meeting_keep_what_is_half_typed)
{
	struct program *program;
	struct pty_term *t = case_of_many_calls(&program);
	struct typed typed;

	pty_term_send(t, "c");
	e2e_see(t, "Close the case");
	typed = type_half(t, "riittävä tu");
	program_ok(program, "call add --case 2026-0014 --from family --caller mother --concern x");
	program_ok(program, "case close 2026-0014 --reason 'all is well'");
	see_live(t, "(closed)");
	expect_typed(t, &typed);
	e2e_esc(t, "find a time");
	pty_term_send(t, "4");
	e2e_see(t, "Meetings to come");
	pty_term_key(t, PTY_KEY_ENTER);
	e2e_see(t, "Meeting 9");
	pty_term_send(t, "x");
	e2e_see(t, "Cancel the meeting");
	typed = type_half(t, "sairastu");
	program_ok(program, "meeting cancel 9 --reason illness");
	see_live(t, "meeting, cancelled");
	expect_typed(t, &typed);
	e2e_esc(t, "the case");
	pty_term_send(t, "6");
	e2e_see(t, "NVL-SUI");
	pty_term_key(t, PTY_KEY_ENTER);
	e2e_see(t, "extra hole");
	pty_term_send(t, "w");
	e2e_see(t, "The unit is away");
	typed = type_half(t, "15.1");
	program_ok(program, "unit edit NVL-SUI --area ABC");
	see_live(t, "ABC");
	expect_typed(t, &typed);
	e2e_esc(t, "extra hole");
	leave(t, program);
}

Test(live, a_search_and_a_call_keep_what_is_half_typed)
{
	struct program *program = e2e_demo();
	struct pty_term *t = e2e_open(program, ROWS, COLS);
	struct typed typed;

	pty_term_send(t, "2/");
	e2e_see(t, "to the list");
	typed = type_half(t, "perh");
	program_ok(program, "call add --from family --caller mother --concern perheasiaa");
	see_live(t, "perheasiaa");
	expect_typed(t, &typed);
	pty_term_key(t, PTY_KEY_ENTER);
	e2e_see(t, "open or all");
	e2e_new_call(t);
	e2e_tab(t, FIELD_CALLER);
	typed = type_half(t, "luokanop");
	program_ok(program, "unit edit NVL-SUI --name 'Neuvola A'"); /* the first to be ticked */
	see_live(t, "Neuvola A");
	expect_typed(t, &typed);
	pty_term_key(t, PTY_KEY_ESC);
	e2e_see_gone(t, "New call");
	leave(t, program);
}

/* A unit that comes or goes above it does not put another under the Space. */
Test(live, a_unit_to_tick_stays_the_one_under_the_cursor)
{
	struct program *program = e2e_demo();
	struct pty_term *t = e2e_open(program, ROWS, COLS);

	e2e_new_call(t);
	e2e_function_key(t, 3);
	down(t, 2);
	e2e_see(t, "NVL-SUI");
	program_ok(program, "unit retire NVL-HON");
	see_gone_live(t, "NVL-HON");
	pty_term_send(t, " ");
	e2e_see(t, "[x] KTH-SUI");
	pty_term_key(t, PTY_KEY_ESC);
	e2e_see_gone(t, "New call");
	leave(t, program);
}

/* Who holds a key down, or types fast, sees it too. */
Test(live, is_also_for_who_presses_keys_without_a_pause)
{
	struct program *program;
	struct pty_term *t = open_long(&program);
	int64_t begun;
	bool seen = false;

	pty_term_send(t, "2");
	e2e_see(t, "2026-0056");
	program_ok(program, CALL);
	begun = now_ms();
	while (!seen && now_ms() - begun < LIVE_MS) {
		pty_term_key(t, PTY_KEY_UP);
		seen = pty_term_wait_text(t, "2026-0057", 50);
	}
	cr_expect(seen, "a key each 50 ms keeps the new case away");
	leave(t, program);
}
