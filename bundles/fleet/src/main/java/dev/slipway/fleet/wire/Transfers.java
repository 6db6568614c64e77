package dev.slipway.fleet.wire;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What goes between agents and the platform in bulk. */
@Component(service = Transfers.class)
public final class Transfers {
  private final LogIntake logs;
  private final TerminalIntake terminals;
  private final ProgramFeed programs;

  @Activate
  public Transfers(
      @Reference LogIntake logs,
      @Reference TerminalIntake terminals,
      @Reference ProgramFeed programs) {
    this.logs = logs;
    this.terminals = terminals;
    this.programs = programs;
  }

  LogIntake logs() {
    return logs;
  }

  TerminalIntake terminals() {
    return terminals;
  }

  ProgramFeed programs() {
    return programs;
  }
}
