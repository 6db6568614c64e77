package dev.slipway.admin.resource;

import dev.slipway.admin.service.ConfigService;
import dev.slipway.admin.service.CountedCalls;
import dev.slipway.admin.service.EventLogging;
import dev.slipway.admin.service.HealthService;
import dev.slipway.admin.service.Identity;
import dev.slipway.admin.service.IntegrationService;
import dev.slipway.admin.service.LiveConfiguration;
import dev.slipway.admin.service.Sampler;
import dev.slipway.admin.service.SystemLog;
import dev.slipway.api.Ids;
import dev.slipway.api.Membership;
import dev.slipway.api.Role;
import dev.slipway.api.platform.Problems;
import dev.slipway.api.platform.Traffic;
import dev.slipway.data.Database;
import dev.slipway.security.audit.SealedAudit;
import dev.slipway.security.audit.Sealer;
import dev.slipway.testkit.TestClient;
import dev.slipway.testkit.TestPlatform;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** The parts of the feature that need no other feature, behind HTTP. */
final class TestAdmin implements AutoCloseable {
  final TestPlatform platform = TestPlatform.start();
  final Database db = platform.database("admin", TestAdmin.class.getClassLoader());
  final Database security = platform.database("security", SealedAudit.class.getClassLoader());
  final UUID root = Ids.next();
  final AtomicLong requests = new AtomicLong();
  final List<Problems.Problem> problems = new CopyOnWriteArrayList<>();
  final ConfigService configs = new ConfigService(db, platform.events(), platform.signals());
  final LiveConfiguration live = new LiveConfiguration(configs, platform.signals());
  final SystemLog log = new SystemLog(db, platform.secrets());
  final EventLogging logging = new EventLogging(log);
  final HealthService health = new HealthService(db);
  final IntegrationService integrations = new IntegrationService(db);
  final CountedCalls calls = new CountedCalls();
  final Sealer sealer = new Sealer(security);
  final Sampler sampler =
      new Sampler(
          db,
          new Identity(platform.facts()),
          () -> new Traffic.Totals(requests.get(), requests.get() * 1_000_000),
          after -> problems.stream().filter(each -> each.sequence() > after).toList(),
          log,
          calls);

  TestAdmin() {
    platform.register(
        new ConfigResource(configs),
        new LogResource(log),
        new HealthResource(health, integrations),
        new AuditResource(new SealedAudit(security), platform.json()));
  }

  TestClient admin() {
    return platform.as(new Membership(root, Role.ADMIN, true));
  }

  @Override
  public void close() throws Exception {
    live.close();
    sampler.close();
    integrations.close();
    platform.close();
  }
}
