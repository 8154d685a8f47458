#include "analyzer/model/image_build.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "analyzer/model/file_origin_name.h"
#include "analyzer/model/image_context.h"

namespace oakum {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

ImageBuild Build(std::string_view text) {
  return BuildImage(ParseDockerfile(MappedText::Verbatim(text, 0)));
}

// What is in some layer: "path origin source".
std::vector<std::string> Layers(std::string_view text) {
  std::vector<std::string> out;
  for (const FileEvent& event : Build(text).events) {
    if (event.action != FileAction::kCreate || !event.in_layer) continue;
    std::string line = event.path + " " + std::string(FileOriginName(event.origin));
    if (!event.source.empty()) line += " " + event.source;
    out.push_back(std::move(line));
  }
  return out;
}

// Secrets that a RUN with the mounts `id=netrc` and `env=TOKEN` leaves in its layer.
std::vector<std::string> Leaks(std::string_view script) {
  const std::string text =
      "FROM python:3.12\nWORKDIR /app\n"
      "RUN --mount=type=secret,id=netrc --mount=type=secret,id=tok,env=TOKEN "
      "--mount=type=tmpfs,target=/scratch " +
      std::string(script) + "\n";
  std::vector<std::string> out;
  for (const std::string& line : Layers(text)) {
    if (line.find(" secret") != line.npos) out.push_back(line.substr(0, line.find(' ')));
  }
  return out;
}

TEST(ImageBuildCopy, ResolvesDestinations) {
  struct Case {
    std::string_view lines;
    std::string_view path;
  };
  const Case cases[] = {
      {"COPY .netrc /root/", "/root/.netrc context .netrc"},
      {"COPY .netrc /root/.netrc", "/root/.netrc context .netrc"},
      {"COPY .netrc .", "/.netrc context .netrc"},
      {"WORKDIR /app\nCOPY .netrc .", "/app/.netrc context .netrc"},
      {"WORKDIR /app\nWORKDIR sub\nCOPY ./.netrc x", "/app/sub/x context .netrc"},
      {"WORKDIR /app\nCOPY .netrc ../", "/.netrc context .netrc"},
      {"COPY .netrc ~/", "/~/.netrc context .netrc"},
      {"COPY .netrc $HOME/.netrc", "/.netrc context .netrc"},
      {"ENV HOME=/home/app\nCOPY .netrc $HOME/", "/home/app/.netrc context .netrc"},
      {"ARG DIR=/srv\nCOPY .netrc ${DIR}/", "/srv/.netrc context .netrc"},
      {"ARG DIR\nCOPY .netrc ${DIR}/", "${DIR}/.netrc context .netrc"},
      {"COPY secrets/.netrc /root", "/root/.netrc context secrets/.netrc"},
      {"COPY [\"a b\", \"/x/\"]", "/x/a b context a b"},
      {"COPY <<EOF /root/.netrc\nx\nEOF", "/root/.netrc heredoc EOF"},
      {"COPY <<.netrc /root/\nx\n.netrc", "/root/.netrc heredoc .netrc"},
      {"ADD https://x/y/.netrc?a=/b /root/", "/root/.netrc url https://x/y/.netrc?a=/b"},
      {"ONBUILD COPY .netrc /root/", "/root/.netrc context .netrc"},
      {"COPY . /app", "/app context ."},
  };
  for (const Case& c : cases) {
    EXPECT_THAT(Layers("FROM x\n" + std::string(c.lines)), ElementsAre(c.path)) << c.lines;
  }
}

TEST(ImageBuildCopy, KnowsModeAndOwner) {
  const ImageBuild build =
      Build("FROM x\nCOPY --chmod=0600 --chown=1000:1000 a /b\nCOPY <<E /c\nE");
  EXPECT_EQ(build.events[0].mode, 0600u);
  EXPECT_EQ(build.events[0].owner, "1000:1000");
  EXPECT_EQ(build.events[1].mode, 0644u);
}

TEST(ImageBuildCopy, FollowsStages) {
  const ImageBuild build = Build(
      "FROM x AS base\n"
      "FROM base AS Builder\nCOPY .netrc /root/.netrc\n"
      "FROM base\nCOPY --from=builder /root /home/\nRUN rm /home/.netrc\n");
  ASSERT_EQ(build.events.size(), 3u);
  EXPECT_EQ(build.events[1].origin, FileOrigin::kStage);
  EXPECT_EQ(build.events[1].path, "/home/.netrc");
  EXPECT_EQ(build.events[1].carries, 0u);
  EXPECT_EQ(build.ReachesImage(0), 1u);
  EXPECT_THAT(build.Later(1), ElementsAre(2u));
  EXPECT_THAT(build.Later(0), IsEmpty());
  EXPECT_TRUE(build.stages[0].in_image);
  EXPECT_FALSE(build.stages[1].in_image);
  EXPECT_TRUE(build.stages[2].in_image);
}

TEST(ImageBuildCopy, ABuilderKeepsWhatNobodyTakes) {
  const ImageBuild build = Build(
      "FROM x AS builder\nCOPY .netrc /root/\nFROM x\nCOPY --from=builder /opt/venv /opt/venv\n");
  EXPECT_EQ(build.ReachesImage(0), kNoIndex);
}

TEST(ImageBuildRemoval, TellsTheSameFileFromAnother) {
  const ImageBuild same =
      Build("FROM x\nWORKDIR /root\nCOPY .netrc .\nRUN pip install x && rm ~/.netrc\n");
  EXPECT_EQ(same.Later(0).size(), 1u);
  EXPECT_THAT(same.MisdirectedRemovals(0), IsEmpty());

  const ImageBuild other = Build("FROM x\nCOPY .netrc .\nRUN pip install x && rm /root/.netrc\n");
  EXPECT_THAT(other.Later(0), IsEmpty());
  EXPECT_EQ(other.MisdirectedRemovals(0).size(), 1u);
  EXPECT_TRUE(other.events[0].in_layer);

  EXPECT_EQ(Build("FROM x\nCOPY .netrc /root/\nRUN rm -rf /root\n").Later(0).size(), 1u);
  EXPECT_EQ(Build("FROM x\nCOPY .netrc /root/\nRUN rm -f /root/.n*\n").Later(0).size(), 1u);
  EXPECT_EQ(Build("FROM x\nCOPY .netrc /root/\nRUN chmod 600 ~/.netrc\n").Later(0).size(), 1u);
  EXPECT_EQ(Build("FROM x\nCOPY .netrc /a/\nFROM 0\n").Later(0).size(), 0u);
}

TEST(ImageBuildRun, HomeFollowsTheUser) {
  auto path = [](std::string_view head) {
    return Layers(std::string(head) + "\nRUN echo x > ~/.netrc")[0];
  };
  EXPECT_EQ(path("FROM python"), "/root/.netrc literal");
  EXPECT_EQ(path("FROM rayproject/ray:2.9"), "/home/ray/.netrc literal");
  EXPECT_EQ(path("FROM rayproject/ray:2.9\nUSER root"), "/root/.netrc literal");
  EXPECT_EQ(path("FROM python\nUSER app"), "${HOME}/.netrc literal");
  EXPECT_EQ(path("FROM python\nENV HOME=/h\nUSER app"), "/h/.netrc literal");
}

TEST(ImageBuildRun, CopiesOfASecretStay) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"cp /run/secrets/netrc /root/.netrc && pip install x", "/root/.netrc"},
      {"cp /run/secrets/netrc ~ ; pip install x", "/root/netrc"},
      {"cp -p /run/secrets/* /root/", "/root/netrc"},
      {"cp -t /root /run/secrets/netrc", "/root/netrc"},
      {"cp -r /run/secrets /root/s", "/root/s"},
      {"install -m 600 /run/secrets/netrc /root/.netrc", "/root/.netrc"},
      {"cat /run/secrets/netrc > /root/.netrc", "/root/.netrc"},
      {"cat < /run/secrets/netrc >> .netrc", "/app/.netrc"},
      {"cat /run/secrets/netrc | tee ~/.netrc > /dev/null", "/root/.netrc"},
      {"mv /run/secrets/netrc ~/.netrc", "/root/.netrc"},
      {"ln -f /run/secrets/netrc ~/.netrc", "/root/.netrc"},
      {"dd if=/run/secrets/netrc of=/root/.netrc", "/root/.netrc"},
      {"sed s/a/b/ /run/secrets/netrc > ~/.netrc", "/root/.netrc"},
      {"T=$(cat /run/secrets/netrc) && echo \"password $T\" > ~/.netrc", "/root/.netrc"},
      {"echo \"token=$(cat /run/secrets/netrc)\" > x", "/app/x"},
      {"export T=\"$(cat /run/secrets/netrc)\"; printf '%s' \"$T\" > x", "/app/x"},
      {"echo \"//r/:_authToken=${TOKEN}\" > .npmrc && npm ci", "/app/.npmrc"},
      {"envsubst < tmpl > .npmrc", "/app/.npmrc"},
      {"sed -i \"s/@T@/$TOKEN/\" conf.ini", "/app/conf.ini"},
      {"sh -c 'cp /run/secrets/netrc /root/.netrc'", "/root/.netrc"},
      {"set -e; cp /run/secrets/netrc /tmp/a; cp /tmp/a ~/.netrc; rm /tmp/a", "/root/.netrc"},
      {"mv /run/secrets/netrc /tmp/a && mv /tmp/a ~/.netrc", "/root/.netrc"},
      {"{ echo a; cat /run/secrets/netrc; } > ~/.netrc", "/root/.netrc"},
      {"(cd /root && cp /run/secrets/netrc .netrc)", "/root/.netrc"},
      {"sudo cp /run/secrets/netrc /root/.netrc", "/root/.netrc"},
      {"read T < /run/secrets/netrc && echo $T > x", "/app/x"},
      {"f() { cp /run/secrets/netrc \"$1\"; }; f /root/.netrc", "/root/.netrc"},
      {"cp /run/secrets/netrc ~/.netrc && pip install x || rm ~/.netrc", "/root/.netrc"},
      {"cp /run/secrets/netrc ~/.netrc && (pip install x && rm ~/.netrc || true)", "/root/.netrc"},
      {"cp /run/secrets/netrc ~/.netrc; pip install x && rm ~/.netrc; true", "/root/.netrc"},
      {"cp /run/secrets/netrc ~/.netrc; if [ -n \"$X\" ]; then rm ~/.netrc; fi", "/root/.netrc"},
      {"cp /run/secrets/netrc ~/.netrc && rm /run/secrets/netrc", "/root/.netrc"},
      {"cp /run/secrets/netrc ~/.netrc && exit 0; rm ~/.netrc", "/root/.netrc"},
  };
  for (const auto& [script, path] : cases) EXPECT_THAT(Leaks(script), ElementsAre(path)) << script;
}

