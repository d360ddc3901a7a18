// A vector whose new elements are not set: for tables of which every element is written before it
// is read, by several threads at once. Setting them first would be done by one thread alone.
//
//   UnsetVector<RowKeys> keys(rows);   // RowKeys has no initialisers
#pragma once

#include <memory>
#include <new>
#include <utility>
#include <vector>

namespace filrouge::linkage {

template <class T>
struct UnsetAllocator : std::allocator<T> {
  template <class U>
  struct rebind {
    using other = UnsetAllocator<U>;
  };
  template <class U>
  void construct(U* at) noexcept {
    ::new (static_cast<void*>(at)) U;
  }
  template <class U, class... Values>
  void construct(U* at, Values&&... values) {
    ::new (static_cast<void*>(at)) U(std::forward<Values>(values)...);
  }
};

template <class T>
using UnsetVector = std::vector<T, UnsetAllocator<T>>;

}  // namespace filrouge::linkage
