// Work that is handed over while earlier work is being done: for a producer that finds pieces one
// by one, where ParallelFor (thread_pool.h) needs to know them all beforehand.
//
// Thread-safety: Add and Finish belong to the thread that made the queue; tasks run on others too.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

namespace oakum {

class TaskQueue {
 public:
  // Runs tasks on at most `jobs` threads (REQUIRES: at least 1), of which one is the caller's, in
  // Finish. Once `stop` is requested no further task is begun.
  TaskQueue(unsigned jobs, std::stop_token stop);
  ~TaskQueue();
  TaskQueue(const TaskQueue&) = delete;
  TaskQueue& operator=(const TaskQueue&) = delete;

  // `task` must not throw.
  void Add(std::function<void()> task);

  // Helps until every task is done. Nothing may be added afterwards. Returns whether all were run.
  bool Finish();

 private:
  void Work();

  const std::stop_token stop_;
  std::mutex mutex_;
  std::condition_variable changed_;  // a task was added, or none will be
  std::deque<std::function<void()>> tasks_;
  size_t idle_ = 0;  // threads that wait
  bool closed_ = false;
  std::vector<std::jthread> threads_;
};

}  // namespace oakum
