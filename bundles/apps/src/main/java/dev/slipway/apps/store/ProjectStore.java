package dev.slipway.apps.store;

import dev.slipway.api.Page;
import dev.slipway.api.PageRequest;
import dev.slipway.apps.Project;
import dev.slipway.data.Database;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The projects of the current scope. */
public final class ProjectStore {
  private final ProjectMapper projects;

  public ProjectStore(Database database) {
    projects = database.mapper(ProjectMapper.class);
  }

  public Optional<Project> find(UUID id) {
    return Optional.ofNullable(projects.find(id));
  }

  /** The project, which nobody else can change until the unit of work ends. */
  public Optional<Project> lock(UUID id) {
    // Two statements: what has an aggregate can not be locked, and only the second sees what the
    // first waited for.
    return projects.lock(id) == null ? Optional.empty() : find(id);
  }

  public Page<Project> list(@Nullable String text, PageRequest page) {
    var search = Search.pattern(text);
    return new Page<>(projects.list(search, page.limit(), page.offset()), projects.count(search));
  }

  public Project insert(Project project) {
    projects.insert(project);
    return project;
  }

  /** Writes a project that was locked in this unit of work, and returns it with its new version. */
  public Project update(Project project) {
    if (projects.update(project) != 1) {
      throw new IllegalStateException(
          "project " + project.id() + " was written without being locked");
    }
    return projects.find(project.id());
  }

  /** Removes a project and its variables; apps must have been unlinked. */
  public void delete(UUID id) {
    projects.delete(id);
  }

  public Slugs slugs() {
    return projects;
  }
}
