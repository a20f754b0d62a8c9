/* The end of retention as one types it: the memo that goes to the official client record, the purge
 * after it, and the settings that say when. */
#include "installation.h"

#define SECRET	    "Salaisuus"
#define SECRET_WORD "salaisuus"	       /* as it is searched for */
#define CLOSED	    "2026-11-25T14:00" /* when the case is closed */
#define DAY_BEFORE  "2027-11-25T23:59" /* its retention of twelve months ends with the day */
#define DAY	    "2027-11-26T00:00"
#define KEYS_PURGE                                                                                 \
	"dry_run retention_months closed_before count cases not_exported calls drafts complete"
#define KEYS_MEMO "sector consent_in_force case calls consents units meetings"

/* A closed case, 2026-0002, with the secret in what was said; unit A has a consent in force. */
static struct program *closed_case(void)
{
	struct program *p = installation();

	program_ok(p, "call add --from family --caller '" SECRET " mother' --phone 0401234567"
		      " --concern '" SECRET " nights' --child '" SECRET " K.' --adult '" SECRET
		      " aunt' --municipality Suistola");
	program_ok(p, "consent give 2026-0002 --unit A --by '" SECRET " guardian'");
	program_ok(p, "meeting book 2026-0002 --unit A B --start 2026-11-25T12:00 --place '" SECRET
		      " street'");
	program_set(p, "KUTSU_NOW", CLOSED);
	program_input(p, "{\"notes\": \"" SECRET " notes\", \"follow_up\": {\"needed\": false,"
			 " \"reason\": \"" SECRET " reason\"}}");
	program_ok(p, "meeting record 1 --file -");
	program_ok(p, "case close 2026-0002 --reason '" SECRET " end'");
	return p;
}

static json_t *purge_json(struct program *p, const char *options)
{
	json_t *report = json_of(program_ok(p, "purge --json %s", options));

	expect_keys(report, KEYS_PURGE);
	return report;
}

/* ---- Purge. */

Test(purge_command, as_json_tells_what_was_purged)
{
	struct program *p = closed_case();
	json_t *report;

	program_set(p, "KUTSU_NOW", DAY);
	report = purge_json(p, "");
	expect_value(report, "dry_run", "false");
	expect_value(report, "retention_months", "12");
	expect_value(report, "closed_before", "2026-11-26");
	expect_value(report, "count", "1");
	expect_value(report, "cases", "[\"2026-0002\"]");
	expect_value(report, "not_exported", "[\"2026-0002\"]");
	expect_value(report, "calls", "0");
	expect_value(report, "drafts", "0");
	expect_value(report, "complete", "true");
	json_decref(report);
	report = purge_json(p, "");
	expect_value(report, "count", "0");
	expect_value(report, "cases", "[]");
	json_decref(report);
	program_free(p);
}

Test(purge_command, leaves_what_was_closed_on_the_day_itself)
{
	struct program *p = closed_case();
	json_t *report;

	program_set(p, "KUTSU_NOW", DAY_BEFORE);
	report = purge_json(p, "");
	expect_value(report, "closed_before", "2026-11-25");
	expect_value(report, "cases", "[]");
	json_decref(report);
	cr_expect_not_null(strstr(program_ok(p, "case show 2026-0002"), SECRET));
	program_free(p);
}

Test(purge_command, names_on_standard_error_those_that_were_never_exported)
{
	struct program *p = closed_case();

	program_ok(p, "case close " CASE_1 " --reason r");
	program_ok(p, "case export 2026-0002");
	program_set(p, "KUTSU_NOW", DAY);
	cr_expect_str_eq(program_ok(p, "purge --dry-run"),
		"closed before 26.11.2026 (retention 12 months)\n"
		"would be purged: 2 cases, 0 calls, 0 drafts\n" CASE_1 "\n2026-0002");
	cr_expect_str_eq(program_err(p), "never exported for the official record: " CASE_1 "\n");
	cr_expect_str_eq(program_ok(p, "purge"),
		"closed before 26.11.2026 (retention 12 months)\n"
		"purged: 2 cases, 0 calls, 0 drafts\n" CASE_1 "\n2026-0002");
	program_ok(p, "purge");
	cr_expect_str_empty(program_err(p));
	program_free(p);
}

