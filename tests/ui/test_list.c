#include "screen.h"
#include "widgets/list_internal.h"

#include <criterion/criterion.h>

static void press(struct list *list, int press)
{
	struct key key = fake_press(press);

	cr_expect(list_key(list, &key));
}

Test(list, its_cursor_stays_inside)
{
	struct list list = { .rows = 5 };

	list_set_count(&list, 3);
	press(&list, PRESS_UP);
	cr_expect_eq(list.cursor, 0);
	press(&list, PRESS_DOWN);
	press(&list, PRESS_DOWN);
	press(&list, PRESS_DOWN);
	cr_expect_eq(list.cursor, 2);
	press(&list, PRESS_PAGE_DOWN);
	cr_expect_eq(list.cursor, 2);
	press(&list, PRESS_HOME);
	cr_expect_eq(list.cursor, 0);
	press(&list, PRESS_END);
	cr_expect_eq(list.cursor, 2);
	press(&list, PRESS_PAGE_UP);
	cr_expect_eq(list.cursor, 0);
}

Test(list, without_rows_has_its_cursor_at_the_first)
{
	static const int keys[] = { PRESS_UP, PRESS_DOWN, PRESS_PAGE_UP, PRESS_PAGE_DOWN,
		PRESS_HOME, PRESS_END };
	struct list list = { .rows = 5 };

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		press(&list, keys[i]);
		cr_expect_eq(list.cursor, 0);
	}
}

Test(list, that_gets_shorter_keeps_its_cursor_inside)
{
	struct list list = { .count = 9, .cursor = 8, .rows = 5 };

	list_set_count(&list, 4);
	cr_expect_eq(list.cursor, 3);
	list_set_count(&list, 0);
	cr_expect_eq(list.cursor, 0);
	list_set_count(&list, 9);
	cr_expect_eq(list.cursor, 0);
}

Test(list, pages_by_its_rows_but_one)
{
	struct list list = { .count = 100, .rows = 10 };

	press(&list, PRESS_PAGE_DOWN);
	cr_expect_eq(list.cursor, 9);
	press(&list, PRESS_PAGE_DOWN);
	cr_expect_eq(list.cursor, 18);
	press(&list, PRESS_PAGE_UP);
	cr_expect_eq(list.cursor, 9);
}

Test(list, goes_by_j_and_k_too_and_leaves_other_keys)
{
	struct list list = { .count = 3, .rows = 3 };
	struct key key = fake_letter("j");

	cr_expect(list_key(&list, &key));
	cr_expect_eq(list.cursor, 1);
	key = fake_letter("k");
	cr_expect(list_key(&list, &key));
	cr_expect_eq(list.cursor, 0);
	key = fake_letter("x");
	cr_expect_not(list_key(&list, &key));
	key = fake_press(PRESS_LEFT);
	cr_expect_not(list_key(&list, &key));
}

Test(list, always_shows_its_cursor_and_no_empty_rows_before_its_end)
{
	for (int count = 0; count < 30; count++) {
		for (int rows = 1; rows < 35; rows++) {
			for (int cursor = 0; cursor < (count ? count : 1); cursor++) {
				struct list list = { count, cursor, rows };
				int top = list_top(&list, rows);

				cr_assert_geq(top, 0);
				cr_assert_leq(top, cursor);
				cr_assert_lt(cursor, top + rows);
				cr_assert(top == 0 || top + rows <= count);
			}
		}
	}
}

static bool is_number(const void *numbers, int row, const void *sought)
{
	return ((const int *)numbers)[row] == *(const int *)sought;
}

static int find(int cursor, int number)
{
	static const int numbers[] = { 7, 1, 2, 7, 3, 4, 5 };
	struct list list = { .count = 7, .cursor = cursor, .rows = 5 };

	list_find(&list, is_number, numbers, &number);
	return list.cursor;
}

Test(list, finds_the_nearest_of_the_rows_that_are_sought)
{
	cr_expect_eq(find(6, 1), 1);
	cr_expect_eq(find(0, 5), 6);
	cr_expect_eq(find(3, 7), 3);
	cr_expect_eq(find(4, 7), 3);
	cr_expect_eq(find(1, 7), 0);
	cr_expect_eq(find(3, 9), 3, "it stays where there is none");
}
