package dev.slipway.agent.runtime.docker;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HealthCheck;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.Ports;
import com.github.dockerjava.api.model.RestartPolicy;
import dev.slipway.agent.runtime.RuntimeRefusal;
import dev.slipway.agent.runtime.ServiceOrder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Turns a service's order into the engine's terms. */
final class ServicePlan {
  private static final Pattern NAMED =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{1,127}:/[^:]*(:(ro|rw))?");
  private static final Map<String, String> LOG_BOUNDS = Map.of("max-size", "50m", "max-file", "3");

  private ServicePlan() {}

  static void apply(CreateContainerCmd create, ServiceOrder order) throws RuntimeRefusal {
    create
        .withName(order.name())
        .withEnv(
            order.environment().entrySet().stream()
                .map(variable -> variable.getKey() + "=" + variable.getValue())
                .toList())
        .withLabels(Map.of("permanu.managed", "true"))
        .withHostConfig(host(order));
    if (!order.command().isEmpty()) {
      create.withCmd(order.command());
    }
    if (order.published() > 0) {
      create.withExposedPorts(ExposedPort.tcp(order.internalPort()));
    }
    if (!order.healthCheck().isEmpty()) {
      create.withHealthcheck(
          new HealthCheck()
              .withTest(List.of("CMD-SHELL", order.healthCheck()))
              .withInterval(TimeUnit.SECONDS.toNanos(10))
              .withTimeout(TimeUnit.SECONDS.toNanos(5))
              .withRetries(3));
    }
  }

  private static HostConfig host(ServiceOrder order) throws RuntimeRefusal {
    for (var volume : order.volumes()) {
      if (!NAMED.matcher(volume).matches()) {
        throw new RuntimeRefusal("volumes of services are named: NAME:/path");
      }
    }
    var host =
        HostConfig.newHostConfig()
            .withNetworkMode(order.network())
            .withBinds(order.volumes().stream().map(Bind::parse).toList())
            .withSecurityOpts(List.of("no-new-privileges"))
            .withLogConfig(new LogConfig(LogConfig.LoggingType.JSON_FILE, LOG_BOUNDS))
            .withRestartPolicy(
                order.restarts()
                    ? RestartPolicy.unlessStoppedRestart()
                    : RestartPolicy.noRestart());
    if (order.memoryBytes() > 0) {
      host.withMemory(order.memoryBytes()).withMemorySwap(order.memoryBytes());
    }
    if (order.cpus() > 0) {
      host.withNanoCPUs(Math.round(order.cpus() * 1e9));
    }
    if (order.published() > 0) {
      var ports = new Ports();
      ports.bind(ExposedPort.tcp(order.internalPort()), Ports.Binding.bindPort(order.published()));
      host.withPortBindings(ports);
    }
    return host;
  }
}
