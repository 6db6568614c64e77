package dev.slipway.apps.resource.project;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.slipway.api.Page;
import dev.slipway.api.Patch;
import dev.slipway.api.rest.Versioned;
import dev.slipway.apps.Project;
import dev.slipway.apps.service.project.ProjectDraft;
import dev.slipway.apps.service.project.ProjectPatch;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Projects as clients see them. */
public final class ProjectPayloads {
  private ProjectPayloads() {}

  public record Create(
      @NotBlank @Size(max = 120) String name,
      @Size(max = 63) @Nullable String slug,
      @Size(max = 2000) @Nullable String description) {

    ProjectDraft toDraft() {
      return new ProjectDraft(name, slug, description);
    }
  }

  public record Change(
      Patch<@Size(max = 120) String> name,
      Patch<@Size(max = 63) String> slug,
      Patch<@Size(max = 2000) String> description) {

    ProjectPatch toPatch() {
      return new ProjectPatch(name, slug, description);
    }
  }

  /** No feature keeps services in projects yet, so that there are none to count. */
  public record View(
      UUID id,
      UUID tenantId,
      String name,
      String slug,
      @Nullable String description,
      int appCount,
      int serviceCount,
      @Nullable UUID createdBy,
      Instant createdAt,
      Instant updatedAt) {

    public static View of(Project project) {
      return new View(
          project.id(),
          project.tenantId(),
          project.name(),
          project.slug(),
          project.description(),
          project.appCount(),
          0,
          project.createdBy(),
          project.createdAt(),
          project.updatedAt());
    }
  }

  public record ProjectAnswer(View project, @JsonIgnore long etag) implements Versioned {
    static ProjectAnswer of(Project project) {
      return new ProjectAnswer(View.of(project), project.etag());
    }
  }

  public record ProjectsAnswer(List<View> projects, long total) {
    static ProjectsAnswer of(Page<Project> page) {
      return new ProjectsAnswer(page.map(View::of).items(), page.total());
    }
  }
}
