package dev.slipway.admin.resource;

import dev.slipway.admin.service.OverviewService;
import java.util.List;

/** The platform at a glance, as clients see it. */
public final class OverviewPayloads {
  private OverviewPayloads() {}

  /** What runs here. */
  public record About(String version, String copyright) {}

  /** How the platform is. */
  public record Health(boolean healthy, List<String> issues) {}

  /** The dashboard. */
  public record Dashboard(int users, int tenants, Health health) {
    static Dashboard of(OverviewService.Overview overview) {
      return new Dashboard(
          overview.users(),
          overview.tenants(),
          new Health(overview.issues().isEmpty(), overview.issues()));
    }
  }
}
