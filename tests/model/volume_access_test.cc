// The arithmetic of modes, and the truth about it: files with the owner, group and mode that the
// kubelet gives them, read by a process with the ids of the container.

#include "analyzer/model/volume_access.h"

#include <fcntl.h>
#include <grp.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace oakum {
namespace {

Value Literal(std::string_view text) {
  return Value(MappedText::Synthetic(text, {}));
}

PodTemplate RayPod() {
  PodTemplate pod;
  pod.role = PodTemplate::Role::kHead;
  Container ray;
  ray.image = Literal("rayproject/ray:2.46.0");
  pod.containers.push_back(std::move(ray));
  return pod;
}

KubernetesObject RayObject() {
  KubernetesObject object;
  object.api_version = "ray.io/v1";
  object.kind = "RayCluster";
  return object;
}

TEST(VolumeAccess, KnowsTheUserOfAContainer) {
  struct Case {
    std::string image;
    std::optional<int64_t> container, pod, group;
    std::optional<int64_t> uid, gid;
  };
  const std::vector<Case> cases = {
      {"rayproject/ray:2.46.0", {}, {}, {}, 1000, 100},
      {"docker.io/anyscale/ray:2.46.0", {}, {}, {}, 1000, 100},
      {"ghcr.io/acme/ray-llm:1", {}, {}, {}, 1000, 100},
      {"registry.acme.dev:5000/ml/my_ray@sha256:0", {}, {}, {}, 1000, 100},
      {"ghcr.io/acme/array:1", {}, {}, {}, {}, {}},
      {"ghcr.io/acme/llm:1", {}, {}, {}, {}, {}},
      {"ghcr.io/acme/llm:1", {}, 1000, {}, 1000, {}},
      {"rayproject/ray", 0, 1000, {}, 0, 0},
      {"rayproject/ray", {}, 2000, {}, 2000, 0},
      {"rayproject/ray", {}, 1000, {}, 1000, 100},
      {"rayproject/ray", {}, {}, 3000, 1000, 3000},
  };
  for (const Case& c : cases) {
    PodTemplate pod = RayPod();
    pod.containers[0].image = Literal(c.image);
    pod.containers[0].ids.user = c.container;
    pod.ids.user = c.pod;
    pod.ids.group = c.group;
    const ContainerUser user = UserOf(RayObject(), pod, pod.containers[0]);
    EXPECT_EQ(user.uid, c.uid) << c.image;
    EXPECT_EQ(user.gid, c.gid) << c.image;
  }
}

TEST(VolumeAccess, SaysNothingOfWhatATemplateFillsIn) {
  PodTemplate pod = RayPod();
  pod.ids.unknown = true;
  const ContainerUser user = UserOf(RayObject(), pod, pod.containers[0]);
  EXPECT_FALSE(user.uid);
  EXPECT_FALSE(MayRead(user, FileInPod(0400, {}, pod), pod));
}

TEST(VolumeAccess, AsksForTheGroupOnlyWhereItDecides) {
  const PodTemplate pod = RayPod();
  const ContainerUser user = {1000, std::nullopt, false};
  EXPECT_EQ(MayRead(user, FileInPod(0400, {}, pod), pod), false);
  EXPECT_EQ(MayRead(user, FileInPod(0444, {}, pod), pod), true);
  EXPECT_EQ(MayRead(user, FileInPod(0440, {}, pod), pod), std::nullopt);
}

// A file in a folder that everybody may enter, removed at the end.
class ScratchFile {
 public:
  ScratchFile(gid_t group, mode_t mode) {
    const char* const made = mkdtemp(name_.data());
    if (made == nullptr || chmod(made, 0755) != 0) return;
    folder_ = open(made, O_RDONLY | O_DIRECTORY);
    const int file = openat(folder_, kName, O_CREAT | O_WRONLY, 0600);
    close(file);
    ok_ = file >= 0 && fchownat(folder_, kName, 0, group, 0) == 0 &&
          fchmodat(folder_, kName, mode, 0) == 0;
  }
  ~ScratchFile() {
    unlinkat(folder_, kName, 0);
    close(folder_);
    rmdir(name_.c_str());
  }
  ScratchFile(const ScratchFile&) = delete;
  ScratchFile& operator=(const ScratchFile&) = delete;
  bool ok() const { return ok_; }

  // Opens it from its folder, so that only the file's own mode is asked: the folders above it may
  // be closed to other users (the root of a chroot often is).
  int Open() const { return openat(folder_, kName, O_RDONLY); }

 private:
  static constexpr const char* kName = ".netrc";
  std::string name_ = "/tmp/oakum-mode-XXXXXX";
  int folder_ = -1;
  bool ok_ = false;
};

// Whether a process with these ids can open the file.
bool CanOpen(const ScratchFile& file, uid_t uid, gid_t gid, std::vector<gid_t> groups) {
  const pid_t child = fork();
  if (child == 0) {
    if (setgroups(groups.size(), groups.data()) != 0 || setgid(gid) != 0 || setuid(uid) != 0) {
      _exit(2);
    }
    _exit(file.Open() >= 0 ? 0 : 1);
  }
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) < 2);
  return WEXITSTATUS(status) == 0;
}

TEST(VolumeAccess, IsWhatTheKernelSays) {
  if (geteuid() != 0) GTEST_SKIP() << "only root can make files of other owners";
  constexpr std::array<int64_t, 14> kModes = {0400, 0440, 0444, 0600, 0620, 0640, 0644,
                                              0660, 0670, 0674, 0700, 0750, 0777, 0004};
  struct Ids {
    int64_t uid, gid;
    bool root_group;
  };
  constexpr std::array<Ids, 6> kIds = {{{1000, 100, false},
                                        {0, 0, false},
                                        {2000, 0, false},
                                        {1000, 3000, false},
                                        {1000, 100, true},
                                        {0, 100, false}}};
  for (const std::optional<int64_t> fs_group : {std::optional<int64_t>(), {100}, {2000}}) {
    PodTemplate pod = RayPod();
    pod.fs_group = fs_group;
    for (const int64_t mode : kModes) {
      const MountedFile file = FileInPod(mode, {}, pod);
      const ScratchFile scratch(static_cast<gid_t>(file.gid), static_cast<mode_t>(file.mode));
      ASSERT_TRUE(scratch.ok());
      for (const Ids& ids : kIds) {
        std::vector<gid_t> groups;
        if (fs_group) groups.push_back(static_cast<gid_t>(*fs_group));
        if (ids.root_group) groups.push_back(0);
        const bool truth =
            CanOpen(scratch, static_cast<uid_t>(ids.uid), static_cast<gid_t>(ids.gid), groups);
        const ContainerUser user = {ids.uid, ids.gid, ids.root_group};
        EXPECT_EQ(MayRead(user, file, pod), truth)
            << std::oct << mode << std::dec << " uid " << ids.uid << " gid " << ids.gid
            << " fsGroup " << fs_group.value_or(-1);
      }
    }
  }
}

}  // namespace
}  // namespace oakum
