// Features of a GeoJSON FeatureCollection one after the other, in pieces of any size: only one
// feature is in memory at a time, so that a national file of outlines needs no more than its
// largest feature. What lies outside the list named "features" is passed over.
//
//   FeatureReader reader([&](std::int64_t index, std::string_view json) { ... });
//   while (read(chunk)) if (auto ok = reader.feed(chunk); !ok.ok()) return ok;
//   return reader.finish();   // "truncated" when the file stops half-way
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace filrouge {

inline constexpr std::size_t feature_bytes_max = 8 << 20;
inline constexpr std::size_t feature_depth_max = 64;  // of brackets outside the features

class FeatureReader {
 public:
  // `index` counts from 1; `json` is the text of one object, not yet parsed.
  using OnFeature = std::function<void(std::int64_t index, std::string_view json)>;
  explicit FeatureReader(OnFeature on_feature);

  // `malformed`: "syntax", "too_deep", "not_a_list" (features is no list of objects);
  // `too_large`: one feature over the limit. After an error nothing more is read.
  Status feed(std::string_view chunk);
  Status finish();

 private:
  Status take(char c);
  Status take_structure(char c);
  Status open(char c);
  Status close(char c);
  void take_string(char c);

  OnFeature on_feature_;
  std::string brackets_;  // open ones, outermost first
  std::string key_;       // the string read last at depth one
  std::string feature_;
  std::int64_t count_ = 0;
  std::size_t inside_ = 0;  // depth of the list of features, 0 when not in it
  bool in_string_ = false;
  bool escaped_ = false;
  bool saw_features_ = false;
  bool ended_ = false;
};

}  // namespace filrouge
