package dev.slipway.fleet.store.placement;

import dev.slipway.data.Database;
import dev.slipway.fleet.Edges.Condition;
import dev.slipway.fleet.Edges.Passed;
import dev.slipway.fleet.Edges.Question;
import dev.slipway.fleet.Edges.Wear;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** What agents say of their edges and containers; every call needs a unit of work. */
public final class EdgeStore {
  private final EdgeMapper mapper;

  public EdgeStore(Database database) {
    mapper = database.mapper(EdgeMapper.class);
  }

  /** False for a server that is not there. */
  public boolean dividesRequests(UUID server) {
    return mapper.dividesRequests(server);
  }

  /** The requests that passed an edge, by path and container. */
  public List<Passed> passed(Question question) {
    return mapper.passed(question, names(question.containers()));
  }

  /** How containers fared. */
  public Wear wear(UUID server, Collection<String> containers, Instant from, Instant to) {
    return mapper.wear(server, names(containers), from, to);
  }

  /** How containers are by the last heartbeat. */
  public List<Condition> conditions(UUID server, Collection<String> containers) {
    return mapper.conditions(server, names(containers));
  }

  private static String[] names(Collection<String> containers) {
    return containers.toArray(String[]::new);
  }
}
