package dev.slipway.agent.edge;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.agent.edge.Route.Share;
import dev.slipway.agent.os.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The table of routes, kept in a file. Readers see one whole table; a change is on disk before they
 * see it. Thread-safe.
 */
public final class Routes {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST = 10_000;

  private final Path file;
  private volatile Table table;

  /**
   * @param turns of the routes whose requests are divided
   */
  private record Table(
      List<Route> all, Map<String, List<Route>> byDomain, Map<Route, Turns> turns) {
    static final Table EMPTY = new Table(List.of(), Map.of(), Map.of());

    /** A route that stays goes on with its turns: others may change often. */
    static Table of(List<Route> routes, Table before) {
      var longestFirst = Comparator.comparingInt((Route r) -> r.pathPrefix().length()).reversed();
      var byDomain =
          routes.stream().sorted(longestFirst).collect(Collectors.groupingBy(Route::domain));
      var turns = new HashMap<Route, Turns>();
      for (var route : routes) {
        if (!route.shares().isEmpty()) {
          var known = before.turns.get(route);
          turns.put(route, known == null ? Turns.of(route.shares()) : known);
        }
      }
      return new Table(List.copyOf(routes), Map.copyOf(byDomain), Map.copyOf(turns));
    }

    Optional<Route> at(String domain, String path) {
      return byDomain.getOrDefault(domain, List.of()).stream()
          .filter(route -> route.matchesPath(path))
          .findFirst();
    }
  }

  public Routes(Path file) throws IOException {
    this.file = file;
    table =
        Table.of(
            Files.exists(file)
                ? JSON.readValue(Files.readAllBytes(file), new TypeReference<List<Route>>() {})
                : List.of(),
            Table.EMPTY);
  }

  public List<Route> all() {
    return table.all();
  }

  /**
   * The exact name wins over a wildcard, a longer wildcard over a shorter, a longer path likewise.
   */
  Optional<Route> find(String host, String path) {
    var current = table;
    var exact = current.at(host, path);
    if (exact.isPresent()) {
      return exact;
    }
    for (int dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
      var wild = current.at("*" + host.substring(dot), path);
      if (wild.isPresent()) {
        return wild;
      }
    }
    return Optional.empty();
  }

  /**
   * Who answers the next request of a route that was just found.
   *
   * @param failed who did not answer this one
   */
  Share turn(Route route, @Nullable Share failed) {
    var turns = table.turns().get(route);
    if (turns != null) {
      return turns.take(failed);
    }
    // Not divided, or exchanged at this moment, which whoever asks finds out by itself.
    return route.shares().isEmpty() ? route.whole() : route.shares().getFirst();
  }

  /** Sets the routes, each in the place of one with the same domain and path. */
  public synchronized void put(List<Route> added) throws IOException {
    var routes = new ArrayList<>(table.all());
    routes.removeIf(old -> added.stream().anyMatch(old::hasPlaceOf));
    routes.addAll(added);
    if (routes.size() > MOST) {
      throw new IOException("more than " + MOST + " routes");
    }
    publish(routes);
  }

  /** Exchanges all routes of one source; with an empty list it removes them. */
  public synchronized void replaceSource(String source, List<Route> added) throws IOException {
    var routes = new ArrayList<>(table.all());
    routes.removeIf(old -> old.source().equals(source));
    routes.removeIf(old -> added.stream().anyMatch(old::hasPlaceOf));
    routes.addAll(added);
    publish(routes);
  }

  /** True when there were any. */
  public synchronized boolean removeIf(Predicate<Route> doomed) throws IOException {
    var routes = new ArrayList<>(table.all());
    boolean any = routes.removeIf(doomed);
    if (any) {
      publish(routes);
    }
    return any;
  }

  private void publish(List<Route> routes) throws IOException {
    AtomicFile.write(file, JSON.writeValueAsBytes(routes));
    table = Table.of(routes, table);
  }
}
