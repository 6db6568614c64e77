package dev.slipway.apps.resource.project;

import dev.slipway.apps.App;
import dev.slipway.apps.service.project.ProjectMembers.Output;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is in a project, as clients see it. */
public final class ProjectMemberPayloads {
  private ProjectMemberPayloads() {}

  public record LinkApp(@NotNull UUID appId) {}

  public record LinkService(@NotNull UUID serviceId) {}

  /** A service; no feature brings any yet. */
  public record ServiceAnswer(Map<String, Object> service) {}

  /** Services; no feature brings any yet. */
  public record ServicesAnswer(List<Map<String, Object>> services) {}

  public record Member(String kind, UUID id, String name) {
    static Member of(App app) {
      return new Member("app", app.id(), app.name());
    }
  }

  /** An edge between a service and an app. */
  public record Connection(
      UUID id, Member source, Member target, String kind, List<String> envKeys) {}

  public record ConnectionsAnswer(List<Connection> connections) {}

  public record OutputView(
      String key,
      String value,
      boolean isSensitive,
      String kind,
      Member source,
      @Nullable UUID environmentId) {

    static OutputView of(Output output) {
      return new OutputView(
          output.key(),
          output.value(),
          false,
          output.kind(),
          Member.of(output.app()),
          output.environmentId());
    }
  }

  public record OutputsAnswer(List<OutputView> outputs) {
    static OutputsAnswer of(List<Output> outputs) {
      return new OutputsAnswer(outputs.stream().map(OutputView::of).toList());
    }
  }
}
