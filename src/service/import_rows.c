/* From a file to rows, and from cells to what they mean. */
#include "import_internal.h"

#include "kutsu/base/date.h"
#include "kutsu/base/message.h"
#include "kutsu/base/utf8.h"
#include "kutsu/domain/field.h"
#include "kutsu/format/csv_reader.h"
#include "registry_internal.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#define NO_COLUMN SHEET_COLUMNS

void import_fault(
	struct import *import, struct import_row *row, size_t line, const char *format, ...)
{
	struct import_report *report = import->report;
	char text[sizeof(((struct error *)NULL)->text)];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	utf8_clean(text);
	report->faults = arena_append(
		import->arena, report->faults, &report->fault_count, sizeof(*report->faults));
	report->faults[report->fault_count - 1] =
		(struct import_fault) { .line = row ? row->line : line,
			.text = arena_text(import->arena, text) };
	if (row)
		row->has_fault = true;
}

static void fault_of(struct import *import, struct import_row *row, const struct error *wrong)
{
	import_fault(import, row, 0, "%s", wrong->text);
}

static void fault_missing(struct import *import, struct import_row *row, enum sheet_column column)
{
	import_fault(import, row, 0, _("%s: it is missing; fill it in"), sheet_heading(column));
}

/* ---- The header. */

/* Blanks, of which Excel has its own, and line breaks: how many bytes. */
static size_t blank_length(const char *text)
{
	if (*text && strchr(" \t\r\n", *text))
		return 1;
	return strncmp(text, "\xC2\xA0", 2) == 0 ? 2 : 0;
}

/* One line without blanks around it, or NULL where nothing is left. */
static const char *clean(struct arena *arena, const char *field)
{
	char *cell = arena_text(arena, field), *to = cell;
	bool blank = false;

	while (*field) {
		size_t length = blank_length(field);

		if (length) {
			blank = true;
			field += length;
			continue;
		}
		if (blank && to > cell)
			*to++ = ' ';
		blank = false;
		*to++ = *field++;
	}
	*to = '\0';
	return *cell ? cell : NULL;
}

/* Which column stands where. */
struct header {
	size_t line, count;
	enum sheet_column columns[CSV_MOST_FIELDS];
	bool has[SHEET_COLUMNS + 1];
};

static void read_heading(struct import *import, struct header *header, const char *field)
{
	const char *heading = clean(import->arena, field);
	enum sheet_column column = NO_COLUMN;

	if (heading && !sheet_column_parse(heading, &column))
		import_fault(import, NULL, header->line,
			_("there is no column \"%.40s\"; take it out, or see \"kutsu import csv "
			  "--template\""),
			heading);
	if (column != NO_COLUMN && header->has[column])
		import_fault(import, NULL, header->line,
			_("the column \"%.40s\" stands there twice; leave one of them"), heading);
	header->has[column] = true;
	header->columns[header->count++] = column;
}

static bool is_of_hole(enum sheet_column column)
{
	return column >= SHEET_WEEKDAY && column <= SHEET_PLACE;
}

static bool has_holes(const struct header *header)
{
	for (int column = SHEET_WEEKDAY; column <= SHEET_PLACE; column++) {
		if (header->has[column])
			return true;
	}
	return false;
}

static void check_columns(struct import *import, const struct header *header)
{
	static const enum sheet_column needed[] = { SHEET_UNIT, SHEET_NAME, SHEET_SECTOR,
		SHEET_WEEKDAY, SHEET_START, SHEET_END };
	bool holes = has_holes(header);

	for (size_t i = 0; i < sizeof(needed) / sizeof(needed[0]); i++) {
		if (!header->has[needed[i]] && (holes || !is_of_hole(needed[i])))
			import_fault(import, NULL, header->line,
				_("the column \"%s\" is missing; add it"),
				sheet_heading(needed[i]));
	}
}

/* Without a sound header the rows can't be read. */
static bool read_header(struct import *import, const struct csv_row *row, struct header *header)
{
	*header = (struct header) { .line = row->line };
	if (row->fault) {
		import_fault(import, NULL, row->line, "%s", row->fault);
		return false;
	}
	for (size_t i = 0; i < row->count; i++)
		read_heading(import, header, row->fields[i]);
	check_columns(import, header);
	return import->report->fault_count == 0;
}

/* ---- Cells. */

static void read_text(
	struct import *import, struct import_row *row, enum sheet_column column, const char **to)
{
	struct error wrong;

