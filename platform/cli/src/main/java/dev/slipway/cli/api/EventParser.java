package dev.slipway.cli.api;

import dev.slipway.cli.output.CliException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes the bytes of one connection apart as the HTML standard says for event streams. An event
 * that is cut off by the end of the connection is dropped; its id has not been seen then either.
 */
final class EventParser {
  private static final int MAX_EVENT = 1 << 20;
  private static final Duration MAX_RETRY = Duration.ofMinutes(1);

  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final StringBuilder data = new StringBuilder();
  private String name = "";
  private String pendingId;
  private String id;
  private boolean afterReturn;
  private boolean atStart = true;
  private @Nullable Duration retry;

  /** {@code lastId} is what the connection was resumed from, empty at first. */
  EventParser(String lastId) {
    this.id = lastId;
    this.pendingId = lastId;
  }

  List<ServerEvent> feed(ByteBuffer bytes) {
    var events = new ArrayList<ServerEvent>();
    while (bytes.hasRemaining()) {
      var b = bytes.get();
      if (b == '\n' && afterReturn) {
        afterReturn = false;
        continue;
      }
      afterReturn = b == '\r';
      if (b == '\n' || b == '\r') {
        endOfLine(events);
      } else {
        keep(b);
      }
    }
    return events;
  }

  /** The id to resume from: that of the last complete event. */
  String lastId() {
    return id;
  }

  /** How long the platform asks to wait before the next connection. */
  Optional<Duration> retry() {
    return Optional.ofNullable(retry);
  }

  private void keep(byte b) {
    line.write(b);
    if (line.size() + data.length() > MAX_EVENT) {
      throw CliException.failed("the platform sent an event of more than 1 MiB");
    }
  }

  private void endOfLine(List<ServerEvent> events) {
    var text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    if (atStart) {
      atStart = false;
      text = text.startsWith("\uFEFF") ? text.substring(1) : text;
    }
    if (text.isEmpty()) {
      dispatch(events);
    } else if (text.charAt(0) != ':') {
      var colon = text.indexOf(':');
      var value = colon < 0 ? "" : text.substring(colon + 1);
      field(
          colon < 0 ? text : text.substring(0, colon),
          value.startsWith(" ") ? value.substring(1) : value);
    }
  }

  private void field(String field, String value) {
    switch (field) {
      case "event" -> name = value;
      case "data" -> data.append(value).append('\n');
      case "id" -> pendingId = value.indexOf('\0') < 0 ? value : pendingId;
      case "retry" -> retry = value.matches("\\d{1,9}") ? bounded(value) : retry;
      default -> {
        // Later versions of the format may add fields.
      }
    }
  }

  private static Duration bounded(String millis) {
    var wanted = Duration.ofMillis(Long.parseLong(millis));
    return wanted.compareTo(MAX_RETRY) > 0 ? MAX_RETRY : wanted;
  }

  private void dispatch(List<ServerEvent> events) {
    id = pendingId;
    if (!data.isEmpty()) {
      data.setLength(data.length() - 1);
      events.add(new ServerEvent(id, name.isEmpty() ? "message" : name, data.toString()));
    }
    data.setLength(0);
    name = "";
  }
}