TEST(ImageBuildRun, WhatTheSameRunRemovesIsGone) {
  for (std::string_view script : {
           "cp /run/secrets/netrc ~/.netrc && pip install x && rm ~/.netrc",
           "cp /run/secrets/netrc ~/.netrc && pip install x; rm -f $HOME/.netrc",
           "cp /run/secrets/netrc ~/.netrc && pip install x || true; rm -f /root/.netrc",
           "cp /run/secrets/netrc ~/.netrc && { pip install x; rm ~/.netrc; }",
           "set -e; cp /run/secrets/netrc ~/.netrc; pip install x; rm ~/.netrc",
           "trap 'rm -f ~/.netrc' EXIT; cp /run/secrets/netrc ~/.netrc && pip install x",
           "if [ -f /run/secrets/netrc ]; then cp /run/secrets/netrc ~/.netrc; fi; pip install x; "
           "if [ -f ~/.netrc ]; then rm ~/.netrc; fi",
           "cp /run/secrets/netrc ~/.netrc && pip install x; [ -f ~/.netrc ] && rm ~/.netrc",
           "cp /run/secrets/netrc /root/a && rm -rf /root/*",
           "cp /run/secrets/netrc /root/a; find /root -name a -delete",
           "for f in a b; do cp /run/secrets/netrc /root/$f; done; rm /root/a /root/b",
           "cp /run/secrets/netrc ~/.netrc && shred -u ~/.netrc",
           "cp /run/secrets/netrc ~/.netrc && echo > ~/.netrc",
           "cp /run/secrets/netrc ~/.netrc && exit 1",
       }) {
    EXPECT_THAT(Leaks(script), IsEmpty()) << script;
  }
}

