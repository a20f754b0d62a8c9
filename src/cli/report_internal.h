/* The verbs of `report` that have files of their own, and what they share. */
#ifndef KUTSU_CLI_REPORT_INTERNAL_H
#define KUTSU_CLI_REPORT_INTERNAL_H

#include "command_internal.h"
#include "kutsu/format/row.h"

/* Null where it is hidden or there is none. */
void report_add_figure(struct row *row, const char *key, int figure);

extern const struct option_spec capacity_options[], what_if_options[], advice_options[];

bool run_capacity(struct cli *cli, struct error *err);
bool run_what_if(struct cli *cli, struct error *err);
bool run_advice(struct cli *cli, struct error *err);

#endif
