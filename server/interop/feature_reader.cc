#include "server/interop/feature_reader.h"

#include <utility>

namespace filrouge {

namespace {

Error broken(std::string_view rule, std::string_view detail) {
  return {Code::malformed, "", std::string(rule), std::string(detail)};
}

bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

}  // namespace

FeatureReader::FeatureReader(OnFeature on_feature) : on_feature_(std::move(on_feature)) {}

Status FeatureReader::feed(std::string_view chunk) {
  for (const char c : chunk) FILROUGE_CHECK(take(c));
  return Done{};
}

Status FeatureReader::finish() {
  if (!ended_) return broken("truncated", "the file stops half-way");
  if (!saw_features_) return broken("not_a_list", "no list of features");
  return Done{};
}

Status FeatureReader::take(char c) {
  const bool in_feature = inside_ != 0 && brackets_.size() > inside_;
  if (in_feature) {
    if (feature_.size() >= feature_bytes_max)
      return Error{Code::too_large, "feature " + std::to_string(count_ + 1), "too_large",
                   "a feature has at most 8 MB"};
    feature_ += c;
  }
  if (in_string_) return take_string(c), Done{};
  if (is_blank(c)) return Done{};
  if (ended_) return broken("syntax", "text after the end");
  if (c == '"') {
    in_string_ = true;
    if (brackets_.size() == 1) key_.clear();
    if (brackets_.size() != inside_ || inside_ == 0) return Done{};
    return broken("not_a_list", "a list of objects expected");
  }
  return take_structure(c);
}

void FeatureReader::take_string(char c) {
  if (escaped_) {
    escaped_ = false;
  } else if (c == '\\') {
    escaped_ = true;
  } else if (c == '"') {
    in_string_ = false;
    return;
  }
  if (brackets_.size() == 1 && key_.size() < 32) key_ += c;
}

Status FeatureReader::take_structure(char c) {
  if (c == '{' || c == '[') return open(c);
  if (c == '}' || c == ']') return close(c);
  if (brackets_.empty()) return broken("syntax", "an object expected");
  if (inside_ != 0 && brackets_.size() == inside_ && c != ',')
    return broken("not_a_list", "a list of objects expected");
  if (c == ',' && brackets_.size() == 1) key_.clear();
  return Done{};
}

Status FeatureReader::open(char c) {
  if (brackets_.empty() && c != '{') return broken("syntax", "an object expected");
  if (brackets_.size() >= feature_depth_max) return broken("too_deep", "too many levels");
  if (inside_ != 0 && brackets_.size() == inside_) {
    if (c != '{') return broken("not_a_list", "a list of objects expected");
    feature_.assign(1, c);
  }
  if (brackets_.size() == 1 && key_ == "features") {
    if (c != '[' || saw_features_) return broken("not_a_list", "one list of features expected");
    saw_features_ = true;
    inside_ = 2;
  }
  brackets_ += c;
  return Done{};
}

Status FeatureReader::close(char c) {
  if (brackets_.empty() || brackets_.back() != (c == '}' ? '{' : '['))
    return broken("syntax", "brackets that do not match");
  brackets_.pop_back();
  if (inside_ != 0 && brackets_.size() == inside_) {
    on_feature_(++count_, feature_);
    feature_.clear();
  }
  if (inside_ != 0 && brackets_.size() + 1 == inside_) inside_ = 0;
  ended_ = brackets_.empty();
  return Done{};
}

}  // namespace filrouge
