package com.example.valkey;

import dev.slipway.api.service.ServiceAddress;
import dev.slipway.api.service.ServiceOrder;
import dev.slipway.api.service.ServicePlan;
import dev.slipway.api.service.ServicePlan.Container;
import dev.slipway.api.service.ServicePlan.Health;
import dev.slipway.api.service.ServicePlan.Volume;
import dev.slipway.api.service.ServiceProfile;
import dev.slipway.api.service.ServiceProfile.Category;
import dev.slipway.api.service.ServiceProfile.Module;
import dev.slipway.api.service.ServiceProfile.Output;
import dev.slipway.api.service.ServiceTemplate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.osgi.service.component.annotations.Component;

/** Valkey with a password, in memory, and on disk where that is switched on. */
@Component
public final class ValkeyTemplate implements ServiceTemplate {
  private static final int PORT = 6379;
  private static final String FILE = "/etc/valkey/valkey.conf";
  private static final String PASSWORD = "password";
  private static final String PERSISTENCE = "persistence";

  @Override
  public String key() {
    return "valkey";
  }

  @Override
  public String name() {
    return "Valkey";
  }

  @Override
  public String description() {
    return "A store of keys and values in memory, as a cache or for queues.";
  }

  @Override
  public String configuration() {
    return """
        { "type": "object", "properties": {
          "eviction": { "enum": ["noeviction", "allkeys-lru", "allkeys-lfu", "volatile-ttl"],
                        "default": "noeviction", "title": "When memory is full",
                        "description": "Which keys make way for others; none: writes are refused" }
        } }
        """;
  }

  @Override
  public ServiceProfile profile() {
    return new ServiceProfile(
        Category.CACHE,
        "redis",
        List.of("9.0", "8.1"),
        List.of(new Module(PERSISTENCE, "Persistence", "Keeps the data on disk", true)),
        List.of(PASSWORD),
        List.of(
            new Output("HOST", "Where it is", false),
            new Output("PORT", "Its port", false),
            new Output("PASSWORD", "Password of the user default", true),
            new Output("URL", "All in one", true)),
        64);
  }

  @Override
  public ServicePlan plan(ServiceOrder order) {
    if (!profile().versions().contains(order.version())) {
      throw new IllegalArgumentException("There is no Valkey " + order.version());
    }
    var valkey =
        new Container(
            "valkey",
            "docker.io/valkey/valkey:" + order.version() + "-alpine",
            List.of("valkey-server", FILE),
            // The client reads it from here, so that it stands in no command.
            Map.of("REDISCLI_AUTH", order.secret(PASSWORD)),
            Map.of(FILE, settings(order)),
            List.of(PORT),
            keeps(order) ? Map.of("/data", new Volume("data")) : Map.of(),
            new Health(
                List.of("sh", "-c", "valkey-cli ping | grep -q PONG"),
                Duration.ofSeconds(10),
                Duration.ofSeconds(60)),
            order.memoryMb());
    return new ServicePlan(List.of(valkey), null);
  }

  /** A quarter of the memory is left for what is not data: buffers, and copies while it saves. */
  private static String settings(ServiceOrder order) {
    return """
        port %d
        requirepass %s
        maxmemory %dmb
        maxmemory-policy %s
        appendonly %s
        dir /data
        """
        .formatted(
            PORT,
            order.secret(PASSWORD),
            order.memoryMb() * 3 / 4,
            Objects.requireNonNullElse(order.setup().text("eviction"), "noeviction"),
            keeps(order) ? "yes" : "no");
  }

  private static boolean keeps(ServiceOrder order) {
    return order.modules().contains(PERSISTENCE);
  }

  @Override
  public Map<String, String> outputs(ServiceOrder order, ServiceAddress where) {
    var password = order.secret(PASSWORD);
    return Map.of(
        "HOST", where.host(),
        "PORT", Integer.toString(where.port()),
        "PASSWORD", password,
        "URL", "redis://default:%s@%s:%d".formatted(password, where.host(), where.port()));
  }
}
