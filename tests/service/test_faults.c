/*
 * What is left of a booking when the disk fails under it: at each write, each sync, each read of
 * opening the database, taking the call and closing it, in turn.
 */
#include "fault_vfs.h"
#include "fixture.h"

#include "kutsu/base/message.h"
#include "kutsu/service/booking.h"
#include "kutsu/service/intake.h"
#include "kutsu/service/region.h"
#include "kutsu/store/log_store.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- The service, as it is called here. */

static bool begin(struct session *session, struct store *store, struct error *err)
{
	return session_begin(session, store, fixture_clock_at(FIXTURE_NOW), &fixture_identity, err);
}

static bool make_installation(const char *path, struct error *err)
{
	return region_init(path, "Alue", &fixture_identity, fixture_clock_at(FIXTURE_NOW), err);
}

static const char *const units[] = { "A", "B" };

static struct booking a_booking(void)
{
	return (struct booking) { .units = units,
		.unit_count = 2,
		.day = fixture_day("2026-11-25"),
		.start = fixture_minute("12:00"),
		.minutes = 60 };
}

static bool take_call(struct session *session, struct error *err)
{
	struct booking booking = a_booking();
	struct intake intake = { .source = SOURCE_FAMILY,
		.outcome = OUTCOME_MEETING,
		.caller = "äiti",
		.concern = "ei ole käynyt koulussa syysloman jälkeen",
		.child = "M.",
		.limits = family_limits_none(),
		.units = units,
		.unit_count = 2,
		.consent_by = "äiti",
		.booking = &booking };
	struct intake_result result;

	return intake_take(session, &intake, &result, err);
}

/* For the case that is there. */
static bool book(struct session *session, struct error *err)
{
	struct booking booking = a_booking();
	int64_t id;

	booking.case_code = "2026-0001";
	return booking_make(session, &booking, &id, err);
}

static const struct use {
	const char *name;
	bool (*run)(struct session *session, struct error *err);
} call_use = { "a call with its meeting", take_call }, meeting_use = { "a meeting", book };

/* ---- A database file, as it is before each trial. */

static const struct {
	const char *query;
	int by_call, by_meeting; /* rows they add */
} tables[] = {
	{ "SELECT count(*) FROM meeting", 1, 1 },
	{ "SELECT count(*) FROM meeting_unit", 2, 2 },
	{ "SELECT count(*) FROM case_ref", 1, 0 },
	{ "SELECT count(*) FROM call", 1, 0 },
	{ "SELECT count(*) FROM consent", 2, 0 },
	{ "SELECT count(*) FROM needed_unit", 2, 0 },
	{ "SELECT count(*) FROM access_log", 2, 1 },
};

#define TABLES (sizeof(tables) / sizeof(tables[0]))

static int64_t rows_before[TABLES];

static char folder[FIXTURE_FOLDER_SIZE], path[FIXTURE_FOLDER_SIZE + 16],
	log_path[FIXTURE_FOLDER_SIZE + 16], index_path[FIXTURE_FOLDER_SIZE + 16];
static unsigned char *prepared;
static size_t prepared_size;

static bool open_session(struct session *session, struct error *err)
{
	struct store *store = NULL;

	*session = (struct session) { 0 };
	if (!store_open(path, &store, err))
		return false;
	if (begin(session, store, err))
		return true;
	session_end(session);
	store_close(store);
	return false;
}

static void close_session(struct session *session)
{
	struct store *store = session->store;

	session_end(session);
	store_close(store);
}

/* free(); NULL: there is no such file. */
static unsigned char *read_file(const char *name, size_t *size)
{
	FILE *file = fopen(name, "rb");
	unsigned char *bytes;

	if (!file)
		return NULL;
	fseek(file, 0, SEEK_END);
	*size = (size_t)ftell(file);
	rewind(file);
	bytes = malloc(*size + 1);
	cr_assert_eq(fread(bytes, 1, *size, file), *size);
	fclose(file);
	return bytes;
}

static void prepare(void)
{
	struct session session;
	struct error err = { 0 };

	message_set_language(LANGUAGE_EN);
	fixture_folder(folder);
	snprintf(path, sizeof(path), "%s/kutsu.db", folder);
	snprintf(log_path, sizeof(log_path), "%s/kutsu.db-wal", folder);
	snprintf(index_path, sizeof(index_path), "%s/kutsu.db-shm", folder);
	fault_vfs_install();
	cr_assert(make_installation(path, &err), "%s", err.text);
	cr_assert(open_session(&session, &err), "%s", err.text);
	for (size_t i = 0; i < 2; i++) {
		fixture_unit(&session, units[i]);
		fixture_slot(&session, units[i], 3, "12:00", "13:00");
	}
	fixture_case(&session);
	for (size_t i = 0; i < TABLES; i++)
		rows_before[i] = fixture_number(&session, tables[i].query);
	close_session(&session);
	prepared = read_file(path, &prepared_size);
	cr_assert_not_null(prepared);
}

static void clear(void)
{
	free(prepared);
	fault_vfs_remove();
	fixture_folder_remove(folder);
}

TestSuite(fault, .init = prepare, .fini = clear);

