// DIR/demo.json: the mark by which a folder is known to have been made by `filrouge demo`, and the
// copy of its tenant file beside it (DIR/tenant.json). Only such a folder is ever emptied, is
// served as a demonstration, and holds its own key.
//
//   auto marker = read_marker(data);   // not_found when the folder is no demonstration
#pragma once

#include <string>

#include <boost/describe/class.hpp>

#include "core/base/time.h"
#include "server/cli/tenant/tenant_file.h"

namespace filrouge {

struct DemoMarker {
  std::string made_by;  // "filrouge demo"
  std::string tenant;
  CivilDate until;        // the day it was made for
  bool complete = false;  // false while it is being filled
};
BOOST_DESCRIBE_STRUCT(DemoMarker, (), (made_by, tenant, until, complete))

inline constexpr std::string_view demo_made_by = "filrouge demo";

bool is_demo(const std::string& data);
Result<DemoMarker> read_marker(const std::string& data);
Status write_marker(const std::string& data, const DemoMarker& marker);
// The tenant that this folder was made from, as it was then.
Result<Tenant> kept_tenant(const std::string& data);
Status keep_tenant(const std::string& data, const std::string& text);

// A small file, written beside and then renamed: whole or not at all. Mode 0600.
Status write_small_file(const std::string& path, std::string_view text);
Result<std::string> read_small_file(const std::string& path);

}  // namespace filrouge
