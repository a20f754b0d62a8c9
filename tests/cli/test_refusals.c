/* What is wrong is refused by name, with the exit code of the contract, and nothing changes. */
#include "installation.h"

struct refusal {
	int status;
	const char *text; /* stands in the message */
	const char *line;
};

#define REFUSED "SELECT count(*) FROM access_log WHERE outcome = 'refused'"
#define DONE	"SELECT count(*) FROM access_log WHERE outcome = 'done'"

/* What one may not do changes nothing but the log, which tells of the attempt. */
static void expect_denied(struct program *p, sqlite3 *db, const struct refusal *refusal)
{
	int64_t refused = database_number(db, REFUSED), done = database_number(db, DONE);

	program_refused(p, refusal->status, refusal->text, "%s", refusal->line);
	cr_expect_eq(database_number(db, REFUSED), refused + 1, "%s", refusal->line);
	cr_expect_eq(database_number(db, DONE), done, "%s", refusal->line);
}

static void expect_refusals(struct program *p, const struct refusal *refusals, size_t count)
{
	sqlite3 *db = database_open(p);

	for (size_t i = 0; i < count; i++) {
		int64_t before = database_version(db);

		if (refusals[i].status == 4) {
			expect_denied(p, db, &refusals[i]);
			continue;
		}
		program_refused(p, refusals[i].status, refusals[i].text, "%s", refusals[i].line);
		cr_expect_eq(
			database_version(db), before, "%s changed something", refusals[i].line);
	}
	sqlite3_close(db);
}

#define EXPECT_REFUSALS(program, table)                                                            \
	expect_refusals(program, table, sizeof(table) / sizeof((table)[0]))

/* A meeting ahead (1), one that has begun (2), one that was cancelled (3), a closed case. */
static struct program *busy_installation(void)
{
	struct program *p = installation();

	program_ok(p, "meeting book " CASE_1 " --unit A --start 2026-12-09T12:00");
	program_ok(p, "meeting book " CASE_1 " --unit A --start 2026-11-25T12:00");
	program_ok(p, "meeting book " CASE_1 " --unit B --start 2026-12-09T12:00");
	program_ok(p, "meeting cancel 3 --reason r");
	program_ok(p, "call add --from family --caller c --concern c");
	program_ok(p, "case close 2026-0002 --reason r");
	program_ok(p, "unit add OLD --name Old --sector SRK");
	program_ok(p, "unit retire OLD");
	program_set(p, "KUTSU_NOW", "2026-11-25T13:30");
	return p;
}

Test(refusal, usage_that_is_none)
{
	static const struct refusal table[] = {
		{ 2, "\"nonsense\"", "nonsense" },
		{ 2, "--nonsense", "--nonsense" },
		{ 2, "--nonsense", "unit list --nonsense" },
		{ 2, "unit --help", "unit" },
		{ 2, "unit --help", "unit nonsense" },
		{ 2, "\"extra\"", "unit list extra" },
		{ 2, "CODE", "unit show" },
		{ 2, "--db", "--db" },
		{ 2, "--lang", "--lang" },
		{ 2, "\"xx\"", "--lang xx unit list" },
		{ 2, "--name", "unit add D --sector SOS" },
		{ 2, "--sector", "unit add D --name D" },
		{ 2, "--name", "unit add D --name" },
		{ 2, "--from", "call add --caller c --concern c" },
		{ 2, "--caller", "call add --from family --concern c" },
		{ 2, "--concern", "call add --from family --caller c" },
		{ 2, "--weekday", "slot add A --start 12 --end 13" },
		{ 2, "--start", "slot add A --weekday 1 --end 13" },
		{ 2, "--end", "slot add A --weekday 1 --start 12" },
		{ 2, "--until", "slot end 1" },
		{ 2, "--from", "slot close A" },
		{ 2, "--date", "slot open A --start 12 --end 13" },
		{ 2, "--until", "break add x --from 2026-11-01" },
		{ 2, "unit", "free" },
		{ 2, "--unit", "meeting book " CASE_1 " --start 2026-12-02T12:00" },
		{ 2, "--start", "meeting book " CASE_1 " --unit A" },
		{ 2, "--start", "meeting move 1" },
		{ 2, "--reason", "meeting cancel 1" },
		{ 2, "--file", "meeting record 1" },
		{ 2, "--reason", "case close " CASE_1 },
		{ 2, "--by", "consent give " CASE_1 " --unit A" },
		{ 2, "--unit", "consent give " CASE_1 " --by x" },
		{ 2, "--unit", "consent withdraw " CASE_1 },
		{ 2, "--format", "export cases" },
		{ 2, "--json", "export cases --format json --json" },
		{ 2, "\"--json\"", "unit list -- --json" },
	};
	struct program *p = installation();

	EXPECT_REFUSALS(p, table);
	program_free(p);
}

