/*
 * The whole demonstration region's traffic, from its first invitation to its last cancellation,
 * tells nothing of a family: no byte of it depends on what was said of one.
 */
#include "mail.h"

#include <ctype.h>
#include <unistd.h>

#define LEAST_MESSAGES 70
#define LEAST_WORDS    200

/* Somebody's, wherever the region leaves a field empty; an address under a non-disclosure order. */
static const char said[] =
	"UPDATE call SET phone = '040 7654' || printf('%03d', id),"
	" caller = caller || ', Yrjänä Kallioniemi' WHERE outcome <> 'notification';"
	"UPDATE case_ref SET child = 'Åke-Väinämö' || id, closed_reason = CASE WHEN closed_at IS"
	" NULL THEN NULL ELSE 'muutti Pörtömiin' END, interpreter = 'Somalinkielinen tulkki',"
	" email = 'perhe' || id || '@koti.example';"
	"UPDATE case_ref SET language = CASE id % 4 WHEN 0 THEN 'sv' WHEN 1 THEN 'en' WHEN 2 THEN"
	" 'so' END;"
	"INSERT OR REPLACE INTO everyday_adult SELECT id, 9, 'Isoäiti Hilppa Öhman' FROM case_ref;"
	"UPDATE case_ref SET nondisclosure = 1 WHERE id IN (SELECT case_id FROM meeting WHERE id IN"
	" (9, 13));"
	"UPDATE meeting SET place = 'Turvakoti Piilopirtti, Kätkökuja 7' WHERE case_id IN"
	" (SELECT id FROM case_ref WHERE nondisclosure);";

/* The same region of families of whom nothing is known. */
static const char unsaid[] =
	"UPDATE call SET caller = 'x', phone = '1', concern = 'x' WHERE outcome <> 'notification';"
	"UPDATE case_ref SET child = NULL, birth_year = NULL, municipality = NULL, interpreter ="
	" NULL, closed_reason = CASE WHEN closed_at IS NULL THEN NULL ELSE 'x' END;"
	"DELETE FROM everyday_adult; DELETE FROM case_word; DELETE FROM meeting_adult;"
	"UPDATE consent SET given_by = 'x', how = NULL;"
	"UPDATE meeting SET cancelled_reason = NULL;"
	"UPDATE meeting SET place = NULL WHERE case_id IN"
	" (SELECT id FROM case_ref WHERE nondisclosure);"
	"UPDATE meeting_record SET facilitator = NULL, strengths = NULL, vulnerabilities = NULL,"
	" notes = NULL, follow_up_reason = NULL;"
	"UPDATE agreed_action SET who = 'x', what = 'x';"
	"UPDATE draft_field SET value = 'x';";

/* All that is said of families, text by text. */
static const char said_texts[] =
	"SELECT caller FROM call UNION SELECT phone FROM call UNION SELECT concern FROM call"
	" UNION SELECT child FROM case_ref UNION SELECT municipality FROM case_ref"
	" UNION SELECT interpreter FROM case_ref UNION SELECT closed_reason FROM case_ref"
	" UNION SELECT who FROM everyday_adult UNION SELECT given_by FROM consent"
	" UNION SELECT how FROM consent UNION SELECT cancelled_reason FROM meeting"
	" UNION SELECT place FROM meeting JOIN case_ref c ON c.id = case_id WHERE c.nondisclosure"
	" UNION SELECT strengths FROM meeting_record UNION SELECT vulnerabilities FROM"
	" meeting_record UNION SELECT notes FROM meeting_record"
	" UNION SELECT who FROM meeting_adult UNION SELECT what FROM agreed_action";

struct region {
	struct program *p;
	struct mail_server *server;
	const char *folder;
	sqlite3 *db;
};

static void run_sql(sqlite3 *db, const char *sql)
{
	char *wrong = NULL;

	cr_assert_eq(sqlite3_exec(db, sql, NULL, NULL, &wrong), SQLITE_OK, "%s", wrong);
}

