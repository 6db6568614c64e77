package dev.slipway.apps.service.environment;

import dev.slipway.api.Ids;
import dev.slipway.apps.App;
import dev.slipway.apps.Environment;
import dev.slipway.apps.EnvironmentStatus;
import dev.slipway.apps.Stage;
import dev.slipway.apps.service.Faults;
import dev.slipway.apps.service.Text;
import dev.slipway.apps.service.app.BranchRule;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** All of an environment that its users may edit, apart from its host name. */
public record EnvironmentDraft(
    String name,
    Stage stage,
    @Nullable String branch,
    @Nullable UUID serverId,
    boolean autoDeploy,
    @Nullable UUID promotesFromId,
    boolean isProtected) {

  private static final int MAX_NAME = 40;

  public EnvironmentDraft {
    name = name.strip();
    branch = Text.orNull(branch);
  }

  static EnvironmentDraft of(Environment environment) {
    return new EnvironmentDraft(
        environment.name(),
        environment.stage(),
        environment.branch(),
        environment.serverId(),
        environment.autoDeploy(),
        environment.promotesFromId(),
        environment.isProtected());
  }

  /** Notes what is wrong with it. */
  Faults checkedBy(Faults faults) {
    return faults
        .add("name", Text.name(name, MAX_NAME))
        .add("branch", branch == null ? null : BranchRule.fault(branch));
  }

  Environment fresh(App app, String slug, Instant now) {
    return new Environment(
        Ids.next(),
        1,
        app.tenantId(),
        app.id(),
        name,
        slug,
        stage,
        branch,
        serverId,
        null,
        null,
        null,
        autoDeploy,
        isProtected,
        promotesFromId,
        null,
        EnvironmentStatus.IDLE,
        now,
        now);
  }

  Environment onto(Environment environment, Instant now) {
    return new Environment(
        environment.id(),
        environment.version(),
        environment.tenantId(),
        environment.appId(),
        name,
        environment.slug(),
        stage,
        branch,
        serverId,
        environment.hostname(),
        environment.domainId(),
        environment.hostnameAt(),
        autoDeploy,
        isProtected,
        promotesFromId,
        environment.currentDeploymentId(),
        environment.status(),
        environment.createdAt(),
        now);
  }
}
