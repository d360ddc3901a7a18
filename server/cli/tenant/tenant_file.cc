#include "server/cli/tenant/tenant_file.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <functional>
#include <iterator>

#include "server/cli/speech.h"
#include "server/cli/tenant/tenant_check.h"
#include "server/ports/embedded.h"

namespace filrouge {

Result<Tenant> read_tenant(std::string_view text) {
  FILROUGE_TRY(tenant, json::decode<Tenant>(text));
  FILROUGE_CHECK(check_tenant(tenant));
  return tenant;
}

const std::vector<std::string>& tenant_names() {
  static const std::vector<std::string> names = {
      "tours", "sipa", "bureau-mobile", "acsea", "pare76", "agir14", "cuisine-mode-d-emploi"};
  return names;
}

Result<FoundTenant> find_tenant(const std::string& name) {
  const bool is_path = name.find('/') != std::string::npos || name.ends_with(".json");
  FoundTenant found;
  if (is_path) {
    std::ifstream in(name, std::ios::binary);
    found.text.assign(std::istreambuf_iterator<char>(in), {});
    if (!in.is_open())
      return refusal_of("tenant",
                        name + " : " + std::string(tell("fichier introuvable", "no such file")));
  } else {
    found.text = server_file("server/cli/tenants/" + name + ".json");
    if (found.text.empty())
      return refusal_of(
          "tenant",
          std::string(tell("démonstration inconnue : ", "unknown demonstration: ")) + name);
  }
  auto tenant = read_tenant(found.text);
  if (!tenant.ok()) {
    const Error& error = tenant.error();
    return refusal_of("tenant",
                      name + " : " + error.field + " : " + error.rule + ", " + error.detail);
  }
  found.tenant = std::move(*tenant);
  return found;
}

DayRange range_of(const Tenant& tenant, CivilDate today) {
  DayRange range;
  range.ends_today = !tenant.period.to;
  range.to = tenant.period.to.value_or(today);
  if (tenant.period.from) {
    range.from = *tenant.period.from;
  } else {
    // The same day of the month, so many months before; the 31st becomes the last of the month.
    const std::int64_t months =
        range.to.year() * 12LL + range.to.month() - 1 - tenant.period.months.value_or(12);
    const int year = static_cast<int>(months / 12);
    const int month = static_cast<int>(months % 12) + 1;
    int day = range.to.day();
    while (!CivilDate::of(year, month, day).ok()) --day;
    range.from = *CivilDate::of(year, month, day);
  }
  return range;
}

}  // namespace filrouge