Test(refusal, dates_that_are_none)
{
	static const struct refusal table[] = {
		{ 2, "2026-02-29", "slot close A --from 2026-02-29" },
		{ 2, "2026-13-01", "slot close A --from 2026-13-01" },
		{ 2, "32.1.2026", "slot close A --from 32.1.2026" },
		{ 2, "tomorrow", "slot close A --from tomorrow" },
		{ 2, "--until", "slot close A --from 2026-12-01 --until 2026-11-31" },
		{ 2, "--from", "slot add A --weekday 1 --start 12 --end 13 --from x" },
		{ 2, "--until", "slot add A --weekday 1 --start 12 --end 13 --until 0" },
		{ 2, "--until", "slot end 1 --until 2026-1-1-1" },
		{ 2, "--date", "slot open A --date 2026-06-31 --start 12 --end 13" },
		{ 2, "--from", "break add x --from ? --until 2026-12-01" },
		{ 2, "--until", "break add x --from 2026-12-01 --until ''" },
		{ 2, "--from", "free --unit A --from 2026-11-99" },
		{ 2, "--from", "meeting list --from 99.99." },
		{ 2, "--to", "meeting list --to later" },
		{ 2, "--to", "export cases --format csv --to 2026-00-10" },
		{ 2, "--week", "slot list --week 2026-W54" },
		{ 2, "--week", "slot list --week 2025-W53" },
		{ 2, "--week", "slot list --week soon" },
	};
	struct program *p = installation();

	EXPECT_REFUSALS(p, table);
	program_free(p);
}

Test(refusal, times_that_are_none)
{
	static const struct refusal table[] = {
		{ 2, "25:00", "slot add A --weekday 1 --start 25:00 --end 13" },
		{ 2, "12:60", "slot add A --weekday 1 --start 12 --end 12:60" },
		{ 2, "noon", "slot open A --date 2026-12-01 --start noon --end 13" },
		{ 2, "--after", "free --unit A --after -1" },
		{ 2, "--before", "free --unit A --before 24:01" },
		{ 2, "--start", "meeting book " CASE_1 " --unit A --start 2026-12-02" },
		{ 2, "--start", "meeting book " CASE_1 " --unit A --start 2026-12-02T24:30" },
		{ 2, "--start", "meeting book " CASE_1 " --unit A --start 2026-02-30T12:00" },
		{ 2, "--start", "meeting move 1 --start then" },
		{ 2, "later than the start", "slot add A --weekday 1 --start 13 --end 13" },
		{ 2, "later than the start", "slot open A --date 2026-12-01 --start 13 --end 12" },
		{ 2, "last day", "slot close A --from 2026-12-02 --until 2026-12-01" },
		{ 2, "last day", "break add x --from 2026-12-02 --until 2026-12-01" },
	};
	struct program *p = busy_installation();

	EXPECT_REFUSALS(p, table);
	program_free(p);
}

