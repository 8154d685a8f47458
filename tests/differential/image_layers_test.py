#!/usr/bin/env python3
"""Builds real images and holds the image model against their layers.

usage: image_layers_test.py OAKUM

For every Dockerfile of image_cases.py `oakum dump dockerfile` says which files with a credential are
in which layer, with which mode and owner; buildah builds it (no daemon, no network) and this opens
the layers and the configuration of the result. Exits with 77 where buildah cannot run.
"""

import concurrent.futures
import io
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tarfile
import tempfile

from image_cases import CASES, CONTEXT, MARK

SKIPPED = 77
APPLETS = (
    "cat chmod chown cp echo env false find grep head id install ln ls mkdir mv printf rm sed sh sleep "
    "tee test touch tr true"
).split()
FILE_INSTRUCTIONS = ("ADD", "COPY", "RUN")


def skip(reason):
    print(f"image_layers_test: skipped: {reason}")
    sys.exit(SKIPPED)


class Buildah:
    def __init__(self, folder):
        self.options = ["--root", f"{folder}/store", "--runroot", f"{folder}/run", "--storage-driver", "vfs"]

    def run(self, *arguments):
        return subprocess.run(
            ["buildah", *self.options, *arguments], capture_output=True, text=True, timeout=120
        )

    def build(self, tag, dockerfile, context, *options):
        return self.run(
            "bud", "--isolation", "chroot", "--layers", *options, "-t", tag, "-f",
            str(dockerfile), str(context),
        )


def make_base(folder, buildah):
    busybox = shutil.which("busybox")
    if not busybox:
        skip("busybox is not here; script/test installs busybox-static")
    root = folder / "rootfs"
    for path in ("bin", "etc", "tmp", "root", "home/ray"):
        (root / path).mkdir(parents=True)
    shutil.copy(busybox, root / "bin/busybox")
    for applet in APPLETS:
        (root / "bin" / applet).symlink_to("busybox")
    (root / "etc/passwd").write_text("root:x:0:0:root:/root:/bin/sh\nray:x:1000:100::/home/ray:/bin/sh\n")
    (root / "etc/group").write_text("root:x:0:\nusers:x:100:\n")
    (root / "tmp").chmod(0o1777)
    (folder / "Base").write_text("FROM scratch\nADD rootfs /\nENV PATH=/bin\nRUN chown 1000:100 /home/ray\n")
    result = buildah.build("base", folder / "Base", folder)
    if result.returncode != 0:
        skip("buildah cannot build here: " + result.stderr.strip().splitlines()[-1])


def make_context(folder):
    for path, (text, mode) in CONTEXT.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        file.chmod(mode)


class Image:
    """The layers of an image, each {path: (mode, uid)} of the files that hold MARK."""

    def __init__(self, archive):
        with tarfile.open(archive) as tar:
            manifest = json.load(tar.extractfile("manifest.json"))[0]
            config = json.load(tar.extractfile(manifest["Config"]))
            self.environment = config["config"].get("Env", [])
            layers = [tar.extractfile(name).read() for name in manifest["Layers"]]
        self.history = [entry["created_by"] for entry in config["history"] if not entry.get("empty_layer")]
        # What the configuration and the whole history show of MARK: ENV names, and numbers of entries.
        self.marked_environment = {v.split("=", 1)[0] for v in self.environment if MARK in v}
        self.marked_labels = {k for k, v in (config["config"].get("Labels") or {}).items() if MARK in v}
        self.marked_history = sum(MARK in entry["created_by"] for entry in config["history"])
        self.layers = [self.marked(layer) for layer in layers]

    @staticmethod
    def marked(layer):
        found = {}
        with tarfile.open(fileobj=io.BytesIO(layer)) as tar:
            for member in tar:
                if member.isfile() and MARK.encode() in tar.extractfile(member).read():
                    path = "/" + os.path.normpath(member.name).lstrip("/")
                    found[path] = (member.mode & 0o777, member.uid)
        return found


def uid_of(owner):
    name = owner.split(":")[0]
    return {"": 0, "root": 0, "ray": 1000}.get(name, int(name) if name.isdigit() else -1)


