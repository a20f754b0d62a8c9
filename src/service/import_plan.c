/* What of the rows is new, what is there already, and what can't be: against each other and against
 * the database. */
#include "import_internal.h"

#include "kutsu/base/message.h"
#include "kutsu/store/slot_store.h"
#include "registry_internal.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Rows in another order than the file's. */
struct row_list {
	struct import_row **items;
	size_t count;
};

typedef int row_order(const void *a, const void *b);
typedef bool row_choice(const struct import_row *row);

static struct row_list sort_rows(const struct import *import, row_choice *choose, row_order *order)
{
	struct row_list list = { 0 };

	list.items = arena_new(import->arena, (import->row_count + 1) * sizeof(*list.items));
	for (size_t i = 0; i < import->row_count; i++) {
		if (choose(&import->rows[i]))
			list.items[list.count++] = &import->rows[i];
	}
	qsort(list.items, list.count, sizeof(*list.items), order);
	return list;
}

static const struct import_row *row_of(const void *item)
{
	return *(struct import_row *const *)item;
}

static int compare_numbers(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

static int compare_lines(const struct import_row *a, const struct import_row *b)
{
	return compare_numbers((int64_t)a->line, (int64_t)b->line);
}

static bool same_text(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "") == 0;
}

/* What can't be read was told already. */
static bool is_told(const struct import_row *row, enum sheet_column column)
{
	return row->cells[column] && !(row->wrong & 1u << column);
}

/* ---- Units. */

static bool has_code(const struct import_row *row)
{
	return row->unit.code != NULL;
}

static int by_code(const void *a, const void *b)
{
	int order = strcasecmp(row_of(a)->unit.code, row_of(b)->unit.code);

	return order ? order : compare_lines(row_of(a), row_of(b));
}

static int unit_by_code(const void *a, const void *b)
{
	return strcasecmp(((const struct unit *)a)->code, ((const struct unit *)b)->code);
}

static bool same_of_unit(enum sheet_column column, const struct unit *unit, const struct unit *as)
{
	switch (column) {
	case SHEET_NAME:
		return same_text(unit->name, as->name);
	case SHEET_SECTOR:
		return unit->sector == as->sector;
	case SHEET_AREA:
		return same_text(unit->area, as->area);
	case SHEET_MUNICIPALITY:
		return same_text(unit->municipality, as->municipality);
	case SHEET_SCHOOL_BASED:
		return unit->school_based == as->school_based;
	case SHEET_EMAIL:
		return same_text(unit->email, as->email);
	case SHEET_PHONE:
		return same_text(unit->phone, as->phone);
	default:
		return true;
	}
}

/* A later row of a unit says nothing of it, or the same as the first. */
static void check_later(
	struct import *import, struct import_row *row, const struct import_row *first)
{
	for (int i = SHEET_NAME; i <= SHEET_PHONE; i++) {
		enum sheet_column column = (enum sheet_column)i;

		if (is_told(row, column)
			&& !(first->cells[i] && same_of_unit(column, &row->unit, &first->unit))
			&& !(first->wrong & 1u << column))
			import_fault(import, row, 0,
				_("%s: it is another than in the unit's first row (line %zu); make "
				  "them agree"),
				sheet_heading(column), first->line);
	}
}

static void check_known_unit(
	struct import *import, struct import_row *row, const struct unit *known)
{
	if (!known->active)
		import_fault(
			import, row, 0, _("unit %s is retired; choose another code"), known->code);
	for (int i = SHEET_NAME; i <= SHEET_PHONE; i++) {
		enum sheet_column column = (enum sheet_column)i;

		if (is_told(row, column) && !same_of_unit(column, &row->unit, known))
			import_fault(import, row, 0,
				_("unit %s is there already with another %s; edit it with \"kutsu "
				  "unit edit\""),
				known->code, sheet_heading(column));
	}
}

static void check_new_unit(struct import *import, struct import_row *row)
{
	struct error wrong;

	for (int column = SHEET_NAME; column <= SHEET_SECTOR; column++) {
		if (!row->cells[column])
			import_fault(import, row, 0, _("%s: it is missing; fill it in"),
				sheet_heading((enum sheet_column)column));
	}
	if (!row->has_fault && !check_unit(&row->unit, &wrong))
		import_fault(import, row, 0, "%s", wrong.text);
	row->adds_unit = true;
}

