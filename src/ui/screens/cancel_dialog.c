/* Why a meeting is cancelled. */
#include "kutsu/base/memory.h"
#include "kutsu/service/booking.h"
#include "screens_internal.h"
#include "widgets/dialog_internal.h"

#include <stdlib.h>

static const struct field reason_fields[] = {
	{ "reason", N_("Reason"), FIELD_TEXT, 0, 1, NULL, N_("illness, the family asked") },
	{ 0 },
};

static bool submit_cancel(struct ui *ui, struct form *form, void *context, struct error *err)
{
	int64_t meeting_id = *(int64_t *)context;

	if (!booking_cancel(ui->session, meeting_id, form_text(form, "reason"), LEAVES_LATER, err))
		return false;
	ui_say(ui, _("meeting %lld was cancelled; its holes are free again"),
		(long long)meeting_id);
	return true;
}

static struct screen *then_tell(struct ui *ui, void *context)
{
	return invitations_screen_of_any(ui, *(int64_t *)context);
}

struct screen *cancel_dialog_new(int64_t meeting_id)
{
	int64_t *context = memory_new(sizeof(*context));
	struct form *form;

	*context = meeting_id;
	return form_dialog_new(
		&(struct form_dialog) { .title = _("Cancel the meeting"),
			.note = _("The holes become free for others; the case stays open."),
			.fields = reason_fields,
			.submit = submit_cancel,
			.free_context = free,
			.context = context,
			.then = then_tell },
		&form);
}
