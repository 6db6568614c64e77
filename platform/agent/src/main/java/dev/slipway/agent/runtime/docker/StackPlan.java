package dev.slipway.agent.runtime.docker;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.github.dockerjava.api.model.ContainerSpec;
import com.github.dockerjava.api.model.ContainerSpecConfig;
import com.github.dockerjava.api.model.ContainerSpecFile;
import com.github.dockerjava.api.model.ContainerSpecPrivileges;
import com.github.dockerjava.api.model.ContainerSpecSecret;
import com.github.dockerjava.api.model.Driver;
import com.github.dockerjava.api.model.EndpointResolutionMode;
import com.github.dockerjava.api.model.EndpointSpec;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import com.github.dockerjava.api.model.NetworkAttachmentConfig;
import com.github.dockerjava.api.model.PortConfig;
import com.github.dockerjava.api.model.PortConfigProtocol;
import com.github.dockerjava.api.model.ResourceRequirements;
import com.github.dockerjava.api.model.ResourceSpecs;
import com.github.dockerjava.api.model.ServiceGlobalModeOptions;
import com.github.dockerjava.api.model.ServiceModeConfig;
import com.github.dockerjava.api.model.ServicePlacement;
import com.github.dockerjava.api.model.ServiceReplicatedModeOptions;
import com.github.dockerjava.api.model.ServiceRestartCondition;
import com.github.dockerjava.api.model.ServiceRestartPolicy;
import com.github.dockerjava.api.model.ServiceSpec;
import com.github.dockerjava.api.model.TaskSpec;
import com.github.dockerjava.api.model.UpdateConfig;
import com.github.dockerjava.api.model.UpdateFailureAction;
import com.github.dockerjava.api.model.UpdateOrder;
import com.github.dockerjava.api.model.VolumeOptions;
import dev.slipway.compose.Service;
import dev.slipway.compose.StackService;
import dev.slipway.compose.StackService.FileMount;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A service of a stack in the engine's terms.
 *
 * @param image as it is to be run, perhaps with its digest
 * @param configs what the swarm has, by names of the file
 * @param secrets what the swarm has, by names of the file
 * @param forced how often somebody has had its tasks replaced without a change
 */