	if (field_check(sheet_heading(column), row->cells[column], FIELD_SHORT, &wrong))
		*to = row->cells[column];
	else
		fault_of(import, row, &wrong);
}

static void read_code(struct import *import, struct import_row *row)
{
	struct error wrong;

	if (check_unit_code(row->cells[SHEET_UNIT], &wrong))
		row->unit.code = row->slot.unit = row->cells[SHEET_UNIT];
	else
		fault_of(import, row, &wrong);
}

static void read_sector(struct import *import, struct import_row *row)
{
	const char *text = row->cells[SHEET_SECTOR], *codes[SECTORS];
	int sector = 0;

	for (int i = 0; i < SECTORS; i++)
		codes[i] = term_code(&sector_terms, i);
	if (!term_parse(&sector_terms, text, &sector))
		import_fault(import, row, 0, _("%s: \"%.40s\" is none of these: %s"),
			sheet_heading(SHEET_SECTOR), text,
			arena_join(import->arena, codes, SECTORS, ", "));
	row->unit.sector = (enum sector)sector;
}

static void read_repeat(struct import *import, struct import_row *row)
{
	const char *text = row->cells[SHEET_REPEAT], *labels[REPEATS];

	for (int i = 0; i < REPEATS; i++)
		labels[i] = term_label(&repeat_terms, i);
	if (!sheet_repeat_parse(text, &row->slot.repeat))
		import_fault(import, row, 0, _("%s: \"%.40s\" is none of these: %s"),
			sheet_heading(SHEET_REPEAT), text,
			arena_join(import->arena, labels, REPEATS, ", "));
}

static void read_minute(
	struct import *import, struct import_row *row, enum sheet_column column, int *minute)
{
	if (!sheet_minute_parse(row->cells[column], minute))
		import_fault(import, row, 0, _("%s: \"%.40s\" is no time; write it as in 13:00"),
			sheet_heading(column), row->cells[column]);
}

static void read_day(
	struct import *import, struct import_row *row, enum sheet_column column, int *day)
{
	if (!day_parse(row->cells[column], session_today(import->session), day))
		import_fault(import, row, 0,
			_("%s: \"%.40s\" is no date; write it as in 24.11.2026"),
			sheet_heading(column), row->cells[column]);
}

static void read_capacity(struct import *import, struct import_row *row)
{
	const char *text = row->cells[SHEET_CAPACITY];
	size_t digits = strspn(text, "0123456789");
	int capacity = digits <= 3 && text[digits] == '\0' ? atoi(text) : 0;

	if (capacity < 1 || capacity > CAPACITY_MOST)
		import_fault(import, row, 0, _("%s: \"%.40s\" is no number from 1 to %d"),
			sheet_heading(SHEET_CAPACITY), text, CAPACITY_MOST);
	row->slot.capacity = capacity;
}

static void read_weekday(struct import *import, struct import_row *row)
{
	const char *text = row->cells[SHEET_WEEKDAY];

	if (!sheet_weekday_parse(text, &row->slot.weekday))
		import_fault(import, row, 0,
			_("%s: \"%.40s\" is no weekday; write 1 to 7 or Mon to Sun"),
			sheet_heading(SHEET_WEEKDAY), text);
}

static void read_school_based(struct import *import, struct import_row *row)
{
	const char *text = row->cells[SHEET_SCHOOL_BASED];

	if (!sheet_yes_parse(text, &row->unit.school_based))
		import_fault(import, row, 0, _("%s: \"%.40s\" is neither yes nor no"),
			sheet_heading(SHEET_SCHOOL_BASED), text);
}

static void read_login(struct import *import, struct import_row *row)
{
	struct error wrong;

	if (!user_login_check(row->cells[SHEET_CONTACT], &wrong))
		fault_of(import, row, &wrong);
}

