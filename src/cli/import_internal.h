/* What `import` reads in, a file each. */
#ifndef KUTSU_CLI_IMPORT_INTERNAL_H
#define KUTSU_CLI_IMPORT_INTERNAL_H

#include "command_internal.h"

bool run_import_csv(struct cli *cli, struct error *err);
bool run_import_ics(struct cli *cli, struct error *err);

#endif
