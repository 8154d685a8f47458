// What a stage of a Dockerfile knows at one of its lines: variables, user, home, working directory.
//
// ARG and ENV share one name space in which the later definition wins (dockerfile.md 1.7); an ARG
// without a value does not hide an ENV. Two answers are given for a name: Resolve() says what it
// most likely is, so that paths can be told (an ARG's default counts), Refer() gives a hole that
// says where the value comes from, which is what a credential check needs.
//
// `~` is nothing to the builder. $HOME is a variable that only an ENV sets there; in a RUN the
// executor sets it from the user database: /root for root, /home/ray in Ray's images (and
// likewise in a few others), and a hole for any other user, whose database is not in the file.
//
// Thread-safety: plain values.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/base/span.h"
#include "analyzer/base/value.h"
#include "analyzer/syntax/dockerfile.h"
#include "analyzer/syntax/dockerfile_word.h"

namespace oakum {

struct DockerVariable {
  enum class Kind { kArg, kEnv } kind = Kind::kArg;
  std::optional<Value> value;  // an ARG's default or an ENV's value, with holes; none if unset
  Span span;                   // the name=value word
};

class DockerScope {
 public:
  // `escape` is the file's escape character.
  explicit DockerScope(char escape) : escape_(escape) {}

  void SetArg(const DockerPair& pair, const DockerScope* global);
  void SetEnv(const DockerInstruction& env);
  void SetWorkdir(const MappedText& word);
  void SetUser(const MappedText& word);
  // A RUN makes a user, or gives one another number; a home that is known stays.
  void AddUser(const std::string& name, std::optional<uint32_t> uid, const std::string& home);
  // What an image brings along that no stage of the file builds.
  void SetBase(std::string_view image);
  // The same of an image whose Dockerfile is known, as it is at its end. No place of its own file
  // comes along.
  void SetBase(const DockerScope& image);

  const DockerVariable* Find(std::string_view name) const;
  // Whether an ENV sets it to nothing; an ARG may still be given something.
  bool IsEmpty(std::string_view name) const;

  // A word of the builder with its variables filled in; with holes where they are not known. A
  // malformed word stays as it is.
  Value Resolve(const MappedText& word) const;
  // The same with every variable a hole.
  Value Refer(const MappedText& word) const;
  // The body of an unquoted heredoc: variables as in Refer(), quotes as they are.
  Value ReferText(const MappedText& text) const;
  // For `--mount` and other callers that expand themselves.
  DockerVariableLookup ResolvingLookup() const;

  // Absolute and clean, with holes as ${NAME}.
  const std::string& workdir() const { return workdir_; }
  // As USER says, "" for root by default; ${NAME} for what is not known.
  const std::string& user() const { return user_; }
  // Its number, where the file or a known image tells it.
  std::optional<uint32_t> Uid() const;
  bool IsRoot() const { return user_.empty() || user_ == "root" || user_ == "0"; }
  // The home of a process that RUN starts: a path, or "${HOME}".
  std::string RunHome() const;

 private:
  struct User {
    std::optional<uint32_t> uid;
    std::string home;  // empty if it is not known
  };

  DockerVariableLookup ReferringLookup() const;
  // Of the current user, if the file makes it.
  const User* MadeUser() const;

  char escape_;
  std::map<std::string, DockerVariable, std::less<>> variables_;
  std::string workdir_ = "/";
  std::string user_;
  std::map<std::string, User, std::less<>> users_;
  // Of an image that does not run as root.
  std::string base_user_;
  std::optional<uint32_t> base_uid_;
  std::string base_home_;
};

// `path` as a program in `folder` finds it: absolute and clean. A path that begins with a hole may
// be absolute itself and is left alone.
std::string ResolvePath(std::string_view folder, std::string_view path);

}  // namespace oakum
