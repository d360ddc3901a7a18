#include "server/cli/control_commands.h"

#include "server/app/stale_facts.h"
#include "server/app/states.h"
#include "server/app/territory.h"
#include "server/cli/reference_import.h"

namespace filrouge {

namespace {

struct CommuneOrder {
  std::vector<Commune> communes;
};
BOOST_DESCRIBE_STRUCT(CommuneOrder, (), (communes))

struct OutlineOrder {
  std::vector<Outline> outlines;
};
BOOST_DESCRIBE_STRUCT(OutlineOrder, (), (outlines))

struct OrganisationOrder {
  std::vector<ListedOrganisation> organisations;
};
BOOST_DESCRIBE_STRUCT(OrganisationOrder, (), (organisations))

struct ConstraintOrder {
  std::vector<Constraint> constraints;
};
BOOST_DESCRIBE_STRUCT(ConstraintOrder, (), (constraints))

struct ReportOrder {
  std::string report;
};
BOOST_DESCRIBE_STRUCT(ReportOrder, (), (report))

json::Value written(std::int64_t count) {
  return std::move(json::Value::object().append("written", json::Value(count)));
}

}  // namespace

Result<std::int64_t> write_communes(App& app, const std::vector<Commune>& communes) {
  FILROUGE_CHECK(app.store.put_communes(communes));
  return static_cast<std::int64_t>(communes.size());
}

Result<std::int64_t> write_outlines(App& app, const std::vector<Outline>& outlines) {
  // The mark first: facts are located again even if the machine stops in between.
  Append mark;
  mark.tokens.push_back(moved(app));
  FILROUGE_CHECK(app.store.append(std::move(mark)));
  FILROUGE_CHECK(app.store.put_outlines(outlines));
  app.territory->forget();
  app.facts_stale->store(true);  // what was noted there before is located again
  return static_cast<std::int64_t>(outlines.size());
}

// Consortium figures concern every organisation: its DPO finds the row in its own ledger.
Status record_report(App& app, const std::string& report) {
  FILROUGE_TRY(organisations, all_known(app, {.collection = Collection::organisation}));
  Append append;
  for (const KnownPtr& organisation : organisations) {
    LedgerRow row;
    row.at = app.clock.now();
    row.organisation = organisation->row.subject;
    row.action = "figures.read";
    row.purpose = "command line: " + report;
    append.ledger.push_back(std::move(row));
  }
  FILROUGE_CHECK(app.store.append(std::move(append)));
  return Done{};
}

bool no_server(const Error& error) {
  return error.code == Code::not_found && error.rule == "no_server";
}

http::ControlCommands control_commands() {
  http::ControlCommands commands;
  commands["import.communes"] = [](App& app, const json::Value& given) -> Result<json::Value> {
    FILROUGE_TRY(order, json::read<CommuneOrder>(given));
    FILROUGE_TRY(count, write_communes(app, order.communes));
    return written(count);
  };
  commands["import.outlines"] = [](App& app, const json::Value& given) -> Result<json::Value> {
    FILROUGE_TRY(order, json::read<OutlineOrder>(given));
    FILROUGE_TRY(count, write_outlines(app, order.outlines));
    return written(count);
  };
  commands["import.organisations"] = [](App& app, const json::Value& given) -> Result<json::Value> {
    FILROUGE_TRY(order, json::read<OrganisationOrder>(given));
    FILROUGE_TRY(done, write_organisations(app, order.organisations));
    return json::parse(json::encode(done), {limits::control_line_bytes_max, limits::json_depth_max,
                                            limits::control_values_max, false});
  };
  commands["import.constraints"] = [](App& app, const json::Value& given) -> Result<json::Value> {
    FILROUGE_TRY(order, json::read<ConstraintOrder>(given));
    FILROUGE_TRY(count, write_constraints(app, order.constraints));
    return written(count);
  };
  commands["report.record"] = [](App& app, const json::Value& given) -> Result<json::Value> {
    FILROUGE_TRY(order, json::read<ReportOrder>(given));
    FILROUGE_CHECK(record_report(app, order.report));
    return json::Value::object();
  };
  return commands;
}

}  // namespace filrouge