/* The rows of one unit, by line. */
static void plan_unit(struct import *import, struct import_row **rows, size_t count,
	const struct unit_list *known)
{
	struct import_row *first = rows[0];
	const struct unit *found = known->count ? bsearch(&first->unit, known->items, known->count,
					   sizeof(*known->items), unit_by_code)
						: NULL;

	for (size_t i = 0; i < count; i++) {
		rows[i]->slot.unit = found ? found->code : first->unit.code;
		if (i > 0)
			check_later(import, rows[i], first);
	}
	if (found)
		check_known_unit(import, first, found);
	else
		check_new_unit(import, first);
	import->report->known_units += found != NULL;
}

static bool plan_units(struct import *import, struct error *err)
{
	struct row_list list = sort_rows(import, has_code, by_code);
	struct unit_list known;
	size_t end;

	if (!store_unit_list(import->session->store, UNITS_ALL, import->arena, &known, err))
		return false;
	if (known.count)
		qsort(known.items, known.count, sizeof(*known.items), unit_by_code);
	for (size_t at = 0; at < list.count; at = end) {
		for (end = at + 1; end < list.count; end++) {
			if (unit_by_code(&list.items[at]->unit, &list.items[end]->unit) != 0)
				break;
		}
		plan_unit(import, &list.items[at], end - at, &known);
	}
	return true;
}

/* ---- Holes. */

static bool has_hole(const struct import_row *row)
{
	return row->has_slot && row->unit.code;
}

/* What makes it this hole of this unit; the rest is told of it. */
static int compare_slots(const struct slot *a, const struct slot *b)
{
	int order = strcasecmp(a->unit, b->unit);

	order = order ? order : compare_numbers(a->weekday, b->weekday);
	order = order ? order : compare_numbers(a->start, b->start);
	order = order ? order : compare_numbers(a->end, b->end);
	order = order ? order : compare_numbers(a->repeat, b->repeat);
	return order ? order : compare_numbers(a->from_day, b->from_day);
}

static int slot_by_key(const void *a, const void *b)
{
	return compare_slots(a, b);
}

static int by_hole(const void *a, const void *b)
{
	int order = compare_slots(&row_of(a)->slot, &row_of(b)->slot);

	return order ? order : compare_lines(row_of(a), row_of(b));
}

/* The column in which they differ, or SHEET_COLUMNS. */
static enum sheet_column slot_difference(const struct slot *a, const struct slot *b)
{
	if (a->until_day != b->until_day)
		return SHEET_UNTIL;
	if (a->capacity != b->capacity)
		return SHEET_CAPACITY;
	if (!same_text(a->ready_person, b->ready_person))
		return SHEET_PERSON;
	if (!same_text(a->deputy, b->deputy))
		return SHEET_DEPUTY;
	return same_text(a->place, b->place) ? SHEET_COLUMNS : SHEET_PLACE;
}

/* `known` are from the first on that is not before the row's hole. */
static void plan_slot(
	struct import *import, struct import_row *row, const struct slot *known, size_t count)
{
	enum sheet_column difference = SHEET_COLUMNS;
	size_t i = 0;

	for (; i < count && compare_slots(&known[i], &row->slot) == 0; i++) {
		difference = slot_difference(&known[i], &row->slot);
		if (difference == SHEET_COLUMNS) {
			import->report->known_slots++;
			return;
		}
	}
	if (i > 0)
		import_fault(import, row, 0,
			_("unit %s has this hole already with another %s; end that one and give "
			  "this its first day"),
			row->slot.unit, sheet_heading(difference));
	row->adds_slot = true;
}

static bool plan_slots(struct import *import, struct error *err)
{
	struct row_list list = sort_rows(import, has_hole, by_hole);
	struct slot_list known;
	size_t at = 0;

	if (!store_slot_list(import->session->store, 0, import->arena, &known, err))
		return false;
	if (known.count)
		qsort(known.items, known.count, sizeof(*known.items), slot_by_key);
	for (size_t i = 0; i < list.count; i++) {
		struct import_row *row = list.items[i];

		if (i > 0 && compare_slots(&list.items[i - 1]->slot, &row->slot) == 0) {
			import_fault(import, row, 0,
				_("the same hole stands in line %zu; leave one of them"),
				list.items[i - 1]->line);
			continue;
		}
		while (at < known.count && compare_slots(&known.items[at], &row->slot) < 0)
			at++;
		plan_slot(import, row, &known.items[at], known.count - at);
	}
	return true;
}

