/*
 * Runs the real program: in a folder of its own, with an environment of its own, its output kept.
 * What can't be started fails the test.
 */
#ifndef KUTSU_TESTS_PROGRAM_H
#define KUTSU_TESTS_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#define PROGRAM_NOW	"2026-11-24T10:42" /* a Tuesday, week 48 */
#define PROGRAM_SECONDS 120		   /* after which a run is killed */

struct program;

/*
 * A new folder, with KUTSU_DB in it (no file yet), KUTSU_NOW, LC_ALL=C.UTF-8, TZ=Europe/Helsinki
 * and KUTSU_LANG=en. Nothing else of the environment is passed on but PATH. The folder goes with
 * program_free().
 */
struct program *program_new(void);
/* Another program than kutsu, by its path (borrowed), in a folder of its own, which is its HOME. */
struct program *program_new_other(const char *executable);
void program_free(struct program *program);

void program_set(struct program *program, const char *name, const char *value); /* NULL: unset */
/* "NAME=value" texts and NULL, good until the next program_set(): for tests that start it
 * themselves. */
const char *const *program_env(struct program *program);
const char *program_folder(struct program *program);
/* The path of a file in the folder, good until the program is freed. */
const char *program_path(struct program *program, const char *name);
const char *program_database(struct program *program);

/* What the next run reads, a text or a file of any bytes, and where it writes (a path; its own file
 * otherwise). */
void program_input(struct program *program, const char *text);
void program_input_file(struct program *program, const char *path);
void program_output(struct program *program, const char *path);

/*
 * Runs it with these arguments, NULL-terminated, and waits. Returns the exit status, or 1000 + the
 * signal that ended it. program_out() and program_err() hold until the next run.
 */
int program_run(struct program *program, const char *argument, ...) __attribute__((sentinel));
int program_run_list(struct program *program, const char *const *arguments);
/*
 * The same with a line as one would type it: words with blanks between, 'in single quotes' where a
 * word has blanks itself.
 */
int program_do(struct program *program, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* As program_do(), which must end well. Returns what it wrote, without the last line's end. */
const char *program_ok(struct program *program, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/*
 * As program_do(), which must end with this exit status, nothing on standard output, and on
 * standard error one line "kutsu: ..." with this text in it.
 */
void program_refused(struct program *program, int status, const char *text, const char *format, ...)
	__attribute__((format(printf, 4, 5)));
const char *program_out(struct program *program);
const char *program_err(struct program *program);

/* Starts one that is not waited for; its output goes to `output`, or nowhere where that is NULL. */
pid_t program_start(struct program *program, const char *output, const char *const *arguments);
int program_wait(pid_t pid); /* as program_run() */

void program_write(struct program *program, const char *name, const char *text);
/* A whole file, NUL-terminated; size may be NULL. free() */
char *program_read(const char *path, size_t *size);

#endif
