/* What goes wrong with a file, a folder or a disk is told in one line that says what to do. */
#include "place.h"

#include "kutsu/base/message.h"
#include "kutsu/store/user_store.h"

static bool try_change(struct store *store, struct error *err)
{
	struct change change;
	int64_t id;
	bool ok;

	if (!change_begin(&change, store, err))
		return false;
	ok = store_user_add(&change, "a", NULL, &id, err);
	return change_end(&change, ok, err);
}

/* ---- The file is taken away under a running program. */

static void expect_gone(struct place *place, const char *what)
{
	struct error err = { 0 };
	int64_t version;

	message_set_language(LANGUAGE_EN);
	cr_expect_not(try_change(place->store, &err), "%s", what);
	cr_expect_eq(err.code, ERROR_DATABASE, "%s", what);
	cr_expect(strstr(err.text, "removed, renamed or replaced"), "%s: %s", what, err.text);
	err = (struct error) { 0 };
	cr_expect_not(store_version(place->store, &version, &err), "%s", what);
	cr_expect_eq(err.code, ERROR_DATABASE, "%s", what);
}

static void move_away(struct place *place, char other[128])
{
	snprintf(other, 128, "%s-other", place->path);
	cr_assert_eq(rename(place->path, other), 0);
}

Test(moved, a_file_that_was_removed_is_told)
{
	struct place place;

	place_new(&place);
	cr_assert_eq(unlink(place.path), 0);
	expect_gone(&place, "removed");
	place_remove(&place);
}

Test(moved, a_file_that_was_renamed_is_told_until_it_is_back)
{
	struct error err = { 0 };
	struct place place;
	char other[128];

	place_new(&place);
	move_away(&place, other);
	expect_gone(&place, "renamed");
	cr_assert_eq(rename(other, place.path), 0);
	cr_expect(try_change(place.store, &err), "%s", err.text);
	cr_expect_eq(raw_number(place.raw, "SELECT count(*) FROM user"), 1);
	place_remove(&place);
}

Test(moved, a_file_that_was_replaced_is_told_and_its_follower_is_let_be)
{
	struct place place;
	char other[128];
	char *before, *after;
	size_t size;

	place_new(&place);
	sqlite3_close(place.raw);
	place.raw = NULL;
	move_away(&place, other);
	before = file_bytes(other, &size);
	file_write(place.path, before, size);
	expect_gone(&place, "replaced");
	store_close(place.store);
	place.store = NULL;
	after = file_bytes(place.path, &size);
	cr_expect(memcmp(before, after, size) == 0, "what was written to it came from elsewhere");
	free(before);
	free(after);
	place_remove(&place);
}

Test(moved, a_database_in_memory_has_no_file_to_lose)
{
	struct error err = { 0 };
	struct store *store;
	int64_t version;

	cr_assert(store_create(":memory:", &store, &err), "%s", err.text);
	cr_expect(try_change(store, &err), "%s", err.text);
	cr_expect(store_version(store, &version, &err), "%s", err.text);
	store_close(store);
}
