#include "analyzer/model/installer_table.h"

namespace oakum::installer_table {

namespace {

using Kind = ArgumentKind;

// --- Options by tool: rows are (names, what their value is) --------------------------------------

constexpr Option kPipOptions[] = {
    {" -i --index-url --pypi-url --extra-index-url -f --find-links ", Kind::kIndex},
    {" -e --editable ", Kind::kRequirement},
    {" -r --requirement -c --constraint ", Kind::kUri},
    {" --proxy ", Kind::kProxy},
    {" --trusted-host -t --target --root --prefix --cache-dir --log --cert --client-cert --timeout "
     "--retries --python-version --platform --implementation --abi --no-binary --only-binary "
     "--progress-bar --src -d --dest -w --wheel-dir --build-option --global-option "
     "-C --config-settings --report --python --exists-action --upgrade-strategy --use-feature "
     "--use-deprecated --keyring-provider --root-user-action --group "},
};
constexpr Option kUvOptions[] = {
    {" -i --index-url --extra-index-url -f --find-links --index --default-index ", Kind::kIndex},
    {" -e --editable --with --with-editable --from ", Kind::kRequirement},
    {" -r --requirements --requirement -c --constraints --constraint --override "
     "--with-requirements "
     "--publish-url --check-url --mirror --python-mirror --pypy-mirror ",
     Kind::kUri},
    {" --password --token ", Kind::kSecret},
    {" --trusted-host --allow-insecure-host --target --prefix --cache-dir -p --python "
     "--python-version --python-platform --no-binary --only-binary --index-strategy --resolution "
     "--keyring-provider --prerelease --fork-strategy -P --upgrade-package --link-mode "
     "--exclude-newer --config-file --directory --project --group --extra --package -o "
     "--output-file --username --config-setting -C --no-build-isolation-package "
     "--reinstall-package --refresh-package --color --branch --tag --rev "},
};
constexpr Option kPoetryOptions[] = {
    {" --password -p ", Kind::kSecret},
    {" -C --directory -P --project --priority --group -G --source --extras -E --username -u "
     "--repository -r --python --platform --cert --client-cert --dist-dir "},
};
constexpr Option kPipenvOptions[] = {
    {" -i --index --extra-index-url --pypi-mirror ", Kind::kIndex},
    {" -e --editable ", Kind::kRequirement},
    {" -r --requirements ", Kind::kUri},
    {" --python --categories --extra-pip-args --site-packages "},
};
constexpr Option kPdmOptions[] = {
    {" -e --editable ", Kind::kRequirement},
    {" -P --password ", Kind::kSecret},
    {" -r --repository ", Kind::kUri},
    {" -p --project -G --group -c --config -u --username -L --lockfile --ca-certs "},
};
constexpr Option kCondaOptions[] = {
    {" -c --channel ", Kind::kIndex},
    {" -f --file ", Kind::kUri},
    {" --add --append --prepend --set ", Kind::kKey},
    {" -n --name -p --prefix --platform --solver --repodata-fn --clone --pkgs-dirs -r "
     "--root-prefix "
     "--rc-file --env "},
};
constexpr Option kTwineOptions[] = {
    {" --repository-url ", Kind::kUri},
    {" -p --password ", Kind::kSecret},
    {" -r --repository -u --username --config-file --cert --client-cert -i --identity -c "
     "--comment "},
};
constexpr Option kGitGlobal[] = {
    {" -c --config ", Kind::kGitConfig},
    {" -C --git-dir --work-tree --namespace --exec-path --config-env "},
};
constexpr Option kGitOptions[] = {
    {" -b --branch -o --origin --depth --reference --template -u --upload-pack -j --jobs --filter "
     "--shallow-since --separate-git-dir --server-option --name --bundle-uri "},
};
// `-u` of push and fetch and `-t` of fetch stand alone.
constexpr Option kGitTransferOptions[] = {
    {" --repo --remote ", Kind::kGit},
    {" -o --push-option --server-option --output --depth --deepen --shallow-since "
     "--shallow-exclude --upload-pack --receive-pack --exec -j --jobs --filter --refmap "
     "-s --strategy -X --strategy-option --format --prefix -P -m --message "},
};
constexpr Option kGitRemoteOptions[] = {
    {" -t --track -m --master "},
};
constexpr Option kGitConfigOptions[] = {
    {" -f --file --type --default --blob "},
};
constexpr Option kCurlOptions[] = {
    {" -u --user -U --proxy-user ", Kind::kUserPassword},
    {" -H --header --proxy-header ", Kind::kHeader},
    {" -x --proxy --preproxy --socks5 --socks5-hostname --socks4 ", Kind::kProxy},
    {" --oauth2-bearer --pass ", Kind::kSecret},
    {" --url --doh-url -e --referer ", Kind::kUri},
    {" -o --output -d --data --data-raw --data-binary --data-urlencode --json -F --form -X "
     "--request "
     "-A --user-agent -b --cookie -c --cookie-jar -E --cert --key --cacert --capath -m --max-time "
     "--connect-timeout --retry --retry-delay --retry-max-time --resolve --connect-to -T "
     "--upload-file -w --write-out -r --range -K --config --netrc-file -D --dump-header "
     "--interface "
     "--limit-rate --max-redirs -z --time-cond --output-dir --unix-socket -C --continue-at "
     "--aws-sigv4 "
     "-y --speed-time -Y --speed-limit --stderr --trace --trace-ascii --noproxy --ciphers --proto "
     "--tls-max -t --telnet-option -P --ftp-port -Q --quote --max-filesize "},
};
constexpr Option kWgetOptions[] = {
    {" --password --http-password --ftp-password --proxy-password ", Kind::kSecret},
    {" --header ", Kind::kHeader},
    {" -B --base --referer ", Kind::kUri},
    {" -O --output-document -o --output-file -a --append-output -P --directory-prefix --user "
     "--http-user --ftp-user --proxy-user -t --tries -T --timeout -U --user-agent -e --execute "
     "-i --input-file --post-data --post-file --method --body-data --body-file --ca-certificate "
     "--certificate --private-key -w --wait --waitretry --limit-rate -Q --quota -A --accept "
     "-R --reject -l --level -D --domains --load-cookies --save-cookies "},
};
constexpr Option kContainerGlobal[] = {
    {" --config -c --context -H --host -l --log-level --url --connection --root --runroot "},
};
constexpr Option kLoginOptions[] = {
    {" -p --password ", Kind::kSecret},
    {" --creds ", Kind::kUserPassword},
    {" -u --username --authfile --cert-dir --registry-config --ca-file --cert-file --key-file "},
};
constexpr Option kBuildOptions[] = {
    {" --build-arg -e --env ", Kind::kAssignment},
    {" --creds ", Kind::kUserPassword},
    {" --secret -t --tag -f --file --target --platform --cache-from --cache-to -o --output "
     "--progress "
     "--build-context --label --network --ssh --builder --add-host -m --memory --authfile "
     "--annotation "
     "--metadata-file --iidfile --attest --sbom --provenance --allow --isolation --layers "},
};
constexpr Option kRunOptions[] = {
    {" -e --env ", Kind::kAssignment},
    {" --creds ", Kind::kUserPassword},
    {" -p --publish -v --volume --name --network --net -w --workdir -u --user --entrypoint -h "
     "--hostname --env-file --mount -l --label -m --memory --cpus --gpus --ipc --shm-size "
     "--runtime "
     "--restart --platform --pull --add-host --device --security-opt --cap-add --cap-drop --ulimit "
     "--log-driver --log-opt --tmpfs --expose --link --pid --uts --group-add --authfile -c "},
};
constexpr Option kCopyOptions[] = {
    {" --creds --src-creds --dest-creds ", Kind::kUserPassword},
    {" --src-registry-token --dest-registry-token --registry-token ", Kind::kSecret},
    {" --authfile --src-authfile --dest-authfile --src-cert-dir --dest-cert-dir --format -f "},
};
constexpr Option kHelmOptions[] = {
    {" --password ", Kind::kSecret},
    {" --repo ", Kind::kUri},
    {" --username -n --namespace -f --values --set --set-string --set-file --version "
     "--kube-context "
     "--kubeconfig --timeout --ca-file --cert-file --key-file "},
};
constexpr Option kAwsOptions[] = {
    {" --secret-string ", Kind::kSecret},
    {" --endpoint-url ", Kind::kUri},
    {" --profile --region --output --query --name --secret-id --description --kms-key-id --tags "
     "--secret-binary "},
};
// The value of a parameter; only a SecureString is a secret.
constexpr Option kAwsParameterOptions[] = {
    {" --value ", Kind::kSecret},
    {" --profile --region --name --type --description --key-id --tier --tags "},
};
constexpr Option kAzOptions[] = {
    {" -p --password ", Kind::kSecret},
    {" -u --username -t --tenant -n --name -g --resource-group --subscription --federated-token "},
};
constexpr Option kAzVaultOptions[] = {
    {" --value ", Kind::kSecret},
    {" -n --name --vault-name --description --tags --file --encoding --expires "},
};
constexpr Option kAzServiceOptions[] = {
    {" --account-key --sas-token --connection-string --admin-password ", Kind::kSecret},
    {" -n --name -g --resource-group --subscription --query -o --output "},
};
constexpr Option kGhOptions[] = {
    {" -b --body ", Kind::kSecret},
    {" -h --hostname -p --git-protocol -s --scopes -a --app -e --env -f --env-file -o --org "
     "-R --repo -r --repos -v --visibility "},
};
constexpr Option kGhApiOptions[] = {
    {" -H --header ", Kind::kHeader},
    {" -X --method -f --raw-field -F --field --input -q --jq -t --template --hostname --cache "
     "-p --preview "},
};
constexpr Option kPasswordOptions[] = {
    {" --password ", Kind::kSecret},
    {" -u --username --user --host --instance --project --zone --region --format "},
};
constexpr Option kServerLoginOptions[] = {
    {" -p --password --token --auth-token ", Kind::kSecret},
    {" -u --username --server --name -n --namespace --kubeconfig --certificate-authority "},
};
constexpr Option kWandbOptions[] = {
    {" --host ", Kind::kUri},
};
constexpr Option kTokenOptions[] = {
    {" --token --api-key --api_key --token-secret ", Kind::kSecret},
    {" --host --token-id --profile --name --workspace "},
};
constexpr Option kDatabricksOptions[] = {
    {" --string-value ", Kind::kSecret},
    {" --scope --key --profile --json --host "},
};
constexpr Option kPrefectOptions[] = {
    {" -k --key ", Kind::kSecret},
    {" -w --workspace "},
};
constexpr Option kHubOptions[] = {
    {" --token ", Kind::kSecret},
    {" --repo-type --revision --local-dir --cache-dir --include --exclude --commit-message "},
};
constexpr Option kNpmOptions[] = {
    {" --registry ", Kind::kUri},
    {" --proxy --https-proxy --http-proxy ", Kind::kProxy},
    {" --_authToken --_auth --otp ", Kind::kSecret},
    {" --prefix -C --cache -w --workspace --userconfig --scope --tag --location -L --access "},
};
constexpr Option kKubectlOptions[] = {
    {" --docker-password --token --password ", Kind::kSecret},
    {" --from-literal ", Kind::kAssignment},
    {" -s --server --docker-server --proxy-url ", Kind::kUri},
    {" -n --namespace -f --filename -l --selector -o --output --context --cluster --user "
     "--kubeconfig "
     "--docker-username --docker-email --from-file --from-env-file --type --cert --key --as "},
};
constexpr Option kHerokuOptions[] = {
    {" -a --app -r --remote "},
};
constexpr Option kRayOptions[] = {
    {" --address ", Kind::kUri},
    {" --headers ", Kind::kHeader},
    {" --redis-password ", Kind::kSecret},
    {" --working-dir --runtime-env --runtime-env-json --submission-id --job-id "
     "--entrypoint-num-cpus "
     "--entrypoint-num-gpus --entrypoint-resources --metadata-json --port --num-cpus --num-gpus "
     "--resources --dashboard-host --dashboard-port --cookies --verify "},
};

// --- Tools --------------------------------------------------------------------------------------

constexpr Kind N = Kind::kPlain;
constexpr Kind R = Kind::kRequirement;
constexpr Kind I = Kind::kIndex;
constexpr Kind G = Kind::kGit;
constexpr Kind U = Kind::kUri;
constexpr Kind S = Kind::kSecret;
constexpr Kind K = Kind::kKey;
constexpr Kind A = Kind::kAssignment;

constexpr std::string_view kContainerTools = " docker podman buildah nerdctl finch docker-compose ";

// The first row whose program and subcommand fit is taken.
constexpr Tool kTools[] = {
    {" pip pipx ", "pip", "config set", kPipOptions, {K, N, N}, true},
    {" pip pipx ",
     "pip",
     "install|download|wheel|inject|run|index versions",
     kPipOptions,
     {R, R, R}},
    {" pip pipx ", "pip", "", kPipOptions, {N, N, N}},
    {" pip-compile pip-sync ", "pip", "", kPipOptions, {N, N, N}},
    {" uv ",
     "uv",
     "pip install|pip compile|pip sync|add|tool install|tool run|build",
     kUvOptions,
     {R, R, R}},
    {" uv ", "uv", "", kUvOptions, {N, N, N}},
    {" uvx ", "uv", "", kUvOptions, {R, N, N}},
    {" poetry ", "Poetry", "source add", kPoetryOptions, {N, I, I}, true},
    {" poetry ", "Poetry", "config", kPoetryOptions, {K, N, N}, true},
    {" poetry ", "Poetry", "add|self add", kPoetryOptions, {R, R, R}, true},
    {" poetry ", "Poetry", "", kPoetryOptions, {N, N, N}},
    {" pipenv ", "Pipenv", "install|update|upgrade", kPipenvOptions, {R, R, R}, true},
    {" pipenv ", "Pipenv", "", kPipenvOptions, {N, N, N}},
    {" pdm ", "PDM", "config", kPdmOptions, {K, N, N}, true},
    {" pdm ", "PDM", "add", kPdmOptions, {R, R, R}, true},
    {" pdm ", "PDM", "", kPdmOptions, {N, N, N}},
    {" conda mamba micromamba ", "conda", "config", kCondaOptions, {I, I, I}, true},
    {" conda mamba micromamba ",
     "conda",
     "install|create|update|env create|env update",
     kCondaOptions,
     {R, R, R}},
    {" conda mamba micromamba ", "conda", "", kCondaOptions, {N, N, N}},
    {" twine ", "twine", "", kTwineOptions, {N, N, N}},
    {" git ", "git", "clone|submodule add|submodule set-url", kGitOptions, {G, G, G}, true},
    {" git ",
     "git",
     "fetch|pull|push|ls-remote|subtree add|subtree pull|subtree push|archive",
     kGitTransferOptions,
     {G, G, G}},
    {" git ", "git", "remote add|remote set-url", kGitRemoteOptions, {N, G, G}, true},
    {" git ", "git", "config set|config", kGitConfigOptions, {K, N, N}, true},
    {" git ", "git", "", kGitOptions, {N, N, N}},
    {" curl ", "curl", "", kCurlOptions, {U, U, U}},
    {" wget ", "wget", "", kWgetOptions, {U, U, U}},
    {" helm ", "helm", "registry login", kLoginOptions, {N, N, N}, true},
    {" helm ", "helm", "repo add", kHelmOptions, {N, U, U}, true},
    {" helm ", "helm", "", kHelmOptions, {U, U, U}},
    {" skopeo ", "skopeo", "login", kLoginOptions, {N, N, N}, true},
    {" skopeo ", "skopeo", "", kCopyOptions, {N, N, N}},
    {kContainerTools, "docker", "login", kLoginOptions, {N, N, N}, true},
    {kContainerTools,
     "docker",
     "build|buildx build|image build|bud|compose build",
     kBuildOptions,
     {U, U, U}},
    {kContainerTools,
     "docker",
     "run|exec|create|container run|compose run",
     kRunOptions,
     {N, N, N}},
    {kContainerTools, "docker", "", kRunOptions, {N, N, N}},
    {" aws ", "AWS CLI", "configure set", kAwsOptions, {K, N, N}, true},
    {" aws ", "AWS CLI", "ssm put-parameter", kAwsParameterOptions, {N, N, N}},
    {" aws ", "AWS CLI", "", kAwsOptions, {N, N, N}},
    {" az ", "Azure CLI", "login|acr login", kAzOptions, {N, N, N}, true},
    {" az ", "Azure CLI", "keyvault secret", kAzVaultOptions, {N, N, N}},
    {" az ", "Azure CLI", "", kAzServiceOptions, {N, N, N}},
    {" gh ", "gh", "auth login|secret set", kGhOptions, {N, N, N}, true},
    {" gh ", "git", "repo clone", kGhOptions, {G, N, N}, true},
    {" gh ", "gh", "api", kGhApiOptions, {N, N, N}},
    {" heroku ", "heroku", "config:set|config:add", kHerokuOptions, {A, A, A}, true},
    {" gcloud ", "gcloud", "", kPasswordOptions, {N, N, N}},
    {" huggingface-cli hf ", "Hugging Face CLI", "login|auth login", kHubOptions, {N, N, N}, true},
    {" huggingface-cli hf ", "Hugging Face CLI", "", kHubOptions, {N, N, N}},
    {" wandb ", "wandb", "login", kWandbOptions, {S, N, N}, true},
    {" anyscale ", "Anyscale CLI", "login|auth set", kTokenOptions, {N, N, N}, true},
    {" modal ", "Modal CLI", "token set", kTokenOptions, {N, N, N}, true},
    {" comet ", "Comet CLI", "login", kTokenOptions, {N, N, N}, true},
    {" dagshub ", "DagsHub CLI", "login", kTokenOptions, {N, N, N}, true},
    {" prefect ", "Prefect CLI", "cloud login", kPrefectOptions, {N, N, N}, true},
    {" databricks ", "Databricks CLI", "secrets", kDatabricksOptions, {N, N, N}},
    {" argocd ", "Argo CD CLI", "login", kServerLoginOptions, {N, N, N}, true},
    {" oc ", "oc", "login", kServerLoginOptions, {U, N, N}, true},
    {" oras cosign ", "oras", "login", kLoginOptions, {N, N, N}, true},
    {" crane ", "crane", "auth login", kLoginOptions, {N, N, N}, true},
    {" npm yarn pnpm ", "npm", "config set|set", kNpmOptions, {K, N, N}, true},
    {" npm yarn pnpm ", "npm", "install|i|add|ci|exec|publish", kNpmOptions, {R, R, R}},
    {" npm yarn pnpm npx ", "npm", "", kNpmOptions, {N, N, N}},
    {" kubectl oc ", "kubectl", "", kKubectlOptions, {U, U, U}},
    {" ray ", "Ray", "", kRayOptions, {N, N, N}},
    {" add-apt-repository apt-add-repository ", "apt", "", {}, {U, U, U}, true},
};

// Options that may stand before the subcommand.
constexpr GlobalOptions kGlobalOptions[] = {
    {" git ", kGitGlobal},
    {kContainerTools, kContainerGlobal},
    {" pip pipx ", kPipOptions},
    {" uv ", kUvOptions},
    {" poetry ", kPoetryOptions},
    {" pdm ", kPdmOptions},
    {" aws ", kAwsOptions},
    {" helm ", kHelmOptions},
    {" kubectl oc ", kKubectlOptions},
    {" npm yarn pnpm ", kNpmOptions},
};

// --- Variables and keys -------------------------------------------------------------------------

constexpr Name kVariables[] = {
    {"PIP_INDEX_URL", {"pip", I}},
    {"PIP_PYPI_URL", {"pip", I}},
    {"PIP_EXTRA_INDEX_URL", {"pip", I}},
    {"PIP_FIND_LINKS", {"pip", I}},
    {"PIP_PROXY", {"pip", Kind::kProxy}},
    {"PIP_CONSTRAINT", {"pip", U}},
    {"PIP_REQUIREMENT", {"pip", U}},
    {"UV_INDEX", {"uv", I}},
    {"UV_DEFAULT_INDEX", {"uv", I}},
    {"UV_INDEX_URL", {"uv", I}},
    {"UV_EXTRA_INDEX_URL", {"uv", I}},
    {"UV_FIND_LINKS", {"uv", I}},
    {"UV_PUBLISH_URL", {"uv", U}},
    {"UV_PUBLISH_TOKEN", {"uv", S}},
    {"UV_PUBLISH_PASSWORD", {"uv", S}},
    {"UV_INDEX_*_PASSWORD", {"uv", S}},
    {"UV_GITHUB_TOKEN", {"uv", S}},
    {"POETRY_REPOSITORIES_*_URL", {"Poetry", I}},
    {"POETRY_HTTP_BASIC_*_PASSWORD", {"Poetry", S}},
    {"POETRY_PYPI_TOKEN_*", {"Poetry", S}},
    {"PIPENV_PYPI_MIRROR", {"Pipenv", I}},
    {"PDM_PYPI_URL", {"PDM", I}},
    {"PDM_PUBLISH_PASSWORD", {"PDM", S}},
    {"CONDA_CHANNELS", {"conda", I}},
    {"CONDA_CHANNEL_ALIAS", {"conda", I}},
    {"CONDA_DEFAULT_CHANNELS", {"conda", I}},
    {"TWINE_REPOSITORY_URL", {"twine", U}},
    {"TWINE_PASSWORD", {"twine", S}},
    {"NPM_CONFIG_REGISTRY", {"npm", U}},
    {"GOPROXY", {"go", U}},
    {"GIT_CONFIG_KEY_*", {"git", Kind::kGitConfig}},
    {"HTTP_PROXY", {"HTTP clients", Kind::kProxy}},
    {"HTTPS_PROXY", {"HTTP clients", Kind::kProxy}},
    {"FTP_PROXY", {"HTTP clients", Kind::kProxy}},
    {"ALL_PROXY", {"HTTP clients", Kind::kProxy}},
    {"RAY_ADDRESS", {"Ray", U}},
    {"RAY_API_SERVER_ADDRESS", {"Ray", U}},
    {"RAY_REDIS_ADDRESS", {"Ray", U}},
};

constexpr Key kKeys[] = {
    {"", "index-url", {"pip", I}},
    {"", "extra-index-url", {"pip", I}},
    {"", "find-links", {"pip", I}},
    {"pip.conf", "proxy", {"pip", Kind::kProxy}},
    {"condarc", "channels", {"conda", I}},
    {"condarc", "default-channels", {"conda", I}},
    {"condarc", "channel-alias", {"conda", I}},
    {"condarc", "custom-channels.*", {"conda", I}},
    {"condarc", "proxy-servers.*", {"conda", Kind::kProxy}},
    {"Poetry", "repositories.*", {"Poetry", I}},
    {"Poetry", "http-basic.*", {"Poetry", S}},
    {"Poetry", "pypi-token.*", {"Poetry", S}},
    {"PDM", "pypi.url", {"PDM", I}},
    {"PDM", "pypi.*.url", {"PDM", I}},
    {"PDM", "repository.*.url", {"PDM", U}},
    {"git", "lfs.pushurl", {"git", G}},
    {"git", "lfs.url", {"git", G}},
    {"git", "remote.*.url", {"git", G}},
    {"git", "remote.*.pushurl", {"git", G}},
    {"git", "submodule.*.url", {"git", G}},
    {"git", "url.*.insteadof", {"git", G}},
    {"git", "url.*.pushinsteadof", {"git", G}},
    {"git", "http.proxy", {"git", Kind::kProxy}},
    {"git", "http.*.proxy", {"git", Kind::kProxy}},
    {"git", "http.extraheader", {"git", Kind::kHeader}},
    {"git", "http.*.extraheader", {"git", Kind::kHeader}},
    {"npm", "registry", {"npm", U}},
    {"npm", "*:registry", {"npm", U}},
    {"npm", "proxy", {"npm", Kind::kProxy}},
    {"npm", "https-proxy", {"npm", Kind::kProxy}},
    {"npm", "*-authtoken", {"npm", S}},
    {"npm", "*-auth", {"npm", S}},
    {"npm", "*-password", {"npm", S}},
};

}  // namespace

std::span<const Tool> Tools() {
  return kTools;
}
std::span<const GlobalOptions> AllGlobalOptions() {
  return kGlobalOptions;
}
std::span<const Name> Variables() {
  return kVariables;
}
std::span<const Key> Keys() {
  return kKeys;
}

}  // namespace oakum::installer_table
