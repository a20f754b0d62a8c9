#include "command_internal.h"

#include "kutsu/service/retention.h"

#include <string.h>

static const struct form {
	const char *name;
	void (*write)(FILE *file, const struct memo *memo, int sector);
} forms[] = {
	{ "text", memo_write_text },
	{ "md", memo_write_md },
	{ "html", memo_write_html },
};

#define FORMS (sizeof(forms) / sizeof(forms[0]))

static bool given_form(struct cli *cli, const struct form **form, struct error *err)
{
	const char *name = given_text(cli, "format");

	*form = &forms[0];
	for (size_t i = 0; name && i < FORMS; i++) {
		if (strcmp(forms[i].name, name) == 0)
			*form = &forms[i];
	}
	return !name || strcmp((*form)->name, name) == 0
	       || error_set(err, ERROR_INVALID, _("--format: \"%.40s\" is none of %s"), name,
		       "text, md, html");
}

static bool run_memo(struct cli *cli, struct error *err)
{
	struct disclosure disclosure = given_disclosure(cli);
	int sector = MEMO_ALL_SECTORS;
	const struct form *form;
	struct memo memo;
	int64_t id;

	if (!word_id(cli, 0, &id, err) || !given_form(cli, &form, err)
		|| !given_term(cli, "sector", &sector_terms, &sector, err)
		|| !meeting_memo(cli->session, id, sector, &disclosure, cli->arena, &memo, err))
		return false;
	form->write(cli->out, &memo, sector);
	return true;
}

static const struct option_spec memo_options[] = {
	{ "format", OPTION_TEXT, "text|md|html", N_("the form; text if not given") },
	{ "sector", OPTION_TEXT, "SECTOR", N_("the extract for that sector only") },
	{ "basis", OPTION_TEXT, "TEXT", N_("by which right it is given out, for the log") },
	{ "recipient", OPTION_TEXT, "TEXT", N_("to whom it is given, for the log") },
	{ "reason", OPTION_TEXT, "TEXT", N_("why, for the log") },
	{ 0 },
};

static const struct verb verbs[] = {
	{ NULL, "M", N_("writes the memo of a meeting, to print or paste"), memo_options,
		NEEDS_SESSION, false, run_memo },
};

const struct command memo_command = { "memo", N_("the memo of a meeting"), COMMAND_BY_ENTRANCE,
	VERBS(verbs) };
