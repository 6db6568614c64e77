package dev.slipway.apps.service.project;

import dev.slipway.apps.Project;
import dev.slipway.apps.service.Faults;
import dev.slipway.apps.service.SlugRule;
import dev.slipway.apps.service.Text;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All of a project that its users may edit.
 *
 * @param slug null to have it derived from the name; only for a new project
 */
public record ProjectDraft(String name, @Nullable String slug, @Nullable String description) {
  private static final int MAX_NAME = 120;
  private static final int MAX_DESCRIPTION = 2000;

  public ProjectDraft {
    name = name.strip();
    description = Text.orNull(description);
  }

  static ProjectDraft of(Project project) {
    return new ProjectDraft(project.name(), project.slug(), project.description());
  }

  Project onto(Project project, Instant now) {
    return new Project(
        project.id(),
        project.version(),
        project.tenantId(),
        name,
        Objects.requireNonNull(slug),
        description,
        project.appCount(),
        project.createdBy(),
        project.createdAt(),
        now);
  }

  /** Refuses with 400 where something is wrong with it. */
  void check() {
    new Faults()
        .add("name", Text.name(name, MAX_NAME))
        .add("slug", slug == null ? null : SlugRule.fault(slug))
        .add("description", description == null ? null : Text.block(description, MAX_DESCRIPTION))
        .raise();
  }
}
