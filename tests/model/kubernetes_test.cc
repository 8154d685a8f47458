#include "analyzer/model/kubernetes.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "analyzer/base/source.h"
#include "analyzer/model/facts.h"

namespace oakum {
namespace {

using testing::ElementsAre;

struct Lowered {
  explicit Lowered(std::string text, Language language = Language::kYaml)
      : source("test.yaml", std::move(text)), facts(BuildFacts(source, language)) {}
  std::string At(Span span) const {
    return std::string(source.text().substr(span.begin, span.size()));
  }
  const KubernetesObject& object() const { return facts.kubernetes.at(0); }

  Source source;
  Facts facts;
};

constexpr char kPodSpec[] =
    "        containers:\n"
    "        - {name: ray, image: rayproject/ray:2.9.0}\n";

// Each pod as "role:group:containers".
std::vector<std::string> Pods(const KubernetesObject& object) {
  std::vector<std::string> pods;
  for (const PodTemplate& pod : object.pods) {
    constexpr const char* kRoles[] = {"head", "worker", "submitter", "other"};
    pods.push_back(std::string(kRoles[static_cast<int>(pod.role)]) + ":" + pod.group + ":" +
                   std::to_string(pod.containers.size()));
  }
  return pods;
}

TEST(Kubernetes, FindsThePodsOfEveryKind) {
  const std::string pod = "{spec: {containers: [{name: a}]}}";
  const std::string cluster = "{headGroupSpec: {template: " + pod +
                              "}, workerGroupSpecs: [{groupName: w, template: " + pod + "}]}";
  const std::string ray = "apiVersion: ray.io/v1\nkind: ";
  struct Case {
    std::string text;
    std::vector<std::string> pods;
  };
  const std::vector<Case> cases = {
      {ray + "RayCluster\nspec: " + cluster, {"head::1", "worker:w:1"}},
      {ray + "RayService\nspec: {rayClusterConfig: " + cluster + "}", {"head::1", "worker:w:1"}},
      {ray + "RayService\nspec: {rayClusterSpec: " + cluster + "}", {}},
      {ray + "RayJob\nspec: {rayClusterSpec: " + cluster + ", submitterPodTemplate: " + pod + "}",
       {"head::1", "worker:w:1", "submitter::1"}},
      {ray + "RayCronJob\nspec: {jobTemplate: {rayClusterSpec: " + cluster + "}}",
       {"head::1", "worker:w:1"}},
      {"apiVersion: v1\nkind: Pod\nspec: {containers: [{name: a}], initContainers: [{name: b}]}",
       {"other::2"}},
      {"apiVersion: apps/v1\nkind: Deployment\nspec: {template: " + pod + "}", {"other::1"}},
      {"apiVersion: batch/v1\nkind: CronJob\nspec: {jobTemplate: {spec: {template: " + pod + "}}}",
       {"other::1"}},
      {"apiVersion: v1\nkind: ConfigMap\ndata: {a: b}", {}},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.text);
    EXPECT_EQ(Pods(Lowered(c.text + "\n").object()), c.pods);
  }
}

TEST(Kubernetes, ReadsEnvironmentMountsAndVolumes) {
  const Lowered lowered(
      "apiVersion: v1\n"
      "kind: Pod\n"
      "metadata: {name: p, namespace: n}\n"
      "spec:\n"
      "  securityContext: {fsGroup: 100, runAsUser: 1000}\n"
      "  containers:\n"
      "  - name: main\n"
      "    env:\n"
      "    - {name: DIR, value: /etc/netrc}\n"
      "    - {name: NETRC, value: $(DIR)/.netrc}\n"
      "    - {name: T, valueFrom: {secretKeyRef: {name: s, key: k}}}\n"
      "    envFrom: [{secretRef: {name: x}}]\n"
      "    volumeMounts:\n"
      "    - {name: v, mountPath: /etc/netrc, readOnly: true}\n"
      "    - {name: w, mountPath: /h/.netrc, subPath: .netrc}\n"
      "    command: [sh, -c]\n"
      "    args: ['echo $(DIR)']\n"
      "  volumes:\n"
      "  - name: v\n"
      "    secret:\n"
      "      secretName: netrc-secret\n"
      "      defaultMode: 0440\n"
      "      items: [{key: netrc, path: .netrc, mode: 256}]\n"
      "  - name: w\n"
      "    projected:\n"
      "      sources:\n"
      "      - secret: {name: a}\n"
      "      - serviceAccountToken: {path: token}\n"
      "  - {name: e, emptyDir: {}}\n");
  EXPECT_EQ(lowered.object().name, "p");
  EXPECT_EQ(lowered.object().name_space, "n");
  const PodTemplate& pod = lowered.object().pods.at(0);
  EXPECT_EQ(pod.fs_group, 100);
  EXPECT_EQ(pod.ids.user, 1000);
  const Container& main = pod.containers.at(0);
  EXPECT_TRUE(main.has_env_from);
  EXPECT_EQ(main.Env("NETRC")->value.HoleAt(0)->name, "DIR");
  EXPECT_EQ(lowered.At(main.Env("NETRC")->value_span), "$(DIR)/.netrc");
  EXPECT_EQ(main.Env("T")->from, EnvVar::From::kSecretKey);
  EXPECT_EQ(main.Env("T")->reference, "s");
  ASSERT_EQ(main.mounts.size(), 2u);
  EXPECT_TRUE(main.mounts[0].read_only);
  EXPECT_TRUE(main.mounts[1].has_sub_path);
  ASSERT_EQ(main.commands.size(), 1u);
  EXPECT_EQ(main.commands[0].argv.size(), 3u);
  EXPECT_EQ(pod.FindVolume("v")->kind, Volume::Kind::kSecret);
  EXPECT_EQ(pod.FindVolume("v")->sources.at(0).name, "netrc-secret");
  EXPECT_EQ(lowered.At(pod.FindVolume("v")->source_span), "secret");
  EXPECT_EQ(pod.FindVolume("w")->sources.size(), 2u);
  EXPECT_EQ(pod.FindVolume("e")->kind, Volume::Kind::kOther);
  EXPECT_EQ(pod.FindVolume("none"), nullptr);
  ASSERT_EQ(lowered.facts.settings.size(), 2u);
  EXPECT_EQ(lowered.facts.settings[0].scope, SettingScope::kContainer);
}

TEST(Kubernetes, CommandsAreReadInPlace) {
  const Lowered lowered(
      "apiVersion: ray.io/v1\nkind: RayCluster\nspec:\n  headGroupSpec:\n    template:\n      "
      "spec:\n"
      "        containers:\n"
      "        - name: ray-head\n"
      "          env: [{name: HOST, value: h}]\n"
      "          command: [/bin/bash, -lc, --]\n"
      "          args: ['pip install a -i https://$(HOST)/simple; echo $(date)']\n"
      "        - name: side\n"
      "          args: [--index, https://h/s]\n"
      "          lifecycle: {postStart: {exec: {command: [sh, -c, 'chmod 600 /n/.netrc']}}}\n");
  std::vector<std::string> programs;
  for (const Command& command : lowered.facts.commands) {
    EXPECT_EQ(command.host, CommandHost::kContainer);
    programs.emplace_back(command.Program());
  }
  EXPECT_THAT(programs, testing::IsSupersetOf({"pip", "echo", "chmod"}));
  EXPECT_EQ(lowered.facts.settings.size(), 1u);
}

TEST(Kubernetes, ListsAndJson) {
  EXPECT_EQ(
      Lowered("apiVersion: v1\nkind: List\nitems:\n- {kind: Pod, spec: {}}\n- {kind: Secret}\n")
          .facts.kubernetes.size(),
      2u);
  const Lowered json(
      "{\"apiVersion\": \"v1\", \"kind\": \"Pod\", \"spec\": {\"volumes\": [{\"name\": \"v\", "
      "\"secret\": {\"secretName\": \"s\", \"defaultMode\": 400}}]}}",
      Language::kJson);
  EXPECT_EQ(json.object().pods.at(0).volumes.size(), 1u);
  ASSERT_EQ(json.facts.volume_modes.size(), 1u);
  EXPECT_TRUE(json.facts.volume_modes[0].json);
  EXPECT_TRUE(Lowered("{\"a\": 1}", Language::kJson).facts.kubernetes.empty());
}

TEST(Kubernetes, ModesHaveEveryReading) {
  struct Case {
    std::string text;
    std::optional<int64_t> yaml11, yaml12, json;
  };
  const std::vector<Case> cases = {
      {"0400", 256, 400, {}},
      {"400", 400, 400, 400},
      {"0o400", {}, 256, {}},
      {"0x1A4", 420, 420, {}},
      {"0888", {}, 888, {}},
      {"-1", -1, -1, -1},
      {"rw", {}, {}, {}},
      {"", {}, {}, {}},
      {"--1", {}, {}, {}},
      {"0", 0, 0, 0},
      {"99999999999999999999", {}, {}, {}},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.text);
    const ModeReadings readings = ReadMode(c.text);
    EXPECT_EQ(readings.yaml11, c.yaml11);
    EXPECT_EQ(readings.yaml12, c.yaml12);
    EXPECT_EQ(readings.json, c.json);
  }
  EXPECT_EQ(Octal(400), "0620");
  EXPECT_EQ(Octal(600), "01130");
  EXPECT_EQ(Octal(4), "0004");
}

