package dev.slipway.deployments.service.routing;

import dev.slipway.deployments.store.instance.RouteRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * How the requests of a route are divided among containers.
 *
 * @param shares at least one
 */
record Division(List<Share> shares) {
  private static final int WHOLE = 100;

  /** A part of the requests: its weight out of the sum of the weights. */
  record Share(String container, int port, int weight) {}

  /** Containers of one version. */
  record Side(List<String> containers, int port) {
    List<Share> shares(int weight) {
      return containers.stream().map(name -> new Share(name, port, weight)).toList();
    }
  }

  /** Each container of a version as much as any other. */
  static Division all(Side side) {
    return new Division(side.shares(1));
  }

  /** Of all requests so many percent to the new version, the rest to the old one. */
  static Division percent(int percent, Side older, Side newer) {
    var shares = new ArrayList<>(newer.shares(percent * older.containers().size()));
    shares.addAll(older.shares((WHOLE - percent) * newer.containers().size()));
    return new Division(List.copyOf(shares));
  }

  /** So many new containers in the place of as many old ones. */
  static Division replaced(int count, Side older, Side newer) {
    var first = newer.containers().subList(0, count);
    var rest = older.containers().stream().skip(count).toList();
    var shares = new ArrayList<>(new Side(first, newer.port()).shares(1));
    shares.addAll(new Side(rest, older.port()).shares(1));
    return new Division(List.copyOf(shares));
  }

  /** Who gets most, and all where the edge can not divide. */
  Share main() {
    return shares.stream().max(Comparator.comparingInt(Share::weight)).orElseThrow();
  }

  /** All to whoever gets most. */
  Division undivided() {
    return new Division(List.of(main()));
  }

  /** Whether more than one container answers. */
  boolean isDivided() {
    return shares.size() > 1;
  }

  /** As a route keeps it; empty where nothing is divided. */
  List<Map<String, Object>> rows() {
    return isDivided()
        ? shares.stream()
            .map(
                share ->
                    Map.<String, Object>of(
                        "container_name", share.container(),
                        "port", share.port(),
                        "weight", share.weight()))
            .toList()
        : List.of();
  }

  /** What a route keeps. */
  static Division of(RouteRow route) {
    return route.shares().isEmpty()
        ? new Division(List.of(new Share(route.containerName(), route.port(), 1)))
        : new Division(route.shares().stream().map(Division::share).toList());
  }

  private static Share share(Map<String, Object> row) {
    return new Share(
        row.get("container_name").toString(),
        ((Number) row.get("port")).intValue(),
        ((Number) row.get("weight")).intValue());
  }
}
