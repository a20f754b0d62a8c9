/*
 * A non-disclosure order (turvakielto): neither the municipality nor the place of a meeting stands
 * anywhere in what the program writes of such a case. One table of all that shows something is
 * walked for a case under the order, for one that came under it later, and for an ordinary one,
 * where both are to be seen.
 */
#include "installation.h"

#define CALENDAR     "calendar.ics"
#define MUNICIPALITY "Piilokylä"
#define PLACE	     "Salakuja"
#define CASE_2	     "2026-0002"
#define CONTACT	     "yht"

enum { M = 1, P = 2 }; /* of an ordinary case: the municipality, the place */

struct line {
	const char *line;
	unsigned shows;
	bool is_of_contact; /* who comes by ssh */
};

static const struct line lines[] = {
	{ "case list", M, false },
	{ "case list --json", M, false },
	{ "case list --open --json", M, false },
	{ "case list --search nights", M, false },
	{ "case list --search nights --json", M, false },
	{ "case show " CASE_2, M, false },
	{ "case show " CASE_2 " --json", M | P, false },
	{ "case export " CASE_2, M | P, false },
	{ "case export " CASE_2 " --format text", M | P, false },
	{ "case export " CASE_2 " --json", M | P, false },
	{ "case export " CASE_2 " --format json", M | P, false },
	{ "case export " CASE_2 " --sector SOS", M | P, false },
	{ "case export " CASE_2 " --sector SOS --json", M | P, false },
	{ "case export " CASE_2 " --sector KTH", P, false },
	{ "case export " CASE_2 " --sector KTH --json", P, false },
	{ "case export " CASE_2 " --sector JAR", 0, false },
	{ "memo 1", M | P, false },
	{ "memo 1 --format md", M | P, false },
	{ "memo 1 --format html", M | P, false },
	{ "memo 1 --format html --sector SOS", M | P, false },
	{ "memo 1 --sector KTH", P, false },
	{ "meeting list", 0, false },
	{ "meeting list --json", P, false },
	{ "meeting list --unit A --json", P, false },
	{ "meeting list --from 2026-11-01 --to 2026-12-31 --json", P, false },
	{ "meeting show 1", P, false },
	{ "meeting show 1 --json", P, false },
	{ "meeting show 2", P, false },
	{ "meeting show 2 --json", P, false },
	{ "meeting show 3", P, false },
	{ "meeting show 3 --json", P, false },
	{ "outbox list", 0, false },
	{ "outbox list --meeting 2 --json", 0, false },
	{ "outbox show 9", P, false },
	{ "outbox show 9 --json", P, false },
	{ "outbox show 11", P, false },
	{ "outbox send --meeting 2", 0, false },
	{ "action list", 0, false },
	{ "action list --json", 0, false },
	{ "action list --late --json", 0, false },
	{ "export calls --format csv", 0, false },
	{ "export calls --format json", 0, false },
	{ "export cases --format csv", M, false },
	{ "export cases --format json", M, false },
	{ "export meetings --format csv", P, false },
	{ "export meetings --format json", P, false },
	{ "export meetings --format ics", P, false },
	{ "export actions --format csv", 0, false },
	{ "export actions --format json", 0, false },
	{ "export slots --format csv", 0, false },
	{ "export slots --format json", 0, false },
	{ "export slots --format ics", 0, false },
	{ "export units --format csv", 0, false },
	{ "export units --format json", 0, false },
	{ "free --unit A B", 0, false },
	{ "free --unit A --json", 0, false },
	{ "unit list", 0, false },
	{ "unit list --json", 0, false },
	{ "unit show A", 0, false },
	{ "unit show A --json", 0, false },
	{ "slot list", 0, false },
	{ "slot list --json", 0, false },
	{ "slot list --week 2026-W48", 0, false },
	{ "slot list --week 2026-W48 --json", 0, false },
	{ "break list", 0, false },
	{ "break list --json", 0, false },
	{ "import ics " CALENDAR " --unit A --dry-run", 0, false },
	{ "import ics " CALENDAR " --unit A --dry-run --json", 0, false },
	{ "report month 2026-11", 0, false },
	{ "report month 2026-11 --full", 0, false },
	{ "report month 2026-11 --full --json", 0, false },
	{ "observation list --json", 0, false },
	{ "observation suggest", 0, false },
	{ "phenomenon list --json", 0, false },
	{ "initiative list --json", 0, false },
	{ "decision list --json", 0, false },
	{ "notice list", 0, false },
	{ "group list", 0, false },
	{ "report agenda", 0, false },
	{ "report agenda --json", 0, false },
	{ "report month 2026-11 --full --format html", 0, false },
	{ "export feedback --format csv", 0, false },
	{ "export observations --format csv", 0, false },
	{ "feedback forms", 0, false },
	{ "feedback list --json", 0, false },
	{ "feedback round --json", 0, false },
	{ "feedback show", 0, false },
	{ "feedback show --json", 0, false },
	{ "audit list", 0, false },
	{ "audit list --json", 0, false },
	{ "audit list --case " CASE_2, 0, false },
	{ "audit case " CASE_2, 0, false },
	{ "audit case " CASE_2 " --json", 0, false },
	{ "audit verify", 0, false },
	{ "audit seal", 0, false },
	{ "user list", 0, false },
	{ "user list --json", 0, false },
	{ "config list", 0, false },
	{ "config list --json", 0, false },
	{ "check", 0, false },
	{ "check --json", 0, false },
	{ "purge --dry-run", 0, false },
	{ "purge --dry-run --json", 0, false },
	{ "meeting list", 0, true },
	{ "meeting list --json", P, true },
	{ "meeting list --unit A --json", P, true },
	{ "meeting show 1", P, true },
	{ "meeting show 1 --json", P, true },
	{ "meeting show 2", P, true },
	{ "meeting show 2 --json", P, true },
	{ "case show " CASE_2, 0, true },
	{ "case show " CASE_2 " --json", P, true },
	{ "slot list", 0, true },
	{ "slot list --week 2026-W48 --json", 0, true },
	{ "unit list", 0, true },
};

