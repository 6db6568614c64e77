package dev.slipway.admin.store;

import dev.slipway.admin.Node;
import dev.slipway.admin.store.NodeMapper.Load;
import dev.slipway.admin.store.NodeMapper.Sample;
import dev.slipway.data.Database;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Nodes, their load and the calls of integrations; every call needs a unit of work. */
public final class NodeStore {
  private final NodeMapper mapper;

  /** On the bundle's database. */
  public NodeStore(Database database) {
    mapper = database.mapper(NodeMapper.class);
  }

  /** The node lives. */
  public void put(Node node) {
    mapper.put(node);
  }

  public @Nullable Node find(UUID id) {
    return mapper.find(id);
  }

  /** The nodes that lived since then. */
  public List<Node> since(Instant since) {
    return mapper.since(since);
  }

  public void sample(Sample sample) {
    mapper.sample(sample);
  }

  /** Load in intervals, of one node or, where that is null, of all together. */
  public List<Load> load(@Nullable UUID nodeId, Instant from, Instant to, int seconds) {
    return mapper.load(nodeId, from, to, seconds);
  }

  /** The newest load of each node since then. */
  public List<Load> current(Instant since) {
    return mapper.current(since);
  }

  /** Makes a day's partition where it is missing. */
  public void addDay(LocalDate day) {
    mapper.addDay(day);
  }

  /** Drops samples of the days before, and counts of the hours before. */
  public void dropBefore(LocalDate day, Instant hour) {
    mapper.dropBefore(day);
    mapper.dropCalls(hour);
  }

  /** Adds to the calls of an integration. */
  public void count(String name, Instant at, long calls) {
    mapper.count(name, at.truncatedTo(ChronoUnit.HOURS), calls);
  }

  /** Calls by integration since then. */
  public Map<String, Long> calls(Instant since) {
    return mapper.calls(since).stream()
        .collect(Collectors.toMap(NodeMapper.Calls::name, NodeMapper.Calls::calls));
  }

  /** Transactions of the database since its statistics began. */
  public long transactions() {
    return mapper.transactions();
  }
}
