#include "kutsu/cli/entrance.h"

#include "kutsu/base/arena.h"
#include "kutsu/base/message.h"
#include "kutsu/base/words.h"
#include "kutsu/domain/user.h"
#include "kutsu/service/entrance.h"

#include <string.h>

/* argv[0] is "shell". */
static bool read_login(int argc, char **argv, struct entrance *entrance, struct error *err)
{
	if (argc == 2 && strncmp(argv[1], "--as=", 5) == 0)
		entrance->login = argv[1] + 5;
	else if (argc == 3 && strcmp(argv[1], "--as") == 0)
		entrance->login = argv[2];
	else
		return error_set(err, ERROR_INVALID,
			_("shell takes --as LOGIN and nothing else; see kutsu(1)"));
	return user_login_check(entrance->login, err);
}

static void drop_word(struct entrance *entrance)
{
	entrance->words++;
	entrance->word_count--;
}

/* Before the command only the language may be chosen: never the database. */
static bool read_options(struct entrance *entrance, struct error *err)
{
	if (entrance->word_count && strcmp(entrance->words[0], "kutsu") == 0)
		drop_word(entrance);
	while (entrance->word_count && entrance->words[0][0] == '-') {
		const char *word = entrance->words[0];

		if (strncmp(word, "--lang=", 7) == 0) {
			entrance->language = word + 7;
		} else if (strcmp(word, "--lang") == 0 && entrance->word_count > 1) {
			drop_word(entrance);
			entrance->language = entrance->words[0];
		} else if (strcmp(word, "--help") == 0) {
			return true;
		} else {
			return error_set(err, ERROR_INVALID,
				_("%.40s can't be given over ssh; give the command alone"), word);
		}
		drop_word(entrance);
	}
	return true;
}

bool entrance_read(int argc, char **argv, const char *database, const char *line,
	struct arena *arena, struct entrance *entrance, struct error *err)
{
	*entrance = (struct entrance) { 0 };
	return read_login(argc, argv, entrance, err) && entrance_check_owner(database, err)
	       && (!line
		       || (words_split(line, arena, &entrance->words, &entrance->word_count, err)
			       && read_options(entrance, err)));
}
