package dev.slipway.http.openapi;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.http.route.Route;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The examples that bundles bring along: a resource {@code examples/FEATURE.json} with one member
 * per operation. What can not be read leaves operations without an example, never the platform
 * without a reference.
 */
final class Examples {
  private static final Logger LOG = LoggerFactory.getLogger(Examples.class);
  private static final TypeReference<Map<String, Example>> FILE = new TypeReference<>() {};

  private final ObjectMapper mapper;
  private final Map<Source, Map<String, Example>> files = new HashMap<>();

  Examples(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  /** The example of an operation; null where its bundle has none. */
  @Nullable Example of(Route route) {
    var loader = route.method().getDeclaringClass().getClassLoader();
    return files
        .computeIfAbsent(new Source(loader, route.feature()), this::read)
        .get(route.operation());
  }

  private Map<String, Example> read(Source source) {
    var name = "examples/" + source.feature() + ".json";
    try (var in = source.loader().getResourceAsStream(name)) {
      return in == null ? Map.of() : mapper.readValue(in, FILE);
    } catch (IOException failure) {
      LOG.warn("{} of {} can not be read", name, source.loader(), failure);
      return Map.of();
    }
  }

  private record Source(ClassLoader loader, String feature) {}
}
