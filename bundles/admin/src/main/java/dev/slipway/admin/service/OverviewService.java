package dev.slipway.admin.service;

import dev.slipway.accounts.Tenants;
import dev.slipway.accounts.Users;
import dev.slipway.api.Times;
import dev.slipway.api.spi.Integration;
import java.util.ArrayList;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What an operator wants to know first. */
@Component(service = OverviewService.class)
public final class OverviewService {
  private final Users users;
  private final Tenants tenants;
  private final HealthService health;
  private final IntegrationService integrations;

  @Activate
  public OverviewService(
      @Reference Users users,
      @Reference Tenants tenants,
      @Reference HealthService health,
      @Reference IntegrationService integrations) {
    this.users = users;
    this.tenants = tenants;
    this.health = health;
    this.integrations = integrations;
  }

  /** The platform at a glance; each issue is a sentence. */
  public record Overview(int users, int tenants, List<String> issues) {}

  /** Looks. */
  public Overview look() throws InterruptedException {
    var issues = new ArrayList<String>();
    var alive = Times.now().minus(HealthService.PATIENCE);
    health.nodes().stream()
        .filter(node -> node.lastSeen().isBefore(alive))
        .forEach(node -> issues.add("Node " + node.hostname() + " is silent."));
    integrations.look().stream()
        .filter(each -> each.status() == Integration.Status.UNHEALTHY)
        .forEach(each -> issues.add("Integration " + each.name() + " does not work."));
    return new Overview(users.count(), tenants.count(), List.copyOf(issues));
  }
}
