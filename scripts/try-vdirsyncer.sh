#!/bin/sh
# Carries contacts to a CardDAV server and back: out, changed there, back in, out again, undone.
# Wants Debian's packages radicale and vdirsyncer, and the program built (npm run build). Not part of CI.
set -eu

here=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
port=${PORT:-5291}
contacts() { node "$here/bin/contacts.js" --store "$work/contacts.json" --country-code GB --no-input "$@"; }
say() { printf '\n== %s\n' "$1"; }

mkdir "$work/server"
cat > "$work/radicale" <<END
[server]
hosts = 127.0.0.1:$port
[auth]
type = none
[storage]
filesystem_folder = $work/server
[logging]
level = error
END
cat > "$work/vdirsyncer" <<END
[general]
status_path = "$work/status/"
[pair book]
a = "here"
b = "there"
collections = [["book", "cards", "cards"]]
conflict_resolution = "b wins"
[storage here]
type = "filesystem"
path = "$work/"
fileext = ".vcf"
[storage there]
type = "carddav"
url = "http://127.0.0.1:$port/ada/"
username = "ada"
password = "none"
END
radicale --config "$work/radicale" &
server=$!
trap 'kill "$server"; rm -r "$work"' EXIT
until curl -s -o /dev/null "http://127.0.0.1:$port/"; do :; done

sync() { vdirsyncer --config "$work/vdirsyncer" sync 2>&1; }
files() { find "$work/server" -name '*.vcf' -not -path '*/.Radicale.cache/*'; }
on_server() { files | wc -l; }

contacts add --first-name Ada --last-name Bell --mobile '+44 7700 900101' --work-email ada@example.com >/dev/null
contacts add --first-name Bob --last-name Cole --mobile '+44 7700 900102' >/dev/null

say 'out: two contacts go to the server'
contacts export "$work/cards/"
yes | vdirsyncer --config "$work/vdirsyncer" discover >/dev/null 2>&1
sync
echo "on the server: $(on_server)"

say 'there: a number is changed, and a person is new'
card=$(files | xargs grep -l 'Ada Bell')
url=$(printf '%s' "$card" | sed "s|.*/ada/|http://127.0.0.1:$port/ada/|")
curl -s "$url" | sed 's/900101/900103/' | curl -s -o /dev/null -X PUT -H 'Content-Type: text/vcard' --data-binary @- "$url"
printf 'BEGIN:VCARD\r\nVERSION:3.0\r\nUID:made-there\r\nFN:Cy Dean\r\nN:Dean;Cy;;;\r\nEMAIL:cy@example.com\r\nEND:VCARD\r\n' |
  curl -s -o /dev/null -X PUT -H 'Content-Type: text/vcard' --data-binary @- "$(dirname "$url")/made-there.vcf"
sync

say 'back in'
contacts import "$work/cards"
contacts list

say 'out again, after one was deleted here'
contacts rm --where 'cole' --yes
contacts export "$work/cards/"
sync
echo "on the server: $(on_server)"

say 'and again: nothing to do'
contacts export "$work/cards/"
sync
contacts import "$work/cards"

say 'undone: the import as a whole, once what came later is undone'
contacts undo --yes
import=$(contacts log --json | awk '/"id":/ {id=$2} /"command": "import"/ {gsub(/[",]/, "", id); print id; exit}')
contacts undo "$import" --yes
contacts list
