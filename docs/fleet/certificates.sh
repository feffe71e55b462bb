#!/bin/sh
# Certificates of a fleet, in the folder where this is run:
#   sh certificates.sh authority                       once: ca.key stays here, ca.crt goes to everybody
#   sh certificates.sh broker broker.example           name or address under which devices find it
#   sh certificates.sh member pump-7                   a device, or the aggregator: its name to the broker
# A key never needs to leave the device: make it and the request there, and run the last command of `issue` here.
set -eu
umask 077
name=${2:-ca}

key() {
  openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$name.key"
}

# Two years; good for one side of a connection only, and not for signing others.
issue() {
  openssl req -new -key "$name.key" -subj "/CN=$name" -out "$name.csr"
  printf '%s\n' 'basicConstraints=critical,CA:FALSE' 'keyUsage=critical,digitalSignature' "$@" > "$name.ext"
  openssl x509 -req -in "$name.csr" -CA ca.crt -CAkey ca.key -CAcreateserial -days 730 -extfile "$name.ext" -out "$name.crt"
  rm "$name.csr" "$name.ext"
}

case ${1:-} in
authority)
  key
  openssl req -x509 -key ca.key -subj '/CN=fleet authority' -days 3650 -addext 'keyUsage=critical,keyCertSign,cRLSign' -out ca.crt
  ;;
broker)
  case $name in *[!0-9.]*) kind=DNS ;; *) kind=IP ;; esac
  key
  issue extendedKeyUsage=serverAuth "subjectAltName=$kind:$name"
  ;;
member)
  case $name in '' | *[!A-Za-z0-9_-]*) echo "$name: letters, digits, _ and - only" >&2; exit 1 ;; esac # it becomes part of topics
  key
  issue extendedKeyUsage=clientAuth
  ;;
*)
  echo 'usage: certificates.sh authority | broker HOST | member NAME' >&2
  exit 1
  ;;
esac
