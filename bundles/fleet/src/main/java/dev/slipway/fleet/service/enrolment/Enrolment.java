package dev.slipway.fleet.service.enrolment;

import dev.slipway.api.Caller;
import dev.slipway.api.Ids;
import dev.slipway.api.Scope;
import dev.slipway.api.event.Events;
import dev.slipway.api.event.Signals;
import dev.slipway.data.ConstraintViolation;
import dev.slipway.data.Database;
import dev.slipway.fleet.FleetError;
import dev.slipway.fleet.FleetEvent;
import dev.slipway.fleet.ServerStatus;
import dev.slipway.fleet.service.LabelRule;
import dev.slipway.fleet.service.Secret;
import dev.slipway.fleet.service.Topics;
import dev.slipway.fleet.store.agent.CredentialStore;
import dev.slipway.fleet.store.removal.OrphanStore;
import dev.slipway.fleet.store.server.ServerRow;
import dev.slipway.fleet.store.server.ServerRow.Machine;
import dev.slipway.fleet.store.server.ServerStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Brings machines into a tenant. The same machine stays the same server, however often it is
 * installed.
 */
@Component(service = Enrolment.class)
public final class Enrolment {
  /** Trades of install tokens in {@link #TRADE_WINDOW}. */
  static final int TRADES = 10;

  private static final Duration TRADE_WINDOW = Duration.ofHours(24);
  private static final String TRADE = "install-token";
  private static final Scope EVERYONE = Scope.platform("who shows a token names no tenant");
  private static final int ATTEMPTS = 3;
  private static final int MOST_NAMESAKES = 1_000;
  private static final int LONGEST_NAME = 80;

  /** It is part of a URL, which servers and proxies cut at 8 KiB. */
  private static final int LONGEST_TOKEN = 4096;

  private final Database db;
  private final ServerStore store;
  private final Events events;
  private final Signals signals;
  private final InstallTokens tokens;
  private final InstallScript script;
  private final OrphanStore orphans;
  private final CredentialStore credentials;

  @Activate
  public Enrolment(
      @Reference Database db,
      @Reference ServerStore store,
      @Reference InstallScript script,
      @Reference Events events,
      @Reference Signals signals,
      @Reference InstallTokens tokens) {
    this.db = db;
    this.store = store;
    this.script = script;
    orphans = new OrphanStore(db);
    credentials = new CredentialStore(db);
    this.events = events;
    this.signals = signals;
    this.tokens = tokens;
  }

  /** A token that was issued. */
  public record Issued(String token, Instant expiresAt) {}

  /**
   * What an agent needs to sign in; shown once.
   *
   * @param secret for every gRPC call
   * @param refreshToken for a new access token over HTTP
   * @param bootstrapKey for an agent that lost its identity
   */
  public record Identity(UUID serverId, String secret, String refreshToken, String bootstrapKey) {
    /** Without the secrets. */
    @Override
    public String toString() {
      return "Identity[" + serverId + "]";
    }
  }

  /** Issues a token for the caller's tenant. */
  public Issued issue(Caller caller, @Nullable String name, Map<String, @Nullable String> labels) {
    var expires = Instant.now().plus(InstallTokens.LIFETIME);
    var grant =
        new InstallTokens.Grant(
            caller.tenantId(),
            name,
            LabelRule.checked(labels),
            expires,
            null,
            operator(caller),
            null);
    var token = tokens.issue(grant);
    if (token.length() > LONGEST_TOKEN) {
      throw FleetError.LABELS_INVALID.at("labels", "all together they are too long");
    }
    // Nothing is stored of a token, but who issued it is: the unit of work carries the audit row.
    db.run(Scope.of(caller), () -> {});
    return new Issued(token, expires);
  }

  /**
   * A token for the machine of a known server, in the current unit of work.
   *
   * @param onceId makes it good for one registration; null for any number
   */
  Issued issueFor(Caller caller, ServerRow server, @Nullable UUID onceId) {
    var expires = Instant.now().plus(InstallTokens.LIFETIME);
    var grant =
        new InstallTokens.Grant(
            server.tenantId(),
            server.name(),
            server.labels(),
            expires,
            server.id(),
            operator(caller),
            onceId);
    return new Issued(tokens.issue(grant), expires);
  }

  /** What tells an agent to run the installer of a token. */
  String renewalPayload(Issued token) {
    return "{\"install_url\":\"" + script.url(token.token()) + "\"}";
  }

  private static String operator(Caller caller) {
    var key = caller.userId() == null ? caller.apiKeyId() : caller.userId();
    return key == null ? caller.name() : key.toString();
  }

  /**
   * Trades a token of ours, be it expired, for a fresh one that grants the same; at most {@link
   * #TRADES} a day for each who issued tokens.
   */
  public Issued refresh(String token) {
    var grant = tokens.read(token);
    if (grant.onceId() != null) {
      throw FleetError.TOKEN_INVALID.of();
    }
    var subject = grant.tenantId() + "/" + grant.issuedBy();
    var since = Instant.now().minus(TRADE_WINDOW);
    if (!db.write(EVERYONE, () -> credentials.attempt(TRADE, subject, since, TRADES))) {
      throw FleetError.TOO_MANY_TRADES.of(TRADES).retryAfter(TRADE_WINDOW);
    }
    var expires = Instant.now().plus(InstallTokens.LIFETIME);
    return new Issued(tokens.issue(grant.until(expires)), expires);
  }