class Model:
    """What oakum says: per layer of the image {path: (mode or None, uid)}."""

    def __init__(self, oakum, dockerfile):
        dump = subprocess.run([oakum, "dump", "dockerfile", str(dockerfile)], capture_output=True, text=True)
        if dump.returncode != 0:
            raise RuntimeError(dump.stderr)
        answer = json.loads(dump.stdout)
        keywords = [i["keyword"].upper() for i in answer["instructions"]]
        self.events = answer["image"]["events"]
        stages = answer["image"]["stages"]
        chain, at = [], len(stages) - 1
        while at is not None:
            chain.append(at)
            at = stages[at].get("parent")
        starts = [i for i, word in enumerate(keywords) if word == "FROM"] + [len(keywords)]
        instructions = [
            i for stage in reversed(chain) for i in range(starts[stage], starts[stage + 1])
            if keywords[i] in FILE_INSTRUCTIONS
        ]
        self.variables = answer["config"]["variables"]
        self.stages = set(chain)
        self.keywords = [keywords[i] for i in instructions]
        self.layers = [self.layer(i) for i in instructions]

    def is_marked(self, index):
        event = self.events[index]
        origin = event["origin"]
        if origin == "stage" or event.get("carries") is not None:
            return self.is_marked(event["carries"])
        if origin == "context":
            # No case copies a folder that holds a credential.
            return event["source"] in CONTEXT and MARK in CONTEXT[event["source"]][0]
        if origin in ("secret", "secret-env"):
            return True
        if origin == "arg":
            return event["source"] == "TOKEN"
        return MARK in event.get("text", {}).get("text", "")

    def state(self, index, instruction):
        """Mode and owner of a creation once `instruction` has run."""
        event = self.events[index]
        mode, owner = event.get("mode"), event["owner"]
        if mode is None and event["origin"] == "context" and event["source"] in CONTEXT:
            mode = CONTEXT[event["source"]][1]
        if mode is None and event["origin"] == "stage":
            mode = self.state(event["carries"], 1 << 30)[0]
        if event["origin"] == "stage" and not owner:
            owner = "root"
        for later in self.events[index + 1:]:
            if index not in later.get("about", []) or later["instruction"] > instruction:
                continue
            if later["action"] == "mode":
                mode = self.apply(later["to"], mode)
            elif later["action"] == "owner":
                owner = later["to"]
        return mode, uid_of(owner)

    def is_marked_variable(self, index):
        variable = self.variables[index]
        given = variable["kind"] == "arg" and variable["name"] == "TOKEN"
        return given or MARK in variable["value"]["text"] or any(map(self.is_marked_variable, variable["sources"]))

    def names(self, kind):
        """Variables of the image's configuration that hold MARK at its end."""
        last = {}
        for index, variable in enumerate(self.variables):
            if variable["kind"] == kind and variable.get("stage") in self.stages:
                last[variable["name"]] = self.is_marked_variable(index)
        return {name for name, marked in last.items() if marked}

    def shows_in_history(self):
        """Whether any variable of the image's stages, as it stands there or in a RUN, shows MARK."""
        return any(
            self.is_marked_variable(index) for index, variable in enumerate(self.variables)
            if variable.get("stage") in self.stages
        )

    @staticmethod
    def apply(text, mode):
        if text.isdigit():
            return int(text, 8)
        for clause in text.split(","):
            who = 0
            while clause[0] in "ugoa":
                who |= {"u": 0o700, "g": 0o070, "o": 0o007, "a": 0o777}[clause[0]]
                clause = clause[1:]
            bits = sum({"r": 0o444, "w": 0o222, "x": 0o111}[c] for c in clause[1:]) & (who or 0o777)
            mode = {"+": mode | bits, "-": mode & ~bits, "=": mode & ~who | bits}[clause[0]]
        return mode

    def layer(self, instruction):
        files = {}
        for index, event in enumerate(self.events):
            if event["action"] == "create" and event["stage"] in self.stages:
                if event["instruction"] == instruction and event["in_layer"] and self.is_marked(index):
                    files[event["path"]] = self.state(index, instruction)
        # A chmod or chown puts the file into its own layer again.
        for event in self.events:
            if event["action"] not in ("mode", "owner") or event["instruction"] != instruction:
                continue
            for index in event["about"]:
                created = self.events[index]
                if created["instruction"] < instruction and created["in_layer"] and self.is_marked(index):
                    files[created["path"]] = self.state(index, instruction)
        return files


def check(name, folder, oakum, buildah, base_layers):
    leaks, text = CASES[name]
    home = folder / "cases" / name
    make_context(home)
    dockerfile = home / "Dockerfile"
    dockerfile.write_text("FROM base AS first\n" + text)
    secret = folder / "secret"
    result = buildah.build(name, dockerfile, home, "--secret", f"id=netrc,src={secret}", "--build-arg",
                           f"TOKEN={MARK}")
    if result.returncode != 0:
        return f"{name}: buildah failed:\n{result.stderr}"
    archive = folder / f"{name}.tar"
    pushed = buildah.run("push", name, f"docker-archive:{archive}:{name}")
    if pushed.returncode != 0:
        return f"{name}: buildah push failed:\n{pushed.stderr}"
    image = Image(archive)
    model = Model(oakum, dockerfile)
    built = [
        layer for layer, by in zip(image.layers[base_layers:], image.history[base_layers:])
        if "WORKDIR" not in by
    ]
    problems = []
    if len(built) != len(model.layers):
        problems.append(f"{len(built)} layers are built, the model has {len(model.layers)}: {image.history}")
    for i, (real, said) in enumerate(zip(built, model.layers)):
        if real != said:
            show = lambda files: {p: (m is not None and oct(m), u) for p, (m, u) in files.items()}
            problems.append(f"layer {i} ({model.keywords[i]}): built {show(real)}, model {show(said)}")
    for kind, real in (("env", image.marked_environment), ("label", image.marked_labels)):
        if real != model.names(kind):
            problems.append(f"{kind}: built {real}, model {model.names(kind)}")
    literal = MARK in text
    if not literal and bool(image.marked_history) != model.shows_in_history():
        problems.append(f"history shows the secret {image.marked_history} times, "
                        f"model says {model.shows_in_history()}")
    if any(built) != leaks:
        problems.append(f"expected {'a leak' if leaks else 'no leak'}, built {built}")
    return f"{name}: " + "; ".join(problems) if problems else None


def main():
    oakum = os.path.abspath(sys.argv[1])
    if not shutil.which("buildah"):
        skip("buildah is not here; script/test installs it")
    if os.getuid() != 0:
        skip("buildah needs root for its chroot isolation")
    with tempfile.TemporaryDirectory(prefix="oakum-image-") as temporary:
        folder = pathlib.Path(temporary)
        buildah = Buildah(folder)
        make_base(folder, buildah)
        (folder / "secret").write_text(f"machine git.example.net login ci password {MARK}\n")
        buildah.run("push", "base", f"docker-archive:{folder}/base.tar:base")
        base_layers = len(Image(folder / "base.tar").layers)
        names = sys.argv[2:] or sorted(CASES)
        with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
            results = list(pool.map(lambda name: check(name, folder, oakum, buildah, base_layers), names))
    failed = [result for result in results if result]
    print("\n".join(failed) if failed else f"{len(names)} images are what the model says")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