Test(purge_command, as_a_dry_run_only_tells)
{
	struct program *p = closed_case();
	sqlite3 *db = database_open(p);
	json_t *report;

	program_set(p, "KUTSU_NOW", DAY);
	report = purge_json(p, "--dry-run");
	expect_value(report, "dry_run", "true");
	expect_value(report, "cases", "[\"2026-0002\"]");
	expect_value(report, "not_exported", "[\"2026-0002\"]");
	json_decref(report);
	cr_expect_not_null(strstr(program_ok(p, "case show 2026-0002"), SECRET " K."));
	cr_expect_eq(database_number(db, "SELECT count(*) FROM case_ref WHERE purged_at > 0"), 0);
	cr_expect_eq(database_number(db, "SELECT count(*) FROM access_log WHERE use_case = 'purge'"
					 " AND detail = 'dry run'"),
		1);
	sqlite3_close(db);
	program_free(p);
}

/* No other has it open: all of it is in the one file. */
static bool is_in_the_file(struct program *p, const char *text)
{
	size_t size, length = strlen(text);
	char *bytes = program_read(program_database(p), &size);
	bool found = false;

	cr_assert_gt(size, 4096u);
	for (size_t i = 0; !found && i + length <= size; i++)
		found = memcmp(bytes + i, text, length) == 0;
	free(bytes);
	return found;
}

Test(purge_command, leaves_nothing_that_was_said_in_what_is_shown_nor_in_the_file)
{
	static const char *const lines[] = { "case list", "case list --json", "case show 2026-0002",
		"case show 2026-0002 --json", "case export 2026-0002",
		"case export 2026-0002 --format json", "meeting list --json", "meeting show 1",
		"meeting show 1 --json", "action list --json", "export calls --format csv",
		"export cases --format json", "export meetings --format ics" };
	struct program *p = closed_case();

	cr_expect_not_null(strstr(program_ok(p, "case show 2026-0002"), SECRET));
	cr_expect(is_in_the_file(p, SECRET));
	cr_expect(is_in_the_file(p, SECRET_WORD));
	program_set(p, "KUTSU_NOW", DAY);
	program_ok(p, "purge");
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		cr_expect_null(strstr(program_ok(p, "%s", lines[i]), SECRET), "%s", lines[i]);
	cr_expect_str_eq(program_ok(p, "case list --search " SECRET " --json"), "[]");
	cr_expect_not(is_in_the_file(p, SECRET));
	cr_expect_not(is_in_the_file(p, SECRET_WORD));
	cr_expect_str_eq(program_ok(p, "check"), "the database is sound");
	program_free(p);
}

Test(purge_command, with_o_writes_there_and_is_an_administrators)
{
	struct program *p = closed_case();
	char *bytes;

	program_set(p, "KUTSU_NOW", DAY);
	program_ok(p, "purge --json -o report");
	bytes = program_read(program_path(p, "report"), NULL);
	cr_expect_not_null(strstr(bytes, "\"2026-0002\""));
	free(bytes);
	program_ok(p, "user add other --role admin");
	program_ok(p, "user add koord --role coordinator");
	program_set(p, "SSH_ORIGINAL_COMMAND", "purge");
	program_refused(p, 4, "may not do this (purge)", "--db %s --lang en shell --as koord",
		program_database(p));
	program_ok(p, "--db %s --lang en shell --as other", program_database(p));
	program_free(p);
}

/* ---- The memo. */

