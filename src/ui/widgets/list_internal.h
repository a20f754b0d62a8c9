/* The cursor and the scroll of a list of rows; what a row says is its screen's matter. */
#ifndef KUTSU_UI_WIDGETS_LIST_INTERNAL_H
#define KUTSU_UI_WIDGETS_LIST_INTERNAL_H

#include "canvas_internal.h"
#include "key_internal.h"

struct list {
	int count, cursor;
	int rows; /* of the canvas it is drawn in: a page */
};

/* Keeps the cursor inside; call it when the count is another. */
void list_set_count(struct list *list, int count);
/* Whether the key was the list's: up, down, pages, home, end, and j and k. */
bool list_key(struct list *list, const struct key *key);
typedef bool list_is(const void *screen, int row, const void *sought);

/* Moves the cursor to the row that is the one sought, of several to the nearest; else it stays. */
void list_find(struct list *list, list_is *is, const void *screen, const void *sought);

/* The first row shown, so that the cursor is among `rows` rows. */
int list_top(const struct list *list, int rows);

#endif
