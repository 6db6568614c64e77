package dev.slipway.deployments;

import dev.slipway.data.Database;
import dev.slipway.fleet.service.command.CommandFlow;
import dev.slipway.fleet.service.command.CommandService;
import dev.slipway.fleet.service.command.SettleCommands;
import dev.slipway.fleet.store.command.CommandStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Runs the fleet's settling job as if it were later. */
public final class LostCommands {
  private final Database database;
  private final CommandStore rows;
  private final CommandFlow flow;
  private final CommandService commands;

  public LostCommands(
      Database database, CommandStore rows, CommandFlow flow, CommandService commands) {
    this.database = database;
    this.rows = rows;
    this.flow = flow;
    this.commands = commands;
  }

  /** Ends what is overdue at that time from now. */
  public void settleIn(Duration later) {
    InstantSource clock = () -> Instant.now().plus(later);
    new SettleCommands(database, rows, flow, commands, clock).run();
  }

  /** Notes streams that are gone, and lets the time pass that an agent has to come back. */
  public void settle() {
    settleIn(Duration.ZERO);
    settleIn(SettleCommands.GRACE.plusSeconds(1));
  }
}
