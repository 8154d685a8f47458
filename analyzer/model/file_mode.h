// Modes that credential files are given: chmod, install -m, umask before a write, COPY --chmod,
// mode= of a secret mount.
//
// Only files that credential_file.h is certain of; modes that give nothing away are listed too,
// since a later chmod 600 answers an earlier umask. What a variable holds is not guessed. A
// symbolic mode is taken on top of 0600.
//
// Thread-safety: plain values and pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "analyzer/base/span.h"
#include "analyzer/model/command.h"
#include "analyzer/model/credential_file.h"
#include "analyzer/syntax/dockerfile.h"

namespace oakum {

struct Facts;

struct FileMode {
  enum class Means { kChmod, kInstall, kUmask, kCopy, kSecretMount };

  Means means = Means::kChmod;
  CredentialFile file;
  std::string path;      // as written
  std::string compared;  // as HomePath() has it; empty for kCopy and kSecretMount
  uint32_t mode = 0;     // permission bits, 0777
  std::string text;      // the mode as written: "644", "go+r"
  Span span;             // the command or flag, up to its mode
  Span mode_span;
  Span created;  // kUmask: the write
  CommandHost host = CommandHost::kScript;

  bool Exposes() const { return (mode & 077) != 0; }
};

// chmod's operand on a file of mode `base`: octal, or clauses such as "u=rw,go-rwx"; none if it is
// neither (GNU coreutils, "File permissions").
std::optional<uint32_t> ApplyMode(std::string_view text, uint32_t base);

// Appends what a command does to facts.file_modes. Commands that ran before it are in
// facts.commands.
void DeriveFileModes(const Command& command, Facts& facts);

// COPY and ADD --chmod, and the mounts of RUN. Takes out the chmod of a mounted secret, which has
// no effect on a file that stays. After the commands of the RUNs.
void LowerDockerfileModes(const Dockerfile& dockerfile, Facts& facts);

}  // namespace oakum
