// Manifests as editors, generators and accidents leave them: oakum reads what there is, says what
// it passed over, and ends.

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/cli/run_oakum.h"

namespace oakum {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// A volume whose mode is decimal on line 11: OAK305, whatever stands around it.
constexpr std::string_view kPod =
    "apiVersion: v1\n"
    "kind: Pod\n"
    "metadata: {name: p}\n"
    "spec:\n"
    "  containers:\n"
    "    - {name: a, image: 'b:1'}\n"
    "  volumes:\n"
    "    - name: s\n"
    "      secret:\n"
    "        secretName: s\n"
    "        defaultMode: 400\n";
constexpr std::string_view kMode = "a.yaml:11:22: error[OAK305]";

class BadManifest : public testing::Test {
 protected:
  std::string Scan(const std::string& text, const std::string& path = "a.yaml") {
    tree_.Write(path, text);
    return Scan();
  }
  std::string Scan() {
    const Output output = RunOakum(tree_, "scan --format concise");
    EXPECT_LE(output.status, 1) << output.err;
    err_ = output.err;
    return output.out;
  }

  TemporaryTree tree_;
  std::string err_;
};

TEST_F(BadManifest, HalfWritten) {
  const std::string pod(kPod);
  for (const char* rest : {
           "    - name: t\n      secret: {secretName: \"t\n",
           "    - name: t\n      secret: {secretName: t\n",
           "    - name: t\n      secret\n",
           "    - name: t\n      secret:\n        items: [{key: a, pa",
           "    - na",
           "  initContainers:\n    - &anchor\n",
           "  nodeSelector: *nothing\n",
           "  hostname: 'it''s\n",
           "  text: |\n half\n",
           "---\napiVersion: v1\nkind: {\n",
           "\x01\x02\n",
       }) {
    SCOPED_TRACE(rest);
    EXPECT_THAT(Scan(pod + rest), HasSubstr(kMode));
  }
}

TEST_F(BadManifest, EveryBeginningIsRead) {
  // As many as an editor saves; the program itself is started once.
  for (size_t length = 0; length < kPod.find(" 400"); ++length) {
    tree_.Write("p" + std::to_string(length) + ".yaml", kPod.substr(0, length));
  }
  EXPECT_THAT(Scan(), IsEmpty());
}

TEST_F(BadManifest, Tabs) {
  EXPECT_THAT(Scan(std::string(kPod) + "\t    optional: true\n"), HasSubstr(kMode));
}

TEST_F(BadManifest, DuplicateKeys) {
  EXPECT_THAT(Scan(std::string(kPod) + "        secretName: t\n"), HasSubstr(kMode));
  EXPECT_THAT(err_, HasSubstr("a key is given twice in one mapping"));
  // The last one counts.
  for (const char* again : {"defaultMode: 0400", "defaultMode: 256"}) {
    EXPECT_THAT(Scan(std::string(kPod) + "        " + again + "\n"), Not(HasSubstr("OAK305")));
    EXPECT_THAT(err_, HasSubstr("a key is given twice in one mapping"));
  }
  EXPECT_THAT(Scan(std::string(kPod) + "        defaultMode: 440\n"),
              HasSubstr("a.yaml:12:22: error[OAK305]"));
}

TEST_F(BadManifest, AliasBomb) {
  std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 30; ++i) {
    const std::string before = "*a" + std::to_string(i - 1);
    bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + before;
    for (int j = 1; j < 10; ++j) bomb += ", " + before;
    bomb += "]\n";
  }
  EXPECT_THAT(
      Scan(bomb + "apiVersion: v1\nkind: Pod\nspec:\n  containers: *a29\n  imagePullSecrets: *a29\n"
                  "  volumes:\n    - name: s\n      secret: {secretName: s, items: *a29,\n"
                  "        defaultMode: 400}\n"),
      HasSubstr("a.yaml:39:22: error[OAK305]"));
}

