/* The manual says what the program has: its rights, its settings, its commands. */
#include "installation.h"

#include <ctype.h>

#define RIGHTS_BEGIN ".It Em what Ta"
#define LONGEST	     200

static char *read_source(const char *name)
{
	char path[1000];

	snprintf(path, sizeof(path), "%s/%s", KUTSU_SOURCE_DIR, name);
	return program_read(path, NULL);
}

/* ---- The table of rights. */

static const char *in_words(const char *sign)
{
	static const char *const words[][2] = { { "ALL", "all" }, { "OWN", "own" }, { "NONE", "-" },
		{ "true", "yes" }, { "false", "-" } };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (strcmp(sign, words[i][0]) == 0)
			return words[i][1];
	}
	cr_assert_fail("right.c: what is \"%s\"?", sign);
	return NULL;
}

/* [USE_X] = { "x", N_("..."), true, ALL, NONE, ... }: "x Ta all Ta - ... Ta yes" */
static void put_right(FILE *to, char *line)
{
	const char *seps = " ,}\t", *logged, *sign;
	char *rest = strchr(line, '"');

	fprintf(to, "%s", strtok_r(rest, "\"", &rest));
	rest = strstr(rest, "\"),") + strlen("\"),");
	logged = in_words(strtok_r(rest, seps, &rest));
	while ((sign = strtok_r(rest, seps, &rest)))
		fprintf(to, " Ta %s", in_words(sign));
	fprintf(to, " Ta %s\n", logged);
}

/* free() */
static char *rights_of_the_program(void)
{
	char *source = read_source("src/domain/right.c"), *rest = source, *line, *text;
	size_t size;
	FILE *to = open_memstream(&text, &size);

	while ((line = strtok_r(rest, "\n", &rest))) {
		if (strncmp(line, "\t[USE_", 6) == 0)
			put_right(to, line);
	}
	fclose(to);
	free(source);
	return text;
}

/* free() */
static char *rights_of_the_manual(void)
{
	static const char row[] = ".It Li ";
	char *manual = read_source("man/kutsu.1"), *rest = strstr(manual, RIGHTS_BEGIN), *line;
	char *text;
	size_t size;
	FILE *to = open_memstream(&text, &size);

	cr_assert_not_null(rest, "the manual has no table that begins with " RIGHTS_BEGIN);
	strtok_r(rest, "\n", &rest);
	while ((line = strtok_r(rest, "\n", &rest)) && strncmp(line, row, strlen(row)) == 0)
		fprintf(to, "%s\n", line + strlen(row));
	fclose(to);
	free(manual);
	return text;
}

Test(manual, has_the_rights_of_each_role_as_the_program_has_them)
{
	char *program = rights_of_the_program(), *manual = rights_of_the_manual();
	char *ours = program, *theirs = manual;
	const char *due, *found;

	cr_assert_str_not_empty(program);
	do {
		due = strtok_r(ours, "\n", &ours);
		found = strtok_r(theirs, "\n", &theirs);
		cr_assert_str_eq(found ? found : "no line", due ? due : "no line");
	} while (due && found);
	free(manual);
	free(program);
}

/* ---- Settings. */

/* As its row of the manual has it; free(). */
static char *row_of_setting(const char *manual, json_t *setting)
{
	const char *value = json_string_value(json_object_get(setting, "default")), *row;
	char begin[LONGEST];

	snprintf(begin, sizeof(begin), ".It Li %s Ta %s%sTa ",
		json_string_value(json_object_get(setting, "name")), value, *value ? " " : "");
	row = strstr(manual, begin);
	cr_assert_not_null(row, "the manual has no line \"%s...\"", begin);
	row += strlen(begin);
	return strndup(row, (size_t)(strstr(row, " Ta ") - row));
}

static void expect_range(struct program *p, const char *name, const char *range)
{
	char told[LONGEST];

	snprintf(told, sizeof(told), "give %s\n", range);
	program_refused(p, 2, told, "config set %s x", name);
}

Test(manual, has_each_setting_with_its_default_and_range)
{
	struct program *p = installation();
	json_t *settings = json_of(program_ok(p, "config list --json")), *setting;
	char *manual = read_source("man/kutsu.1");
	size_t i;

	json_array_foreach(settings, i, setting)
	{
		const char *name = json_string_value(json_object_get(setting, "name"));
		char *range = row_of_setting(manual, setting);

		if (isdigit((unsigned char)*range)) /* what is no number is told the range */
			expect_range(p, name, range);
		free(range);
	}
	free(manual);
	json_decref(settings);
	program_free(p);
}

/* ---- Commands and options. */

static void expect_told(const char *manual, const char *command, const char *sign, const char *word)
{
	char text[LONGEST];
	const char *at = manual;
	size_t length;

	snprintf(text, sizeof(text), "%s %s", sign, word);
	length = strlen(text);
	while ((at = strstr(at, text)) && (isalnum((unsigned char)at[length]) || at[length] == '-'))
		at += length;
	cr_expect_not_null(at, "kutsu %s: the manual has no \"%s\"", command, text);
}

static bool is_verb(const char *word)
{
	return word[strspn(word, "abcdefghijklmnopqrstuvwxyz")] == '\0';
}

/* A line of "kutsu NAME --help": "kutsu NAME VERB ARGUMENT [...]" or "    --option VALUE..." */
static void check_line(const char *manual, const char *name, const char *line)
{
	char option[LONGEST], verb[LONGEST] = "", command[2 * LONGEST + 1];

	if (sscanf(line, "    --%199s", option) == 1) {
		expect_told(manual, name, "Fl Fl", option);
	} else if (strncmp(line, "kutsu ", 6) == 0) {
		sscanf(line, "kutsu %*s %199s", verb);
		snprintf(command, sizeof(command), "%s%s%s", name,
			*verb && is_verb(verb) ? " " : "", is_verb(verb) ? verb : "");
		expect_told(manual, name, "Ic", command);
	}
}

static void check_command(struct program *p, const char *manual, const char *name)
{
	char *help = strdup(program_ok(p, "%s --help", name)), *rest = help, *line;

	while ((line = strtok_r(rest, "\n", &rest)))
		check_line(manual, name, line);
	free(help);
}

Test(manual, names_each_command_and_option_that_help_tells_of)
{
	struct program *p = program_new();
	char *manual = read_source("man/kutsu.1"), *help = strdup(program_ok(p, "--help"));
	char *rest = help, *line, name[LONGEST];
	size_t count = 0;

	while ((line = strtok_r(rest, "\n", &rest))) {
		if (strncmp(line, "  ", 2) == 0 && islower((unsigned char)line[2])) {
			sscanf(line, "%199s", name);
			check_command(p, manual, name);
			count++;
		}
	}
	cr_expect_geq(count, 20);
	free(help);
	free(manual);
	program_free(p);
}
