#include "kutsu/base/arena.h"
#include "kutsu/format/json_writer.h"
#include "written.h"

#include <criterion/criterion.h>
#include <inttypes.h>
#include <jansson.h>
#include <string.h>
#include <sys/resource.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WITH_ASAN 1
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define WITH_ASAN 1
#endif

static struct arena arena;
static struct written written;
static struct json_writer writer;
static struct row row;

static void set_up(void)
{
	row_init(&row, &arena);
	json_begin(&writer, written_open(&written));
}

static void tear_down(void)
{
	free(written.text);
	arena_release(&arena);
}

TestSuite(json_writer, .init = set_up, .fini = tear_down);

static const char *end(void)
{
	json_end(&writer);
	return written_close(&written);
}

static json_t *read_back(void)
{
	json_error_t wrong;
	json_t *json = json_loads(end(), JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &wrong);

	cr_assert(json, "%s in: %s", wrong.text, written.text);
	return json;
}

static void add_row(int64_t id)
{
	row_init(&row, &arena);
	row_add_integer(&row, "id", id);
	row_add_text(&row, "name", "ä");
	json_row(&writer, NULL, &row);
}

Test(json_writer, an_array_has_one_row_a_line)
{
	json_open_array(&writer, NULL);
	add_row(1);
	add_row(2);
	json_close_array(&writer);
	cr_assert_str_eq(
		end(), "[\n{\"id\": 1, \"name\": \"ä\"},\n{\"id\": 2, \"name\": \"ä\"}\n]\n");
}

Test(json_writer, an_empty_array_is_two_brackets)
{
	json_open_array(&writer, NULL);
	json_close_array(&writer);
	cr_assert_str_eq(end(), "[]\n");
}

Test(json_writer, empty_containers_and_lists_nest)
{
	json_open_object(&writer, NULL);
	json_open_array(&writer, "slots");
	json_close_array(&writer);
	json_open_object(&writer, "more");
	json_close_object(&writer);
	row_add_list(&row, "units", NULL, 0);
	json_row_values(&writer, &row);
	json_close_object(&writer);
	cr_assert_str_eq(end(), "{\"slots\": [], \"more\": {}, \"units\": []}\n");
}

static void check_text(const char *text)
{
	json_t *json;

	json_open_array(&writer, NULL);
	row_add_text(&row, "text", text);
	row_add_list(&row, "list", &text, 1);
	json_row(&writer, NULL, &row);
	json_close_array(&writer);
	json = read_back();
	cr_assert_str_eq(json_string_value(json_object_get(json_array_get(json, 0), "text")), text);
	json_decref(json);
}

Test(json_writer, quotes_and_backslashes_come_back)
{
	check_text("\"Lähetä\" C:\\tmp\\ '/'");
}

Test(json_writer, control_characters_come_back)
{
	char text[33] = { 0 };

	for (int i = 1; i < 32; i++)
		text[i - 1] = (char)i;
	text[31] = 0x7f;
	check_text(text);
	cr_assert(strstr(written.text, "\\u0001"));
	cr_assert(strstr(written.text, "\\n"));
}

Test(json_writer, letters_and_emoji_come_back_as_they_are)
{
	check_text("Äiti, åsa, 日本, 👨‍👩‍👧, \u2028");
	cr_assert(strstr(written.text, "👨‍👩‍👧"));
	cr_assert_not(strstr(written.text, "\\u"));
}

Test(json_writer, empty_text_is_text)
{
	check_text("");
}

Test(json_writer, broken_utf8_is_written_with_replacement_characters)
{
	row_add_text(&row, "text", "\xe4iti \xc3\xa4 \xed\xa0\x80");
	json_row(&writer, NULL, &row);
	cr_assert_str_eq(end(), "{\"text\": \"\uFFFDiti ä \uFFFD\uFFFD\uFFFD\"}\n");
}

Test(json_writer, integers_and_booleans_come_back)
{
	json_t *json;

	row_add_integer(&row, "most", INT64_MAX);
	row_add_integer(&row, "least", INT64_MIN);
	row_add_boolean(&row, "yes", true);
	row_add_boolean(&row, "no", false);
	row_add_null(&row, "nothing");
	json_row(&writer, NULL, &row);
	json = read_back();
	cr_assert_eq(json_integer_value(json_object_get(json, "most")), INT64_MAX);
	cr_assert_eq(json_integer_value(json_object_get(json, "least")), INT64_MIN);
	cr_assert(json_is_true(json_object_get(json, "yes")));
	cr_assert(json_is_false(json_object_get(json, "no")));
	cr_assert(json_is_null(json_object_get(json, "nothing")));
	json_decref(json);
}

