/*
 * Keys pressed in a call: the real loop, screens and store, drawn after every key on a curses
 * screen in memory. The first byte chooses the language, how the call was opened and whether the
 * views behind it are fuzzed as well; the others are keys (see press_next()).
 */
#include "ui.c" /* the loop itself, with the stack it keeps to itself */

#include "fixture.h"
#include "fuzz.h"
#include "screen.h"

#include "kutsu/base/text.h"
#include "kutsu/base/utf8.h"
#include "kutsu/domain/personal_id.h"
#include "kutsu/service/drafting.h"
#include "kutsu/service/intake.h"

#include <sqlite3.h>

#define WRITER	      "host:1:1"
#define OTHER_WRITER  "host:2:2"
#define STRAY	      0x80 /* the bytes that go on a character and begin none: other keys */
#define STRAYS	      0x40
#define LANGUAGE_BITS 0x03
#define KIND_BITS     0x0C
#define KIND_CASE     0x04
#define KIND_DRAFT    0x08
#define ASCII_BIT     0x10 /* the terminal is not UTF-8 */
#define GO_ON_BIT     0x20 /* also when the call has been left */

/* ---- The installation. ---- */

static void add_family(struct session *made)
{
	static const char *const units[] = { "A", "B" };
	struct intake intake = { .source = SOURCE_FAMILY,
		.caller = "äiti",
		.concern = "huoli",
		.phone = "040 1234567",
		.child = "A.B.",
		.municipality = "Vaara",
		.birth_year = 2015,
		.units = units,
		.unit_count = 2,
		.limits = family_limits_none() };
	struct intake_result result;
	struct error err;

	assert(intake_take(made, &intake, &result, &err));
}

static void add_draft(struct session *made)
{
	static const struct draft_field fields[] = { { "caller", "isä" }, { "minutes", "45" },
		{ "units", "A C" }, { "source", "1" }, { "concern", "uni\nja ruoka" } };
	struct error err;
	int64_t id;

	assert(draft_begin(made, OTHER_WRITER, &id, &err));
	assert(draft_keep(
		made, id, OTHER_WRITER, fields, sizeof(fields) / sizeof(fields[0]), &err));
}

static struct session *make_session(void)
{
	struct session *made = fixture_session();

	made->uid_seed = "fuzz";
	fixture_unit(made, "A");
	fixture_unit(made, "B");
	fixture_unit(made, "C");
	fixture_slot(made, "A", 3, "12:00", "15:00");
	fixture_slot(made, "B", 3, "12:00", "14:00");
	fixture_slot(made, "C", 4, "9:00", "10:00");
	add_family(made);
	add_draft(made);
	fixture_meeting(made, "2026-0001", "A,B", "2026-11-25T12:00");
	fixture_meeting(made, "2026-0001", "A,B", "2026-12-02T12:00");
	fixture_clock(made, "2026-11-25T13:30"); /* the first is over and not recorded */
	return made;
}

/* One is made for all runs, since that takes longer than a run; its database is copied back. */
static struct session *session;
static sqlite3 *pristine;
static unsigned first_uid;

/* Of src/store/store_internal.h, where it is kept for tests. */
sqlite3 *store_connection(struct store *store);

static void copy_database(sqlite3 *from, sqlite3 *to)
{
	sqlite3_backup *backup = sqlite3_backup_init(to, "main", from, "main");

	assert(backup);
	assert(sqlite3_backup_step(backup, -1) == SQLITE_DONE);
	assert(sqlite3_backup_finish(backup) == SQLITE_OK);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	session = make_session();
	first_uid = session->uid_count;
	assert(sqlite3_open(":memory:", &pristine) == SQLITE_OK);
	copy_database(store_connection(session->store), pristine);
	return 0;
}

static void restore_session(void)
{
	copy_database(pristine, store_connection(session->store));
	session->uid_count = first_uid;
}

/* ---- Bytes as keys. ---- */

static const struct size {
	int rows, columns;
} sizes[] = { { 24, 80 }, { 12, 50 }, { 60, 200 }, { 18, 109 }, { 19, 110 }, { 13, 61 } };

#define SIZES (sizeof(sizes) / sizeof(sizes[0]))

