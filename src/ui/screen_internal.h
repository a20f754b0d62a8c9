/*
 * A screen: one file with its private state, its table of keys and its struct screen_ops. One loop
 * (ui.c) draws the screens of a stack, reads a key and lets the topmost act.
 */
#ifndef KUTSU_UI_SCREEN_INTERNAL_H
#define KUTSU_UI_SCREEN_INTERNAL_H

#include "canvas_internal.h"
#include "key_internal.h"
#include "kutsu/base/arena.h"
#include "kutsu/base/error.h"
#include "kutsu/base/message.h"
#include "kutsu/service/session.h"

#define STATUS_SIZE 400

enum status_kind { STATUS_NONE, STATUS_DONE, STATUS_ERROR };

/* What all screens share. */
struct ui {
	struct session *session;
	const char *writer; /* this run, as drafts know it */
	bool utf8;
	bool shows_keys;   /* the list of keys lies over the screen */
	int rows, columns; /* of what a screen is drawn in */
	enum status_kind status_kind;
	enum error_code failed; /* of the error shown last */
	char status[STATUS_SIZE];
	unsigned searchers;    /* how many forms have searched in this run */
	struct screen *chosen; /* what a dialog made to stand in its place */
	struct arena notice_arena;
	const char *notice; /* the newest decision that the user has not seen, or NULL */
};

void ui_say(struct ui *ui, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Shows what went wrong; always false. */
bool ui_fail(struct ui *ui, const struct error *err);

struct key_binding {
	int key;	  /* a press, or PRESS_CHARACTER + ASCII; 0 ends the table */
	int action;	  /* the screen's own number for it */
	const char *name; /* how the key is written, where it isn't plain; or NULL */
	const char *help; /* source text, a word or two */
};

/* What a key does is offered to those who may. Action 0 ends a table. */
struct action_right {
	int action;
	enum use_case needs;
};

struct screen;

/* What comes after a key. */
struct next {
	enum { NEXT_STAY, NEXT_BACK, NEXT_PUSH, NEXT_REPLACE } kind;
	struct screen *screen; /* for push and replace: owned by the stack from then on */
	int count;	       /* for back and replace: how many screens, 0 and 1 are one */
};

struct screen_ops {
	const char *title; /* source text */
	const struct key_binding *keys;
	const struct action_right *rights; /* for the actions that not everyone may; or NULL */
	bool is_overlay;		   /* the screen below is drawn first */
	bool takes_text;		   /* digits, n and q are typed, not commands */
	void (*draw)(const struct screen *screen, const struct ui *ui, const struct canvas *canvas);
	/* `action` is the key's in the table, or 0. */
	struct next (*act)(struct screen *screen, struct ui *ui, int action, const struct key *key);
	/* Reads what it shows; called before it is first drawn, when the database has changed and
	 * when the screen above it is gone. */
	bool (*read)(struct screen *screen, struct ui *ui, struct error *err);
	void (*resize)(struct screen *screen, const struct ui *ui); /* or NULL */
	void (*tick)(struct screen *screen, struct ui *ui); /* or NULL: nothing was pressed */
	void (*free)(struct screen *screen);
};

/* The first member of every screen's state. */
struct screen {
	const struct screen_ops *ops;
	struct screen *below;
	const struct key_binding *keys; /* more keys, of the part that has the focus; or NULL */
	bool is_done; /* nothing is left to do in it: what lies below is shown instead */
	bool is_read;
	bool is_unread; /* it should have been, but the database could not be used */
};

struct next next_stay(void);
struct next next_back(void);
struct next next_push(struct screen *screen);

/* Whether the user is offered what the key does. */
bool screen_offers(
	const struct screen *screen, const struct ui *ui, const struct key_binding *binding);

/* The views of the menu, opened by their digit by those who may. */
struct view {
	char digit;
	enum use_case needs;
	const char *title; /* source text */
	struct screen *(*make)(void);
	bool is_never_first; /* who may see another view begins there */
};

extern const struct view views[];
extern const int view_count;

#endif
