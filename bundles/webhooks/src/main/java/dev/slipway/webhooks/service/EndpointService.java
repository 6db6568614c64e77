package dev.slipway.webhooks.service;

import dev.slipway.api.Caller;
import dev.slipway.api.CurrentOperation;
import dev.slipway.api.Ids;
import dev.slipway.api.PlatformException;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.event.Events;
import dev.slipway.api.net.Egress;
import dev.slipway.apps.Apps;
import dev.slipway.data.Database;
import dev.slipway.webhooks.Delivery;
import dev.slipway.webhooks.Endpoint;
import dev.slipway.webhooks.EndpointSummary;
import dev.slipway.webhooks.Family;
import dev.slipway.webhooks.WebhooksError;
import dev.slipway.webhooks.WebhooksEvent;
import dev.slipway.webhooks.store.DeliveryStore;
import dev.slipway.webhooks.store.EndpointStore;
import dev.slipway.webhooks.store.QueueStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Webhooks for their users; what a family may do beyond that its resource says. */
@Component(service = EndpointService.class)
public final class EndpointService {
  /** Of one family in one tenant. */
  public static final int MAX_ENDPOINTS = 500;

  private static final int LATEST = 20;

  private final Database database;
  private final Events events;
  private final Egress egress;
  private final SigningSecrets secrets;
  private final Apps apps;
  private final EndpointStore endpoints;
  private final QueueStore queues;
  private final DeliveryStore deliveries;

  @Activate
  public EndpointService(
      @Reference Database database,
      @Reference Events events,
      @Reference Egress egress,
      @Reference SigningSecrets secrets,
      @Reference Apps apps) {
    this.database = database;
    this.events = events;
    this.egress = egress;
    this.secrets = secrets;
    this.apps = apps;
    endpoints = new EndpointStore(database);
    queues = new QueueStore(database);
    deliveries = new DeliveryStore(database);
  }

  /**
   * A webhook and its secret.
   *
   * @param secret null where it is not to be shown
   */
  public record Shown(EndpointSummary webhook, List<Delivery> deliveries, @Nullable String secret) {
    @Override
    public String toString() {
      return "Shown[" + webhook.id() + "]";
    }
  }

  /**
   * What the audit keeps of a webhook.
   *
   * @param target scheme, host and port alone: what follows is often a secret of the receiver's
   */
  private record Audited(
      @Nullable String name, String target, List<String> events, boolean enabled) {
    private static final Pattern TARGET = Pattern.compile("[^:]+://[^/?#]+");

    static Audited of(EndpointDraft draft) {
      var url = TARGET.matcher(draft.url());
      return new Audited(
          draft.name(), url.lookingAt() ? url.group() : "", draft.events(), draft.enabled());
    }
  }

  /** A part of the webhooks of a family, newest first, and how many there are. */
  public record Part(List<EndpointSummary> webhooks, long total) {}

  /** The caller's webhooks. */
  public Part list(Caller caller, Family family, int limit, long offset) {
    return database.read(
        Scope.of(caller),
        () -> new Part(endpoints.list(family, limit, offset), endpoints.count(family)));
  }

  /** Adds a webhook with a secret of its own. */
  public Shown create(Caller caller, Family family, EndpointDraft draft) {
    check(family, draft);
    var scope = Scope.of(caller);
    if (draft.appId() != null && apps.find(scope, draft.appId()).isEmpty()) {
      throw WebhooksError.APP_NOT_FOUND.at("appId");
    }
    var secret = secrets.create();
    var endpoint = endpoint(caller, family, draft, secret);
    return database.write(
        scope,
        () -> {
          if (endpoints.countAlone(family, endpoint.tenantId()) >= MAX_ENDPOINTS) {
            throw WebhooksError.TOO_MANY.of(MAX_ENDPOINTS);
          }
          endpoints.insert(endpoint);
          CurrentOperation.detail("webhook", endpoint.id().toString());
          CurrentOperation.detail("after", Audited.of(draft));
          events.publish(
              new WebhooksEvent.Created(
                  endpoint.tenantId(), endpoint.id(), family, endpoint.url()));
          return new Shown(require(family, endpoint.id()), List.of(), secret);
        });
  }

  /** A webhook and its latest deliveries. */
  public Shown get(Caller caller, Family family, UUID id) {
    return database.read(
        Scope.of(caller),
        () -> new Shown(require(family, id), deliveries.latest(id, LATEST), null));
  }

  /** As {@link #get}, with the secret; that it was shown is on record. */
  public Shown reveal(Caller caller, Family family, UUID id) {
    return database.write(
        Scope.of(caller),
        () -> {
          CurrentOperation.detail("webhook", id.toString());
          var shown = get(caller, family, id);
          var secret = secrets.open(found(endpoints.find(family, id)));
          events.publish(
              new WebhooksEvent.SecretRead(
                  caller.tenantId(), id, caller.userId(), caller.apiKeyId()));
          return new Shown(shown.webhook(), shown.deliveries(), secret);
        });
  }

