package dev.slipway.webhooks.service;

import dev.slipway.api.Caller;
import dev.slipway.api.Ids;
import dev.slipway.api.Membership;
import dev.slipway.api.Role;
import dev.slipway.api.Scope;
import dev.slipway.api.event.EventFilter;
import dev.slipway.api.event.StoredEvent;
import dev.slipway.api.net.Egress;
import dev.slipway.data.Database;
import dev.slipway.security.egress.GuardedEgress;
import dev.slipway.testkit.TestPlatform;
import dev.slipway.webhooks.Delivery;
import dev.slipway.webhooks.Endpoint;
import dev.slipway.webhooks.Family;
import dev.slipway.webhooks.store.DeliveryStore;
import dev.slipway.webhooks.store.QueueMapper;
import dev.slipway.webhooks.store.QueueStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The feature on a real platform, with a clock to move and receivers on 127.0.0.1 allowed. */
public final class WebhooksPlatform implements AutoCloseable {
  static final Scope SCOPE = Scope.platform("test");

  public final TestPlatform platform = TestPlatform.start();
  public final UUID root = Ids.next();
  public final KnownApps apps = new KnownApps();
  public final Database database = platform.database("webhooks", Endpoint.class.getClassLoader());
  public final EndpointService endpoints;
  public final DeliveryService deliveries;
  public final EventIntake intake;
  final SigningSecrets secrets = new SigningSecrets(platform.secrets());
  final Transform transform = new Transform(platform.json());
  final Egress egress;
  private final AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);
  final InstantSource clock = () -> Instant.now().plus(offset.get());

  public WebhooksPlatform() {
    this("127.0.0.1/32");
  }

  WebhooksPlatform(String allowed) {
    egress = egress(allowed);
    endpoints = new EndpointService(database, platform.events(), egress, secrets, apps);
    deliveries =
        new DeliveryService(database, platform.signals(), platform.json(), postman(egress));
    intake = new EventIntake(database, platform.events(), platform.signals(), platform.json());
  }

  Egress egress(String allowed) {
    platform.facts().set("slipway.egress.allow", allowed);
    return new GuardedEgress(platform.facts());
  }

  Postman postman(Egress way) {
    return new Postman(way, secrets, clock);
  }

  /** A node that delivers. */
  Courier courier(Database seen, Egress way) {
    return new Courier(
        new Round(seen, platform.events(), postman(way), transform), platform.signals());
  }

  Courier courier() {
    return courier(database, egress);
  }

  /** Has a node deliver as long as the work lasts. */
  public void delivering(Runnable work) {
    var courier = courier();
    try {
      work.run();
    } finally {
      courier.close();
    }
  }

  void advance(Duration by) {
    offset.updateAndGet(now -> now.plus(by));
  }

  public Caller admin() {
    return new Caller(
        Ids.next(),
        null,
        Ids.next(),
        "admin@example.com",
        new Membership(root, Role.ADMIN, true),
        "request",
        "127.0.0.1");
  }

  EndpointService.Shown webhook(String url, String... events) {
    var draft = new EndpointDraft("hook", "", url, List.of(events), null, true);
    return endpoints.create(admin(), Family.ADMIN, draft);
  }

  /** An event as the log hands it out. */
  public static StoredEvent event(
      String type, @Nullable UUID tenantId, UUID subject, Map<String, ?> data) {
    return new StoredEvent(
        Ids.next(), "1", type, tenantId, subject, Instant.now(), new HashMap<>(data));
  }

  /** A new tenant, as accounts tells of it. */
  public static StoredEvent tenantCreated(String name) {
    var tenant = Ids.next();
    return event(
        "accounts.tenant.created",
        null,
        tenant,
        Map.of(
            "tenant_id",
            tenant.toString(),
            "name",
            name,
            "slug",
            "slug",
            "root",
            false,
            "user_id",
            Ids.next().toString()));
  }

  /** Deliveries of an endpoint, oldest first. */
  public List<Delivery> deliveries(UUID endpoint) {
    var store = new DeliveryStore(database);
    return database.read(SCOPE, () -> store.latest(endpoint, 20_000)).reversed();
  }

  Delivery only(UUID endpoint) {
    var all = deliveries(endpoint);
    if (all.size() != 1) {
      throw new AssertionError("not one delivery but " + all.size());
    }
    return all.getFirst();
  }

  /** What was said of a webhook, oldest first. */
  List<String> said(UUID endpoint) {
    return platform.events().after(SCOPE, EventFilter.subject(endpoint), null, 100).stream()
        .map(StoredEvent::type)
        .toList();
  }

  boolean hasLine(UUID endpoint) {
    var mapper = database.mapper(QueueMapper.class);
    return database.write(SCOPE, () -> mapper.lock(endpoint) != null);
  }

  int queued(UUID endpoint) {
    var store = new QueueStore(database);
    return database.write(SCOPE, () -> store.lock(endpoint).queued());
  }

  /** Waits until nothing waits for an endpoint: its lease is not needed any more. */
  void settled(UUID endpoint) {
    Eventually.holds(() -> queued(endpoint) == 0, () -> queued(endpoint) + " wait");
  }

  /** Waits until so many attempts were made at the endpoint's only delivery. */
  Delivery attempted(UUID endpoint, int times) {
    Eventually.holds(
        () -> only(endpoint).attempts().size() >= times,
        () -> only(endpoint).attempts().size() + " attempts of " + times);
    return only(endpoint);
  }

  @Override
  public void close() throws Exception {
    platform.close();
  }
}
