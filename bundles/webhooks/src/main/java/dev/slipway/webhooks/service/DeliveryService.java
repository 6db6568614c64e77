package dev.slipway.webhooks.service;

import dev.slipway.api.Caller;
import dev.slipway.api.Ids;
import dev.slipway.api.Page;
import dev.slipway.api.PageRequest;
import dev.slipway.api.Scope;
import dev.slipway.api.event.Signals;
import dev.slipway.api.platform.Json;
import dev.slipway.data.Database;
import dev.slipway.webhooks.Attempt;
import dev.slipway.webhooks.Delivery;
import dev.slipway.webhooks.Endpoint;
import dev.slipway.webhooks.Family;
import dev.slipway.webhooks.WebhooksError;
import dev.slipway.webhooks.store.DeliveryStore;
import dev.slipway.webhooks.store.EndpointStore;
import dev.slipway.webhooks.store.Message;
import dev.slipway.webhooks.store.QueueStore;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Looks at deliveries, and sends on demand. */
@Component(service = DeliveryService.class)
public final class DeliveryService {
  private final Database database;
  private final Signals signals;
  private final Json json;
  private final Postman postman;
  private final EndpointStore endpoints;
  private final DeliveryStore deliveries;
  private final QueueStore queues;

  @Activate
  public DeliveryService(
      @Reference Database database,
      @Reference Signals signals,
      @Reference Json json,
      @Reference Postman postman) {
    this.database = database;
    this.signals = signals;
    this.json = json;
    this.postman = postman;
    endpoints = new EndpointStore(database);
    deliveries = new DeliveryStore(database);
    queues = new QueueStore(database);
  }

  /** Those of a webhook that are still kept, latest first. */
  public Page<Delivery> list(Caller caller, Family family, UUID endpointId, PageRequest page) {
    return database.read(
        Scope.of(caller),
        () -> {
          require(family, endpointId);
          return deliveries.list(endpointId, page);
        });
  }

  /** One delivery with its attempts. */
  public Delivery get(Caller caller, Family family, UUID endpointId, UUID id) {
    return database.read(Scope.of(caller), () -> find(family, endpointId, id));
  }

  /**
   * Puts a delivery that is over at the end of its webhook's line once more; receivers know it by
   * the same message id.
   */
  public Delivery replay(Caller caller, Family family, UUID endpointId, UUID id) {
    return database.write(
        Scope.of(caller),
        () -> {
          var delivery = find(family, endpointId, id);
          if (delivery.status() == Delivery.Status.PENDING) {
            throw WebhooksError.WAITING.of();
          }
          if (!require(family, endpointId).enabled()) {
            throw WebhooksError.OFF.of();
          }
          var line = queues.lock(endpointId);
          if (line.queued() >= EventIntake.MAX_QUEUED) {
            throw WebhooksError.QUEUE_FULL.of();
          }
          var again =
              new Message(
                  null,
                  delivery.messageId(),
                  delivery.eventType(),
                  delivery.payload(),
                  delivery.test(),
                  RetryPlan.PROMPT_RETRIES,
                  postman.now());
          var added = queues.append(List.of(line), again).getFirst();
          signals.raise(Courier.TOPIC);
          return find(family, endpointId, added);
        });
  }

  /**
   * Sends a sample at once, past the line, and once only; also to a webhook that is switched off.
   */
  public Delivery test(Caller caller, Family family, UUID endpointId) throws InterruptedException {
    var scope = Scope.of(caller);
    var endpoint = database.read(scope, () -> require(family, endpointId));
    var sample = sample(caller, endpoint);
    var attempt = postman.send(endpoint, sample);
    var tested = tested(sample, attempt, postman.now());
    return database.write(
        scope,
        () -> {
          require(family, endpointId);
          deliveries.insert(tested);
          return tested;
        });
  }

  private Endpoint require(Family family, UUID endpointId) {
    return endpoints.find(family, endpointId).orElseThrow(WebhooksError.ENDPOINT_NOT_FOUND::of);
  }

  private Delivery find(Family family, UUID endpointId, UUID id) {
    require(family, endpointId);
    return deliveries.find(endpointId, id).orElseThrow(WebhooksError.DELIVERY_NOT_FOUND::of);
  }

  private Delivery sample(Caller caller, Endpoint endpoint) {
    var type =
        EventType.ofSource(
                switch (endpoint.family()) {
                  case ADMIN -> "accounts.tenant.created";
                  case DEPLOY -> "deployments.deployment.succeeded";
                })
            .orElseThrow();
    var now = postman.now();
    var data = new LinkedHashMap<String, @Nullable Object>();
    type.members().forEach(member -> data.put(member, example(caller, endpoint, member)));
    return new Delivery(
        Ids.next(),
        endpoint.tenantId(),
        endpoint.id(),
        Ids.next(),
        type.type(),
        json.write(type.envelope(now.toString(), data)),
        Delivery.Status.PENDING,
        true,
        0,
        "",
        0,
        0,
        0,
        null,
        List.of(),
        now,
        null);
  }

  private static Object example(Caller caller, Endpoint endpoint, String member) {
    return switch (member) {
      case "tenantId" -> endpoint.tenantId();
      case "tenantName" -> "Example tenant";
      case "tenantSlug" -> "example-tenant";
      case "userId" -> caller.userId() == null ? endpoint.createdBy() : caller.userId();
      case "appId" -> endpoint.appId() == null ? Ids.next() : endpoint.appId();
      case "trigger" -> "manual";
      case "commitSha" -> "0".repeat(40);
      case "image" -> "example.com/app:1";
      case "url" -> "https://app.example.com";
      default -> Ids.next();
    };
  }

  private static Delivery tested(Delivery sample, Attempt attempt, Instant now) {
    return new Delivery(
        sample.id(),
        sample.tenantId(),
        sample.endpointId(),
        sample.messageId(),
        sample.eventType(),
        sample.payload(),
        attempt.success() ? Delivery.Status.SUCCEEDED : Delivery.Status.FAILED,
        true,
        attempt.responseCode(),
        attempt.responseBody(),
        attempt.durationMs(),
        0,
        0,
        null,
        List.of(attempt.toMap()),
        sample.createdAt(),
        now);
  }
}