Test(json_writer, hours_have_two_decimals_at_most)
{
	json_open_object(&writer, NULL);
	row_add_hours(&row, "whole", 180);
	row_add_hours(&row, "half", 30);
	row_add_hours(&row, "third", 20);
	row_add_hours(&row, "two_thirds", 100 * 60 + 40);
	row_add_hours(&row, "none", 0);
	json_row_values(&writer, &row);
	json_close_object(&writer);
	cr_assert_str_eq(end(), "{\"whole\": 3.0, \"half\": 0.5, \"third\": 0.33, "
				"\"two_thirds\": 100.67, \"none\": 0.0}\n");
}

static void write_window(const char *start, const char *const *optional, size_t count)
{
	row_init(&row, &arena);
	row_add_text(&row, "start", start);
	row_add_list(&row, "optional_free", optional, count);
	json_row(&writer, NULL, &row);
}

Test(json_writer, an_object_holds_arrays_of_objects_as_free_needs)
{
	static const char *const units[] = { "A", "B" };

	json_open_object(&writer, NULL);
	row_add_list(&row, "units", units, 2);
	row_add_integer(&row, "minutes", 60);
	json_row_values(&writer, &row);
	json_open_array(&writer, "windows");
	write_window("2026-12-01T13:00+02:00", units, 1);
	write_window("2026-12-08T13:00+02:00", NULL, 0);
	json_close_array(&writer);
	json_open_array(&writer, "near_misses");
	json_close_array(&writer);
	json_close_object(&writer);
	cr_assert_str_eq(end(),
		"{\"units\": [\"A\", \"B\"], \"minutes\": 60, \"windows\": [\n"
		"{\"start\": \"2026-12-01T13:00+02:00\", \"optional_free\": [\"A\"]},\n"
		"{\"start\": \"2026-12-08T13:00+02:00\", \"optional_free\": []}\n"
		"], \"near_misses\": []}\n");
}

Test(json_writer, objects_opened_in_arrays_are_parted_by_commas)
{
	json_t *json;

	json_open_array(&writer, NULL);
	for (int i = 0; i < 3; i++) {
		json_open_object(&writer, NULL);
		json_row(&writer, "row", &row);
		json_open_array(&writer, "rows");
		json_row(&writer, NULL, &row);
		json_row(&writer, NULL, &row);
		json_close_array(&writer);
		json_close_object(&writer);
	}
	json_close_array(&writer);
	json = read_back();
	cr_assert_eq(json_array_size(json), 3);
	cr_assert_eq(json_array_size(json_object_get(json_array_get(json, 2), "rows")), 2);
	json_decref(json);
}

Test(json_writer, a_full_row_keeps_the_order_of_its_keys)
{
	static const char *const keys[ROW_MOST_VALUES] = { "zz", "b", "a", "m", "case", "z", "k1",
		"k2", "k3", "k4", "k5", "k6", "k7", "k8", "k9", "x", "w", "v", "u", "t", "s", "r",
		"q", "aa" };
	const char *key;
	json_t *json, *value;
	int i = 0;

	for (int k = 0; k < ROW_MOST_VALUES; k++)
		row_add_integer(&row, keys[k], k);
	json_row(&writer, NULL, &row);
	json = read_back();
	json_object_foreach(json, key, value) cr_assert_str_eq(key, keys[i++]);
	cr_assert_eq(i, ROW_MOST_VALUES);
	json_decref(json);
}

static long most_kilobytes(void)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	return usage.ru_maxrss;
}

static void write_rows(int count)
{
	for (int i = 0; i < count; i++) {
		arena_reset(&arena);
		row_init(&row, &arena);
		row_add_integer(&row, "id", i);
		for (int k = 0; k < 8; k++)
			row_add_day(&row, k % 2 ? "from" : "until", i % 50000);
		json_row(&writer, NULL, &row);
	}
}

Test(json_writer, memory_stays_flat_however_many_rows)
{
	long before;

	end();
	json_begin(&writer, fopen("/dev/null", "w"));
	json_open_array(&writer, NULL);
	write_rows(1000);
	before = most_kilobytes();
	write_rows(200000);
	json_close_array(&writer);
	json_end(&writer);
	cr_assert_not(ferror(writer.file));
	fclose(writer.file);
#ifdef WITH_ASAN
	(void)before; /* its quarantine keeps what was freed */
#else
	cr_assert_lt(most_kilobytes() - before, 512);
#endif
}

Test(json_writer, a_full_disk_is_seen_by_ferror)
{
	FILE *full = fopen("/dev/full", "w");

	end();
	json_begin(&writer, full);
	json_open_array(&writer, NULL);
	write_rows(1000);
	json_close_array(&writer);
	json_end(&writer);
	cr_assert(fflush(full) != 0 || ferror(full));
	cr_assert(ferror(full));
	fclose(full);
}
