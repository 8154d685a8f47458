#include "analyzer/model/ci_matrix.h"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "analyzer/base/fill_holes.h"

namespace oakum {

namespace {

const CiValue* Find(const CiRow& row, std::string_view name) {
  const auto found = std::find_if(row.begin(), row.end(),
                                  [name](const CiValue& value) { return value.name == name; });
  return found == row.end() ? nullptr : &*found;
}

bool Agrees(const CiRow& row, const CiRow& part) {
  return std::all_of(part.begin(), part.end(), [&row](const CiValue& value) {
    const CiValue* own = Find(row, value.name);
    return own != nullptr && own->value.text() == value.value.text();
  });
}

// A value under the name, and of a mapping its members.
void AddValues(const std::string& name, const YamlNode& node, int depth, CiRow& row) {
  constexpr int kMaxDepth = 4;
  if (node.IsScalar()) row.push_back({name, node.value, node.span});
  if (!node.IsMapping() || depth > kMaxDepth) return;
  for (const YamlEntry* pair : node.Pairs()) {
    AddValues(name + "." + std::string(pair->key->text()), *pair->value, depth + 1, row);
  }
}

CiRow RowOf(const YamlNode& entry, const std::string& prefix) {
  CiRow row;
  for (const YamlEntry* pair : entry.Pairs()) {
    AddValues(prefix + std::string(pair->key->text()), *pair->value, 0, row);
  }
  return row;
}

// Each of the rows with each value of the list; as they are if the list is not known.
std::vector<CiRow> Times(std::vector<CiRow> rows, const std::string& name, const YamlNode& list) {
  if (!list.IsSequence() || list.entries.empty()) return rows;
  std::vector<CiRow> product;
  for (const CiRow& row : rows) {
    for (const YamlEntry& item : list.entries) {
      if (product.size() > kMaxMatrix) return product;
      product.push_back(row);
      AddValues(name, *item.value, 0, product.back());
    }
  }
  return product;
}

void Include(const YamlNode& entries, const std::set<std::string>& lists,
             std::vector<CiRow>& rows) {
  const size_t products = lists.empty() ? 0 : rows.size();
  for (const YamlEntry& entry : entries.entries) {
    const CiRow added = RowOf(*entry.value, "matrix.");
    CiRow deciding;
    for (const CiValue& value : added) {
      if (lists.contains(value.name)) deciding.push_back(value);
    }
    bool taken = false;
    for (size_t i = 0; i < products; ++i) {
      if (!Agrees(rows[i], deciding)) continue;
      rows[i].insert(rows[i].end(), added.begin(), added.end());
      taken = true;
    }
    if (!taken) rows.push_back(added);
  }
}

// The value with what the row says in place of its names.
Value Filled(const Value& value, const CiRow& row) {
  return FillHoles(value, [&row](const Hole& hole) {
    const CiValue* known = Find(row, hole.name);
    return known == nullptr ? std::nullopt : std::optional<Value>(known->value);
  });
}

// The variables of a job as commands and expressions have them, what counts first: the last.
CiRow VariablesOf(const CiJob& job) {
  CiRow row;
  for (auto value = job.environment.rbegin(); value != job.environment.rend(); ++value) {
    row.push_back(*value);
    row.push_back(*value);
    row.back().name = "env." + value->name;
  }
  return row;
}

bool Names(const BuildRequest& request, const CiRow& row) {
  const auto has = [&row](const Value& value) {
    return std::any_of(value.holes().begin(), value.holes().end(), [&row](const auto& placed) {
      return Find(row, placed.hole.name) != nullptr;
    });
  };
  return has(request.context) || has(request.dockerfile);
}

}  // namespace

std::vector<CiRow> GithubMatrix(const YamlNode& matrix) {
  std::vector<CiRow> rows(1);
  std::set<std::string> lists;
  for (const YamlEntry* pair : matrix.Pairs()) {
    const std::string_view key = pair->key->text();
    if (key == "include" || key == "exclude") continue;
    const std::string name = "matrix." + std::string(key);
    rows = Times(std::move(rows), name, *pair->value);
    lists.insert(name);
  }
  if (rows.size() > kMaxMatrix) return {};
  for (const YamlEntry& entry : matrix["exclude"].entries) {
    const CiRow excluded = RowOf(*entry.value, "matrix.");
    std::erase_if(rows, [&excluded](const CiRow& row) { return Agrees(row, excluded); });
  }
  if (lists.empty()) rows.clear();
  Include(matrix["include"], lists, rows);
  return rows;
}

std::vector<CiRow> GitlabMatrix(const YamlNode& parallel) {
  std::vector<CiRow> all;
  for (const YamlEntry& entry : parallel["matrix"].entries) {
    std::vector<CiRow> rows(1);
    for (const YamlEntry* pair : entry.value->Pairs()) {
      const std::string name(pair->key->text());
      if (pair->value->IsScalar()) {
        for (CiRow& row : rows) AddValues(name, *pair->value, 0, row);
      } else {
        rows = Times(std::move(rows), name, *pair->value);
      }
    }
    all.insert(all.end(), rows.begin(), rows.end());
    if (all.size() > kMaxMatrix) return {};
  }
  return all;
}

std::vector<BuildRequest> RequestsOf(const BuildRequest& request, const CiJob* job) {
  if (job == nullptr || (request.context.is_literal() && request.dockerfile.is_literal())) {
    return {request};
  }
  const CiRow variables = VariablesOf(*job);
  BuildRequest filled = request;
  filled.context = Filled(request.context, variables);
  filled.dockerfile = Filled(request.dockerfile, variables);
  std::vector<BuildRequest> requests;
  std::set<std::string> known;
  for (const CiRow& row : job->matrix) {
    if (!Names(filled, row)) continue;
    BuildRequest own = filled;
    own.context = Filled(filled.context, row);
    own.dockerfile = Filled(filled.dockerfile, row);
    const bool added =
        known.insert(own.context.Describe() + "\n" + own.dockerfile.Describe()).second;
    if (added) requests.push_back(std::move(own));
  }
  if (requests.empty()) requests.push_back(std::move(filled));
  return requests;
}

}  // namespace oakum
