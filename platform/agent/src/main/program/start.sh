#!/bin/sh
# The agent as one file: behind these lines stands its archive, which Java finds by itself.
set -eu

for java in "${SLIPWAY_JAVA_HOME:-}/bin/java" "${JAVA_HOME:-}/bin/java" "$(command -v java || :)"; do
  if [ -x "$java" ]; then
    # shellcheck disable=SC2086 # several options in one variable
    exec "$java" \
      -Xmx64m \
      -XX:+UseSerialGC \
      -XX:TieredStopAtLevel=1 \
      -XX:+ExitOnOutOfMemoryError \
      -Xlog:disable -Xlog:all=error:stderr \
      --sun-misc-unsafe-memory-access=allow \
      --enable-native-access=ALL-UNNAMED \
      ${SLIPWAY_AGENT_JAVA_OPTS:-} \
      -jar "$0" "$@"
  fi
done
printf 'permanu-agent: Java 25 is needed: set SLIPWAY_JAVA_HOME\n' >&2
exit 69
