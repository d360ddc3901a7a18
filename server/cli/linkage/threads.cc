#include "server/cli/linkage/threads.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

namespace filrouge {

linkage::ParallelFor run_on_threads(std::size_t threads) {
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
