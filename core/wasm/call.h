// The one door to core for a host that is not C++: a JSON request in, a JSON answer out. The
// browser reaches it through four exported functions (core/wasm/exports.cc: alloc, free_, call,
// out); native tests call it directly, so that the golden vectors give the same bytes in both.
//
// Requests: {"op":"check","draft":{...}}            -> {"ok":true} or
// {"error":{code,field,rule,detail}}
//           {"op":"pad","text":"..."}               -> {"text":"..."}
//           {"op":"stamp","instant":ms,"offset":m}  -> {"occurred":{...},"field_day":"..."}
//           {"op":"tick","hlc":"...","now":ms}      -> {"hlc":"..."}
//           {"op":"merge","hlc":"...","other":"...","now":ms} -> {"hlc":"..."}
//           {"op":"fold","collection":"person","drafts":[...]} -> {"state":{...}}
//           {"op":"sync_step","state":{...},"event":{...}}     -> {"state":{...},"actions":[...]}
//                                                      without "state": a fresh outbox
//           {"op":"load_outlines","outlines":[...]} -> {"loaded":n}   kept until the next load
//           {"op":"locate","latitude_e7":n,"longitude_e7":n,"day":"...","commune":"37261"?}
//                                                   -> {"commune":..,"district":..} absent: inconnu
//           {"op":"locate_commune","commune":"37261","day":"..."} -> the same
//           {"op":"round_kinds"}                    ->
//           {"round_kinds":[{code,fr,en,group,counts_in_i01}]}
//           {"op":"minor_advice","age_band":...?,"language":"fr"} ->
//           {version,notice,danger,concern,
//                                                      title?,text?,options:[{label,choices}]}
//           {"op":"consent_wording"}                -> core/people/consent_wording.json, checked
// "fold" leaves the undone entries out (refold). A request that is not JSON, or whose op nobody
// knows, gets {"error":{...}}; nothing traps on input.
#pragma once

#include <string>
#include <string_view>

namespace filrouge {

std::string call(std::string_view request);

}  // namespace filrouge
