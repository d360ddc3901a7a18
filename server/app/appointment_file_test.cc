// An appointment as a file for a calendar says nothing to whoever looks over a shoulder.
#include "server/app/node_testing.h"

namespace filrouge {
namespace {

TEST(AppointmentFile, IsNeutralAndReadByCalendars) {
  TestNode node;
  const SubjectId organisation = node.organisation("Mission locale de Tours");
  const SubjectId team = node.team(organisation);
  const SubjectId worker = node.worker(team);
  const Caller phone = node.phone(worker);
  const Caller desk = node.caller(worker);
  const auto person = node.random->id<SubjectId>();
  PersonCreated created;
  created.alias = "Éléonore";
  created.team = team;
  EXPECT_EQ(node.send(phone, node.draft("person_created", person, worker, created)).receipt,
            Receipt::accepted);
  AppointmentSet set;
  set.appointment = node.random->id<EntryId>();
  set.organisation = organisation;
  set.account = worker;
  set.on = utc_day(node.clock.now()).plus_days(3);
  set.minute = 14 * 60 + 30;
  set.where = "Mission locale, 3 rue du Parc";
  set.about = "addictologue";
  const SyncResult sent = node.send(phone, node.draft("appointment_set", person, worker, set));
  ASSERT_EQ(sent.receipt, Receipt::accepted) << sent.reason.value_or("");
  const auto rows = value(node.store->ledger(person, std::nullopt, 50)).size();
  const api::Download file = value(appointment_file(node.app(), desk, {person, set.appointment}));
  EXPECT_EQ(value(node.store->ledger(person, std::nullopt, 50)).size(), rows + 1);
  EXPECT_EQ(file.content_type, "text/calendar; charset=utf-8");
  std::string day = set.on.text();
  std::erase(day, '-');
  for (const std::string& part :
       {std::string("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"), "DTSTART:" + day + "T143000\r\n",
        std::string("SUMMARY:Rendez-vous É.\r\n"), std::string("END:VCALENDAR\r\n")})
    EXPECT_NE(file.body.find(part), std::string::npos) << part << "\n" << file.body;
  for (const char* told : {"Mission", "Éléonore", "addictologue", "rue du Parc", "LOCATION"})
    EXPECT_EQ(file.body.find(told), std::string::npos) << told;
  EXPECT_EQ(rule_of(appointment_file(node.app(), desk, {person, node.random->id<EntryId>()})),
            "not_found");
  const Caller stranger = node.caller(node.worker(node.team(node.organisation("Ailleurs"))));
  EXPECT_EQ(rule_of(appointment_file(node.app(), stranger, {person, set.appointment})),
            "not_found");
}

}  // namespace
}  // namespace filrouge
