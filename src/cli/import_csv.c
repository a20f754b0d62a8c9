#include "import_internal.h"

#include "kutsu/base/localtext.h"
#include "kutsu/format/csv_reader.h"
#include "kutsu/format/json_writer.h"
#include "kutsu/service/registry_import.h"

#include <errno.h>
#include <string.h>

static void print_faults(const char *path, const struct import_report *report)
{
	for (size_t i = 0; i < report->fault_count; i++) {
		const struct import_fault *fault = &report->faults[i];

		if (fault->line)
			fprintf(stderr, "kutsu: %s:%zu: %s\n", path, fault->line, fault->text);
		else
			fprintf(stderr, "kutsu: %s: %s\n", path, fault->text);
	}
}

static const char *units_of(struct cli *cli, const struct import_contact *contact)
{
	return arena_join(cli->arena, contact->units, contact->unit_count, ", ");
}

static void print_hole(struct cli *cli, const struct slot *slot)
{
	char span[LOCALTEXT_SIZE];

	/* TRANSLATORS: unit, weekday, time, how often */
	fprintf(cli->out, _("+ hole %s %s %s %s\n"), slot->unit, local_weekday(slot->weekday),
		local_span(slot->start, slot->end, span),
		term_label(&repeat_terms, (int)slot->repeat));
}

static void print_text(struct cli *cli, const struct import_report *report, bool dry_run)
{
	for (size_t i = 0; i < report->units.count; i++)
		fprintf(cli->out, _("+ unit %s %s\n"), report->units.items[i].code,
			report->units.items[i].name);
	for (size_t i = 0; i < report->slots.count; i++)
		print_hole(cli, &report->slots.items[i]);
	for (size_t i = 0; i < report->contact_count; i++)
		fprintf(cli->out, _("+ contact %s: %s\n"), report->contacts[i].login,
			units_of(cli, &report->contacts[i]));
	fprintf(cli->out,
		dry_run ? _("would be added: units %zu, holes %zu, contacts %zu; there already: "
			    "%zu\n")
			: _("added: units %zu, holes %zu, contacts %zu; there already: %zu\n"),
		report->units.count, report->slots.count, report->contact_count,
		report->known_units + report->known_slots + report->known_contacts);
}

static void print_json_units(
	struct cli *cli, struct json_writer *json, const struct import_report *report)
{
	json_open_array(json, "units");
	for (size_t i = 0; i < report->units.count; i++) {
		struct row row;

		row_init(&row, cli->arena);
		row_of_unit(&row, &report->units.items[i]);
		json_row(json, NULL, &row);
	}
	json_close_array(json);
}

static void print_json_slots(
	struct cli *cli, struct json_writer *json, const struct import_report *report)
{
	json_open_array(json, "slots");
	for (size_t i = 0; i < report->slots.count; i++) {
		struct row row;

		row_init(&row, cli->arena);
		row_of_slot(&row, &report->slots.items[i]);
		json_row(json, NULL, &row);
	}
	json_close_array(json);
}

static void print_json_contacts(
	struct cli *cli, struct json_writer *json, const struct import_report *report)
{
	json_open_array(json, "contacts");
	for (size_t i = 0; i < report->contact_count; i++) {
		const struct import_contact *contact = &report->contacts[i];
		struct row row;

		row_init(&row, cli->arena);
		row_add_text(&row, "login", contact->login);
		row_add_text(&row, "title", contact->title);
		row_add_list(&row, "units", contact->units, contact->unit_count);
		row_add_boolean(&row, "new", contact->is_new);
		json_row(json, NULL, &row);
	}
	json_close_array(json);
}

static void print_json(struct cli *cli, const struct import_report *report, bool dry_run)
{
	struct json_writer json;
	struct row row;

	row_init(&row, cli->arena);
	row_add_boolean(&row, "dry_run", dry_run);
	row_add_integer(&row, "there_already",
		(int64_t)(report->known_units + report->known_slots + report->known_contacts));
	json_begin(&json, cli->out);
	json_open_object(&json, NULL);
	json_row_values(&json, &row);
	print_json_units(cli, &json, report);
	print_json_slots(cli, &json, report);
	print_json_contacts(cli, &json, report);
	json_close_object(&json);
	json_end(&json);
}

/* It is done by then, and to fail would say that nothing changed. */
static void flush_done(struct cli *cli)
{
	if (fflush(cli->out) == 0 && !ferror(cli->out))
		return;
	fprintf(stderr, _("kutsu: the import is done, but the output can't be written (%s)\n"),
		strerror(errno));
	clearerr(cli->out);
}

static bool import_csv(struct cli *cli, struct error *err)
{
	const char *path = given_word(cli, 0);
	bool dry_run = given_flag(cli, "dry-run");
	struct import_report report;
	size_t length = 0;
	char *bytes = NULL;

	if (!read_input(cli, path, CSV_LARGEST, &bytes, &length, err))
		return false;
	if (!registry_import(cli->session, bytes, length, dry_run, cli->arena, &report, err)) {
		print_faults(path, &report);
		return false;
	}
	if (cli->json)
		print_json(cli, &report, dry_run);
	else
		print_text(cli, &report, dry_run);
	if (!dry_run)
		flush_done(cli);
	return true;
}

/* The template is for who has no database yet, too. */
bool run_import_csv(struct cli *cli, struct error *err)
{
	if (given_flag(cli, "template") == (given_word(cli, 0) != NULL)
		|| (given_flag(cli, "template") && (given_flag(cli, "dry-run") || cli->json)))
		return error_set(err, ERROR_INVALID, _("give either FILE or --template"));
	if (!given_flag(cli, "template"))
		return run_with_session(cli, import_csv, err);
	registry_import_template(cli->out);
	return true;
}
