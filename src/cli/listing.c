#include "listing_internal.h"

void listing_begin(struct listing *listing, struct cli *cli, size_t columns)
{
	*listing = (struct listing) { .cli = cli,
		.table = { .arena = cli->arena, .columns = columns } };
}

/* Not before there is something to say: what is refused prints nothing. */
static void open_json(struct listing *listing)
{
	if (listing->is_open)
		return;
	listing->is_open = true;
	json_begin(&listing->json, listing->cli->out);
	json_open_array(&listing->json, NULL);
}

void listing_row(struct listing *listing, const struct row *row)
{
	open_json(listing);
	json_row(&listing->json, NULL, row);
}

void listing_end(struct listing *listing)
{
	if (listing->cli->json) {
		open_json(listing);
		json_close_array(&listing->json);
		json_end(&listing->json);
	} else {
		table_print(&listing->table, listing->cli->out);
	}
}
