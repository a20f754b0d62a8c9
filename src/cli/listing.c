#include "listing_internal.h"

void listing_begin(struct listing *listing, struct cli *cli, size_t columns)
{
	*listing = (struct listing) { .cli = cli,
		.table = { .arena = cli->arena, .columns = columns } };
	if (!cli->json)
		return;
	json_begin(&listing->json, cli->out);
	json_open_array(&listing->json, NULL);
}

void listing_end(struct listing *listing)
{
	if (listing->cli->json) {
		json_close_array(&listing->json);
		json_end(&listing->json);
	} else {
		table_print(&listing->table, listing->cli->out);
	}
}
