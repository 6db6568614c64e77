package dev.slipway.apps.service.project;

import dev.slipway.api.Caller;
import dev.slipway.api.Ids;
import dev.slipway.api.Page;
import dev.slipway.api.PageRequest;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.event.Events;
import dev.slipway.api.rest.IfMatch;
import dev.slipway.apps.AppsError;
import dev.slipway.apps.AppsEvent;
import dev.slipway.apps.Project;
import dev.slipway.apps.service.SlugRule;
import dev.slipway.apps.store.AppStore;
import dev.slipway.apps.store.ProjectStore;
import dev.slipway.data.ConstraintViolation;
import dev.slipway.data.Database;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Projects for their users. */
@Component(service = ProjectService.class)
public final class ProjectService {
  private final Database database;
  private final Events events;
  private final ProjectStore projects;
  private final AppStore apps;

  /** Made by the component runtime. */
  @Activate
  public ProjectService(@Reference Database database, @Reference Events events) {
    this.database = database;
    this.events = events;
    projects = new ProjectStore(database);
    apps = new AppStore(database);
  }

  /** Adds a project; without a slug it gets one derived from its name. */
  public Project create(Caller caller, ProjectDraft draft) {
    draft.check();
    return database.write(
        Scope.of(caller),
        () -> {
          var tenantId = caller.tenantId();
          var slug =
              SlugRule.choose(projects.slugs(), tenantId, draft.slug(), draft.name(), "project");
          var now = Times.now();
          var project =
              new Project(
                  Ids.next(),
                  1,
                  tenantId,
                  draft.name(),
                  slug,
                  draft.description(),
                  0,
                  caller.userId(),
                  now,
                  now);
          unique(() -> projects.insert(project));
          events.publish(
              new AppsEvent.ProjectCreated(tenantId, project.id(), project.name(), slug));
          return project;
        });
  }

  /** The projects whose name or slug contains the text, in order of id. */
  public Page<Project> list(Caller caller, @Nullable String search, PageRequest page) {
    return database.read(Scope.of(caller), () -> projects.list(search, page));
  }

  /** One project. */
  public Project get(Caller caller, UUID id) {
    return database.read(
        Scope.of(caller), () -> projects.find(id).orElseThrow(AppsError.PROJECT_NOT_FOUND::of));
  }

  /** Edits a project. */
  public Project update(Caller caller, UUID id, IfMatch ifMatch, ProjectPatch change) {
    return database.write(
        Scope.of(caller),
        () -> {
          var project = projects.lock(id).orElseThrow(AppsError.PROJECT_NOT_FOUND::of);
          ifMatch.check("project", project.etag());
          var before = ProjectDraft.of(project);
          var draft = change.over(before);
          draft.check();
          return draft.equals(before) ? project : store(draft, project);
        });
  }

  /** Removes a project and its variables; its apps stay. */
  public void delete(Caller caller, UUID id, IfMatch ifMatch) {
    database.run(
        Scope.of(caller),
        () -> {
          var project = projects.lock(id).orElseThrow(AppsError.PROJECT_NOT_FOUND::of);
          ifMatch.check("project", project.etag());
          var unlinked = apps.unlink(id, Times.now());
          projects.delete(id);
          events.publish(
              new AppsEvent.ProjectDeleted(
                  project.tenantId(), id, project.name(), project.slug(), unlinked));
        });
  }

  private Project store(ProjectDraft draft, Project project) {
    var updated = unique(() -> projects.update(draft.onto(project, Times.now())));
    events.publish(
        new AppsEvent.ProjectUpdated(
            updated.tenantId(), updated.id(), updated.name(), updated.slug()));
    return updated;
  }

  private static Project unique(Supplier<Project> write) {
    try {
      return write.get();
    } catch (ConstraintViolation violation) {
      throw violation.constraint().equals("apps_project_slug")
          ? AppsError.PROJECT_SLUG_TAKEN.at("slug")
          : violation;
    }
  }
}
