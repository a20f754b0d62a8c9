#include "kutsu/format/pseudonym.h"

#include "kutsu/base/arena.h"
#include "kutsu/base/date.h"
#include "kutsu/base/digest.h"
#include "kutsu/base/memory.h"
#include "kutsu/base/message.h"
#include "kutsu/domain/suppression.h"
#include "kutsu/format/csv_writer.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define PSEUDONYM_BYTES                                                                            \
	12 /* of a hash: two of a million things are the same by less than 1e-16                   \
	    */
#define MOST_COLUMNS 10
#define MOST_WEEKS   26 /* by which a case is shifted */

/* ---- What becomes of each column. */

enum rule {
	RULE_CASE,    /* a hash of the case's code */
	RULE_CALL,    /* of a number */
	RULE_MEETING, /* of a number */
	RULE_ACTION,  /* of a number */
	RULE_KEPT,    /* as it is: a word of a short list, yes or no */
	RULE_DATE,
	RULE_COUNT, /* of a list: a unit tells of the area where the municipality is hidden */
	RULE_AGE,   /* of the birth year, at the case's opening; small groups hidden */
	RULE_GROUP  /* kept where it is no small group; of a list each item by itself */
};

struct column {
	const char *key;
	enum rule rule;
	const char *meaning; /* source text */
};

static const struct column columns[PSEUDONYM_TABLES][MOST_COLUMNS] = {
	[PSEUDONYM_CALLS] = {
		{ "id", RULE_CALL, N_("the call") },
		{ "case", RULE_CASE, N_("the case it belongs to") },
		{ "received", RULE_DATE, N_("when it came") },
		{ "from", RULE_GROUP, N_("who called") },
		{ "outcome", RULE_KEPT, N_("what came of it") },
	},
	[PSEUDONYM_CASES] = {
		{ "code", RULE_CASE, N_("the case") },
		{ "opened", RULE_DATE, N_("when it was opened") },
		{ "status", RULE_KEPT, N_("open or closed") },
		{ "birth_year", RULE_AGE, N_("the child's age when the case was opened") },
		{ "municipality", RULE_GROUP, N_("the family's municipality") },
		{ "closed", RULE_DATE, N_("when it was closed") },
		{ "language", RULE_GROUP, N_("the family's language") },
		{ "interpreter", RULE_GROUP, N_("the language of the interpreter") },
	},
	[PSEUDONYM_MEETINGS] = {
		{ "id", RULE_MEETING, N_("the meeting") },
		{ "case", RULE_CASE, N_("the case it belongs to") },
		{ "kind", RULE_KEPT, N_("invited network meeting or follow-up meeting") },
		{ "start", RULE_DATE, N_("when it was") },
		{ "status", RULE_KEPT, N_("booked, recorded or cancelled") },
		{ "units", RULE_COUNT, N_("how many units were invited") },
	},
	[PSEUDONYM_ACTIONS] = {
		{ "id", RULE_ACTION, N_("the agreed action") },
		{ "meeting", RULE_MEETING, N_("the meeting at which it was agreed") },
		{ "case", RULE_CASE, N_("the case it belongs to") },
		{ "where", RULE_GROUP, N_("the growth environment it is in") },
		{ "due", RULE_DATE, N_("by when it was to be done") },
		{ "done", RULE_KEPT, N_("whether it was done") },
	},
};

/* From this age on, until the next one's. */
static const struct {
	int from;
	const char *name;
} age_groups[] = { { 18, "18+" }, { 13, "13-17" }, { 7, "7-12" }, { 3, "3-6" }, { 0, "0-2" } };

static const char *key_of(const struct column *column)
{
	return column->rule == RULE_AGE ? "age_group" : column->key;
}

static size_t count_columns(enum pseudonym_table table)
{
	size_t count = 0;

	while (count < MOST_COLUMNS && columns[table][count].key)
		count++;
	return count;
}

/* ---- The rows. */

struct kept_row {
	const char *order;    /* its own pseudonym */
	const char *who;      /* its case's, or its own where it has none */
	struct value *values; /* of each column */
};

struct pseudonym_set {
	enum pseudonym_table table;
	enum pseudonym_dates dates;
	unsigned char key[DIGEST_SIZE];
	struct arena arena;
	struct arena passing; /* what is needed for one row only */
	struct kept_row *rows;
	size_t count, capacity;
};

struct pseudonym_set *pseudonym_set_new(
	enum pseudonym_table table, enum pseudonym_dates dates, const char *key, size_t length)
{
	struct pseudonym_set *set = memory_new(sizeof(*set));

