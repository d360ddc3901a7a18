#include "core/base/json_shape.h"

#include <cstring>

namespace filrouge::json {

namespace {

// Numbers of 1, 2, 4 or 8 bytes, as 64 bits.
std::int64_t load(const Shape& shape, const void* thing) {
  std::uint64_t bits = 0;
  if (shape.size == 1) bits = *static_cast<const std::uint8_t*>(thing);
  std::uint16_t two = 0;
  std::uint32_t four = 0;
  if (shape.size == 2) std::memcpy(&two, thing, 2), bits = two;
  if (shape.size == 4) std::memcpy(&four, thing, 4), bits = four;
  if (shape.size == 8) std::memcpy(&bits, thing, 8);
  const int unused = 64 - 8 * shape.size;
  if (!shape.is_signed) return static_cast<std::int64_t>(bits);
  return static_cast<std::int64_t>(bits << unused) >> unused;
}

void store(const Shape& shape, void* thing, std::int64_t number) {
  const auto bits = static_cast<std::uint64_t>(number);
  const auto one = static_cast<std::uint8_t>(bits);
  const auto two = static_cast<std::uint16_t>(bits);
  const auto four = static_cast<std::uint32_t>(bits);
  if (shape.size == 1) std::memcpy(thing, &one, 1);
  if (shape.size == 2) std::memcpy(thing, &two, 2);
  if (shape.size == 4) std::memcpy(thing, &four, 4);
  if (shape.size == 8) std::memcpy(thing, &bits, 8);
}

bool fail_unknown(const Shape& shape, const Value& value, Reader& reader, const Path& path) {
  for (const std::string& key : value.keys()) {
    bool is_known = false;
    for (const Field& field : shape.fields) is_known = is_known || key == field.name;
    if (!is_known)
      return reader.fail(wrong_value(Path{&path, key}, "unknown_field", "nobody reads this"));
  }
  return reader.fail(wrong_value(path, "unknown_field", "nobody reads this"));
}

}  // namespace

std::string_view name_of(std::span<const Enumerator> enumerators, std::int64_t value) {
  for (const Enumerator& e : enumerators)
    if (e.value == value) return e.name;
  return {};
}

const Enumerator* find_name(std::span<const Enumerator> enumerators, std::string_view name) {
  for (const Enumerator& e : enumerators)
    if (e.name == name) return &e;
  return nullptr;
}

bool read_value(const Shape&, void* thing, const Value& value, Reader&, const Path&) {
  *static_cast<Value*>(thing) = value;
  return true;
}

bool read_boolean(const Shape&, void* thing, const Value& value, Reader& reader, const Path& path) {
  if (!value.is(Kind::boolean)) return reader.fail(wrong_type(path, "true or false"));
  *static_cast<bool*>(thing) = value.boolean();
  return true;
}

bool read_number(const Shape& shape, void* thing, const Value& value, Reader& reader,
                 const Path& path) {
  const int bits = 8 * shape.size - (shape.is_signed ? 1 : 0);
  const std::int64_t highest = bits >= 63 ? INT64_MAX : (std::int64_t{1} << bits) - 1;
  const std::int64_t lowest = shape.is_signed ? -highest - 1 : 0;
  auto number = read_integer(value, lowest, highest, path);
  if (!number.ok()) return reader.fail(std::move(number.error()));
  store(shape, thing, *number);
  return true;
}

bool read_string(const Shape&, void* thing, const Value& value, Reader& reader, const Path& path) {
  if (!value.is(Kind::string)) return reader.fail(wrong_type(path, "text"));
  *static_cast<std::string*>(thing) = value.text();
  return true;
}

bool read_id(const Shape&, void* thing, const Value& value, Reader& reader, const Path& path) {
  if (!value.is(Kind::string)) return reader.fail(wrong_type(path, "text"));
  auto id = SubjectId::parse(value.text());
  if (!id.ok()) {
    id.error().field = path.text();
    return reader.fail(std::move(id.error()));
  }
  std::memcpy(thing, id->bytes.data(), id->bytes.size());  // an Id is its sixteen bytes
  return true;
}

bool read_instant(const Shape&, void* thing, const Value& value, Reader& reader, const Path& path) {
  auto ms = read_integer(value, 0, 1LL << 46, path);
  if (!ms.ok()) return reader.fail(std::move(ms.error()));
  static_cast<Instant*>(thing)->ms = *ms;
  return true;
}

bool read_enumerator(const Shape& shape, void* thing, const Value& value, Reader& reader,
                     const Path& path) {
  if (!value.is(Kind::string)) return reader.fail(wrong_type(path, "text"));
  if (const Enumerator* found = find_name(shape.enumerators, value.text()))
    return store(shape, thing, found->value), true;
  std::string known = "one of";
  for (const Enumerator& e : shape.enumerators) {
    known += ' ';
    known += e.name;
  }
  return reader.fail(wrong_value(path, "choice", std::move(known)));
}

bool read_optional(const Shape& shape, void* thing, const Value& value, Reader& reader,
                   const Path& path) {
  shape.container->clear(thing);
  if (value.is(Kind::null)) return true;
  return shape.inner->read(*shape.inner, shape.container->add(thing), value, reader, path);
}

bool read_list(const Shape& shape, void* thing, const Value& value, Reader& reader,
               const Path& path) {
  if (!value.is(Kind::array)) return reader.fail(wrong_type(path, "a list"));
  shape.container->clear(thing);
  std::int64_t index = 0;
  for (const Value& item : value.items()) {
    const Path here{&path, {}, index++};
    if (!shape.inner->read(*shape.inner, shape.container->add(thing), item, reader, here))
      return false;
  }
  return true;
}

bool read_struct(const Shape& shape, void* thing, const Value& value, Reader& reader,
                 const Path& path) {
  if (!value.is(Kind::object)) return reader.fail(wrong_type(path, "an object"));
  std::size_t used = 0;
  for (const Field& field : shape.fields) {
    const Path here{&path, field.name};
    const Value* given = value.find(field.name);
    if (given == nullptr) {
      if (field.may_be_absent) continue;
      return reader.fail(wrong_value(here, "missing", "this field must be there"));
    }
    ++used;
    if (!field.shape->read(*field.shape, field.at(thing), *given, reader, here)) return false;
  }
  if (reader.unknown == Unknown::refuse && used != value.keys().size())
    return fail_unknown(shape, value, reader, path);
  return true;
}

void write_any_value(const Shape&, std::string& out, const void* thing) {
  write_value(out, *static_cast<const Value*>(thing));
}

void write_boolean(const Shape&, std::string& out, const void* thing) {
  out += *static_cast<const bool*>(thing) ? "true" : "false";
}

void write_number(const Shape& shape, std::string& out, const void* thing) {
  out += std::to_string(load(shape, thing));
}

void write_text(const Shape&, std::string& out, const void* thing) {
  write_string(out, *static_cast<const std::string*>(thing));
}

void write_id(const Shape&, std::string& out, const void* thing) {
  out += '"';
  out += to_hex(static_cast<const std::uint8_t*>(thing), sizeof(Bytes16));
  out += '"';
}

void write_instant(const Shape&, std::string& out, const void* thing) {
  out += std::to_string(static_cast<const Instant*>(thing)->ms);
}

void write_enumerator(const Shape& shape, std::string& out, const void* thing) {
  write_string(out, name_of(shape.enumerators, load(shape, thing)));
}

void write_optional(const Shape& shape, std::string& out, const void* thing) {
  if (shape.container->size(thing) == 0) {
    out += "null";
  } else {
    shape.inner->write(*shape.inner, out, shape.container->at(thing, 0));
  }
}

void write_list(const Shape& shape, std::string& out, const void* thing) {
  out += '[';
  const std::size_t size = shape.container->size(thing);
  for (std::size_t i = 0; i < size; ++i) {
    if (i != 0) out += ',';
    shape.inner->write(*shape.inner, out, shape.container->at(thing, i));
  }
  out += ']';
}

void write_struct(const Shape& shape, std::string& out, const void* thing) {
  out += '{';
  bool is_first = true;
  for (const Field& field : shape.fields) {
    const void* member = field.at(const_cast<void*>(thing));  // only read from here on
    if (field.shape->is_optional && field.shape->container->size(member) == 0) continue;
    if (!is_first) out += ',';
    is_first = false;
    write_string(out, field.name);
    out += ':';
    field.shape->write(*field.shape, out, member);
  }
  out += '}';
}

}  // namespace filrouge::json
