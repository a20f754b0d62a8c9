#include "kutsu/base/memory.h"

#include <criterion/criterion.h>
#include <stdlib.h>

Test(memory, a_grown_list_keeps_its_items_and_moves_only_when_it_is_full)
{
	size_t capacity = 0;
	int *items = NULL, moves = 0;

	for (int n = 0; n < 1000; n++) {
		size_t before = capacity;

		items = memory_grow(items, (size_t)n, &capacity, sizeof(*items));
		cr_assert_gt(capacity, (size_t)n);
		moves += capacity != before;
		items[n] = n;
	}
	for (int n = 0; n < 1000; n++)
		cr_assert_eq(items[n], n);
	cr_expect_leq(moves, 10);
	free(items);
}
