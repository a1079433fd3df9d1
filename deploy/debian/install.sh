#!/usr/bin/env bash
# Installs Sinergi on Debian 12 or newer, or updates it to the version that this script lies in. As root, from a checkout
# or an unpacked archive:
#
#   deploy/debian/install.sh sinergi.example.go.id     the first time: the portal's host name
#   deploy/debian/install.sh                           an update: prepared aside, stopped, backed up, migrated, started
#
# DATABASE_URL=… the first time takes a PostgreSQL elsewhere; else there is one here, reached by its socket without a
# password. What it makes once and never touches again: /etc/sinergi/sinergi.env, the nginx site, the certificate.
# docs/deployment.md tells what follows.
set -euo pipefail
umask 022

here=$(cd "$(dirname "$0")" && pwd)
source=$(cd "$here/../.." && pwd)
home=/srv/sinergi              # a link to the version in use
versions=/srv/sinergi-versions
settings=/etc/sinergi/sinergi.env
data=/var/lib/sinergi
backups=/var/backups/sinergi
units=/etc/systemd/system
site=/etc/nginx/sites-available/sinergi

say() { printf '\n== %s\n' "$*" || true; } # nobody may be listening any more
refuse() { printf 'install.sh: %s\n' "$*" >&2 || true; exit 2; }
# What is written in the environment file, without giving it to a shell.
setting() { sed -n "s/^$1=//p" "$settings" | tail -n 1; }
as_service() { # runs manage.py of the version $1 as the portal's units do
  local version=$1
  shift
  systemd-run --quiet --collect --pipe --wait --property=User=sinergi --property=UMask=0027 \
    --property=EnvironmentFile="$settings" --property=WorkingDirectory="$version" \
    "$version/.venv/bin/python" manage.py "$@"
}

[ "$(id -u)" = 0 ] || refuse "run it as root"
[ -d /run/systemd/system ] || refuse "systemd does not run here; docs/deployment.md has containers"
[ -f "$source/requirements.txt" ] || refuse "there is no Sinergi in $source"
[ ! -e "$home" ] || [ -L "$home" ] || refuse "$home is a folder; it has to be a link, or not there: move it away first"
host=${1:-}
if [ ! -f "$settings" ]; then
  [[ "$host" =~ ^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$ ]] || refuse "give the portal's host name, for example sinergi.example.go.id"
elif [ -n "$host" ] && [[ ",$(setting ALLOWED_HOSTS)," != *",$host,"* ]]; then
  refuse "the host name is in $settings and in $site from now on; run it without one"
fi

say "Packages of Debian"
packages=(python3 python3-venv postgresql-client gpg ca-certificates)
# Whoever switched nginx off (systemctl disable nginx) has another proxy: an update leaves it alone.
with_nginx=yes
if [ -L "$home" ] && ! systemctl is-enabled --quiet nginx 2>/dev/null; then with_nginx=no; fi
[ $with_nginx = no ] || packages+=(nginx logrotate openssl)
url=${DATABASE_URL:-}
[ ! -f "$settings" ] || url=$(setting DATABASE_URL)
local_database=postgres:///sinergi # the socket, and the system user's own role
url=${url:-$local_database}
[ "$url" != "$local_database" ] || packages+=(postgresql)
missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q ' installed$' || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi
python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || refuse "Python 3.11 or newer is needed"

say "User, folders, settings"
id sinergi >/dev/null 2>&1 || useradd --system --user-group --home-dir "$data" --no-create-home --shell /usr/sbin/nologin sinergi
install -d -m 0750 -o sinergi -g sinergi "$data" "$backups"
install -d -m 0750 -o root -g sinergi /etc/sinergi
if [ ! -f "$settings" ]; then
  secret=$(python3 -c 'import secrets; print(secrets.token_urlsafe(60))')
  unfinished=$(mktemp /etc/sinergi/.sinergi.env.XXXXXX)
  while IFS= read -r line; do
    case $line in
      SECRET_KEY=*) line="SECRET_KEY=$secret" ;;
      ALLOWED_HOSTS=*) line="ALLOWED_HOSTS=$host" ;;
      SITE_URL=*) line="SITE_URL=https://$host" ;;
      DATABASE_URL=*) line="DATABASE_URL=$url" ;;
      DATA_DIR=*) line="DATA_DIR=$data" ;;
      BACKUP_DIR=*) line="BACKUP_DIR=$backups" ;;
    esac
    printf '%s\n' "$line"
  done < "$source/deploy/sinergi.env.example" > "$unfinished"
  chmod 640 "$unfinished"
  chgrp sinergi "$unfinished"
  mv "$unfinished" "$settings"
fi
host=$(setting ALLOWED_HOSTS)
host=${host%%,*}

if [ "$url" = "$local_database" ]; then
  say "PostgreSQL"
  systemctl enable --now --quiet postgresql
  for _ in $(seq 30); do runuser -u postgres -- pg_isready -q && break; sleep 1; done
  sql() { runuser -u postgres -- psql -qAt -v ON_ERROR_STOP=1 -c "$1"; }
  [ "$(sql "SELECT 1 FROM pg_roles WHERE rolname = 'sinergi'")" = 1 ] || sql 'CREATE ROLE sinergi LOGIN'
  [ "$(sql "SELECT 1 FROM pg_database WHERE datname = 'sinergi'")" = 1 ] ||
    runuser -u postgres -- createdb --owner sinergi --encoding UTF8 --template template0 sinergi
fi