record StackPlan(
    String stack,
    StackService part,
    String image,
    Map<String, StackFiles.Kept> configs,
    Map<String, StackFiles.Kept> secrets,
    int forced) {
  static final String STACK = "com.docker.stack.namespace";
  static final String IMAGE = "com.docker.stack.image";
  private static final String MANAGED = "permanu.managed";

  /** Of everything that a stack has. */
  static Map<String, String> labels(String stack) {
    return Map.of(STACK, stack, MANAGED, "true");
  }

  static boolean isOurs(Map<String, String> labels) {
    return "true".equals(labels.get(MANAGED));
  }

  static String name(String stack, String part) {
    return stack + "_" + part;
  }

  ServiceSpec spec() {
    var deployment = part.deployment();
    var labels = new LinkedHashMap<>(deployment.labels());
    labels.putAll(labels(stack));
    labels.put(IMAGE, String.valueOf(part.service().image()));
    var spec =
        new ServiceSpec()
            .withName(name(stack, part.service().name()))
            .withLabels(labels)
            .withMode(mode())
            .withTaskTemplate(task())
            .withEndpointSpec(endpoint());
    if (deployment.update() != null) {
      spec.withUpdateConfig(update(deployment.update()));
    }
    if (deployment.rollback() != null) {
      spec.withRollbackConfig(update(deployment.rollback()));
    }
    return spec;
  }

  private ServiceModeConfig mode() {
    var mode = new ServiceModeConfig();
    return part.deployment().global()
        ? mode.withGlobal(new ServiceGlobalModeOptions())
        : mode.withReplicated(
            new ServiceReplicatedModeOptions().withReplicas(part.deployment().replicas()));
  }

  private TaskSpec task() {
    var service = part.service();
    var deployment = part.deployment();
    var task =
        new TaskSpec()
            .withContainerSpec(container())
            .withForceUpdate(forced)
            .withNetworks(service.networks().stream().map(this::membership).toList())
            .withPlacement(placement(deployment))
            .withResources(
                new ResourceRequirements()
                    .withLimits(limits(service.limits()))
                    .withReservations(bounded(new ResourceSpecs(), deployment.setAside())))
            .withLogDriver(new Driver().withName("json-file").withOptions(ComposePlan.LOG_BOUNDS));
    return deployment.restart() == null
        ? task
        : task.withRestartPolicy(restart(deployment.restart()));
  }

  private NetworkAttachmentConfig membership(String network) {
    return new NetworkAttachmentConfig()
        .withTarget(name(stack, network))
        .withAliases(List.of(part.service().name()));
  }

  private static ServicePlacement placement(StackService.Deployment deployment) {
    var placement = new ServicePlacement().withConstraints(deployment.constraints());
    return deployment.mostPerNode() == 0
        ? placement
        : placement.withMaxReplicas(deployment.mostPerNode());
  }

  /** The client knows no bound of processes. */
  private static final class TaskLimits extends ResourceSpecs {
    private static final long serialVersionUID = 1L;

    @JsonProperty("Pids")
    private final long processes;

    TaskLimits(long processes) {
      this.processes = processes;
    }
  }

  /** Nor this; engines before 25 leave it out. */
  private static final class TaskPrivileges extends ContainerSpecPrivileges {
    private static final long serialVersionUID = 1L;

    @JsonProperty("NoNewPrivileges")
    private final boolean noNewPrivileges = true;
  }

  private static ResourceSpecs limits(Service.Limits limits) {
    var processes = limits.processes();
    return bounded(
        new TaskLimits(processes == null ? ComposePlan.MOST_PROCESSES : processes), limits);
  }

  private static ResourceSpecs bounded(ResourceSpecs resources, Service.Limits limits) {
    if (limits.memoryBytes() != null) {
      resources.withMemoryBytes(limits.memoryBytes());
    }
    if (limits.cpuCores() != null) {
      resources.withNanoCPUs(Math.round(limits.cpuCores() * 1e9));
    }
    return resources;
  }

  private ContainerSpec container() {
    var service = part.service();
    var process = service.process();
    var labels = new LinkedHashMap<>(service.labels());
    labels.putAll(labels(stack));
    var environment = new ArrayList<String>();
    process.environment().forEach((name, value) -> environment.add(name + "=" + value));
    var container =
        new ContainerSpec()
            .withImage(image)
            .withLabels(labels)
            .withCommand(process.entrypoint())
            .withArgs(process.command())
            .withEnv(environment)
            .withUser(process.user())
            .withDir(process.workingDir())
            .withInit(process.init())
            .withReadOnly(process.readOnly())
            .withStopSignal(process.stopSignal())
            .withStopGracePeriod(ComposePlan.nanos(process.stopGrace()))
            .withPrivileges(new TaskPrivileges())
            .withMounts(service.mounts().stream().map(this::mount).toList())
            .withConfigs(part.configs().stream().map(this::config).toList())
            .withSecrets(part.secrets().stream().map(this::secret).toList());
    var check = service.healthCheck();
    return check == null ? container : container.withHealthCheck(ComposePlan.health(check));
  }

  private Mount mount(Service.Mount mount) {
    return new Mount()
        .withType(MountType.VOLUME)
        .withSource(name(stack, mount.volume()))
        .withTarget(mount.target())
        .withReadOnly(mount.readOnly())
        .withVolumeOptions(new VolumeOptions().withLabels(labels(stack)));
  }

  private ContainerSpecConfig config(FileMount mount) {
    var kept = configs.get(mount.source());
    return new ContainerSpecConfig()
        .withConfigID(kept.id())
        .withConfigName(kept.name())
        .withFile(file(mount));
  }

  private ContainerSpecSecret secret(FileMount mount) {
    var kept = secrets.get(mount.source());
    return new ContainerSpecSecret()
        .withSecretId(kept.id())
        .withSecretName(kept.name())
        .withFile(file(mount));
  }

  private static ContainerSpecFile file(FileMount mount) {
    return new ContainerSpecFile()
        .withName(mount.target())
        .withUid(mount.user())
        .withGid(mount.group())
        .withMode((long) mount.mode());
  }

  private EndpointSpec endpoint() {
    return new EndpointSpec()
        .withMode(
            part.deployment().roundRobin()
                ? EndpointResolutionMode.DNSRR
                : EndpointResolutionMode.VIP)
        .withPorts(part.ports().stream().map(StackPlan::port).toList());
  }

  private static PortConfig port(StackService.Port port) {
    return new PortConfig()
        .withTargetPort(port.target())
        .withPublishedPort(port.published())
        .withProtocol(PortConfigProtocol.valueOf(port.protocol().toUpperCase(Locale.ROOT)))
        .withPublishMode(
            port.onHost() ? PortConfig.PublishMode.host : PortConfig.PublishMode.ingress);
  }

  private static UpdateConfig update(StackService.Update update) {
    var config = new UpdateConfig();
    config.withParallelism(update.parallelism() == null ? 1 : update.parallelism().longValue());
    config.withDelay(ComposePlan.nanos(update.delay()));
    config.withMonitor(ComposePlan.nanos(update.monitor()));
    if (update.failureAction() != null) {
      config.withFailureAction(
          UpdateFailureAction.valueOf(update.failureAction().toUpperCase(Locale.ROOT)));
    }
    if (update.mostFailed() != null) {
      config.withMaxFailureRatio(update.mostFailed().floatValue());
    }
    if (update.order() != null) {
      config.withOrder(
          UpdateOrder.valueOf(update.order().toUpperCase(Locale.ROOT).replace('-', '_')));
    }
    return config;
  }

  private static ServiceRestartPolicy restart(StackService.Restart restart) {
    var policy = new ServiceRestartPolicy();
    if (restart.condition() != null) {
      policy.withCondition(
          ServiceRestartCondition.valueOf(
              restart.condition().toUpperCase(Locale.ROOT).replace('-', '_')));
    }
    policy.withDelay(ComposePlan.nanos(restart.delay()));
    policy.withMaxAttempts(restart.attempts() == null ? null : restart.attempts().longValue());
    policy.withWindow(ComposePlan.nanos(restart.window()));
    return policy;
  }
}
