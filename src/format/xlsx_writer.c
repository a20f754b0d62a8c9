#include "kutsu/format/xlsx_writer.h"

#include "kutsu/base/date.h"
#include "kutsu/base/memory.h"
#include "kutsu/base/message.h"
#include "kutsu/base/text.h"
#include "kutsu/base/utf8.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

#define MOST_ROWS	1048576 /* of a sheet, its header row too */
#define MOST_UNITS	32767	/* of UTF-16, in a cell */
#define NARROWEST	6
#define WIDEST		60
#define WALL_COLUMNS	17
#define SMALL_PARTS	(1 << 20) /* what a workbook has besides its sheets is less, in bytes */
#define FIRST_REAL_DATE 61	  /* 1.3.1900: before it Excel counts a day that never was */

/* What each kind of cell looks like: as the CSV has it, but for the offset. */
enum look { LOOK_HEADER, LOOK_DAY, LOOK_MINUTE, LOOK_WALL, LOOKS };

struct xlsx_writer {
	FILE *made; /* has no name: nothing stays behind, whatever ends the program */
	lxw_workbook *workbook;
	lxw_worksheet *sheet; /* the one that grows */
	lxw_format *looks[LOOKS];
	const char *sheet_name;
	lxw_row_t next;
	int widths[ROW_MOST_VALUES];
	size_t columns;
};

static bool refuse_files(int number, struct error *err)
{
	return error_set(err, ERROR_FAILED,
		_("the spreadsheet's temporary files can't be written (%s)"), strerror(number));
}

static void add_looks(struct xlsx_writer *writer)
{
	static const char *const formats[LOOKS] = {
		[LOOK_DAY] = "yyyy\\-mm\\-dd",
		[LOOK_MINUTE] = "[hh]:mm", /* 24:00 is the end of a day */
		[LOOK_WALL] = "yyyy\\-mm\\-dd\\ hh:mm",
	};

	for (int i = 0; i < LOOKS; i++) {
		writer->looks[i] = workbook_add_format(writer->workbook);
		if (formats[i])
			format_set_num_format(writer->looks[i], formats[i]);
	}
	format_set_bold(writer->looks[LOOK_HEADER]);
}

static void set_properties(struct xlsx_writer *writer, const char *title, int64_t now)
{
	char *copy = memory_copy_text(title);
	lxw_doc_properties properties = { .title = copy, .created = (time_t)now };

	workbook_set_properties(writer->workbook, &properties);
	free(copy);
}

bool xlsx_new(const char *title, int64_t now, struct xlsx_writer **made, struct error *err)
{
	struct xlsx_writer *writer = memory_new(sizeof(*writer));
	char folder[] = P_tmpdir, path[32];
	lxw_workbook_options options = { .constant_memory = LXW_TRUE, .tmpdir = folder };

	*made = NULL;
	writer->made = tmpfile();
	if (writer->made) {
		snprintf(path, sizeof(path), "/dev/fd/%d", fileno(writer->made));
		writer->workbook = workbook_new_opt(path, &options);
	}
	if (!writer->workbook) {
		refuse_files(errno, err);
		xlsx_free(writer);
		return false;
	}
	add_looks(writer);
	set_properties(writer, title, now);
	*made = writer;
	return true;
}

void xlsx_free(struct xlsx_writer *writer)
{
	if (!writer)
		return;
	if (writer->workbook)
		lxw_workbook_free(writer->workbook);
	if (writer->made)
		fclose(writer->made);
	free(writer);
}

static void widen(struct xlsx_writer *writer, size_t column, int width)
{
	if (width > WIDEST)
		width = WIDEST;
	if (writer->widths[column] < width)
		writer->widths[column] = width;
}

/* The sheet has all its rows: how it is shown. */
static void end_sheet(struct xlsx_writer *writer)
{
	lxw_col_t last = (lxw_col_t)(writer->columns - 1);

	if (!writer->sheet)
		return;
	for (lxw_col_t i = 0; i <= last; i++)
		worksheet_set_column(writer->sheet, i, i, writer->widths[i] + 2, NULL);
	worksheet_freeze_panes(writer->sheet, 1, 0);
	worksheet_autofilter(writer->sheet, 0, 0, writer->next - 1, last);
	writer->sheet = NULL;
}

bool xlsx_sheet(
	struct xlsx_writer *writer, const char *name, const struct row *header, struct error *err)
{
	end_sheet(writer);
	writer->sheet = workbook_add_worksheet(writer->workbook, name);
	if (!writer->sheet)
		return refuse_files(errno, err);
	writer->sheet_name = name;
	writer->next = 1;
	writer->columns = header->count;
	for (size_t i = 0; i < header->count; i++) {
		const char *key = header->values[i].key;

		writer->widths[i] = NARROWEST;
		widen(writer, i, utf8_width(key));
		worksheet_write_string(
			writer->sheet, 0, (lxw_col_t)i, key, writer->looks[LOOK_HEADER]);
	}
	return true;
}