Test(refusal, numbers_that_are_none_or_out_of_range)
{
	static const struct refusal table[] = {
		{ 2, "--weekday", "slot add A --weekday 0 --start 12 --end 13" },
		{ 2, "--weekday", "slot add A --weekday 8 --start 12 --end 13" },
		{ 2, "--weekday", "slot add A --weekday mon --start 12 --end 13" },
		{ 2, "--capacity", "slot add A --weekday 1 --start 12 --end 13 --capacity 0" },
		{ 2, "--capacity", "slot add A --weekday 1 --start 12 --end 13 --capacity 101" },
		{ 2, "--capacity", "slot add A --weekday 1 --start 12 --end 13 --capacity 1.5" },
		{ 2, "--minutes", "free --unit A --minutes 0" },
		{ 2, "--minutes", "free --unit A --minutes 481" },
		{ 2, "--minutes", "free --unit A --minutes 60min" },
		{ 2, "--minutes",
			"meeting book " CASE_1 " --unit A --start 2026-12-02T12:00 --minutes 0" },
		{ 2, "--minutes",
			"meeting book " CASE_1 " --unit A --start 2026-12-02T12:00 --minutes"
			" 99999999999999999999" },
		{ 2, "--weeks", "free --unit A --weeks 0" },
		{ 2, "--weeks", "free --unit A --weeks 261" },
		{ 2, "--notice", "free --unit A --notice -1" },
		{ 2, "--notice", "free --unit A --notice 61" },
		{ 2, "--limit", "free --unit A --limit 0" },
		{ 2, "--not-weekday", "free --unit A --not-weekday 8" },
		{ 2, "--not-weekday", "free --unit A --not-weekday 1,x" },
		{ 2, "1800", "call add --from family --caller c --concern c --birth-year 1800" },
		{ 2, "2029", "call add --from family --caller c --concern c --birth-year 2029" },
		{ 2, "--birth-year",
			"call add --from family --caller c --concern c --birth-year x" },
		{ 2, "\"x\"", "meeting show x" },
		{ 2, "\"0\"", "meeting show 0" },
		{ 2, "\"1x\"", "meeting cancel 1x --reason r" },
		{ 2, "99999999999999999999", "action done 99999999999999999999" },
	};
	struct program *p = installation();

	EXPECT_REFUSALS(p, table);
	program_free(p);
}

Test(refusal, codes_and_words_that_are_none)
{
	static const struct refusal table[] = {
		{ 2, "SOSIAALI", "unit add D --name D --sector SOSIAALI" },
		{ 2, "\"D D\"", "unit add 'D D' --name D --sector SOS" },
		{ 2, "\"\"", "unit add '' --name D --sector SOS" },
		{ 2, "name", "unit add D --name '' --sector SOS" },
		{ 2, "name", "unit add D --name '  ' --sector SOS" },
		{ 2, "yearly", "slot add A --weekday 1 --start 12 --end 13 --repeat yearly" },
		{ 2, "--from", "slot add A --weekday 3 --start 12 --end 13 --repeat fortnightly" },
		{ 2, "--from", "slot add A --weekday 3 --start 12 --end 13 --repeat monthly" },
		{ 2, "weekday",
			"slot add A --weekday 3 --start 12 --end 13 --repeat monthly --from "
			"2026-12-01" },
		{ 2, "police", "call add --from police --caller c --concern c" },
		{ 2, "coffee", "call add --from family --caller c --concern c --outcome coffee" },
		{ 2, "svenska",
			"call add --from family --caller c --concern c --language svenska" },
		{ 2, "\"AR\"", "call add --from family --caller c --concern c --interpreter AR" },
		{ 2, "caller", "call add --from family --caller '' --concern c" },
		{ 2, "concern", "call add --from family --caller c --concern ' '" },
		{ 2, "\"people\"", "export people --format csv" },
		{ 2, "\"xml\"", "export cases --format xml" },
		{ 2, "iCalendar", "export cases --format ics" },
		{ 2, "iCalendar", "export calls --format ics" },
		{ 2, "iCalendar", "export actions --format ics" },
		{ 2, "iCalendar", "export units --format ics" },
	};
	struct program *p = installation();

	EXPECT_REFUSALS(p, table);
	program_free(p);
}

