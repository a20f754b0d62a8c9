#include "command_internal.h"
#include "given_internal.h"

#include "kutsu/base/clock.h"

#include <unistd.h>

#define SILENT_MS   1000 /* what is done by then needs no word */
#define EACH_MS	    200
#define EACH_ROWS   256 /* looking at the clock takes longer than a row */
#define MOST_GROUPS 8
#define GROUP	    1000

struct progress progress_begin(const struct cli *cli)
{
	/* Rows that scroll by on the same terminal show it themselves. */
	bool is_free = cli->given->output || !isatty(STDOUT_FILENO);

	return (struct progress) { .shows = is_free && isatty(STDERR_FILENO),
		.next_ms = clock_steady_ms() + SILENT_MS };
}

/* "1 234 567" */
static void format_number(size_t number, char *to, size_t size)
{
	size_t groups[MOST_GROUPS], count = 0;
	int used;

	for (; count < MOST_GROUPS - 1 && number >= GROUP; number /= GROUP)
		groups[count++] = number % GROUP;
	used = snprintf(to, size, "%zu", number);
	while (count > 0)
		used += snprintf(to + used, size - (size_t)used, " %03zu", groups[--count]);
}

void progress_step(void *context, size_t rows)
{
	struct progress *progress = context;
	char number[4 * MOST_GROUPS];
	int64_t now;

	if (!progress->shows || rows % EACH_ROWS != 0)
		return;
	now = clock_steady_ms();
	if (now < progress->next_ms)
		return;
	format_number(rows, number, sizeof(number));
	fputc('\r', stderr);
	progress->width = fprintf(stderr, P_("%s row...", "%s rows...", (long)rows), number);
	progress->next_ms = now + EACH_MS;
}

void progress_end(struct progress *progress)
{
	if (progress->width > 0)
		fprintf(stderr, "\r%*s\r", progress->width, "");
	progress->width = 0;
}