static void put_back(void)
{
	FILE *file = fopen(path, "wb");

	cr_assert_not_null(file);
	cr_assert_eq(fwrite(prepared, 1, prepared_size, file), prepared_size);
	cr_assert_eq(fclose(file), 0);
	unlink(log_path);
	unlink(index_path);
}

static bool is_as_put_back(void)
{
	size_t size;
	unsigned char *bytes = read_file(path, &size);
	bool same = bytes && size == prepared_size && memcmp(bytes, prepared, size) == 0
		    && access(log_path, F_OK) != 0;

	free(bytes);
	return same;
}

#define SMALL_CACHE "PRAGMA cache_size=5"
#define CHECKPOINTS "PRAGMA wal_autocheckpoint=1"
#define NO_SYNCS    "PRAGMA synchronous=OFF"

/* ---- One trial, and what must hold of what is left. */

struct trial {
	const struct use *use;
	enum fault fault;
	int n;
	const char *pragma; /* set on the open database; or NULL */
	bool said, came;    /* what the use case answered; whether there was an n-th */
	struct error err;
	char where[40], name[120];
};

static void note_fault(struct trial *trial)
{
	trial->came = fault_vfs_came();
	snprintf(trial->where, sizeof(trial->where), "%s", fault_vfs_where());
	snprintf(trial->name, sizeof(trial->name), "%s, at %d (%s)", trial->use->name, trial->n,
		trial->where);
}

static void run_trial(struct trial *trial)
{
	struct session session;

	put_back();
	fault_vfs_arm(trial->fault, trial->n);
	if (open_session(&session, &trial->err)) {
		if (trial->pragma)
			fixture_sql(&session, trial->pragma);
		trial->said = trial->use->run(&session, &trial->err);
		close_session(&session);
	}
	note_fault(trial);
}

static bool is_there(struct session *session, const struct trial *trial)
{
	bool by_call = trial->use == &call_use;
	size_t old = 0, new = 0;

	for (size_t i = 0; i < TABLES; i++) {
		int64_t rows = fixture_number(session, tables[i].query) - rows_before[i];

		old += rows == 0;
		new += rows == (by_call ? tables[i].by_call : tables[i].by_meeting);
	}
	cr_assert(old == TABLES || new == TABLES, "%s: half is there", trial->name);
	return new == TABLES;
}

static void expect_sound(struct session *session, const struct trial *trial)
{
	struct log_finding_list findings;
	struct error err = { 0 };
	int64_t rows;

	cr_assert_eq(fixture_number(session, "SELECT count(*) FROM pragma_integrity_check"
					     " WHERE integrity_check = 'ok'"),
		1, "%s", trial->name);
	cr_assert_eq(fixture_number(session, "SELECT count(*) FROM pragma_foreign_key_check"), 0,
		"%s", trial->name);
	cr_assert(store_log_verify(session->store, NULL, &session->arena, &rows, &findings, &err),
		"%s: %s", trial->name, err.text);
	cr_assert_eq(findings.count, 0u, "%s: the log", trial->name);
}

/* Opens what is left: it must be sound. Whether the booking is there; its time is taken if so. */
static bool inspect(const struct trial *trial)
{
	struct error err = { 0 };
	struct session session;
	bool there;

	if (is_as_put_back())
		return false; /* most are, and to open each would take long */
	cr_assert(open_session(&session, &err), "%s: %s", trial->name, err.text);
	expect_sound(&session, trial);
	there = is_there(&session, trial);
	if (trial->use->run(&session, &err))
		cr_assert_not(there, "%s: booked twice", trial->name);
	else
		cr_assert(there && err.code == ERROR_CONFLICT, "%s, again: %s", trial->name,
			err.text);
	close_session(&session);
	return there;
}

/* ---- Errors. */

#define FEWEST_TRIALS 20

/* One line that names the cause. "May or may not" is for what only the next start shows. */
static void check_error(const struct trial *trial, bool there)
{
	const char *text = trial->err.text;
	bool unsure = strstr(text, "may or may not be saved") != NULL;

	cr_assert_eq(trial->err.code, ERROR_DATABASE, "%s: %s", trial->name, text);
	cr_assert(strstr(text, trial->fault == FAULT_FULL ? "disk is full" : "the disk failed"),
		"%s: %s", trial->name, text);
	cr_assert_null(strpbrk(text, "\n\r"), "%s: %s", trial->name, text);
	cr_assert_null(strstr(text, "file:"), "%s: %s", trial->name, text);
	cr_assert(!there || unsure, "%s: not saved, it was said", trial->name);
	cr_assert(!unsure || strcmp(trial->where, "sync -wal") == 0, "%s: %s", trial->name, text);
}

static void try_at_each(const struct use *use, enum fault fault, const char *pragma)
{
	struct trial trial = { .came = true };

	for (int n = 1; trial.came; n++) {
		bool there;

		trial = (struct trial) { .use = use, .fault = fault, .n = n, .pragma = pragma };
		run_trial(&trial);
		fault_vfs_arm(FAULT_NONE, 0);
		there = inspect(&trial);
		if (trial.said)
			cr_assert(there, "%s: saved, it was said", trial.name);
		else
			check_error(&trial, there);
	}
	cr_assert(trial.said && trial.n > FEWEST_TRIALS, "the faults did not come");
}

