/* The tables of the monthly report beside its indicators, and what each counts. */
#ifndef KUTSU_DOMAIN_REPORT_TABLE_H
#define KUTSU_DOMAIN_REPORT_TABLE_H

enum report_table {
	REPORT_TABLE_SOURCE,
	REPORT_TABLE_OUTCOME,
	REPORT_TABLE_SHARED_HOLE,
	REPORT_TABLE_AGE,
	REPORT_TABLE_AREA,
	REPORT_TABLE_DELAYS,
	REPORT_TABLE_UNITS,
	REPORT_TABLES
};

const char *report_table_code(enum report_table table); /* as in JSON; not to be freed */
/* In the language in use; not to be freed. */
const char *report_table_title(enum report_table table);
const char *report_table_definition(enum report_table table);

#endif