	assert(length >= PSEUDONYM_KEY_LEAST);
	set->table = table;
	set->dates = dates;
	digest_blake2b(key, length, set->key);
	return set;
}

void pseudonym_set_free(struct pseudonym_set *set)
{
	if (!set)
		return;
	arena_release(&set->arena);
	arena_release(&set->passing);
	free(set->rows);
	memset(set, 0, sizeof(*set));
	free(set);
}

/* The domain keeps call 12 and meeting 12 apart. */
static void hash(struct pseudonym_set *set, const char *domain, const char *text,
	unsigned char digest[DIGEST_SIZE])
{
	const char *all = arena_printf(&set->passing, "%s %s", domain, text);

	digest_blake2b_keyed(set->key, all, strlen(all), digest);
}

static const char *pseudonym(struct pseudonym_set *set, const char *domain, const char *text)
{
	unsigned char digest[DIGEST_SIZE];
	char hex[DIGEST_HEX_SIZE];

	hash(set, domain, text, digest);
	digest_hex(digest, hex);
	hex[2 * PSEUDONYM_BYTES] = '\0';
	return arena_text(&set->arena, hex);
}

static const struct value *find(const struct row *row, const char *key)
{
	for (size_t i = 0; i < row->count; i++) {
		if (strcmp(row->values[i].key, key) == 0)
			return &row->values[i];
	}
	return NULL;
}

/* A number or a code as text; NULL: there is none. */
static const char *name_of(struct pseudonym_set *set, const struct value *value)
{
	if (!value || value->kind == VALUE_NULL)
		return NULL;
	if (value->kind == VALUE_INTEGER)
		return arena_printf(&set->passing, "%" PRId64, value->integer);
	return value->text;
}

static const char *domain_of(enum rule rule)
{
	switch (rule) {
	case RULE_CASE:
		return "case";
	case RULE_CALL:
		return "call";
	case RULE_MEETING:
		return "meeting";
	case RULE_ACTION:
		return "action";
	default:
		return NULL;
	}
}

/* The plain name of whose dates move together: the case, or a call without one. */
static const char *case_of(struct pseudonym_set *set, const struct row *row, const char **domain)
{
	const struct column *table = columns[set->table];

	for (size_t i = 0; i < count_columns(set->table); i++) {
		const char *name =
			table[i].rule == RULE_CASE ? name_of(set, find(row, table[i].key)) : NULL;

		*domain = domain_of(RULE_CASE);
		if (name)
			return name;
	}
	*domain = domain_of(table[0].rule);
	return name_of(set, find(row, table[0].key));
}

static int weeks_of(struct pseudonym_set *set, const struct row *row)
{
	unsigned char digest[DIGEST_SIZE];
	const char *domain, *name = case_of(set, row, &domain);
	uint64_t number = 0;
	int weeks;

	hash(set, "shift", arena_printf(&set->passing, "%s %s", domain, name), digest);
	for (size_t i = 0; i < sizeof(number); i++)
		number = number << 8 | digest[i];
	weeks = (int)(number % (2 * MOST_WEEKS)) - MOST_WEEKS;
	return weeks < 0 ? weeks : weeks + 1;
}

static void add_date(struct pseudonym_set *set, const struct row *from, const struct value *value,
	struct row *to, const char *key)
{
	struct iso_week week = day_iso_week(value->day);

	if (value->kind != VALUE_DAY && value->kind != VALUE_WALL)
		row_add_null(to, key);
	else if (set->dates == PSEUDONYM_SHIFTED)
		row_add_day(to, key, value->day + 7 * weeks_of(set, from));
	else
		row_add_text(
			to, key, arena_printf(&set->arena, "%04d-W%02d", week.year, week.week));
}

static void add_age(
	const struct row *from, const struct value *born, struct row *to, const char *key)
{
	const struct value *opened = find(from, "opened");
	int age = -1;

	if (born->kind == VALUE_INTEGER && opened && opened->kind == VALUE_WALL)
		age = day_to_civil(opened->day).year - (int)born->integer;
	for (size_t i = 0; i < sizeof(age_groups) / sizeof(age_groups[0]); i++) {
		if (age >= age_groups[i].from) {
			row_add_text(to, key, age_groups[i].name);
			return;
		}
	}
	row_add_null(to, key);
}

/* The value itself, its texts in the arena. */
static void add_copy(const struct value *value, struct row *to, const char *key)
{
	const char **list;

	switch (value->kind) {
	case VALUE_BOOLEAN:
		row_add_boolean(to, key, value->integer != 0);
		break;
	case VALUE_TEXT:
		row_add_text(to, key, arena_text(to->arena, value->text));
		break;
	case VALUE_LIST:
		list = arena_new(to->arena, (value->count + 1) * sizeof(*list));
		for (size_t i = 0; i < value->count; i++)
			list[i] = arena_text(to->arena, value->list[i]);
		row_add_list(to, key, list, value->count);
		break;
	default:
		row_add_null(to, key);
	}
}