Test(memo_command, is_text_or_json_whole_or_one_sectors)
{
	struct program *p = closed_case();
	json_t *memo;

	cr_expect_not_null(strstr(program_ok(p, "case export 2026-0002"), SECRET " nights"));
	cr_expect_not_null(strstr(program_out(p), "0401234567"));
	cr_expect_not_null(strstr(program_ok(p, "case export 2026-0002 --format text"), "Memo of"));
	memo = json_of(program_ok(p, "case export 2026-0002 --json"));
	expect_keys(memo, KEYS_MEMO);
	expect_value(memo, "sector", "null");
	json_decref(memo);
	memo = json_of(program_ok(p, "case export 2026-0002 --format json --sector SOS"));
	expect_keys(memo, KEYS_MEMO);
	expect_value(memo, "sector", "SOS");
	expect_value(memo, "consent_in_force", "true");
	json_decref(memo);
	cr_expect_not_null(strstr(program_out(p), SECRET " nights"));
	cr_expect_null(strstr(program_out(p), "0401234567"));
	memo = json_of(program_ok(p, "case export 2026-0002 --format json --sector KTH"));
	expect_value(memo, "consent_in_force", "false");
	json_decref(memo);
	cr_expect_null(strstr(program_out(p), SECRET " nights"));
	program_free(p);
}

Test(memo_command, is_logged_with_basis_recipient_and_reason)
{
	struct program *p = closed_case();
	sqlite3 *db = database_open(p);

	program_ok(p, "case export 2026-0002 --sector SOS --basis law --recipient register"
		      " --reason 'asked for' -o memo");
	cr_expect_eq(
		database_number(db, "SELECT count(*) FROM access_log WHERE use_case = 'case_export'"
				    " AND case_code = '2026-0002' AND detail = 'SOS'"
				    " AND basis = 'law' AND recipient = 'register'"
				    " AND reason = 'asked for'"),
		1);
	sqlite3_close(db);
	program_free(p);
}

Test(memo_command, that_is_refused_names_what_is_wrong_and_is_no_export)
{
	struct program *p = installation();
	sqlite3 *db = database_open(p);

	program_refused(p, 5, "there is no case 2026-0009", "case export 2026-0009");
	program_refused(
		p, 2, "--sector: \"POLICE\" is none of", "case export " CASE_1 " --sector POLICE");
	program_refused(p, 2, "--format: \"ics\" is none of text, json",
		"case export " CASE_1 " --format ics");
	program_refused(
		p, 2, "personal identity code", "case export " CASE_1 " --reason 'of 131052-308T'");
	program_refused(p, 1, "can't be written", "case export " CASE_1 " -o nowhere/memo");
	cr_expect_eq(database_number(
			     db, "SELECT count(*) FROM access_log WHERE use_case = 'case_export'"),
		0);
	sqlite3_close(db);
	program_free(p);
}

/* ---- The settings. */

Test(retention_setting, is_refused_by_name_with_its_range_where_it_may_not_be)
{
	static const char *const values[] = { "0", "601", "-1", "1.5", "'12 months'", "''", "x" };
	struct program *p = installation();

	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		program_refused(p, 2, "retention_months: \"", "config set -- retention_months %s",
			values[i]);
		cr_expect_not_null(
			strstr(program_err(p), "won't do; give 1 to 600"), "%s", program_err(p));
	}
	cr_expect_str_eq(program_ok(p, "config get retention_months"), "12");
	program_free(p);
}

Test(retention_setting, decides_what_the_next_purge_takes)
{
	struct program *p = closed_case();
	json_t *report;

	program_set(p, "KUTSU_NOW", "2026-12-26T00:00");
	report = purge_json(p, "");
	expect_value(report, "cases", "[]");
	json_decref(report);
	program_ok(p, "config set retention_months 1");
	report = purge_json(p, "");
	expect_value(report, "retention_months", "1");
	expect_value(report, "cases", "[\"2026-0002\"]");
	json_decref(report);
	program_free(p);
}