/* Runs the program with each row as its words. */
static void run_rows(struct region *r, const char *sql)
{
	sqlite3_stmt *stmt;

	cr_assert_eq(sqlite3_prepare_v2(r->db, sql, -1, &stmt, NULL), SQLITE_OK, "%s: %s", sql,
		sqlite3_errmsg(r->db));
	while (sqlite3_step(stmt) == SQLITE_ROW)
		program_ok(r->p, "%s", (const char *)sqlite3_column_text(stmt, 0));
	sqlite3_finalize(stmt);
}

static void open_region(struct region *r)
{
	r->server = mail_server_start(r->p, NULL);
	r->folder = mail_folder(r->p, "mail");
	r->db = database_open(r->p);
	mail_way_out(r->p, r->server, "none");
}

/* Its units have addresses, its families' consent covers all who are invited. */
static struct region new_region(void)
{
	struct region r = { .p = program_new() };

	program_ok(r.p, "demo");
	program_ok(r.p, "config set mail.from " FROM);
	open_region(&r);
	run_rows(&r,
		"SELECT 'unit edit ' || code || ' --email ' || lower(code) || '@yksikot.example'"
		" FROM unit");
	run_rows(&r,
		"SELECT 'consent give ' || c.code || ' --unit ' || u.code || ' --by huoltaja' FROM "
		"meeting m JOIN case_ref c ON c.id = m.case_id"
		" JOIN meeting_unit mu ON mu.meeting_id = m.id JOIN unit u ON u.id = mu.unit_id"
		" WHERE NOT EXISTS (SELECT 1 FROM consent WHERE case_id = c.id AND unit_id = u.id"
		" AND withdrawn_at IS NULL) GROUP BY 1");
	/* As if nobody had been told or had answered yet. */
	run_sql(r.db, "UPDATE message SET state = 'draft', is_approved = 0, sent_at = NULL,"
		      " told_day = NULL, told_start = NULL, told_end = NULL WHERE state = 'sent';"
		      "UPDATE invitation SET answer = NULL, reason = NULL, note = NULL,"
		      " answered_at = NULL, answered_by = NULL, was_sent = 0,"
		      " told_day = NULL, told_start = NULL, told_end = NULL");
	run_sql(r.db, said);
	return r;
}

/* Another installation with a copy of its database, in which nothing was said. */
static struct region copy_unsaid(struct region *of)
{
	struct region r = { .p = program_new() };

	program_ok(of->p, "backup %s", program_path(of->p, "copy"));
	program_ok(r.p, "restore %s", program_path(of->p, "copy"));
	open_region(&r);
	run_sql(r.db, unsaid);
	return r;
}

static void close_region(struct region *r)
{
	sqlite3_close(r->db);
	mail_server_stop(r->server);
	program_free(r->p);
}

/* The last hole that the meeting's units share. */
static void move_meeting(struct region *r)
{
	json_t *free_times, *windows, *last;
	char start[20];

	free_times = json_of(program_ok(r->p,
		"free --unit VEO-SUI --unit NVL-SUI --unit PNE-KES --from 2026-12-03 --limit 5"
		" --json"));
	windows = json_object_get(free_times, "windows");
	cr_assert_gt(json_array_size(windows), 0);
	last = json_array_get(windows, json_array_size(windows) - 1);
	snprintf(start, sizeof(start), "%.16s", json_string_value(json_object_get(last, "start")));
	json_decref(free_times);
	program_ok(r->p, "meeting move 13 --start %s --invite", start);
}

static void send_all(struct region *r)
{
	run_sql(r->db,
		"UPDATE message SET state = 'queued', is_approved = 1 WHERE state = 'draft'");
	program_ok(r->p, "outbox send");
}

