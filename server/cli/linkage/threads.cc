#include "server/cli/linkage/threads.h"

#include <algorithm>
#include <atomic>
#include <limits>
#include <malloc.h>
#include <thread>
#include <vector>

namespace filrouge {

namespace {

// A short run that takes much memory at once: one heap for all threads, and what is freed stays.
// Handing pages back and getting them again was a tenth of its time.
void keep_memory() {
  constexpr int kHeapStepBytes = 32 << 20;
  mallopt(M_ARENA_MAX, 1);
  mallopt(M_MMAP_THRESHOLD, 1 << 30);
  mallopt(M_TRIM_THRESHOLD, std::numeric_limits<int>::max());
  mallopt(M_TOP_PAD, kHeapStepBytes);
}

}  // namespace

linkage::ParallelFor run_on_threads(std::size_t threads) {
  keep_memory();
  if (threads < 2) return linkage::sequential();
  return [threads](std::size_t count, const std::function<void(std::size_t)>& task) {
    std::atomic<std::size_t> next{0};
    const auto work = [&] {
      for (std::size_t i = next++; i < count; i = next++) task(i);
    };
    std::vector<std::thread> others;
    for (std::size_t i = 1; i < std::min(threads, count); ++i) others.emplace_back(work);
    work();
    for (std::thread& one : others) one.join();
  };
}

Result<std::size_t> threads_of(const Arguments& arguments) {
  const std::int64_t cores = std::max(1U, std::thread::hardware_concurrency());
  FILROUGE_TRY(threads, arguments.number("threads", std::min<std::int64_t>(cores, 256), 1, 256));
  return static_cast<std::size_t>(threads);
}

}  // namespace filrouge
