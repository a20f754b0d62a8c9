#include "kutsu/base/arena.h"

#include <criterion/criterion.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

Test(arena, what_it_gives_is_zeroed_and_aligned)
{
	struct arena arena = { 0 };

	for (size_t size = 0; size < 300; size++) {
		unsigned char *bytes = arena_new(&arena, size);

		cr_assert_eq((uintptr_t)bytes % _Alignof(max_align_t), 0);
		for (size_t i = 0; i < size; i++)
			cr_assert_eq(bytes[i], 0);
		memset(bytes, 0xAA, size);
	}
	arena_release(&arena);
}

Test(arena, a_thing_may_be_larger_than_a_block)
{
	struct arena arena = { 0 };
	char *large = arena_new(&arena, 100000), *small = arena_text(&arena, "x");

	memset(large, 'a', 100000);
	cr_expect_str_eq(small, "x");
	arena_release(&arena);
}

Test(arena, texts_are_copied_and_no_text_stays_none)
{
	struct arena arena = { 0 };
	char source[] = "äiti";
	char *copy = arena_text(&arena, source);

	source[0] = 'x';
	cr_expect_str_eq(copy, "äiti");
	cr_expect_null(arena_text(&arena, NULL));
	cr_expect_str_eq(arena_text(&arena, ""), "");
	cr_expect_str_eq(arena_printf(&arena, "%d-%04d", 2026, 147), "2026-0147");
	arena_release(&arena);
}

Test(arena, earlier_things_stay_where_they_are)
{
	struct arena arena = { 0 };
	char *texts[3000];

	for (int i = 0; i < 3000; i++)
		texts[i] = arena_printf(&arena, "text %d", i);
	for (int i = 0; i < 3000; i++) {
		char wanted[32];

		snprintf(wanted, sizeof(wanted), "text %d", i);
		cr_assert_str_eq(texts[i], wanted);
	}
	arena_release(&arena);
}

struct item {
	int number;
	char filler[17];
};

Test(arena, an_appended_list_keeps_its_items_and_zeroes_the_new_one)
{
	struct arena arena = { 0 };
	struct item *items = NULL;
	size_t count = 0;

	for (int n = 0; n < 2000; n++) {
		items = arena_append(&arena, items, &count, sizeof(*items));
		cr_assert_eq(count, (size_t)n + 1);
		cr_assert_eq(items[n].number, 0);
		cr_assert_eq(items[n].filler[16], 0);
		memset(&items[n], 0xAA, sizeof(items[n]));
		items[n].number = n;
		arena_text(&arena, "something between"); /* the list's room must be its own */
	}
	for (int n = 0; n < 2000; n++) {
		cr_assert_eq(items[n].number, n);
		cr_assert_eq((unsigned char)items[n].filler[16], 0xAA);
	}
	arena_release(&arena);
}

Test(arena, a_list_moves_only_when_its_room_has_doubled)
{
	struct arena arena = { 0 };
	int *items = NULL, moves = 0;
	size_t count = 0;

	for (int n = 0; n < 1024; n++) {
		int *before = items;

		items = arena_append(&arena, items, &count, sizeof(*items));
		moves += items != before;
	}
	cr_expect_leq(moves, 10);
	arena_release(&arena);
}

Test(arena, two_lists_grow_side_by_side)
{
	struct arena arena = { 0 };
	int *a = NULL, *b = NULL;
	size_t a_count = 0, b_count = 0;

	for (int n = 0; n < 100; n++) {
		a = arena_append(&arena, a, &a_count, sizeof(*a));
		b = arena_append(&arena, b, &b_count, sizeof(*b));
		a[n] = n;
		b[n] = -n;
	}
	for (int n = 0; n < 100; n++)
		cr_assert(a[n] == n && b[n] == -n);
	arena_release(&arena);
}

Test(arena, after_a_reset_things_are_zeroed_again)
{
	struct arena arena = { 0 };

	memset(arena_new(&arena, 5000), 0xAA, 5000);
	memset(arena_new(&arena, 5000), 0xAA, 5000);
	arena_reset(&arena);
	for (int n = 0; n < 10; n++) {
		unsigned char *bytes = arena_new(&arena, 900);

		for (int i = 0; i < 900; i++)
			cr_assert_eq(bytes[i], 0);
	}
	arena_release(&arena);
}

Test(arena, an_empty_one_may_be_reset_and_released_twice)
{
	struct arena arena = { 0 };

	arena_reset(&arena);
	arena_release(&arena);
	arena_text(&arena, "x");
	arena_release(&arena);
	arena_release(&arena);
	cr_expect_null(arena.blocks);
}

Test(arena, an_item_appended_after_one_was_taken_off_is_zeroed)
{
	struct arena arena = { 0 };
	int *items = NULL;
	size_t count = 0;

	for (int n = 0; n < 6; n++) {
		items = arena_append(&arena, items, &count, sizeof(*items));
		items[n] = 7;
	}
	for (size_t left = 0; left < 6; left++) {
		count = left;
		items = arena_append(&arena, items, &count, sizeof(*items));
		cr_expect_eq(items[left], 0, "%zu", left);
		items[left] = 7;
	}
	arena_release(&arena);
}

Test(arena, texts_are_joined_with_a_separator_between)
{
	static const char *const texts[] = { "äiti", "", "isä" };
	struct arena arena = { 0 };

	cr_expect_str_eq(arena_join(&arena, texts, 3, ", "), "äiti, , isä");
	cr_expect_str_eq(arena_join(&arena, texts, 1, ", "), "äiti");
	cr_expect_str_eq(arena_join(&arena, texts, 3, ""), "äitiisä");
	cr_expect_str_eq(arena_join(&arena, NULL, 0, ", "), "");
	arena_release(&arena);
}

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>

Test(arena, the_sanitizer_is_told_what_may_be_touched)
{
	struct arena arena = { 0 };
	char *small = arena_new(&arena, 3);

	cr_expect_not(__asan_address_is_poisoned(small + 2));
	cr_expect(__asan_address_is_poisoned(small + 3), "past the end");
	arena_reset(&arena);
	cr_expect(__asan_address_is_poisoned(small), "after a reset");
	cr_expect_eq(arena_new(&arena, 3), small);
	cr_expect_not(__asan_address_is_poisoned(small));
	arena_release(&arena);
}
#endif
