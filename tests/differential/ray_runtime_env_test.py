#!/usr/bin/env python3
"""What Ray keeps of a credential in a runtime_env URI.

OAK101 says that Ray writes the whole URI to runtime_env_agent.log, and that filling the credential
in from the environment does not help; older releases name a directory after the URI, Ray 2.60.0
was found to name it by a hash. This starts a local Ray, lets it download a working_dir from a
server of this process on the loopback interface, and looks for the planted password in the
session's logs and directory names.

    OAKUM_RAY_CHECK=1 python3 tests/differential/ray_runtime_env_test.py

Ray is large, so this runs only when it is asked for and where `ray[default]` and `smart_open[http]`
can be imported; else it says so and passes. Nothing leaves the machine, and the password is made up
anew in each run.
"""

import http.server
import importlib.util
import io
import os
import pathlib
import secrets
import shutil
import sys
import tempfile
import threading
import unittest
import zipfile


def why_not():
    if os.environ.get("OAKUM_RAY_CHECK") != "1":
        return "set OAKUM_RAY_CHECK=1 to start a local Ray"
    for module in ("ray", "smart_open"):
        if importlib.util.find_spec(module) is None:
            return f"{module} cannot be imported: pip install 'ray[default]' 'smart_open[http]'"
    return None


def names_folders_after_uris():
    import ray

    return tuple(int(part) for part in ray.__version__.split(".")[:2]) < (2, 60)


def package():
    """An archive with one module, in a folder as code hosts have it."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("code/planted.py", "ANSWER = 42\n")
    return data.getvalue()


class Files(http.server.BaseHTTPRequestHandler):
    content = package()

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", str(len(self.content)))
        self.end_headers()
        self.wfile.write(self.content)

    def log_message(self, *arguments):
        pass


def session_of(root):
    return pathlib.Path(root, "session_latest").resolve()


def logs_with(root, text):
    """The names of the session's log files that hold a text."""
    logs = (p for p in (session_of(root) / "logs").rglob("*") if p.is_file())
    return sorted({p.name for p in logs if text.encode() in p.read_bytes()})


def folders_with(root, text):
    """The names of the session's directories that hold a text."""
    resources = session_of(root) / "runtime_resources"
    return sorted(p.name for p in resources.rglob("*") if p.is_dir() and text in p.name)


@unittest.skipIf(why_not(), why_not())
class RuntimeEnvUri(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Files)
        threading.Thread(target=cls.server.serve_forever, daemon=True).start()

    @classmethod
    def tearDownClass(cls):
        cls.server.shutdown()
        cls.server.server_close()

    def run_with(self, uri):
        """Has a task import what the URI holds; the session's root."""
        import ray

        os.environ["RAY_AUTH_MODE"] = "disabled"  # else Ray puts a token into the home folder
        root = tempfile.mkdtemp(prefix="ray", dir="/tmp")  # sockets need a short path
        self.addCleanup(shutil.rmtree, root, ignore_errors=True)
        ray.init(address="local", num_cpus=1, include_dashboard=False, log_to_driver=False,
                 _temp_dir=root, runtime_env={"working_dir": uri})
        try:
            @ray.remote
            def answer():
                import planted

                return planted.ANSWER

            self.assertEqual(ray.get(answer.remote(), timeout=120), 42)
        finally:
            ray.shutdown()
        return root

    def check(self, uri, secret):
        root = self.run_with(uri)
        self.assertIn("runtime_env_agent.log", logs_with(root, secret))
        self.assertEqual(bool(folders_with(root, secret)), names_folders_after_uris())

    def test_literal(self):
        secret = secrets.token_hex(12)
        self.check(f"http://ci:{secret}@127.0.0.1:{self.server.server_port}/a.zip", secret)

    def test_interpolated(self):
        os.environ["PLANTED_TOKEN"] = secrets.token_hex(12)
        uri = "http://ci:{}@127.0.0.1:{}/b.zip".format(
            os.environ["PLANTED_TOKEN"], self.server.server_port)
        self.check(uri, os.environ["PLANTED_TOKEN"])

    def test_query(self):
        """A secret in the query is logged, but names no directory."""
        secret = secrets.token_hex(12)
        root = self.run_with(
            f"http://127.0.0.1:{self.server.server_port}/c.zip?private_token={secret}")
        self.assertIn("runtime_env_agent.log", logs_with(root, secret))
        self.assertEqual(folders_with(root, secret), [])


if __name__ == "__main__":
    reason = why_not()
    if reason:
        print(f"skipped: {reason}")
        sys.exit(0)
    unittest.main()
