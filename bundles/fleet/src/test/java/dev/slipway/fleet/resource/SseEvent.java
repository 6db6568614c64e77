package dev.slipway.fleet.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;

/** One event of a stream as it stands on the wire. */
record SseEvent(String id, String name, JsonNode data) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Reads on to the next event of this name; the client's time-out ends the wait. */
  static SseEvent next(BufferedReader stream, String name) throws IOException {
    var id = "";
    var event = "";
    for (var line = stream.readLine(); line != null; line = stream.readLine()) {
      if (line.startsWith("id: ")) {
        id = line.substring(4);
      } else if (line.startsWith("event: ")) {
        event = line.substring(7);
      } else if (line.startsWith("data: ") && event.equals(name)) {
        return new SseEvent(id, event, JSON.readTree(line.substring(6)));
      }
    }
    throw new AssertionError("the stream ended without " + name);
  }
}
