package dev.slipway.fleet.service.agent;

import dev.slipway.api.Scope;
import dev.slipway.api.platform.Json;
import dev.slipway.api.platform.Platform;
import dev.slipway.api.spi.Job;
import dev.slipway.data.Database;
import dev.slipway.fleet.CommandRequest;
import dev.slipway.fleet.CommandType;
import dev.slipway.fleet.service.command.CommandService;
import dev.slipway.fleet.service.enrolment.AgentProgram;
import dev.slipway.fleet.service.enrolment.AgentProgram.Release;
import dev.slipway.fleet.service.enrolment.UpdateKey;
import dev.slipway.fleet.store.command.CommandStore;
import dev.slipway.fleet.store.server.ServerRow;
import dev.slipway.fleet.store.server.ServerStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Brings agents to the program that the operator offers, a few at a time, when {@code
 * slipway.agent.update} is {@code auto}. One that comes back with its old program has refused the
 * new one, and is asked again a day later.
 */
@Component(service = Job.class)
public final class UpdateAgents implements Job {
  private static final Scope EVERYONE = Scope.platform("agents with an old program");
  private static final String OWN = "slipway-agent/";
  private static final int AT_ONCE = 5;
  private static final int LOOKED_AT = 500;
  private static final Duration AGAIN = Duration.ofDays(1);
  private static final Duration TIMEOUT = Duration.ofMinutes(15);

  private final Database db;
  private final CommandService commands;
  private final AgentProgram program;
  private final UpdateKey key;
  private final Json json;
  private final boolean wanted;

  @Activate
  public UpdateAgents(
      @Reference Database db,
      @Reference CommandService commands,
      @Reference AgentProgram program,
      @Reference UpdateKey key,
      @Reference Json json,
      @Reference Platform platform) {
    this.db = db;
    this.commands = commands;
    this.program = program;
    this.key = key;
    this.json = json;
    wanted = "auto".equals(platform.setting("slipway.agent.update"));
  }

  @Override
  public String name() {
    return "fleet.update-agents";
  }

  @Override
  public Duration every() {
    return Duration.ofMinutes(1);
  }

  @Override
  public void run() {
    var release = wanted ? program.release() : Optional.<Release>empty();
    if (release.isEmpty()) {
      return;
    }
    var old =
        db.read(
            EVERYONE, () -> new ServerStore(db).outdated(OWN + release.get().version(), LOOKED_AT));
    var asked = 0;
    for (var server : old) {
      if (asked < AT_ONCE && ask(server, release.get())) {
        asked++;
      }
    }
  }

  /** False where it was asked before. */
  private boolean ask(ServerRow server, Release release) {
    var scope = Scope.tenant(server.tenantId());
    var phase = "update:" + release.sha256().substring(0, 12);
    var since = Instant.now().minus(AGAIN);
    return db.write(
        scope,
        () -> {
          if (new CommandStore(db).asked(server.id(), CommandType.UPDATE_AGENT, phase, since)) {
            return false;
          }
          commands.submit(
              scope,
              CommandRequest.of(
                      server.id(),
                      CommandType.UPDATE_AGENT,
                      payload(server, release),
                      CommandService.OWNER,
                      TIMEOUT)
                  .about(server.id(), null, phase));
          return true;
        });
  }

  private String payload(ServerRow server, Release release) {
    var arch = "aarch64".equals(server.arch()) ? "arm64" : "amd64";
    return json.write(
        Map.of(
            "version",
            release.version(),
            "arch",
            arch,
            "expected_checksum",
            release.sha256(),
            "signature",
            key.sign(release.version(), arch, release.sha256())));
  }
}
