/* Command lines: what a shell makes of them is what we make of them, or they are refused. */
#include "kutsu/base/words.h"

#include "kutsu/base/arena.h"
#include "kutsu/base/message.h"
#include "kutsu/base/text.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MOST_WORDS 5

static struct arena arena;
static struct error err;
static char **words;
static size_t count;

static void set_up(void)
{
	message_set_language(LANGUAGE_EN);
}

static void tear_down(void)
{
	arena_release(&arena);
}

TestSuite(words, .init = set_up, .fini = tear_down);

/* The words are the wanted ones up to a NULL. */
static void expect(const char *line, const char *const *wanted)
{
	size_t n = 0;

	cr_assert(words_split(line, &arena, &words, &count, &err), "%s: %s", line, err.text);
	for (; wanted[n]; n++) {
		cr_assert_lt(n, count, "%s: only %zu words", line, count);
		cr_expect_str_eq(words[n], wanted[n], "%s", line);
	}
	cr_expect_eq(count, n, "%s: %zu words", line, count);
	cr_expect_null(words[count]);
}

#define EXPECT(line, ...) expect(line, (const char *const[]) { __VA_ARGS__, NULL })

static void expect_refused(const char *line, const char *text)
{
	cr_expect_not(words_split(line, &arena, &words, &count, &err), "%s", line);
	cr_expect_eq(err.code, ERROR_INVALID);
	cr_expect_str_eq(err.text, text, "%s: %s", line, err.text);
	cr_expect_null(words);
	cr_expect_eq(count, 0u);
}

Test(words, blanks_part_them)
{
	EXPECT("unit list", "unit", "list");
	EXPECT(" \t unit \t\t list\t ", "unit", "list");
	EXPECT("äiti", "äiti");
	expect("", (const char *const[]) { NULL });
	expect(" \t ", (const char *const[]) { NULL });
}

Test(words, single_quotes_keep_all_within_them)
{
	EXPECT("a 'b c' d", "a", "b c", "d");
	EXPECT("'; & | < > ( ) $ ` * ? [ ~ # \\ \"'", "; & | < > ( ) $ ` * ? [ ~ # \\ \"");
	EXPECT("'ensimmäinen\ntoinen\trivi'", "ensimmäinen\ntoinen\trivi");
	EXPECT("''", "");
	EXPECT("a '' b", "a", "", "b");
}

Test(words, in_double_quotes_a_backslash_stands_before_four_signs)
{
	EXPECT("\"a  b\"", "a  b");
	EXPECT("\"\\\\ \\\" \\$ \\`\"", "\\ \" $ `");
	EXPECT("\"\\a \\' \\;\"", "\\a \\' \\;");
	EXPECT("\"; & | < > ( ) * ? [ ~ # '\"", "; & | < > ( ) * ? [ ~ # '");
	EXPECT("\"a\nb\"", "a\nb");
	EXPECT("\"\"", "");
}

Test(words, a_backslash_takes_the_meaning_from_any_character)
{
	EXPECT("a\\ b", "a b");
	EXPECT("\\;\\&\\|\\<\\>\\(\\)\\$\\`\\*\\?\\[\\~\\#\\\\\\'\\\"", ";&|<>()$`*?[~#\\'\"");
	EXPECT("\\a\\ä", "aä");
	EXPECT("\\\t", "\t");
}

Test(words, quoted_parts_without_a_blank_between_are_one_word)
{
	EXPECT("--place='Koulu 1'", "--place=Koulu 1");
	EXPECT("a'b'\"c\"\\d", "abcd");
	EXPECT("''a\"\"", "a");
	EXPECT("'don'\\''t'", "don't");
}

Test(words, what_means_something_only_elsewhere_is_plain)
{
	EXPECT("a~b ]  {x} ! % ^ @ + = : , . / - _", "a~b", "]", "{x}", "!", "%", "^", "@", "+",
		"=", ":", ",", ".", "/", "-", "_");
	EXPECT("''~", "~");
}