/* Every kind of message, at every turn that a meeting takes. */
static void run_traffic(struct region *r)
{
	run_rows(r, "SELECT 'outbox send --meeting ' || id FROM meeting WHERE status = 'booked' "
		    "AND day > 20781 ORDER BY id");
	/* Before any meeting: of those that are behind nothing leaves any more. */
	program_set(r->p, "KUTSU_NOW", "2026-11-02T08:00");
	send_all(r);
	program_set(r->p, "KUTSU_NOW", PROGRAM_NOW);
	move_meeting(r);
	program_ok(r->p, "meeting uninvite 11 --unit PNE-ETE --invite");
	program_ok(r->p, "meeting cancel 14 --reason 'Äiti sairastui keuhkokuumeeseen' --invite");
	program_ok(r->p, "consent withdraw 2026-0012 --unit NPS-MK");
	send_all(r);
	program_set(r->p, "KUTSU_NOW", "2026-11-28T09:00");
	program_ok(r->p, "outbox remind");
	send_all(r);
	cr_expect_eq(database_number(r->db, "SELECT count(*) FROM message WHERE state NOT IN"
					    " ('sent', 'waiting_consent')"),
		0);
	for (const char *const *kind =
			(const char *const[]) { "request", "cancel", "reminder", "family", NULL };
		*kind; kind++) {
		char sql[100];

		snprintf(sql, sizeof(sql),
			"SELECT count(*) FROM message WHERE kind = '%s' AND state = 'sent'", *kind);
		cr_expect_gt(database_number(r->db, sql), 0, "no %s", *kind);
	}
}

/* ---- Words. */

/* Small letters, Å, Ä and Ö too. */
static void to_lower(char *text)
{
	for (unsigned char *c = (unsigned char *)text; *c; c++) {
		if (*c < 128)
			*c = (unsigned char)tolower(*c);
		else if (*c == 0xC3 && c[1] >= 0x80 && c[1] <= 0x9E)
			*++c += 0x20;
	}
}

static bool is_letter(char c)
{
	return isalpha((unsigned char)c) || (unsigned char)c >= 128;
}

static size_t count_letters(const char *word, size_t length)
{
	size_t count = 0;

	for (size_t i = 0; i < length; i++)
		count += ((unsigned char)word[i] & 0xC0) != 0x80;
	return count;
}

/* Its words of four letters and more, into "temp.<table>". */
static void keep_words(sqlite3 *db, const char *table, const char *text)
{
	char *copy = strdup(text), sql[100];
	sqlite3_stmt *stmt;

	to_lower(copy);
	snprintf(sql, sizeof(sql), "INSERT OR IGNORE INTO temp.%s VALUES (?1)", table);
	cr_assert_eq(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK);
	for (const char *at = copy; *at;) {
		size_t length = 0;

		while (is_letter(at[length]))
			length++;
		if (count_letters(at, length) >= 4) {
			sqlite3_bind_text(stmt, 1, at, (int)length, SQLITE_STATIC);
			cr_assert_eq(sqlite3_step(stmt), SQLITE_DONE);
			sqlite3_reset(stmt);
		}
		at += length ? length : 1;
	}
	sqlite3_finalize(stmt);
	free(copy);
}

/* All that left, decoded every way; json_decref() */
static json_t *all_texts(struct region *r)
{
	struct program *script = mail_script_new();
	json_t *texts = json_of(mail_script(script, "--texts", r->folder, NULL));

	program_free(script);
	return texts;
}

static void keep_all_words(sqlite3 *db, const char *table, json_t *texts)
{
	char sql[100];
	json_t *text;
	size_t i;

	snprintf(sql, sizeof(sql), "CREATE TEMP TABLE %s (word TEXT PRIMARY KEY)", table);
	run_sql(db, sql);
	json_array_foreach(texts, i, text) keep_words(db, table, json_string_value(text));
}

static void keep_said_words(sqlite3 *db)
{
	sqlite3_stmt *stmt;

	run_sql(db, "CREATE TEMP TABLE said (word TEXT PRIMARY KEY)");
	cr_assert_eq(sqlite3_prepare_v2(db, said_texts, -1, &stmt, NULL), SQLITE_OK, "%s",
		sqlite3_errmsg(db));
	while (sqlite3_step(stmt) == SQLITE_ROW) {
		if (sqlite3_column_text(stmt, 0))
			keep_words(db, "said", (const char *)sqlite3_column_text(stmt, 0));
	}
	sqlite3_finalize(stmt);
}

