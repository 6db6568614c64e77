package dev.slipway.fleet.service.command;

import dev.slipway.api.Scope;
import dev.slipway.api.spi.Job;
import dev.slipway.data.Database;
import dev.slipway.fleet.CommandStatus;
import dev.slipway.fleet.CommandType;
import dev.slipway.fleet.store.command.CommandRow;
import dev.slipway.fleet.store.command.CommandStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Sees to it that every command ends: at its deadline, or when the agent's connection was lost and
 * it reported nothing more. What is harmless twice is then sent again, everything else fails: the
 * agent may or may not have done it, and only its owner can find out.
 */
@Component(service = Job.class)
public final class SettleCommands implements Job {
  /** How long an agent may take to come back with the result of what it was doing. */
  public static final Duration GRACE = Duration.ofSeconds(30);

  static final String LOST = "agent connection lost";

  private static final int BATCH = 200;
  private static final Scope EVERYONE = Scope.platform("commands that nobody ends");

  private final Database db;
  private final CommandStore store;
  private final CommandFlow flow;
  private final CommandService commands;
  private final InstantSource clock;

  @Activate
  public SettleCommands(
      @Reference Database db,
      @Reference CommandStore store,
      @Reference CommandFlow flow,
      @Reference CommandService commands) {
    this(db, store, flow, commands, InstantSource.system());
  }

  public SettleCommands(
      Database db,
      CommandStore store,
      CommandFlow flow,
      CommandService commands,
      InstantSource clock) {
    this.db = db;
    this.store = store;
    this.flow = flow;
    this.commands = commands;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "fleet.settle-commands";
  }

  @Override
  public Duration every() {
    return Duration.ofSeconds(5);
  }

  @Override
  public void run() {
    var now = clock.instant();
    db.run(EVERYONE, () -> store.noteLost(now));
    var open = db.read(EVERYONE, () -> store.unsettled(now, now.minus(GRACE), BATCH));
    for (var row : open) {
      db.run(Scope.tenant(row.tenantId()), () -> settle(row.id()));
    }
  }

  private void settle(UUID id) {
    store.lock(id).filter(row -> !row.status().isFinal()).ifPresent(this::settle);
  }

  private void settle(CommandRow row) {
    var now = clock.instant();
    if (!row.deadlineAt().isAfter(now)) {
      expire(row);
    } else if (row.lostAt() != null && !row.lostAt().isAfter(now.minus(GRACE))) {
      lost(row);
    }
  }

  private void expire(CommandRow row) {
    if (row.status() == CommandStatus.PENDING) {
      flow.end(row, CommandStatus.EXPIRED, null, "the agent did not take it in time");
      return;
    }
    if (row.lostAt() == null && row.type() != CommandType.CANCEL_COMMAND) {
      commands.stopOnServer(row);
    }
    flow.end(row, CommandStatus.EXPIRED, null, "the agent reported no end in time");
  }

  private void lost(CommandRow row) {
    if (row.cancelAskedAt() != null) {
      flow.end(row, CommandStatus.CANCELLED, null, LOST);
    } else if (row.type().harmlessTwice()) {
      flow.again(row);
    } else {
      flow.end(row, CommandStatus.FAILED, null, LOST);
    }
  }
}
