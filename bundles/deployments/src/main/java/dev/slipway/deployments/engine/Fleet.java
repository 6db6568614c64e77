package dev.slipway.deployments.engine;

import dev.slipway.fleet.Commands;
import dev.slipway.fleet.Servers;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The servers and the way to their agents. */
@Component(service = Fleet.class)
public final class Fleet {
  private final Servers servers;
  private final Commands commands;

  @Activate
  public Fleet(@Reference Servers servers, @Reference Commands commands) {
    this.servers = servers;
    this.commands = commands;
  }

  public Servers servers() {
    return servers;
  }

  public Commands commands() {
    return commands;
  }
}
