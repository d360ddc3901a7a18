// Phones: enrolled at a sign-in with a token that can only write; the own list, and declaring one
// lost (by its owner, or by an administrator): what it still sends waits in the quarantine.
#include "core/base/text.h"
#include "server/app/sessions.h"
#include "server/app/stamps.h"
#include "server/app/states.h"
#include "server/app/use_cases.h"
#include "server/app/write.h"

namespace filrouge {

namespace {

Result<api::DeviceList> devices_of(App& app, std::optional<SubjectId> account) {
  FILROUGE_TRY(all, all_known(app, {.collection = Collection::device}));
  api::DeviceList list;
  for (const KnownPtr& known : all) {
    const auto device = state_in<DeviceState>(known);
    if (device == nullptr || (account && device->account != *account)) continue;
    FILROUGE_TRY(name, name_of(app, device->account));
    list.rows.push_back({known->row.subject, device->account, std::move(name), device->label,
                         device->enrolled, device->lost});
  }
  std::sort(list.rows.begin(), list.rows.end(), [](const auto& a, const auto& b) {
    return std::tie(b.enrolled, a.device) < std::tie(a.enrolled, b.device);
  });
  return list;
}

}  // namespace

Result<api::EnrolledDevice> enrol_device(App& app, const Caller& caller,
                                         const api::EnrolDevice& request) {
  const SubjectId account = caller.actor ? caller.actor->account : SubjectId{};
  FILROUGE_CHECK(require(app, caller, "device.enrol", {.account = account}));
  FILROUGE_TRY(label, clean_text(request.label, limits::label_characters_max, "label"));
  api::EnrolledDevice made;
  made.device = app.random.id<SubjectId>();
  made.token = new_token(app);
  const Draft draft =
      desk_draft(app, "device_enrolled", made.device, account,
                 DeviceEnrolled{account, std::move(label), caller.actor->state.organisation});
  // The token first: one without its phone opens nothing.
  FILROUGE_CHECK(
      app.keys.put_device({hashed_token(app, "device", made.token), made.device, account}));
  FILROUGE_CHECK(write_judged(app, *caller.actor, {draft}));
  return made;
}

Result<Caller> caller_of_device(App& app, const std::string& token, const std::string& address) {
  FILROUGE_TRY(found, app.keys.device(hashed_token(app, "device", token)));
  if (!found) return Error{Code::unauthenticated, "", "unknown_device", "enrol this phone again"};
  Caller caller;
  caller.device = found->device;
  caller.device_account = found->account;
  caller.address = address;
  return caller;
}

Result<api::DeviceList> own_devices(App& app, const Caller& caller, const api::Empty&) {
  const SubjectId account = caller.actor ? caller.actor->account : SubjectId{};
  FILROUGE_CHECK(require(app, caller, "device.own", {.account = account}));
  return devices_of(app, account);
}

Result<api::DeviceList> all_devices(App& app, const Caller& caller, const api::Empty&) {
  FILROUGE_CHECK(require(app, caller, "device.list", {}));
  return devices_of(app, std::nullopt);
}

Result<api::Empty> declare_lost(App& app, const Caller& caller, const api::DeclareLost& request) {
  if (!caller.actor) return Error{Code::unauthenticated, "", "signed_out", "sign in first"};
  FILROUGE_TRY(device, find_state<DeviceState>(app, request.device));
  const SubjectId owner = device == nullptr ? SubjectId{} : device->account;
  const Status own = require(app, caller, "device.own", {.account = owner});
  if (!own.ok()) {
    // Somebody else's phone is not to be told apart from none, but for who may declare it.
    if (!require(app, caller, "device.lost", {}).ok() || device == nullptr)
      return Error{Code::not_found, "device", "not_found", "no such phone"};
  }
  const Draft draft = desk_draft(app, "device_lost", request.device, caller.actor->account,
                                 DeviceLost{caller.actor->account});
  FILROUGE_CHECK(write_judged(app, *caller.actor, {draft}));
  return api::Empty{};
}

}  // namespace filrouge
