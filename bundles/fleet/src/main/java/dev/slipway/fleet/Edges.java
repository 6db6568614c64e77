package dev.slipway.fleet;

import dev.slipway.api.Scope;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What the edges of servers can do, and what agents measured there. Every call joins the current
 * unit of work where there is one, and takes one query.
 */
@ProviderType
public interface Edges {
  /**
   * Whether the edge of a server can divide the requests of one route among several containers;
   * false for agents that do not say so.
   */
  boolean dividesRequests(Scope scope, UUID serverId);

  /** The requests that passed an edge, by path and container, the busiest first. */
  List<Passed> passed(Scope scope, Question question);

  /** How containers fared in a time. */
  Wear wear(Scope scope, UUID serverId, Collection<String> containers, Instant from, Instant to);

  /** How those of these containers are that the agent named in its last heartbeat. */
  List<Condition> conditions(Scope scope, UUID serverId, Collection<String> containers);

  /**
   * How a container is.
   *
   * @param status the engine's word, such as {@code running}, {@code restarting} or {@code exited}
   * @param restarts how often it was started again by itself since it was made
   * @param reason why it ended the last time; null where it never did, or runs again and the engine
   *     has forgotten
   * @param at time of the heartbeat
   */
  record Condition(String name, String status, int restarts, @Nullable String reason, Instant at) {}

  /**
   * Which requests are asked about.
   *
   * @param domain for agents that do not tell who answered; null = not those
   * @param containers for agents that do
   * @param from heartbeats after this time
   * @param to heartbeats until this time
   */
  record Question(
      UUID serverId,
      @Nullable String domain,
      Collection<String> containers,
      Instant from,
      Instant to) {}

  /**
   * Requests of one path.
   *
   * @param container who answered; null where the agent does not tell
   * @param failed answered with 5xx, or not at all
   * @param latencyP50Ms mean of the medians of all heartbeats, by their number of requests; so too
   *     the others
   */
  record Passed(
      String path,
      @Nullable String container,
      long requests,
      long failed,
      double latencyP50Ms,
      double latencyP95Ms,
      double latencyP99Ms) {}

  /**
   * How containers fared.
   *
   * @param restarts how often they ended or were restarted without being told to
   * @param samples how often they were looked at
   * @param memoryPercent the highest part of the allowed memory that one used; null where unknown
   */
  record Wear(int restarts, int samples, @Nullable Double memoryPercent) {}
}