Test(refusal, a_time_that_is_past)
{
	static const struct refusal table[] = {
		{ 2, "past", "meeting book " CASE_1 " --unit B --start 2026-11-25T13:29" },
		{ 2, "past", "meeting move 1 --start 2026-11-18T12:00" },
	};
	struct program *p = busy_installation();

	EXPECT_REFUSALS(p, table);
	program_free(p);
}

Test(refusal, conflicts_exit_with_3)
{
	static const struct refusal table[] = {
		{ 3, "A", "unit add A --name again --sector SOS" },
		{ 3, "already", "unit add a --name again --sector SOS" },
		{ 3, "A", "meeting book " CASE_1 " --unit A --start 2026-12-09T12:30" },
		{ 3, "A", "meeting book " CASE_1 " --unit B A --start 2026-12-09T12:30" },
		{ 3, "A", "meeting book " CASE_1 " --unit A --start 2026-12-03T12:00" },
		{ 3, "C", "meeting book " CASE_1 " --unit C --start 2026-12-02T12:00" },
		{ 3, "A", "meeting book " CASE_1 " --unit A --start 2027-01-06T12:00" },
		{ 3, "closed", "meeting book 2026-0002 --unit A --start 2026-12-02T12:00" },
		{ 3, "closed", "call add --case 2026-0002 --from family --caller c --concern c" },
		{ 3, "closed", "consent give 2026-0002 --unit A --by c" },
		{ 3, "closed", "case close 2026-0002 --reason again" },
		{ 3, "ahead", "case close " CASE_1 " --reason early" },
		{ 3, "meetings ahead", "unit retire A" },
		{ 3, "cancelled", "meeting move 3 --start 2026-12-16T12:00" },
		{ 3, "cancelled", "meeting cancel 3 --reason again" },
		{ 3, "not begun", "meeting record 1 --file record.json" },
	};
	struct program *p = busy_installation();

	program_write(p, "record.json", "{}");
	EXPECT_REFUSALS(p, table);
	program_set(p, "KUTSU_NOW", "2026-12-09T13:30");
	program_refused(p, 3, "cancelled", "meeting record 3 --file record.json");
	program_free(p);
}

Test(refusal, consent_in_force_is_not_given_again)
{
	static const struct refusal table[] = {
		{ 3, "in force", "consent give " CASE_1 " --unit A --by x" },
		{ 3, "in force", "consent give " CASE_1 " --unit B A --by x" },
		{ 5, "in force", "consent withdraw " CASE_1 " --unit B" },
		{ 5, "in force", "consent withdraw " CASE_1 " --unit A B" },
	};
	struct program *p = installation();

	program_ok(p, "consent give " CASE_1 " --unit A --by x");
	EXPECT_REFUSALS(p, table);
	program_free(p);
}

