/* The order of the layers, as the sources' include lines show it. */
#include "program.h"

#include <criterion/criterion.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct layer {
	const char *name, *below; /* what it may include besides itself */
} layers[] = {
	{ "base", "" },
	{ "domain", "base" },
	{ "format", "base domain" },
	{ "store", "base domain" },
	{ "transport", "base" },
	{ "service", "base domain format store transport" },
	{ "ui", "base domain format store service" },
	{ "cli", "base domain format store service" },
};

#define LAYERS (sizeof(layers) / sizeof(layers[0]))

typedef void file_visitor(const struct layer *layer, const char *path, const char *text);

static bool is_source(const char *name)
{
	const char *dot = strrchr(name, '.');

	return dot && (strcmp(dot, ".c") == 0 || strcmp(dot, ".h") == 0);
}

static size_t visit_folder(const struct layer *layer, const char *folder, file_visitor *visit)
{
	DIR *files = opendir(folder);
	struct dirent *entry;
	size_t count = 0;

	while (files && (entry = readdir(files))) {
		char path[1000];

		snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
		if (is_source(entry->d_name)) {
			char *text = program_read(path, NULL);

			visit(layer, path, text);
			free(text);
			count++;
		} else if (entry->d_name[0] != '.') {
			count += visit_folder(layer, path, visit);
		}
	}
	if (files)
		closedir(files);
	return count;
}

static void visit_sources(file_visitor *visit)
{
	static const char *const roots[] = { "src", "include/kutsu" };

	for (size_t i = 0; i < LAYERS; i++) {
		for (size_t r = 0; r < sizeof(roots) / sizeof(roots[0]); r++) {
			char folder[500];

			snprintf(folder, sizeof(folder), "%s/%s/%s", KUTSU_SOURCE_DIR, roots[r],
				layers[i].name);
			cr_assert_gt(
				visit_folder(&layers[i], folder, visit), 0u, "%s is empty", folder);
		}
	}
}

static bool has_word(const char *words, const char *word, size_t length)
{
	for (; *words; words += strcspn(words, " "), words += *words == ' ') {
		if (strcspn(words, " ") == length && strncmp(words, word, length) == 0)
			return true;
	}
	return false;
}

static void check_layer(const struct layer *layer, const char *path, const char *text)
{
	static const char start[] = "#include \"kutsu/";

	for (const char *at = strstr(text, start); at; at = strstr(at + 1, start)) {
		const char *name = at + strlen(start);
		size_t length = strcspn(name, "/\"");

		cr_expect(
			has_word(layer->name, name, length) || has_word(layer->below, name, length),
			"%s includes kutsu/%.*s/", path, (int)length, name);
	}
}

Test(tree, each_layer_includes_only_what_stands_below_it)
{
	visit_sources(check_layer);
}

static void check_libraries(const struct layer *layer, const char *path, const char *text)
{
	static const struct {
		const char *header, *layer;
	} libraries[] = {
		{ "sqlite3.h>", "store" },
		{ "jansson.h>", "format" },
		{ "ical.h>", "format" },
		{ "xlsxwriter.h>", "format" },
		{ "curses.h>", "ui" },
		{ "uuid.h>", "service" },
		{ "sodium.h>", "base" },
	};

	for (size_t i = 0; i < sizeof(libraries) / sizeof(libraries[0]); i++) {
		if (strcmp(layer->name, libraries[i].layer) != 0)
			cr_expect_null(strstr(text, libraries[i].header), "%s includes <%s", path,
				libraries[i].header);
	}
}

Test(tree, each_library_is_used_by_one_layer)
{
	visit_sources(check_libraries);
}

static void check_changes(const struct layer *layer, const char *path, const char *text)
{
	if (strcmp(layer->name, "service") != 0 && strcmp(layer->name, "store") != 0)
		cr_expect_null(strstr(text, "change_begin("), "%s begins a change", path);
}

Test(tree, only_use_cases_begin_a_change)
{
	visit_sources(check_changes);
}

/* "../" would leave the folder by another way than the include lines that show the layer. */
static void check_paths(const struct layer *layer, const char *path, const char *text)
{
	(void)layer;
	cr_expect_null(strstr(text, "#include \"../"), "%s", path);
}

Test(tree, no_include_line_leaves_its_folder)
{
	visit_sources(check_paths);
}

/* What is read or changed is asked of the service layer, which knows who may. */
static void check_store_calls(const struct layer *layer, const char *path, const char *text)
{
	static const char *const free_for_all[] = { "store_open(", "store_close(", "store_version(",
		"store_set_patience(" };
	bool is_front = strcmp(layer->name, "ui") == 0 || strcmp(layer->name, "cli") == 0;

	for (const char *at = strstr(text, "store_"); is_front && at;
		at = strstr(at + 1, "store_")) {
		size_t length = strspn(at, "abcdefghijklmnopqrstuvwxyz_");
		bool is_free = at[length] != '(';

		for (size_t i = 0; i < sizeof(free_for_all) / sizeof(free_for_all[0]); i++)
			is_free = is_free || strncmp(at, free_for_all[i], length + 1) == 0;
		cr_expect(is_free, "%s calls %.*s", path, (int)length, at);
	}
}

Test(tree, the_front_ends_read_and_change_through_use_cases)
{
	visit_sources(check_store_calls);
}
