/* Finnish personal identity codes (henkilötunnus), found in order to be refused. */
#ifndef KUTSU_DOMAIN_PERSONAL_ID_H
#define KUTSU_DOMAIN_PERSONAL_ID_H

#include <stdbool.h>

/*
 * Whether a code with a right check character stands anywhere in the text: ddmmyyCzzzQ with the
 * century signs + - U V W X Y A B C D E F (valtioneuvoston asetus 690/2022; dvv.fi). Artificial
 * ones (zzz 900-999) count; letters may be small. A digit right before the code, or a letter or
 * digit right behind it, makes it part of something else; letters before it do not
 * ("hetu131052-...").
 */
bool text_contains_personal_id(const char *text);

#endif
