package dev.slipway.fleet.service.health;

import dev.slipway.api.Scope;
import dev.slipway.data.Database;
import dev.slipway.fleet.FleetError;
import dev.slipway.fleet.service.Residents;
import dev.slipway.fleet.service.agent.AgentTokens;
import dev.slipway.fleet.store.agent.CredentialStore;
import dev.slipway.fleet.store.command.CommandStore;
import dev.slipway.fleet.store.server.AgentReport;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Heartbeats of agents that speak HTTP, with an access token instead of the secret. */
@Component(service = HttpHeartbeat.class)
public final class HttpHeartbeat {
  private static final Scope EVERYONE = Scope.platform("an access token names no tenant");

  private final Database db;
  private final AgentTokens tokens;
  private final CredentialStore credentials;
  private final HeartbeatIntake intake;
  private final Residents residents;
  private final CommandStore commands;

  @Activate
  public HttpHeartbeat(
      @Reference Database db,
      @Reference AgentTokens tokens,
      @Reference CredentialStore credentials,
      @Reference HeartbeatIntake intake,
      @Reference Residents residents,
      @Reference CommandStore commands) {
    this.db = db;
    this.tokens = tokens;
    this.credentials = credentials;
    this.intake = intake;
    this.residents = residents;
    this.commands = commands;
  }

  /** What the agent hears. */
  public record Answer(Instant serverTime, int pendingCommands) {}

  /**
   * Takes one in.
   *
   * @param authorization the request's header
   */
  public Answer take(
      @Nullable String authorization, UUID serverId, Function<UUID, AgentReport> report) {
    if (!tokens.verified(authorization).equals(serverId)) {
      throw FleetError.AGENT_MISMATCH.of();
    }
    var owner =
        db.read(EVERYONE, () -> credentials.owner(serverId))
            .orElseThrow(FleetError.AGENT_UNKNOWN::of);
    var tenant = owner.tenantId();
    intake.take(tenant, report.apply(serverId), residents.containers(tenant, serverId));
    var queue = db.read(Scope.tenant(tenant), () -> commands.queue(serverId));
    return new Answer(Instant.now(), queue.pending());
  }
}