static void read_cell(struct import *import, struct import_row *row, enum sheet_column column)
{
	const char *title;

	switch (column) {
	case SHEET_UNIT:
		read_code(import, row);
		break;
	case SHEET_NAME:
		read_text(import, row, column, &row->unit.name);
		break;
	case SHEET_SECTOR:
		read_sector(import, row);
		break;
	case SHEET_AREA:
		read_text(import, row, column, &row->unit.area);
		break;
	case SHEET_MUNICIPALITY:
		read_text(import, row, column, &row->unit.municipality);
		break;
	case SHEET_SCHOOL_BASED:
		read_school_based(import, row);
		break;
	case SHEET_EMAIL:
		read_text(import, row, column, &row->unit.email);
		break;
	case SHEET_PHONE:
		read_text(import, row, column, &row->unit.phone);
		break;
	case SHEET_WEEKDAY:
		read_weekday(import, row);
		break;
	case SHEET_START:
		read_minute(import, row, column, &row->slot.start);
		break;
	case SHEET_END:
		read_minute(import, row, column, &row->slot.end);
		break;
	case SHEET_REPEAT:
		read_repeat(import, row);
		break;
	case SHEET_FROM:
		read_day(import, row, column, &row->slot.from_day);
		break;
	case SHEET_UNTIL:
		read_day(import, row, column, &row->slot.until_day);
		break;
	case SHEET_CAPACITY:
		read_capacity(import, row);
		break;
	case SHEET_PERSON:
		read_text(import, row, column, &row->slot.ready_person);
		break;
	case SHEET_DEPUTY:
		read_text(import, row, column, &row->slot.deputy);
		break;
	case SHEET_PLACE:
		read_text(import, row, column, &row->slot.place);
		break;
	case SHEET_CONTACT:
		read_login(import, row);
		break;
	case SHEET_CONTACT_TITLE:
		read_text(import, row, column, &title);
		break;
	default:
		break;
	}
}

/* ---- Rows. */

/* A hole has its weekday, start and end; without all three there is none to tell more of. */
static void check_hole(struct import *import, struct import_row *row)
{
	struct error wrong;

	for (int column = SHEET_WEEKDAY; column <= SHEET_END; column++)
		row->has_slot = row->has_slot || row->cells[column];
	for (int column = SHEET_WEEKDAY; row->has_slot && column <= SHEET_END; column++) {
		if (!row->cells[column])
			fault_missing(import, row, (enum sheet_column)column);
	}
	for (int column = SHEET_REPEAT; !row->has_slot && column <= SHEET_PLACE; column++) {
		if (row->cells[column])
			import_fault(import, row, 0,
				_("%s: the row has no hole; give its weekday, start and end"),
				sheet_heading((enum sheet_column)column));
	}
	if (row->has_slot && !row->has_fault && !slot_check(&row->slot, &wrong))
		fault_of(import, row, &wrong);
	row->has_slot = row->has_slot && !row->has_fault;
}

static void check_row(struct import *import, struct import_row *row)
{
	if (!row->cells[SHEET_UNIT])
		fault_missing(import, row, SHEET_UNIT);
	check_hole(import, row);
	if (row->cells[SHEET_CONTACT_TITLE] && !row->cells[SHEET_CONTACT])
		fault_missing(import, row, SHEET_CONTACT);
}

static void read_row(struct import *import, const struct header *header, const struct csv_row *from,
	struct import_row *row)
{
	*row = (struct import_row) { .line = from->line,
		.unit = { .active = true },
		.slot = { .from_day = DAY_FIRST, .until_day = DAY_LAST, .capacity = 1 } };
	if (from->fault) {
		import_fault(import, row, 0, "%s", from->fault);
		return;
	}
	for (size_t i = 0; i < from->count; i++) {
		enum sheet_column column = i < header->count ? header->columns[i] : NO_COLUMN;
		const char *cell = clean(import->arena, from->fields[i]);
		size_t faults;

		if (column != NO_COLUMN)
			row->cells[column] = cell;
		else if (cell)
			import_fault(import, row, 0,
				_("\"%.40s\" stands under no heading; take it out"), cell);
		faults = import->report->fault_count;
		if (column != NO_COLUMN && cell)
			read_cell(import, row, column);
		if (column != NO_COLUMN && import->report->fault_count > faults)
			row->wrong |= 1u << column;
	}
	check_row(import, row);
}

void import_read(struct import *import, const char *bytes, size_t length)
{
	struct csv_table table;
	struct header header;
	struct error wrong;

	if (!csv_read(bytes, length, import->arena, &table, &wrong)) {
		import_fault(import, NULL, table.line, "%s", wrong.text);
		return;
	}
	if (table.count == 0) {
		import_fault(import, NULL, 0,
			_("the file is empty; see \"kutsu import csv --template\""));
		return;
	}
	if (!read_header(import, &table.rows[0], &header))
		return;
	import->row_count = table.count - 1;
	import->rows = arena_new(import->arena, table.count * sizeof(*import->rows));
	for (size_t i = 0; i < import->row_count; i++)
		read_row(import, &header, &table.rows[i + 1], &import->rows[i]);
}
