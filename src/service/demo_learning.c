/* From observation to decision in the demonstration region. Invented. */
#include "demo_region_internal.h"
#include "kutsu/domain/slot.h"
#include "kutsu/service/learning.h"
#include "kutsu/service/monthly.h"

#define COUNT(table) (sizeof(table) / sizeof(table)[0])

static const struct {
	const char *at, *text, *place, *sector;
	bool is_grouped;
} observations[] = {
	{ "2026-10-28T14:00", "Syysloman jälkeen kolme yläkoululaista ei ole palannut kouluun",
		"Suistola", "SIV", true },
	{ "2026-11-04T14:00", "Poissaolot puhuttavat yhä useammassa LP-keskustelussa", "Lamminsalo",
		"OPH", true },
	{ "2026-11-11T14:00", "Nuoret valvovat, aamut eivät onnistu", "Kuohulampi", "NUO", true },
	{ "2026-11-12T14:00", "Vanhemmat kysyvät, kenelle poissaolosta soitetaan", NULL, NULL,
		true },
	{ "2026-11-13T14:00", "Bussivuoro lähtee ennen kerhon loppua", "Huhmarlampi", "JAR",
		false },
	{ "2026-11-17T14:00", "Alle kouluikäisten puheterapiaa odotetaan pitkään", "Malmila", "TER",
		false },
};

static const struct {
	const char *name, *elector, *member;
} seats[] = {
	{ "varhaiskasvatus", NULL, "varhaiskasvatusjohtaja" },
	{ "koulu", NULL, "sivistysjohtaja" },
	{ "opiskeluhuolto", NULL, "opiskeluhuollon päällikkö" },
	{ "lasten ja perheiden palvelut", NULL, "palvelujohtaja" },
	{ "aikuisten palvelut", NULL, "mielenterveyspalvelujen päällikkö" },
	{ "yhden kontaktin palvelu", NULL, "yhden kontaktin koordinaattori" },
	{ "järjestöt ja seurakunnat", "järjestöt ja seurakunnat", NULL },
};

bool demo_learning_seats(struct session *session, struct error *err)
{
	struct leadership_group north = { .name = "Pohjoisen johtoryhmä", .area = "POH" };
	bool ok = true;

	for (size_t i = 0; ok && i < COUNT(seats); i++)
		ok = group_set_seat(session, 1,
			&(struct seat) { .name = seats[i].name,
				.elector = seats[i].elector,
				.member = seats[i].member,
				.until_day = DAY_LAST },
			err);
	return ok && goal_set(session, INDICATOR_ACCESSIBILITY, 8000, err)
	       && goal_set(session, INDICATOR_DELAY_MEDIAN, 700, err)
	       && goal_set(session, INDICATOR_SATISFACTION, 450, err)
	       && goal_set(session, INDICATOR_CHILD_PARTICIPATION, 9000, err)
	       && group_add(session, &north, err);
}

size_t demo_observation_count(void)
{
	return COUNT(observations);
}

const char *demo_observation_at(size_t i)
{
	return observations[i].at;
}

bool demo_observe(struct session *session, size_t i, int64_t *grouped, struct error *err)
{
	struct observation observation = { .text = observations[i].text,
		.place = observations[i].place,
		.sector = observations[i].sector };

	if (!observation_add(session, &observation, err))
		return false;
	*grouped = observations[i].is_grouped ? observation.id : 0;
	return true;
}

bool demo_initiate(struct session *session, const int64_t *ids, size_t count, int from_day,
	int until_day, struct error *err)
{
	static const char *const partners[] = { "koulut", "etsivä nuorisotyö", "perhetyö",
		"järjestöt" };
	struct phenomenon phenomenon = { .title = "Koulupoissaolot ja päivärytmin kääntyminen",
		.indicator = "school_actions" };
	struct initiative initiative = { .title = "Aamut sujuviksi",
		.text = "Sovitaan yhteisestä aamusoitosta ja matalasta paluukynnyksestä.",
		.pilot_area = "Ruunavaara–Kuohulampi",
		.owner = "kehittäjätyöntekijä",
		.from_day = from_day,
		.until_day = until_day,
		.status = INITIATIVE_UNDER_WAY,
		.partners = partners,
		.partner_count = COUNT(partners) };
	struct initiative_feedback workers = { .value = 4,
		.text = "paluusuunnitelma tehdään nyt samassa tapaamisessa" };
	struct initiative_feedback families = {
		.is_of_families = true, .value = 4, .text = "aamusoitto auttoi kaksi viikkoa"
	};
	int64_t first, second;

	if (!phenomenon_add(session, &phenomenon, ids, count, err))
		return false;
	initiative.phenomenon_id = phenomenon.id;
	return initiative_add(session, &initiative, err)
	       && initiative_add_step(
		       session, initiative.id, "aamusoiton vuorot sovittu", from_day, &first, err)
	       && initiative_add_step(session, initiative.id, "väliarvio johtoryhmälle",
		       from_day + 90, &second, err)
	       && initiative_step_done(session, first, err)
	       && initiative_add_feedback(session, initiative.id, &workers, err)
	       && initiative_add_feedback(session, initiative.id, &families, err);
}

bool demo_decide(struct session *session, int from_day, struct error *err)
{
	struct decision decision = {
		.initiative_id = 1,
		.day = session_today(session),
		.from_day = from_day,
		.text = "Yksiköt kutsuvat neuvonpidon koolle viimeistään 20 poissaolotunnin "
			"kohdalla. "
			"Pohjoisen alueelle toinen viikkoreikä (to 9.00–11.00) päihdepalveluille.",
		.reason =
			"Havainnot kolmelta alueelta ja kaksi yhteydenottoa ilman yhteistä reikää.",
		.child_effect = "Lapsi pääsee takaisin kouluun ennen kuin poissaolosta tulee tapa.",
		.indicator = "no_shared_hole",
		.target = 500,
		.target_day = from_day + 180,
	};

	return decision_make(session, &decision, err);
}
