#include "core/base/result.h"

namespace filrouge {

Error::Error() = default;
Error::Error(Code c, std::string_view f, std::string_view r, std::string_view d)
    : code(c), field(f), rule(r), detail(d) {}
Error::Error(const Error&) = default;
Error::Error(Error&&) noexcept = default;
Error& Error::operator=(const Error&) = default;
Error& Error::operator=(Error&&) noexcept = default;
Error::~Error() = default;

}  // namespace filrouge
