#include "analyzer/base/task_queue.h"

#include <utility>

namespace oakum {

TaskQueue::TaskQueue(unsigned jobs, std::stop_token stop) : stop_(std::move(stop)) {
  for (unsigned i = 1; i < jobs; ++i) threads_.emplace_back([this] { Work(); });
}

TaskQueue::~TaskQueue() {
  Finish();
}

void TaskQueue::Add(std::function<void()> task) {
  bool wake = false;
  {
    const std::lock_guard lock(mutex_);
    tasks_.push_back(std::move(task));
    wake = idle_ > 0;
  }
  if (wake) changed_.notify_one();
}

bool TaskQueue::Finish() {
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }
  changed_.notify_all();
  Work();
  threads_.clear();  // joins
  return tasks_.empty();
}

void TaskQueue::Work() {
  std::unique_lock lock(mutex_);
  while (true) {
    ++idle_;
    changed_.wait(lock, [this] { return closed_ || !tasks_.empty(); });
    --idle_;
    if (tasks_.empty() || stop_.stop_requested()) return;
    const std::function<void()> task = std::move(tasks_.front());
    tasks_.pop_front();
    lock.unlock();
    task();
    lock.lock();
  }
}

}  // namespace oakum