Test(refusal, things_that_are_not_there_exit_with_5)
{
	static const struct refusal table[] = {
		{ 5, "NO", "unit show NO" },
		{ 5, "NO", "unit edit NO --name x" },
		{ 5, "NO", "unit retire NO" },
		{ 5, "NO", "slot add NO --weekday 1 --start 12 --end 13" },
		{ 5, "NO", "slot list --unit NO" },
		{ 5, "NO", "slot list --unit NO --week 2026-W48" },
		{ 5, "NO", "slot close NO --from 2026-12-01" },
		{ 5, "NO", "slot open NO --date 2026-12-01 --start 12 --end 13" },
		{ 5, "99", "slot end 99 --until 2026-12-01" },
		{ 5, "NO", "free --unit A NO" },
		{ 5, "NO", "free --unit A --optional NO" },
		{ 5, "OLD", "free --unit OLD" },
		{ 5, "OLD", "meeting book " CASE_1 " --unit OLD --start 2026-12-02T12:00" },
		{ 5, "NO", "meeting book " CASE_1 " --unit A NO --start 2026-12-02T12:00" },
		{ 5, "1999-0001", "meeting book 1999-0001 --unit A --start 2026-12-02T12:00" },
		{ 5, "1999-0001",
			"call add --case 1999-0001 --from family --caller c --concern c" },
		{ 5, "1999-0001", "case show 1999-0001" },
		{ 5, "1999-0001", "case close 1999-0001 --reason r" },
		{ 5, "1999-0001", "consent give 1999-0001 --unit A --by c" },
		{ 5, "NO", "consent give " CASE_1 " --unit NO --by c" },
		{ 5, "99", "meeting show 99" },
		{ 5, "99", "meeting move 99 --start 2026-12-02T12:00" },
		{ 5, "99", "meeting cancel 99 --reason r" },
		{ 5, "99", "meeting record 99 --file record.json" },
		{ 5, "NO", "meeting list --unit NO" },
		{ 5, "99", "action done 99" },
	};
	struct program *p = busy_installation();

	program_write(p, "record.json", "{}");
	EXPECT_REFUSALS(p, table);
	program_free(p);
}

Test(refusal, records_that_are_wrong_are_refused_by_name)
{
	static const struct {
		int status;
		const char *text, *record;
	} table[] = {
		{ 2, "no JSON", "" },
		{ 2, "no JSON", "{" },
		{ 2, "no JSON", "{} {}" },
		{ 2, "no JSON object", "[]" },
		{ 2, "no JSON object", "1" },
		{ 2, "mood", "{\"mood\": \"good\"}" },
		{ 2, "notes", "{\"notes\": 1}" },
		{ 2, "notes", "{\"notes\": \"a\", \"notes\": \"b\"}" },
		{ 2, "attended", "{\"attended\": \"A\"}" },
		{ 2, "attended[0]", "{\"attended\": [1]}" },
		{ 2, "child_present", "{\"child_present\": \"yes\"}" },
		{ 2, "actions", "{\"actions\": {}}" },
		{ 2, "actions[0].who", "{\"actions\": [{\"what\": \"x\", \"where\": \"home\"}]}" },
		{ 2, "actions[0].what", "{\"actions\": [{\"who\": \"x\", \"where\": \"home\"}]}" },
		{ 2, "actions[0].where", "{\"actions\": [{\"who\": \"x\", \"what\": \"y\"}]}" },
		{ 2, "actions[0].where",
			"{\"actions\": [{\"who\": \"x\", \"what\": \"y\", \"where\": \"moon\"}]}" },
		{ 2, "actions[0].due",
			"{\"actions\": [{\"who\": \"x\", \"what\": \"y\", \"where\": \"home\","
			" \"due\": \"2026-02-30\"}]}" },
		{ 2, "actions[0].how",
			"{\"actions\": [{\"who\": \"x\", \"what\": \"y\", \"where\": \"home\","
			" \"how\": 1}]}" },
		{ 2, "follow_up.needed", "{\"follow_up\": {}}" },
		{ 2, "follow_up.when", "{\"follow_up\": {\"needed\": true, \"when\": 1}}" },
		{ 2, "follow_up.within_weeks",
			"{\"follow_up\": {\"needed\": true, \"within_weeks\": 0}}" },
		{ 2, "53", "{\"follow_up\": {\"needed\": true, \"within_weeks\": 53}}" },
		{ 2, "reason", "{\"follow_up\": {\"needed\": false}}" },
		{ 2, "not invited", "{\"attended\": [\"B\"]}" },
		{ 2, "twice", "{\"attended\": [\"A\"], \"absent\": [\"A\"]}" },
		{ 2, "twice", "{\"attended\": [\"A\", \"a\"]}" },
		{ 5, "NO", "{\"attended\": [\"NO\"]}" },
		{ 2, "UTF-8", "{\"notes\": \"\xff\"}" },
		{ 2, "identity code", "{\"notes\": \"lapsi 010115A901C\"}" },
		{ 2, "strengths", "{\"strengths\": \"bell \\u0007\"}" },
	};
	struct program *p = busy_installation();
	sqlite3 *db = database_open(p);

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		int64_t before = database_version(db);

		program_input(p, table[i].record);
		program_refused(p, table[i].status, table[i].text, "meeting record 2 --file -");
		cr_expect_eq(database_version(db), before, "%s changed something", table[i].record);
	}
	sqlite3_close(db);
	program_refused(p, 1, "missing.json", "meeting record 2 --file missing.json");
	program_free(p);
}