static void add_column(struct pseudonym_set *set, const struct column *column,
	const struct row *from, struct row *to)
{
	const struct value *value = find(from, column->key);
	const char *key = key_of(column), *name;

	assert(value);
	switch (column->rule) {
	case RULE_CASE:
	case RULE_CALL:
	case RULE_MEETING:
	case RULE_ACTION:
		name = name_of(set, value);
		row_add_text(to, key, name ? pseudonym(set, domain_of(column->rule), name) : NULL);
		break;
	case RULE_DATE:
		add_date(set, from, value, to, key);
		break;
	case RULE_AGE:
		add_age(from, value, to, key);
		break;
	case RULE_COUNT:
		row_add_integer(to, key, (int64_t)value->count);
		break;
	case RULE_KEPT:
	case RULE_GROUP:
		add_copy(value, to, key);
		break;
	}
}

void pseudonym_set_add(struct pseudonym_set *set, const struct row *row)
{
	const char *domain, *name = case_of(set, row, &domain);
	struct kept_row *kept;
	struct row made;

	set->rows = memory_grow(set->rows, set->count, &set->capacity, sizeof(*set->rows));
	kept = &set->rows[set->count++];
	row_init(&made, &set->arena);
	for (size_t i = 0; i < count_columns(set->table); i++)
		add_column(set, &columns[set->table][i], row, &made);
	kept->order = made.values[0].text;
	kept->who = pseudonym(set, domain, name);
	kept->values = arena_new(&set->arena, made.count * sizeof(*made.values));
	memcpy(kept->values, made.values, made.count * sizeof(*made.values));
	arena_reset(&set->passing);
}

/* ---- Small groups. */

/* A value that a case has. */
struct mark {
	const char *text; /* NULL: none */
	const char *who;
};

struct group {
	const char *text;
	int cases;
	bool is_hidden;
};

struct groups {
	struct group *items; /* the rarest first; none for those without a value */
	size_t count;
	int without; /* cases */
};

static int compare_texts(const char *a, const char *b)
{
	if (!a || !b)
		return (a != NULL) - (b != NULL);
	return strcmp(a, b);
}

static int compare_marks(const void *a, const void *b)
{
	const struct mark *one = a, *other = b;
	int order = compare_texts(one->text, other->text);

	return order ? order : strcmp(one->who, other->who);
}

static int compare_groups(const void *a, const void *b)
{
	const struct group *one = a, *other = b;

	if (one->cases != other->cases)
		return one->cases < other->cases ? -1 : 1;
	return strcmp(one->text, other->text);
}

/* Writes one mark for each value of each row, or only counts them. */
static size_t put_marks(const struct pseudonym_set *set, size_t column, struct mark *marks)
{
	size_t count = 0;

	for (size_t i = 0; i < set->count; i++) {
		const struct value *value = &set->rows[i].values[column];
		bool is_list = value->kind == VALUE_LIST;

		for (size_t j = 0; j < (is_list ? value->count : 1); j++) {
			if (marks)
				marks[count] =
					(struct mark) { is_list ? value->list[j] : value->text,
						set->rows[i].who };
			count++;
		}
	}
	return count;
}

/* How many cases have each value. free() its items */
static struct groups count_groups(const struct pseudonym_set *set, size_t column)
{
	size_t count = put_marks(set, column, NULL);
	struct mark *marks = memory_new((count + 1) * sizeof(*marks));
	struct groups groups = { .items = memory_new((count + 1) * sizeof(*groups.items)) };

	put_marks(set, column, marks);
	qsort(marks, count, sizeof(*marks), compare_marks);
	for (size_t i = 0; i < count; i++) {
		bool is_new = i == 0 || compare_texts(marks[i].text, marks[i - 1].text) != 0;

		if (!is_new && strcmp(marks[i].who, marks[i - 1].who) == 0)
			continue;
		if (!marks[i].text) {
			groups.without++;
			continue;
		}
		if (is_new)
			groups.items[groups.count++].text = marks[i].text;
		groups.items[groups.count - 1].cases++;
	}
	free(marks);
	qsort(groups.items, groups.count, sizeof(*groups.items), compare_groups);
	return groups;
}

/* Those without a value are a group themselves: where they are few, who they are could be told from
 * what is left. What a list lacks is not to be seen in it. */
