package dev.slipway.fleet.local;

import dev.slipway.api.PlatformException;
import dev.slipway.api.Scope;
import dev.slipway.api.event.EventFilter;
import dev.slipway.api.event.Events;
import dev.slipway.api.event.StoredEvent;
import dev.slipway.data.Database;
import dev.slipway.fleet.service.NodeId;
import dev.slipway.fleet.service.agent.AgentAccess;
import dev.slipway.fleet.service.enrolment.Enrolment;
import dev.slipway.fleet.store.local.LocalStore;
import dev.slipway.fleet.store.server.ServerRow;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The server that this node itself is, in the root tenant. */
@Component(service = LocalServer.class)
public final class LocalServer {
  /** Said by accounts for every tenant; the one with {@code root} true is ours. */
  static final String TENANT_CREATED = "accounts.tenant.created";

  private static final Scope EVERYONE = Scope.platform("the platform's own server");
  private static final String NAME = "local";
  private static final int PAGE = 1000;

  private final Database db;
  private final LocalStore store;
  private final Events events;
  private final Enrolment enrolment;
  private final AgentAccess access;
  private final UUID node;

  @Activate
  public LocalServer(
      @Reference Database db,
      @Reference LocalStore store,
      @Reference Events events,
      @Reference Enrolment enrolment,
      @Reference AgentAccess access,
      @Reference NodeId node) {
    this.db = db;
    this.store = store;
    this.events = events;
    this.enrolment = enrolment;
    this.access = access;
    this.node = node.value();
  }

  /** The root tenant, from what was noted or, the first time, from the event log. */
  Optional<UUID> root() {
    var noted = db.read(EVERYONE, store::root);
    return noted.isPresent() ? noted : fromLog();
  }

  private Optional<UUID> fromLog() {
    String cursor = null;
    while (true) {
      var page = events.after(EVERYONE, EventFilter.types(TENANT_CREATED), cursor, PAGE);
      for (var event : page) {
        if (note(event)) {
          return Optional.ofNullable(event.uuid("tenant_id"));
        }
        cursor = event.cursor();
      }
      if (page.size() < PAGE) {
        return Optional.empty();
      }
    }
  }

  /** Remembers the root tenant when the event speaks of it. */
  boolean note(StoredEvent event) {
    var tenant = event.uuid("tenant_id");
    if (!Boolean.TRUE.equals(event.data().get("root")) || tenant == null) {
      return false;
    }
    db.run(EVERYONE, () -> store.setRoot(tenant));
    return true;
  }

  /** Whether this is the server of this node. */
  boolean is(UUID serverId) {
    return db.read(EVERYONE, () -> store.local(node))
        .filter(local -> local.serverId().equals(serverId))
        .isPresent();
  }

  /**
   * Credentials that open: those given, where they do, else new ones.
   *
   * @return server id and secret
   */
  Credentials credentials(UUID root, @Nullable String serverId, @Nullable String secret) {
    if (serverId != null && secret != null && isMine(serverId) && opens(serverId, secret)) {
      return new Credentials(serverId, secret);
    }
    var machine =
        new ServerRow.Machine(machineId(), NAME, null, null, null, null, null, null, null);
    var identity = enrolment.enrol(root, null, Map.of(), NAME, machine);
    db.run(EVERYONE, () -> store.setLocal(node, new LocalStore.Local(root, identity.serverId())));
    return new Credentials(identity.serverId().toString(), identity.secret());
  }

  /** How the node is known where its agent is enrolled anew. */
  String machineId() {
    return "node-" + node;
  }

  /** What the agent signs in with. */
  record Credentials(String serverId, String secret) {
    /** Without the secret. */
    @Override
    public String toString() {
      return "Credentials[" + serverId + "]";
    }
  }

  private boolean isMine(String serverId) {
    return db.read(EVERYONE, () -> store.local(node))
        .filter(local -> local.serverId().toString().equals(serverId))
        .isPresent();
  }

  private boolean opens(String serverId, String secret) {
    try {
      access.signIn(serverId, secret);
      return true;
    } catch (PlatformException refused) {
      return switch (refused.code().kind()) {
        case UNAUTHENTICATED -> false;
        default -> throw refused;
      };
    }
  }
}