TEST(ImageBuildRun, UsesThatLeaveNothing) {
  for (std::string_view script : {
           "NETRC=/run/secrets/netrc pip install x",
           "cat /run/secrets/netrc > /dev/null",
           "cp /run/secrets/netrc /scratch/netrc",
           "cp /run/secrets/netrc /dev/shm/netrc",
           "ln -s /run/secrets/netrc ~/.netrc",
           "curl -H \"Authorization: Bearer $TOKEN\" https://x/y -o y",
           "TOKEN=$(cat /run/secrets/netrc) make > log",
           "echo done > marker",
           "test -s /run/secrets/netrc && echo yes > marker",
           "sha256sum /run/secrets/netrc > sum",
       }) {
    EXPECT_THAT(Leaks(script), IsEmpty()) << script;
  }
}

TEST(ImageBuildRun, ToolsKeepWhatTheyAreGiven) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"cat /run/secrets/netrc | docker login --password-stdin r", "/root/.docker/config.json"},
      {"echo \"$TOKEN\" | gh auth login --with-token", "/root/.config/gh/hosts.yml"},
      {"wandb login $TOKEN", "/root/.netrc"},
      {"NETRC=/tmp/n && wandb login --relogin $TOKEN", "/tmp/n"},
      {"huggingface-cli login --token=$TOKEN", "/root/.cache/huggingface/token"},
      {"export HF_HOME=/hf; hf auth login --token \"$TOKEN\"", "/hf/token"},
      {"npm config set //r/:_authToken=$TOKEN", "/root/.npmrc"},
      {"npm config set //r/:_authToken $TOKEN --location project", "/app/.npmrc"},
      {"pip config set global.index-url https://u:$TOKEN@h/", "/root/.config/pip/pip.conf"},
      {"python3 -m pip config --global set global.index-url https://u:$TOKEN@h/", "/etc/pip.conf"},
      {"git clone https://u:$TOKEN@h/team/lib.git", "/app/lib/.git/config"},
      {"git clone --depth 1 -b main https://u:$TOKEN@h/lib /src", "/src/.git/config"},
      {"git config --global url.https://u:$TOKEN@h/.insteadOf https://h/", "/root/.gitconfig"},
      {"git config http.extraHeader \"Authorization: Bearer $TOKEN\"", "/app/.git/config"},
      {"aws configure set aws_secret_access_key $TOKEN --profile ci", "/root/.aws/credentials"},
      {"poetry config http-basic.corp ci $TOKEN", "/root/.config/pypoetry/auth.toml"},
      {"poetry config pypi-token.pypi $TOKEN", "/root/.config/pypoetry/auth.toml"},
      {"conda config --add channels https://c/t/$TOKEN/x", "/root/.condarc"},
      {"gcloud auth activate-service-account --key-file=/run/secrets/netrc",
       "/root/.config/gcloud"},
  };
  for (const auto& [script, path] : cases) EXPECT_THAT(Leaks(script), ElementsAre(path)) << script;
  for (std::string_view script : {
           "wandb login",
           "npm config set registry https://npm.example.net/$TOKEN",
           "docker login -u $TOKEN r",
           "docker login -p $TOKEN r && docker logout r",
           "git clone https://u:$TOKEN@h/lib && rm -rf lib/.git",
           "git config --global url.https://u:$TOKEN@h/.insteadOf https://h/ && rm ~/.gitconfig",
           "pip config set global.index-url https://h/ && TOKEN=$TOKEN make",
       }) {
    EXPECT_THAT(Leaks(script), IsEmpty()) << script;
  }
}