TEST_F(BadManifest, CyclicAliases) {
  EXPECT_THAT(Scan("apiVersion: v1\nkind: Pod\nspec: &spec\n  containers: &list\n"
                   "    - {name: a, image: 'b:1', env: *list, volumeMounts: *spec}\n"
                   "  template: *spec\n  volumes:\n    - name: s\n      secret:\n"
                   "        secretName: s\n        defaultMode: 400\n"),
              HasSubstr(kMode));
}

TEST_F(BadManifest, UnknownKinds) {
  // What another operator makes of a pod template is its own business; a mode is a mode.
  EXPECT_THAT(Scan("apiVersion: acme.dev/v1\nkind: Widget\nspec:\n  template:\n    spec:\n"
                   "      containers:\n        - name: a\n          image: b:1\n"
                   "          volumeMounts: [{name: nothing, mountPath: /x}]\n"),
              IsEmpty());
  EXPECT_THAT(Scan("apiVersion: v1\nkind: [Pod]\nspec: {containers: 3, volumes: {a: b}}\n"),
              IsEmpty());
}

// Twenty megabytes of custom resource definitions with a pod behind them.
TEST_F(BadManifest, ABundleOfDefinitions) {
  constexpr size_t kBytes = 20 * 1024 * 1024;
  std::string properties;
  for (int i = 0; i < 400; ++i) {
    properties += "                field" + std::to_string(i) +
                  ":\n                  description: |-\n"
                  "                    What controller-gen copies from the comments of a type.\n"
                  "                  type: string\n";
  }
  std::string bundle;
  for (int i = 0; bundle.size() < kBytes; ++i) {
    bundle +=
        "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\n"
        "metadata: {name: things" +
        std::to_string(i) +
        ".acme.dev}\nspec:\n  versions:\n    - name: v1\n      schema:\n        openAPIV3Schema:\n"
        "          properties:\n            template:\n              properties:\n" +
        properties + "---\n";
  }
  bundle += kPod;
  EXPECT_THAT(Scan(bundle), HasSubstr("error[OAK305]"));
}

TEST_F(BadManifest, WhatIsTooLargeIsSaid) {
  std::string text(kPod);
  text.resize(33 * 1024 * 1024, '#');
  tree_.Write("b.yaml", kPod);
  EXPECT_THAT(Scan(text), HasSubstr("b.yaml:11:22: error[OAK305]"));
  EXPECT_THAT(err_, HasSubstr("warning: a.yaml: Not read: is larger than 32 MiB."));
}

constexpr std::string_view kDeployment =
    "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: app, namespace: prod}\nspec:\n"
    "  template:\n    spec:\n      imagePullSecrets:\n        - name: login\n      containers:\n"
    "        - {name: app, image: 'images.acme.dev/app:1'}\n";

std::string PullSecret(const std::string& server, const std::string& name_space = "prod") {
  return "apiVersion: v1\nkind: Secret\nmetadata: {name: login, namespace: " + name_space +
         "}\ntype: kubernetes.io/dockerconfigjson\nstringData:\n  .dockerconfigjson: "
         "'{\"auths\": {\"" +
         server + "\": {\"auth\": \"${AUTH}\"}}}'\n";
}

TEST_F(BadManifest, ObjectsInSeveralFiles) {
  tree_.Write("secrets/login.yaml", PullSecret("quay.io"));
  EXPECT_THAT(Scan(std::string(kDeployment), "apps/app.yaml"),
              HasSubstr("apps/app.yaml:8:17: warning[OAK405]"));
  tree_.Write("secrets/login.yaml", PullSecret("images.acme.dev"));
  EXPECT_THAT(Scan(), IsEmpty());
}

TEST_F(BadManifest, TwoObjectsOfOneName) {
  // Which of them is applied nobody knows: one that fits is enough.
  tree_.Write("a/login.yaml", PullSecret("quay.io"));
  tree_.Write("b/login.yaml", PullSecret("images.acme.dev"));
  EXPECT_THAT(Scan(std::string(kDeployment), "apps/app.yaml"), IsEmpty());
  // The same name in another namespace is another object.
  tree_.Write("b/login.yaml", PullSecret("images.acme.dev", "test"));
  EXPECT_THAT(Scan(), HasSubstr("apps/app.yaml:8:17: warning[OAK405]"));
}

}  // namespace
}  // namespace oakum
