// The C interface of core.wasm: the host writes a request into alloc()ed memory, calls, reads the
// answer at out(), which stays there until the next call, and frees its request.
//
//   const at = alloc(bytes.length); memory.set(bytes, at);
//   const size = call(at, bytes.length); const answer = memory.slice(out(), out() + size);
//   free_(at);
#include <__verbose_abort>
#include <cstdlib>
#include <string>

#include "core/wasm/call.h"

namespace {

std::string& answer() {
  static std::string text;
  return text;
}

}  // namespace

// libc++ asks a program to say how it stops on a broken invariant of the library; its own way
// prints first, and printing would bring the C formatted output to every phone.
void std::__libcpp_verbose_abort(const char*, ...) { __builtin_trap(); }

extern "C" {

void abort_message(const char*, ...) { __builtin_trap(); }  // likewise, of the C++ run time

// nlohmann's lexer reads every decimal as a double and formats the bad byte of a syntax error;
// core keeps decimals as text and drops that message (core/base/json.cc). These stand in the
// place of libc's, a tenth of the whole download.
double strtod(const char* text, char** end) {
  const char* at = text;
  while (*at != '\0') ++at;  // the lexer has checked that all of it is one number
  if (end != nullptr) *end = const_cast<char*>(at);
  return 0;
}
float strtof(const char* text, char** end) { return strtod(text, end) > 0 ? 1.0F : 0.0F; }
long double strtold(const char* text, char** end) { return strtod(text, end); }

int snprintf(char* text, std::size_t size, const char*, ...) {
  if (size > 0) *text = '\0';
  return 0;
}

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
