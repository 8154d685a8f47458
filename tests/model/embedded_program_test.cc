#include "analyzer/model/embedded_program.h"

#include <string>

#include <gtest/gtest.h>

#include "analyzer/base/source.h"
#include "analyzer/model/language.h"

namespace oakum {
namespace {

constexpr const char* kProgram =
    "ray.init(runtime_env={\"working_dir\": \"https://u:\" + p + \"@h.io/a.zip\"})\n";

size_t RuntimeEnvs(const std::string& path, const std::string& text) {
  const Source source(path, text);
  return BuildFacts(source, LanguageOf(path, source.text()), {}).runtime_envs.size();
}

std::string Heredoc(const std::string& command) {
  return command + " <<'PY'\nimport ray\n" + kProgram + "PY\n";
}

TEST(EmbeddedProgramTest, OfInterpreters) {
  for (const char* name : {"python", "python3", "/usr/bin/python3.11", "pypy3"}) {
    EXPECT_TRUE(IsPythonInterpreter(name)) << name;
  }
  for (const char* name : {"", "python-config", "pythonw.sh", "ipython", "bash"}) {
    EXPECT_FALSE(IsPythonInterpreter(name)) << name;
  }
}

TEST(EmbeddedProgramTest, OfScripts) {
  for (const char* command :
       {"python3", "python3 -", "python -u -W ignore - --flag", "sudo python3", "uv run python -",
        "cat > job.py", "kubectl exec -i p -- python -"}) {
    EXPECT_EQ(RuntimeEnvs("a.sh", Heredoc(command)), 1u) << command;
  }
  EXPECT_EQ(
      RuntimeEnvs("a.sh", "cat <<'PY' | python3\nimport ray\n" + std::string(kProgram) + "PY\n"),
      1u);
  EXPECT_EQ(RuntimeEnvs("a.sh", "python3 -c 'import ray; " + std::string(kProgram) + "'\n"), 1u);
  EXPECT_EQ(RuntimeEnvs("a.sh", Heredoc("python3 job.py")), 0u);
  EXPECT_EQ(RuntimeEnvs("a.sh", Heredoc("perl -")), 0u);
}

TEST(EmbeddedProgramTest, OfDockerfiles) {
  const std::string from = "FROM x\n";
  EXPECT_EQ(RuntimeEnvs("Dockerfile", from + Heredoc("RUN python3 -")), 1u);
  EXPECT_EQ(RuntimeEnvs("Dockerfile", from + Heredoc("RUN cat > /a.py")), 1u);
  EXPECT_EQ(RuntimeEnvs("Dockerfile",
                        from + "RUN <<E\n#!/usr/bin/env python3\nimport ray\n" + kProgram + "E\n"),
            1u);
  EXPECT_EQ(
      RuntimeEnvs("Dockerfile", from + "SHELL [\"python3\", \"-c\"]\nRUN import ray; " + kProgram),
      1u);
  EXPECT_EQ(RuntimeEnvs("Dockerfile", from + "RUN <<E\n#!/usr/bin/perl\n" + kProgram + "E\n"), 0u);
}

}  // namespace
}  // namespace oakum
