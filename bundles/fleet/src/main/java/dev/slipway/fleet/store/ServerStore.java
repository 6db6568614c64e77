package dev.slipway.fleet.store;

import dev.slipway.api.Page;
import dev.slipway.api.PageRequest;
import dev.slipway.data.Database;
import dev.slipway.fleet.ServerRuntime;
import dev.slipway.fleet.ServerStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Servers as rows; every call needs a unit of work. Deleted ones are found by {@link #signIn}
 * alone.
 */
@Component(service = ServerStore.class)
public final class ServerStore {
  private final ServerMapper mapper;

  @Activate
  public ServerStore(@Reference Database database) {
    mapper = database.mapper(ServerMapper.class);
  }

  public Optional<ServerRow> find(UUID id) {
    return present(mapper.find(id));
  }

  /** As {@link #find}, and locks it. */
  public Optional<ServerRow> lock(UUID id) {
    return present(mapper.lock(id));
  }

  public Page<ServerRow> list(ServerFilter filter, PageRequest page) {
    return new Page<>(mapper.list(filter, page.limit(), page.offset()), mapper.count(filter));
  }

  /** Of the servers that accept deployments the one with the fewest app containers. */
  public Optional<ServerRow> idlest() {
    return Optional.ofNullable(mapper.idlest());
  }

  /** The server of this machine, locked. */
  public Optional<ServerRow> byMachine(String machineId) {
    return Optional.ofNullable(mapper.byMachine(machineId));
  }

  /** Lower-case names in use that equal the name or start with it and a dash. */
  public List<String> namesLike(String name) {
    var escaped = name.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    return mapper.namesLike(name, escaped + "-%");
  }

  public void insert(ServerRow row) {
    mapper.insert(row);
  }

  /** Writes name, description, provider, region and cost. */
  public void describe(ServerRow row) {
    mapper.describe(row);
  }

  /** Notes what an installing machine says; null keeps what is known. */
  public void installing(UUID id, ServerRow.Machine machine) {
    mapper.installing(id, machine);
  }

  /** Replaces the hashes of all secrets of the agent. */
  public void credentials(UUID id, String secret, String refresh, String bootstrap) {
    mapper.credentials(id, secret, refresh, bootstrap);
  }

  public Optional<Credentials> signIn(UUID id) {
    return Optional.ofNullable(mapper.signIn(id));
  }

  public Optional<Snapshot> snapshot(UUID id) {
    return Optional.ofNullable(mapper.snapshot(id));
  }

  public Optional<StatusChange> heartbeat(AgentReport report) {
    return Optional.ofNullable(mapper.heartbeat(report));
  }

  /** Whether its command stream is open, on any node. */
  public boolean hasStream(UUID id) {
    return mapper.hasStream(id);
  }

  /** Makes this the server's stream; the one before may not claim commands any more. */
  public Optional<StatusChange> streamOpened(UUID id, UUID stream, UUID node, Instant fresh) {
    return Optional.ofNullable(mapper.streamOpened(id, stream, node, fresh));
  }

  /** Empty where the server has another stream by now. */
  public Optional<StatusChange> streamClosed(UUID id, UUID stream) {
    return Optional.ofNullable(mapper.streamClosed(id, stream));
  }

  /** Forgets all streams of a node. */
  public List<StatusChange> nodeLost(UUID node) {
    return mapper.nodeLost(node);
  }

  /** Sets servers offline that have not been heard of since; at most 500 at a time. */
  public List<StatusChange> silent(Instant missedAll, Instant missedOne) {
    return mapper.silent(missedAll, missedOne);
  }

  public void learned(
      UUID id, ServerRuntime runtime, @Nullable String edgeUrl, @Nullable String publicHost) {
    mapper.learned(id, runtime, edgeUrl, publicHost);
  }

  public void removing(UUID id, UUID operation) {
    mapper.removing(id, operation);
  }

  /** False where it is not being removed. */
  public boolean cleanupFailed(UUID id) {
    return mapper.cleanupFailed(id) == 1;
  }

  /** Keeps the row for history, voids all credentials. */
  public void removed(UUID id) {
    mapper.removed(id);
  }

  private static Optional<ServerRow> present(@Nullable ServerRow row) {
    return row == null || row.status() == ServerStatus.DELETED
        ? Optional.empty()
        : Optional.of(row);
  }
}
