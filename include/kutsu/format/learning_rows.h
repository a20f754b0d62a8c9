/* Feedback's chain as rows: see kutsu/format/row.h. */
#ifndef KUTSU_FORMAT_LEARNING_ROWS_H
#define KUTSU_FORMAT_LEARNING_ROWS_H

#include "kutsu/domain/learning.h"
#include "kutsu/format/row.h"

void row_of_observation(struct row *row, const struct observation *observation);
void row_of_phenomenon(struct row *row, const struct phenomenon *phenomenon);
void row_of_initiative(struct row *row, const struct initiative *initiative);
void row_of_initiative_step(struct row *row, const struct initiative_step *step);
void row_of_initiative_feedback(struct row *row, const struct initiative_feedback *feedback);
void row_of_decision(struct row *row, const struct decision *decision);
void row_of_seat(struct row *row, const struct seat *seat, int today);

#endif
