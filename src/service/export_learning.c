/* Feedback, answer by answer, and what was learned. */
#include "export_internal.h"

#include "kutsu/domain/slot.h"
#include "kutsu/format/learning_rows.h"
#include "kutsu/store/feedback_store.h"
#include "kutsu/store/learning_store.h"

/* An answer knows no meeting, no unit and no day: whoever has the file learns of nobody. Texts are
 * those that were picked, as they were picked. */
static void row_of_answer(struct row *row, const struct feedback_single *answer)
{
	char month[DAY_TEXT_SIZE];

	row_add_text(row, "month",
		arena_text(row->arena, month_format_iso(day_month(answer->day), month)));
	row_add_text(row, "form", answer->form);
	row_add_text(row, "question", answer->question);
	row_add_text(row, "scale", term_code(&scale_terms, (int)answer->scale));
	if (answer->is_known)
		row_add_integer(row, "value", answer->value);
	else
		row_add_null(row, "value");
	row_add_text(row, "text", answer->text);
}

static bool put_answer(void *context, const struct feedback_single *answer, struct error *err)
{
	struct export *export = context;
	struct row row;

	row_init(&row, &export->arena);
	row_of_answer(&row, answer);
	return export_put_row(export, &row, err);
}

static bool put_observations(struct export *export, struct arena *arena, struct error *err)
{
	struct observation_list list;
	bool ok = store_observation_list(
		export->session->store, OBSERVATIONS_ALL, 0, arena, &list, err);

	for (size_t i = 0; ok && i < list.count; i++) {
		struct row row;

		row_init(&row, &export->arena);
		row_of_observation(&row, &list.items[i]);
		ok = export_put_row(export, &row, err);
	}
	return ok;
}

static bool put_phenomena(struct export *export, struct arena *arena, struct error *err)
{
	struct phenomenon_list list;
	bool ok = store_phenomenon_list(export->session->store, false, arena, &list, err);

	for (size_t i = 0; ok && i < list.count; i++) {
		struct row row;

		row_init(&row, &export->arena);
		row_of_phenomenon(&row, &list.items[i]);
		ok = export_put_row(export, &row, err);
	}
	return ok;
}

static bool put_initiatives(struct export *export, struct arena *arena, struct error *err)
{
	struct initiative_list list;
	bool ok = store_initiative_list(export->session->store, arena, &list, err);

	for (size_t i = 0; ok && i < list.count; i++) {
		struct row row;

		row_init(&row, &export->arena);
		row_of_initiative(&row, &list.items[i]);
		ok = export_put_row(export, &row, err);
	}
	return ok;
}

static bool put_decisions(struct export *export, struct arena *arena, struct error *err)
{
	struct session *session = export->session;
	struct decision_list list;
	bool ok =
		store_decision_list(session->store, session->user.id, false, 0, arena, &list, err);

	for (size_t i = 0; ok && i < list.count; i++) {
		struct row row;

		row_init(&row, &export->arena);
		row_of_decision(&row, &list.items[i]);
		ok = export_put_row(export, &row, err);
	}
	return ok;
}

bool export_learning(struct export *export, struct error *err)
{
	struct arena arena = { 0 };
	bool ok;

	switch (export->order->what) {
	case EXPORT_FEEDBACK:
		ok = store_feedback_each(export->session->store, export->order->from_day,
			export->order->until_day, put_answer, export, err);
		break;
	case EXPORT_OBSERVATIONS:
		ok = put_observations(export, &arena, err);
		break;
	case EXPORT_PHENOMENA:
		ok = put_phenomena(export, &arena, err);
		break;
	case EXPORT_INITIATIVES:
		ok = put_initiatives(export, &arena, err);
		break;
	default:
		ok = put_decisions(export, &arena, err);
	}
	arena_release(&arena);
	return ok;
}

void export_learning_header(enum export_what what, struct row *row)
{
	static const struct feedback_single no_answer;
	static const struct observation no_observation;
	static const struct phenomenon no_phenomenon;
	static const struct initiative no_initiative;
	static const struct decision no_decision;

	switch (what) {
	case EXPORT_FEEDBACK:
		row_of_answer(row, &no_answer);
		break;
	case EXPORT_OBSERVATIONS:
		row_of_observation(row, &no_observation);
		break;
	case EXPORT_PHENOMENA:
		row_of_phenomenon(row, &no_phenomenon);
		break;
	case EXPORT_INITIATIVES:
		row_of_initiative(row, &no_initiative);
		break;
	default:
		row_of_decision(row, &no_decision);
	}
}