TEST(Kubernetes, SecretsAndTheirKeys) {
  const Lowered lowered(
      "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nstringData: {.netrc: x}\ndata: {b: "
      "eA==}\n"
      "---\n"
      "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {k: v}\n"
      "---\n"
      "apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: e}\n"
      "spec: {target: {name: t}, data: [{secretKey: netrc}]}\n"
      "---\n"
      "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n"
      "secretGenerator: [{name: g, files: [conf/.netrc, n=x/y], literals: [u=p]}]\n");
  std::vector<std::string> found;
  for (const KeyedSource& source : lowered.facts.keyed_sources) {
    std::string text = source.name + (source.config_map ? "(config map)" : "") + ":";
    for (const SourceKey& key : source.keys) text += " " + key.name;
    found.push_back(text);
  }
  EXPECT_THAT(found, ElementsAre("a: b .netrc", "c(config map): k", "t: netrc", "g: .netrc n u"));
}

TEST(Kubernetes, ChartValuesBecomePods) {
  const Lowered lowered(
      "image: {repository: rayproject/ray}\n"
      "common:\n  containerEnv:\n  - {name: NETRC, value: /n/.netrc}\n"
      "head:\n"
      "  rayStartParams: {}\n"
      "  volumes: [{name: v, secret: {secretName: s}}]\n"
      "  volumeMounts: [{name: v, mountPath: /n}]\n"
      "  sidecarContainers: [{name: side}]\n"
      "worker: {groupName: w}\n"
      "additionalWorkerGroups:\n  small: {disabled: true}\n  big: {replicas: 1}\n");
  ASSERT_TRUE(lowered.object().chart_values);
  EXPECT_THAT(Pods(lowered.object()),
              ElementsAre("head:head:2", "worker:worker:1", "worker:big:1"));
  EXPECT_TRUE(lowered.object().pods[1].containers[0].Env("NETRC")->shared);
  EXPECT_EQ(lowered.object().pods[0].containers[0].mounts.size(), 1u);
  EXPECT_EQ(lowered.facts.settings.size(), 1u);
}