static size_t utf16_length(const char *text)
{
	size_t length = 0;

	for (; *text; text++) {
		unsigned char byte = (unsigned char)*text;

		length += (byte & 0xC0) != 0x80;
		length += byte >= 0xF0;
	}
	return length;
}

static bool put_text(struct xlsx_writer *writer, size_t column, const char *text, struct error *err)
{
	if (utf16_length(text) > MOST_UNITS)
		return error_set(err, ERROR_INVALID,
			_("row %lu of %s has a text that is too long for a cell of a spreadsheet; "
			  "use csv or json"),
			(unsigned long)writer->next, writer->sheet_name);
	widen(writer, column, utf8_width(text));
	worksheet_write_string(writer->sheet, writer->next, (lxw_col_t)column, text, NULL);
	return true;
}

static bool put_list(
	struct xlsx_writer *writer, size_t column, const struct value *value, struct error *err)
{
	struct text joined = { 0 };
	bool ok;

	value_join_list(value, &joined);
	ok = put_text(writer, column, text_get(&joined), err);
	text_release(&joined);
	return ok;
}

static void put_number(struct xlsx_writer *writer, size_t column, double number, lxw_format *look)
{
	worksheet_write_number(writer->sheet, writer->next, (lxw_col_t)column, number, look);
}

/* A spreadsheet's time is a number of days, and has no offset. */
static bool put_time(struct xlsx_writer *writer, size_t column, const struct value *value,
	enum look look, struct error *err)
{
	int days = value->day - day_from_civil(1899, 12, 30);

	if (days < FIRST_REAL_DATE)
		return put_text(writer, column, value->text, err);
	widen(writer, column, WALL_COLUMNS);
	put_number(
		writer, column, days + (double)value->minute / MINUTES_IN_DAY, writer->looks[look]);
	return true;
}

static bool put_value(
	struct xlsx_writer *writer, size_t column, const struct value *value, struct error *err)
{
	switch (value->kind) {
	case VALUE_NULL:
		break;
	case VALUE_TEXT:
		return put_text(writer, column, value->text, err);
	case VALUE_DAY:
		return put_time(writer, column, value, LOOK_DAY, err);
	case VALUE_WALL:
		return put_time(writer, column, value, LOOK_WALL, err);
	case VALUE_MINUTE:
		put_number(writer, column, (double)value->minute / MINUTES_IN_DAY,
			writer->looks[LOOK_MINUTE]);
		break;
	case VALUE_INTEGER:
		put_number(writer, column, (double)value->integer, NULL);
		break;
	case VALUE_REAL:
		put_number(writer, column, value->real, NULL);
		break;
	case VALUE_BOOLEAN:
		worksheet_write_boolean(
			writer->sheet, writer->next, (lxw_col_t)column, value->integer != 0, NULL);
		break;
	case VALUE_LIST:
		return put_list(writer, column, value, err);
	}
	return true;
}

bool xlsx_row(struct xlsx_writer *writer, const struct row *row, struct error *err)
{
	if (writer->next == MOST_ROWS)
		return error_set(err, ERROR_INVALID,
			_("there are more %s than a spreadsheet has rows; bound the days, or use "
			  "csv or json"),
			writer->sheet_name);
	for (size_t i = 0; i < row->count; i++) {
		if (!put_value(writer, i, &row->values[i], err))
			return false;
	}
	writer->next++;
	return true;
}

/*
 * libxlsxwriter does not look whether its temporary files took what it wrote: a full disk would cut
 * rows off without a word. So it is asked here, and room for the rest is tried out.
 */
static bool check_room(struct xlsx_writer *writer, struct error *err)
{
	off_t size = SMALL_PARTS;
	lxw_worksheet *sheet;
	int number;

	STAILQ_FOREACH(sheet, writer->workbook->worksheets, list_pointers)
	{
		if (fflush(sheet->optimize_tmpfile) != 0 || ferror(sheet->optimize_tmpfile))
			return refuse_files(errno, err);
		size += 2 * ftello(sheet->optimize_tmpfile); /* put together, and packed */
	}
	number = posix_fallocate(fileno(writer->made), 0, size);
	if (number == 0 && ftruncate(fileno(writer->made), 0) != 0)
		number = errno;
	return number == 0 || refuse_files(number, err);
}

static bool copy_out(struct xlsx_writer *writer, FILE *file, struct error *err)
{
	char bytes[BUFSIZ];
	size_t length;

	rewind(writer->made);
	while ((length = fread(bytes, 1, sizeof(bytes), writer->made)) > 0
		&& fwrite(bytes, 1, length, file) == length)
		;
	return !ferror(writer->made) || refuse_files(errno, err);
}

bool xlsx_finish(struct xlsx_writer *writer, FILE *file, struct error *err)
{
	lxw_error failed;

	end_sheet(writer);
	if (!check_room(writer, err))
		return false;
	failed = workbook_close(writer->workbook); /* frees it, whatever it returns */
	writer->workbook = NULL;
	if (failed)
		return error_set(err, ERROR_FAILED, _("the spreadsheet can't be made (%s)"),
			lxw_strerror(failed));
	return copy_out(writer, file, err);
}
