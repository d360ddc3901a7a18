// A few threads that run what the network thread hands over, from one bounded queue
// (architecture 7: 2 x cores; limits::worker_queue_max waiting). Jobs do not throw.
//
//   WorkerPool pool(4, limits::worker_queue_max);
//   if (!pool.submit([] { work(); })) refuse();   // the queue is full
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace filrouge::http {

class WorkerPool {
 public:
  // `niceness`: over 0, the threads give way to the others where the machine has no room.
  WorkerPool(std::size_t threads, std::size_t queue_max, int niceness = 0);
  ~WorkerPool();  // jobs under way end; waiting ones are dropped
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  bool submit(std::function<void()> job);
  void join();  // no job is taken after this

 private:
  void work();

  const std::size_t queue_max_;
  const int niceness_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> queue_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace filrouge::http
