package dev.slipway.apps.service.environment;

import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.event.Events;
import dev.slipway.apps.App;
import dev.slipway.apps.AppStatus;
import dev.slipway.apps.AppsError;
import dev.slipway.apps.AppsEvent;
import dev.slipway.apps.Environment;
import dev.slipway.apps.PreviewEnvironments;
import dev.slipway.apps.Stage;
import dev.slipway.apps.VolumeFate;
import dev.slipway.apps.service.SlugRule;
import dev.slipway.apps.store.AppStore;
import dev.slipway.apps.store.EnvironmentStore;
import dev.slipway.data.Database;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Makes and removes the environments of previews; as for others, the app is locked first. */
@Component(service = PreviewEnvironments.class)
public final class PublishedPreviews implements PreviewEnvironments {
  private final Database database;
  private final Events events;
  private final AppStore apps;
  private final EnvironmentStore environments;

  /** Made by the component runtime. */
  @Activate
  public PublishedPreviews(@Reference Database database, @Reference Events events) {
    this.database = database;
    this.events = events;
    apps = new AppStore(database);
    environments = new EnvironmentStore(database);
  }

  @Override
  public Environment add(Scope scope, UUID appId, String name, String branch, boolean isProtected) {
    return database.write(
        scope,
        () -> {
          var app = apps.lock(appId).orElseThrow(AppsError.APP_NOT_FOUND::of);
          if (app.status() == AppStatus.DELETING) {
            throw AppsError.APP_DELETING.of();
          }
          return insert(app, name, branch, isProtected);
        });
  }

  private Environment insert(App app, String name, String branch, boolean isProtected) {
    var siblings = environments.ofApp(app.id());
    if (siblings.size() >= EnvironmentService.MAX_ENVIRONMENTS) {
      throw AppsError.TOO_MANY_ENVIRONMENTS.of(EnvironmentService.MAX_ENVIRONMENTS);
    }
    var taken =
        siblings.stream()
            .map(sibling -> sibling.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    var free =
        Stream.concat(
                Stream.of(name),
                IntStream.rangeClosed(2, siblings.size() + 2)
                    .mapToObj(number -> name + " (" + number + ")"))
            .filter(candidate -> !taken.contains(candidate.toLowerCase(Locale.ROOT)))
            .findFirst()
            .orElseThrow();
    var slug = SlugRule.choose(environments.slugs(), app.id(), null, free, "preview");
    var draft = new EnvironmentDraft(free, Stage.PREVIEW, branch, null, false, null, isProtected);
    var made = environments.insert(draft.fresh(app, slug, Times.now()));
    events.publish(
        new AppsEvent.EnvironmentCreated(
            made.tenantId(), app.id(), made.id(), free, slug, made.stage(), null));
    return made;
  }

  @Override
  public boolean remove(Scope scope, UUID environmentId) {
    return database.write(
        scope,
        () ->
            environments
                .find(environmentId)
                .filter(found -> apps.lock(found.appId()).isPresent())
                .flatMap(found -> environments.lock(environmentId))
                .filter(found -> found.stage() == Stage.PREVIEW)
                .map(this::delete)
                .orElse(false));
  }

  private boolean delete(Environment environment) {
    environments.delete(environment.id(), Times.now());
    // Nobody expects a preview's data to outlive it.
    events.publish(EnvironmentService.deleted(environment, VolumeFate.PURGE, null));
    return true;
  }
}
