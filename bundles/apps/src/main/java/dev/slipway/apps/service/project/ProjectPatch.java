package dev.slipway.apps.service.project;

import dev.slipway.api.Patch;
import java.util.Objects;

/** An edit of a project. */
public record ProjectPatch(Patch<String> name, Patch<String> slug, Patch<String> description) {
  ProjectDraft over(ProjectDraft current) {
    return new ProjectDraft(
        name.orKeep("name", current.name()),
        slug.orKeep("slug", Objects.requireNonNull(current.slug())),
        description.or(current.description()));
  }
}
