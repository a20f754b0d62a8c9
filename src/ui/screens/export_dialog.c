/* A list written out: in which form, to which file, to whom. Over ssh: how to fetch it. */
#include "kutsu/base/arena.h"
#include "kutsu/base/date.h"
#include "kutsu/base/memory.h"
#include "kutsu/base/outfile.h"
#include "kutsu/base/text.h"
#include "kutsu/domain/slot.h"
#include "kutsu/domain/unit.h"
#include "kutsu/service/exporting.h"
#include "screens_internal.h"
#include "widgets/dialog_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Lives as long as the dialog. */
struct export_asked {
	enum export_what what;
	char unit[UNIT_CODE_LONGEST + 1]; /* or "" */
};

static const char *format_choice(int value)
{
	static const char *const names[EXPORT_FORMATS] = {
		[EXPORT_CSV] = "CSV", [EXPORT_JSON] = "JSON", [EXPORT_ICS] = "iCalendar"
	};

	if (value == EXPORT_XLSX)
		return _("spreadsheet");
	return value < EXPORT_FORMATS ? names[value] : NULL;
}

static const struct field fields[] = {
	{ "format", N_("Form"), FIELD_CHOICE, 0, 1, format_choice, NULL },
	{ "file", N_("File"), FIELD_TEXT, 1, 1, NULL, NULL },
	{ "recipient", N_("To whom"), FIELD_TEXT, 2, 1, NULL, N_("for the log") },
	{ "reason", N_("Why"), FIELD_TEXT, 3, 1, NULL, N_("for the log") },
	{ 0 },
};

static bool write_it(
	struct ui *ui, const struct export_order *order, const char *path, struct error *err)
{
	struct outfile output;

	/* A command's -o means what it says; here a name may have been left as it was offered. */
	if (access(path, F_OK) == 0)
		return error_set(
			err, ERROR_FAILED, _("%s is there already; give another name"), path);
	return outfile_begin(&output, path, err)
	       && outfile_end(&output, export_write(ui->session, order, output.file, err), err);
}

/* With the form's ending, where the name has none. */
static const char *whole_name(struct arena *arena, const char *name, enum export_format format)
{
	static const char *const endings[EXPORT_FORMATS] = { [EXPORT_CSV] = "csv",
		[EXPORT_JSON] = "json",
		[EXPORT_ICS] = "ics",
		[EXPORT_XLSX] = "xlsx" };
	const char *slash = strrchr(name, '/');

	return strchr(slash ? slash : name, '.')
		       ? name
		       : arena_printf(arena, "%s.%s", name, endings[format]);
}

static bool submit(struct ui *ui, struct form *form, void *context, struct error *err)
{
	const struct export_asked *self = context;
	const char *path = form_text(form, "file");
	int format = form_value(form, "format");
	struct export_order order = { .what = self->what,
		.format = format < 0 ? EXPORT_CSV : (enum export_format)format,
		.unit = *self->unit ? self->unit : NULL,
		.from_day = DAY_FIRST,
		.until_day = DAY_LAST,
		.disclosure = { .recipient = form_text(form, "recipient"),
			.reason = form_text(form, "reason") } };
	struct arena arena = { 0 };
	bool ok;

	if (!path)
		return error_set(err, ERROR_INVALID, _("to which file? write its name"));
	path = whole_name(&arena, path, order.format);
	ok = write_it(ui, &order, path, err);
	if (ok)
		ui_say(ui, _("written to %s; the log tells of it"), path);
	arena_release(&arena);
	return ok;
}

/* By ssh a command's output comes to the user's own end, at the host to a file of the user's. */
struct screen *fetch_screen_new(struct ui *ui, const char *command, const char *file)
{
	bool is_by_ssh = ui->session->identity.origin != NULL;
	struct text text = { 0 };
	char host[100] = "host";
	struct screen *screen;

	gethostname(host, sizeof(host) - 1);
	text_add(&text,
		is_by_ssh ? _("You are here by ssh, so files are written at your own end. In a "
			      "terminal of your own, type:")
			  : _("In a terminal, type:"));
	text_add(&text, "\n\n    ");
	if (is_by_ssh)
		text_format(&text, "ssh %s@%s %s > %s", getenv("USER") ? getenv("USER") : "kutsu",
			host, command, file);
	else
		text_format(&text, "kutsu %s -o %s", command, file);
	text_format(&text, "\n\n%s\n", _("The log tells of it."));
	screen = text_screen_new(_("Write it out"), text_get(&text));
	text_release(&text);
	return screen;
}

static struct screen *fetching_export(struct ui *ui, const struct export_asked *self)
{
	const char *what = export_what_name(self->what);
	struct text command = { 0 }, file = { 0 };
	struct screen *screen;

	text_format(&command, "export %s%s%s --format xlsx", what, *self->unit ? " --unit " : "",
		self->unit);
	text_format(&file, "%s.xlsx", what);
	screen = fetch_screen_new(ui, text_get(&command), text_get(&file));
	text_release(&command);
	text_release(&file);
	return screen;
}

static void offer_name(struct form *form, const struct export_asked *self, struct ui *ui)
{
	const char *home = getenv("HOME");
	char day[DAY_TEXT_SIZE];
	struct text path = { 0 };

	text_format(&path, "%s%s%s-%s", home ? home : "", home ? "/" : "",
		export_what_name(self->what), day_format_iso(session_today(ui->session), day));
	form_set_text(form, "file", text_get(&path));
	form_set_value(form, "format", EXPORT_XLSX);
	text_release(&path);
}

struct screen *export_dialog_new(struct ui *ui, enum export_what what, const char *unit)
{
	struct export_asked *self = memory_new(sizeof(*self));
	struct screen *screen;
	struct form *form;

	self->what = what;
	snprintf(self->unit, sizeof(self->unit), "%s", unit ? unit : "");
	if (ui->session->identity.origin) {
		screen = fetching_export(ui, self);
		free(self);
		return screen;
	}
	screen = form_dialog_new(&(struct form_dialog) { .title = _("Write it out"),
					 .note = _("All of it, not only what is shown. Whoever "
						   "has the file can read it: keep it safe."),
					 .fields = fields,
					 .submit = submit,
					 .free_context = free,
					 .context = self },
		&form);
	offer_name(form, self, ui);
	return screen;
}
