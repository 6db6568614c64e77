package dev.slipway.apps.service.runtime;

import dev.slipway.api.Caller;
import dev.slipway.api.Ids;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.event.Events;
import dev.slipway.api.rest.IfMatch;
import dev.slipway.api.security.Secrets;
import dev.slipway.apps.AppsError;
import dev.slipway.apps.AppsEvent;
import dev.slipway.apps.Registries;
import dev.slipway.apps.RegistryCredential;
import dev.slipway.apps.RegistryLogin;
import dev.slipway.apps.service.Faults;
import dev.slipway.apps.service.Text;
import dev.slipway.apps.store.RegistryCredentialStore;
import dev.slipway.data.ConstraintViolation;
import dev.slipway.data.Database;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Credentials of registries: written by admins, read by nobody, handed to agents when needed. */
@Component(service = {RegistryCredentialService.class, Registries.class})
public final class RegistryCredentialService implements Registries {
  private static final int MAX_CREDENTIALS = 50;
  private static final int LONGEST_USERNAME = 255;
  private static final int LONGEST_PASSWORD = 8192;

  /** Shorter ones could not be masked without making every text unreadable. */
  private static final int SHORTEST_PASSWORD = 8;

  private final Database database;
  private final Events events;
  private final Secrets secrets;
  private final RegistryCredentialStore credentials;

  /** Made by the component runtime. */
  @Activate
  public RegistryCredentialService(
      @Reference Database database, @Reference Events events, @Reference Secrets secrets) {
    this.database = database;
    this.events = events;
    this.secrets = secrets;
    credentials = new RegistryCredentialStore(database);
  }

  /** Adds credentials for a registry. */
  public RegistryCredential create(Caller caller, String host, String username, String password) {
    var name = RegistryHostRule.canonical(host);
    checked(username, password).add("host", RegistryHostRule.fault(name)).raise();
    return database.write(
        Scope.of(caller),
        () -> {
          if (credentials.all().size() >= MAX_CREDENTIALS) {
            throw AppsError.TOO_MANY_CREDENTIALS.of(MAX_CREDENTIALS);
          }
          var id = Ids.next();
          var sealed = seal(caller.tenantId(), id, username, password);
          var now = Times.now();
          var made =
              new RegistryCredential(
                  id,
                  1,
                  caller.tenantId(),
                  name,
                  username,
                  sealed,
                  caller.userId(),
                  now,
                  now,
                  null);
          insert(made);
          events.publish(
              new AppsEvent.RegistryCredentialCreated(made.tenantId(), id, name, username));
          return made;
        });
  }

  private void insert(RegistryCredential made) {
    try {
      credentials.insert(made);
    } catch (ConstraintViolation violation) {
      throw violation.constraint().equals("apps_registry_credential_host")
          ? AppsError.CREDENTIAL_TAKEN.at("host")
          : violation;
    }
  }

  /** The credentials of the tenant in order of host. */
  public List<RegistryCredential> list(Caller caller) {
    return database.read(Scope.of(caller), credentials::all);
  }

  /** The host of an image's registry, where there are credentials of it; else none. */
  public List<String> credentialsFor(Caller caller, String image) {
    var host = RegistryHostRule.of(image);
    return knows(caller, host) ? List.of(host) : List.of();
  }

  /** Whether there are credentials of a registry. */
  public boolean knows(Caller caller, String host) {
    var name = RegistryHostRule.canonical(host);
    return list(caller).stream().anyMatch(found -> found.host().equals(name));
  }

  /** Replaces user and password. */
  public RegistryCredential update(
      Caller caller, UUID id, IfMatch ifMatch, String username, String password) {
    checked(username, password).raise();
    return database.write(
        Scope.of(caller),
        () -> {
          var current = locked(id);
          ifMatch.check("credential", current.version());
          var sealed = seal(current.tenantId(), id, username, password);
          var stored = credentials.update(current.by(username, sealed, Times.now()));
          events.publish(
              new AppsEvent.RegistryCredentialUpdated(
                  stored.tenantId(), id, stored.host(), username));
          return stored;
        });
  }

  /** Removes credentials; what runs goes on to run. */
  public void delete(Caller caller, UUID id) {
    database.run(
        Scope.of(caller),
        () -> {
          var current = locked(id);
          credentials.delete(id);
          events.publish(
              new AppsEvent.RegistryCredentialDeleted(current.tenantId(), id, current.host()));
        });
  }

  @Override
  public List<RegistryLogin> forImage(Scope scope, String image, UUID appId, UUID deploymentId) {
    var registry = RegistryHostRule.of(image);
    return handOver(scope, found -> found.host().equals(registry), appId, deploymentId);
  }

  @Override
  public List<RegistryLogin> forBuild(Scope scope, UUID appId, UUID deploymentId) {
    return handOver(scope, found -> true, appId, deploymentId);
  }

  private List<RegistryLogin> handOver(
      Scope scope, Predicate<RegistryCredential> wanted, UUID appId, UUID deploymentId) {
    return database.write(
        scope,
        () ->
            credentials.all().stream()
                .filter(wanted)
                .map(found -> handOver(found, appId, deploymentId))
                .toList());
  }

  private RegistryLogin handOver(RegistryCredential found, UUID appId, UUID deploymentId) {
    credentials.used(found.id(), Times.now());
    events.publish(
        new AppsEvent.RegistryCredentialHandedOver(
            found.tenantId(), found.id(), found.host(), appId, deploymentId));
    var place = RegistryCredential.place(found.id());
    var password = secrets.open(found.tenantId(), place, found.password());
    protect(found.username(), password);
    return new RegistryLogin(found.host(), found.username(), password);
  }

  private RegistryCredential locked(UUID id) {
    return credentials.lock(id).orElseThrow(AppsError.CREDENTIAL_NOT_FOUND::of);
  }

  private String seal(UUID tenantId, UUID id, String username, String password) {
    protect(username, password);
    return secrets.seal(tenantId, RegistryCredential.place(id), password);
  }

  /** The pair too: basic authentication sends it as one text in base64. */
  private void protect(String username, String password) {
    secrets.protect(username + ":" + password);
    secrets.protect(password);
  }

  private static Faults checked(String username, String password) {
    return new Faults()
        .add("username", usernameFault(username))
        .add("password", passwordFault(password));
  }

  private static @Nullable String usernameFault(String username) {
    return username.indexOf(':') >= 0
        ? "must not contain a colon"
        : Text.name(username, LONGEST_USERNAME);
  }

  /** Some registries take a key file as password, of many lines. */
  private static @Nullable String passwordFault(String password) {
    return password.length() < SHORTEST_PASSWORD
        ? "must have at least " + SHORTEST_PASSWORD + " characters"
        : Text.block(password, LONGEST_PASSWORD);
  }
}
