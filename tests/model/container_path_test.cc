#include "analyzer/model/container_path.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "analyzer/base/source.h"
#include "analyzer/model/facts.h"
#include "analyzer/model/netrc_variable.h"

namespace oakum {
namespace {

using Kind = ContainerPath::Kind;
using State = NetrcVariable::State;

std::optional<std::vector<std::string>> Keys(const VolumeSource& source) {
  if (source.name == "known") return std::vector<std::string>{"netrc", "pip.conf"};
  return std::nullopt;
}

constexpr char kPod[] =
    "apiVersion: v1\nkind: Pod\nspec:\n"
    "  containers:\n"
    "  - name: a\n"
    "    volumeMounts:\n"
    "    - {name: known, mountPath: /known/}\n"
    "    - {name: open, mountPath: /open}\n"
    "    - {name: items, mountPath: /items}\n"
    "    - {name: scratch, mountPath: /known/deep}\n"
    "    - {name: items, mountPath: /home/ray/.netrc, subPath: git/netrc}\n"
    "    - {name: known, mountPath: /wrong, subPath: .netrc}\n"
    "    - {name: host, mountPath: /host}\n"
    "    - {name: gone, mountPath: /gone}\n"
    "  volumes:\n"
    "  - {name: known, secret: {secretName: known}}\n"
    "  - {name: open, secret: {secretName: other}}\n"
    "  - {name: items, secret: {secretName: x, items: [{key: k, path: git/netrc}]}}\n"
    "  - {name: scratch, emptyDir: {}}\n"
    "  - {name: host, hostPath: {path: /etc/netrc}}\n";

TEST(ContainerPath, LeadsWhereTheKubeletMounts) {
  struct Case {
    const char* path;
    Kind kind;
  };
  const std::vector<Case> cases = {
      {"/known/netrc", Kind::kPresent},
      {"/known/..data/netrc", Kind::kPresent},
      {"/known/.netrc", Kind::kNoSuchFile},
      {"/known", Kind::kFolder},
      {"/known/deep/netrc", Kind::kUnknown},
      {"/known/deep", Kind::kFolder},
      {"/knownnetrc", Kind::kOutside},
      {"/open/netrc", Kind::kUnknown},
      {"/open", Kind::kFolder},
      {"/items/git/netrc", Kind::kPresent},
      {"/items/git", Kind::kFolder},
      {"/items/k", Kind::kNoSuchFile},
      {"/home/ray/.netrc", Kind::kPresent},
      {"/home/ray/.netrc/netrc", Kind::kBelowFile},
      {"/wrong", Kind::kEmptySubPath},
      {"/host", Kind::kUnknown},
      {"/gone/netrc", Kind::kUnknown},
      {"/etc/netrc", Kind::kOutside},
      {"/", Kind::kOutside},
  };
  const Source source("p.yaml", kPod);
  const Facts facts = BuildFacts(source, Language::kYaml);
  const PodTemplate& pod = facts.kubernetes.at(0).pods.at(0);
  for (const Case& c : cases) {
    EXPECT_EQ(static_cast<int>(ResolvePath(pod, pod.containers[0], c.path, Keys).kind),
              static_cast<int>(c.kind))
        << c.path;
  }
}

TEST(NetrcVariable, IsFollowedThroughOtherVariables) {
  struct Case {
    const char* env;
    State state;
    const char* path;
  };
  const std::vector<Case> cases = {
      {"[{name: A, value: b}]", State::kUnset, ""},
      {"[{name: NETRC, value: /etc/.netrc}]", State::kOutside, "/etc/.netrc"},
      {"[{name: D, value: /k}, {name: NETRC, value: $(D)/n}]", State::kUnknown, "/k/n"},
      {"[{name: D, value: /e}, {name: NETRC, value: $(D)/../k}]", State::kFolder, "/k"},
      {"[{name: NETRC, value: $(D)/n}, {name: D, value: /k}]", State::kShellReference, "$(D)"},
      {"[{name: NETRC, value: $$(D)/n}]", State::kShellReference, "$(D)"},
      {"[{name: NETRC, value: '${HOME}/.netrc'}]", State::kShellReference, "${HOME}"},
      {"[{name: NETRC, value: ~/.netrc}]", State::kUnknown, ""},
      {"[{name: HOME, value: /h}, {name: NETRC, value: ~/.netrc}]", State::kOutside, "/h/.netrc"},
      {"[{name: NETRC, value: netrc}]", State::kUnknown, ""},
      {"[{name: NETRC, value: ''}]", State::kEmpty, ""},
      {"[{name: NETRC, value: /dev/null}]", State::kUnknown, "/dev/null"},
      {"[{name: NETRC, value: /k/n/}]", State::kFolder, "/k/n"},
      {"[{name: NETRC, valueFrom: {secretKeyRef: {name: s, key: k}}}]", State::kUnknown, ""},
      {"[{name: NETRC, value: /x}, {name: NETRC, value: /k/n}]", State::kUnknown, "/k/n"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.env);
    const Source source("p.yaml", std::string("apiVersion: v1\nkind: Pod\nspec:\n  containers:\n"
                                              "  - image: python\n"
                                              "    volumeMounts: [{name: v, mountPath: /k}]\n"
                                              "    env: ") +
                                      c.env + "\n  volumes: [{name: v, emptyDir: {}}]\n");
    const Facts facts = BuildFacts(source, Language::kYaml);
    const KubernetesObject& object = facts.kubernetes.at(0);
    const PodTemplate& pod = object.pods.at(0);
    const NetrcVariable netrc = FindNetrc(object, pod, pod.containers.at(0), Keys);
    EXPECT_EQ(static_cast<int>(netrc.state), static_cast<int>(c.state));
    EXPECT_EQ(netrc.path, c.path);
  }
}

}  // namespace
}  // namespace oakum
