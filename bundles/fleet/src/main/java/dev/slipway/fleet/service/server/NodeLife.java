package dev.slipway.fleet.service.server;

import dev.slipway.api.Scope;
import dev.slipway.data.Database;
import dev.slipway.fleet.service.NodeId;
import dev.slipway.fleet.store.server.NodeStore;
import dev.slipway.fleet.store.server.NodeStore.Held;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * This node among the others. Each says that it lives, and whoever notices that one fell silent
 * gives its streams up, so that servers whose node died are not taken for connected.
 */
@Component(service = NodeLife.class)
public final class NodeLife {
  /** Time between two signs of life. */
  public static final Duration PULSE = Duration.ofSeconds(5);

  /** A node that is silent for so long is taken for dead. */
  static final Duration SILENCE = PULSE.multipliedBy(4);

  private static final Scope EVERYONE = Scope.platform("a node holds streams of all tenants");

  private final Database db;
  private final NodeStore store;
  private final ServerPresence presence;
  private final UUID node;
  private final LongSupplier nanos;
  private volatile long lastBeat;
  private volatile long listeningSince;

  @Activate
  public NodeLife(
      @Reference Database db,
      @Reference NodeStore store,
      @Reference ServerPresence presence,
      @Reference NodeId node) {
    this(db, store, presence, node, System::nanoTime);
  }

  NodeLife(Database db, NodeStore store, ServerPresence presence, NodeId node, LongSupplier nanos) {
    this.db = db;
    this.store = store;
    this.presence = presence;
    this.node = node.value();
    this.nanos = nanos;
    lastBeat = nanos.getAsLong();
    listeningSince = lastBeat;
  }

  /** The node. */
  public UUID node() {
    return node;
  }

  /** Begins: what an earlier run left behind when it was killed is gone. */
  public void begin() {
    presence.nodeLost(node);
    db.run(
        EVERYONE,
        () -> {
          store.leave(node);
          store.beat(node);
        });
  }

  /** Says that the node lives, and notices those that do not. */
  public void pulse() {
    db.run(EVERYONE, () -> store.beat(node));
    var now = nanos.getAsLong();
    if (now - lastBeat > SILENCE.toNanos()) {
      listeningSince = now;
    }
    lastBeat = now;
    nodesLost(SILENCE);
  }

  /**
   * Whether this node could take heartbeats all that time. Servers that were silent while it was
   * down, or its database away, may have had nobody to talk to.
   */
  boolean hasListenedFor(Duration time) {
    var now = nanos.getAsLong();
    return now - lastBeat <= SILENCE.toNanos() && now - listeningSince >= time.toNanos();
  }

  void nodesLost(Duration silence) {
    db.run(EVERYONE, () -> store.lost(silence).forEach(presence::say));
  }

  /** Ends: its streams count as gone from now on. */
  public void end() {
    db.run(EVERYONE, () -> store.leave(node));
  }

  /**
   * Compares the streams that are open here with what all nodes go by. One that was given up while
   * this node was out of reach counts again, unless the server has another by now.
   *
   * @return the streams that have lost their place for good
   */
  public List<Held> settle(Collection<Held> open) {
    var held = Set.copyOf(db.read(EVERYONE, () -> store.held(node)));
    var missing = open.stream().filter(stream -> !held.contains(stream)).toList();
    if (missing.isEmpty()) {
      return missing;
    }
    var resumed = db.write(EVERYONE, () -> store.resume(node, missing));
    return missing.stream().filter(stream -> !resumed.contains(stream.serverId())).toList();
  }
}