/* Each field of text that there is. %s stands for a personal identity code. */
static const char *const text_fields[] = {
	"unit add D --name '%s' --sector SOS",
	"unit add D --name D --sector SOS --area '%s'",
	"unit add D --name D --sector SOS --municipality '%s'",
	"unit add D --name D --sector SOS --email '%s'",
	"unit add D --name D --sector SOS --phone '%s'",
	"unit edit A --name '%s'",
	"slot add A --weekday 1 --start 12 --end 13 --person '%s'",
	"slot add A --weekday 1 --start 12 --end 13 --deputy '%s'",
	"slot add A --weekday 1 --start 12 --end 13 --place '%s'",
	"slot close A --from 2026-12-01 --reason '%s'",
	"break add '%s' --from 2026-12-01 --until 2026-12-02",
	"break add x --from 2026-12-01 --until 2026-12-02 --municipality '%s'",
	"call add --from family --caller '%s' --concern c",
	"call add --from family --caller c --concern '%s'",
	"call add --from family --caller c --concern c --child '%s'",
	"call add --from family --caller c --concern c --municipality '%s'",
	"call add --from family --caller c --concern c --phone '%s'",
	"call add --from family --caller c --concern c --adult mother --adult '%s'",
	"call add --from family --caller '%s' --concern c --outcome advice",
	"call add --from family --caller c --concern '%s' --outcome notification",
	"call add --from family --caller c --concern c --child '%s' --outcome discussion",
	"case close " CASE_1 " --reason '%s'",
	"consent give " CASE_1 " --unit A --by '%s'",
	"consent give " CASE_1 " --unit A --by x --how '%s'",
	"meeting book " CASE_1 " --unit A --start 2026-12-02T12:00 --place '%s'",
	"meeting cancel 1 --reason '%s'",
};

static void expect_text_refused(
	struct program *p, const char *field, const char *text, const char *why)
{
	const char *mark = strstr(field, "%s");
	char line[600];

	snprintf(line, sizeof(line), "%.*s%s%s", (int)(mark - field), field, text, mark + 2);
	expect_refusals(p, &(struct refusal) { 2, why, line }, 1);
	cr_expect_null(strstr(program_err(p), text), "the text was repeated: %s", program_err(p));
}

Test(refusal, a_personal_identity_code_in_any_field_of_text)
{
	struct program *p = busy_installation();

	for (size_t i = 0; i < sizeof(text_fields) / sizeof(text_fields[0]); i++)
		expect_text_refused(p, text_fields[i], "hetu 010115A901C on", "identity code");
	program_free(p);
}

Test(refusal, every_century_sign_of_a_personal_identity_code)
{
	static const char *const codes[] = { "131052-308T", "090920A2786", "090920F2786",
		"080839-616J", "080839U616J", "010115A901C", "290216B999N", "240620C944X" };
	struct program *p = busy_installation();

	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
		expect_text_refused(p, text_fields[13], codes[i], "identity code");
	program_ok(p,
		"call add --from family --caller c --concern 'wrong check character 191086-838I'");
	program_free(p);
}

