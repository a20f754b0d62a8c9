/* What the tests of invitations share: an installation that sends, and what came of it. */
#ifndef KUTSU_TESTS_MAIL_H
#define KUTSU_TESTS_MAIL_H

#include "../cli/installation.h"
#include "mail_server.h"

#define FROM  "kutsu@vaara.example"
#define PLACE "Kesälän koulu, 2. krs"

/*
 * The region Väärälä, whose units A, B and C have e-mail addresses and the same holes on
 * Wednesdays; a case with a family's address and consent for A and B. Nothing is booked.
 */
static inline struct program *mail_installation(void)
{
	struct program *p = program_new();

	program_ok(p, "init --region Väärälä");
	for (int unit = 'A'; unit <= 'C'; unit++) {
		program_ok(p, "unit add %c --name 'Unit %c' --sector SOS --email %c@vaara.example",
			unit, unit, unit - 'A' + 'a');
		program_ok(p,
			"slot add %c --weekday 3 --start 08:00 --end 16:00 --capacity 100"
			" --person p --deputy d",
			unit);
	}
	program_ok(p, "call add --from school --caller teacher --concern 'many absences'"
		      " --child 'A. K.' --birth-year 2016 --municipality Suistola"
		      " --email perhe@koti.example");
	program_ok(p, "consent give " CASE_1 " --unit A --unit B --by guardian --how phone");
	program_ok(p, "config set mail.from " FROM);
	program_ok(p, "config set coordinator_phone '044 123 4567'");
	return p;
}

/* Its messages leave to the server; `tls` as in the setting. */
static inline void mail_way_out(
	struct program *p, const struct mail_server *server, const char *tls)
{
	program_ok(p, "config set mail.url smtp://localhost:%d", mail_server_port(server));
	program_ok(p, "config set mail.tls %s", tls);
}

/* At noon on 2.12.2026 for A and B; its messages are drafts. Returns its number. */
static inline int mail_book(struct program *p)
{
	return atoi(
		program_ok(p, "meeting book " CASE_1
			      " --unit A --unit B --start 2026-12-02T12:00 --place '" PLACE "'"));
}

/* All e-mails of the folder, as Python read them, by file. json_decref() */
static inline json_t *mail_read_all(const char *folder)
{
	struct program *script = mail_script_new();
	char **paths = mail_paths(folder);
	json_t *all = json_array(), *part;

	for (size_t i = 0; paths[i]; i += 8) {
		const char *some[8] = { NULL };

		for (size_t k = 0; k < 8 && paths[i + k]; k++)
			some[k] = paths[i + k];
		part = json_of(mail_script(script, some[0], some[1], some[2], some[3], some[4],
			some[5], some[6], some[7], NULL));
		json_array_extend(all, part);
		json_decref(part);
		if (!some[7])
			break;
	}
	mail_paths_free(paths);
	program_free(script);
	return all;
}

/* A value at "calendar.uid", or NULL. */
static inline json_t *mail_value(json_t *mail, const char *path)
{
	const char *dot = strchr(path, '.');
	char key[64];

	if (!dot)
		return json_object_get(mail, path);
	snprintf(key, sizeof(key), "%.*s", (int)(dot - path), path);
	return mail_value(json_object_get(mail, key), dot + 1);
}

static inline const char *mail_text(json_t *mail, const char *path)
{
	const char *text = json_string_value(mail_value(mail, path));

	return text ? text : "(none)";
}

static inline int mail_number(json_t *mail, const char *path)
{
	return (int)json_integer_value(mail_value(mail, path));
}

/* The newest e-mail to that address; it must be there. */
static inline json_t *mail_to(json_t *all, const char *address)
{
	json_t *mail, *found = NULL;
	size_t i;

	json_array_foreach(all, i, mail)
	{
		if (strcmp(json_string_value(json_array_get(json_object_get(mail, "to"), 0)),
			    address)
			== 0)
			found = mail;
	}
	cr_assert_not_null(found, "no e-mail to %s", address);
	return found;
}

#endif