#define LINES (sizeof(lines) / sizeof(lines[0]))

/* These show nothing of what is in the database but what they made themselves. */
static const char *const others[] = { "init", "demo", "call", "consent", "backup", "restore",
	"import", "authorized-keys", "reply" };

/* ---- The case. */

/* Whose the process is may look at the log, too; the contact's unit is invited under consent. */
static void add_people(struct program *p)
{
	char *login = strdup(program_ok(p, "user list"));

	*strchr(login, ' ') = '\0';
	program_ok(p, "user edit %s --role coordinator admin auditor leader", login);
	program_ok(p, "user add " CONTACT " --role contact --unit A");
	free(login);
}

/* Meetings recorded (1), ahead (2) and cancelled (3). */
static void add_meetings(struct program *p)
{
	program_ok(p, "consent give " CASE_2 " --unit A --by guardian");
	program_ok(p, "meeting book " CASE_2 " --unit A B --start 2026-11-25T12:00 --place '" PLACE
		      " 1'");
	program_ok(p, "meeting book " CASE_2 " --unit A B --start 2026-12-02T12:00 --place '" PLACE
		      " 2' --follow-up");
	program_ok(p,
		"meeting book " CASE_2 " --unit B --start 2026-12-09T12:00 --place '" PLACE " 3'");
	program_ok(p, "meeting move 2 --start 2026-12-16T13:00");
	program_ok(p, "meeting cancel 3 --reason ill");
	program_set(p, "KUTSU_NOW", "2026-11-25T14:00");
	program_input(p, RECORD);
	program_ok(p, "meeting record 1 --file -");
	/* It closes the hole of meeting 2. */
	program_write(p, CALENDAR,
		"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:20261216T130000\n"
		"DURATION:PT1H\nEND:VEVENT\nEND:VCALENDAR\n");
}

static struct program *installation_with(const char *option)
{
	struct program *p = installation();

	add_people(p);
	program_ok(p,
		"call add --from family --caller mother --phone 2100 --concern nights --child K"
		" --birth-year 2019 --municipality '" MUNICIPALITY "' --adult aunt %s",
		option);
	add_meetings(p);
	return p;
}

/* ---- The walk. */

/* A command that is not there yet, or not any more, is passed over: the last test asks for what is
 * missing. The help's rows are "  case            cases". */
static bool has_command(const char *help, const char *line)
{
	char word[40];
	size_t length = strcspn(line, " ");

	snprintf(word, sizeof(word), "\n  %.*s ", (int)length, line);
	return strstr(help, word) != NULL;
}

static void run(struct program *p, const struct line *line)
{
	int status;

	if (line->is_of_contact) {
		program_set(p, "SSH_ORIGINAL_COMMAND", line->line);
		status =
			program_do(p, "--db %s --lang en shell --as " CONTACT, program_database(p));
		program_set(p, "SSH_ORIGINAL_COMMAND", NULL);
	} else {
		status = program_do(p, "%s", line->line);
	}
	cr_assert_eq(status, 0, "%s: exit %d, %s", line->line, status, program_err(p));
}

static void expect_shown(struct program *p, const struct line *line, const char *marker, bool due)
{
	const char *as = line->is_of_contact ? " as a contact" : "";

	cr_expect_eq(strstr(program_out(p), marker) != NULL, due, "%s%s: \"%s\" is %s in %s",
		line->line, as, marker, due ? "not" : "", program_out(p));
	cr_expect_null(strstr(program_err(p), marker), "%s%s: \"%s\" in %s", line->line, as, marker,
		program_err(p));
}

