#include "kutsu/base/arena.h"
#include "kutsu/format/json_writer.h"
#include "memo_internal.h"

#include <string.h>

/* The keys are written down in the manual page, section JSON. */

struct memo_json {
	struct json_writer writer;
	struct arena arena;
	const struct memo_extract *extract;
};

static struct row new_row(struct memo_json *json)
{
	struct row row;

	row_init(&row, &json->arena);
	return row;
}

static void put_case(struct memo_json *json)
{
	struct row row = new_row(json);

	row_of_case(&row, &json->extract->memo.case_ref);
	json_row(&json->writer, "case", &row);
}

static void put_calls(struct memo_json *json)
{
	const struct call_list *calls = &json->extract->memo.calls;

	json_open_array(&json->writer, "calls");
	for (size_t i = 0; i < calls->count; i++) {
		struct row row = new_row(json);

		row_of_call(&row, &calls->items[i]);
		if (json->extract->sector == MEMO_ALL_SECTORS)
			row_add_text(&row, "phone", calls->items[i].phone);
		json_row(&json->writer, NULL, &row);
	}
	json_close_array(&json->writer);
}

static void put_consents(struct memo_json *json)
{
	const struct consent_list *consents = &json->extract->memo.consents;

	json_open_array(&json->writer, "consents");
	for (size_t i = 0; i < consents->count; i++) {
		struct row row = new_row(json);

		row_of_consent(&row, &consents->items[i]);
		json_row(&json->writer, NULL, &row);
	}
	json_close_array(&json->writer);
}

static bool lists(const char *const *codes, size_t count, const char *code)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(codes[i], code) == 0)
			return true;
	}
	return false;
}

static bool names_unit(const struct memo *memo, const char *code)
{
	for (size_t i = 0; i < memo->consents.count; i++) {
		if (strcmp(memo->consents.items[i].unit, code) == 0)
			return true;
	}
	for (size_t i = 0; i < memo->meeting_count; i++) {
		const struct meeting *meeting = &memo->meetings[i].meeting;

		if (lists(meeting->units, meeting->unit_count, code))
			return true;
	}
	return false;
}

static void put_units(struct memo_json *json)
{
	const struct memo *memo = &json->extract->memo;

	json_open_array(&json->writer, "units");
	for (size_t i = 0; i < memo->units.count; i++) {
		const struct unit *unit = &memo->units.items[i];
		struct row row = new_row(json);

		if (!names_unit(memo, unit->code))
			continue;
		row_add_text(&row, "code", unit->code);
		row_add_text(&row, "name", unit->name);
		row_add_text(&row, "sector", term_code(&sector_terms, (int)unit->sector));
		json_row(&json->writer, NULL, &row);
	}
	json_close_array(&json->writer);
}

static void put_actions(struct memo_json *json, const struct meeting_record *record)
{
	json_open_array(&json->writer, "actions");
	for (size_t i = 0; i < record->action_count; i++) {
		struct row row = new_row(json);

		row_of_action(&row, &record->actions[i]);
		json_row(&json->writer, NULL, &row);
	}
	json_close_array(&json->writer);
}

static void put_meeting(struct memo_json *json, const struct memo_meeting *meeting)
{
	struct row row = new_row(json), follow_up = new_row(json);

	json_open_object(&json->writer, NULL);
	row_of_meeting(&row, &meeting->meeting);
	row_of_record(&row, &meeting->record);
	json_row_values(&json->writer, &row);
	put_actions(json, &meeting->record);
	row_of_follow_up(&follow_up, &meeting->record);
	json_row(&json->writer, "follow_up", &follow_up);
	json_close_object(&json->writer);
}

static void put_head(struct memo_json *json)
{
	const struct memo_extract *extract = json->extract;
	struct row row = new_row(json);

	if (extract->sector == MEMO_ALL_SECTORS) {
		row_add_null(&row, "sector");
		row_add_null(&row, "consent_in_force");
	} else {
		row_add_text(&row, "sector", term_code(&sector_terms, extract->sector));
		row_add_boolean(&row, "consent_in_force", !extract->lacks_consent);
	}
	json_row_values(&json->writer, &row);
}

void memo_write_json(FILE *file, const struct memo *memo, int sector)
{
	struct memo_json json = { 0 };
	struct memo_extract extract = memo_extract_of(memo, sector, &json.arena);

	json.extract = &extract;
	json_begin(&json.writer, file);
	json_open_object(&json.writer, NULL);
	put_head(&json);
	put_case(&json);
	put_calls(&json);
	put_consents(&json);
	put_units(&json);
	json_open_array(&json.writer, "meetings");
	for (size_t i = 0; i < extract.memo.meeting_count; i++)
		put_meeting(&json, &extract.memo.meetings[i]);
	json_close_array(&json.writer);
	json_close_object(&json.writer);
	json_end(&json.writer);
	arena_release(&json.arena);
}
