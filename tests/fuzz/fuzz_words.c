/* A command line that somebody sends by ssh. */
#include "fuzz.h"

#include "kutsu/base/arena.h"
#include "kutsu/base/text.h"
#include "kutsu/base/utf8.h"
#include "kutsu/base/words.h"

/* In single quotes, a single quote behind a backslash. */
static void add_quoted(struct text *line, const char *word)
{
	text_add(line, line->length ? " '" : "'");
	for (; *word; word++) {
		if (*word == '\'')
			text_add(line, "'\\''");
		else
			text_add_bytes(line, word, 1);
	}
	text_add(line, "'");
}

/* Whatever the words are, quoted they come back. */
static void check_round_trip(char **words, size_t count, struct arena *arena)
{
	struct text line = { 0 };
	struct error err;
	size_t again;
	char **same;

	for (size_t i = 0; i < count; i++)
		add_quoted(&line, words[i]);
	assert(words_split(text_get(&line), arena, &same, &again, &err));
	assert(again == count && !same[count]);
	for (size_t i = 0; i < count; i++)
		assert(strcmp(words[i], same[i]) == 0);
	text_release(&line);
}

/* Where nothing is quoted, words are what stands between blanks, and no sign is a shell's. */
static void check_plain(const char *line, char **words, size_t count)
{
	assert(!strpbrk(line, ";&|<>()$`*?[#\n") && !strstr(line, " ~") && *line != '~');
	for (size_t i = 0; i < count; i++) {
		line += strspn(line, " \t");
		assert(strcspn(line, " \t") == strlen(words[i]));
		assert(strncmp(line, words[i], strlen(words[i])) == 0);
		line += strlen(words[i]);
	}
	assert(line[strspn(line, " \t")] == '\0');
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	char *line = fuzz_text(bytes, size), **words;
	struct arena arena = { 0 };
	struct error err = { 0 };
	size_t count;

	if (words_split(line, &arena, &words, &count, &err)) {
		assert(!words[count]);
		if (!strpbrk(line, "'\"\\"))
			check_plain(line, words, count);
		check_round_trip(words, count, &arena);
	} else {
		assert(err.code == ERROR_INVALID && !words && count == 0);
		assert(utf8_is_valid(err.text) && !utf8_has_control(err.text));
	}
	arena_release(&arena);
	free(line);
	return 0;
}