Test(refusal, control_characters_in_any_field_of_text)
{
	struct program *p = busy_installation();

	for (size_t i = 0; i < sizeof(text_fields) / sizeof(text_fields[0]); i++)
		expect_text_refused(p, text_fields[i], "red \033[31m text", "");
	program_free(p);
}

Test(refusal, broken_utf8_in_any_field_of_text)
{
	struct program *p = busy_installation();

	for (size_t i = 0; i < sizeof(text_fields) / sizeof(text_fields[0]); i++)
		expect_text_refused(p, text_fields[i], "half a letter \xc3", "");
	program_free(p);
}

Test(refusal, a_region_named_by_a_personal_identity_code)
{
	struct program *p = program_new();

	program_refused(p, 2, "identity code", "init --region 010115A901C");
	program_refused(p, 6, "missing", "unit list");
	program_free(p);
}

Test(refusal, somebody_who_is_no_user_exits_with_4)
{
	struct program *p = installation();
	sqlite3 *db = database_open(p);
	static const struct refusal table[] = {
		{ 4, "no user", "unit list" },
		{ 4, "no user", "case show " CASE_1 },
		{ 4, "no user", "meeting book " CASE_1 " --unit A --start 2026-12-02T12:00" },
	};

	cr_assert_eq(sqlite3_exec(db, "UPDATE user SET login = 'somebody-else'", NULL, NULL, NULL),
		SQLITE_OK);
	sqlite3_close(db);
	EXPECT_REFUSALS(p, table);
	program_free(p);
}

Test(refusal, the_login_is_the_processes_and_not_what_the_environment_says)
{
	struct program *p = installation();

	program_set(p, "LOGNAME", "nobody-at-all");
	program_set(p, "USER", "nobody-at-all");
	program_ok(p, "unit list");
	program_free(p);
}

static void expect_unusable(struct program *p, const char *bytes, size_t size, const char *text)
{
	char *after;
	size_t after_size;
	FILE *file = fopen(program_database(p), "w");

	fwrite(bytes, 1, size, file);
	fclose(file);
	program_refused(p, 6, text, "unit list");
	program_refused(p, 6, text, "call add --from family --caller c --concern c");
	after = program_read(program_database(p), &after_size);
	cr_expect_eq(after_size, size);
	cr_expect(memcmp(after, bytes, size < after_size ? size : after_size) == 0,
		"it was written to");
	free(after);
}

Test(refusal, databases_that_are_none_exit_with_6_and_stay_as_they_were)
{
	struct program *p = installation();
	size_t size;
	char *whole;

	whole = program_read(program_database(p), &size);
	program_refused(p, 6, "missing", "--db nowhere.db unit list");
	program_refused(p, 6, "", "--db . unit list");
	expect_unusable(p, "letters, and no database\n", 25, "kutsu.db");
	expect_unusable(p, "", 0, "kutsu.db");
	expect_unusable(p, whole, size / 2, "");
	expect_unusable(p, whole, 4096, "");
	expect_unusable(p, whole, 100, "");
	whole[63] = 99; /* the last byte of user_version */
	expect_unusable(p, whole, size, "newer");
	whole[63] = 1;
	whole[68] = 'x'; /* the first byte of application_id */
	expect_unusable(p, whole, size, "not kutsu's");
	free(whole);
	program_free(p);
}

Test(refusal, a_clock_that_is_none)
{
	struct program *p = installation();

	program_set(p, "KUTSU_NOW", "yesterday");
	program_refused(p, 2, "KUTSU_NOW", "unit list");
	program_set(p, "KUTSU_NOW", "2026-11-31T12:00");
	program_refused(p, 2, "KUTSU_NOW", "unit list");
	program_set(p, "KUTSU_NOW", "");
	program_ok(p, "unit list");
	program_free(p);
}
