package dev.slipway.scriptworker.graal;

import java.util.LinkedHashMap;
import java.util.Map;
import org.graalvm.polyglot.Source;

/** The sources that ran last; the engine keeps what it has parsed as long as they are here. */
final class Sources {
  private static final int MOST = 64;

  private final Map<String, Source> latest =
      new LinkedHashMap<>(MOST, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Source> eldest) {
          return size() > MOST;
        }
      };

  Source get(String key, String name, String text) {
    return latest.computeIfAbsent(key, absent -> GraalEngine.module(name, text));
  }
}
