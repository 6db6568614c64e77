package dev.slipway.agent.runtime.docker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.HealthCheck;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.RestartPolicy;
import com.github.dockerjava.api.model.Volume;
import dev.slipway.agent.runtime.AppRuntime;
import dev.slipway.agent.runtime.ComposeOrder;
import dev.slipway.compose.Service;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A service in the engine's terms. Nothing is published on the host, and nothing of the host is
 * mounted.
 *
 * @param name of its container
 * @param image the engine's id of its image
 * @param environment all of it
 * @param primary whether it answers requests from outside
 * @param position among the services, in the order in which they start
 */
record ComposePlan(
    ComposeOrder order,
    Service service,
    String name,
    String image,
    Map<String, String> environment,
    boolean primary,
    int position) {
  static final String PROJECT = "com.docker.compose.project";
  static final String SERVICE = "com.docker.compose.service";
  static final String HASH = "slipway.compose.hash";
  static final String PRIMARY = "slipway.compose.primary";
  static final String POSITION = "slipway.compose.position";

  static final long MOST_PROCESSES = 4096;
  static final Map<String, String> LOG_BOUNDS = Map.of("max-size", "50m", "max-file", "3");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_STOP_SECONDS = 60;
  private static final long MEBIBYTE = 1 << 20;

  static String prefix(String project) {
    return "deploy-app-" + project + "_";
  }

  /** The same for two versions between which nothing about the service has changed. */
  String hash() {
    var what = new LinkedHashMap<String, Object>();
    what.put("service", service.toString());
    what.put("image", image);
    what.put("environment", environment);
    what.put("limits", order.limits().toString());
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(JSON.writeValueAsBytes(what));
      return HexFormat.of().formatHex(digest);
    } catch (JsonProcessingException | NoSuchAlgorithmException e) {
      throw new IllegalStateException("texts can always be hashed", e);
    }
  }

  void apply(CreateContainerCmd create) {
    var process = service.process();
    create
        .withName(name)
        .withEnv(environment.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList())
        .withLabels(labels())
        .withAliases(List.of(service.name()))
        .withStopTimeout(stopSeconds())
        .withHostConfig(host());
    if (process.entrypoint() != null) {
      create.withEntrypoint(process.entrypoint());
    }
    if (process.command() != null) {
      create.withCmd(process.command());
    }
    if (process.user() != null) {
      create.withUser(process.user());
    }
    if (process.workingDir() != null) {
      create.withWorkingDir(process.workingDir());
    }
    if (process.stopSignal() != null) {
      create.withStopSignal(process.stopSignal());
    }
    var check = service.healthCheck();
    if (check != null) {
      create.withHealthcheck(health(check));
    }
  }

  /** A call of the engine that takes much longer is given up. */
  private int stopSeconds() {
    var asked = Objects.requireNonNullElse(service.process().stopGrace(), AppRuntime.STOP_GRACE);
    return Math.clamp(asked.toSeconds(), 1, MOST_STOP_SECONDS);
  }

  static HealthCheck health(Service.HealthCheck check) {
    var health =
        new HealthCheck()
            .withInterval(nanos(check.interval()))
            .withTimeout(nanos(check.timeout()))
            .withStartPeriod(nanos(check.startPeriod()))
            .withRetries(check.retries());
    return check.test().isEmpty() ? health : health.withTest(check.test());
  }

  static @Nullable Long nanos(@Nullable Duration time) {
    return time == null ? null : time.toNanos();
  }

  private Map<String, String> labels() {
    var labels = new LinkedHashMap<>(service.labels());
    labels.putAll(order.labels());
    labels.put(ContainerPlan.APP_LABEL, order.slug());
    labels.put("permanu.managed", "true");
    labels.put("permanu.process", primary ? "web" : service.name());
    labels.put("permanu.replica", "0");
    labels.put(PROJECT, order.project());
    labels.put(SERVICE, service.name());
    labels.put(HASH, hash());
    labels.put(PRIMARY, Boolean.toString(primary));
    labels.put(POSITION, Integer.toString(position));
    return labels;
  }

  private HostConfig host() {
    var limits = service.limits();
    var memory = limits.memoryBytes();
    long bytes = memory == null ? order.limits().memoryMebibytes() * MEBIBYTE : memory;
    var cores = limits.cpuCores();
    var processes = limits.processes();
    return HostConfig.newHostConfig()
        .withNetworkMode(prefix(order.project()) + service.networks().getFirst())
        .withMemory(bytes)
        .withMemorySwap(bytes)
        .withNanoCPUs(Math.round((cores == null ? order.limits().cpuCores() : cores) * 1e9))
        .withPidsLimit(processes == null ? MOST_PROCESSES : Long.valueOf(processes))
        .withRestartPolicy(restart())
        .withSecurityOpts(List.of("no-new-privileges"))
        .withLogConfig(new LogConfig(LogConfig.LoggingType.JSON_FILE, LOG_BOUNDS))
        .withInit(service.process().init())
        .withReadonlyRootfs(service.process().readOnly())
        .withBinds(service.mounts().stream().map(this::bind).toList());
  }

  private Bind bind(Service.Mount mount) {
    return new Bind(
        prefix(order.project()) + mount.volume(),
        new Volume(mount.target()),
        mount.readOnly() ? AccessMode.ro : AccessMode.rw);
  }

  private RestartPolicy restart() {
    var restart = service.restart();
    return switch (restart.policy()) {
      case "always" -> RestartPolicy.alwaysRestart();
      case "unless-stopped" -> RestartPolicy.unlessStoppedRestart();
      case "on-failure" -> RestartPolicy.onFailureRestart(restart.attempts());
      case "no" -> RestartPolicy.noRestart();
      // What answers requests has to be there; the others follow the specification.
      default -> primary ? RestartPolicy.unlessStoppedRestart() : RestartPolicy.noRestart();
    };
  }
}
