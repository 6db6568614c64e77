package dev.slipway.fleet.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One event of a stream as it stands on the wire. */
public record SseEvent(String id, String name, JsonNode data) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Reads on until there was one of each name, in whatever order. */
  public static Map<String, SseEvent> each(BufferedReader stream, String... names)
      throws IOException {
    var wanted = new HashSet<>(List.of(names));
    var found = new HashMap<String, SseEvent>();
    while (!wanted.isEmpty()) {
      var event = next(stream, wanted);
      wanted.remove(event.name());
      found.put(event.name(), event);
    }
    return found;
  }

  /** Reads on to the next event of this name; the client's time-out ends the wait. */
  public static SseEvent next(BufferedReader stream, String name) throws IOException {
    return next(stream, Set.of(name));
  }

  private static SseEvent next(BufferedReader stream, Set<String> names) throws IOException {
    var id = "";
    var event = "";
    for (var line = stream.readLine(); line != null; line = stream.readLine()) {
      if (line.startsWith("id: ")) {
        id = line.substring(4);
      } else if (line.startsWith("event: ")) {
        event = line.substring(7);
      } else if (line.startsWith("data: ") && names.contains(event)) {
        return new SseEvent(id, event, JSON.readTree(line.substring(6)));
      }
    }
    throw new AssertionError("the stream ended without " + names);
  }
}