/* ---- Contacts. */

static bool has_contact(const struct import_row *row)
{
	return is_told(row, SHEET_CONTACT) && row->unit.code;
}

static int by_contact(const void *a, const void *b)
{
	int order = strcmp(row_of(a)->cells[SHEET_CONTACT], row_of(b)->cells[SHEET_CONTACT]);

	order = order ? order : strcasecmp(row_of(a)->slot.unit, row_of(b)->slot.unit);
	return order ? order : compare_lines(row_of(a), row_of(b));
}

static int user_by_login(const void *a, const void *b)
{
	return strcmp(((const struct user *)a)->login, ((const struct user *)b)->login);
}

static struct import_row *first_with(
	struct import_row **rows, size_t count, enum sheet_column column)
{
	struct import_row *first = NULL;

	for (size_t i = 0; i < count; i++) {
		if (is_told(rows[i], column) && (!first || rows[i]->line < first->line))
			first = rows[i];
	}
	return first;
}

/* The title that the rows of one contact agree on, or NULL. */
static const char *check_title(
	struct import *import, struct import_row **rows, size_t count, const struct user *known)
{
	struct import_row *first = first_with(rows, count, SHEET_CONTACT_TITLE);
	const char *title = first ? first->cells[SHEET_CONTACT_TITLE] : NULL;

	for (size_t i = 0; i < count; i++) {
		if (is_told(rows[i], SHEET_CONTACT_TITLE)
			&& strcmp(rows[i]->cells[SHEET_CONTACT_TITLE], title) != 0)
			import_fault(import, rows[i], 0,
				_("%s: it is another than in line %zu; make them agree"),
				sheet_heading(SHEET_CONTACT_TITLE), first->line);
	}
	if (known && title && !same_text(title, known->title))
		import_fault(import, first, 0,
			_("%.40s is there already with another title; edit it with \"kutsu user "
			  "edit\""),
			known->login);
	return title;
}

static bool has_unit(const struct user *user, const char *code)
{
	for (size_t i = 0; user && i < user->unit_count; i++) {
		if (strcasecmp(user->units[i], code) == 0)
			return true;
	}
	return false;
}

/* The rows of one contact, by unit. */
static void plan_contact(struct import *import, struct import_row **rows, size_t count,
	const struct user_list *users)
{
	const struct user sought = { .login = rows[0]->cells[SHEET_CONTACT] };
	const struct user *known = users->count ? bsearch(&sought, users->items, users->count,
					   sizeof(sought), user_by_login)
						: NULL;
	struct import_row *first = first_with(rows, count, SHEET_CONTACT);
	const char **units = arena_new(import->arena, count * sizeof(*units));
	struct import_contact contact = { .login = sought.login, .units = units, .is_new = !known };

	contact.title = check_title(import, rows, count, known);
	if (known && !known->active)
		import_fault(import, first, 0,
			_("%.40s has retired; bring the account back with \"kutsu user edit "
			  "--active\""),
			known->login);
	for (size_t i = 0; i < count; i++) {
		const char *code = rows[i]->slot.unit;

		if ((i == 0 || strcasecmp(code, rows[i - 1]->slot.unit) != 0)
			&& !has_unit(known, code))
			units[contact.unit_count++] = code;
	}
	if (contact.unit_count == 0) {
		import->report->known_contacts++;
		return;
	}
	first->adds_contact = arena_new(import->arena, sizeof(contact));
	*first->adds_contact = contact;
}

static bool plan_contacts(struct import *import, struct error *err)
{
	struct row_list list = sort_rows(import, has_contact, by_contact);
	struct user_list users;
	size_t end;

	if (!store_user_list(import->session->store, import->arena, &users, err))
		return false;
	for (size_t at = 0; at < list.count; at = end) {
		const char *login = list.items[at]->cells[SHEET_CONTACT];

		for (end = at + 1; end < list.count; end++) {
			if (strcmp(login, list.items[end]->cells[SHEET_CONTACT]) != 0)
				break;
		}
		plan_contact(import, &list.items[at], end - at, &users);
	}
	return true;
}

/* ---- All of it. */

bool import_plan(struct import *import, struct error *err)
{
	return plan_units(import, err) && plan_slots(import, err) && plan_contacts(import, err);
}
