#include "kutsu/domain/user.h"

#include "kutsu/base/message.h"

#include <ctype.h>
#include <string.h>

bool user_login_check(const char *login, struct error *err)
{
	size_t length = strlen(login);
	bool ok = length > 0 && length <= USER_LOGIN_LONGEST && isalnum((unsigned char)login[0]);

	for (size_t i = 0; ok && i < length; i++)
		ok = isascii((unsigned char)login[i])
		     && (isalnum((unsigned char)login[i]) || strchr("._-", login[i]));
	return ok
	       || error_set(err, ERROR_INVALID,
		       _("the login \"%.40s\" won't do; use letters a to z, digits, dot, hyphen, "
			 "at "
			 "most %d"),
		       login, USER_LOGIN_LONGEST);
}

bool user_roles_check(unsigned roles, size_t unit_count, struct error *err)
{
	bool is_contact = roles & 1u << ROLE_CONTACT;

	if (roles == 0)
		return error_set(err, ERROR_INVALID,
			_("no role was given; give it with --role, a person may have several"));
	if (is_contact && unit_count == 0)
		return error_set(
			err, ERROR_INVALID, _("a contact needs a unit; give it with --unit"));
	if (!is_contact && unit_count > 0)
		return error_set(err, ERROR_INVALID,
			_("only a contact has units; leave --unit out or add --role contact"));
	return true;
}
