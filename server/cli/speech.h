// What the program says to people: French, or English where LC_ALL, LC_MESSAGES or LANG begins with
// "en". Help and refusals go to standard error as one clear line; data goes to standard output.
// Nothing said here holds personal data.
//
//   say_line(tell("Le dossier est prêt.", "The folder is ready."));
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.h"

namespace filrouge {

enum class Language { french, english };

// Read once from the environment; set_language() is for tests.
Language language();
void set_language(Language chosen);

// The one of the two that fits the language.
std::string_view tell(std::string_view french, std::string_view english);

void say_line(std::string_view line);    // standard error, one line
void print_text(std::string_view text);  // standard output, as it is

// The one line of a refusal: its own words when the command wrote them, else code, field and rule.
std::string sentence_of(const Error& error);

// A refusal in the words of the command, already in the right language.
Error refusal_of(std::string_view rule, std::string sentence);
// Wrong usage: exit status 2.
Error usage_of(std::string sentence);
bool is_usage(const Error& error);

}  // namespace filrouge
