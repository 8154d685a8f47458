// Runs independent pieces of work on several threads and waits for them.
//
// Which thread does which piece is left open, so pieces must write to places of their own; reading
// those in index order afterwards gives the same output whatever the number of threads.
//
//   std::vector<Findings> found(files.size());
//   ParallelFor(files.size(), jobs, stop, [&](size_t i) { found[i] = Check(files[i]); });
#pragma once

#include <cstddef>
#include <functional>
#include <stop_token>

namespace oakum {

// Calls work(0) ... work(count - 1), each once, on at most `jobs` threads (the caller's included;
// REQUIRES: jobs >= 1). Once `stop` is requested no further piece is started. Returns whether all
// pieces were run. `work` must not throw.
bool ParallelFor(size_t count, unsigned jobs, const std::stop_token& stop,
                 const std::function<void(size_t)>& work);

// Threads worth using on this machine: at least 1.
unsigned DefaultJobs();

}  // namespace oakum
