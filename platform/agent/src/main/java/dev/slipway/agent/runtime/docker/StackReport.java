package dev.slipway.agent.runtime.docker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.model.PortConfig;
import com.github.dockerjava.api.model.Service;
import com.github.dockerjava.api.model.Task;
import com.github.dockerjava.api.model.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What runs of a stack, in the words of {@code docker stack}: each line is an object of JSON. */
final class StackReport {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int OF_ID = 12;

  private final List<Service> services;
  private final List<Task> tasks;
  private final Map<String, String> nodes;
  private final Instant now;

  /**
   * @param nodes host names by ids
   */
  StackReport(List<Service> services, List<Task> tasks, Map<String, String> nodes, Instant now) {
    this.services = services;
    this.tasks = tasks;
    this.nodes = nodes;
    this.now = now;
  }

  Map<String, Object> of(String stack) {
    var report = new LinkedHashMap<String, Object>();
    report.put("stack", stack);
    report.put("services", services.stream().map(this::service).collect(Collectors.joining("\n")));
    report.put("tasks", tasks());
    return report;
  }

  private String service(Service service) {
    var row = new LinkedHashMap<String, String>();
    var spec = service.getSpec();
    boolean replicated = spec.getMode().getReplicated() != null;
    row.put("ID", shortened(service.getId()));
    row.put("Image", plain(spec.getTaskTemplate().getContainerSpec().getImage()));
    row.put("Mode", replicated ? "replicated" : "global");
    row.put("Name", spec.getName());
    row.put("Ports", ports(service));
    row.put("Replicas", replicas(service));
    return line(row);
  }

  private String replicas(Service service) {
    var own = tasks.stream().filter(task -> service.getId().equals(task.getServiceId())).toList();
    var running =
        own.stream().filter(task -> task.getStatus().getState() == TaskState.RUNNING).count();
    var replicated = service.getSpec().getMode().getReplicated();
    var wanted =
        replicated == null
            ? own.stream().filter(task -> task.getDesiredState() == TaskState.RUNNING).count()
            : replicated.getReplicas();
    var placement = service.getSpec().getTaskTemplate().getPlacement();
    var most = placement == null ? null : placement.getMaxReplicas();
    return running
        + "/"
        + wanted
        + (most == null || most == 0 ? "" : " (max " + most + " per node)");
  }

  private static String ports(Service service) {
    var endpoint = service.getEndpoint();
    var ports = endpoint == null ? null : endpoint.getPorts();
    return ports == null
        ? ""
        : Arrays.stream(ports)
            .filter(port -> port.getPublishMode() == PortConfig.PublishMode.ingress)
            .map(
                port ->
                    "*:"
                        + port.getPublishedPort()
                        + "->"
                        + port.getTargetPort()
                        + "/"
                        + port.getProtocol().name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
  }

  /** Those of one place together, the latest first. */
  private String tasks() {
    var names =
        services.stream()
            .collect(Collectors.toMap(Service::getId, service -> service.getSpec().getName()));
    return tasks.stream()
        .sorted(
            Comparator.comparing((Task task) -> names.getOrDefault(task.getServiceId(), ""))
                .thenComparing(task -> Objects.requireNonNullElse(task.getSlot(), 0))
                .thenComparing(task -> text(task.getNodeId()))
                .thenComparing(Comparator.comparing(Task::getCreatedAt).reversed()))
        .map(task -> task(task, names.getOrDefault(task.getServiceId(), task.getServiceId())))
        .collect(Collectors.joining("\n"));
  }

  private String task(Task task, String service) {
    var place = task.getSlot() == null ? text(task.getNodeId()) : task.getSlot().toString();
    var status = task.getStatus();
    var row = new LinkedHashMap<String, String>();
    row.put(
        "CurrentState",
        word(status.getState())
            + " "
            + span(Duration.between(Instant.parse(status.getTimestamp()), now))
            + " ago");
    row.put("DesiredState", word(task.getDesiredState()));
    row.put("Error", text(status.getErr()).isEmpty() ? "" : "\"" + status.getErr() + "\"");
    row.put("ID", shortened(task.getId()));
    row.put("Image", plain(task.getSpec().getContainerSpec().getImage()));
    row.put("Name", service + "." + place);
    row.put("Node", nodes.getOrDefault(text(task.getNodeId()), text(task.getNodeId())));
    row.put("Ports", hostPorts(task));
    return line(row);
  }

  /** The client has no words for them. */
  private static String hostPorts(Task task) {
    var ports =
        JSON.<JsonNode>valueToTree(task.getRawValues().get("Status"))
            .path("PortStatus")
            .path("Ports");
    return ports
        .valueStream()
        .map(
            port ->
                "*:"
                    + port.path("PublishedPort").asInt()
                    + "->"
                    + port.path("TargetPort").asInt()
                    + "/"
                    + port.path("Protocol").asText())
        .distinct()
        .collect(Collectors.joining(","));
  }

  private static String line(Map<String, String> row) {
    try {
      return JSON.writeValueAsString(row);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts can always be written", e);
    }
  }

  private static String shortened(String id) {
    return id.substring(0, Math.min(id.length(), OF_ID));
  }

  /** Without the digest behind the name. */
  private static String plain(String image) {
    int digest = image.indexOf("@sha256:");
    return digest < 0 ? image : image.substring(0, digest);
  }

  private static String word(TaskState state) {
    var word = state.name().toLowerCase(Locale.ROOT);
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  private static String text(@Nullable String text) {
    return Objects.requireNonNullElse(text, "");
  }

  static String span(Duration time) {
    long seconds = time.toSeconds();
    long minutes = time.toMinutes();
    long hours = Math.round(minutes / 60.0);
    if (seconds < 1) {
      return "Less than a second";
    } else if (seconds == 1) {
      return "1 second";
    } else if (seconds < 60) {
      return seconds + " seconds";
    } else if (minutes == 1) {
      return "About a minute";
    } else if (minutes < 60) {
      return minutes + " minutes";
    } else if (hours == 1) {
      return "About an hour";
    } else if (hours < 48) {
      return hours + " hours";
    } else if (hours < 24 * 7 * 2) {
      return hours / 24 + " days";
    } else if (hours < 24 * 30 * 2) {
      return hours / 24 / 7 + " weeks";
    } else if (hours < 24 * 365 * 2) {
      return hours / 24 / 30 + " months";
    }
    return hours / 24 / 365 + " years";
  }
}
