#include "list_internal.h"

void list_set_count(struct list *list, int count)
{
	list->count = count;
	if (list->cursor >= count)
		list->cursor = count - 1;
	if (list->cursor < 0)
		list->cursor = 0;
}

bool list_key(struct list *list, const struct key *key)
{
	int page = list->rows > 1 ? list->rows - 1 : 1;

	if (key_is(key, PRESS_UP) || key_is(key, PRESS_CHARACTER + 'k'))
		list->cursor--;
	else if (key_is(key, PRESS_DOWN) || key_is(key, PRESS_CHARACTER + 'j'))
		list->cursor++;
	else if (key_is(key, PRESS_PAGE_UP))
		list->cursor -= page;
	else if (key_is(key, PRESS_PAGE_DOWN))
		list->cursor += page;
	else if (key_is(key, PRESS_HOME))
		list->cursor = 0;
	else if (key_is(key, PRESS_END))
		list->cursor = list->count - 1;
	else
		return false;
	list_set_count(list, list->count);
	return true;
}

void list_find(struct list *list, list_is *is, const void *screen, const void *sought)
{
	int cursor = list->cursor;

	for (int away = 0; away < list->count; away++) {
		int above = cursor - away, below = cursor + away;

		if (above >= 0 && is(screen, above, sought)) {
			list->cursor = above;
			return;
		}
		if (below < list->count && is(screen, below, sought)) {
			list->cursor = below;
			return;
		}
	}
}

int list_top(const struct list *list, int rows)
{
	int top = list->cursor - rows / 2;

	if (top > list->count - rows)
		top = list->count - rows;
	return top < 0 ? 0 : top;
}