TEST(ImageBuildRun, KnowsTheTextThatIsWritten) {
  auto text = [](std::string_view lines) {
    const ImageBuild build = Build("FROM x\n" + std::string(lines));
    return build.TextOf(static_cast<uint32_t>(build.events.size()) - 1).Describe();
  };
  EXPECT_EQ(text("ARG T\nRUN echo \"password $T\" > f"), "password ${T}\n");
  EXPECT_EQ(text("RUN printf 'a %s\\n' b > f"), "a b\n");
  EXPECT_EQ(text("RUN X=s3; echo -n machine $X > f"), "machine s3");
  EXPECT_EQ(text("RUN { echo a; echo b; } > f"), "a\nb\n");
  EXPECT_EQ(text("RUN echo a > f\nRUN echo b >> f"), "a\nb\n");
  EXPECT_EQ(text("ENV P=pw\nRUN cat > f <<E\nlogin $P\nE"), "login pw\n");
}

TEST(ImageBuildContext, ScriptsAndFolders) {
  const std::string script = "#!/bin/sh\ncp /run/secrets/n \"$1\"\n";
  const Source source("ci/install.sh", script);
  ContextView context;
  context.is_folder = [](std::string_view path) { return path == "ci"; };
  context.file = [&](std::string_view path) { return path == "ci/install.sh" ? &source : nullptr; };
  auto build = [&](std::string_view lines) {
    const std::string text = "FROM x\n" + std::string(lines);
    return BuildImage(ParseDockerfile(MappedText::Verbatim(text, 0)), &context);
  };
  for (std::string_view lines : {
           "COPY . /src\nRUN --mount=type=secret,id=n sh /src/ci/install.sh /root/.netrc",
           "COPY ci /src/\nRUN --mount=type=secret,id=n /src/install.sh /root/.netrc",
           "WORKDIR /w\nCOPY ci/install.sh .\nRUN --mount=type=secret,id=n ./install.sh ~/.netrc",
           "RUN --mount=type=bind,target=/c --mount=type=secret,id=n /c/ci/install.sh /root/.netrc",
       }) {
    const ImageBuild image = build(lines);
    ASSERT_FALSE(image.events.empty()) << lines;
    EXPECT_EQ(image.events.back().path, "/root/.netrc") << lines;
    EXPECT_EQ(image.events.back().script, "ci/install.sh") << lines;
    EXPECT_EQ(image.events.back().origin, FileOrigin::kSecretMount) << lines;
  }
  EXPECT_TRUE(build("COPY ci /src/").events[0].folder);
  EXPECT_EQ(build("COPY ci /src/").events[0].path, "/src");
}

