// Everything that reads untrusted text for credentials: no crash, spans inside the text, and no
// URI, token or range that overlaps the one before.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "analyzer/credential/classify.h"
#include "analyzer/credential/name_hint.h"
#include "analyzer/credential/redact.h"
#include "analyzer/credential/token.h"
#include "analyzer/credential/uri.h"

namespace {

using oakum::Hole;
using oakum::Span;
using oakum::Uri;
using oakum::Value;

void Check(bool condition) {
  if (!condition) std::abort();
}

// The bytes 0x01 of `text` become holes.
Value WithHoles(std::string_view text) {
  Value::Builder builder;
  for (uint32_t i = 0; i < text.size(); ++i) {
    if (text[i] == 1) {
      Hole hole;
      hole.name = "TOKEN";
      hole.span = {i, i + 1};
      builder.Append(std::move(hole));
    } else {
      builder.AppendVerbatim(text.substr(i, 1), i);
    }
  }
  return std::move(builder).Build();
}

void Use(const Uri& uri) {
  oakum::CredentialsIn(uri);
  oakum::Redact(uri);
  uri.HasLocalHost();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const Value value = WithHoles(text);
  if (const auto uri = oakum::ParseUri(value)) Use(*uri);
  uint32_t end = 0;
  for (const Uri& uri : oakum::FindUris(value)) {
    const Span span = uri.whole.ToSource();
    Check(span.begin >= end && span.end <= size);
    end = span.end;
    Use(uri);
  }
  end = 0;
  for (const oakum::TokenMatch& token : oakum::FindTokens(text)) {
    Check(token.range.begin >= end && token.range.begin < token.range.end &&
          token.range.end <= size);
    end = token.range.end;
  }
  end = 0;
  for (Span range : oakum::SensitiveRanges(text)) {
    Check(range.begin >= end && range.begin < range.end && range.end <= size);
    end = range.end;
  }
  oakum::ClassifySecret(value);
  oakum::LooksLikeToken(text);
  oakum::HintOf(text);
  return 0;
}