  /** The token to register with, once the given one proves to be good. */
  public String registrationToken(String token, @Nullable UUID previousId) {
    var grant = opened(token);
    // One that is good for one registration was issued for one server, whatever the machine says.
    return previousId == null || grant.onceId() != null
        ? token
        : tokens.issue(grant.forPrevious(previousId));
  }

  /**
   * Makes the machine a server of the token's tenant, or issues new credentials for the server that
   * it is.
   */
  public Identity register(String token, Machine machine) {
    var grant = opened(token);
    var once = grant.onceId();
    if (once != null && !db.write(EVERYONE, () -> credentials.useToken(once, grant.expiresAt()))) {
      throw FleetError.TOKEN_USED.of();
    }
    return enrol(
        grant.tenantId(),
        new Origin(grant.previousId(), once != null),
        grant.labels(),
        wanted(grant, machine),
        machine);
  }

  /**
   * Which server the machine was.
   *
   * @param bound whether it is that one even where its machine id says otherwise
   */
  private record Origin(@Nullable UUID previousId, boolean bound) {}

  /**
   * Makes the machine a server of a tenant, or issues new credentials for the server that it is.
   */
  public Identity enrol(
      UUID tenantId,
      @Nullable UUID previousId,
      Map<String, Object> labels,
      String name,
      Machine machine) {
    return enrol(tenantId, new Origin(previousId, false), labels, name, machine);
  }

  private Identity enrol(
      UUID tenantId, Origin origin, Map<String, Object> labels, String name, Machine machine) {
    for (var attempt = 1; ; attempt++) {
      try {
        return db.write(
            Scope.tenant(tenantId), () -> enrolled(tenantId, origin, labels, name, machine));
      } catch (ConstraintViolation clash) {
        // Another machine took the name, or this one registered twice at once.
        if (attempt == ATTEMPTS) {
          throw FleetError.NAMES_EXHAUSTED.of(name);
        }
      }
    }
  }

  private Identity enrolled(
      UUID tenantId, Origin origin, Map<String, Object> labels, String name, Machine machine) {
    var known = known(origin, machine);
    if (known.isPresent()) {
      var row = known.get();
      if (row.status() == ServerStatus.DEPROVISIONING) {
        throw FleetError.BEING_REMOVED.of();
      }
      store.installing(row.id(), free(machine, row));
      signals.raise(Topics.revoked(row.id()));
      return issued(row.id(), tenantId, row.name(), true);
    }
    var id = Ids.next();
    var free = freeName(name);
    store.insert(ServerRow.fresh(id, tenantId, free, labels, machine));
    if (machine.id() != null) {
      orphans.adopt(machine.id(), id);
    }
    return issued(id, tenantId, free, false);
  }

  private Optional<ServerRow> known(Origin origin, Machine machine) {
    var previous = Optional.ofNullable(origin.previousId()).flatMap(store::lock);
    if (origin.bound() && previous.isPresent()) {
      return previous;
    }
    var same = Optional.ofNullable(machine.id()).flatMap(store::byMachine);
    return same.isPresent() ? same : previous;
  }

  /** Two servers can not be one machine: where another one has its id, this one keeps its own. */
  private Machine free(Machine machine, ServerRow row) {
    var other = Optional.ofNullable(machine.id()).flatMap(store::byMachine);
    return other.isEmpty() || other.get().id().equals(row.id())
        ? machine
        : machine.withId(row.machineId());
  }

  private InstallTokens.Grant opened(String token) {
    var grant = tokens.open(token);
    var once = grant.onceId();
    if (once != null && db.read(EVERYONE, () -> credentials.tokenUsed(once))) {
      throw FleetError.TOKEN_USED.of();
    }
    return grant;
  }

  /** New credentials for a known server, in the current unit of work; all before are void. */
  public Identity reissued(UUID id, UUID tenantId, String name) {
    signals.raise(Topics.revoked(id));
    return issued(id, tenantId, name, true);
  }

  private Identity issued(UUID id, UUID tenantId, String name, boolean again) {
    var identity = new Identity(id, Secret.fresh(), Secret.fresh(), Secret.fresh());
    store.credentials(id, Secret.hash(identity.secret()), Secret.hash(identity.bootstrapKey()));
    credentials.dropRefresh(id);
    credentials.add(
        new CredentialStore.Refresh(
            Secret.hash(identity.refreshToken()), tenantId, id, Ids.next(), null, Instant.now()));
    events.publish(new FleetEvent.Registered(id, tenantId, name, again));
    return identity;
  }

  private static String wanted(InstallTokens.Grant grant, Machine machine) {
    if (grant.name() != null) {
      return grant.name();
    }
    var host = machine.hostname();
    return host == null || host.isBlank() ? "server" : host;
  }

  private String freeName(String wanted) {
    var base = wanted.length() <= LONGEST_NAME - 5 ? wanted : wanted.substring(0, LONGEST_NAME - 5);
    var taken = Set.copyOf(store.namesLike(base));
    if (!taken.contains(base.toLowerCase(Locale.ROOT))) {
      return base;
    }
    for (var number = 2; number <= MOST_NAMESAKES; number++) {
      var name = base + "-" + number;
      if (!taken.contains(name.toLowerCase(Locale.ROOT))) {
        return name;
      }
    }
    throw FleetError.NAMES_EXHAUSTED.of(base);
  }
}
