package dev.slipway.fleet.service.server;

import dev.slipway.accounts.Member;
import dev.slipway.accounts.Tenants;
import dev.slipway.api.Caller;
import dev.slipway.api.Role;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.event.Events;
import dev.slipway.api.event.Signals;
import dev.slipway.data.Database;
import dev.slipway.fleet.FleetError;
import dev.slipway.fleet.FleetEvent;
import dev.slipway.fleet.ServerRight;
import dev.slipway.fleet.service.Topics;
import dev.slipway.fleet.store.server.GrantRow;
import dev.slipway.fleet.store.server.GrantStore;
import dev.slipway.fleet.store.server.ServerStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Who may do what to a server. Admins and the owner of the tenant may do all, other members may
 * look, and a grant gives one of them more on one server.
 */
@Component(service = ServerRights.class)
public final class ServerRights {
  private final Database db;
  private final ServerStore servers;
  private final GrantStore grants;
  private final Tenants tenants;
  private final Events events;
  private final Signals signals;

  @Activate
  public ServerRights(
      @Reference Database db,
      @Reference ServerStore servers,
      @Reference GrantStore grants,
      @Reference Tenants tenants,
      @Reference Events events,
      @Reference Signals signals) {
    this.db = db;
    this.servers = servers;
    this.grants = grants;
    this.tenants = tenants;
    this.events = events;
    this.signals = signals;
  }

  /** What a caller may do to each server of the tenant. */
  public record Mine(ServerRight everywhere, Map<UUID, ServerRight> granted) {
    /** To this one. */
    public ServerRight on(UUID serverId) {
      var right = granted.get(serverId);
      return right == null || everywhere.includes(right) ? everywhere : right;
    }
  }

  /** A grant with the user who holds it. */
  public record Holder(GrantRow grant, String email, String displayName) {}

  /** What the caller may do; one query at most. */
  public Mine of(Caller caller) {
    if (caller.has(Role.ADMIN)) {
      return new Mine(ServerRight.ADMIN, Map.of());
    }
    var user = caller.userId();
    if (user == null) {
      return new Mine(ServerRight.VIEWER, Map.of());
    }
    var granted = new HashMap<UUID, ServerRight>();
    db.read(Scope.of(caller), () -> grants.ofUser(user))
        .forEach(grant -> granted.put(grant.serverId(), grant.role()));
    return new Mine(ServerRight.VIEWER, granted);
  }

  /**
   * Refuses with 403 where the caller lacks a right. Whoever lacks it does not hear whether there
   * is such a server.
   */
  public void require(Caller caller, UUID serverId, ServerRight needed) {
    if (caller.has(Role.ADMIN) || needed == ServerRight.VIEWER) {
      return;
    }
    var user = caller.userId();
    var granted =
        user != null
            && db.read(Scope.of(caller), () -> grants.role(serverId, user))
                .filter(right -> right.includes(needed))
                .isPresent();
    if (!granted) {
      throw FleetError.RIGHT_REQUIRED.of(needed.name().toLowerCase());
    }
  }

  /** All grants on a server whose holders are still members. */
  public List<Holder> list(Caller caller, UUID serverId) {
    require(caller, serverId, ServerRight.ADMIN);
    var members = members(caller);
    var rows =
        db.read(
            Scope.of(caller),
            () -> {
              servers.find(serverId).orElseThrow(FleetError.SERVER_NOT_FOUND::of);
              return grants.onServer(serverId);
            });
    return rows.stream()
        .filter(row -> members.containsKey(row.userId()))
        .map(row -> holder(row, members.get(row.userId())))
        .toList();
  }

  /** Gives a member a right, in place of the one before. */
  public Holder grant(Caller caller, UUID serverId, UUID userId, ServerRight right) {
    require(caller, serverId, ServerRight.ADMIN);
    var member = members(caller).get(userId);
    var now = Times.now();
    var row =
        db.write(
            Scope.of(caller),
            () -> {
              var server = servers.lock(serverId).orElseThrow(FleetError.SERVER_NOT_FOUND::of);
              if (member == null) {
                throw FleetError.MEMBER_NOT_FOUND.at("user_id");
              }
              events.publish(new FleetEvent.Granted(serverId, server.tenantId(), userId, right));
              signals.raise(Topics.rights(serverId));
              return grants.put(
                  new GrantRow(
                      server.tenantId(), serverId, userId, right, caller.name(), now, now));
            });
    return holder(row, member);
  }

  /** Takes a user's right away. */
  public void withdraw(Caller caller, UUID serverId, UUID userId) {
    require(caller, serverId, ServerRight.ADMIN);
    db.run(
        Scope.of(caller),
        () -> {
          var server = servers.lock(serverId).orElseThrow(FleetError.SERVER_NOT_FOUND::of);
          if (!grants.remove(serverId, userId)) {
            throw FleetError.GRANT_NOT_FOUND.of();
          }
          events.publish(new FleetEvent.Withdrawn(serverId, server.tenantId(), userId));
          signals.raise(Topics.rights(serverId));
        });
  }

  private Map<UUID, Member> members(Caller caller) {
    return tenants.members(caller.tenantId()).stream()
        .collect(Collectors.toMap(Member::userId, Function.identity()));
  }

  private static Holder holder(GrantRow row, Member member) {
    return new Holder(row, member.email(), member.displayName());
  }
}
