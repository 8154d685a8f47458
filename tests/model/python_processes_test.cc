#include "analyzer/model/python_processes.h"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "analyzer/model/lower_python.h"

namespace oakum {
namespace {

// The commands of a program that mentions a URL with a credential, as "git clone u | ...".
std::string Commands(std::string_view code) {
  const Source source("tasks.py", "# https://user:${X}@h\n" + std::string(code));
  Facts facts;
  LowerPython(source, nullptr, facts);
  std::string out;
  for (const Command& command : facts.commands) {
    if (!out.empty()) out += " | ";
    for (const Value& word : command.argv) {
      out += (&word == &command.argv[0] ? "" : " ") + word.Describe();
    }
  }
  return out;
}

TEST(PythonProcesses, Commands) {
  const struct {
    std::string_view code;
    std::string_view commands;
  } cases[] = {
      {"import os\nos.system('git clone u')", "git clone u"},
      {"import subprocess as s\ns.run(['git', 'clone', 'u'])", "git clone u"},
      {"import os\nos.execvp('git', ['git', 'clone', 'u'])", "git clone u"},
      {"import os\nos.execlp('git', 'git', 'clone', 'u')", "git clone u"},
      {"import asyncio as a\na.create_subprocess_exec('git', 'clone', 'u')", "git clone u"},
      {"def t(c):\n  c.run(f'git clone {u}')", "git clone ${u}"},
      {"def t(ctx):\n  ctx.sudo('cd x && git clone u')", "cd x | git clone u"},
      {"def t(c):\n  c.run('make all')", ""},
      {"session.run('pip', 'install', 'u')", "pip install u"},
      {"session.run('pytest', '-q')", ""},
      {"import nox\ndef t(s):\n  s.install('-i', 'u', external=True)", "pip install -i u"},
      {"import nox\ndef t(s):\n  s.conda_install('-c', 'u')", "conda install -c u"},
      {"app.install('-i', 'u')", ""},
      {"def task_a():\n  return {'actions': ['git clone u', ['git', 'pull'], f]}",
       "git clone u | git pull"},
      {"BashOperator(bash_command='git clone u')", "git clone u"},
      {"ssh.exec_command('git clone u')", "git clone u"},
      {"client.containers.run('git', 'clone u')", ""},
      {"image.run_commands('git clone u', 'pip install v')", "git clone u | pip install v"},
      {"import subprocess\ndef run(c):\n  subprocess.run(c, shell=True)\nrun('git clone u')",
       "git clone u"},
      {"model.run('git')", ""},
      {"db.execute('select git from docker')", ""},
      {"SSHOperator(command='git clone u')", "git clone u"},
      {"BashOperator(bash_command='git clone {{ var.value.u }}')", "git clone ${var.value.u}"},
  };
  for (const auto& each : cases) EXPECT_EQ(Commands(each.code), each.commands) << each.code;
}

}  // namespace
}  // namespace oakum
