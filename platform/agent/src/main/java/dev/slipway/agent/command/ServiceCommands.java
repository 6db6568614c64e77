package dev.slipway.agent.command;

import dev.slipway.agent.os.LineSink;
import dev.slipway.agent.runtime.RuntimeRefusal;
import dev.slipway.agent.runtime.ServiceOrder;
import dev.slipway.agent.runtime.docker.DockerRuntime;
import dev.slipway.proto.agent.v1.CommandType;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Services of an engine: created here, and by name everything else of them is as with apps. */
public final class ServiceCommands {
  private static final Duration HEALTHY = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Pattern MEMORY = Pattern.compile("([0-9]{1,12})([bkmg]?)b?");
  private static final Pattern CPUS = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3})?");

  private final DockerRuntime runtime;

  public ServiceCommands(DockerRuntime runtime) {
    this.runtime = runtime;
  }

  public Map<CommandType, CommandHandler> handlers() {
    return Map.of(CommandType.COMMAND_TYPE_SERVICE_CREATE, this::create);
  }

  private Reply create(Payload payload, LineSink progress)
      throws CommandFailure, IOException, InterruptedException {
    var order = order(payload);
    try {
      var id = runtime.createService(order, progress);
      if (!order.healthCheck().isEmpty()) {
        awaitHealthy(order.name());
      }
      return Reply.completed(id);
    } catch (RuntimeRefusal e) {
      throw new CommandFailure(e.getMessage());
    }
  }

  private static ServiceOrder order(Payload payload) throws CommandFailure {
    int port = Math.clamp(payload.integer("port", 0), 0, 65_535);
    var limits = payload.object("resource_limits");
    return new ServiceOrder(
        payload.instanceName("container_name"),
        Names.image(payload, "image"),
        payload.flag("exposed") ? payload.port("port", 0) : 0,
        port == 0 ? 0 : payload.port("internal_port", port),
        payload.environment("env"),
        payload.texts("volumes"),
        payload.has("network") ? payload.instanceName("network") : "deploy-net",
        !payload.text("restart_policy", "").equals("no"),
        payload.text("health_check", ""),
        memory(limits.text("memory", "")),
        cpus(limits.text("cpus", "")),
        payload.texts("command"));
  }

  private static long memory(String text) throws CommandFailure {
    if (text.isEmpty()) {
      return 0;
    }
    var parts = MEMORY.matcher(text.toLowerCase(Locale.ROOT));
    if (!parts.matches()) {
      throw new CommandFailure("invalid payload: memory is not a size such as 512m");
    }
    int shift = " kmg".indexOf(parts.group(2).isEmpty() ? " " : parts.group(2));
    return Long.parseLong(parts.group(1)) << 10 * Math.max(0, shift);
  }

  private static double cpus(String text) throws CommandFailure {
    if (!text.isEmpty() && !CPUS.matcher(text).matches()) {
      throw new CommandFailure("invalid payload: cpus is not a number such as 0.5");
    }
    return text.isEmpty() ? 0 : Double.parseDouble(text);
  }

  private void awaitHealthy(String name) throws CommandFailure, IOException, InterruptedException {
    var deadline = System.nanoTime() + HEALTHY.toNanos();
    while (System.nanoTime() < deadline) {
      var found = runtime.find(name);
      if (found.isPresent() && found.get().getHealthStatus().equals("healthy")) {
        return;
      }
      Thread.sleep(LOOK);
    }
    throw new CommandFailure("the service did not become healthy within 60 s");
  }
}
