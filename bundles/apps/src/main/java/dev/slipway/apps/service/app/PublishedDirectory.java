package dev.slipway.apps.service.app;

import dev.slipway.api.Page;
import dev.slipway.api.PageRequest;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.security.Secrets;
import dev.slipway.apps.App;
import dev.slipway.apps.AppDirectory;
import dev.slipway.apps.AppStatus;
import dev.slipway.apps.RotationRule;
import dev.slipway.apps.service.variable.ResolvedVariable;
import dev.slipway.apps.service.variable.VariableLayers;
import dev.slipway.apps.store.AppStore;
import dev.slipway.apps.store.RotationStore;
import dev.slipway.data.Database;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What features that show apps see of them. */
@Component(service = AppDirectory.class)
public final class PublishedDirectory implements AppDirectory {
  private final Database database;
  private final AppStore apps;
  private final VariableLayers layers;
  private final RotationStore rules;

  /** Made by the component runtime. */
  @Activate
  public PublishedDirectory(@Reference Database database, @Reference Secrets secrets) {
    this.database = database;
    apps = new AppStore(database);
    layers = new VariableLayers(database, secrets);
    rules = new RotationStore(database);
  }

  @Override
  public Page<App> list(
      Scope scope, @Nullable AppStatus status, @Nullable String search, PageRequest page) {
    var filter = new AppStore.Filter(null, null, status, search);
    return database.read(scope, () -> apps.list(filter, page));
  }

  @Override
  public List<VariableName> variables(Scope scope, UUID appId) {
    return database.read(scope, () -> apps.find(appId).map(this::variables).orElse(List.of()));
  }

  private List<VariableName> variables(App app) {
    var now = Times.now();
    var status =
        rules.ofApp(app).stream()
            .collect(Collectors.toMap(RotationRule::id, rule -> rule.status(now)));
    return layers.inherited(app).stream()
        .map(ResolvedVariable::variable)
        .map(
            variable ->
                new VariableName(
                    variable.key(),
                    variable.isSecret(),
                    variable.owner().scope(),
                    status.get(variable.id())))
        .toList();
  }
}
