package dev.slipway.agent.edge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The header lines of one message, in order. */
record Headers(List<Header> lines) {
  /** They concern one connection and are never forwarded. */
  private static final Set<String> HOP_BY_HOP =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  /** A Connection header that names one of these would have us drop what we must add or keep. */
  private static final Set<String> KEPT =
      Set.of(
          "host",
          "content-length",
          "x-forwarded-for",
          "x-forwarded-host",
          "x-forwarded-proto",
          "x-real-ip",
          "cookie",
          "authorization");

  Headers {
    lines = List.copyOf(lines);
  }

  List<String> all(String name) {
    return lines.stream().filter(h -> h.is(name)).map(Header::value).toList();
  }

  Optional<String> first(String name) {
    return lines.stream().filter(h -> h.is(name)).map(Header::value).findFirst();
  }

  /** Whether a comma-separated header holds the word. */
  boolean lists(String name, String word) {
    return all(name).stream()
        .flatMap(value -> Arrays.stream(value.split(",")))
        .anyMatch(item -> item.strip().equalsIgnoreCase(word));
  }

  /** Without what concerns this connection alone, and without the given names. */
  List<Header> forwardable(Set<String> without) {
    var dropped = new HashSet<>(HOP_BY_HOP);
    dropped.addAll(without);
    for (var value : all("Connection")) {
      for (var item : value.split(",")) {
        var name = item.strip().toLowerCase(Locale.ROOT);
        if (!KEPT.contains(name)) {
          dropped.add(name);
        }
      }
    }
    var kept = new ArrayList<Header>();
    for (var header : lines) {
      if (!dropped.contains(header.name().toLowerCase(Locale.ROOT))) {
        kept.add(header);
      }
    }
    return kept;
  }
}
