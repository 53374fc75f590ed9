#!/bin/bash
# Runs a command with DATABASE_URL on a PostgreSQL cluster of its own, which goes when it ends.
set -euo pipefail

bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1 || true)
[ -n "$bin" ] || bin=$(dirname "$(command -v initdb || echo /nowhere/initdb)")
if [ ! -x "$bin/initdb" ]; then
    echo "##### SKIPPED: no PostgreSQL server binaries here, and none could be installed. #####" >&2
    exit 0
fi

cluster=$(mktemp -d)
as_owner=()
if [ "$(id -u)" -eq 0 ]; then  # initdb refuses to run as root
    chown postgres "$cluster"
    as_owner=(setpriv --reuid postgres --regid postgres --clear-groups env HOME="$cluster")
fi
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
stop() {
    (cd / && "${as_owner[@]}" "$bin/pg_ctl" -D "$cluster/data" -m immediate stop >/dev/null) || true
    rm -rf "$cluster"
}
trap stop EXIT

(
    cd /
    "${as_owner[@]}" "$bin/initdb" -D "$cluster/data" -U tester --auth trust --encoding UTF8 --locale C.UTF-8 >/dev/null
    "${as_owner[@]}" "$bin/pg_ctl" -D "$cluster/data" -w -l "$cluster/log" \
        -o "-p $port -c listen_addresses=127.0.0.1 -k $cluster -c fsync=off -c max_connections=200" start >/dev/null
)
export DATABASE_URL="postgres://tester@127.0.0.1:$port/postgres"
"$@"
