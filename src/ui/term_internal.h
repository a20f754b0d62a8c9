/* The terminal itself: beginning, ending, reading a key. */
#ifndef KUTSU_UI_TERM_INTERNAL_H
#define KUTSU_UI_TERM_INTERNAL_H

#include "canvas_internal.h"
#include "key_internal.h"
#include "kutsu/base/error.h"

/* ERROR_FAILED: there is no terminal, or it is unknown. */
bool term_begin(struct error *err) MUST_CHECK;
void term_end(void);

/* The whole screen, emptied, at its present size. */
struct canvas term_canvas(bool utf8);
void term_show(void);
void term_redraw(void); /* what another program wrote over it is wiped away */

/* Waits up to `milliseconds`; PRESS_NONE when nothing came. */
struct key term_read(int milliseconds);

#endif
