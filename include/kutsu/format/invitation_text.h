/* An invitation in a few words, for lists on screen and in the terminal. */
#ifndef KUTSU_FORMAT_INVITATION_TEXT_H
#define KUTSU_FORMAT_INVITATION_TEXT_H

#include "kutsu/domain/invitation.h"

struct arena;

/* "comes", "no answer for 3 days", "waits for consent", "offers ke 2.12. klo 13.00"; translated, in
 * the arena. `today` is a day. */
const char *invitation_text(const struct invitation *invitation, int today, struct arena *arena);

/* Whether somebody has to do something about it: it waits for consent or to be sent, it is
 * declined, or offers another time. */
bool invitation_needs_somebody(const struct invitation *invitation);

#endif