Test(words, what_a_shell_would_act_on_is_refused)
{
	for (const char *sign = ";&|<>()$`*?[#"; *sign; sign++) {
		char line[8], text[200];

		snprintf(text, sizeof(text),
			"\"%c\" means something to a shell, and no shell is here; put it in single "
			"quotes",
			*sign);
		snprintf(line, sizeof(line), "a %c", *sign);
		expect_refused(line, text);
		snprintf(line, sizeof(line), "a%cb", *sign);
		expect_refused(line, text);
		snprintf(line, sizeof(line), "'a'%c", *sign);
		expect_refused(line, text);
	}
}

Test(words, a_tilde_that_begins_a_word_is_refused)
{
	static const char text[] = "\"~\" means something to a shell, and no shell is here; put it "
				   "in single quotes";

	expect_refused("~", text);
	expect_refused("a ~/b", text);
}

Test(words, what_double_quotes_do_not_hold_back_is_refused)
{
	expect_refused("\"$HOME\"", "\"$\" means something to a shell, and no shell is here; put "
				    "it in single quotes");
	expect_refused("\"a `b`\"", "\"`\" means something to a shell, and no shell is here; put "
				    "it in single quotes");
}

Test(words, control_characters_are_refused)
{
	static const char text[] = "a line feed or control character stands in the command, and no "
				   "shell is here; leave it out";
	static const char *const lines[] = { "a\nb", "a\n", "\n", "a \r\n", "\033[31m", "'\033'",
		"\"\033\"", "\\\033", "'\x7f'", "a\x01", "\xC2\x9B", "'\xC2\x9B'", "\\\xC2\x9B",
		"\\\n", "\"a\\\nb\"", "'a'\n'b'" };

	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		expect_refused(lines[i], text);
}

Test(words, an_unended_quote_is_refused)
{
	static const char single[] = "a ' is not ended; end it, or put a backslash before it";
	static const char twofold[] = "a \" is not ended; end it, or put a backslash before it";

	expect_refused("'", single);
	expect_refused("a 'b", single);
	expect_refused("don't", single);
	expect_refused("'a\\'b'", single);
	expect_refused("\"", twofold);
	expect_refused("\"a\\\"", twofold);
	expect_refused("\"a\\", twofold);
}

Test(words, a_last_backslash_is_refused)
{
	static const char text[] =
		"nothing stands behind the last \\; leave it out or put it in single quotes";

	expect_refused("\\", text);
	expect_refused("a b\\", text);
}

/* Taken apart by quotes, the two bytes of a control character would be joined. */
Test(words, what_is_not_utf_8_is_refused)
{
	static const char text[] = "the command is not UTF-8; type it anew";

	expect_refused("\xff", text);
	expect_refused("\xC2''\x9B[31m", text);
	expect_refused("'\xC2'\\\x9B", text);
	expect_refused("\xC2\"\x9B\"", text);
}

/* ---- A line is made of random words, each character quoted in a random way. ---- */

static const char *const pieces[] = { "a", "B", "7", "-", "=", "/", "ä", "–", "😀", " ", "\t", "\n",
	"'", "\"", "\\", "$", "`", ";", "&", "|", "<", ">", "(", ")", "*", "?", "[", "]", "~", "#",
	"!", "{", "}" };

#define PIECES (sizeof(pieces) / sizeof(pieces[0]))

static size_t below(size_t most)
{
	return (size_t)rand() % most;
}

static void add_random_word(struct text *word)
{
	for (size_t left = below(9); left > 0; left--)
		text_add(word, pieces[below(PIECES)]);
}

static void quote_singly(const char *piece, struct text *line)
{
	text_format(line, "'%s'", piece);
}

static void quote_doubly(const char *piece, struct text *line)
{
	text_format(line, strchr("\\\"$`", *piece) ? "\"\\%s\"" : "\"%s\"", piece);
}

