#include "kutsu/format/record_reader.h"

#include "json_part_internal.h"
#include "kutsu/base/arena.h"
#include "kutsu/base/message.h"

static const char *const record_keys[] = { "attended", "absent", "adults", "facilitator",
	"child_present", "child_heard", "strengths", "vulnerabilities", "notes", "actions",
	"follow_up", "revision", NULL };
static const char *const action_keys[] = { "who", "what", "where", "due", NULL };
static const char *const follow_up_keys[] = { "needed", "within_weeks", "reason", NULL };

static bool read_action(json_t *object, size_t index, struct arena *arena,
	struct agreed_action *action, struct error *err)
{
	char path[PART_PATH_SIZE - 1];
	int environment = 0;
	struct part part;
	bool ok;

	snprintf(path, sizeof(path), "actions[%zu]", index);
	ok = part_open(&part, object, path, arena, err) && part_check_keys(&part, action_keys, err)
	     && part_read_given(&part, "who", &action->who, err)
	     && part_read_given(&part, "what", &action->what, err)
	     && part_read_term(&part, "where", &environment_terms, &environment, err)
	     && part_read_day(&part, "due", &action->due_day, err);
	action->environment = (enum environment)environment;
	return ok;
}

static bool read_actions(const struct part *part, struct meeting_record *record, struct error *err)
{
	json_t *array;
	bool ok = true;

	if (!part_read_array(part, "actions", &array, err))
		return false;
	record->action_count = json_array_size(array);
	record->actions = arena_new(part->arena, record->action_count * sizeof(*record->actions));
	for (size_t i = 0; ok && i < record->action_count; i++)
		ok = read_action(
			json_array_get(array, i), i, part->arena, &record->actions[i], err);
	return ok;
}

static bool read_follow_up(
	const struct part *record_part, struct meeting_record *record, struct error *err)
{
	json_t *object = part_get(record_part, "follow_up");
	struct part part;

	if (!object)
		return true;
	if (!part_open(&part, object, "follow_up", record_part->arena, err)
		|| !part_check_keys(&part, follow_up_keys, err))
		return false;
	if (!part_get(&part, "needed"))
		return error_set(
			err, ERROR_INVALID, _("%s%s: it is missing; give it"), part.path, "needed");
	return part_read_known(&part, "needed", &record->follow_up_needed, err)
	       && part_read_number(&part, "within_weeks", _("a number of weeks is wanted"),
		       &record->follow_up_within_weeks, err)
	       && part_read_text(&part, "reason", &record->follow_up_reason, err);
}

static bool read_people(const struct part *part, struct meeting_record *record, struct error *err)
{
	return part_read_list(part, "attended", &record->attended, &record->attended_count, err)
	       && part_read_list(part, "absent", &record->absent, &record->absent_count, err)
	       && part_read_list(part, "adults", &record->adults, &record->adult_count, err)
	       && part_read_text(part, "facilitator", &record->facilitator, err)
	       && part_read_known(part, "child_present", &record->child_present, err)
	       && part_read_known(part, "child_heard", &record->child_heard, err);
}

static bool read_record(const struct part *part, struct meeting_record *record, struct error *err)
{
	return part_check_keys(part, record_keys, err) && read_people(part, record, err)
	       && part_read_text(part, "strengths", &record->strengths, err)
	       && part_read_text(part, "vulnerabilities", &record->vulnerabilities, err)
	       && part_read_text(part, "notes", &record->notes, err)
	       && part_read_number(part, "revision", _("the record's revision is wanted"),
		       &record->revision, err)
	       && read_actions(part, record, err) && read_follow_up(part, record, err);
}

bool record_read(const char *json, size_t length, struct arena *arena,
	struct meeting_record *record, struct error *err)
{
	static const char *const *const known[] = { record_keys, action_keys, follow_up_keys };
	struct part whole;
	bool ok;

	*record = (struct meeting_record) { 0 };
	if (!part_load(&whole, json, length, arena, known, sizeof(known) / sizeof(known[0]), err))
		return false;
	ok = read_record(&whole, record, err);
	json_decref(whole.object);
	if (!ok)
		*record = (struct meeting_record) { 0 };
	return ok;
}
