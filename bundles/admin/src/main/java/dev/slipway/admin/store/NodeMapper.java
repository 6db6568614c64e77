package dev.slipway.admin.store;

import dev.slipway.admin.Node;
import dev.slipway.data.Table;
import dev.slipway.data.TableMapper;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** Statements on {@code admin_node}, {@code admin_metric} and {@code admin_integration_hour}. */
public interface NodeMapper extends TableMapper<Node> {
  Table TABLE =
      Table.of("admin_node", "id", "hostname", "region", "version", "started_at", "last_seen");

  /** Adds it, or notes that it lives. */
  int put(Node node);

  /** Those that were seen since, in order of name. */
  List<Node> since(Instant since);

  int sample(Sample sample);

  /** Samples of one node, or of all together, in intervals. */
  List<Load> load(
      @Param("nodeId") @Nullable UUID nodeId,
      @Param("from") Instant from,
      @Param("to") Instant to,
      @Param("seconds") int seconds);

  /** The newest sample of each node since then. */
  List<Load> current(Instant since);

  Object addDay(LocalDate day);

  Object dropBefore(LocalDate day);

  int count(@Param("name") String name, @Param("hour") Instant hour, @Param("calls") long calls);

  List<Calls> calls(Instant since);

  int dropCalls(Instant before);

  /** Transactions of the database since its statistics began. */
  long transactions();

  /**
   * What a node did in a short time.
   *
   * @param cpu percent of all cores
   * @param nanos time spent on the requests
   * @param seconds length of the time
   */
  record Sample(
      UUID nodeId,
      Instant at,
      double cpu,
      double memoryMb,
      long requests,
      long nanos,
      double seconds) {}

  /** What a node, or all of them, did in an interval; the time is the interval's begin. */
  record Load(
      @Nullable UUID nodeId,
      Instant at,
      double cpu,
      double memoryMb,
      double requestsPerMin,
      double avgLatencyMs) {}

  /** How often an integration was called. */
  record Calls(String name, long calls) {}
}