/* The bytes from STRAY on: the keys that are no characters, the terminal's sizes, a pause. */
static void press_stray(struct stack *stack, size_t number)
{
	static const int presses[] = { PRESS_BACKTAB, PRESS_UP, PRESS_DOWN, PRESS_LEFT, PRESS_RIGHT,
		PRESS_WORD_LEFT, PRESS_WORD_RIGHT, PRESS_PAGE_UP, PRESS_PAGE_DOWN, PRESS_HOME,
		PRESS_END, PRESS_DELETE, PRESS_FUNCTION + 1, PRESS_FUNCTION + 2, PRESS_FUNCTION + 3,
		PRESS_FUNCTION + 4, PRESS_FUNCTION + 5, PRESS_FUNCTION + 6, PRESS_FUNCTION + 8,
		PRESS_FUNCTION + 12 };
	const size_t count = sizeof(presses) / sizeof(presses[0]);

	if (number < count)
		act(stack, &(struct key) { .press = presses[number] });
	else if (number < count + SIZES)
		fake_screen(sizes[number - count].rows, sizes[number - count].columns);
	else
		tick(stack);
}

/* As term_read() has them: control characters are keys, any other character is itself. */
static struct key key_of(uint32_t c)
{
	struct key key = { 0 };

	if (c == '\t')
		key.press = PRESS_TAB;
	else if (c == '\r' || c == '\n')
		key.press = PRESS_ENTER;
	else if (c == 27)
		key.press = PRESS_ESC;
	else if (c == 8 || c == 127)
		key.press = PRESS_BACKSPACE;
	else if (c < 32)
		key.press = PRESS_CONTROL + (int)c + 'A' - 1;
	else {
		key.press = PRESS_TEXT;
		utf8_encode(c, key.text);
	}
	return key;
}

/* Presses the next key; returns the bytes it took. */
static size_t press_next(struct stack *stack, const char *bytes)
{
	unsigned char first = (unsigned char)*bytes;
	struct key key;
	size_t taken;
	uint32_t c;

	if (first >= STRAY && first < STRAY + STRAYS) {
		press_stray(stack, first - STRAY);
		return 1;
	}
	taken = utf8_decode(bytes, &c);
	key = key_of(c);
	act(stack, &key);
	return taken;
}

static struct screen *open_call(uint8_t choice)
{
	switch (choice & KIND_BITS) {
	case KIND_CASE:
		return call_screen_new(0, "2026-0001");
	case KIND_DRAFT:
		return call_screen_new(1, NULL);
	default:
		return call_screen_new(0, NULL);
	}
}

/* Times are held only while somebody looks at them, and no identity code is kept anywhere. */
static void check_store(void)
{
	char *dump = fixture_dump(session);

	assert(fixture_number(session, "SELECT count(*) FROM meeting WHERE status = 'hold'") == 0);
	assert(!text_contains_personal_id(dump));
	free(dump);
}

/* Of the lowest screen. */
static const struct screen_ops *bottom(const struct stack *stack)
{
	const struct screen *screen = stack->top;

	while (screen->below)
		screen = screen->below;
	return screen->ops;
}

static void press_all(struct stack *stack, const char *keys, size_t size, bool goes_on)
{
	const struct screen_ops *call = bottom(stack);
	size_t at = 0;

	draw(stack);
	while (at < size && !stack->quits && (goes_on || bottom(stack) == call)) {
		at += press_next(stack, keys + at);
		assert(utf8_is_valid(stack->ui.status));
		draw(stack);
	}
	tick(stack);
	while (stack->top)
		pop(stack);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct stack stack = { .ui = { .session = session, .writer = WRITER } };
	char *keys;

	if (size == 0)
		return 0;
	restore_session();
	message_set_language((enum language)((bytes[0] & LANGUAGE_BITS) % LANGUAGES));
	stack.ui.utf8 = !(bytes[0] & ASCII_BIT);
	fake_screen(sizes[0].rows, sizes[0].columns);
	push(&stack, open_call(bytes[0]));
	keys = fuzz_text(bytes + 1, size - 1);
	press_all(&stack, keys, size - 1, bytes[0] & GO_ON_BIT);
	free(keys);
	check_store();
	return 0;
}
