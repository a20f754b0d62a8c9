#include "kutsu/service/registry_import.h"

#include "import_internal.h"
#include "kutsu/base/message.h"
#include "registry_internal.h"

#include <stdlib.h>

/* In the order of the sheet. */
static void fill_report(struct import *import)
{
	struct import_report *report = import->report;
	size_t most = import->row_count + 1;

	report->units.items = arena_new(import->arena, most * sizeof(*report->units.items));
	report->slots.items = arena_new(import->arena, most * sizeof(*report->slots.items));
	report->contacts = arena_new(import->arena, most * sizeof(*report->contacts));
	for (size_t i = 0; i < import->row_count; i++) {
		const struct import_row *row = &import->rows[i];

		if (row->adds_unit)
			report->units.items[report->units.count++] = row->unit;
		if (row->adds_slot)
			report->slots.items[report->slots.count++] = row->slot;
		if (row->adds_contact)
			report->contacts[report->contact_count++] = *row->adds_contact;
	}
}

static int by_line(const void *a, const void *b)
{
	const struct import_fault *const *one = a, *const *other = b;

	if ((*one)->line != (*other)->line)
		return (*one)->line > (*other)->line ? 1 : -1;
	return *one > *other ? 1 : -1; /* as they were found */
}

static void sort_faults(struct import *import)
{
	struct import_report *report = import->report;
	size_t count = report->fault_count;
	struct import_fault **order = arena_new(import->arena, (count + 1) * sizeof(*order)),
			    *sorted = arena_new(import->arena, (count + 1) * sizeof(*sorted));

	for (size_t i = 0; i < count; i++)
		order[i] = &report->faults[i];
	qsort(order, count, sizeof(*order), by_line);
	for (size_t i = 0; i < count; i++)
		sorted[i] = *order[i];
	report->faults = sorted;
}

static bool plan(struct import *import, const char *bytes, size_t length, struct error *err)
{
	import_read(import, bytes, length);
	if (!import_plan(import, err))
		return false;
	if (import->report->fault_count == 0) {
		fill_report(import);
		return true;
	}
	sort_faults(import);
	return error_set(err, ERROR_FAILED,
		P_("%zu fault was found and nothing taken; correct it and import again",
			"%zu faults were found and nothing taken; correct them and import again",
			(long)import->report->fault_count),
		import->report->fault_count);
}

/* Who is there already keeps what they are. */
static bool give_units(struct use *use, const struct import_contact *contact, struct arena *arena,
	struct error *err)
{
	struct account account = { .login = contact->login };
	const char **units;
	struct user user;

	if (!store_user_get(use->session->store, contact->login, arena, &user, err))
		return false;
	units = arena_new(arena, (user.unit_count + contact->unit_count) * sizeof(*units));
	for (size_t i = 0; i < user.unit_count; i++)
		units[account.unit_count++] = user.units[i];
	for (size_t i = 0; i < contact->unit_count; i++)
		units[account.unit_count++] = contact->units[i];
	account.roles = user.roles | 1u << ROLE_CONTACT;
	account.units = units;
	return edit_account(use, &account, err);
}

static bool add_contact(struct use *use, const struct import_contact *contact, struct arena *arena,
	struct error *err)
{
	struct account account = { .login = contact->login,
		.title = contact->title,
		.roles = 1u << ROLE_CONTACT,
		.units = contact->units,
		.unit_count = contact->unit_count };

	return contact->is_new ? add_account(use, &account, err)
			       : give_units(use, contact, arena, err);
}

static bool apply(
	struct use *use, struct import_report *report, struct arena *arena, struct error *err)
{
	for (size_t i = 0; i < report->units.count; i++) {
		if (!add_unit(use, &report->units.items[i], err))
			return false;
	}
	for (size_t i = 0; i < report->slots.count; i++) {
		if (!add_slot(use, &report->slots.items[i], err))
			return false;
	}
	for (size_t i = 0; i < report->contact_count; i++) {
		if (!add_contact(use, &report->contacts[i], arena, err))
			return false;
	}
	return use_log(use, 0,
		arena_printf(arena, "%zu units, %zu holes, %zu contacts", report->units.count,
			report->slots.count, report->contact_count),
		err);
}

/* What did not happen is not told. */
static bool end_report(struct import_report *report, bool ok)
{
	if (!ok)
		*report = (struct import_report) { .faults = report->faults,
			.fault_count = report->fault_count };
	return ok;
}

bool registry_import(struct session *session, const char *bytes, size_t length, bool dry_run,
	struct arena *arena, struct import_report *report, struct error *err)
{
	struct import import = { .session = session, .arena = arena, .report = report };
	struct use use;

	*report = (struct import_report) { 0 };
	if (dry_run)
		return end_report(report, use_check(session, USE_IMPORT_REGISTRY, NULL, err)
						  && plan(&import, bytes, length, err));
	if (!use_begin(&use, session, USE_IMPORT_REGISTRY, NULL, err))
		return false;
	return end_report(report,
		use_end(&use, plan(&import, bytes, length, err) && apply(&use, report, arena, err),
			err));
}
