#include "analyzer/base/task_queue.h"

#include <atomic>
#include <future>

#include <gtest/gtest.h>

namespace oakum {
namespace {

TEST(TaskQueueTest, RunsEveryTaskOnce) {
  for (const unsigned jobs : {1u, 2u, 5u}) {
    std::vector<std::atomic<int>> runs(200);
    TaskQueue queue(jobs, {});
    for (auto& run : runs) queue.Add([&run] { ++run; });
    EXPECT_TRUE(queue.Finish());
    for (const auto& run : runs) EXPECT_EQ(run, 1) << jobs;
  }
}

TEST(TaskQueueTest, RunsTasksBeforeTheLastIsKnown) {
  TaskQueue queue(2, {});
  std::promise<void> ran;
  queue.Add([&ran] { ran.set_value(); });
  ran.get_future().wait();  // without a call of Finish
  EXPECT_TRUE(queue.Finish());
}

TEST(TaskQueueTest, BeginsNoTaskOnceStopIsRequested) {
  std::stop_source stop;
  TaskQueue queue(1, stop.get_token());
  int runs = 0;
  queue.Add([&] {
    ++runs;
    stop.request_stop();
  });
  queue.Add([&runs] { ++runs; });
  EXPECT_FALSE(queue.Finish());
  EXPECT_EQ(runs, 1);
}

}  // namespace
}  // namespace oakum
