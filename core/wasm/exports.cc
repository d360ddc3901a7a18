// The C interface of core.wasm: the host writes a request into alloc()ed memory, calls, reads the
// answer at out(), which stays there until the next call, and frees its request.
//
//   const at = alloc(bytes.length); memory.set(bytes, at);
//   const size = call(at, bytes.length); const answer = memory.slice(out(), out() + size);
//   free_(at);
#include <cstdlib>
#include <string>

#include "core/wasm/call.h"

namespace {

std::string& answer() {
  static std::string text;
  return text;
}

}  // namespace

extern "C" {

__attribute__((export_name("alloc"))) void* filrouge_alloc(std::size_t bytes) {
  return std::malloc(bytes == 0 ? 1 : bytes);
}

__attribute__((export_name("free_"))) void filrouge_free(void* at) { std::free(at); }

__attribute__((export_name("call"))) std::size_t filrouge_call(const char* request,
                                                               std::size_t bytes) {
  answer() = filrouge::call({request, bytes});
  return answer().size();
}

__attribute__((export_name("out"))) const char* filrouge_out() { return answer().data(); }

}
