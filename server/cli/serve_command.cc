// `filrouge serve`: finds the key, then server/cli/serve.h does the work.
#include "server/cli/command.h"
#include "server/cli/control_commands.h"
#include "server/cli/demo_marker.h"
#include "server/cli/serve.h"

namespace filrouge {

Result<int> run_serve(const Arguments& arguments) {
  ServeOptions options;
  FILROUGE_TRY(data, arguments.needed("data"));
  options.listen = arguments.value_or("listen", options.listen);
  FILROUGE_CHECK(parse_listen(options.listen));
  const auto key_file = arguments.value("key-file");
  FILROUGE_CHECK(key_lies_outside(key_file, data));
  options.node.database = database_of(arguments);
  FILROUGE_CHECK(is_node(data, options.node.database));
  options.node.data = data;
  options.node.key_file = key_file;
  options.web_folder = arguments.value_or("web", "");
  options.demo = is_demo(data);
  options.control = control_commands();
  return serve(options);
}

}  // namespace filrouge
