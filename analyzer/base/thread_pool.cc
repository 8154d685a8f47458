#include "analyzer/base/thread_pool.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

namespace oakum {

bool ParallelFor(size_t count, unsigned jobs, const std::stop_token& stop,
                 const std::function<void(size_t)>& work) {
  std::atomic<size_t> next = 0;
  std::atomic<size_t> done = 0;
  auto run = [&] {
    while (!stop.stop_requested()) {
      const size_t i = next.fetch_add(1, std::memory_order_relaxed);
      if (i >= count) return;
      work(i);
      done.fetch_add(1, std::memory_order_relaxed);
    }
  };
  std::vector<std::jthread> threads;
  const size_t extra = std::min<size_t>(jobs, count);
  for (size_t i = 1; i < extra; ++i) threads.emplace_back(run);
  run();
  threads.clear();  // joins
  return done == count;
}

unsigned DefaultJobs() {
  return std::max(1u, std::thread::hardware_concurrency());
}

}  // namespace oakum
