// The private halves of PythonModule that several of its sources share.
//
// Thread-safety: as PythonModule.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/base/one_of.h"
#include "analyzer/syntax/python.h"

namespace oakum {

inline constexpr size_t kMaxAlternatives = 8;
inline constexpr int kStepsAnExpression = 20'000;
inline constexpr int kStepsAName = 2'000;
inline constexpr int kStepsAnItem = 4;  // of a dict or list that is copied: the copy is kept
inline constexpr uint32_t kMaxTextBytes = 64 << 10;

// A call of a function whose return is being folded.
struct PythonModule::Frame {
  const PythonModule* module = nullptr;  // the function's
  uint32_t scope = 0;                    // the function's
  std::map<std::string, PyValues, std::less<>> arguments;
  const Frame* caller = nullptr;

  // The innermost call of the function with this scope, or null.
  const Frame* Of(const PythonModule* of_module, uint32_t of_scope) const {
    const Frame* frame = this;
    while (frame && (frame->scope != of_scope || frame->module != of_module)) frame = frame->caller;
    return frame;
  }
};

// A text in the making. Each piece with alternatives multiplies the variants, up to a limit.
class PythonModule::Assembler {
 public:
  explicit Assembler(PythonModule& module) : module_(module), variants_(1) {}

  void Add(const Value& piece) {
    for (Value::Builder& variant : variants_) AppendTo(variant, piece);
  }

  // One of several pieces.
  void AddAny(const std::vector<Value>& pieces) {
    if (pieces.size() == 1) return Add(pieces.front());
    std::vector<Value::Builder> product;
    for (const Value& piece : pieces) {
      for (const Value::Builder& variant : variants_) {
        if (product.size() == kMaxAlternatives) break;
        product.push_back(variant);
        AppendTo(product.back(), piece);
      }
    }
    variants_ = std::move(product);
  }

  // What `values` print as, where they stand at `anchor`.
  void AddValues(const PyValues& values, Span anchor) {
    std::vector<Value> pieces;
    for (PyId id : values) pieces.push_back(module_.Anchored(id, anchor));
    AddAny(pieces);
  }

  PyValues Finish(Id node) {
    PyValues texts;
    for (Value::Builder& variant : variants_) {
      texts.push_back(module_.AddText(std::move(variant).Build(), node));
    }
    return texts;
  }

 private:
  // A text that outgrows the limit is cut: what matters of a URI stands at its start.
  static void AppendTo(Value::Builder& variant, const Value& piece) {
    if (variant.size() + piece.size() <= kMaxTextBytes) variant.Append(piece);
  }

  PythonModule& module_;
  std::vector<Value::Builder> variants_;
};

}  // namespace oakum
