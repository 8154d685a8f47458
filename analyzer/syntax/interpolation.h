// Host-language references inside a text, turned into the holes of a Value.
//
// A text that a CI system, a template engine or an installer completes is lowered here first; only
// then does the front end of the inner language (shell, JSON, a URL) parse value.mapped() and get
// its holes back with Value::Restore(). What counts as a reference is that host's own rule and
// nobody else's: `${token}` is a hole in compose, plain text in a requirements file.
//
// Every function takes a Value, so hosts can be stacked (a Helm template around a GitHub workflow),
// and leaves holes that are already there alone. An unterminated reference is plain text. Escapes
// (`$$`) become the text they stand for. Spans cover the whole reference, delimiters included.
//
//   Value v = GithubExpressions(Value(source.body()));     // "https://${{ secrets.PAT }}@host"
//   v.holes()[0].hole.name == "secrets.PAT", origin kCiSecret
//
// Time is linear in the text; nested defaults are followed to a fixed depth and text beyond it.
// Thread-safety: pure functions.
#pragma once

#include "analyzer/base/value.h"

namespace oakum {

// `${{ ... }}` of GitHub Actions and Gitea (actions/runner, expressions and TemplateReader). A
// string in the expression may hold `}}`. The hole is what the expression can yield: the first
// secret among the operands of `||` and `&&` (kCiSecret: secrets.X, secrets['X'], github.token),
// else the first reference (kCiExpression); a literal operand is its fallback. Comparisons and
// functions such as contains() yield a Boolean, never the secret. A lone string literal is literal
// text.
Value GithubExpressions(const Value& text);

// `$X`, `${X}`, `$[[ inputs.x ]]` and the escape `$$` of GitLab CI (docs: ci/variables, "Where
// variables can be used"). The predefined variables that hold a token or password are kCiSecret.
Value GitlabVariables(const Value& text);

// `<< parameters.x >>`, `<< pipeline.x >>` and `<< matrix.x >>` of CircleCI (docs: reusing-config,
// "Using parameters"); `\<<` is the text `<<`, as scripts need it for a heredoc.
Value CircleCiParameters(const Value& text);

// `{{ ... }}` of Go text/template: Helm, ESO, GoReleaser. Strings and raw strings may hold `}}`.
// Comments and control actions (if, else, end, range, with, define, $x := ...) yield no text;
// `default "x"` gives the fallback, `quote` is not applied.
Value GoTemplate(const Value& text);

// `{{ ... }}` of Jinja2 (Ansible, Cookiecutter, dbt); `{% %}` and `{# #}` yield no text.
Value JinjaTemplate(const Value& text);

// Compose files (docs.docker.com/reference/compose-file/interpolation): `$X`, `${X}`, `${X:-d}`,
// `${X-d}`, `${X:?e}`, `${X?e}`; `${X:+r}` yields r; `$$` is a dollar sign. Defaults nest.
Value ComposeVariables(const Value& text);

// `$(X)` in a container's command, args and env (k8s.io/kubernetes third_party/forked/golang
// expansion); `$$` is a dollar sign, so `$$(X)` is the text `$(X)`. Nothing else is expanded.
Value KubernetesReferences(const Value& text);

// pip and uv in requirements and constraints files: `${NAME}` of upper-case letters, digits and `_`
// alone (pip req_file.py ENV_VAR_RE), filled in by the installer: deferred. `$X`, `${lower}` and
// `%X%` are text (ray.md 4.3).
Value RequirementsVariables(const Value& text);

// `${X}` in a Ray runtime_env's env_vars, filled in on the node: deferred (ray.md 1.1, 4.3).
Value RayVariables(const Value& text);

// `$X` and `${X}` as envsubst (gettext) and simple deploy scripts replace them: kTemplate.
Value EnvsubstVariables(const Value& text);

// `$X`, `${X}`, `${X:-d}`, `${X-d}` in an unquoted or double-quoted value of a .env file
// (compose-go dotenv, python-dotenv); `\$` is a dollar sign.
Value DotenvVariables(const Value& text);

// `$X` and `${X}` as os.path.expandvars reads them: URLs of a Pipfile (pipenv), channels of
// .condarc and environment.yml (conda): deferred.
Value PipfileVariables(const Value& text);

// `${X}`, any name, filled in by the tool that reads the file: source URLs of pdm, values of .npmrc
// (npm, yarn): deferred.
Value BracedVariables(const Value& text);

}  // namespace oakum