static bool is_in_any(json_t *texts, const char *part)
{
	json_t *text;
	size_t i;

	json_array_foreach(texts, i, text)
	{
		if (strstr(json_string_value(text), part))
			return true;
	}
	return false;
}

/* None of the first column's values is in any text. */
static void expect_none_of(struct region *r, json_t *texts, const char *sql, int least)
{
	sqlite3_stmt *stmt;
	int count = 0;

	cr_assert_eq(sqlite3_prepare_v2(r->db, sql, -1, &stmt, NULL), SQLITE_OK, "%s: %s", sql,
		sqlite3_errmsg(r->db));
	while (sqlite3_step(stmt) == SQLITE_ROW) {
		const char *part = (const char *)sqlite3_column_text(stmt, 0);

		cr_expect_not(is_in_any(texts, part), "\"%s\" left", part);
		count++;
	}
	sqlite3_finalize(stmt);
	cr_expect_geq(count, least, "only %d: %s", count, sql);
}

/* ---- Bytes. */

static void blot(char *bytes, const char *part, size_t length)
{
	char *copy = strdup(part);

	copy[length] = '\0';
	for (char *at = bytes; (at = strstr(at, copy)); at += length)
		memset(at, '#', length);
	free(copy);
}

/* Without what is made by chance: the message's own name, and the boundary that comes of it. */
static char *read_settled(const char *path)
{
	char *bytes = program_read(path, NULL), *id = strstr(bytes, "Message-Id: <"), *boundary;

	cr_assert_not_null(id);
	id += strlen("Message-Id: <");
	blot(bytes, id, strcspn(id, "@>"));
	boundary = strstr(bytes, "boundary=\"=-");
	if (boundary) {
		boundary += strlen("boundary=\"=-");
		blot(bytes, boundary, strcspn(boundary, "\""));
	}
	return bytes;
}

static void expect_same_bytes(struct region *one, struct region *other)
{
	char **paths = mail_paths(one->folder), **others = mail_paths(other->folder);
	size_t count = 0;

	for (; paths[count] && others[count]; count++) {
		char *a = read_settled(paths[count]), *b = read_settled(others[count]);

		cr_expect(strcmp(a, b) == 0, "%s tells of what was said:\n%s\n---\n%s",
			paths[count], a, b);
		free(a);
		free(b);
	}
	cr_expect_eq(!paths[count], !others[count], "one has more messages than the other");
	cr_expect_geq(count, (size_t)LEAST_MESSAGES, "only %zu messages left", count);
	mail_paths_free(paths);
	mail_paths_free(others);
}

Test(silence, no_byte_that_leaves_depends_on_what_was_said_of_a_family, .timeout = 120)
{
	struct region region = new_region(), silent = copy_unsaid(&region);
	json_t *texts, *plain;

	keep_said_words(region.db);
	run_traffic(&region);
	run_traffic(&silent);
	expect_same_bytes(&region, &silent);

	texts = all_texts(&region);
	plain = all_texts(&silent);
	keep_all_words(region.db, "sent", texts);
	keep_all_words(region.db, "plain", plain);
	cr_expect_geq(database_number(region.db, "SELECT count(*) FROM temp.said WHERE word NOT IN"
						 " (SELECT word FROM temp.plain)"),
		LEAST_WORDS);
	expect_none_of(&region, texts,
		"SELECT word FROM temp.said WHERE word NOT IN (SELECT word FROM temp.plain)"
		" AND word IN (SELECT word FROM temp.sent)",
		0);
	expect_none_of(&region, texts,
		"SELECT phone FROM call WHERE phone IS NOT NULL UNION SELECT replace(phone, ' ',"
		" '') FROM call WHERE phone IS NOT NULL",
		20);
	expect_none_of(&region, texts, "SELECT code FROM case_ref", 10);
	expect_none_of(&region, texts, "SELECT child FROM case_ref", 10);
	json_decref(texts);
	json_decref(plain);
	close_region(&silent);
	close_region(&region);
}
