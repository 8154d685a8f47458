#include "analyzer/syntax/interpolation.h"

#include <string>

#include <gtest/gtest.h>

namespace oakum {
namespace {

// The value with each hole as {name}, {name!} for a secret, {name~} if deferred, {name=fallback}.
std::string Show(const Value& value) {
  std::string out;
  for (uint32_t i = 0; i < value.size(); ++i) {
    const Hole* hole = value.HoleAt(i);
    if (!hole) {
      out += value.text()[i];
      continue;
    }
    out += "{" + hole->name;
    if (hole->origin == HoleOrigin::kCiSecret) out += "!";
    if (hole->when == FillTime::kDeferred) out += "~";
    if (hole->fallback) out += "=" + Show(*hole->fallback);
    out += "}";
  }
  return out;
}

struct Case {
  const char* text;
  const char* shown;
};

void Check(Value (*lower)(const Value&), std::initializer_list<Case> cases) {
  for (const Case& c : cases) {
    SCOPED_TRACE(c.text);
    EXPECT_EQ(Show(lower(Value(MappedText::Verbatim(c.text, 0)))), c.shown);
  }
}

TEST(Interpolation, Github) {
  Check(GithubExpressions,
        {
            {"plain", "plain"},
            {"https://${{ secrets.PAT }}@h", "https://{secrets.PAT!}@h"},
            {"${{secrets.A}}${{secrets.B}}", "{secrets.A!}{secrets.B!}"},
            {"${{ secrets['MY PAT'] }}", "{secrets.MY PAT!}"},
            {"${{ secrets[matrix.name] }}", "{secrets.matrix.name!}"},
            {"${{ SECRETS.x }}", "{SECRETS.x!}"},
            {"${{ github.token }}", "{github.token!}"},
            {"${{ github.sha }}", "{github.sha}"},
            {"${{ env.TOKEN }}", "{env.TOKEN}"},
            {"${{ inputs.pat || secrets.PAT }}", "{secrets.PAT!}"},
            {"${{ secrets.PAT || 'none' }}", "{secrets.PAT!=none}"},
            {"${{ secrets.PAT || '' }}", "{secrets.PAT!=}"},
            {"${{ inputs.push && secrets.PAT || 'x' }}", "{secrets.PAT!=x}"},
            {"${{ secrets.PAT != '' }}", "{secrets.PAT != ''}"},
            {"${{ !secrets.PAT }}", "{!secrets.PAT}"},
            {"${{ contains(secrets.PAT, 'x') }}", "{contains(secrets.PAT, 'x')}"},
            {"${{ format('https://{0}@h', secrets.PAT) }}", "{secrets.PAT!}"},
            {"${{ toJSON(secrets) }}", "{secrets!}"},
            {"${{ (secrets.A || secrets.B) }}", "{secrets.A!}"},
            {"${{ 'it''s }} here' }}!", "it's }} here!"},
            {"${{ steps.meta.outputs.tags }}", "{steps.meta.outputs.tags}"},
            {"${{ steps.x.outputs['a-b'] }}", "{steps.x.outputs.a-b}"},
            {"${{ unterminated", "${{ unterminated"},
            {"${{ }}", "{}"},
            {"$ {{ x }} ${x}", "$ {{ x }} ${x}"},
        });
}

TEST(Interpolation, Gitlab) {
  Check(GitlabVariables, {{"a $X ${Y} b", "a {X} {Y} b"},
                          {"$CI_JOB_TOKEN", "{CI_JOB_TOKEN!}"},
                          {"$$X", "$X"},
                          {"${X:-d}", "${X:-d}"},
                          {"$[[ inputs.env ]]/x", "{inputs.env}/x"},
                          {"100$", "100$"}});
}

TEST(Interpolation, Go) {
  Check(GoTemplate, {
                        {"u:{{ .Values.token }}@h", "u:{.Values.token}@h"},
                        {"{{- .Values.a | quote -}}", "{.Values.a}"},
                        {"{{ .Values.a | default \"x\" }}", "{.Values.a=x}"},
                        {"{{ default \"x\" .Values.a }}", "{default \"x\" .Values.a=x}"},
                        {"{{ if .a }}yes{{ else }}no{{ end }}", "yesno"},
                        {"{{/* }} */}}a", "a"},
                        {"{{ $x := .a }}{{ $x }}{{ $ }}", "{$x}{$}"},
                        {"{{ \"{{\" }}", "{{"},
                        {"{{ printf \"}}\" }}", "{printf \"}}\"}"},
                        {"{{ `}}` }}", "}}"},
                        {"{{ include \"x\" . }}", "{include \"x\" .}"},
                        {"{{ open", "{{ open"},
                    });
}

TEST(Interpolation, Jinja) {
  Check(JinjaTemplate, {{"{{ token }}", "{token}"},
                        {"{{ token | default('x') }}", "{token=x}"},
                        {"{% if a %}b{% endif %}{# c }} #}", "b"},
                        {"{{ lookup('env', '}}') }}", "{lookup('env', '}}')}"},
                        {"{ {{", "{ {{"}});
}

TEST(Interpolation, Compose) {
  Check(ComposeVariables, {{"$A ${B}", "{A} {B}"},
                           {"${A:-d}${B-}", "{A=d}{B=}"},
                           {"${A:-${B:-c}}", "{A={B=c}}"},
                           {"${A:?must be set}", "{A}"},
                           {"${A:+https://$B@h}", "https://{B}@h"},
                           {"$$A $${A}", "$A ${A}"},
                           {"${A", "${A"},
                           {"$1 ${1}", "$1 ${1}"}});
}

TEST(Interpolation, CircleCi) {
  Check(CircleCiParameters,
        {{"cd << parameters.dir >>/x", "cd {parameters.dir}/x"},
         {"<<pipeline.parameters.tag>>", "{pipeline.parameters.tag}"},
         {"cat > << parameters.dir >>/n \\<<EOF", "cat > {parameters.dir}/n <<EOF"},
         {"cat <<EOF >> log", "cat <<EOF >> log"},
         {"cat <<parameters.x\n>>", "cat <<parameters.x\n>>"},
         {"<< parameters.x >", "<< parameters.x >"},
         {"<<", "<<"}});
}

TEST(Interpolation, Kubernetes) {
  Check(KubernetesReferences, {{"u:$(TOKEN)@h", "u:{TOKEN}@h"},
                               {"$$(TOKEN)", "$(TOKEN)"},
                               {"$TOKEN ${TOKEN}", "$TOKEN ${TOKEN}"},
                               {"$(open", "$(open"},
                               {"$", "$"}});
}

TEST(Interpolation, Installers) {
  Check(RequirementsVariables,
        {{"https://${TOKEN_1}@h", "https://{TOKEN_1~}@h"},
         {"$TOKEN ${token} %TOKEN% ${T-x}", "$TOKEN ${token} %TOKEN% ${T-x}"},
         {"${1A}", "{1A~}"}});
  Check(RayVariables, {{"${a_B} $A", "{a_B~} $A"}});
  Check(PipfileVariables, {{"$A:${B}", "{A~}:{B~}"}});
  Check(BracedVariables, {{"$A:${b.c}", "$A:{b.c~}"}});
  Check(EnvsubstVariables, {{"$A ${B} ${C:-d}", "{A} {B} ${C:-d}"}});
  Check(DotenvVariables, {{"$A ${B:-c} \\$D", "{A} {B=c} $D"}});
}

TEST(Interpolation, SpansCoverTheReference) {
  const Value value = GithubExpressions(Value(MappedText::Verbatim("a ${{ secrets.X }} b", 100)));
  ASSERT_EQ(value.holes().size(), 1u);
  EXPECT_EQ(value.holes()[0].hole.span, (Span{102, 118}));
  EXPECT_EQ(value.ToSource({4, 5}), (Span{119, 120}));
}

TEST(Interpolation, HostsStack) {
  const Value github =
      GithubExpressions(Value(MappedText::Verbatim("{{ .a }}-${{ secrets.X }}-$Y", 0)));
  EXPECT_EQ(Show(ComposeVariables(GoTemplate(github))), "{.a}-{secrets.X!}-{Y}");
}

TEST(Interpolation, AHoleInsideAReferenceGoesWithIt) {
  const Value github = GithubExpressions(Value(MappedText::Verbatim("$(A_${{ github.sha }})", 0)));
  const Value value = KubernetesReferences(github);
  ASSERT_NE(value.OnlyHole(), nullptr);
  EXPECT_EQ(value.OnlyHole()->name, "$(A_${github.sha})");
}

TEST(Interpolation, LongHostileTextIsLinear) {
  for (const char* piece : {"${a ", "${A:-", "${{ '", "{{ \"", "$$(", "$[[", "{% "}) {
    std::string text;
    for (int i = 0; i < 200000; ++i) text += piece;
    const Value value(MappedText::Verbatim(text, 0));
    for (auto lower :
         {GithubExpressions, GitlabVariables, GoTemplate, JinjaTemplate, ComposeVariables,
          KubernetesReferences, RequirementsVariables, BracedVariables}) {
      EXPECT_LE(lower(value).size(), text.size());
    }
  }
}

}  // namespace
}  // namespace oakum
