/* The verbs of `report` that have files of their own. */
#ifndef KUTSU_CLI_REPORT_INTERNAL_H
#define KUTSU_CLI_REPORT_INTERNAL_H

#include "command_internal.h"

extern const struct option_spec what_if_options[], advice_options[];

bool run_what_if(struct cli *cli, struct error *err);
bool run_advice(struct cli *cli, struct error *err);

#endif
