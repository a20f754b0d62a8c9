/* A meeting's record in JSON, as another program may write it. */
#include "fuzz.h"

#include "kutsu/base/arena.h"
#include "kutsu/base/date.h"
#include "kutsu/base/utf8.h"
#include "kutsu/domain/slot.h"
#include "kutsu/format/record_reader.h"

static void check_text(const char *text)
{
	assert(!text || utf8_is_valid(text));
}

static void check_list(const char *const *list, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		assert(list[i]);
		check_text(list[i]);
	}
}

static void check_actions(const struct meeting_record *record)
{
	for (size_t i = 0; i < record->action_count; i++) {
		const struct agreed_action *action = &record->actions[i];
		char text[DAY_TEXT_SIZE];
		int day;

		assert(action->who && action->what && action->environment < ENVIRONMENTS);
		check_text(action->who);
		check_text(action->what);
		if (action->due_day != DAY_LAST)
			assert(day_parse(day_format_iso(action->due_day, text), 0, &day)
				&& day == action->due_day);
	}
}

static void check_record(const struct meeting_record *record)
{
	check_list(record->attended, record->attended_count);
	check_list(record->absent, record->absent_count);
	check_list(record->adults, record->adult_count);
	check_text(record->facilitator);
	check_text(record->strengths);
	check_text(record->vulnerabilities);
	check_text(record->notes);
	check_text(record->follow_up_reason);
	check_actions(record);
	assert(record->follow_up_within_weeks >= 0);
}

static void check_error(const struct error *err)
{
	assert(err->code == ERROR_INVALID);
	assert(utf8_is_valid(err->text) && !utf8_has_control(err->text));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	char *json = malloc(size ? size : 1); /* with no NUL behind it */
	struct meeting_record record;
	struct arena arena = { 0 };
	struct error err;

	assert(json);
	if (size)
		memcpy(json, bytes, size);
	if (record_read(json, size, &arena, &record, &err)) {
		free(json); /* the record has no part of it */
		check_record(&record);
		if (!meeting_record_check(&record, &err))
			check_error(&err);
	} else {
		free(json);
		check_error(&err);
		assert(!record.actions && !record.attended && !record.notes);
	}
	arena_release(&arena);
	return 0;
}
