package dev.slipway.agent.command;

import dev.slipway.agent.edge.Route.Share;
import dev.slipway.proto.agent.v1.ServerRoute;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How the requests of a route are divided. The contract has no such member; our control plane sends
 * it to agents that say {@code weighted_routes} of themselves.
 */
final class RouteShares {
  static final String KEY = "shares";
  private static final int MOST = 256;
  private static final int HEAVIEST = 10_000;

  private final Check check;

  /** Refuses an upstream that is none. */
  interface Check {
    String upstream(String text) throws CommandFailure, IOException, InterruptedException;
  }

  RouteShares(Check check) {
    this.check = check;
  }

  List<Share> of(Payload payload) throws CommandFailure, IOException, InterruptedException {
    var shares = new ArrayList<Share>();
    for (var each : payload.objects(KEY)) {
      shares.add(
          new Share(
              check.upstream(each.required("upstream_host")),
              each.port("upstream_port", 0),
              weight(each.integer("weight", 0))));
    }
    return checked(shares);
  }

  List<Share> of(ServerRoute route) throws CommandFailure, IOException, InterruptedException {
    var shares = new ArrayList<Share>();
    for (var each : route.getSharesList()) {
      shares.add(
          new Share(
              check.upstream(each.getContainerName()), each.getPort(), weight(each.getWeight())));
    }
    return checked(shares);
  }

  /** As they are said in a list of routes. */
  static List<Map<String, Object>> rows(List<Share> shares) {
    return shares.stream()
        .map(
            share ->
                Map.<String, Object>of(
                    "upstream_host", share.upstreamHost(),
                    "upstream_port", share.upstreamPort(),
                    "weight", share.weight()))
        .toList();
  }

  private static int weight(long weight) throws CommandFailure {
    if (weight < 1 || weight > HEAVIEST) {
      throw new CommandFailure("invalid payload: weight is not 1.." + HEAVIEST);
    }
    return (int) weight;
  }

  private static List<Share> checked(List<Share> shares) throws CommandFailure {
    if (shares.size() > MOST || shares.stream().mapToInt(Share::weight).sum() > HEAVIEST) {
      throw new CommandFailure("invalid payload: too many shares, or too heavy ones");
    }
    if (shares.stream().map(Share::upstreamHost).distinct().count() < shares.size()) {
      throw new CommandFailure("invalid payload: an upstream has two shares");
    }
    return List.copyOf(shares);
  }
}
