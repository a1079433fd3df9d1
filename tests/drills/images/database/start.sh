#!/bin/sh
set -eu
as_postgres="setpriv --reuid postgres --regid postgres --clear-groups"
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  install -d -o postgres -g postgres -m 0700 "$PGDATA"
  printf '%s' "$POSTGRES_PASSWORD" > /tmp/password
  chmod 644 /tmp/password
  $as_postgres initdb -D "$PGDATA" -U "$POSTGRES_USER" -E UTF8 --locale C.UTF-8 -A scram-sha-256 --pwfile /tmp/password
  rm /tmp/password
  echo "host all all all scram-sha-256" >> "$PGDATA/pg_hba.conf"
  echo "CREATE DATABASE $POSTGRES_DB;" | $as_postgres postgres --single -D "$PGDATA" postgres
fi
exec $as_postgres postgres -D "$PGDATA" -c listen_addresses='*'