enum due { DUE_NOWHERE, DUE_AS_TOLD };

static void walk(struct program *p, enum due due)
{
	char *help = strdup(program_ok(p, "--help"));

	for (size_t i = 0; i < LINES; i++) {
		unsigned shows = due == DUE_AS_TOLD ? lines[i].shows : 0;

		if (!has_command(help, lines[i].line))
			continue;
		run(p, &lines[i]);
		expect_shown(p, &lines[i], MUNICIPALITY, (shows & M) != 0);
		expect_shown(p, &lines[i], PLACE, (shows & P) != 0);
	}
	free(help);
}

Test(nondisclosure, shows_neither_municipality_nor_place_anywhere)
{
	struct program *p = installation_with("--non-disclosure");

	walk(p, DUE_NOWHERE);
	program_free(p);
}

Test(nondisclosure, that_came_later_shows_neither_any_more)
{
	struct program *p = installation_with("");

	program_ok(p, "call add --case " CASE_2 " --from family --caller mother --concern c"
		      " --non-disclosure");
	walk(p, DUE_NOWHERE);
	program_free(p);
}

Test(nondisclosure, of_an_ordinary_case_there_is_none_and_both_are_shown)
{
	struct program *p = installation_with("");

	walk(p, DUE_AS_TOLD);
	program_free(p);
}

/* Also in what is refused, and in the other languages. */
Test(nondisclosure, is_kept_in_every_language_and_in_what_is_refused)
{
	static const char *const languages[] = { "fi", "sv" };
	static const char *const refused[] = { "meeting show 9", "case show 2026-0009",
		"meeting book " CASE_2 " --unit A --start 2026-12-16T13:00",
		"meeting move 2 --start 2026-12-09T08:00", "meeting cancel 3 --reason again",
		"meeting record 2 --file -", "case close " CASE_2 " --reason early",
		"call add --case " CASE_2 " --from family --caller c --concern c --language xx1" };
	struct program *p = installation_with("--non-disclosure");

	for (size_t i = 0; i < 2; i++) {
		program_set(p, "KUTSU_LANG", languages[i]);
		walk(p, DUE_NOWHERE);
	}
	for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
		const struct line line = { refused[i], 0, false };

		program_input(p, RECORD);
		cr_expect_neq(program_do(p, "%s", refused[i]), 0, "%s", refused[i]);
		expect_shown(p, &line, MUNICIPALITY, false);
		expect_shown(p, &line, PLACE, false);
	}
	program_free(p);
}

static size_t count_found(struct program *p, const char *words)
{
	json_t *list = json_of(program_ok(p, "case list --search '%s' --json", words));
	size_t count = json_array_size(list);

	json_decref(list);
	return count;
}

Test(nondisclosure, a_case_is_not_found_by_its_municipality)
{
	struct program *p = installation_with("--non-disclosure"), *later = installation_with("");

	cr_expect_eq(count_found(p, MUNICIPALITY), 0u);
	cr_expect_eq(count_found(later, MUNICIPALITY), 1u);
	program_ok(later, "call add --case " CASE_2 " --from family --caller mother --concern c"
			  " --non-disclosure");
	cr_expect_eq(count_found(later, MUNICIPALITY), 0u);
	cr_expect_eq(count_found(later, "mother"), 1u);
	cr_expect_eq(count_found(later, "nights"), 1u);
	program_free(later);
	program_free(p);
}

/* ---- That nothing is left out of the walk. */

static bool is_walked(const char *command, size_t length)
{
	for (size_t i = 0; i < LINES; i++) {
		if (strcspn(lines[i].line, " ") == length
			&& strncmp(lines[i].line, command, length) == 0)
			return true;
	}
	return false;
}

static bool is_other(const char *command, size_t length)
{
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		if (strlen(others[i]) == length && strncmp(others[i], command, length) == 0)
			return true;
	}
	return false;
}

Test(nondisclosure, is_walked_through_every_command_there_is)
{
	struct program *p = program_new();
	char *help = strdup(program_ok(p, "--help")), *rest = help, *row;
	size_t commands = 0;

	while ((row = strtok_r(rest, "\n", &rest))) {
		size_t length = strcspn(row + (strlen(row) > 2 ? 2 : 0), " ");

		if (strncmp(row, "  ", 2) != 0 || row[2] == '-' || row[2] == ' ')
			continue;
		commands++;
		cr_expect(is_walked(row + 2, length) || is_other(row + 2, length),
			"\"%.*s\" is new: walk through what it shows", (int)length, row + 2);
	}
	cr_expect_geq(commands, 20u);
	free(help);
	program_free(p);
}
