/* Taking a time that was chosen among the holes: it is held while the last things are asked. */
#ifndef KUTSU_UI_SCREENS_TIME_DIALOG_INTERNAL_H
#define KUTSU_UI_SCREENS_TIME_DIALOG_INTERNAL_H

#include "kutsu/service/booking.h"
#include "panes/hole_pane_internal.h"
#include "screen_internal.h"

/* Books it and tells the meeting's number; false leaves the dialog open with the error. */
typedef bool time_take(struct ui *ui, const struct booking *booking, void *context,
	int64_t *meeting_id, struct error *err);

enum time_purpose { TIME_TO_BOOK, TIME_TO_MOVE };

/*
 * Holds the time (but for a move, whose own old time may be part of the new one) and asks when it
 * begins and where it is. After success the dialog and the screen below it are left, for
 * the invitations where some wait to be sent. What is in
 * `choice` is copied. `context` is the screen below.
 */
struct next time_dialog_open(struct ui *ui, const struct hole_choice *choice, int minutes,
	enum time_purpose purpose, time_take *take, void *context);

#endif