Test(fault, an_error_that_passes_leaves_a_whole_booking_or_nothing_as_was_answered)
{
	try_at_each(&call_use, FAULT_ERROR_ONCE, NULL);
	try_at_each(&meeting_use, FAULT_ERROR_ONCE, NULL);
}

Test(fault, an_error_that_stays_leaves_a_whole_booking_or_nothing_as_was_answered)
{
	try_at_each(&call_use, FAULT_ERROR_EVER, NULL);
	try_at_each(&meeting_use, FAULT_ERROR_EVER, NULL);
}

Test(fault, a_full_disk_leaves_a_whole_booking_or_nothing_as_was_answered)
{
	try_at_each(&call_use, FAULT_FULL, NULL);
	try_at_each(&meeting_use, FAULT_FULL, NULL);
}

Test(fault, an_error_in_reading_leaves_a_whole_booking_or_nothing_as_was_answered)
{
	try_at_each(&call_use, FAULT_READ, NULL);
	try_at_each(&meeting_use, FAULT_READ, NULL);
}

/* With hardly any memory for pages it writes, and fails, in the middle of the transaction, too. */
Test(fault, an_error_before_the_commit_leaves_a_whole_booking_or_nothing_as_was_answered)
{
	try_at_each(&call_use, FAULT_ERROR_ONCE, SMALL_CACHE);
	try_at_each(&call_use, FAULT_FULL, SMALL_CACHE);
}

/* As on a busy host, where each thousandth page or so brings one. */
Test(fault, an_error_in_the_checkpoint_that_follows_a_commit_takes_nothing_back)
{
	try_at_each(&meeting_use, FAULT_ERROR_EVER, CHECKPOINTS);
	try_at_each(&meeting_use, FAULT_FULL, CHECKPOINTS);
}

/* Whoever was told so tries again, in the same run of the program. */
static void try_twice_at_each(const struct use *use, enum fault fault)
{
	struct trial trial = { .use = use, .fault = fault };
	struct session session;
	struct error *err = &trial.err;

	do {
		put_back();
		fault_vfs_arm(fault, ++trial.n);
		cr_assert(open_session(&session, err) || open_session(&session, err), "%s",
			err->text);
		cr_assert(use->run(&session, err) || use->run(&session, err), "at %d: %s", trial.n,
			err->text);
		close_session(&session);
		note_fault(&trial);
		fault_vfs_arm(FAULT_NONE, 0);
		cr_assert(inspect(&trial), "%s: saved, it was said", trial.name);
	} while (trial.came);
}

Test(fault, what_an_error_that_passed_has_stopped_can_be_done_at_once)
{
	try_twice_at_each(&call_use, FAULT_ERROR_ONCE);
	try_twice_at_each(&meeting_use, FAULT_READ);
}

/* ---- Power cuts. */

#define SEEDS 4

/* Each way a cut may leave the disk. Returns how many have the booking. */
static int try_power_cut(struct trial *trial)
{
	char name[sizeof(trial->name)];
	int there = 0;

	run_trial(trial);
	if (!trial->came)
		fault_vfs_cut_power();
	memcpy(name, trial->name, sizeof(name));
	for (unsigned seed = 0; seed < SEEDS; seed++) {
		fault_vfs_reboot(seed);
		snprintf(trial->name, sizeof(trial->name), "%.100s, seed %u", name, seed);
		there += inspect(trial);
	}
	return there;
}

static void cut_power_at_each(const struct use *use, const char *pragma)
{
	struct trial trial = { .came = true };

	for (int n = 1; trial.came; n++) {
		int there;

		trial = (struct trial) {
			.use = use, .fault = FAULT_POWER, .n = n, .pragma = pragma
		};
		there = try_power_cut(&trial);
		cr_assert(!trial.said || there == SEEDS, "%s: saved, it was said", trial.name);
	}
	cr_assert(trial.said && trial.n > FEWEST_TRIALS, "the power was not cut");
}

Test(fault, a_power_cut_leaves_a_whole_call_or_nothing_and_all_that_was_confirmed)
{
	cut_power_at_each(&call_use, NULL);
}

Test(fault, a_power_cut_leaves_a_whole_meeting_or_nothing_and_all_that_was_confirmed)
{
	cut_power_at_each(&meeting_use, NULL);
}

Test(fault, a_power_cut_in_the_checkpoint_that_follows_a_commit_takes_nothing_back)
{
	cut_power_at_each(&meeting_use, CHECKPOINTS);
}

/* The tests above can fail: this is what they would see. */
Test(fault, a_power_cut_takes_what_was_confirmed_without_a_sync)
{
	struct trial trial = { .use = &meeting_use, .fault = FAULT_POWER, .pragma = NO_SYNCS };

	do {
		trial.n++;
		run_trial(&trial);
		cr_assert(trial.came, "it was synced all the same");
	} while (!trial.said);
	fault_vfs_reboot(0);
	cr_expect_not(inspect(&trial));
}
