package dev.slipway.fleet.store.server;

import dev.slipway.api.Page;
import dev.slipway.api.PageRequest;
import dev.slipway.data.Database;
import dev.slipway.fleet.ServerRuntime;
import dev.slipway.fleet.ServerStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

  /** The servers that accept deployments, the idlest first. */
  public List<Candidate> candidates() {
    return mapper.candidates();
  }

  /** All servers as reliability checks look at them, in order of name. */
  public List<Checked> checked(int limit) {
    return mapper.checked(limit);
  }

  /** Whether a server takes work; empty where there is none. */
  public Optional<Standing> standing(UUID id) {
    return Optional.ofNullable(mapper.standing(id));
  }

  /** Blocks new deployments, or lifts the block; a block that stands keeps its time. */
  public void cordon(UUID id, boolean cordoned, @Nullable String reason) {
    mapper.cordon(id, cordoned, reason);
  }

  /** Marks a server as draining, or no longer. */
  public void drain(UUID id, boolean draining) {
    mapper.drain(id, draining);
  }

  /** Replaces all labels. */
  public void label(UUID id, Map<String, Object> labels) {
    mapper.label(id, labels);
  }

  /** Puts a server into a pool. */
  public void intoPool(UUID id, UUID pool) {
    mapper.intoPool(id, pool);
  }

  /** Takes all servers out of a pool. */
  public void leavePool(UUID pool) {
    mapper.leavePool(pool);
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

  /** Replaces the hashes of the agent's secret and bootstrap key; access tokens become void. */
  public void credentials(UUID id, String secret, String bootstrap) {
    mapper.credentials(id, secret, bootstrap);
  }

  /** What an operation on a server waits for. */
  public enum Wanted {
    REGISTRATION,
    CONNECTION
  }

  /** Makes the agent's access tokens void. */
  public void outdate(UUID id) {
    mapper.outdate(id);
  }

  /** Notes the operation on a server and what it waits for; null where there is none any more. */
  public void wants(UUID id, @Nullable UUID operation, @Nullable Wanted wanted) {
    mapper.wants(id, operation, wanted);
  }

  /** What the operation on a server waits for; null where it waits for nothing. */
  public @Nullable Wanted wanted(UUID id) {
    return mapper.wanted(id);
  }

  /**
   * Makes the agent's secret, bootstrap key and access tokens void; returns how many there were.
   */
  public int revoke(UUID id) {
    return Objects.requireNonNullElse(mapper.revoke(id), 0);
  }

  /** Notes a secret that is on its way to the agent; the one before stays. */
  public void nextSecret(UUID id, String hash) {
    mapper.nextSecret(id, hash);
  }

  /** The agent has shown the secret that was on its way: the one before is void. */
  public void nextSecretSeen(UUID id, String hash) {
    mapper.nextSecretSeen(id, hash);
  }

  /** Connected servers whose agents are ours and of another version. */
  public List<ServerRow> outdated(String version, int limit) {
    return mapper.outdated(version, limit);
  }

  /** The X25519 key of a server's agent in base64; locks the server. */
  public Optional<String> publicKey(UUID id) {
    return Optional.ofNullable(mapper.publicKey(id));
  }

  /** Connected servers whose secrets are older, and to which none was sent since. */
  public List<Credentials> oldSecrets(Instant before, Instant triedBefore, int limit) {
    return mapper.oldSecrets(before, triedBefore, limit);
  }

  public Optional<Credentials> signIn(UUID id) {
    return Optional.ofNullable(mapper.signIn(id));
  }

  public Optional<Snapshot> snapshot(UUID id) {
    return Optional.ofNullable(mapper.snapshot(id));
  }

  /**
   * What is known of a server before a heartbeat, locked.
   *
   * @param secretHash the secret that must be valid; null for any
   * @param known where this was the last heartbeat, its containers are not told; null for none
   */
  public Optional<Seen> seen(UUID id, @Nullable String secretHash, @Nullable Instant known) {
    return Optional.ofNullable(mapper.seen(id, secretHash, known));
  }

  /** How a server is, as far as its agent has said. */
  public Optional<Condition> condition(UUID id) {
    return Optional.ofNullable(mapper.condition(id));
  }

  /**
   * Takes a heartbeat in that brings nothing but new numbers.
   *
   * @param secretHash as above
   * @param known when the last one was, with the same containers
   * @return whether commands wait; empty where anything else may change by it
   */
  public Optional<Boolean> numbers(AgentReport report, @Nullable String secretHash, Instant known) {
    return Optional.ofNullable(mapper.numbers(report, secretHash, known));
  }

  /**
   * Takes a heartbeat in.
   *
   * @param keepContainers whether those that are known stay
   * @param alerts what is wrong with its containers by now
   * @param pressure which limits are exceeded by now
   */
  public Optional<StatusChange> heartbeat(
      AgentReport report,
      boolean keepContainers,
      List<Object> alerts,
      Map<String, Object> pressure) {
    return Optional.ofNullable(mapper.heartbeat(report, keepContainers, alerts, pressure));
  }

  /** Whether its command stream is open, on any node. */
  public boolean hasStream(UUID id) {
    return mapper.hasStream(id);
  }

  /** Whether its command stream is open on another node. */
  public boolean hasStreamElsewhere(UUID id, UUID node) {
    return mapper.hasStreamElsewhere(id, node);
  }

  /**
   * Makes this the server's stream, where the secret that it came with is still good; the one
   * before may not claim commands any more.
   */
  public Optional<StatusChange> streamOpened(
      UUID id, String secretHash, UUID stream, UUID node, Instant fresh) {
    return Optional.ofNullable(mapper.streamOpened(id, secretHash, stream, node, fresh));
  }

  /** Forgets streams, except where the server has another by now. */
  public List<StatusChange> streamsClosed(List<NodeStore.Held> streams) {
    return mapper.streamsClosed(
        streams.stream().map(NodeStore.Held::serverId).toArray(UUID[]::new),
        streams.stream().map(NodeStore.Held::streamId).toArray(UUID[]::new));
  }

  /** Forgets a server's stream, whichever it is; empty where it has none. */
  public Optional<StatusChange> streamCut(UUID id) {
    return Optional.ofNullable(mapper.streamCut(id));
  }

  /** Whether there is or was such a server. */
  public boolean everKnown(UUID id) {
    return mapper.everKnown(id);
  }

  /** Forgets all streams of a node. */
  public List<StatusChange> nodeLost(UUID node) {
    return mapper.nodeLost(node);
  }

  /** Sets servers offline that have not been heard of since; at most 500 at a time. */
  public List<StatusChange> silent(Instant missedAll) {
    return mapper.silent(missedAll);
  }

  /**
   * What an agent said of itself.
   *
   * @param commands the numbers of those that it takes; null where it did not say
   */
  public void learned(
      UUID id,
      ServerRuntime runtime,
      @Nullable String edgeUrl,
      @Nullable String publicHost,
      boolean weightedRoutes,
      @Nullable List<Long> commands) {
    var numbers = commands == null ? null : commands.toArray(Long[]::new);
    mapper.learned(id, runtime, edgeUrl, publicHost, weightedRoutes, numbers);
  }

  /** The server, for a command of this number. */
  public Optional<Receiver> receiver(UUID id, int command) {
    return Optional.ofNullable(mapper.receiver(id, command))
        .filter(server -> server.status() != ServerStatus.DELETED);
  }

  /** Whether a server's agent has said that it takes commands of this number. */
  public boolean offers(UUID id, int command) {
    return mapper.offers(id, command);
  }

  public void removing(UUID id, UUID operation) {
    mapper.removing(id, operation);
  }

  /** False where it is not being removed. */
  public boolean cleanupFailed(UUID id, String reason) {
    return mapper.cleanupFailed(id, reason) == 1;
  }

  /** Keeps the row for history, voids all credentials and rights. */
  public void removed(UUID id) {
    mapper.removed(id);
  }

  private static Optional<ServerRow> present(@Nullable ServerRow row) {
    return row == null || row.status() == ServerStatus.DELETED
        ? Optional.empty()
        : Optional.of(row);
  }
}