TEST(Kubernetes, AliasesDoNotMultiplyPods) {
  auto list = [](const char* item, int count) {
    std::string text = "[";
    for (int i = 0; i < count; ++i) text += std::string(item) + ", ";
    return text + "]";
  };
  const Lowered lowered("x-env: &env " + list("{name: A, value: b}", 500) +
                        "\nx-container: &c {name: c, env: *env, args: [x]}\nx-pod: &p {spec: " +
                        "{containers: " + list("*c", 500) + "}}\nx-group: &g {template: *p}\n" +
                        "apiVersion: ray.io/v1\nkind: RayCluster\nspec: {workerGroupSpecs: " +
                        list("*g", 500) + "}\n");
  size_t variables = 0;
  for (const PodTemplate& pod : lowered.object().pods) {
    for (const Container& container : pod.containers) variables += container.env.size();
  }
  EXPECT_LE(variables, 200'000u);
  EXPECT_EQ(lowered.facts.settings.size(), 500u);
  EXPECT_EQ(lowered.facts.notices.size(), 1u);
}

TEST(Kubernetes, TemplatesLeavePodsOpen) {
  const std::string head =
      "apiVersion: ray.io/v1\nkind: RayCluster\nspec:\n  headGroupSpec:\n    template:\n      "
      "spec:\n";
  const Lowered open(head + kPodSpec + "        {{- toYaml .Values.volumes | nindent 8 }}\n");
  EXPECT_TRUE(open.object().pods.at(0).open);
  const Lowered closed("{{- if .Values.on }}\n" + head + kPodSpec + "{{- end }}\n");
  EXPECT_FALSE(closed.object().pods.at(0).open);
}

}  // namespace
}  // namespace oakum
