// The OpenAPI 3.1 document of the node, made from the route table and the described types: the
// web client's types are generated from it (`npm run api`), so nothing is written twice.
// Components also hold what travels sealed inside POST /api/v1/sync (Draft and the bodies of its
// kinds) and the shapes of the core's own calls, for the phone writes those too.
//
//   filrouge openapi > api.json          GET /api/v1/openapi.json
#pragma once

#include <string>

namespace filrouge::http {

// Two-space indented JSON, always the same bytes for the same program.
std::string openapi_document();

}  // namespace filrouge::http