/* Any piece can stand in one of the two kinds of quotes; most can do without. */
static void quote(const char *piece, struct text *line)
{
	bool is_special = strchr(" \t\n'\"\\$`;&|<>()*?[~#", *piece) != NULL;

	switch (below(4)) {
	case 0:
		quote_doubly(piece, line);
		break;
	case 1:
		if (*piece != '\n')
			text_format(line, "\\%s", piece);
		else
			quote_singly(piece, line);
		break;
	case 2:
		if (*piece != '\'')
			quote_singly(piece, line);
		else
			quote_doubly(piece, line);
		break;
	default:
		if (is_special)
			quote_doubly(piece, line);
		else
			text_add(line, piece);
	}
}

/* An empty word is seen by its quotes only. */
static void quote_word(const char *word, struct text *line)
{
	text_add(line, *word ? "" : "''");
	while (*word) {
		char piece[5] = { *word++ };

		for (int i = 1; i < 4 && ((unsigned char)*word & 0xC0) == 0x80; i++)
			piece[i] = *word++;
		quote(piece, line);
	}
}

Test(words, random_words_quoted_and_joined_come_back_as_they_were)
{
	srand(20261124);
	for (int trial = 0; trial < 20000; trial++) {
		struct text made[MOST_WORDS] = { 0 }, line = { 0 };
		size_t wanted = below(MOST_WORDS + 1);

		for (size_t i = 0; i < wanted; i++) {
			add_random_word(&made[i]);
			text_add(&line, i ? (below(2) ? " " : "\t ") : "");
			quote_word(text_get(&made[i]), &line);
		}
		cr_assert(words_split(text_get(&line), &arena, &words, &count, &err), "%s: %s",
			text_get(&line), err.text);
		cr_assert_eq(count, wanted, "%s", text_get(&line));
		for (size_t i = 0; i < wanted; i++) {
			cr_assert_str_eq(words[i], text_get(&made[i]), "%s", text_get(&line));
			text_release(&made[i]);
		}
		text_release(&line);
		arena_reset(&arena);
	}
}

/* ---- Any line that is taken is one that the shell takes the same way. ---- */

/* A command line of the shell that prints each word between [ and ]. */
static void add_shell_line(struct text *script, const char *line)
{
	text_format(script, "show %s\n", line);
}

static void add_our_answer(struct text *answer)
{
	for (size_t i = 0; i < count; i++)
		text_format(answer, "[%s]", words[i]);
	text_add(answer, "\n");
}

static void run_shell(const char *script, struct text *said)
{
	char path[] = "/tmp/kutsu-words-XXXXXX", line[100];
	int file = mkstemp(path);
	FILE *shell;
	char part[4096];
	size_t got;

	cr_assert_geq(file, 0);
	cr_assert_eq(write(file, script, strlen(script)), (ssize_t)strlen(script));
	close(file);
	snprintf(line, sizeof(line), "exec sh %s 2>&1", path);
	shell = popen(line, "r");
	cr_assert_not_null(shell);
	while ((got = fread(part, 1, sizeof(part), shell)) > 0)
		text_add_bytes(said, part, got);
	cr_expect_eq(pclose(shell), 0);
	unlink(path);
}

Test(words, a_shell_splits_every_line_that_is_taken_the_same_way)
{
	struct text script = { 0 }, ours = { 0 }, theirs = { 0 }, line = { 0 };
	int taken = 0;

	text_add(&script, "show() { for w in \"$@\"; do printf '[%s]' \"$w\"; done; echo; }\n");
	srand(20261125);
	for (int trial = 0; trial < 20000; trial++) {
		text_clear(&line);
		for (size_t left = below(7); left > 0; left--)
			text_add(&line, pieces[below(PIECES)]);
		if (!words_split(text_get(&line), &arena, &words, &count, &err))
			continue;
		add_shell_line(&script, text_get(&line));
		add_our_answer(&ours);
		arena_reset(&arena);
		taken++;
	}
	cr_expect_gt(taken, 2000);
	run_shell(text_get(&script), &theirs);
	cr_expect_str_eq(text_get(&ours), text_get(&theirs));
	text_release(&script);
	text_release(&ours);
	text_release(&theirs);
	text_release(&line);
}