  /** Edits a webhook; its secret stays. One that is enabled by that goes on at once. */
  public EndpointSummary update(
      Caller caller, Family family, UUID id, UnaryOperator<EndpointDraft> change) {
    var scope = Scope.of(caller);
    var before = database.read(scope, () -> found(endpoints.find(family, id)));
    // Looks names up, so not while a row is locked. A URL that was edited meanwhile was checked
    // too.
    check(family, change.apply(EndpointDraft.of(before)));
    return database.write(
        scope,
        () -> {
          var current = found(endpoints.lock(family, id));
          var draft = change.apply(EndpointDraft.of(current));
          var now = Times.now();
          CurrentOperation.detail("webhook", id.toString());
          CurrentOperation.detail("before", Audited.of(EndpointDraft.of(current)));
          CurrentOperation.detail("after", Audited.of(draft));
          endpoints.update(edited(current, draft, now));
          if (draft.enabled() && (!current.enabled() || !draft.url().equals(current.url()))) {
            queues.hurry(id, now);
          }
          events.publish(
              new WebhooksEvent.Updated(
                  current.tenantId(), id, family, draft.url(), draft.enabled()));
          return require(family, id);
        });
  }

  /** Ends all deliveries to a webhook and hides it. */
  public void delete(Caller caller, Family family, UUID id) {
    database.run(
        Scope.of(caller),
        () -> {
          var endpoint = found(endpoints.lock(family, id));
          CurrentOperation.detail("webhook", id.toString());
          CurrentOperation.detail("before", Audited.of(EndpointDraft.of(endpoint)));
          endpoints.delete(id, Times.now());
          events.publish(new WebhooksEvent.Deleted(endpoint.tenantId(), id, family));
        });
  }

  /**
   * Gives a webhook a new secret.
   *
   * @param grace how long the old one signs too; zero = it is dead at once
   * @return the new one
   */
  public String rotate(Caller caller, Family family, UUID id, Duration grace) {
    var secret = secrets.create();
    return database.write(
        Scope.of(caller),
        () -> {
          var endpoint = found(endpoints.lock(family, id));
          CurrentOperation.detail("webhook", id.toString());
          endpoints.update(rotated(endpoint, secret, grace));
          events.publish(
              new WebhooksEvent.SecretRotated(endpoint.tenantId(), id, family, grace.toSeconds()));
          return secret;
        });
  }

  private void check(Family family, EndpointDraft draft) {
    draft.check(family);
    try {
      egress.check("url", draft.url());
    } catch (PlatformException refused) {
      throw WebhooksError.URL_FORBIDDEN.at("url", refused.getMessage());
    }
  }

  private EndpointSummary require(Family family, UUID id) {
    return found(endpoints.listed(family, id));
  }

  private static <T> T found(Optional<T> row) {
    return row.orElseThrow(WebhooksError.ENDPOINT_NOT_FOUND::of);
  }

  private Endpoint endpoint(Caller caller, Family family, EndpointDraft draft, String secret) {
    var id = Ids.next();
    var now = Times.now();
    var creator = caller.userId() == null ? caller.apiKeyId() : caller.userId();
    return new Endpoint(
        id,
        1,
        caller.tenantId(),
        family,
        draft.name(),
        draft.description(),
        draft.url(),
        draft.events(),
        draft.appId(),
        draft.enabled(),
        null,
        secrets.seal(caller.tenantId(), id, secret),
        SigningSecrets.preview(secret),
        null,
        null,
        Objects.requireNonNull(creator),
        now,
        now);
  }

  private static Endpoint edited(Endpoint current, EndpointDraft draft, Instant now) {
    return new Endpoint(
        current.id(),
        current.version(),
        current.tenantId(),
        current.family(),
        draft.name(),
        draft.description(),
        draft.url(),
        draft.events(),
        current.appId(),
        draft.enabled(),
        draft.enabled() ? null : current.offReason(),
        current.secret(),
        current.secretPreview(),
        current.previousSecret(),
        current.previousUntil(),
        current.createdBy(),
        current.createdAt(),
        now);
  }

  private Endpoint rotated(Endpoint current, String secret, Duration grace) {
    var now = Times.now();
    return new Endpoint(
        current.id(),
        current.version(),
        current.tenantId(),
        current.family(),
        current.name(),
        current.description(),
        current.url(),
        current.events(),
        current.appId(),
        current.enabled(),
        current.offReason(),
        secrets.seal(current.tenantId(), current.id(), secret),
        SigningSecrets.preview(secret),
        grace.isZero() ? null : current.secret(),
        grace.isZero() ? null : now.plus(grace),
        current.createdBy(),
        current.createdAt(),
        now);
  }
}