# The new version is made ready beside the one in use, which goes on working: what fails here has changed nothing.
say "The new version"
version=$versions/$(date -u +%Y%m%dT%H%M%SZ)
install -d -m 0755 "$versions" "$version"
trap '[ "$(readlink -f "$home")" = "$version" ] || rm -rf "$version"' EXIT
tar -C "$source" -c --exclude=./.git --exclude=./.venv --exclude=./.env --exclude=./var --exclude=__pycache__ \
  --exclude=./tests --exclude='*.tar' --exclude='*.tar.gpg' --owner=root --group=root . | tar -C "$version" -x
chmod -R u=rwX,go=rX "$version"
python3 -m venv "$version/.venv"
"$version/.venv/bin/pip" install --quiet --disable-pip-version-check -r "$version/requirements.txt"
"$version/.venv/bin/python" -m compileall -q "$version"/{sinergi,villages,programs,advocacy}
as_service "$version" check --deploy --fail-level WARNING
install -d -m 0750 -o sinergi -g sinergi "$version/var/static"
as_service "$version" collectstatic --noinput --verbosity 0
# A page that somebody has open goes on with the files it came with, for a quarter of a year.
[ ! -d "$home/var/static" ] || tar -C "$home/var/static" -c --newer-mtime='90 days ago' . |
  tar -C "$version/var/static" -x --skip-old-files
chown -R root:sinergi "$version/var/static"

# From here until it serves again neither Ctrl-C nor a lost connection ends this: they would end systemd-run, which waits
# for a migration, and not the migration.
trap '' HUP INT QUIT PIPE
say "Database (the portal is away until this is done)"
running=()
for unit in sinergi-daily.timer sinergi-backup.timer sinergi-daily.service sinergi-backup.service sinergi.service; do
  case $(systemctl show -P ActiveState "$unit") in
    active | activating | reloading) running+=("$unit") ;; # a chore at work is activating
  esac
  [ "$(systemctl show -P LoadState "$unit")" = not-found ] || systemctl stop "$unit"
done

previous=
if [ -L "$home" ]; then
  previous=$(readlink -f "$home")
  # Of what nobody changes any more: to go back to it loses nothing. By the version in use, unless it runs no more
  # because Debian's Python is another one now.
  writer=$previous
  "$previous/.venv/bin/python" -c 'import django' 2>/dev/null || writer=$version
  if ! as_service "$writer" backup; then
    [ ${#running[@]} = 0 ] || systemctl start --no-block "${running[@]}"
    refuse "there is no backup, so nothing was changed; what ran runs again"
  fi
fi
as_service "$version" migrate --noinput --verbosity 0 ||
  refuse "migrate failed, the portal is stopped and $home is as before; \`systemctl start ${running[*]}\` starts it again, and if the database was changed halfway the backup in $(setting BACKUP_DIR) has it (docs/deployment.md, Restore)"
ln -sfn "$version" "$home.new"
mv -T "$home.new" "$home"

say "Units"
install -m 0644 "$here"/systemd/sinergi{,-daily,-backup}.service "$here"/systemd/sinergi-{daily,backup}.timer "$units"
for folder in "$units"/sinergi{,-}.service.d; do
  install -d -m 0755 "$folder"
  install -m 0644 "$here/systemd/common.conf" "$folder/common.conf"
done
install -m 0755 "$here/sinergi" /usr/local/bin/sinergi
systemctl daemon-reload
systemctl enable --quiet sinergi.service sinergi-daily.timer sinergi-backup.timer
systemctl restart sinergi.service
systemctl start sinergi-daily.timer sinergi-backup.timer
[ ${#running[@]} = 0 ] || systemctl start --no-block "${running[@]}" # a chore that was cut short, too
trap - HUP INT QUIT PIPE

tls=/etc/sinergi/tls
if [ $with_nginx = yes ]; then
  say "nginx"
  install -d -m 0750 "$tls"
  install -d -m 0755 /var/www/acme
  if [ ! -e "$tls/fullchain.pem" ]; then
    if [ -e "/etc/letsencrypt/live/$host/fullchain.pem" ]; then
      ln -sf "/etc/letsencrypt/live/$host/fullchain.pem" "/etc/letsencrypt/live/$host/privkey.pem" "$tls"
    else
      openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 365 -subj "/CN=$host" \
        -addext "subjectAltName=DNS:$host" -keyout "$tls/privkey.pem" -out "$tls/fullchain.pem" 2>/dev/null
    fi
  fi
  install -m 0644 "$here/nginx/http.conf" /etc/nginx/conf.d/sinergi.conf
  install -m 0644 "$here/nginx/portal.conf" /etc/nginx/snippets/sinergi.conf
  if [ ! -e "$site" ]; then
    sed "s/sinergi\.example\.go\.id/$host/g" "$here/nginx/site.conf" > "$site"
    ln -sfn "$site" /etc/nginx/sites-enabled/sinergi
  fi
  nginx -q -t
  systemctl enable --quiet nginx
  systemctl reload-or-restart nginx
fi

# The version before stays, to go back to; older ones go.
for old in "$versions"/*; do
  [ "$old" = "$version" ] || [ "$old" = "$previous" ] || rm -rf "$old"
done

say "How it stands"
code=0
sinergi doctor || code=$?
[ $with_nginx = no ] || [ -L "$tls/fullchain.pem" ] || printf '%s\n' "" \
  "The certificate in $tls is self-made unless you replaced it. One that browsers trust, by certbot (apt-get install certbot):" \
  "  certbot certonly --webroot -w /var/www/acme -d $host --deploy-hook 'systemctl reload nginx'" \
  "  ln -sf /etc/letsencrypt/live/$host/{fullchain,privkey}.pem $tls/ && systemctl reload nginx"
printf '%s\n' "" "First account: sinergi createsuperuser. Then https://$host/. A copy of $settings belongs in a safe place."
exit $code