TEST(ImageBuildContext, CredentialFilesTakenAlong) {
  const std::vector<std::string> files = {".netrc", "conf/.pypirc", "conf/sub/.netrc"};
  ContextView context;
  context.is_folder = [](std::string_view path) { return path == "conf"; };
  context.file = [](std::string_view) -> const Source* { return nullptr; };
  context.credentials = [&]() -> const std::vector<std::string>& { return files; };
  const auto paths = [&](std::string_view lines) {
    const std::string text = "FROM x AS a\n" + std::string(lines);
    const ImageBuild image = BuildImage(ParseDockerfile(MappedText::Verbatim(text, 0)), &context);
    std::vector<std::string> found;
    for (const FileEvent& event : image.events) {
      if (event.along != kNoIndex) found.push_back(event.path);
      if (event.carries != kNoIndex && !event.folder) found.push_back(event.path);
    }
    return found;
  };
  EXPECT_THAT(paths("COPY . /app"),
              ElementsAre("/app/.netrc", "/app/conf/.pypirc", "/app/conf/sub/.netrc"));
  EXPECT_THAT(paths("COPY conf /etc/x/"), ElementsAre("/etc/x/.pypirc", "/etc/x/sub/.netrc"));
  EXPECT_THAT(paths("COPY conf/.* /etc/x/"), ElementsAre("/etc/x/.pypirc"));
  EXPECT_THAT(paths("COPY con* /etc/x/"), ElementsAre("/etc/x/.pypirc", "/etc/x/sub/.netrc"));
  EXPECT_THAT(paths("COPY --exclude=**/.netrc . /app"), ElementsAre("/app/conf/.pypirc"));
  EXPECT_THAT(paths("COPY .netrc /app/"), ElementsAre());
  EXPECT_THAT(paths("ONBUILD COPY . /app"), ElementsAre());
  EXPECT_THAT(paths("COPY conf /c\nRUN rm /c/.pypirc\nFROM y\nCOPY --from=a /c /d"),
              ElementsAre("/c/.pypirc", "/c/sub/.netrc", "/d/sub/.netrc"));
  EXPECT_THAT(paths("COPY conf /c\nFROM y\nCOPY --from=a /c/sub /d/"),
              ElementsAre("/c/.pypirc", "/c/sub/.netrc", "/d/.netrc"));
}

