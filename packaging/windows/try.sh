#!/usr/bin/env bash
# What build.sh made, tried under Wine: a line a check. Ends with 1 when one does not hold, and when
# Wine is not there.
#   --tests short|whole|only   with the tests under Windows' Python: of domain, services and adapters,
#                              or every one Wine goes far enough for; "only" tries nothing else
#   --tests inside|outside     the two halves of "short": of domain and services, of the adapters
#   --only WORD …              the checks whose name holds a word
#   --built FOLDER             what build.sh made, if it is elsewhere
set -euo pipefail
cd "$(dirname "$0")/../.."
exec python3 packaging/from_source.py python packaging/windows/try_windows.py "$@"
