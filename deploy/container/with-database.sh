#!/bin/sh
# with-database.sh COMMAND…: run COMMAND once PostgreSQL answers, for which it has two minutes: a new one makes its
# folder first.
set -eu
for _ in $(seq 120); do
  ! pg_isready --quiet --dbname "$DATABASE_URL" || break
  sleep 1
done
exec "$@"
