package dev.slipway.deployments.service;

import dev.slipway.api.Scope;
import dev.slipway.api.platform.Json;
import dev.slipway.api.security.Secrets;
import dev.slipway.apps.RunVariables;
import dev.slipway.apps.SecretLeases;
import dev.slipway.apps.Stage;
import dev.slipway.data.Database;
import dev.slipway.deployments.store.DeploymentRow;
import dev.slipway.deployments.store.preview.PreviewStore;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The variables that a run and a build get. */
@Component(service = Variables.class)
public final class Variables {
  // Nobody marks what is typed for one deployment alone, so the key has to tell.
  private static final Pattern SECRET_KEY =
      Pattern.compile(".*(SECRET|TOKEN|PASS|PWD|KEY|CREDENTIAL|PRIVATE|DSN|AUTH).*");

  private final Database database;
  private final PreviewStore previews;
  private final Places places;
  private final SecretLeases leases;
  private final Secrets secrets;
  private final Json json;

  @Activate
  public Variables(
      @Reference Database database,
      @Reference Places places,
      @Reference SecretLeases leases,
      @Reference Secrets secrets,
      @Reference Json json) {
    this.database = database;
    previews = new PreviewStore(database);
    this.places = places;
    this.leases = leases;
    this.secrets = secrets;
    this.json = json;
  }

  /**
   * Variables in clear, to be handed to an agent and not kept.
   *
   * @param run those of the run
   * @param build those of the build, without secrets: a build leaves what it sees in its image
   */
  public record Clear(Map<String, String> run, Map<String, String> build) {
    /** The keys alone. */
    @Override
    public String toString() {
      return "Clear" + run.keySet();
    }
  }

  public Clear of(Scope scope, DeploymentRow row) {
    var environment = layers(scope, row);
    var run = new LinkedHashMap<>(environment.values());
    var build = new LinkedHashMap<>(environment.build());
    overrides(row)
        .forEach(
            (key, value) -> {
              run.put(key, value);
              if (environment.secrets().contains(key) || looksSecret(key)) {
                secrets.protect(value);
                build.remove(key);
              } else {
                build.put(key, value);
              }
            });
    // Where the app listens is settled between agent and app.
    run.remove("PORT");
    build.remove("PORT");
    return new Clear(run, build);
  }

  /** Those of the run, for the agent that starts it; that it has the secrets is noted. */
  public Map<String, String> handOver(Scope scope, DeploymentRow row) {
    if (mayHaveSecrets(scope, row.environmentId())) {
      leases.take(
          scope,
          new SecretLeases.Holder(row.tenantId(), row.appId(), row.environmentId(), row.id()));
    }
    return of(scope, row).run();
  }

  /** Refuses what would run with a value that was revoked. */
  public void requireFresh(Scope scope, UUID appId, @Nullable UUID environment) {
    if (mayHaveSecrets(scope, environment)) {
      leases.requireFresh(scope, appId, environment);
    }
  }

  private RunVariables layers(Scope scope, DeploymentRow row) {
    var environment = row.environmentId();
    if (environment == null) {
      return places.apps().environment(scope, row.appId(), Stage.PRODUCTION);
    }
    var layers = places.environments().variables(scope, environment);
    return mayHaveSecrets(scope, environment) ? layers : withoutSecrets(layers);
  }

  private boolean mayHaveSecrets(Scope scope, @Nullable UUID environment) {
    return database.read(scope, () -> previews.mayHaveSecrets(environment));
  }

  /** What may be given to code that nobody here has read. */
  private static RunVariables withoutSecrets(RunVariables layers) {
    var values = new LinkedHashMap<>(layers.values());
    values.keySet().removeAll(layers.secrets());
    return new RunVariables(values, Set.of(), layers.build());
  }

  /** Seals the variables of a deployment that is about to be stored. */
  public String seal(UUID tenantId, UUID deploymentId, Map<String, String> overrides) {
    overrides.entrySet().stream()
        .filter(entry -> looksSecret(entry.getKey()))
        .forEach(entry -> secrets.protect(entry.getValue()));
    return secrets.seal(
        tenantId, DeploymentRow.overridesPlace(deploymentId), json.write(overrides));
  }

  /** Hashes of what a run gets, sealed: enough to tell later what has changed, and no more. */
  public String fingerprint(Scope scope, DeploymentRow row) {
    var hashes = new TreeMap<String, String>();
    of(scope, row).run().forEach((key, value) -> hashes.put(key, Tokens.hash(value)));
    return secrets.seal(row.tenantId(), DeploymentRow.variablesPlace(row.id()), json.write(hashes));
  }

  /** The hashes of {@link #fingerprint} by key; none where the deployment never started. */
  public Map<String, String> hashes(DeploymentRow row) {
    var sealed = row.variables();
    return sealed == null
        ? Map.of()
        : json.read(
            secrets.open(row.tenantId(), DeploymentRow.variablesPlace(row.id()), sealed),
            Overrides.class);
  }

  /** The variables of one deployment alone, in clear. */
  public Map<String, String> overrides(DeploymentRow row) {
    var sealed = row.overrides();
    if (sealed == null) {
      return Map.of();
    }
    var place = DeploymentRow.overridesPlace(row.id());
    return json.read(secrets.open(row.tenantId(), place, sealed), Overrides.class);
  }

  /** Keys are the client's own and stay as they are. */
  private static final class Overrides extends LinkedHashMap<String, String> {}

  private static boolean looksSecret(String key) {
    return SECRET_KEY.matcher(key.toUpperCase(Locale.ROOT)).matches();
  }
}