TEST(ImageBuildRun, MountTargets) {
  auto leaks = [](std::string_view run) { return Layers("FROM x\n" + std::string(run)); };
  EXPECT_THAT(leaks("RUN --mount=type=secret,id=netrc,target=/root/.netrc pip install x"),
              IsEmpty());
  EXPECT_THAT(leaks("RUN --mount=type=secret,id=netrc,target=/root/.netrc cp ~/.netrc /x"),
              ElementsAre("/x secret netrc"));
  EXPECT_THAT(leaks("RUN --mount=type=cache,target=/root --mount=type=secret,id=n "
                    "cp /run/secrets/n /root/.netrc"),
              IsEmpty());
  EXPECT_THAT(leaks("RUN --mount=type=bind,source=.netrc,target=/n cp /n /root/.netrc"),
              ElementsAre("/root/.netrc context .netrc"));
  EXPECT_THAT(leaks("ARG T\nRUN echo \"password $T\" > /root/.netrc"),
              ElementsAre("/root/.netrc arg T"));
}

TEST(ImageBuildRun, OtherShellsAreNotRead) {
  EXPECT_THAT(Layers("FROM x\nSHELL [\"pwsh\", \"-c\"]\nRUN echo a > b"), IsEmpty());
  EXPECT_THAT(Layers("FROM x\nRUN <<EOF\n#!/usr/bin/env python3\nx > y\nEOF"), IsEmpty());
  EXPECT_THAT(Layers("FROM x\nRUN <<EOF\ncat > /y <<X\na\nX\nEOF"), ElementsAre("/y literal"));
  EXPECT_THAT(Layers("FROM x\nRUN [\"cp\", \"a\", \"/b\"]"), ElementsAre("/b unknown"));
}

TEST(ImageBuildRun, HostileScriptsEnd) {
  std::string script = "FROM x\nRUN f() { f; f; }; f";
  for (int i = 0; i < 2000; ++i) script += "; cp a" + std::to_string(i) + " /d/ && x";
  EXPECT_LE(Build(script).events.size(), kMaxImageEvents);
  std::string copies = "FROM x AS s0\nCOPY a b c d e f g h /d/\n";
  for (int i = 1; i < 60; ++i) {
    copies += "FROM x AS s" + std::to_string(i) + "\n";
    for (int j = 0; j < 3; ++j) {
      copies += "COPY --from=s" + std::to_string(i - 1) + " / /d" + std::to_string(j) + "\n";
    }
  }
  EXPECT_LE(Build(copies).events.size(), kMaxImageEvents + 8);
}

}  // namespace
}  // namespace oakum
