#!/usr/bin/env bash
# Installs what the tests need, checks protos and format, builds, and runs every test.
#   bash tests/run.sh          everything
#   bash tests/run.sh --long   the same with more seeds and more kills (KIOSKLINK_LONG=1)
# The last line is `N passed, N failed, N skipped`; the exit code is 0 only when nothing failed and every test project reported.
set -euo pipefail
cd "$(dirname "$0")/.."

buf_version=1.75.0
configuration=Release
debian_packages=(chromium fonts-dejavu-core libsodium23 protobuf-compiler python3-grpcio strace systemd)
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

case "${1:-}" in
  "") ;;
  --long) export KIOSKLINK_LONG=1 ;;
  *) echo "usage: bash tests/run.sh [--long]" >&2; exit 2 ;;
esac

mkdir -p artifacts
results=artifacts/test-output.txt
passed=0 failed=0 skipped=0 current=start

# Tests write their files into memory where there is room for them: how fast a machine's disk syncs is no matter of theirs.
memory=/dev/shm memory_kib=4000000 memory_folder=
if [ -w "$memory" ] && [ "$(df --output=avail -k "$memory" | tail -1)" -ge "$memory_kib" ]; then
  memory_folder=$(mktemp -d "$memory/kiosklink-tests-XXXXXX")
  export TMPDIR=$memory_folder
fi

# Whatever happens, the last line tells the sum; a check that stopped the run counts as one failure.
finish() {
  local code=$?
  [ -z "$memory_folder" ] || rm -rf "$memory_folder"
  if [ "$code" != 0 ] && [ "$failed" = 0 ]; then
    failed=1
    echo "stopped in: $current"
  fi
  echo "$passed passed, $failed failed, $skipped skipped"
  exit "$code"
}
trap finish EXIT

phase() {
  current=$1
  shift
  echo "== $current"
  local started=$SECONDS
  "$@"
  echo "-- $current: $((SECONDS - started)) s"
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

is_installed() {
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>&1)" = installed ]
}

install_debian_packages() {
  local missing=() package
  for package in "${debian_packages[@]}"; do
    is_installed "$package" || missing+=("$package")
  done
  command -v npm >/dev/null || missing+=(npm)
  if [ ${#missing[@]} = 0 ]; then
    echo "all here"
    return
  fi
  echo "installing: ${missing[*]}"
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >artifacts/apt.txt
}

install_buf() {
  [ -x artifacts/tools/node_modules/.bin/buf ] \
    || npm install --prefix artifacts/tools --no-save --no-audit --no-fund --loglevel=error "@bufbuild/buf@$buf_version"
}

check_protos() {
  local buf=artifacts/tools/node_modules/.bin/buf baseline
  "$buf" lint protos
  echo "buf lint: clean"
  if baseline=$(git rev-parse -q --verify 'HEAD~1^{commit}') && git cat-file -e "$baseline:protos/buf.yaml"; then
    "$buf" breaking protos --against "$(git rev-parse --path-format=absolute --git-common-dir)#ref=$baseline,subdir=protos"
    echo "buf breaking: compatible with $(git log -1 --format='%h (%s)' "$baseline")"
  else
    echo "buf breaking: nothing to compare with, since the commit before this one is not here or has no protos"
  fi
}

# A project whose name ends in .Tests, or that says so, as in Directory.Build.targets.
test_projects() {
  local project
  for project in tests/*/*.csproj; do
    if [[ $project == *.Tests.csproj ]] || grep -q '<IsTestProject>true' "$project"; then echo "$project"; fi
  done
}

# One line per assembly: `Passed!  - Failed: 0, Passed: 3, Skipped: 1, …`. A crashed test host prints none, so lines are counted.
count_results() {
  awk '/^(Passed|Failed|Skipped)! +- Failed:/ {
         lines++
         for (i = 1; i < NF; i++) {
           if ($i == "Failed:") failed += $(i + 1)
           if ($i == "Passed:") passed += $(i + 1)
           if ($i == "Skipped:") skipped += $(i + 1)
         }
       }
       END { printf "%d %d %d %d\n", passed, failed, skipped, lines }' "$results"
}

# One project after the other (-m:1): scenarios and simulation need both cores to themselves.
run_tests() {
  local code=0 lines expected
  dotnet test KioskLink.sln -c "$configuration" --no-build -m:1 | tee "$results" || code=$?
  read -r passed failed skipped lines < <(count_results)
  expected=$(test_projects | wc -l)
  if [ "$lines" != "$expected" ]; then
    echo "$lines of $expected test projects reported a result: a test host crashed or a project did not build."
    failed=$((failed + expected - lines))
    code=1
  fi
  return "$code"
}

phase "Debian packages" install_debian_packages
phase "buf $buf_version" install_buf
phase "protos" check_protos
phase "restore" dotnet restore KioskLink.sln -v q
phase "format" dotnet format KioskLink.sln --verify-no-changes --no-restore
phase "build" dotnet build KioskLink.sln -c "$configuration" --no-restore -v q -clp:NoSummary
phase "tests" run_tests