static void choose_hidden(struct groups *groups, bool is_list)
{
	for (size_t i = 0; i < groups->count; i++) {
		struct group *group = &groups->items[i];

		if (group->cases >= CELL_LEAST && !cell_is_small(groups->without))
			break;
		group->is_hidden = true;
		groups->without += is_list ? 0 : group->cases;
	}
}

static bool is_hidden(const struct groups *groups, const char *text)
{
	for (size_t i = 0; text && i < groups->count && groups->items[i].is_hidden; i++) {
		if (strcmp(groups->items[i].text, text) == 0)
			return true;
	}
	return false;
}

static void hide_in(struct pseudonym_set *set, const struct groups *groups, struct value *value)
{
	const char **list;
	size_t kept = 0;

	if (value->kind == VALUE_TEXT && is_hidden(groups, value->text))
		*value = (struct value) { .key = value->key };
	if (value->kind != VALUE_LIST)
		return;
	list = arena_new(&set->arena, (value->count + 1) * sizeof(*list));
	for (size_t i = 0; i < value->count; i++) {
		if (!is_hidden(groups, value->list[i]))
			list[kept++] = value->list[i];
	}
	value->list = list;
	value->count = kept;
}

static void hide_small_groups(struct pseudonym_set *set, size_t column)
{
	struct groups groups = count_groups(set, column);

	choose_hidden(&groups, set->count && set->rows[0].values[column].kind == VALUE_LIST);
	for (size_t i = 0; i < set->count; i++)
		hide_in(set, &groups, &set->rows[i].values[column]);
	free(groups.items);
}

static int compare_rows(const void *a, const void *b)
{
	const struct kept_row *one = a, *other = b;

	return strcmp(one->order, other->order);
}

size_t pseudonym_set_end(struct pseudonym_set *set)
{
	for (size_t i = 0; i < count_columns(set->table); i++) {
		enum rule rule = columns[set->table][i].rule;

		if (rule == RULE_GROUP || rule == RULE_AGE)
			hide_small_groups(set, i);
	}
	if (set->count)
		qsort(set->rows, set->count, sizeof(*set->rows), compare_rows);
	return set->count;
}

void pseudonym_set_get(const struct pseudonym_set *set, size_t i, struct row *row)
{
	row->count = count_columns(set->table);
	memcpy(row->values, set->rows[i].values, row->count * sizeof(*row->values));
}

/* ---- What is told of them. */

void pseudonym_header(enum pseudonym_table table, struct row *row)
{
	for (size_t i = 0; i < count_columns(table); i++)
		row_add_null(row, key_of(&columns[table][i]));
}

static const char *type_of(const struct column *column, enum pseudonym_dates dates)
{
	switch (column->rule) {
	case RULE_DATE:
		return dates == PSEUDONYM_SHIFTED ? _("date") : _("ISO week");
	case RULE_KEPT:
		return strcmp(column->key, "done") == 0 ? _("true or false") : _("word");
	case RULE_AGE:
		return _("years, from-to");
	case RULE_COUNT:
		return _("number");
	case RULE_GROUP:
		return _("word");
	default:
		return _("24 hexadecimal digits");
	}
}

static const char *making_of(const struct column *column, enum pseudonym_dates dates)
{
	switch (column->rule) {
	case RULE_DATE:
		return dates == PSEUDONYM_SHIFTED
			       ? _("all days of one case are moved by the same 1 to 26 weeks, "
				   "forward or back; the time of day is left out")
			       : _("the week in which it was; day and time are left out");
	case RULE_KEPT:
		return _("as it is");
	case RULE_COUNT:
		return _("how many there were: which they were would tell of the area");
	case RULE_AGE:
		return _("the year of opening less the year of birth; empty where fewer than five "
			 "cases are of the group");
	case RULE_GROUP:
		return _("as it is; empty where fewer than five cases have it, or where those "
			 "without it would be as few");
	default:
		return _("keyed hash (BLAKE2b), the same in all tables written with the same key");
	}
}

void pseudonym_write_dictionary(FILE *file, enum pseudonym_table table, enum pseudonym_dates dates)
{
	struct arena arena = { 0 };
	struct row row;

	row_init(&row, &arena);
	for (size_t i = 0; i < count_columns(table); i++) {
		const struct column *column = &columns[table][i];

		row_init(&row, &arena);
		row_add_text(&row, "column", key_of(column));
		row_add_text(&row, "type", type_of(column, dates));
		row_add_text(&row, "meaning", _(column->meaning));
		row_add_text(&row, "made", making_of(column, dates));
		if (i == 0)
			csv_header(file, &row);
		csv_row(file, &row);
	}
	arena_release(&arena);
}
