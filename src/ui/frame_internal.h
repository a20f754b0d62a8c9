/* What stands around every screen: the head, the menu, the message, the keys. */
#ifndef KUTSU_UI_FRAME_INTERNAL_H
#define KUTSU_UI_FRAME_INTERNAL_H

#include "screen_internal.h"

#define FRAME_TOP  2
#define FRAME_ROWS 4

void frame_draw(
	const struct ui *ui, const struct screen *screen, int view, const struct canvas *canvas);
/* The message, over the screen's last rows where it is long. */
void frame_draw_status(const struct ui *ui, const struct canvas *canvas);
/* All keys of the screen, over it. */
void frame_draw_keys(const struct ui *ui, const struct screen *screen, const struct canvas *canvas);

#endif
