#include "server/interop/campaign_file.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "core/base/ids.h"
#include "core/base/json.h"

namespace filrouge {

namespace {

constexpr std::size_t kHeaderBytesMax = 1 << 14;
constexpr std::size_t kHashBytes = sizeof(Bytes32);
constexpr std::int32_t kVersion = 2;  // another one than that of a list would compare nothing

Error malformed(std::string_view rule, std::string_view detail) {
  return Error{Code::malformed, "file", rule, detail};
}

}  // namespace

std::string_view campaign_file_name(CampaignFileKind kind) {
  constexpr std::string_view kNames[] = {"member_secret",   "member",       "campaign_key",
                                         "encoded",         "register",     "answer",
                                         "blinding_secret", "blinded_once", "blinded_twice"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::string write_campaign_file(CampaignFileKind kind, CampaignHeader header, std::string_view body,
                                HashFunction hash) {
  header.filrouge = campaign_file_name(kind);
  header.version = kVersion;
  std::string out = json::encode(header) + "\n";
  out += body;
  const Bytes32 sum = hash(out);
  out.append(reinterpret_cast<const char*>(sum.data()), sum.size());
  return out;
}

std::optional<CampaignHeader> campaign_header_of(std::string_view bytes) {
  const std::size_t line = bytes.substr(0, kHeaderBytesMax).find('\n');
  if (line == std::string_view::npos || !bytes.starts_with("{\"filrouge\":")) return std::nullopt;
  auto header = json::decode<CampaignHeader>(bytes.substr(0, line), json::Unknown::keep);
  if (!header.ok()) return std::nullopt;
  return std::move(*header);
}

Result<CampaignFile> read_campaign_file(std::string_view bytes, CampaignFileKind kind,
                                        HashFunction hash) {
  auto header = campaign_header_of(bytes);
  if (!header) return malformed("not_ours", "not a file of a campaign");
  if (header->version > kVersion) return malformed("newer", "of a later version of the program");
  if (header->version < kVersion) return malformed("older", "of an earlier version of the program");
  if (header->filrouge != campaign_file_name(kind))
    return malformed("other_kind", header->filrouge);
  const std::size_t begin = bytes.find('\n') + 1;
  if (bytes.size() < begin + kHashBytes) return malformed("changed", "the file was cut");
  const std::string_view content = bytes.substr(0, bytes.size() - kHashBytes);
  const Bytes32 sum = hash(content);
  if (std::memcmp(sum.data(), bytes.data() + content.size(), kHashBytes) != 0)
    return malformed("changed", "the file was cut or changed");
  CampaignFile out;
  out.header = std::move(*header);
  out.body = content.substr(begin);
  out.hash = to_hex(sum.data(), sum.size());
  return out;
}

std::string bytes_of_rows(const std::vector<linkage::Encoding>& rows) {
  std::string out;
  out.reserve(rows.size() * sizeof(linkage::Encoding));
  for (const linkage::Encoding& row : rows)
    for (const std::uint64_t word : row)
      for (unsigned shift = 0; shift < 64; shift += 8)
        out += static_cast<char>(word >> shift & 0xFF);
  return out;
}

Result<std::vector<linkage::Encoding>> rows_of_file(const CampaignFile& file) {
  const std::size_t rows = file.body.size() / sizeof(linkage::Encoding);
  if (rows == 0 || rows * sizeof(linkage::Encoding) != file.body.size() ||
      file.header.rows != static_cast<std::int64_t>(rows) || rows > linkage::rows_max)
    return malformed("rows", "the number of rows is not that of the header");
  std::vector<linkage::Encoding> out(rows);
  const auto* byte = reinterpret_cast<const unsigned char*>(file.body.data());
  for (linkage::Encoding& row : out)
    for (std::uint64_t& word : row)
      for (unsigned shift = 0; shift < 64; shift += 8)
        word |= static_cast<std::uint64_t>(*byte++) << shift;
  return out;
}

}  // namespace filrouge
