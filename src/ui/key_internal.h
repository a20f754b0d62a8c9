/* Keys as the screens know them. */
#ifndef KUTSU_UI_KEY_INTERNAL_H
#define KUTSU_UI_KEY_INTERNAL_H

enum press {
	PRESS_NONE, /* nothing was pressed for a while */
	PRESS_TEXT, /* a character: see text */
	PRESS_ENTER,
	PRESS_ESC,
	PRESS_TAB,
	PRESS_BACKTAB,
	PRESS_UP,
	PRESS_DOWN,
	PRESS_LEFT,
	PRESS_RIGHT,
	PRESS_WORD_LEFT,
	PRESS_WORD_RIGHT,
	PRESS_PAGE_UP,
	PRESS_PAGE_DOWN,
	PRESS_HOME,
	PRESS_END,
	PRESS_BACKSPACE,
	PRESS_DELETE,
	PRESS_RESIZE,
	PRESS_HANG_UP,		/* the line is lost or the process is told to end */
	PRESS_FUNCTION,		/* PRESS_FUNCTION + n is F(n) */
	PRESS_CONTROL = 0x80,	/* PRESS_CONTROL + letter, as in PRESS_CONTROL + 'S' */
	PRESS_CHARACTER = 0x100 /* PRESS_CHARACTER + ASCII: in key tables, where text is meant */
};

struct key {
	int press;
	char text[8]; /* UTF-8, for PRESS_TEXT */
};

/* Whether the key is the one that a key table names. */
static inline bool key_is(const struct key *key, int binding)
{
	if (binding >= PRESS_CHARACTER)
		return key->press == PRESS_TEXT && key->text[0] == (char)(binding - PRESS_CHARACTER)
		       && key->text[1] == '\0';
	return key->press == binding;
}

#endif
