"""Small Dockerfiles for image_layers_test.py.

Each is built FROM the test's own base (busybox; root, and user ray with uid 1000) in a context of
CONTEXT. MARK stands in every credential, so a layer leaks if and only if one of its files holds it.
The secret `netrc` and the build argument TOKEN hold it too. `leaks` says what a reader expects; the
test also checks that reality agrees.

buildah 1.28 reads neither here-documents of COPY and RUN nor `env=` of a secret mount
(dockerfile.md 7); unit tests cover those. Where buildah and BuildKit differ the case says so.
"""

MARK = "S3CRETMARK"

# path: (text, mode)
CONTEXT = {
    ".netrc": (f"machine git.example.net login ci password {MARK}\n", 0o644),
    "private.netrc": (f"machine git.example.net login ci password {MARK}\n", 0o600),
    "pip.conf": ("[global]\nindex-url = https://pypi.example.net/simple\n", 0o644),
    "keys/id_rsa": (f"-----BEGIN PRIVATE KEY-----\n{MARK}\n", 0o600),
    "app/main.py": ("print(1)\n", 0o644),
}

SECRET = "RUN --mount=type=secret,id=netrc "

# name: (leaks, Dockerfile below FROM)
CASES = {
    # COPY and ADD
    "copy_to_file": (True, "COPY .netrc /root/.netrc\n"),
    "copy_to_folder": (True, "COPY .netrc /root/\n"),
    "copy_relative": (True, "WORKDIR /srv/app\nCOPY .netrc .\n"),
    "copy_then_removed": (True, "COPY .netrc /root/.netrc\nRUN rm /root/.netrc\n"),
    "copy_removed_elsewhere": (True, "COPY .netrc .\nRUN rm -f /root/.netrc\n"),
    "copy_tilde_is_a_name": (True, "COPY .netrc ~/\n"),
    "copy_env_path": (True, "ENV DEST=/opt/conf\nCOPY .netrc $DEST/.netrc\n"),
    "copy_arg_path": (True, "ARG DEST=/opt/x\nCOPY .netrc ${DEST}/\n"),
    "copy_two_sources": (True, "COPY .netrc pip.conf /etc/conf/\n"),
    "copy_chown": (True, "COPY --chown=1000:100 private.netrc /home/ray/.netrc\n"),
    "copy_chmod": (True, "COPY --chmod=600 .netrc /home/ray/.netrc\n"),
    "copy_keeps_mode": (True, "COPY private.netrc /root/.netrc\n"),
    "copy_json_form": (True, 'COPY [".netrc", "/root/"]\n'),
    "add_file": (True, "ADD .netrc /root/.netrc\n"),
    "copy_mirror": (False, "COPY pip.conf /etc/pip.conf\n"),
    "copy_app": (False, "COPY app /app\nRUN ls /app\n"),
    "chmod_in_later_layer": (True, "COPY .netrc /root/.netrc\nRUN chmod 600 /root/.netrc\n"),
    "chown_in_later_layer": (True, "COPY .netrc /root/.netrc\nRUN chown ray /root/.netrc\n"),
    "chmod_symbolic": (True, "COPY .netrc /root/.netrc\nRUN chmod go-rwx,u+x /root/.netrc\n"),
    # RUN writes
    "run_echo_literal": (True, f'RUN echo "machine h login u password {MARK}" > ~/.netrc\n'),
    "run_echo_arg": (True, 'ARG TOKEN\nRUN echo "machine h login u password $TOKEN" > ~/.netrc\n'),
    "run_printf_append": (
        True,
        f"RUN printf 'machine h\\n' > /root/.netrc; printf 'login u password %s\\n' {MARK} >> /root/.netrc\n",
    ),
    "run_umask": (True, f"RUN umask 077 && echo password {MARK} > /root/.netrc\n"),
    "run_tee": (True, f"RUN echo password {MARK} | tee /root/.netrc >/dev/null && chmod 640 /root/.netrc\n"),
    "run_harmless": (False, "RUN echo nothing > /tmp/x\n"),
    "run_group": (True, f"RUN {{ echo machine h; echo password {MARK}; }} > /root/.netrc\n"),
    "run_removed_in_same": (False, f"RUN echo password {MARK} > ~/.netrc && ls / && rm ~/.netrc\n"),
    "run_trap": (False, f"RUN trap 'rm -f /root/.netrc' EXIT; echo password {MARK} > /root/.netrc; ls /\n"),
    "run_function_cleans": (
        False,
        f"RUN clean() {{ rm -f \"$1\"; }}; echo password {MARK} > /tmp/.netrc; clean /tmp/.netrc\n",
    ),
    "run_loop_removes": (
        False,
        f"RUN echo password {MARK} > /tmp/.netrc; for f in .netrc .pypirc; do rm -f /tmp/$f; done\n",
    ),
    "run_removed_after_or": (
        True,
        f"RUN echo password {MARK} > ~/.netrc; test -f ~/.netrc || rm ~/.netrc\n",
    ),
    "run_moved": (True, f"RUN echo password {MARK} > /tmp/n && mv /tmp/n /root/.netrc\n"),
    "run_sed_in_place": (
        True,
        "ARG TOKEN\nRUN echo 'password @@' > /root/.netrc && sed -i \"s/@@/$TOKEN/\" /root/.netrc\n",
    ),
    "run_cd": (True, f"RUN cd /root && echo password {MARK} > .netrc\n"),
    "run_subshell_cd": (True, f"RUN (cd /tmp && echo password {MARK} > .netrc) && echo x > .netrc\n"),
    "run_user_home": (
        True,
        f"ENV HOME=/home/ray\nUSER ray\nRUN echo password {MARK} > ~/.netrc && chmod 600 ~/.netrc\n",
    ),
    "run_find_delete": (
        False,
        f"RUN echo password {MARK} > /tmp/.netrc && find /tmp -name .netrc -exec rm {{}} +\n",
    ),
    "run_removes_folder": (
        False,
        f"RUN mkdir /tmp/c && echo password {MARK} > /tmp/c/.netrc && rm -rf /tmp/c\n",
    ),
    # secret mounts
    "secret_copied": (True, SECRET + "cp /run/secrets/netrc /root/.netrc\n"),
    "secret_cat": (True, SECRET + "cat /run/secrets/netrc > /root/.netrc\n"),
    "secret_in_place": (
        False,
        "RUN --mount=type=secret,id=netrc,target=/root/.netrc cat /root/.netrc | grep -c machine\n",
    ),
    "secret_removed": (False, SECRET + "cp /run/secrets/netrc ~/.netrc && ls / && rm -f ~/.netrc\n"),
    "secret_through_variable": (
        True,
        SECRET + 'N="$(cat /run/secrets/netrc)" && echo "$N" > /root/.netrc && chmod 400 /root/.netrc\n',
    ),
    "secret_link": (False, SECRET + "ln -s /run/secrets/netrc /root/.netrc && rm /root/.netrc\n"),
    "secret_guarded": (
        True,
        SECRET + "if [ -f /run/secrets/netrc ]; then cp /run/secrets/netrc /root/.netrc; fi\n",
    ),
    "secret_used": (False, SECRET + "grep -c machine /run/secrets/netrc > /tmp/count\n"),
    # stages
    "stage_artefact_only": (
        False,
        "COPY .netrc /root/.netrc\nRUN mkdir /out && echo x > /out/app\nFROM base\n"
        "COPY --from=0 /out/app /app\n",
    ),
    "stage_home": (True, "COPY .netrc /root/.netrc\nFROM base\nCOPY --from=0 /root /root\n"),
    "stage_file": (True, "COPY .netrc /x/n\nFROM base\nCOPY --from=0 /x/n /etc/n\n"),
    "stage_removed_first": (
        False,
        "COPY .netrc /x/n\nRUN rm /x/n && echo y > /x/y\nFROM base\nCOPY --from=0 /x /x\n",
    ),
    "stage_parent": (True, "COPY .netrc /root/.netrc\nFROM first\nRUN rm /root/.netrc\n"),
    "stage_secret": (
        True,
        SECRET + "cp /run/secrets/netrc /root/.netrc\nFROM base\nCOPY --from=0 /root/.netrc /root/\n",
    ),
    # Configuration and history
    "env_literal": (False, f"ENV TOKEN_TEXT={MARK}\nRUN true\n"),
    "env_from_arg": (False, "ARG TOKEN\nENV API_TOKEN=$TOKEN\nRUN true\n"),
    "env_blanked": (False, f"ENV API_TOKEN={MARK}\nENV API_TOKEN=\nRUN true\n"),
    "env_harmless": (False, "ARG TAG=1\nENV VERSION=$TAG MODE=fast\nRUN true\n"),
    "label_from_arg": (False, "ARG TOKEN\nLABEL token=$TOKEN\nRUN true\n"),
    "arg_used": (False, 'ARG TOKEN\nRUN test -n "$TOKEN"\n'),
    "arg_unused": (False, "ARG TOKEN\nRUN true\n"),
    "arg_not_declared": (False, "RUN true\n"),
    "arg_of_other_stage": (
        False,
        "ARG TOKEN\nRUN test -n \"$TOKEN\" && echo built > /out\nFROM base\nCOPY --from=first /out /out\n",
    ),
    "arg_of_parent_stage": (False, "ARG TOKEN\nRUN true\nFROM first\nRUN true\n"),
    "env_of_other_stage": (
        False, f"ENV API_TOKEN={MARK}\nRUN echo built > /out\nFROM base\nCOPY --from=first /out /out\n"
    ),
    "env_of_parent_stage": (False, f"ENV API_TOKEN={MARK}\nFROM first\nRUN true\n"),
}
